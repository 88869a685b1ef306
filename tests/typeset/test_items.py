from math import inf

import pytest
from hypothesis import given

from bulletin_press.typeset.boxes import HYPHEN_PRICE, PRICES, TextRun
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.items import NEGATIVE_PRICE, SERIES_PRICE, build_paragraph
from bulletin_press.typeset.spacing import GENTLE, LATIN_GAP, Space
from typeset.plain import measure, paragraph
from typeset.texts import anything, mixtures


def texts(text: str) -> list[str]:
    return [box.text for box in paragraph(text).boxes]


def test_numbers_keep_their_signs_and_points() -> None:
    assert texts("增长238.15%和-3.5‰") == ["增", "长", "238.15%", "和", "-3.5", "‰"]


def test_doubled_marks_are_one_box() -> None:
    assert texts("——中……") == ["——", "中", "……"]


def test_addresses_are_cut_at_their_separators() -> None:
    assert texts("https://www.a-b.cn/c?d=e") == [
        "https://www.", "a", "-b.", "cn/", "c?", "d=", "e",
    ]  # fmt: skip
    assert texts("2022-07-12/2022-08-12") == ["2022-07-12/2022-08-12"]


def test_compound_words_are_cut_after_their_hyphens() -> None:
    assert texts("state-of-the-art") == ["state-", "of-", "the-", "art"]


def test_clusters_stay_whole() -> None:
    assert texts("👨‍👩‍👧中🇨🇳e\u0301が") == ["👨‍👩‍👧", "中", "🇨🇳", "e\u0301", "が"]


def test_full_width_marks_are_half_an_em() -> None:
    assert [box.width for box in paragraph("，（中").boxes] == [0.5, 0.5, 1.0]


def test_single_quotes_are_narrower_and_have_no_more_white_than_double_ones() -> None:
    single, double = paragraph("中‘中’中"), paragraph("中“中”中")
    assert [box.width for box in single.boxes] == [1.0, 0.35, 1.0, 0.35, 1.0]
    assert [glue.width for glue in single.glues[:-1]] == pytest.approx([glue.width for glue in double.glues[:-1]])


def test_apostrophe_stays_in_its_word() -> None:
    items = paragraph("don’t")
    assert all(glue.penalty == inf for glue in items.glues[:-1])


def test_spaces() -> None:
    kinds = {
        "中 A": Space.DROPPED,
        "5 年": Space.DROPPED,
        "中 国": Space.DRAWN,
        "A B": Space.DRAWN,
        "， A": Space.SILENT,
        "中 （": Space.SILENT,
        "5 ％": Space.SILENT,
        "中 😀": Space.DRAWN,
    }
    assert {text: paragraph(text).boxes[0].space for text in kinds} == kinds


def test_runs_share_a_word_without_a_break() -> None:
    items = paragraph("RC", "EP国家")
    assert items.glues[0].penalty == inf and items.glues[0].width == 0


def test_a_run_that_does_not_wrap_has_no_break() -> None:
    items = build_paragraph([TextRun("中国人民", measure, wraps=False)], GENTLE)
    assert [glue.penalty for glue in items.glues] == [inf, inf, inf, -inf]


def test_forced_breaks() -> None:
    items = paragraph("中", "\n", "\n", "国")
    assert [glue.penalty for glue in items.glues] == [inf, -inf, -inf, -inf]
    assert items.boxes[1].left is Edge.BREAK


def test_nothing_but_white() -> None:
    assert paragraph("  ").boxes == ()


@given(mixtures | anything)
def test_every_character_once_in_order(text: str) -> None:
    boxes = paragraph(text).boxes
    assert "".join(box.text for box in boxes) == "".join(c for c in text if c not in " \t\r\u00a0")
    assert [text[box.start : box.start + len(box.text)] for box in boxes] == [
        box.text for box in boxes
    ]


@given(mixtures | anything)
def test_items_are_well_formed(text: str) -> None:
    boxes, glues, _ = paragraph(text)
    assert len(boxes) == len(glues)
    assert all(glue.shrink >= 0 and glue.stretch >= 0 for glue in glues)
    assert not glues or glues[-1].penalty == -inf


