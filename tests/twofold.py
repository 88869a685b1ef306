"""A made-up outlet of two files, which only the tests know."""

from __future__ import annotations

from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.writers.outlet import Chosen, Files, Outlet, OutletOption


def write_twofold(edition: Edition, chosen: Chosen) -> Files:
    """The title, and how many pages there are, each in a file of its own."""
    if chosen["sort"] == "broken":
        raise PressError("坏了")
    return {"title.txt": edition.issue.document.title.encode(), "pages/count.txt": str(len(edition.pages)).encode()}


OUTLET = Outlet("twofold", "两份", "只在测试里有", (), True, write_twofold,
                {"sort": OutletOption("怎样写", "plain", ("plain", "broken")), "most": OutletOption("最多几行", 3)},
                notice=lambda edition: "分成了两份")
