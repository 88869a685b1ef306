"""Colour spaces of any PDF (ISO 32000-1, 8.6): which are the screen's, and how much ink a colour takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary

_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}
_SCREEN = frozenset({"/DeviceRGB", "/CalRGB", "/Lab", "/CalGray"})
_DEPTH = 4


@dataclass(frozen=True)
class Ink:
    """How a colour prints: shares of cyan, magenta, yellow, black, and of other inks; None where it is the screen's."""

    process: tuple[float, float, float, float] | None
    others: tuple[float, ...] = ()
    registration: bool = False

    @property
    def total(self) -> float:
        """All inks together, 1.0 is one solid."""
        return sum(self.process or ()) + sum(self.others)

    @property
    def count(self) -> int:
        """How many inks."""
        return sum(ink > 0.005 for ink in (*(self.process or ()), *self.others))


def resolved(space: Any, resources: Any, depth: int = 0) -> Any:
    """A colour space by its name in the resources, or itself."""
    if isinstance(space, Array):
        return space
    name = _SHORT.get(str(space), str(space))
    known = resources.get("/ColorSpace", Dictionary()) if resources is not None else {}
    found = known.get(name)
    return name if found is None or depth > _DEPTH else resolved(found, resources, depth + 1)


def is_screen(space: Any, depth: int = 0) -> bool:
    """Whether a colour space is the screen's: red, green and blue, or of a device that has no inks."""
    if not isinstance(space, Array):
        return str(space) in _SCREEN
    kind = str(space[0])
    if kind == "/ICCBased":
        return int(space[1].get("/N", 3)) == 3
    if kind in ("/Indexed", "/I") or (kind == "/Pattern" and len(space) > 1):
        return depth < _DEPTH and is_screen(_base(space[1]), depth + 1)
    if kind in ("/Separation", "/DeviceN"):
        names = [str(space[1])] if kind == "/Separation" else [str(one) for one in space[1]]
        return depth < _DEPTH and names not in (["/All"], ["/None"]) and is_screen(_base(space[2]), depth + 1)
    return kind in _SCREEN


def _base(space: Any) -> Any:
    return space if isinstance(space, Array) else _SHORT.get(str(space), str(space))


def ink_of(space: Any, values: Sequence[float]) -> Ink:
    """The inks of a colour in a resolved space."""
    kind = str(space[0]) if isinstance(space, Array) else str(space)
    if is_screen(space):
        return Ink(None)
    if kind == "/ICCBased":
        kind = {1: "/DeviceGray", 4: "/DeviceCMYK"}.get(int(space[1].get("/N", 0)), kind)
    if kind == "/DeviceGray" and values:
        return Ink((0.0, 0.0, 0.0, 1 - values[0]))
    if kind == "/DeviceCMYK" and len(values) == 4:
        return Ink((values[0], values[1], values[2], values[3]))
    if kind == "/Separation" and values:
        name = str(space[1])
        inks = [values[0] if name == one else 0.0 for one in ("/Cyan", "/Magenta", "/Yellow", "/Black")]
        spot = () if any(inks) or name == "/All" else (values[0],)
        return Ink((inks[0], inks[1], inks[2], inks[3]), spot, name == "/All")
    if kind == "/DeviceN":
        return Ink((0.0, 0.0, 0.0, 0.0), tuple(values))
    return Ink((0.0, 0.0, 0.0, 0.0))
