"""Tables of what is so: organs of the state, laws, treaties, holidays, places; the publication's over the bundled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.ground.kept import Kept
from bulletin_press.publication.bundled import BUNDLED, dated, is_bundled, plain
from bulletin_press.toml.positions import KeyPath, plain_values, scan_template, template_source
from bulletin_press.toml.schema import Model, keys_of, read_model

FOLDER = "facts"
Names = tuple[str, ...]


class Organs(Model):
    """Organs of the state by period: names that are wrong, that were given up, that were not yet."""

    founded: Mapping[str, date] = {}
    former: Mapping[str, tuple[date, str]] = {}
    wrong: Mapping[str, str] = {}
    terms: Mapping[str, Names] = {}


class Laws(Model):
    """Laws and rules: the days from which they were in force, what repealed them, the decree's number."""

    in_force: Mapping[str, tuple[date, ...]] = {}
    repealed: Mapping[str, tuple[date, str]] = {}
    numbers: Mapping[str, int] = {}
    titles: Mapping[str, Names] = {}


Holder = tuple[str, date] | tuple[str, date, date]


class Treaties(Model):
    """Treaties, organisations, abbreviations; how many members they had from when on; who held an office."""

    abbreviations: Mapping[str, Names] = {}
    treaties: Mapping[str, Names] = {}
    misspelt: Mapping[str, str] = {}
    members: Mapping[str, tuple[tuple[date, int], ...]] = {}
    in_force: Mapping[str, date] = {}
    holders: Mapping[str, tuple[Holder, ...]] = {}
    wrong: Mapping[str, str] = {}


class Holidays(Model):
    """Holidays of a fixed day, as 10-01, and those whose day is listed year by year."""

    fixed: Mapping[str, str] = {}
    dated: Mapping[str, tuple[date, ...]] = {}


class Countries(Model):
    """Names of countries, wrong ones, those that were given up."""

    terms: Mapping[str, Names] = {}
    wrong: Mapping[str, str] = {}
    renamed: Mapping[str, tuple[date, str]] = {}
    capitals: Mapping[str, str] = {}
    towns: Mapping[str, Names] = {}


class Divisions(Model):
    """Provinces, what lies in which, their capitals, districts of the larger cities, and what was renamed."""

    provinces: Mapping[str, str] = {}
    cities: Mapping[str, Names] = {}
    districts: Mapping[str, Names] = {}
    counties: Mapping[str, Names] = {}
    wrong: Mapping[str, str] = {}
    renamed: Mapping[str, tuple[date, str]] = {}
    capitals: Mapping[str, str] = {}


class Events(Model):
    """In which years fairs were held, from the number of the first one on; when congresses met."""

    editions: Mapping[str, tuple[int, ...]] = {}
    meetings: Mapping[str, date] = {}
    sessions: Mapping[str, int] = {}


class Standards(Model):
    """Numbers of standards by their titles, without the year."""

    numbers: Mapping[str, str] = {}


Facts = TypeVar("Facts", bound=Model)
# What was made of the files, by their texts.
_MERGED: Kept[tuple[str, ...], Model] = Kept(50, lambda model: 1)


def load_facts(name: str, model: type[Facts], folders: Sequence[Path]) -> Facts:
    """Read a table from the template folders, the one that wins first.

    Raises:
        InputFault: with a finding for every wrong key or value.
    """
    sources: list[tuple[Path, Path]] = [(folder / FOLDER / f"{name}.toml", folder) for folder in reversed(folders)]
    found = [(path, folder) for path, folder in sources if path.exists()]
    if len(found) == 1 and is_bundled(found[0][1]):
        return _bundled(found[0][0], model, lambda: _merged(found, model))
    texts = [template_source(path, folder).text for path, folder in found]
    merged = _MERGED.made((name, *texts), lambda: _merged(found, model))
    assert isinstance(merged, model)
    return merged


def _bundled(path: Path, model: type[Facts], make: Callable[[], Facts]) -> Facts:
    """A table of the press's own, with nothing of a publication's."""
    values = BUNDLED.made(path, __file__, lambda: plain(dict(make())))
    merged = _MERGED.made((path.name, str(id(values))), lambda: model.model_construct(**dated(values)))
    assert isinstance(merged, model)
    return merged


def _merged(found: Sequence[tuple[Path, Path]], model: type[Facts]) -> Facts:
    values: dict[str, Any] = {}
    for path, folder in found:
        read = _read(path, folder, model)
        for field in model.model_fields:
            table: dict[str, Any] = dict(values.get(field, {}))
            for key, value in getattr(read, field).items():
                # Lists of names are added to, all else is replaced.
                longer = isinstance(value, tuple) and bool(value) and all(isinstance(one, str) for one in value)
                table[key] = (*table.get(key, ()), *value) if longer else value
            values[field] = table
    return model.model_construct(**values)


def _read(path: Path, folder: Path, model: type[Facts]) -> Facts:
    try:
        return model.model_validate(plain_values(template_source(path, folder)))
    except (InputFault, ValidationError):
        # Only a file that is wrong is read a second time, for the places of its faults.
        keys: Callable[[KeyPath], tuple[str, ...]] = lambda path: keys_of(model) if len(path) < 2 else ()  # noqa: E731
        return read_model(scan_template(path, folder), model, keys)
