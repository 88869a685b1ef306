"""Pages look as they did when somebody last looked at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_pages import FOLDER, PAGES, pages, path
from PIL import Image, ImageChops, ImageFilter

# Grey levels, of 255: the mean difference of a page, and what no larger patch may differ by. A line
# that moves by one line height, or a chart that loses a bar, is several times that.
MEAN, PATCH = 1.5, 60


def differences(now: Image.Image, golden: Image.Image) -> tuple[float, int]:
    """The mean difference of two pages, and the largest of any patch of nine by nine pixels."""
    assert now.size == golden.size
    # A glyph may stand a fraction of a pixel elsewhere: compare what is left when both are blurred.
    difference = ImageChops.difference(now.filter(ImageFilter.GaussianBlur(1)),
                                       golden.filter(ImageFilter.GaussianBlur(1)))
    counts = difference.histogram()
    mean = sum(level * count for level, count in enumerate(counts)) / (now.width * now.height)
    return mean, difference.filter(ImageFilter.BoxBlur(4)).getextrema()[1]  # type: ignore[return-value]


@pytest.mark.parametrize("theme", PAGES)
def test_pages_look_as_they_did(theme: str, tmp_path: Path) -> None:
    for number, now in pages(theme):
        with Image.open(path(theme, number)) as golden:
            mean, patch = differences(now, golden)
        if mean > MEAN or patch > PATCH:
            now.save(tmp_path / f"{theme}-{number}.png")
            pytest.fail(f"{theme}, page {number}: mean {mean:.2f}, patch {patch}; now {tmp_path}, golden {FOLDER}. "
                        "If the new page is the better one: python tests/golden_pages.py")


def test_a_change_that_can_be_seen_is_seen() -> None:
    with Image.open(path("classic", 2)) as golden:
        page = golden.copy()
    assert differences(page, page) == (0, 0)
    moved = ImageChops.offset(page, 0, 12)  # a line of text further down
    mean, patch = differences(moved, page)
    assert mean > MEAN and patch > PATCH
    # A bar gone from a chart.
    bare = page.copy()
    dark = [(x, y) for y in range(page.height) for x in range(page.width) if page.getpixel((x, y)) < 90]
    left, top = dark[len(dark) // 2]
    bare.paste(255, (left - 20, top - 6, left + 20, top + 6))
    assert differences(bare, page)[1] > PATCH
