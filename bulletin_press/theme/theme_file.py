"""theme.toml as a whole: with the numbers that its pages are reckoned with."""

from __future__ import annotations

from pydantic import ConfigDict

from bulletin_press.theme.appearance import Appearance, ChartSettings, Option, PrintSettings, Tone
from bulletin_press.theme.fit.choices import Choice, Value
from bulletin_press.theme.reckoning.settings import Reckoning, model_at
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.schema import Model, keys_of, read_model


class ThemeFile(Appearance):
    """theme.toml."""

    model_config = ConfigDict(extra="forbid")

    reckoning: Reckoning = Reckoning()


def read_theme_file(table: Table) -> ThemeFile:
    """A theme.toml in full.

    Raises:
        InputFault: with a finding for every place that is wrong.
    """
    return read_model(table, ThemeFile, _keys, more=ThemeFile.complaints)


def _keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that theme.toml allows at a path."""
    if path and path[0] == "reckoning":
        return keys_of(model_at(path[1:]))
    if path and path[0] == "fit" and len(path) > 2:
        return keys_of(Value)
    tables: dict[str, type[Model]] = {"options": Option, "tones": Tone, "charts": ChartSettings, "fit": Choice,
                                      "print": PrintSettings}
    return keys_of(tables.get(str(path[0]), ThemeFile) if path else ThemeFile)
