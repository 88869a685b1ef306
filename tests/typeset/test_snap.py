"""Blocks of odd height, and the lines behind them: the unit is 15px."""

from typing import Any

import pytest

from typeset.conftest import Render, line_boxes

ODD = "<div class=odd style='height: {}px'></div>"
TEXT = "<p>数字经济发展数字经济发展数字</p>"
MIXED = "".join(TEXT + ODD.format(height) for height in (7, 15, 16.5, 31, 44.9, 3)) + TEXT
SNAP = ".odd { --snap: block }"


def distances(document: Any, unit: float = 15) -> list[float]:
    """Return how far the lines of paragraphs stand from the grid, px."""
    return [
        abs(line.position_y - round(line.position_y / unit) * unit)
        for line in line_boxes(document)
        if line.element_tag == "p"
    ]


def test_without_it_odd_blocks_shift_the_lines(render: Render) -> None:
    assert max(distances(render(MIXED))) > 3


@pytest.mark.parametrize("place", ["block", "above", "below"])
@pytest.mark.parametrize("height", [600, 97, 61])
def test_lines_return_to_the_grid(render: Render, place: str, height: int) -> None:
    css = f"@page {{ size: 100px {height}px }} .odd {{ --snap: {place}; margin: 4px 0 2px }}"
    document = render(MIXED * 3, css)
    found = distances(document)
    assert len(found) == 42
    assert max(found) < 0.01


@pytest.mark.parametrize("fill", ["balance", "auto"])
def test_columns_share_the_grid(render: Render, fill: str) -> None:
    body = f"<p>前</p><section>{MIXED * 4}</section><p>后</p>"
    css = f"@page {{ size: 230px 310px }} section {{ columns: 2; column-gap: 30px; column-fill: {fill} }}"
    document = render(body, css + SNAP)
    found = distances(document)
    assert len(document.pages) > 1
    assert len(found) == 58
    assert max(found) < 0.01


@pytest.mark.parametrize(
    ("place", "tops"), [("block", (17.5, 30)), ("above", (20, 30)), ("below", (15, 30))]
)
def test_where_the_white_goes(render: Render, place: str, tops: tuple[float, float]) -> None:
    document = render("<p>数</p><h2>题</h2><p>数</p>", f"h2 {{ line-height: 10px; --snap: {place} }}")
    _, heading, after = (line.position_y for line in line_boxes(document))
    assert (heading, after) == pytest.approx(tops)


def test_at_the_top_of_a_page_white_goes_below(render: Render) -> None:
    (heading, after) = line_boxes(render("<h2>题</h2><p>数</p>", "h2 { line-height: 10px; --snap: block }"))
    assert (heading.position_y, after.position_y) == pytest.approx((0, 15))


def test_tables_pictures_and_flex_boxes_are_rounded(render: Render) -> None:
    image = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    body = (
        f"<table><tr><td>数</td></tr></table>{TEXT}<img src=\"{image}\">{TEXT}"
        f"<div class=row><div>数</div><div style='height: 32px'>字</div></div>{TEXT}"
    )
    css = "table, img, .row { --snap: block } table { border-bottom: 1.3px solid } img { display: block }"
    document = render(body, css + ".row { display: flex }")
    assert max(distances(document)) < 0.01
    (page,) = document.pages
    images = [box for box in page._page_box.descendants() if box.element_tag == "img"]
    assert [box.height for box in images] == [9]


def test_the_unit_is_the_roots(render: Render) -> None:
    body = f"<p>数</p>{ODD.format(3)}<p>数</p>"
    lines = line_boxes(render(body, SNAP + "html { --grid: 20px }"))
    assert [line.position_y for line in lines] == pytest.approx([0, 20])


def test_what_stands_inside_is_left_alone(render: Render) -> None:
    body = f"<figure>{ODD.format(3)}{ODD.format(3)}</figure><p>数</p>"
    lines = line_boxes(render(body, "figure { margin: 0; --snap: block }"))
    assert [line.position_y for line in lines] == pytest.approx([15])


@pytest.mark.parametrize(("margin", "at"), [(4, 45), (6, 45), (15, 60), (19, 60), (20, 60), (40, 75)])
def test_a_larger_margin_of_what_follows_comes_to_whole_units(
    render: Render, margin: int, at: float
) -> None:
    # The block takes 6 + 20 + 4 px with its margins; 15 stand above it.
    body = f"<p>数</p>{ODD.format(20)}<section><h2>题</h2></section><p>数</p>"
    css = f".odd {{ margin: 6px 0 4px; --snap: below }} h2 {{ margin-top: {margin}px; line-height: 15px }}"
    _, heading, after = (line.position_y for line in line_boxes(render(body, css)))
    assert (heading, after) == pytest.approx((at, at + 15))


def test_a_block_with_blocks_in_it_keeps_the_grid_too(render: Render) -> None:
    """What stands in the block has margins of its own, and they are nothing."""
    body = f"<p>数</p><div class=odd>{ODD.format(20)}</div><section><h2>题</h2></section><p>数</p>"
    css = ".odd { margin: 6px 0 4px; --snap: below } .odd .odd { margin: 0 } h2 { margin-top: 6px; line-height: 15px }"
    _, heading, after = (line.position_y for line in line_boxes(render(body, css)))
    assert (heading, after) == pytest.approx((45, 60))
