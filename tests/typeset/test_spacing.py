from math import inf

import pytest

from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.spacing import (
    COMPACT,
    COMPOUND_UNIT_PRICE,
    DASH_PRICE,
    GENTLE,
    RANGE_PRICE,
    SOLID_GIVE,
    UNIT_PRICE,
    Glue,
    LineStyle,
    Shrink,
    Side,
    Space,
    StretchOrder,
    glue_between,
    space_kind,
)
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


def test_gentle_keeps_a_tenth_of_an_em_after_stops_and_compact_does_not() -> None:
    for text in ("，中", "。中"):
        assert glue(text).shrink == pytest.approx(0.4)
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


# --- two faces ------------------------------------------------------------------------------


def between(
    left: str, right: str, space: float = 0.0, style: LineStyle = GENTLE, blank: float = 0.5, advance: float = 1.0
) -> Glue:
    """Return the glue between two edges by name; the glyphs of marks bring `blank` of white."""
    sides = (Side(Edge[edge], blank if Edge[edge] < Edge.MIDDLE else 0.0, advance, "") for edge in (left, right))
    return glue_between(*sides, space, style)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("HAN", "UNIT", Space.DRAWN),
        ("SMALL", "HAN", Space.DRAWN),
        ("HAN", "COMMA", Space.SILENT),
        ("STOP", "HAN", Space.SILENT),
        ("HAN", "DASH", Space.SILENT),
        ("MIDDLE", "HAN", Space.SILENT),
        ("HAN", "WORD", Space.DROPPED),
        ("UNIT", "DIGIT", Space.DROPPED),
        ("DIGIT", "UNIT", Space.DROPPED),
        ("WORD", "SMALL", Space.DROPPED),
        ("WORD", "DIGIT", Space.DRAWN),
        ("WORD", "DASH", Space.DRAWN),
        ("WORD", "OPEN", Space.SILENT),
        ("COMMA", "WORD", Space.SILENT),
        ("OBJECT", "STOP", Space.SILENT),
        ("CLOSE", "SYMBOL", Space.SILENT),
        ("DIGIT", "SUFFIX", Space.SILENT),
        ("SUFFIX", "DIGIT", Space.DRAWN),
        ("HAN", "SYMBOL", Space.DRAWN),
        ("SYMBOL", "HAN", Space.DRAWN),
        ("HAN", "OBJECT", Space.DRAWN),
        ("SIGN", "HAN", Space.DRAWN),
    ],
)
def test_what_becomes_of_a_typed_space(left: str, right: str, kind: Space) -> None:
    assert space_kind(Edge[left], Edge[right]) is kind


@pytest.mark.parametrize(
    ("left", "right", "width", "give", "rank"),
    [
        ("HAN", "OPEN", 0.5, 0.5, Shrink.BRACKET),
        ("CLOSE", "HAN", 0.5, 0.5, Shrink.BRACKET),
        ("CLOSE", "OPEN", 0.5, 0.5, Shrink.BRACKET),
        ("COMMA", "HAN", 0.5, 0.4, Shrink.COMMA),
        ("COMMA", "OPEN", 0.5, 0.5, Shrink.BRACKET),  # the bracket's white, not both
        ("STOP", "HAN", 0.5, 0.4, Shrink.STOP),
        ("STOP", "OPEN", 0.5, 0.4, Shrink.STOP),  # a sentence's end keeps its white
        ("DIGIT", "OPEN", 0.5, 0.5, Shrink.BRACKET),
        ("STOP", "DASH", 0.5, 0.4, Shrink.STOP),
        ("HAN", "SUFFIX", 0.0, 0.0, Shrink.SOLID),
        *[(left, right, 0.0, 0.0, Shrink.SOLID)
          for left in ("OPEN", "CLOSE", "COMMA", "STOP") for right in ("CLOSE", "COMMA", "STOP")],
        ("CLOSE", "SUFFIX", 0.0, 0.0, Shrink.SOLID),
        # 占比，%: the unit of a figure's title is not part of what stands before.
        ("COMMA", "SUFFIX", 0.5, 0.4, Shrink.COMMA),
        *[("OPEN", right, 0.0, 0.0, Shrink.SOLID) for right in ("OPEN", "HAN", "WORD")],
        *[(left, right, 0.0, 0.0, Shrink.SOLID)
          for left in ("HAN", "DASH") for right in ("CLOSE", "COMMA", "STOP")],
    ],
)  # fmt: skip
def test_marks_share_half_an_em(left: str, right: str, width: float, give: float, rank: Shrink) -> None:
    found = between(left, right)
    assert (found.width, found.shrink, found.shrink_rank) == (width, pytest.approx(give), rank)
    assert (found.stretch, found.stretch_rank) == (1.0, StretchOrder.EVEN)


@pytest.mark.parametrize("left", ["COMMA", "STOP"])
def test_a_narrow_mark_gives_nothing_rather_than_less(left: str) -> None:
    found = between(left, "HAN", blank=0.1)
    assert (found.width, found.shrink) == (0.1, 0.0)
    assert between(left, "HAN", style=COMPACT, blank=0.1).shrink == 0.1


@pytest.mark.parametrize(
    ("left", "right", "advance", "width", "give"),
    [
        ("HAN", "MIDDLE", 0.3, 0.1, 0.0),
        ("MIDDLE", "HAN", 0.3, 0.1, 0.0),
        ("MIDDLE", "MIDDLE", 0.3, 0.2, 0.0),
        ("HAN", "MIDDLE", 1.0, 0.0, 0.25),  # an em of its own: down to half of one
        ("MIDDLE", "WORD", 1.0, 0.0, 0.25),
        ("MIDDLE", "MIDDLE", 1.0, 0.0, 0.5),
    ],
)
def test_an_interpunct_fills_half_an_em_to_one(
    left: str, right: str, advance: float, width: float, give: float
) -> None:
    found = between(left, right, advance=advance)
    assert found.width == pytest.approx(width) and found.shrink == pytest.approx(give)
    assert found.shrink_rank is Shrink.INTERPUNCT
    assert (found.stretch, found.stretch_rank) == (0.0, StretchOrder.NONE)


