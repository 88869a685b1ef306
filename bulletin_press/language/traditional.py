"""Traditional characters and the simplified ones that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bulletin_press.ground.resources import templates_folder


@cache
def simplified() -> Mapping[str, str]:
    """The table that the package carries, one character to one; read when it is first asked for."""
    lines = (templates_folder() / "checks" / "traditional.txt").read_text("utf-8").splitlines()
    traditional, plain = (line for line in lines if not line.startswith("#"))
    return dict(zip(traditional, plain, strict=True))
