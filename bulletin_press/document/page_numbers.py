"""Page numbers that PDF readers copy along with the text: - 12 -, 第 12 页 共 30 页, a number alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_press.document.wrapped_lines import Line, ends_paragraph, numbered
from bulletin_press.language.script import is_han, lazy

_DASH = "[-—–－―─~～·•]"
_FRAMED = lazy(
    rf"{_DASH}{{1,3}}[ \t\u3000]*[0-9０-９]{{1,4}}[ \t\u3000]*{_DASH}{{1,3}}\Z"
    r"|第[ \u3000]*\d{1,4}[ \u3000]*页[ \u3000]*(?:[,，/／（(]?[ \u3000]*共[ \u3000]*\d{1,4}[ \u3000]*页[)）]?)?\Z"
    r"|[Pp]age[ ]*\d{1,4}(?:[ ]*(?:of|/)[ ]*\d{1,4})?\Z")
_LONE = lazy(r"[1-9]\d{0,2}\Z")
# 12 | 个百分点: a figure.
_MEASURE = frozenset("个家年月日时分秒亿万千百项名人次元份期届位户吨％%、，。")
# Neither a page's line nor a full paragraph is narrower than so many hanzi.
_NARROWEST = 12


@dataclass(frozen=True)
class PageNumber:
    """Line ``at`` of a body; ``sure`` if nothing else can be meant, and ``within`` if a sentence goes on past it."""

    at: int
    sure: bool
    within: bool


def page_numbers(lines: Sequence[Line]) -> Iterator[PageNumber]:
    """The lines of a body that hold a page number alone."""
    for at, line in enumerate(lines):
        text = line.text.text
        if not text or len(text) > 24 or not any(char.isdigit() for char in text):
            continue
        framed = bool(_FRAMED.match(text))
        if not framed and not _LONE.match(text):
            continue
        before = next((lines[i] for i in range(at - 1, max(-1, at - 4), -1) if lines[i].text.text), None)
        after = next((lines[i] for i in range(at + 1, min(len(lines), at + 4)) if lines[i].text.text), None)
        within = bool(before and after and _goes_on(before, after))
        if framed:
            yield PageNumber(at, True, within)
        elif before and after and min(before.width, after.width) >= _NARROWEST and after.text.text[0] not in _MEASURE:
            yield PageNumber(at, within, within)


def _goes_on(before: Line, after: Line) -> bool:
    """Whether a sentence that one line leaves open goes on in another."""
    end, start = before.text.text[-1], after.text.text[0]
    return (not ends_paragraph(before.text.text) and (is_han(end) or end in "，、；”》）") and not before.cells
            and (is_han(start) or start in "“《（") and not after.raw.text[:1].isspace()
            and not numbered(after.text.text))
