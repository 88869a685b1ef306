"""Boxes to items: their widths, and the glue after each.

A full-width mark is a box half an em wide; the other half is glue.
"""

import re
from collections.abc import Sequence
from math import inf
from typing import Final, NamedTuple

from bulletin_press.typeset.boxes import OBJECT, Box, BoxScanner, TextRun, join_apostrophes
from bulletin_press.typeset.characters import ALPHANUMERIC, IDEOGRAPHS, MARKS, Edge
from bulletin_press.typeset.spacing import (
    COMPOUND,
    SOLID_GIVE,
    UNIT_PRICE,
    Glue,
    LineStyle,
    Shrink,
    Side,
    Space,
    StretchOrder,
    glue_between,
)

HALF: Final = 0.5
# The ink of ‘ and ’ is a third as wide as that of “ and ”: half an em of them would be mostly white. Designers who draw
# them proportional (LXGW WenKai) give them this.
SINGLE_QUOTE: Final = 0.35
_SINGLE: Final = frozenset("‘’")
APOSTROPHE: Final = 0.3
FULL_WIDTH_LEAST: Final = 0.88
# What names the thing whose name or number follows: a title, an initial, a part of a book.
_ABBREVIATED: Final = re.compile(
    r"\(?(?:[A-Z]|Dr|Mrs?|Ms|Prof|St|[Vv]ol|[Nn]os?|[Ff]igs?|[Tt]ab|[Cc]h|[Ss]ec|[Ee]qs?|[Aa]rt|[Ee]d|pp?)\.$"
)
_GROUP: Final = re.compile(r"\d{3}(?!\d)")
_SERIES: Final = re.compile(r"[A-Z][A-Z/.\-]*$")
SERIES_PRICE: Final = 300.0
# 2022年|6月|5日.
DATE_PRICE: Final = 160.0
# Some take the sign at a line's beginning for a hyphen.
NEGATIVE_PRICE: Final = 200.0


class BoxedParagraph(NamedTuple):
    """Items in reading order: n boxes, n glues; `glues[i]` stands after `boxes[i]`.

    Attributes:
        boxes: what no line breaks inside.
        glues: the white after each.
        style: the house style that bounds the glues.
    """

    boxes: Sequence[Box]
    glues: Sequence[Glue]
    style: LineStyle

    def since(self, start: int) -> "BoxedParagraph":
        """Return what is left from item `start` on."""
        return BoxedParagraph(self.boxes[start:], self.glues[start:], self.style)


_END: Final = Glue(0.0, 0.0, Shrink.COMMA, 0.0, StretchOrder.NONE, -inf)
_PLAIN: Final = Glue(0.0, SOLID_GIVE, Shrink.SOLID, 1.0, StretchOrder.EVEN, 0.0)
_UNBROKEN: Final = Glue(0.0, 0.0, Shrink.COMMA, 0.0, StretchOrder.NONE, inf)


def _narrow_apostrophe(box: Box, scale: float) -> None:
    """Take the white off a full-width ’ that stands in a Latin word; its ink is on the left."""
    if box.text == "’" and box.left is Edge.WORD:
        box.width = min(box.width, APOSTROPHE * scale)


def _set_widths(boxes: Sequence[Box], runs: Sequence[TextRun]) -> None:
    wanted: dict[int, set[str]] = {}
    for box in boxes:
        wanted.setdefault(box.run, {" "}).add(box.text)
    tables = {index: runs[index].measure(strings) for index, strings in wanted.items()}
    for box in boxes:
        run = runs[box.run]
        if box.left is Edge.OBJECT:
            box.width = box.advance = run.width
        elif box.left is not Edge.BREAK and box.text[0] != "\u200b":
            advance = tables[box.run][box.text]
            box.advance = box.width = advance * run.scale
            if box.left in MARKS and advance >= FULL_WIDTH_LEAST:
                box.width = (SINGLE_QUOTE if box.text in _SINGLE else advance - HALF) * run.scale
            _narrow_apostrophe(box, run.scale)


def _side(box: Box, edge: Edge, character: str) -> Side:
    """Describe one side of a gap; what spacing does not look at is left out, to be cached well."""
    if edge in IDEOGRAPHS:
        return Side(edge, 0.0, 0.0, character if character in COMPOUND else "")
    blank = box.advance - box.width
    # What is trimmed off ‘ and ’ more than off “ and ” is white that nobody misses outside them either.
    if box.text in _SINGLE and edge in MARKS:
        blank *= HALF / (1 - SINGLE_QUOTE)
    return Side(edge, blank, box.advance if edge is Edge.MIDDLE else 0.0, "")


