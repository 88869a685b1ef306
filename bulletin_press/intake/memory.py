"""``intake.toml``: what the press learnt of a publication's sheets, for people to read and to change."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import Field

from bulletin_press.intake.naming import remembered_name
from bulletin_press.intake.splice import quoted
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.schema import Line, Model, keys_of, read_model

FILE = "intake.toml"
_MOST = 500
_HEAD = """\
# press import 记住的对应关系：表里的叫法 → 月报里的键。下个月照此自动对上；可以手改，press 只添不删。

"""
_LABELS = """\
# 表里的行名、列名 → 项目或指标的键（与 issue.toml 里的相同；两个都定的写 "signed.total"）；不要的写 ""。
[labels]
"""
_SHEET = """\

# 一张工作表一节。file、sheet 里的 * 代表任何文字；heads 是上次的表头，变了会提醒。
# 两格都对得上的，在 cells 里写明用哪一格，例如 cells = { "signed.total" = "E6", "signed.total.growth" = "F6" }
[[sheet]]
"""


class RememberedSheet(Model):
    """A sheet that was read: the patterns of its names, its heads, the cells chosen by hand."""

    file: Line
    sheet: Annotated[str, Field(max_length=200)] = "*"
    heads: Annotated[tuple[Line, ...], Field(max_length=_MOST)] = ()
    cells: Annotated[dict[str, Line], Field(max_length=_MOST)] = {}

    def fits(self, file: str, sheet: str) -> bool:
        """Whether it is about a sheet of that name."""
        return fnmatchcase(file, self.file) and fnmatchcase(sheet, self.sheet)


class _Fields(Model):
    labels: Annotated[dict[str, str], Field(max_length=2_000)] = {}
    sheet: Annotated[tuple[RememberedSheet, ...], Field(max_length=_MOST)] = ()


@dataclass(frozen=True)
class Memory:
    """What is remembered; ``table`` is None where there is no file yet."""

    table: Table | None
    labels: Mapping[str, str]
    sheets: tuple[RememberedSheet, ...]

    def sheet_of(self, file: str, sheet: str) -> RememberedSheet | None:
        """What is remembered of a sheet."""
        return next((one for one in self.sheets if one.fits(file, sheet)), None)


def _keys(path: KeyPath) -> tuple[str, ...]:
    return keys_of(RememberedSheet if path[:1] == ("sheet",) and len(path) > 1 else _Fields)


def load_memory(workspace: Workspace) -> Memory:
    """Read intake.toml.

    Raises:
        InputFault: it is wrong; with a finding for every place.
    """
    path = workspace.root / FILE
    if path not in workspace.drafts and not os.path.lexists(path):
        return Memory(None, {}, ())
    table = workspace.scanned(path)
    fields = read_model(table, _Fields, _keys)
    return Memory(table, {remembered_name(label): key.strip() for label, key in fields.labels.items()}, fields.sheet)


def pattern(name: str) -> str:
    """A name with each of its numbers left open, as an asterisk."""
    # What fnmatch reads as a class of characters.
    return re.sub(r"[0-9０-９]+|[\[\]?]", "*", name)


def head_names(heads: Iterable[str]) -> tuple[str, ...]:
    """Heads as they are compared from month to month: numbers open, each once."""
    return tuple(dict.fromkeys(pattern(remembered_name(head)) for head in heads))[:_MOST]


def memorised(memory: Memory, labels: Mapping[str, str], sheets: Sequence[RememberedSheet]) -> str:
    """The text of intake.toml with what is new: nothing is taken out, no comment is lost.

    Args:
        memory: what is there.
        labels: labels as they stand in the sheet, and their keys.
        sheets: the sheets that were read.
    """
    text = memory.table.source.text if memory.table else _HEAD
    new = {label: key for label, key in labels.items() if remembered_name(label) not in memory.labels}
    lines = "".join(f"{quoted(label)} = {quoted(key)}\n" for label, key in new.items())
    edits: list[tuple[int, int, str]] = []
    if memory.table and "labels" in memory.table.values:
        places = [place.value[1] if len(path) > 1 else place.key[1]
                  for path, place in memory.table.places.items() if path[:1] == ("labels",)]
        end = text.find("\n", max(places))
        edits.append((len(text), len(text), "\n" + lines) if end < 0 else (end + 1, end + 1, lines))
    elif lines or not memory.table:
        edits.append((len(text), len(text), ("" if text.endswith("\n") else "\n") + _LABELS + lines))
    for sheet in sheets:
        known = next((index for index, one in enumerate(memory.sheets)
                      if one.file == sheet.file and one.sheet == sheet.sheet), None)
        place = memory.table.places.get(("sheet", known, "heads")) if memory.table and known is not None else None
        if place and known is not None and memory.sheets[known].heads != sheet.heads:
            edits.append((*place.value, _list(sheet.heads)))
        elif known is None:
            edits.append((len(text), len(text), f"{_SHEET}file = {quoted(sheet.file)}\nsheet = {quoted(sheet.sheet)}\n"
                          f"heads = {_list(sheet.heads)}\n"))
    for _, (start, end, words) in sorted(enumerate(edits), key=lambda one: (one[1][0], one[0]), reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _list(heads: Sequence[str]) -> str:
    return "[" + ", ".join(map(quoted, heads)) + "]"
