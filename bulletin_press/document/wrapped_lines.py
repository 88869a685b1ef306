"""Lines of a pasted text: which begin a paragraph, and which were only wrapped.

Word, WPS, pages and Notepad end a paragraph with one line end, PDF readers end every line with one.
A line that ends a sentence, or the next that begins as a paragraph does (an indent, 一、, 1., 第一条),
tells them apart; all others stay joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bulletin_press.document.line_openings import (
    is_caption,
    is_date,
    opens_alone,
    opens_in_series,
    salutes,
    signs,
)
from bulletin_press.document.placed_text import PlacedText
from bulletin_press.language.script import HAN, is_han, lazy

# Line feed, and the line ends inside a paragraph of Word (vertical tab) and of pages.
LINE_END = re.compile("[\n\x0b\x0c\r\x85\u2028\u2029]")

_NUMERAL = "[一二三四五六七八九十百零〇]"
_CLOSERS = "\"'”’）)》〉」』】]"
_STOP = lazy(rf"[。！？…][{_CLOSERS}*]*\Z|[\u4e00-\u9fff][.!?][{_CLOSERS}*]*\Z")
_WESTERN_STOP = lazy(r"[A-Za-z0-9,)][.!?][\"')\]”’]*\Z")
_ASIDE = lazy(r"[（(【][^（）()【】]*[）)】]\Z")
_BOLD = lazy(r"\*\*[^*\n]+\*\*\Z")
_LEVELS = (
    r"第(?:[一二三四五六七八九十百千零〇]{1,6}|\d{1,4})[章节条款编篇](?:[ \t\u3000\u00a0]|\Z)",
    rf"{_NUMERAL}{{1,3}}[、.．](?!{_NUMERAL}{{1,2}}[、.．季级线类])",
    rf"[（(]{_NUMERAL}{{1,3}}[）)](?![项款目条、，])",
    r"\d{1,2}(?:[.．](?![0-9０-９])|、(?!\d))",
    r"[（(]\d{1,2}[）)](?![项款目条、，])", r"\d{1,2}[)）]",
    r"[\u2460-\u249b\u24eb-\u24ff\u2776-\u277f\u3220-\u3229\u3280-\u3289]",
    r"[□■◆◇▶►▷★☆※◎○△▲][ \t\u3000\u00a0]*(?=[^\x00-\x7f])")
_LEVEL = lazy("|".join(_LEVELS))
_CHAPTER = lazy("|".join(_LEVELS[:3]))
_LETTERED = lazy(rf"(?:[A-Za-z]|[ivxIVX]{{1,4}})[.)）、．](?=[ \t\u3000]*[A-Za-z{HAN}“《(（])")
_ROMAN = frozenset("ivxIVX")
# Behind these a line cannot begin with a numeral's level: 第 | 一、二季度.
_BEFORE_NUMERAL = frozenset("第周期之其十百星统专万单约至和与、—-～~")
_LABEL = lazy(rf"[{HAN}]{{2,6}}(?:[ \u3000]?[{HAN}])?[：:]")
_INDENT = lazy("[ \t]*\u3000|[ \t]*[\u00a0\u2002\u2003]{2}|\t")
_ALIGNED = lazy(r"\S(?: {2,}|\u3000{2,}|[ \u3000]{3,})(?=\S)")
_LEVEL_MARK = lazy(r"(?:第?[一二三四五六七八九十百千零〇\d]{1,6}[章节条款编篇、.．)）]?"
                         r"|[（(][^（）()]{1,4}[）)]|[·•●■◆➢§\-*–\uf000-\uf0fflnuopqvØü])\Z")
# What stands alone in its line: a note to oneself.
_APART = lazy(r"#[ \t\u3000]*[^\s#]|//(?!@)|/\*|%%|\[//\]:|\[comment\]:")
# A heading is no longer than so many hanzi, and has none of these.
_HEADING, _IN_SENTENCE = 24, re.compile("[，。；！？,;]")
# A line so much narrower than the widest was not wrapped by a page.
_SHORT = 0.7
# No page is narrower than so many hanzi.
_NARROWEST = 16
# So many lines, none wider than so many hanzi, are verse or a list of names.
_VERSES, _VERSE = 4, 10
_MARKED = lazy("[，。；：！？、,;:（(“%％]|\\d")
# Half-width spaces that begin a paragraph; a line so much narrower than the widest is not full.
_WIDE_INDENT, _FULL = 4, 0.85
_ALONE = lazy(r"0\d\Z|END\Z")
# Lines below one another as wide as this, all narrower than a page: a name, an office, a date.
_SIGNATURE = 3


def width(text: str) -> float:
    """How wide a line is, in hanzi."""
    return sum(0.5 if char < "\u2e80" else 1 for char in text)


@dataclass(frozen=True)
class Line:
    """A line of a body: ``raw`` as typed, ``text`` without the blanks round it."""

    raw: PlacedText
    text: PlacedText

    @cached_property
    def indent(self) -> int:
        """How many blanks it begins with."""
        return len(self.raw.text) - len(self.raw.text.lstrip(" "))

    @cached_property
    def width(self) -> float:
        """How wide it is, in hanzi."""
        return width(self.text.text)

    @cached_property
    def cells(self) -> int:
        """How many tabs stand in it, less the one behind the number or mark of a level."""
        inner = self.text.text
        if "\t" not in inner:
            return 0
        head = inner[: inner.index("\t")].rstrip(" ")
        return 0 if inner.count("\t") == 1 and _LEVEL_MARK.match(head) and not head.isdigit() else inner.count("\t")

    @cached_property
    def aligned(self) -> bool:
        """Whether runs of spaces stand in it, as in a table that was aligned with them."""
        gap = _ALIGNED.search(self.text.text) if "  " in self.text.text or "\u3000" in self.text.text else None
        return bool(gap and not _LEVEL_MARK.match(self.text.text[: gap.start() + 1]))


def lines_of(piece: PlacedText) -> list[Line]:
    """The lines of a body."""
    found, start = [], 0
    for match in LINE_END.finditer(piece.text):
        raw = piece[start : match.start()]
        found.append(Line(raw, raw.stripped()))
        start = match.end()
    raw = piece[start:]
    return [*found, Line(raw, raw.stripped())]


def ends_paragraph(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return bool(_STOP.search(text))


def numbered(text: str) -> bool:
    """Whether a line begins with the number of a level."""
    return bool(_LEVEL.match(text))


def begins(run: Sequence[Line], at: int) -> bool:
    """Whether line ``at`` of a run of lines begins a paragraph; ``at`` ≥ 1."""
    last, line = run[at - 1], run[at]
    before, text = last.text.text, line.text.text
    return bool(_STOP.search(before) or _ASIDE.match(before) or _BOLD.match(before) or _opens(run, at)
                or _indented(run, at) or _broken(run, at) or _stands_alone(last, line)
                or (last.aligned and line.aligned) or _APART.match(before) or _APART.match(text)
                or (_WESTERN_STOP.search(before) and _western_end(run, at))
                or (_LABEL.match(before) and _LABEL.match(text))
                or opens_alone(text) or salutes(before) or _in_series(run, at) or _below_caption(run, at)
                or (at == len(run) - 1 and is_date(text) and signs(before)) or _one_a_line(run, at))


def _in_series(run: Sequence[Line], at: int) -> bool:
    """Whether a line or the one before begins with a mark that a neighbour of it has too."""
    text, before = run[at].text.text, run[at - 1].text.text
    return opens_in_series(text, (before, run[at + 1].text.text) if at + 1 < len(run) else (before,))


def _below_caption(run: Sequence[Line], at: int) -> bool:
    """Whether the line before stands above this one: a number or END, a caption of labels, a short label."""
    last, line = run[at - 1], run[at]
    before = last.text.text
    if _ALONE.match(before) or (at > 1 and _ALONE.match(run[at - 2].text.text) and signs(before)):
        return True
    if _LABEL.match(line.text.text) and is_caption(before) and (at == 1 or _STOP.search(run[at - 2].text.text)):
        return True
    label = _LABEL.match(before) if len(before) <= 2 * _NARROWEST else None
    return bool(label and is_caption(before[label.end() :])) and line.width >= last.width + 4


def _one_a_line(run: Sequence[Line], at: int) -> bool:
    """Whether the lines are verse or names, none as wide as a page, or all begin with the same wide indent."""
    line = run[at]
    narrow = len(line.text.text) <= _VERSE and len(run) >= _VERSES and is_han(line.text.text[:1])
    if not narrow and not line.raw.text.startswith(" " * _WIDE_INDENT):
        return False
    near = run[max(0, at - 20) : at + 20]
    widest = max(one.width for one in near)
    if narrow and widest <= _VERSE and not any(_MARKED.search(one.text.text) for one in near):
        return True
    return line.indent >= _WIDE_INDENT and all(one.indent == line.indent for one in near) \
        and (widest < _NARROWEST or run[at - 1].width < _FULL * widest)


def _opens(run: Sequence[Line], at: int) -> bool:
    """Whether a line begins with the number of a level."""
    before, text = run[at - 1].text.text, run[at].text.text
    level = _LEVEL.match(text)
    if level:
        open_bracket = max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))
        if level.group()[-1] in ")）" and level.group()[0] not in "（(" and open_bracket:
            return False
        return not (level.group()[0] in "一二三四五六七八九十" and before[-1:] in _BEFORE_NUMERAL)
    if not _LETTERED.match(text):
        return False
    near = [run[at - 1].text.text, *(line.text.text for line in run[at + 1 : at + 2])]
    return any(_LETTERED.match(other) and (abs(ord(other[0]) - ord(text[0])) == 1 or {other[0], text[0]} <= _ROMAN)
               for other in near)


def _indented(run: Sequence[Line], at: int) -> bool:
    if not run[at].raw.text[:1].isspace():
        return False
    return bool(_INDENT.match(run[at].raw.text)) or run[at].indent >= least_indent(run, at) + 2


def least_indent(run: Sequence[Line], at: int) -> int:
    """The least indent of the lines near one: a page is not looked through for every line."""
    return min(line.indent for line in run[max(0, at - 20) : at + 20])


def _broken(run: Sequence[Line], at: int) -> bool:
    """Whether the line before ends with the two spaces that Markdown breaks a line with."""
    if not run[at - 1].raw.text.endswith("  "):
        return False
    return not all(line.raw.text.endswith(" ") for line in run[max(0, at - 4) : at + 4] if line is not run[at - 1]) \
        or at == len(run) - 1 == 1


def _stands_alone(last: Line, line: Line) -> bool:
    """Whether the line before is a heading: numbered, short, and what follows is longer or no page so narrow."""
    text = last.text.text
    if last.width > _HEADING or _IN_SENTENCE.search(text) or not _LEVEL.match(text):
        return False
    return line.width >= last.width + 4 or (last.width < _NARROWEST and bool(_CHAPTER.match(text)))


def _western_end(run: Sequence[Line], at: int) -> bool:
    """Whether a Western sentence ends a paragraph with its line: all do, or the line is short."""
    text = run[at].text.text
    if not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "“\"'(" or is_han(text[:1])):
        return False
    near = run[max(0, at - 20) : at + 20]
    ends = all(_WESTERN_STOP.search(line.text.text) or _STOP.search(line.text.text) for line in near)
    return ends or run[at - 1].width < 0.75 * max(line.width for line in near)


def doubtful(run: Sequence[Line], at: int) -> bool:
    """Whether line ``at`` was joined to the line before, and no page would have wrapped that one."""
    last, line = run[at - 1], run[at]
    end = last.text.text[-1:]
    if end in "，、—（《“‘：:；;,-" or line.text.text[:1] in "，、。；：！？）》”’" or begins(run, at):
        return False
    if not (is_han(end) or end in "”）》％%" or end.isdigit()) or last.text.text.isascii():
        return False
    widest = max(one.width for one in run[max(0, at - 20) : at + 20])
    return last.width < _SHORT * widest if widest >= _NARROWEST else min(last.width, line.width) >= _SIGNATURE
