"""Footnotes of a body: ``[^1]`` where one is called, ``[^1]: …`` on a line of its own for what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bulletin_press.document.inline import CALL, inlines_of
from bulletin_press.document.line_groups import NOTE, LineGroup, groups_of
from bulletin_press.document.placed_text import PlacedText
from bulletin_press.document.tree import Call, Footnote, Origin
from bulletin_press.toml.positions import KeyPath


@dataclass(frozen=True)
class NoteFault:
    """A mark of a note from ``start`` to ``end`` in the body that is printed as it was typed.

    ``fault`` is ``unsaid`` for a call of what no line says, ``uncalled`` for a line that nothing calls,
    ``twice`` for the second line of one label.
    """

    start: int
    end: int
    label: str
    fault: Literal["unsaid", "uncalled", "twice"]


def numbers_of(groups: Sequence[LineGroup]) -> Mapping[str, int]:
    """The notes that a body both says and calls: their numbers by label, as they are first called."""
    said = {label for label, _ in _said(groups)}
    called = dict.fromkeys(label for label, _, _ in _calls(groups) if label in said) if said else {}
    return {label: number for number, label in enumerate(called, 1)}


def footnotes_of(groups: Sequence[LineGroup], numbers: Mapping[str, int], path: KeyPath) -> list[Footnote]:
    """What the notes say, by number; of a label that is said twice the first."""
    found = dict[int, Footnote]()
    for label, words in _said(groups):
        if (number := numbers.get(label)) is not None and number not in found:
            inlines = (Call(number), *inlines_of(words))
            found[number] = Footnote(inlines, Origin(path, words.at[0]))
    return [found[number] for number in sorted(found)]


def note_faults(text: str) -> Iterator[NoteFault]:
    """The calls and the notes of a body that have no fellow."""
    if "[^" not in text:
        return
    groups = groups_of(text)
    said = {label for label, _ in _said(groups)}
    called = set[str]()
    for label, start, end in _calls(groups):
        called.add(label)
        if label not in said:
            yield NoteFault(start, end, label, "unsaid")
    for group in groups:
        for line in group.lines if group.kind == "note" else ():
            label = _label(line.text)
            end = line.text.at[line.text.text.index(":")] + 1
            if label not in called:
                yield NoteFault(line.text.at[0], end, label, "uncalled")
            elif label not in said:
                yield NoteFault(line.text.at[0], end, label, "twice")
            said.discard(label)


def _said(groups: Sequence[LineGroup]) -> Iterator[tuple[str, PlacedText]]:
    """Each line that says a note: its label and its words."""
    for group in groups:
        for line in group.lines if group.kind == "note" else ():
            match = NOTE.match(line.text.text)
            if match:
                yield match[1], line.text[match.end() :]


def _calls(groups: Sequence[LineGroup]) -> Iterator[tuple[str, int, int]]:
    """Each call: its label, where it starts and ends in the body. Notes call no notes."""
    for group in groups:
        for line in group.lines if group.kind != "note" else ():
            for match in CALL.finditer(line.text.text) if "[^" in line.text.text else ():
                yield match[1], line.text.at[match.start()], line.text.at[match.end() - 1] + 1


def _label(line: PlacedText) -> str:
    match = NOTE.match(line.text)
    return match[1] if match else ""


def is_said(line: PlacedText, numbers: Mapping[str, int], seen: set[str]) -> bool:
    """Whether a line of a body says a note that is called, for the first time; ``seen`` is kept for the next."""
    label = _label(line)
    first = label in numbers and label not in seen
    seen.add(label)
    return first
