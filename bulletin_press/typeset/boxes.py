"""Text to boxes: cutting a paragraph into what no line breaks inside.

A box is a 汉字, a mark, a Latin word or a piece of an address, an image.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from bulletin_press.typeset.characters import (
    ALPHANUMERIC,
    COMPARING,
    MARKS,
    UNITS,
    WESTERN,
    Edge,
    edge_of,
)
from bulletin_press.typeset.hyphenation import hyphen_places
from bulletin_press.typeset.spacing import PAIR_FIRST, Space, space_kind

Measure = Callable[[Iterable[str]], Mapping[str, float]]

# What follows a character and is drawn on it: combining marks, variation selectors, skin tones.
_CLING: Final = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200c\u200d\u2060\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f\ufeff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
)
_TOKEN: Final = re.compile(
    rf"(?P<space>[ \t\r\u00a0]+)"
    rf"|(?P<han>[\u4e00-\u9fa5]+(?![{_CLING}]))"
    rf"|(?P<word>[{COMPARING}]?－?[{WESTERN}][{WESTERN}{_CLING}]*(?:\u2013[{WESTERN}][{WESTERN}{_CLING}]*)*)"
    rf"|(?P<dash>—{{2,}}|…{{2,}}|⸺+)"
    rf"|[\U0001f1e6-\U0001f1ff]{{2}}"
    rf"|.(?:[{_CLING}]*\u200d[^ \n])*[{_CLING}]*",
    re.DOTALL,
)
_TRAILING: Final = re.compile(f"[{_CLING}]+$")
_CLINGING: Final = re.compile(f"[{_CLING}]")
_FIGURE: Final = re.compile(rf"[\d.,:/%+\-–~(){COMPARING}]+$")
# Figures and capitals may be set wider with a loose line; small letters keep closer together.
_TRACKED: Final = re.compile(rf"[A-Z\d.,:/%+\-–~()&{COMPARING}]+$")
_PIECE: Final = re.compile(r"(?:[a-z]+://)?[^/\-._?&=@]+[/\-._?&=@]*|[/\-._?&=@]+")
# In an address a hyphen begins the next piece: at a line end nobody could tell whose it is, and
# readers drop it when text is copied.
_ADDRESS: Final = re.compile(r".*[@/]|www\.|.*\w\.\w", re.DOTALL)
_ADDRESS_PIECE: Final = re.compile(r"(?:[a-z]+://)?-*[^/\-._?&=@]+[/._?&=@]*|[/\-._?&=@]+")
# What stands for an image or a block in a line.
OBJECT: Final = "\ufffc"
BREAKABLE_WORD: Final = 12
LONG_WORD: Final = 24
POINT_PRICE: Final = 90.0
# The hyphen of a compound word: dear, as readers drop it when text is copied.
PRICES: Final = {"/": 40.0, "-": 1500.0}
BEFORE_HYPHEN: Final = 200.0
LETTER_PRICE: Final = 4000.0
HYPHEN_PRICE: Final = 150.0
_EM: Final = ("中",)


@dataclass(slots=True)
class TextRun:
    """A stretch of one font.

    Attributes:
        text: the characters; U+FFFC for an object.
        measure: gives widths of strings, em of this run's font.
        scale: font size of this run ÷ font size of the paragraph.
        wraps: False where the run may not be broken.
        width: width of an object, em of the paragraph.
        before: fixed white ahead of the first box (padding, border), em of the paragraph.
        after: the same behind the last box.
        clings: whether it is raised beside the text before, as the call of a note is.
    """

    text: str
    measure: Measure
    scale: float = 1.0
    wraps: bool = True
    width: float = 0.0
    before: float = 0.0
    after: float = 0.0
    clings: bool = False


@dataclass(slots=True, eq=False)
class Box:
    """What no line breaks inside.

    Attributes:
        text: the characters, never empty.
        run: index of its run.
        start: offset of its first character in the run's text.
        left: the edge it shows to the box before.
        right: the edge it shows to the box after.
        cut: price of breaking between this box and the next of the same word; inf for none.
        width: room it takes, em of the paragraph; half an em for a full-width mark.
        advance: its glyphs' own width, em of the paragraph.
        before: fixed white ahead of it, em.
        after: fixed white behind it, em.
        space: what becomes of the space typed after it.
        typed: the space typed after it, as typed.
        letters: gaps inside it that may stretch where the even gaps of a line would have to be wide.
        figure: whether it is a figure or a word of capitals, of which only so much is asked.
        small: whether it is of small letters, of which still less is asked.
        hyphen: whether a hyphen is drawn where a line ends behind it; it hangs out, being so light that a word
            flush with the measure looks the more even.
    """

    text: str
    run: int
    start: int
    left: Edge
    right: Edge
    cut: float = inf
    width: float = 0.0
    advance: float = 0.0
    before: float = 0.0
    after: float = 0.0
    space: Space = Space.NONE
    typed: str = ""
    letters: int = 0
    figure: bool = False
    small: bool = False
    hyphen: bool = False

    @property
    def blank(self) -> float:
        """White that its glyph brings and the composer took off, em."""
        return self.advance - self.width

    @property
    def is_mark(self) -> bool:
        """Tell whether it is a full-width mark."""
        return self.left in MARKS


class BoxScanner:
    """Turn runs into boxes, noting which need measuring and which gaps are not plain.

    Attributes:
        boxes: the boxes so far; a plain 汉字 has its width already.
        unmeasured: boxes without a width.
        gaps: ascending indices of boxes whose glue is to be looked up; between two plain 汉字 of
            one run it is always the same.
    """

    def __init__(self, *, hyphenate: bool = False) -> None:
        self.hyphenate = hyphenate
        self.boxes: list[Box] = []
        self.unmeasured: list[Box] = []
        self.gaps: list[int] = []
        self._pending = ""

    def scan(self, index: int, run: TextRun) -> None:
        """Append the boxes of a run."""
        first = len(self.boxes)
        self._mark(first - 1)
        for match in _TOKEN.finditer(run.text):
            kind, text = match.lastgroup, match[0]
            if kind == "han":
                self._ideographs(text, index, match.start(), run)
            elif kind == "space":
                self._pending += text
                self._mark(len(self.boxes) - 1)
            elif kind == "word":
                for box in _word_boxes(text, index, match.start(), hyphenate=self.hyphenate):
                    self._add(box)
            else:
                self._add(_single_box(text, index, match.start()))
        if len(self.boxes) > first:
            self._edges(first, run)

    def _ideographs(self, text: str, index: int, start: int, run: TextRun) -> None:
        em = run.measure(_EM)["中"] * run.scale
        boxes = self.boxes
        if self._pending:
            self._space_before(edge_of(text[0]))
        for at, character in enumerate(text, start):
            edge = Edge.HAN
            if character in UNITS:
                self._mark(len(boxes) - 1)
                edge = Edge.UNIT
            if character in PAIR_FIRST or not run.wraps:
                self._mark(len(boxes))
            boxes.append(Box(character, index, at, edge, edge, width=em, advance=em))

    def _add(self, box: Box) -> None:
        if self._pending:
            self._space_before(box.left)
        self._mark(len(self.boxes) - 1)
        self._mark(len(self.boxes))
        self.boxes.append(box)
        self.unmeasured.append(box)

    def _space_before(self, edge: Edge) -> None:
        if self.boxes and Edge.BREAK not in (self.boxes[-1].left, edge):
            self.boxes[-1].space = space_kind(self.boxes[-1].right, edge)
            self.boxes[-1].typed = self._pending
        self._pending = ""

    def _mark(self, index: int) -> None:
        if index >= 0 and (not self.gaps or self.gaps[-1] < index):
            self.gaps.append(index)

    def _edges(self, first: int, run: TextRun) -> None:
        head, tail = self.boxes[first], self.boxes[-1]
        head.before += run.before
        tail.after += run.after
        if run.clings and head.left not in MARKS:
            head.left = Edge.SUFFIX
            if not first or self.boxes[first - 1].right not in ALPHANUMERIC:
                tail.right = Edge.SUFFIX


def _single_box(text: str, run: int, start: int) -> Box:
    if text[0] == "\u200b":
        return Box(text, run, start, Edge.SPACE, Edge.SPACE)
    edge = edge_of(text[0])
    if edge is Edge.DASH and len(text) == 1 and text != "⸺":
        edge = Edge.CONNECTOR
    if text[0] == OBJECT:
        edge = Edge.OBJECT
    right = Edge.WORD if text[0] in "‰℃℉°" else edge
    return Box(text, run, start, edge, right)


def _word_edges(text: str) -> tuple[Edge, Edge]:
    bare = _TRAILING.sub("", text) or text
    left, right = edge_of(bare[0]), edge_of(bare[-1])
    if bare[0] in "%°":
        left = Edge.SUFFIX
    elif left is Edge.SIGN and bare[0] in "'\"-" and len(bare) > 1:
        left = Edge.WORD
    if bare[-1] in "°/":
        right = Edge.WORD if len(bare) > 1 else right
    return left, right


def _word_boxes(text: str, run: int, start: int, *, hyphenate: bool) -> Iterable[Box]:
    """Cut a Latin word: addresses and compounds at their separators, words at their hyphens, if wished."""
    if _FIGURE.match(text):
        yield _piece_box(text, run, start, *_word_edges(text), inf)
        return
    long = len(text) > BREAKABLE_WORD
    address = long and _ADDRESS.match(text) is not None
    cuts = dict(_separators(text, _ADDRESS_PIECE if address else _PIECE)) if long else {}
    hyphens = hyphen_places(text) if hyphenate and not address else ()
    at = 0
    for stop in (*sorted({*cuts, *hyphens}), len(text)):
        piece, price = text[at:stop], cuts.get(stop, HYPHEN_PRICE if stop < len(text) else inf)
        if len(piece) > LONG_WORD:
            yield from _letter_boxes(piece, run, start + at, price)
        else:
            left, right = _word_edges(piece)
            box = _piece_box(piece, run, start + at, Edge.WORD if at else left, right, price)
            if address:
                box.letters, box.figure, box.small = len(piece) - 1, False, False
            box.hyphen = stop in hyphens and stop not in cuts
            yield box
        at = stop


def _piece_box(text: str, run: int, start: int, left: Edge, right: Edge, price: float) -> Box:
    """Return the box of a word, or of a piece of one."""
    tracked, drawn_on = _TRACKED.match(text) is not None, _CLINGING.search(text) is not None
    letters = 0 if drawn_on else len(text) - 1
    return Box(text, run, start, left, right, price, letters=letters, figure=tracked, small=not tracked)


def _separators(text: str, pieces: re.Pattern[str]) -> Iterator[tuple[int, float]]:
    """Yield where a long word may be cut, and the price."""
    for match in pieces.finditer(text):
        stop = match.end()
        if stop < len(text):
            price = PRICES.get(match[0][-1], POINT_PRICE)
            yield stop, max(price, BEFORE_HYPHEN) if text[stop] == "-" else price


def _letter_boxes(piece: str, run: int, start: int, price: float) -> Iterable[Box]:
    clusters = list(re.finditer(f".[{_CLING}]*", piece, re.DOTALL))
    for match in clusters:
        last = match is clusters[-1]
        cut = price if last else LETTER_PRICE
        yield Box(match[0], run, start + match.start(), Edge.WORD, Edge.WORD, cut)


def join_apostrophes(boxes: list[Box]) -> list[Box]:
    """Keep ’ between two Latin letters in their word: it is no closing quote there."""
    for i in range(1, len(boxes) - 1):
        box = boxes[i]
        joined = not boxes[i - 1].space and not box.space
        if box.text == "’" and joined and boxes[i - 1].right is boxes[i + 1].left is Edge.WORD:
            box.left = box.right = Edge.WORD
    return boxes
