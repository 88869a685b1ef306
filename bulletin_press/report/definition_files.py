"""Report definitions as folders of templates: which there are, and reading one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.resources import templates_folder
from bulletin_press.language.guesses import perhaps
from bulletin_press.report.consistency import inconsistencies
from bulletin_press.report.definition import (
    ChartSpec,
    Definition,
    Headline,
    ItemSpec,
    KeyFigures,
    Overlap,
    ParagraphSpec,
    Scope,
    Start,
    TableSpec,
    Whole,
)
from bulletin_press.report.identities import Identity
from bulletin_press.report.measure import Measure
from bulletin_press.report.sentence import Sentence
from bulletin_press.toml.positions import KeyPath, scan_template
from bulletin_press.toml.schema import Model, keys_of, read_model

FOLDER = "reports"
FILE = "definition.toml"
# What publication.toml names where there is no report.
NONE = "none"
MAX_NAME = 40
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def definition_names(folders: Sequence[Path]) -> tuple[str, ...]:
    """The definitions that there are, by name."""
    return tuple(sorted({path.parent.name for folder in folders for path in (folder / FOLDER).glob(f"*/{FILE}")
                         if valid_name(path.parent.name)}))


def valid_name(name: str) -> bool:
    """Whether a definition's folder may be named so."""
    return len(name) <= MAX_NAME and bool(_NAME.match(name))


# Definitions that were read before: between two looks at an issue they stay as they are.
_DEFINITIONS: Kept[tuple[str, str], Definition] = Kept(8, lambda definition: 1)


def definition_path(name: str, folders: Sequence[Path]) -> Path | None:
    """The file of a definition; the first of the template folders that has it wins."""
    paths = [folder / FOLDER / name / FILE for folder in folders] if valid_name(name) else []
    return next((path for path in paths if path.is_file()), None)


def load_definition(name: str, folders: Sequence[Path]) -> Definition:
    """Read a definition; the first of the template folders that has it wins.

    Raises:
        InputFault: no folder has it, or it is wrong; the message lists those there are.
    """
    if path := definition_path(name, folders):
        return _read_definition(path, path.parents[2])
    raise InputFault(_no_such_definition(name, folders))


def bundled_titles() -> dict[str, str]:
    """The definitions that come with the press: name to title."""
    folders = (templates_folder(),)
    return {name: load_definition(name, folders).title for name in definition_names(folders)}


def _no_such_definition(name: str, folders: Sequence[Path]) -> str:
    names = definition_names(folders)
    close = difflib.get_close_matches(name[:MAX_NAME], names, n=1)
    shown = "".join(char for char in name[:MAX_NAME] if char.isprintable()) + ("…" if len(name) > MAX_NAME else "")
    there = f"。可用的有：{'、'.join(names) or '（无）'}；不出数据月报写 \"{NONE}\""
    if not valid_name(name):
        own = folders[0] / FOLDER if folders else Path(FOLDER)
        rule = f"名称只能用小写英文字母、数字和连字符，不超过 {MAX_NAME} 个字符，例如 cross-border"
        misnamed = len(name) <= MAX_NAME and "/" not in name and name.strip(". \n") == name and bool(name) \
            and any((folder / FOLDER / name / FILE).is_file() for folder in folders)
        moved = f"；请把文件夹 {own / shown} 改成这样的名称，这里也照写" if misnamed else ""
        return f"没有“{shown}”这种数据月报：{rule}{moved}{there if not close else f'。是不是 {close[0]}？'}"
    if close:
        return f"没有“{shown}”这种数据月报{perhaps(close[0])}"
    places = "、".join(str(folder / FOLDER / shown / FILE) for folder in folders[:1])
    return f"没有“{shown}”这种数据月报：找过 {places} 和随附的月报{there}"


def _read_definition(path: Path, folder: Path) -> Definition:
    table = scan_template(path, folder)
    return _DEFINITIONS.made((table.source.name, table.source.text),
                             lambda: read_model(table, Definition, _keys, more=inconsistencies))


def _keys(path: KeyPath) -> tuple[str, ...]:
    models: dict[str, type[Model]] = {
        "measures": Measure, "items": ItemSpec, "scopes": Scope, "wholes": Whole, "overlaps": Overlap,
        "identities": Identity, "start": Start,
        "paragraphs": ParagraphSpec, "sentences": Sentence, "headline": Headline,
        "key_figures": KeyFigures, "table": TableSpec, "charts": ChartSpec}
    named = [part for part in path if isinstance(part, str) and part in models]
    return keys_of(models[named[-1]] if named else Definition)