def pieces(text: str, *, hyphenate: bool = True) -> list[str]:
    items = build_paragraph([TextRun(text, measure)], GENTLE, hyphenate=hyphenate)
    return [box.text for box in items.boxes]


def test_words_are_parted_where_they_are_spelled_apart() -> None:
    assert pieces("见internationalization，") == ["见", "inter", "na", "tion", "al", "iza", "tion", "，"]
    assert pieces("见internationalization，", hyphenate=False) == ["见", "internationalization", "，"]
    assert pieces("（retrieval-augmented") == ["（", "retrieval-", "aug", "mented"]
    # Short words, capitals, abbreviations with digits, and addresses stay whole or are cut as such.
    for text in ("prices", "AUTOSAR", "JavaScript", "Python3abcdefgh"):
        assert pieces(text) == [text]
    assert not any(box.hyphen for box in paragraph("https://example.com/internationalization").boxes)


def test_a_hyphen_is_only_where_a_word_is_parted() -> None:
    items = build_paragraph([TextRun("retrieval-augmented", measure)], GENTLE, hyphenate=True)
    assert [(box.text, box.hyphen, box.cut) for box in items.boxes] == [
        ("retrieval-", False, PRICES["-"]), ("aug", True, HYPHEN_PRICE), ("mented", False, inf)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("约7.2万m³", "m³"), ("排放CO₂约", "CO₂"), ("为PM₂.₅的", "PM₂.₅"), ("应≤65%的", "≤65%"),
        ("或＜－3%的", "＜－3%"),
        ("降−5.68%", "−5.68%"), ("达28μg/m³。", "28μg/m³"), ("约3.6×10⁻⁶t", "3.6×10⁻⁶t"),
    ],
)  # fmt: skip
def test_a_formula_is_one_box(text: str, whole: str) -> None:
    assert whole in [box.text for box in paragraph(text).boxes]


@pytest.mark.parametrize("text", ["第12条", "第 18 届", "Dr. Wang", "Vol. 3", "J. R. Tolkien", "10 000余", "pp. 45–67"])
def test_a_reference_is_one_piece(text: str) -> None:
    glues = paragraph(text).glues
    inner = glues[: 2 if text[0] == "第" or text[0] == "J" else 1]
    assert all(glue.penalty == inf for glue in inner)


@pytest.mark.parametrize(
    ("text", "price"), [("ISO 9001", SERIES_PRICE), ("为-5.6%", NEGATIVE_PRICE), ("为−5.6%", NEGATIVE_PRICE)]
)
def test_a_series_keeps_its_number_and_a_negative_figure_its_place_at_a_price(text: str, price: float) -> None:
    assert paragraph(text).glues[0].penalty == price


def test_hanzi_stand_off_from_raised_and_lowered_figures() -> None:
    for text in ("m³的", "CO₂的", "的₂"):
        assert paragraph(text).glues[0].width == LATIN_GAP


def test_a_price_by_weight_does_not_begin_a_line_with_its_stroke() -> None:
    assert paragraph("元/kW").glues[0].penalty == inf


@pytest.mark.parametrize("whole", ["145.6万美元", "22.64个百分点", "6454亿元", "2022年6月12日", "3.2万吨", "7港元"])
def test_inside_an_amount_or_a_date_no_break_is_free(whole: str) -> None:
    found = paragraph("增长" + whole + "后")
    inside = [glue.penalty for box, glue in zip(found.boxes, found.glues, strict=True) if box.text not in "增长后"][:-1]
    assert inside and min(inside) > 0


@pytest.mark.parametrize("free", ["年6月", "2022年6个", "美方", "百家争鸣分"])
def test_what_only_looks_like_one_breaks_freely(free: str) -> None:
    assert 0.0 in [glue.penalty for glue in paragraph("中" + free).glues[1:-1]]


@pytest.mark.parametrize("call", ["〔1〕", "[1]", "①"])
def test_no_line_begins_with_the_call_of_a_note(call: str) -> None:
    runs = [TextRun("智利任主席", measure), TextRun(call, measure, scale=0.72, clings=True), TextRun("在", measure)]
    paragraph = build_paragraph(runs, GENTLE)
    before = next(at for at, box in enumerate(paragraph.boxes) if box.run == 1) - 1
    assert paragraph.glues[before].penalty == inf
    assert paragraph.glues[-2].penalty == 0
