"""Breaks to set lines: every white of a line gets its final width."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from bulletin_press.typeset.linebreak import EPSILON
from bulletin_press.typeset.metrics import WORD_MOST, Metrics, shares
from bulletin_press.typeset.spacing import SOLID_GIVE, SPACE_SHARE, Shrink, StretchOrder

# em; past this a line spread out reads worse than one left short.
HOPELESS = 1.0


class SetLine(NamedTuple):
    """A line whose whites are decided; all lengths in em of the paragraph.

    Attributes:
        first: index of its first box.
        last: index of its last box.
        gaps: width of the glue after each box but the last; last − first values.
        letter: what each letter gap inside a word, a figure or an address grows; one inside a word of small
            letters by `WORD_MOST` at the most; negative where white was taken.
        width: room the line takes.
        measure: room it was given.
        stretch: what each even gap grew, or would have where the line was past help and was left
            short; negative where white was taken.
        final: whether it ends a paragraph or stands before a forced break.
    """

    first: int
    last: int
    gaps: Sequence[float]
    letter: float
    width: float
    measure: float
    stretch: float
    final: bool


def set_lines(
    metrics: Metrics, ends: Sequence[int], profile: Sequence[float], *, fill: bool, fill_last: bool
) -> Iterator[SetLine]:
    """Set the lines of a paragraph.

    Args:
        metrics: the measured paragraph.
        ends: index of the last box of each line, as from `linebreak.justify`.
        profile: measure of each line, em; the last holds for all further lines.
        fill: whether lines fill their measure.
        fill_last: whether the last line does too.
    """
    first = 0
    for number, last in enumerate(ends):
        measure = profile[min(number, len(profile) - 1)]
        final = metrics.penalties[last] == -inf
        yield _set_line(metrics, first, last, measure, final, fill and (fill_last or not final))
        first = last + 1


def _set_line(
    metrics: Metrics, first: int, last: int, measure: float, final: bool, fill: bool
) -> SetLine:
    natural = metrics.right[last] - metrics.left[first]
    slack = measure - natural
    gaps = [glue[0] for glue in metrics.paragraph.glues[first:last]]
    letter = stretch = 0.0
    if slack < -EPSILON:
        letter, left = _shrink(metrics, first, last, gaps, -slack)
        stretch = (slack + left) / max(1, last - first)
        width = measure + left
    elif fill:
        letter, stretch, left = _stretch(metrics, first, last, gaps, slack)
        width = measure - left
        if stretch > HOPELESS:
            gaps = [glue[0] for glue in metrics.paragraph.glues[first:last]]
            letter, width = 0.0, natural
    else:
        width = natural
    return SetLine(first, last, gaps, letter, width, measure, stretch, final)


def _shrink(metrics: Metrics, first: int, last: int, gaps: list[float], need: float) -> tuple[float, float]:
    """Take `need` from the gaps in the order of the style; return (letter, what could not be had)."""
    glues, letter = metrics.paragraph.glues, 0.0
    for rank, share, _ in metrics.paragraph.style.rounds:
        before, behind = metrics.give(rank)
        room = (behind[last] - before[first]) * share
        if room <= 0:
            continue
        taken = share * min(1.0, need / room)
        hair = taken * SOLID_GIVE if rank == Shrink.SOLID else 0.0
        for i in range(first, last):
            if glues[i][2] == rank:
                gaps[i - first] -= taken * glues[i][1]
            if hair and glues[i][4] == StretchOrder.LETTER:
                gaps[i - first] -= hair
        letter -= hair
        need -= min(need, room)
        if need < EPSILON:
            return letter, 0.0
    return letter, need


def _stretch(
    metrics: Metrics, first: int, last: int, gaps: list[float], slack: float
) -> tuple[float, float, float]:
    """Give `slack` to the gaps in CLREQ's order; return (letter, even, what found no place)."""
    boxes, glues, _ = metrics.paragraph
    for rank in (StretchOrder.WORD_SPACE, StretchOrder.LATIN):
        room = metrics.stretches[rank][last] - metrics.stretches[rank][first]
        if room > 0:
            share = min(1.0, slack / room)
            for i in range(first, last):
                if glues[i][4] == rank:
                    gaps[i - first] += share * glues[i][3]
            slack -= share * room
    if slack < EPSILON:
        return 0.0, 0.0, 0.0
    even = metrics.stretches[2][last] - metrics.stretches[2][first]
    letters = metrics.letters_right[last] - metrics.letters_left[first]
    small = metrics.small_right[last] - metrics.small_left[first]
    each, letter = shares(slack, even, letters, small, metrics.most(first, last))
    if not even and not letters:
        return 0.0, slack, _stretch_anything(metrics, first, last, gaps, slack)
    for i in range(first, last):
        if glues[i][4] == StretchOrder.EVEN:
            gaps[i - first] += each * glues[i][3]
        elif glues[i][4] == StretchOrder.WORD_SPACE and glues[i][3]:
            gaps[i - first] += each * SPACE_SHARE
        elif glues[i][4] == StretchOrder.LETTER:
            gaps[i - first] += min(letter, WORD_MOST) if boxes[i].small else letter
    return letter, max(each, letter), 0.0


def _stretch_anything(
    metrics: Metrics, first: int, last: int, gaps: list[float], slack: float
) -> float:
    """Widen the spaces of a line of Western words beyond their bound; return what is left."""
    glues = metrics.paragraph.glues
    spaces = [i for i in range(first, last) if glues[i][3] and glues[i][4] < StretchOrder.EVEN]
    for i in spaces:
        gaps[i - first] += slack / len(spaces)
    return 0.0 if spaces else slack
