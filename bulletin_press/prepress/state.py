"""The graphics state of a content stream (ISO 32000-1, 8.4), as far as inks depend on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)
_LETTER = 1.3  # ems that a letter may reach above or below its line


@dataclass(frozen=True)
class Colour:
    """A colour as the stream sets it: the name of its space, its components, the name of a pattern."""

    space: str = "/DeviceGray"
    values: tuple[float, ...] = (0.0,)
    pattern: str | None = None


@dataclass(frozen=True)
class State:
    """What ``q`` keeps and ``Q`` brings back.

    ``alpha`` are those of fields and of strokes; ``veiled`` tells a soft mask or a blend mode.
    """

    matrix: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Colour = Colour()
    stroke: Colour = Colour()
    width: float = 1.0
    alpha: tuple[float, float] = (1.0, 1.0)
    veiled: bool = False
    size: float = 0.0
    mode: int = 0
    font: str = ""
    overprint: tuple[bool, bool] = (False, False)


COLOUR_SPACES = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
PATH_ENDS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
FILLS, STROKES = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"}), frozenset({"S", "s", "B", "B*", "b", "b*"})
SHOWS = frozenset({"Tj", "TJ", "'", '"'})


class Reader:
    """Follows a content stream operator by operator; knows what each painting one paints and where.

    Args:
        graphics: the ExtGState resources.
        matrix: from the stream's units to the page's.
    """

    def __init__(self, graphics: Any, matrix: Matrix = IDENTITY, state: State | None = None) -> None:
        self.graphics = graphics
        self.state = replace(state or State(), matrix=matrix)
        self.kept: list[State] = []
        self.path: list[tuple[float, float]] = []
        self.clips = False
        self.line: Matrix = IDENTITY
        self._leading = 0.0

    def follow(self, operator: str, operands: Sequence[Any]) -> None:
        """Take an operator in, after it was looked at."""
        state = self.state
        if operator == "q":
            self.kept.append(state)
        elif operator == "Q":
            self.state = self.kept.pop() if self.kept else state
        elif operator == "cm":
            self.state = replace(state, matrix=times(_matrix(operands), state.matrix))
        elif operator in ("m", "l", "c", "v", "y", "re"):
            self._points(operator, [float(one) for one in operands])
        elif operator in ("W", "W*"):
            self.clips = True
        elif operator in PATH_ENDS or operator == "n":
            if self.clips:
                self.state = replace(state, clip=meet(state.clip, box_of(self.path)))
            self.path, self.clips = [], False
        elif operator == "w":
            self.state = replace(state, width=float(operands[0]))
        elif operator == "gs":
            self._graphics(self.graphics.get(str(operands[0]), {}) if self.graphics is not None else {})
        elif operator[0] == "T" or operator in ("BT", "'", '"'):
            self._text(operator, operands)
        else:
            self._colour(operator, operands)

    def _points(self, operator: str, numbers: list[float]) -> None:
        if operator == "re":
            x, y, width, height = numbers
            corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        else:
            corners = list(zip(numbers[::2], numbers[1::2], strict=True))
        self.path.extend(at(self.state.matrix, *corner) for corner in corners)

    def _graphics(self, values: Any) -> None:
        fill, stroke = self.state.alpha
        mask, blend = values.get("/SMask"), values.get("/BM")
        veiled = self.state.veiled
        if mask is not None or blend is not None:
            veiled = (mask is not None and str(mask) != "/None") or (
                blend is not None and str(blend) not in ("/Normal", "/Compatible"))
        over, field = self.state.overprint
        over = bool(values.get("/OP", over))
        field = bool(values.get("/op", over if "/OP" in values else field))
        self.state = replace(
            self.state, alpha=(float(values.get("/ca", fill)), float(values.get("/CA", stroke))), veiled=veiled,
            width=float(values.get("/LW", self.state.width)), overprint=(over, field))

    def _text(self, operator: str, operands: Sequence[Any]) -> None:
        if operator == "BT":
            self.line = IDENTITY
        elif operator == "Tf":
            self.state = replace(self.state, size=float(operands[1]), font=str(operands[0]))
        elif operator == "Tr":
            self.state = replace(self.state, mode=int(operands[0]))
        elif operator == "TL":
            self._leading = float(operands[0])
        elif operator == "Tm":
            self.line = _matrix(operands)
        elif operator in ("Td", "TD"):
            self.line = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.line)
            self._leading = -float(operands[1]) if operator == "TD" else self._leading
        elif operator in ("T*", "'", '"'):
            self.line = times((1, 0, 0, 1, 0, -self._leading), self.line)

    def _colour(self, operator: str, operands: Sequence[Any]) -> None:
        small = operator.lower()
        which = "fill" if operator == small else "stroke"
        if small in COLOUR_SPACES:
            colour = Colour(COLOUR_SPACES[small], tuple(float(one) for one in operands))
        elif small == "cs":
            # The first colour of a space is black, as far as a space has any.
            space = str(operands[0])
            colour = Colour(space, {"/DeviceRGB": (0.0,) * 3, "/DeviceCMYK": (0.0, 0.0, 0.0, 1.0)}.get(space, (0.0,)))
        elif small in ("sc", "scn"):
            space = getattr(self.state, which).space
            names = [str(one) for one in operands if not is_number(one)]
            colour = Colour(space, tuple(float(one) for one in operands if is_number(one)),
                            names[-1] if names else None)
        else:
            return
        self.state = replace(self.state, fill=colour) if which == "fill" else replace(self.state, stroke=colour)

    def letter_size(self) -> float:
        """The size of letters as they stand on the page, points."""
        matrix = times(self.line, self.state.matrix)
        return abs(self.state.size) * math.hypot(matrix[2], matrix[3])

    def line_width(self) -> float:
        """The width of a line as it stands on the page, points."""
        a, b, c, d = self.state.matrix[:4]
        return self.state.width * math.sqrt(abs(a * d - b * c))

    def painted(self, operator: str, operands: Sequence[Any]) -> Box:
        """Where a painting operator paints, at most."""
        if operator in PATH_ENDS:
            box = box_of(self.path)
            margin = self.line_width() / 2 + 1 if operator in STROKES else 0.0
            box = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
        elif operator in SHOWS:
            texts = operands[-1] if operator == "TJ" else [operands[-1]]
            letters = sum(len(bytes(one)) for one in texts if not is_number(one))
            reach, size = letters * self.state.size, self.state.size * _LETTER
            matrix = times(self.line, self.state.matrix)
            box = box_of([at(matrix, x, y) for x in (-size, reach) for y in (-size, size)])
        elif operator == "Do":
            box = box_of([at(self.state.matrix, x, y) for x in (0, 1) for y in (0, 1)])
        else:
            box = EVERYWHERE
        return meet(box, self.state.clip)


def is_number(value: Any) -> bool:
    """Whether an operand is a number."""
    return isinstance(value, int | float | Decimal)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def times(one: Matrix, two: Matrix) -> Matrix:
    """A matrix after another, as ``cm`` has it."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def inverse(matrix: Matrix) -> Matrix:
    """What undoes a matrix.

    Raises:
        ZeroDivisionError: nothing does.
    """
    a, b, c, d, e, f = matrix
    det = a * d - b * c
    return d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def box_of(points: Sequence[tuple[float, float]]) -> Box:
    """The box around some points; an empty one around none."""
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def meet(one: Box, two: Box) -> Box:
    """What two boxes share; right or top is less than left or bottom where that is nothing."""
    return max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3])


def empty(box: Box) -> bool:
    """Whether a box holds nothing."""
    return box[2] <= box[0] or box[3] <= box[1]


def number(value: float) -> Decimal:
    """A number as an operand, without an exponent."""
    return Decimal(f"{value:.5f}")