def _run_of_space(left: Box, right: Box, runs: Sequence[TextRun]) -> TextRun | None:
    """The run in whose font a space is measured: that before it, or, after an object, the one that it stands in."""
    return next((run for run in runs[left.run : right.run + 1] if run.text != OBJECT), None)


def _glue_after(left: Box, right: Box, runs: Sequence[TextRun], style: LineStyle) -> Glue:
    if left.left is Edge.BREAK:
        return _END
    if right.left is Edge.BREAK:
        return _UNBROKEN
    space = 0.0
    if left.space is Space.DRAWN:
        run = _run_of_space(left, right, runs)
        space = run.measure((" ",))[" "] * run.scale if run else 0.0
    glue = glue_between(
        _side(left, left.right, left.text[-1]),
        _side(right, right.left, right.text[0]),
        space,
        style,
    )
    if left.space is Space.NONE and left.cut != inf:
        glue = Glue(0.0, 0.0, Shrink.COMMA, 1.0, StretchOrder.LETTER, left.cut)
    called = left.run != right.run and runs[right.run].clings  # 〔1〕: no line begins with a note's call
    if called or not (runs[left.run].wraps or runs[right.run].wraps) or "\u00a0" in left.typed:
        glue = glue._replace(penalty=inf)
    return glue


def _is_one_piece(boxes: Sequence[Box], at: int) -> bool:
    """Whether what stands at both sides of a gap is one piece: 第|12|条, Dr.|Wang, Vol.|3, 10|000."""
    left, right = boxes[at], boxes[at + 1]
    if left.text == "第":
        return right.left is Edge.DIGIT
    if left.space is Space.DRAWN and right.left is Edge.DIGIT and _GROUP.match(right.text) and left.text[-1].isdigit():
        return True
    if left.space is Space.DRAWN:
        return left.right is Edge.SIGN and right.left in ALPHANUMERIC and _ABBREVIATED.match(left.text) is not None
    return at > 0 and left.left is left.right is Edge.DIGIT and boxes[at - 1].text == "第" and right.left in IDEOGRAPHS


def _with_reference_price(left: Box, right: Box, glue: Glue) -> Glue:
    """Add what it costs to part a series from its number (ISO 9001), or to begin a line with a negative figure."""
    if left.space is Space.DRAWN and right.left is Edge.DIGIT and _SERIES.match(left.text):
        return glue._replace(penalty=max(glue.penalty, SERIES_PRICE))
    if right.text[0] in "-−" and right.text[1:2].isdigit():
        return glue._replace(penalty=max(glue.penalty, NEGATIVE_PRICE))
    return glue


def _amount_price(boxes: Sequence[Box], at: int) -> float:
    """What it costs to break inside a date (2022年|6月, 6月|5日) or before a currency (7|美元); 0 elsewhere."""
    left, right = boxes[at], boxes[at + 1]
    after = boxes[at + 2].text if at + 2 < len(boxes) else ""
    if left.right is Edge.DIGIT and right.text in ("美", "欧", "港", "日"):
        return UNIT_PRICE if after == "元" else 0.0
    if left.text not in ("年", "月") or right.left is not Edge.DIGIT or not at or boxes[at - 1].right is not Edge.DIGIT:
        return 0.0
    return DATE_PRICE if after == ("月" if left.text == "年" else "日") else 0.0


def build_paragraph(runs: Sequence[TextRun], style: LineStyle, *, hyphenate: bool = False) -> BoxedParagraph:
    """Make the items of a paragraph.

    Args:
        runs: its text in reading order; a forced break is a line feed.
        style: the house style, which bounds how far marks may be squeezed.
        hyphenate: whether Latin words may be parted at a hyphen.

    Returns:
        n boxes and n glues, the last glue a forced break (penalty −inf); a box of edge `BREAK`
        ends a line. Empty where the text is nothing but white.
    """
    scanner = BoxScanner(hyphenate=hyphenate)
    for index, run in enumerate(runs):
        scanner.scan(index, run)
    boxes = join_apostrophes(scanner.boxes)
    if not boxes:
        return BoxedParagraph((), (), style)
    _set_widths(scanner.unmeasured, runs)
    glues = [_PLAIN] * len(boxes)
    last = len(boxes) - 1
    for at in scanner.gaps:
        if at < last:
            glue = _glue_after(boxes[at], boxes[at + 1], runs, style)
            if _is_one_piece(boxes, at):
                glue = glue._replace(penalty=inf)
            elif glue.penalty < inf:
                glue = _with_reference_price(boxes[at], boxes[at + 1], glue)
                price = _amount_price(boxes, at)
                glue = glue._replace(penalty=price) if price > glue.penalty > -inf else glue
            glues[at] = glue
    glues[last] = _END
    return BoxedParagraph(boxes, glues, style)
