"""``press`` run in the process of the tests; the fixture itself stands in conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str


Press = Callable[..., Ran]
