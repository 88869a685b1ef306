"""Set lines to glyph advances: where the pen stands behind each box of a run."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bulletin_press.typeset.boxes import Box
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.metrics import WORD_MOST
from bulletin_press.typeset.setting import SetLine
from bulletin_press.typeset.spacing import Space

# White behind a text box from which readers guess a space, em.
LEAST_REACH: Final = 0.05
HYPHEN: Final = "-"


class Advances(NamedTuple):
    """Where the glyphs of a text go, in thousandths of an em of its font.

    Attributes:
        ends: byte offsets in the text at which boxes end, ascending; n values.
        pens: where the pen stands behind each, up to the next glyph; n values.
        lead: white trimmed from the first glyph, an opening mark at a line start.
        letters: byte offset → white added to the glyph that ends there, inside breakable words.
    """

    ends: "array[int]"
    pens: "array[int]"
    lead: int
    letters: Mapping[int, float]


class CopiedSpan(NamedTuple):
    """A stretch of a drawn text.

    Attributes:
        end: byte offset in the drawn text at which it ends.
        typed: what is copied of it.
    """

    end: int
    typed: str


class SetRun(NamedTuple):
    """The part of a line that is of one font.

    Attributes:
        text: what is drawn.
        spans: what is copied: the stretches of what is drawn, in order, to the last byte.
        advances: where its glyphs go.
        width: from the first glyph to the last, em of the paragraph.
    """

    text: str
    spans: Sequence[CopiedSpan]
    advances: Advances
    width: float

    @property
    def typed(self) -> str:
        """All that is copied."""
        return "".join(span.typed for span in self.spans)


def whites(boxes: Sequence[Box], line: SetLine) -> list[float]:
    """Return the white from each box of a line to the next glyph, em; 0 behind the last.

    An opening mark brings its white in its glyph, so the glyph begins before the mark's box.
    """
    after = boxes[line.first + 1 : line.last + 1]
    gaps = [
        gap - (box.advance - box.width) if box.left is Edge.OPEN else gap
        for gap, box in zip(line.gaps, after, strict=True)
    ]
    return [*gaps, 0.0]


def lead_of(box: Box) -> float:
    """Return the white to trim from a box that begins a line, em."""
    return box.advance - box.width if box.left is Edge.OPEN else 0.0


def set_run(
    boxes: Sequence[Box],
    gaps: Sequence[float],
    *,
    scale: float,
    letter: float,
    lead: float,
    reach: float = 0.0,
    space: float = 0.0,
    hyphen: bool = False,
) -> SetRun:
    """Decide the pen positions of the boxes of one run.

    Args:
        boxes: neighbours in a line, n ≥ 1, none a forced break.
        gaps: white from each to the next glyph, em of the paragraph; n values, the last unused.
        scale: font size of the run ÷ font size of the paragraph.
        letter: what each letter gap inside a breakable word grows, em.
        lead: white trimmed from the first glyph, em.
        reach: white behind the last glyph up to the next run, em.
        space: width of the run's space, em.
        hyphen: whether a hyphen is drawn behind the last box; it takes no room and is not copied.

    Positions are rounded, not advances, so that a line ends where it should to a thousandth of an
    em. Readers guess a space where a glyph stands off from the one before; a space that is drawn there,
    right before the next glyph, but not copied, keeps them from it. Such a box is a span of its own:
    the less is copied otherwise than it is drawn, the nearer a search lands.
    """
    pen, per_mille, last = -lead, 1000 / scale, len(boxes) - 1
    drawn = _DrawnText()
    targets: dict[int, int] = {}
    letters: dict[int, float] = {}
    for index, box in enumerate(boxes):
        if letter and box.letters:
            own = min(letter, WORD_MOST) if box.small else letter
            _spread(box, drawn.end, own * per_mille, letters)
            pen += own * box.letters
        pen += box.advance if box.left is Edge.OPEN else box.width
        gap = gaps[index] if index < last else reach
        shown = HYPHEN if hyphen and index == last else " " if box.space is Space.DRAWN and index < last else ""
        kept = box.typed if box.space not in (Space.NONE, Space.DROPPED) else ""
        white = gap if box.left is Edge.OPEN else gap - box.blank
        behind = pen + gap
        if white > LEAST_REACH and not shown:
            targets[drawn.end + len(box.text.encode())] = round((behind - min(white, space)) * per_mille)
            shown = " "
            drawn.apart(box.text, shown, kept)
        else:
            drawn.add(box.text, shown, kept)
        if shown == HYPHEN:
            targets[drawn.end - len(HYPHEN)] = round(pen * per_mille)
        else:
            targets[drawn.end] = round(behind * per_mille)
        if index < last:
            pen = behind
    ends, pens = array("l", targets), array("l", targets.values())
    advances = Advances(ends, pens, round(lead * per_mille), letters)
    return SetRun("".join(drawn.text), drawn.spans, advances, pen)


class _DrawnText:
    """A text as it is drawn, and the spans that it is copied in."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.end = 0
        self.spans: list[CopiedSpan] = []
        self._plain = False

    def add(self, text: str, shown: str, typed: str) -> None:
        """Add a text, what is shown behind it, and what is copied for that."""
        if shown != typed:
            self.apart(text, shown, typed)
            return
        before = self.spans.pop().typed if self._plain else ""
        self._append(text, shown, before + text + typed)
        self._plain = True

    def apart(self, text: str, shown: str, typed: str) -> None:
        """Add them as a span of their own."""
        self._append(text, shown, text + typed)
        self._plain = False

    def _append(self, text: str, shown: str, typed: str) -> None:
        self.text.append(text + shown)
        self.end += len((text + shown).encode())
        self.spans.append(CopiedSpan(self.end, typed))


def _spread(box: Box, offset: int, amount: float, letters: dict[int, float]) -> None:
    for character in box.text[: box.letters]:
        offset += len(character.encode())
        letters[offset] = amount


def with_ellipsis(text: str, advances: Advances, ellipsis: str) -> tuple[str, Advances]:
    """Return a text and its advances with the last characters giving way to an ellipsis.

    Args:
        text: what is drawn.
        advances: its advances.
        ellipsis: what says that text is left out; an em each character.
    """
    total = advances.pens[-1] - 1000 * len(ellipsis)
    kept = sum(pen <= total for pen in advances.pens)
    ends, pens = advances.ends[:kept], advances.pens[:kept]
    cut = text.encode()[: ends[-1] if kept else 0].decode()
    for character in ellipsis:
        ends.append((ends[-1] if ends else 0) + len(character.encode()))
        pens.append((pens[-1] if pens else 0) + 1000)
    return cut + ellipsis, advances._replace(ends=ends, pens=pens)
