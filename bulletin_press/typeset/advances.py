"""Set lines to glyph advances: where the pen stands behind each box of a run."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bulletin_press.typeset.boxes import Box
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.linebreak import WORD_MOST
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


class SetRun(NamedTuple):
    """The part of a line that is of one font.

    Attributes:
        text: what is drawn.
        typed: what is copied.
        advances: where its glyphs go.
        width: from the first glyph to the last, em of the paragraph.
    """

    text: str
    typed: str
    advances: Advances
    width: float


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
    em. Readers that take a text from /ActualText place it between its first and last glyph and
    guess a space before the next where the white is wide; a space that is drawn there, right
    before the next glyph, but not copied, keeps them from it.
    """
    pen, offset, per_mille, last = -lead, 0, 1000 / scale, len(boxes) - 1
    targets: dict[int, int] = {}
    letters: dict[int, float] = {}
    text: list[str] = []
    kept: list[tuple[int, str]] = []
    for index, box in enumerate(boxes):
        characters = box.text
        if letter and box.letters:
            own = min(letter, WORD_MOST) if box.small else letter
            _spread(box, offset, own * per_mille, letters)
            pen += own * box.letters
        pen += box.advance if box.left is Edge.OPEN else box.width
        text.append(characters)
        offset += len(characters.encode())
        if index < last:
            pen += gaps[index]
        if box.space:
            drawn = box.space is Space.DRAWN and index < last
            if box.space is not Space.DROPPED:
                kept.append((index, box.typed))
            if drawn:
                text[-1] += " "
                offset += 1
        targets[offset] = round(pen * per_mille)
    if hyphen:
        text.append(HYPHEN)
    width, typed = pen, _as_typed(boxes, kept)
    if reach > LEAST_REACH:
        targets[offset] = round((pen + max(0.0, reach - space)) * per_mille)
        targets[offset + 1] = round((pen + reach) * per_mille)
        text.append(" ")
    ends, pens = array("l", targets), array("l", targets.values())
    advances = Advances(ends, pens, round(lead * per_mille), letters)
    return SetRun("".join(text), typed, advances, width)


def _as_typed(boxes: Sequence[Box], kept: Sequence[tuple[int, str]]) -> str:
    """Return the text as copied, with the spaces that are kept behind boxes."""
    typed = [box.text for box in boxes]
    for index, space in kept:
        typed[index] += space
    return "".join(typed)


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
