from math import inf

import pytest

from bulletin_press.typeset.spacing import COMPACT, GENTLE, Glue, LineStyle
from typeset.plain import paragraph


def glue(text: str, style: LineStyle = GENTLE) -> Glue:
    """Return the glue between the only two boxes of a text."""
    items = paragraph(text, style=style)
    assert len(items.boxes) == 2, items.boxes
    return items.glues[0]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("中国", 0.0),
        ("中，", 0.0),
        ("，中", 0.5),
        ("中（", 0.5),
        ("（中", 0.0),
        ("）（", 0.5),
        ("。”", 0.0),
        ("”。", 0.0),
        ("，“", 0.5),
        ("（“", 0.0),
        ("中A", 0.25),
        ("5年", 0.25),
        ("中 A", 0.25),
        ("中 国", 0.25),
        ("， 中", 0.5),
        ("A，", 0.0),
        ("，A", 0.5),
        ("℃中", 0.25),
        ("中—", 0.0),
        ("中😀", 0.0),
    ],
)
def test_natural_white(text: str, width: float) -> None:
    assert glue(text).width == pytest.approx(width)


def test_a_pair_of_marks_is_an_em_and_a_half() -> None:
    for text in ("）（", "。”", "，“", "》、", "：“", "？”"):
        items = paragraph(text + "中")
        inner = items.boxes[0].width + items.glues[0].width + items.boxes[1].width
        assert inner + (items.glues[1].width if text[1] not in "（“" else 0) <= 1.5


def test_gentle_keeps_a_quarter_em_after_stops_and_compact_does_not() -> None:
    for text in ("，中", "。中"):
        assert glue(text).shrink == pytest.approx(0.25)
        assert glue(text, COMPACT).shrink == pytest.approx(0.5)


@pytest.mark.parametrize(
    "text",
    ["中，", "中）", "（中", "￥5", "5‰", "5％", "中·", "中々", "中ー", "中～", "(中"],
)
def test_no_break(text: str) -> None:
    assert glue(text).penalty == inf


def test_a_figure_leaves_its_unit_only_at_a_price() -> None:
    assert 100 < glue("5万").penalty < inf
    assert glue("5中").penalty == 0
    assert 0 < glue("万元").penalty < glue("5万").penalty


def test_latin_gap_gives_an_eighth_and_takes_a_third() -> None:
    found = glue("中A")
    assert found.width - found.shrink == pytest.approx(0.125)
    assert found.width + found.stretch == pytest.approx(1 / 3)
