"""A picture as templates are handed it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SetPicture:
    """A picture as a template needs it: its address, or why there is none; its width over its height."""

    url: str | None
    fault: str | None = None
    ratio: float = 3.0