@pytest.mark.parametrize(
    ("left", "right"),
    [("HAN", "WORD"), ("WORD", "HAN"), ("UNIT", "DIGIT"), ("DIGIT", "UNIT"), ("HAN", "PREFIX")],
)
def test_hanzi_stand_off_from_latin(left: str, right: str) -> None:
    found = between(left, right)
    assert found.width == 0.25
    assert found.shrink == pytest.approx(0.125) and found.shrink_rank is Shrink.LATIN
    assert found.stretch == pytest.approx(1 / 12) and found.stretch_rank is StretchOrder.LATIN


@pytest.mark.parametrize(
    ("left", "right"),
    [("WORD", "DIGIT"), ("WORD", "SIGN"), ("OPEN_SIGN", "WORD"), ("PREFIX", "DIGIT"), ("SIGN", "SIGN"),
     ("DASH", "DASH")],
)  # fmt: skip
def test_what_is_one_word_neither_grows_nor_gives(left: str, right: str) -> None:
    found = between(left, right)
    assert (found.width, found.shrink, found.stretch, found.stretch_rank) == (0.0, 0.0, 0.0, StretchOrder.NONE)


@pytest.mark.parametrize(
    ("left", "right", "give"),
    [("HAN", "HAN", SOLID_GIVE), ("HAN", "UNIT", SOLID_GIVE), ("SMALL", "HAN", SOLID_GIVE),
     ("HAN", "SYMBOL", 0.0), ("SYMBOL", "HAN", 0.0), ("HAN", "DASH", 0.0), ("DASH", "HAN", 0.0),
     ("WORD", "DASH", 0.0), ("DASH", "WORD", 0.0), ("SIGN", "HAN", 0.0), ("HAN", "OPEN_SIGN", 0.0),
     ("PREFIX", "HAN", 0.0), ("OBJECT", "WORD", 0.0), ("WORD", "OBJECT", 0.0), ("WORD", "SYMBOL", 0.0)],
)  # fmt: skip
def test_all_else_is_set_solid_and_grows_evenly(left: str, right: str, give: float) -> None:
    found = between(left, right)
    assert (found.width, found.shrink, found.shrink_rank) == (0.0, give, Shrink.SOLID)
    assert (found.stretch, found.stretch_rank) == (1.0, StretchOrder.EVEN)


@pytest.mark.parametrize(
    ("left", "right", "price"),
    [("DIGIT", "UNIT", UNIT_PRICE), ("WORD", "UNIT", 0.0), ("DIGIT", "HAN", 0.0), ("HAN", "UNIT", 0.0),
     ("CONNECTOR", "DIGIT", RANGE_PRICE), ("CONNECTOR", "HAN", 0.0), ("DASH", "DIGIT", 0.0),
     ("HAN", "DIGIT", 0.0), ("WORD", "DIGIT", inf), ("DIGIT", "WORD", inf), ("SIGN", "WORD", inf),
     ("SIGN", "DIGIT", inf), ("SIGN", "HAN", 0.0), ("HAN", "DASH", DASH_PRICE), ("DASH", "HAN", 0.0),
     ("HAN", "SMALL", inf), ("PREFIX", "DIGIT", inf), ("OPEN_SIGN", "HAN", inf), ("SUFFIX", "DIGIT", 0.0),
     ("OBJECT", "HAN", 0.0), ("HAN", "MIDDLE", inf), ("MIDDLE", "HAN", 0.0), ("WORD", "HAN", 0.0),
     ("MIDDLE", "WORD", RANGE_PRICE), ("HAN", "CONNECTOR", inf)],
)  # fmt: skip
def test_the_price_of_a_break(left: str, right: str, price: float) -> None:
    assert between(left, right).penalty == price


@pytest.mark.parametrize(
    ("text", "price"),
    [("万元", COMPOUND_UNIT_PRICE), ("亿美", COMPOUND_UNIT_PRICE), ("千万", 0.0), ("国元", 0.0), ("万国", 0.0)],
)
def test_a_compound_unit_is_parted_only_at_a_price(text: str, price: float) -> None:
    assert glue(text).penalty == price


@pytest.mark.parametrize(("space", "give", "growth"), [(0.25, 0.05, 0.25), (0.15, 0.0, 0.35), (0.6, 0.4, 0.0)])
def test_a_word_space_keeps_a_fifth_and_takes_half_an_em(space: float, give: float, growth: float) -> None:
    found = between("WORD", "WORD", space)
    assert found.width == space
    assert found.shrink == pytest.approx(give) and found.shrink_rank is Shrink.WORD_SPACE
    assert found.stretch == pytest.approx(growth) and found.stretch_rank is StretchOrder.WORD_SPACE


@pytest.mark.parametrize(
    ("left", "right", "price"),
    [("WORD", "WORD", 0.0), ("HAN", "HAN", 0.0), ("DIGIT", "UNIT", UNIT_PRICE), ("WORD", "UNIT", UNIT_PRICE),
     ("HAN", "UNIT", 0.0), ("DIGIT", "HAN", 0.0), ("WORD", "SIGN", inf), ("PREFIX", "DIGIT", inf)],
)  # fmt: skip
def test_the_price_of_a_break_at_a_typed_space(left: str, right: str, price: float) -> None:
    assert between(left, right, 0.25).penalty == price
