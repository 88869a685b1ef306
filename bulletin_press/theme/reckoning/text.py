"""How wide a text is about, how many lines it takes, how large it may be set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from bulletin_press.theme.reckoning.settings import Ems, Fitting, LineRoom, Step

_MARKS = frozenset("“”‘’—…·×")
_ISSUES = ("合刊", "增刊", "专刊", "特刊", "副刊")
_CJK = "⺀"
# A point or comma among figures takes so much of a figure's width.
_POINT = 0.55


@dataclass(frozen=True)
class Fitted:
    """The size of a text: ``size`` in pt; ``gap`` between its characters, em; ``line`` its line height, pt.

    ``folded``: it has more than one line; ``reduced``: smaller than the theme would have it; ``cramped``: it
    would have to be smaller than the least. ``room``: how wide it may be, pt.
    """

    size: float
    lines: int
    gap: float
    line: float
    folded: bool
    reduced: bool
    cramped: bool
    room: float


def ems(text: str, widths: Ems) -> float:
    """About how wide a text is, em."""
    if widths.only:
        return len(text) - round(1 - widths.latin, 6) * sum(char in widths.only for char in text)
    width, wide = 0.0, True
    for char in text:
        now = char >= _CJK or char in _MARKS
        capital = widths.capital if widths.capital is not None and "A" <= char <= "Z" else widths.latin
        width += (1 if now else capital) + (widths.gap if now != wide else 0)
        wide = now
    return width


def label_parts(label: str) -> tuple[str, str]:
    """An issue's label in two: 7—8月, 合刊. Without such a word the second is empty."""
    return (label[:-2], label[-2:]) if label.endswith(_ISSUES) else (label, "")


def line_count(text: str, room: float, widths: Ems) -> int:
    """About how many lines of so many ems a text takes."""
    return ceil((ems(text, widths) + widths.doubt) / room)


def fits(texts: Sequence[str], measure: LineRoom, widths: Ems, properties: Mapping[str, str]) -> bool:
    """Whether texts stand side by side in one line."""
    return sum(ems(text, widths) for text in texts) <= measure.ems(properties)


_KEPT_ROOM = 0.35


def fitted(texts: Sequence[str], fit: Fitting, widths: Ems, properties: Mapping[str, str], beside: str = "") -> Fitted:
    """The size of texts of one kind that share a room: the largest in which each fits."""
    room = fit.room.among(properties)
    if fit.beside:
        # Whatever stands beside it, a name keeps some room: it breaks, and so does the other.
        room = max(room - fit.beside * max(len(beside), fit.beside_least), room * _KEPT_ROOM)
    room = (room - fit.between * (len(texts) - 1)) / len(texts) - fit.edge
    return min((_fitted(text, fit, room, widths, properties) for text in texts), key=lambda one: one.size)


def same_size(texts: Sequence[str], across: int, fit: Fitting, properties: Mapping[str, str]) -> float:
    """The size of figures that stand so many in a row, pt: that in which the longest fits."""
    room = (fit.room.among(properties) - fit.between * (across - 1)) / across - fit.edge
    widths = [(len(text) - round(1 - _POINT, 6) * sum(char in ".," for char in text)) * fit.figures for text in texts]
    return _down(min([fit.steps[0].size, *(room / width for width in widths if width)]), fit.digits)


def _fitted(text: str, fit: Fitting, room: float, widths: Ems, properties: Mapping[str, str]) -> Fitted:
    width = len(text) if fit.characters else ems(text, widths)
    step = next((one for one in fit.steps if one.up_to is None or width <= one.up_to), fit.steps[-1])
    most = min(step.size, fit.most.among(properties)) if fit.most else step.size
    size = min(most, _room_of(step, room, width, fit)) if step.fits else most
    held = max(size, fit.least)
    gap = step.gap
    if fit.spread and width:
        gap = round(min(fit.spread, max((fit.filling * room / width - held) / held, 0)), 3)
    return Fitted(_down(held, fit.digits), step.lines, gap, round(fit.line / step.lines, 2), step.lines > 1,
                  size < most, size < fit.least, _down(room, 2))


def _room_of(step: Step, room: float, width: float, fit: Fitting) -> float:
    a_line = (width if step.lines == 1 else ceil(width / step.lines)) + step.spare
    # A text of nothing fits in any size.
    return room / ((fit.loose * step.loose + step.gap) * a_line) if a_line else step.size


def _down(size: float, digits: int) -> float:
    return float(floor(size * 10**digits) / 10**digits)
