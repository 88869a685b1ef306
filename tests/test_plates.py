"""Plates: pieces made into pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bulletin_press.writers.flow.plates import plates

# The second is as wide as no whole number of pixels to the point makes it.
PAGE = ("<!doctype html><html lang='zh-CN'><head><title>x</title><style>@page{size:345pt 900pt;margin:0}body{margin:0}"
        "@page odd{size:151.3pt 700pt}.odd{page:odd}div{break-after:page}</style></head><body>"
        "<div><p style='margin:0;width:345pt;height:90pt;background:#1E4B57'></p></div>"
        "<div class=odd><p style='margin:0;width:151.3pt;height:500.5pt;background:#B5402C'></p></div></body></html>")


@pytest.fixture(scope="module")
def made() -> list[Image.Image]:
    return [Image.open(io.BytesIO(one.data)).convert("RGB") for one in plates(PAGE, [1035, 499])]


def test_a_plate_is_as_wide_as_it_is_asked_for_and_ends_below_what_stands_on_it(made: list[Image.Image]) -> None:
    assert [one.width for one in made] == [1035, 499]
    assert [one.height for one in made] == [pytest.approx(98 * 3, abs=2), pytest.approx(508.5 * 499 / 151.3, abs=3)]


def test_its_paper_is_white_and_its_colours_are_those_drawn(made: list[Image.Image]) -> None:
    assert made[0].getpixel((500, made[0].height - 2)) == (255, 255, 255)
    for one, colour in zip(made, ((0x1E, 0x4B, 0x57), (0xB5, 0x40, 0x2C)), strict=True):
        found = one.getpixel((100, 100))
        assert isinstance(found, tuple) and max(abs(a - b) for a, b in zip(found, colour, strict=True)) <= 1
