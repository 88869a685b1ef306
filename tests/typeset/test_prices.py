"""What a line costs, by hand: 汉字 an em, marks half of one and half of white, Latin half an em a letter."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_press.typeset import linebreak
from bulletin_press.typeset.boxes import TextRun
from bulletin_press.typeset.items import build_paragraph
from bulletin_press.typeset.linebreak import (
    BEFORE_PARTICLE,
    INSIDE_BRACKETS,
    LONE_PRICE,
    OVERFULL_PRICE,
    RIGID_PRICE,
    SHORT_PRICE,
    Balanced,
    Fit,
    Justified,
    Phrased,
    Ragged,
    _final_price,
    balance,
    heading_penalties,
    justify,
    search,
    shares,
    wrap,
    wrap_phrases,
)
from bulletin_press.typeset.metrics import LETTER_FROM, LETTER_MOST, Metrics
from bulletin_press.typeset.spacing import GENTLE, SPACE_SHARE, Shrink, StretchOrder
from bulletin_press.typeset.words import BETWEEN, GOOD, WITHIN_WORD
from typeset.plain import measure, paragraph
from typeset.texts import mixtures


def metrics(*texts: str) -> Metrics:
    return Metrics(paragraph(*texts))


# --- a paragraph measured -------------------------------------------------------------------


def test_edges_of_boxes() -> None:
    found = metrics("中国，人AB C")
    assert found.left == [0, 1, 2, 3, 4.25, 5.5]
    assert found.right == [1, 2, 2.5, 4, 5.25, 6]


def test_padding_is_part_of_a_box() -> None:
    runs = [TextRun("中", measure), TextRun("国", measure, before=0.5, after=0.25), TextRun("人", measure)]
    found = Metrics(build_paragraph(runs, GENTLE))
    assert found.left == [0, 1, 2.75]
    assert found.right == [1, 2.75, 3.75]


def test_sums_of_what_gives_and_grows() -> None:
    found = metrics("（中）国，人A B中")
    assert found.shrinks[Shrink.BRACKET][-1] == 0.5
    assert found.shrinks[Shrink.COMMA] == [0, 0, 0, 0, 0, 0.4, 0.4, 0.4, 0.4]
    assert found.shrinks[Shrink.STOP] == [0.0] * 9
    assert found.shrinks[Shrink.LATIN] == [0, 0, 0, 0, 0, 0, 0.125, 0.125, 0.25]
    assert found.shrink_left[-1] == found.shrink_right[-1] == pytest.approx(0.5 + 0.4 + 0.25 + 0.05)
    assert found.stretches[StretchOrder.WORD_SPACE][-1] == 0.25
    assert found.stretches[StretchOrder.EVEN][-1] == 5 + SPACE_SHARE
    assert len(found.stretches) == 3


def test_letters_of_figures_and_pieces_of_addresses_are_counted() -> None:
    found = metrics("中2022年，见https://www.a.cn/b一文")
    texts = [box.text for box in found.paragraph.boxes]
    assert texts == ["中", "2022", "年", "，", "见", "https://www.", "a.", "cn/", "b", "一", "文"]
    assert found.addresses == [0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3]
    # A gap inside each piece but between its letters, and one at each joint.
    assert found.letters_left == [0, 0, 3, 3, 3, 3, 15, 17, 20, 20, 20]
    assert found.letters_right == [0, 3, 3, 3, 3, 14, 16, 19, 20, 20, 20]


def test_small_letters_are_counted_for_themselves() -> None:
    found = metrics("中Abc年RCEP国")
    assert found.letters_left == [0, 0, 2, 2, 5]
    assert found.small_left == [0, 0, 2, 2, 2] and found.small_right == [0, 2, 2, 2, 2]


def test_letters_are_set_a_hair_closer_with_the_hanzi() -> None:
    found = metrics("中Abcd")
    assert found.give(Shrink.SOLID) == ([0, 0], [0, pytest.approx(0.03)])
    fit = Justified(metrics("中12345国"), 0.05)  # two Latin gaps of an eighth, then four letters
    price = 0.7 * 0.15 + 1.6 * 0.1 + 2 * 0.03
    assert bad(fit, 5 - 0.25 - 0.03) == pytest.approx(60 * price + 60 * price**2)
    assert bad(fit, 5 - 0.25 - 0.05) == inf


def test_an_address_stretches_without_bound_and_a_figure_does_not() -> None:
    found = metrics("中2022年，见https://www.a.cn/b一文")
    assert found.most(0, 4) == LETTER_MOST
    assert found.most(0, 5) == found.most(5, 5) == found.most(7, 10) == inf
    assert found.most(8, 10) == found.most(9, 10) == LETTER_MOST


@pytest.mark.parametrize(
    ("slack", "even", "letters", "small", "most", "expected"),
    [
        (1.0, 10, 0, 0, inf, (0.1, 0.0)),
        (1.0, 0, 0, 0, inf, (0.0, 0.0)),
        (0.1, 10, 5, 0, inf, (0.01, 0.0)),
        (LETTER_FROM * 10, 10, 5, 0, inf, (LETTER_FROM, 0.0)),
        (0.25, 10, 5, 0, inf, (LETTER_FROM, 0.01)),  # letters take no more than gaps
        (1.5, 10, 5, 0, inf, (0.1, 0.1)),
        (1.5, 10, 5, 0, 0.1, (0.1, 0.1)),
        (3.0, 10, 5, 0, 0.1, (0.25, 0.1)),
        (0.05, 0, 5, 0, 0.1, (0.01, 0.01)),
        (2.0, 0, 5, 0, 0.1, (0.4, 0.4)),  # no gap but letters: they must
        (0.25, 10, 5, 5, inf, (LETTER_FROM, 0.01)),
        (0.45, 10, 5, 5, 0.1, (0.03, 0.03)),
        (1.15, 10, 5, 5, 0.1, (0.1, 0.1)),  # small letters have grown by .03, the gaps alone go on
        (1.15, 5, 10, 5, 0.1, (0.1, 0.1)),
        (1.65, 5, 10, 5, 0.1, (0.2, 0.1)),
        (1.15, 0, 10, 5, inf, (0.2, 0.2)),
        (1.0, 0, 5, 5, 0.1, (0.2, 0.2)),
    ],
)
def test_slack_is_shared(
    slack: float, even: float, letters: float, small: float, most: float, expected: tuple[float, float]
) -> None:
    assert shares(slack, even, letters, small, most) == pytest.approx(expected)


# --- a line that fills its measure ----------------------------------------------------------


def bad(fit: Fit, em: float, *, final: bool = False) -> float:
    """Judge the whole paragraph as one line."""
    return fit.badness(0, len(fit.metrics.penalties) - 1, em, final)  # type: ignore[attr-defined]


def test_an_exact_line_costs_nothing() -> None:
    assert bad(Justified(metrics("中" * 10), 0.05), 10) == 0
    assert bad(Justified(metrics("①②③"), inf), 3) == 0  # none of whose white gives


def test_a_stretched_line_costs_more_the_more_each_gap_grows() -> None:
    fit = Justified(metrics("中" * 11), 0.1)
    assert bad(fit, 11.5) == pytest.approx(100 * 0.5 + 60000 * 0.05**2)
    assert bad(fit, 11.9) == pytest.approx(100 * 0.9 + 60000 * 0.09**2)
    assert bad(fit, 12.5) == inf


def test_word_spaces_and_latin_gaps_grow_for_nothing_within_their_bounds() -> None:
    fit = Justified(metrics("ab cd中国"), 0.1)  # 4.5 em, a word space and a Latin gap
    assert bad(fit, 4.5 + 0.25 + 1 / 12) == 0
    more = 0.03  # for a gap and, as two, the space
    assert bad(fit, 4.5 + 0.25 + 1 / 12 + more) == pytest.approx(100 * more + 60000 * 0.01**2)


def test_the_bounded_white_of_other_lines_is_not_counted() -> None:
    fit = Justified(metrics("ab cd中国" + "中" * 6 + "ab cd"), inf)
    alone = Justified(metrics("中" * 6), inf)
    assert fit.badness(5, 9, 5.2, False) == pytest.approx(alone.badness(0, 4, 5.2, False))


def test_letters_join_in_where_the_gaps_would_be_wide() -> None:
    fit = Justified(metrics("中国1234国中"), inf)
    slack = 0.35 + 1 / 6  # two Latin gaps take a twelfth each
    each = shares(0.35, 2, 3, 0, LETTER_MOST)[0]
    assert bad(fit, 6.5 + slack) == pytest.approx(100 * 0.35 + 60000 * each**2)
    slack = 0.03 + 1 / 6
    assert bad(fit, 6.5 + slack) == pytest.approx(100 * 0.03 + 60000 * 0.015**2)


def test_past_help_all_lines_are_equally_bad() -> None:
    assert bad(Justified(metrics("中国"), inf), 10) == RIGID_PRICE * 8
    assert bad(Justified(metrics("中"), inf), 10) == RIGID_PRICE * 9
    assert bad(Justified(metrics("中"), 0.3), 10) == inf


def test_the_last_line_is_set_naturally_unless_it_is_to_be_filled() -> None:
    assert bad(Justified(metrics("中国"), 0.3), 10, final=True) == 0
    assert bad(Justified(metrics("中国"), 0.3, fill_last=True), 10, final=True) == inf
    assert bad(Justified(metrics("中国"), 0.3), 1, final=True) == inf


# ）中 gives half an em in two rounds, ，中 a quarter, and at last most of the rest.
@pytest.mark.parametrize(
    ("need", "price"),
    [
        (0.1, 0.5 * 0.1),
        (0.25, 0.5 * 0.25),
        (0.4, 0.5 * 0.25 + 1.0 * 0.15),
        (0.6, 0.5 * 0.25 + 1.0 * 0.25 + 2.5 * 0.1),
        (0.75, 0.5 * 0.25 + 1.0 * 0.25 + 2.5 * 0.25),
        (0.85, 0.5 * 0.25 + 1.0 * 0.25 + 2.5 * 0.25 + 4.0 * 0.1),
    ],
)
def test_white_is_taken_in_order_at_a_price(need: float, price: float) -> None:
    fit = Justified(metrics("（中）中，中"), 0.05)
    assert bad(fit, 5.5 - need) == pytest.approx(60 * price + 60 * price**2)


def test_only_the_white_inside_a_line_is_taken() -> None:
    fit = Justified(metrics("中，中，中，中"), 0.05)
    assert fit.badness(2, 4, 2.75, False) == pytest.approx(60 * 0.25 + 60 * 0.25**2)
    assert fit.badness(2, 4, 2.7, False) == pytest.approx(60 * 0.45 + 60 * 0.45**2)
    assert fit.badness(2, 4, 2.5, False) == inf


def test_a_line_that_cannot_be_squeezed_sticks_out_only_where_nothing_else_is_left() -> None:
    assert bad(Justified(metrics("（中）中，中"), 0.3), 4.5) == inf
    assert bad(Justified(metrics("（中）中，中"), inf), 4.5) == pytest.approx(OVERFULL_PRICE * 1.1)


# --- ragged lines and headings --------------------------------------------------------------


def test_a_ragged_line_costs_the_square_of_its_white() -> None:
    for fit, price in ((Ragged(metrics("中" * 10)), 20), (Phrased(metrics("中" * 10)), 2)):
        assert bad(fit, 10) == 0
        assert bad(fit, 13) == price * 9
        assert bad(fit, 13, final=True) == 0
        assert bad(fit, 9.5) == bad(fit, 9.5, final=True) == OVERFULL_PRICE * 1.5
        assert fit.badness(2, 4, 5, False) == price * 4


def test_a_headings_line_costs_the_square_of_its_distance_from_the_mean() -> None:
    fit = Balanced(metrics("中" * 24), 2)
    assert fit.target == 12
    assert fit.badness(0, 9, 15, False) == fit.badness(2, 15, 15, False) == 16
    assert fit.badness(14, 23, 15, True) == pytest.approx(16 + 1)  # of two the last is the shorter
    assert fit.badness(0, 14, 15, False) == 36
    assert fit.badness(0, 15, 15, False) == OVERFULL_PRICE * 2
    assert Balanced(metrics("中" * 24), 1).target == Balanced(metrics("中" * 24), 0).target == 24


@pytest.mark.parametrize(
    ("last", "price"),
    [("中", LONE_PRICE), ("中。", LONE_PRICE), ("（中）", LONE_PRICE), ("中文", SHORT_PRICE),
     ("中文。", SHORT_PRICE), ("AB", SHORT_PRICE), ("ABCD", SHORT_PRICE), ("ABCDE", 0),
     ("中文字", 0), ("中“文”", 0), ("中文字国人大", 0)],
)  # fmt: skip
def test_a_last_line_of_a_character_or_shorter_than_an_indent_has_a_price(last: str, price: float) -> None:
    found = metrics("数" * 10 + last)
    assert _final_price(found, 10, len(found.penalties) - 1, LONE_PRICE) == price


def test_neither_a_whole_paragraph_nor_an_empty_line_is_a_lone_character() -> None:
    assert _final_price(metrics("中"), 0, 0, LONE_PRICE) == 0
    found = metrics("中\n\n中")
    assert [box.text for box in found.paragraph.boxes] == ["中", "\n", "\n", "中"]
    assert _final_price(found, 2, 2, LONE_PRICE) == 0
    assert _final_price(found, 3, 3, LONE_PRICE) == LONE_PRICE
    assert _final_price(metrics("数" * 10 + "\n中\n国"), 11, 12, LONE_PRICE) == LONE_PRICE


def test_an_object_alone_in_the_last_line_is_no_lone_character() -> None:
    runs = [TextRun("数" * 10, measure), TextRun("\ufffc", measure, width=3.0)]
    found = Metrics(build_paragraph(runs, GENTLE))
    assert _final_price(found, 10, 10, LONE_PRICE) == 0


# --- the search -----------------------------------------------------------------------------


class Counted(Justified):
    """Counts the lines that are judged."""

    calls = 0

    def badness(self, first: int, last: int, measure: float, final: bool) -> float:
        self.calls += 1
        return super().badness(first, last, measure, final)


@pytest.mark.parametrize(("profile", "most"), [((20,), 5), ((18, 20), 5), ((16, 18, 20), 20)])
def test_only_lines_that_may_fit_are_judged(profile: tuple[float, ...], most: int) -> None:
    """Of lines that begin a paragraph's third measure or a later one, the loose are judged as well."""
    for length in (200, 400):
        fit = Counted(metrics("中" * length), 0.3)
        assert search(fit.metrics, fit, profile, fit.metrics.penalties)
        assert fit.calls <= most * length


def test_the_letters_of_addresses_tell_which_lines_may_fit() -> None:
    fit = Counted(metrics("见https://www.example.com/ab/cd一文。" * 20), 0.3)
    assert search(fit.metrics, fit, (20,), fit.metrics.penalties)
    assert fit.calls < 4 * len(fit.metrics.penalties)


def total(fit: Fit, found: Metrics, ends: tuple[int, ...], profile: tuple[float, ...]) -> float:
    price, first = 0.0, 0
    for number, last in enumerate(ends):
        final = found.penalties[last] == -inf
        price += fit.badness(first, last, profile[min(number, len(profile) - 1)], final)
        price += _final_price(found, first, last, fit.lone_price) if final else found.penalties[last]
        first = last + 1
    return price


def least(fit: Fit, found: Metrics, profile: tuple[float, ...]) -> float:
    """Return the price of the best breaks, every line being tried."""
    reached = {(0, 0): 0.0}
    for last, penalty in enumerate(found.penalties):
        if penalty == inf:
            continue
        final = penalty == -inf
        for (first, number), before in list(reached.items()):
            if first > last or any(found.penalties[at] == -inf for at in range(first, last)):
                continue
            price = before + fit.badness(first, last, profile[min(number, len(profile) - 1)], final)
            price += _final_price(found, first, last, fit.lone_price) if final else penalty
            key = last + 1, number + 1
            reached[key] = min(price, reached.get(key, inf))
    return min(price for (first, _), price in reached.items() if first == len(found.penalties))


@given(
    mixtures.map(lambda text: text.replace("\u200b", "")),
    st.sampled_from([(12.0,), (10.0, 12.0), (8.0, 10.0, 12.0), (12.0, 9.0)]),
    st.sampled_from([0.05, 0.1, 0.3]),
)
def test_no_breaks_are_better_than_those_found(text: str, profile: tuple[float, ...], tolerance: float) -> None:
    if paragraph(text).boxes:
        assert_best(text, profile, tolerance)


def test_no_breaks_are_better_where_a_line_is_much_shorter_than_those_about_it() -> None:
    for length in range(9, 45):
        assert_best("中" * length, (20.0, 3.0, 8.0), 0.3)
        assert_best("中" * length, (8.0, 10.0, 12.0), 0.3)


@pytest.mark.parametrize(("em", "tried"), [(24.9, 0.10), (25.0, 0.05), (30.0, 0.05)])
def test_narrow_measures_skip_the_strictest_search(em: float, tried: float, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[float] = []

    def noted(measured: Metrics, tolerance: float, *, fill_last: bool) -> Justified:
        found.append(tolerance)
        return Justified(measured, tolerance, fill_last=fill_last)

    monkeypatch.setattr(linebreak, "Justified", noted)
    justify(metrics("中" * 40), (em - 2, em))
    assert found[0] == tried


def assert_best(text: str, profile: tuple[float, ...], tolerance: float) -> None:
    found = metrics(text)
    fit = Justified(found, tolerance)
    ends = search(found, fit, profile, found.penalties)
    best = least(fit, found, profile)
    if ends is None:
        assert best == inf
    else:
        assert total(fit, found, ends, profile) == pytest.approx(best, abs=1e-6)


def test_each_part_of_a_forced_break_is_broken_for_itself() -> None:
    found = metrics("中" * 14 + "\n" + "国" * 14)
    assert justify(found, (10,)) == wrap(found, (10,)) == (9, 14, 24, 28)
    assert wrap(metrics("中\n国"), (10,)) == (1, 2)


def test_of_a_run_of_boxes_without_width_only_the_end_is_a_break() -> None:
    fit = Counted(metrics("中" * 10 + "\u200b" * 300 + "中" * 10), inf)
    ends = search(fit.metrics, fit, (10,), fit.metrics.penalties)
    assert ends == (309, 319)
    assert fit.calls < 600


# --- headings and lists of titles -----------------------------------------------------------


def prices(text: str) -> dict[str, float]:
    """Return the price of each break of a heading, by the text around it."""
    found = metrics(text)
    boxes = found.paragraph.boxes
    pairs = zip(boxes, boxes[1:], heading_penalties(found), strict=False)
    return {before.text + after.text: price for before, after, price in pairs}


def test_a_heading_breaks_best_outside_words_and_brackets() -> None:
    found = prices("关于《数字（试行）贸易》的通知，和意见")
    assert found["关于"] == WITHIN_WORD
    assert found["于《"] == GOOD
    assert found["《数"] == inf
    assert found["数字"] == WITHIN_WORD + INSIDE_BRACKETS
    assert found["字（"] == GOOD + INSIDE_BRACKETS
    assert found["试行"] > INSIDE_BRACKETS
    assert found["）贸"] == INSIDE_BRACKETS
    assert found["》的"] == BEFORE_PARTICLE
    assert found["的通"] == GOOD
    assert found["，和"] == 0


def test_a_wished_break_and_a_space_are_as_good_as_a_mark() -> None:
    assert prices("国际\u200b商业")["\u200b商"] < 0
    assert prices("AB CD")["ABCD"] == 0
    assert prices("中 国")["中国"] == 0
    assert prices("甲A")["甲A"] == BETWEEN


TITLE = "全市服务外包统计分析报告"


def test_a_title_in_a_list_is_as_full_as_it_goes_where_a_word_ends() -> None:
    found = metrics(TITLE)
    assert wrap(found, (11,)) == (8, 11)
    assert wrap_phrases(found, (11,)) == (7, 11)
    assert balance(found, (11,)) == (5, 11)
    assert wrap_phrases(found, (12,)) == balance(found, (12,)) == (11,)


@pytest.mark.parametrize(("text", "em", "fewest"), [
    ("关于印发《中华人民共和国数字贸易促进办法实施细则》的通知", 9, 4),
    ("《" + "数字贸易" * 6 + "》", 9, 3),
    ("关于印发《数字贸易条例》的意见书", 10, 2),  # its better breaks make three lines
])  # fmt: skip
def test_a_heading_takes_no_line_more_for_a_better_break(text: str, em: float, fewest: int) -> None:
    found = metrics(text)
    assert len(wrap(found, (em,))) == len(wrap_phrases(found, (em,))) == len(balance(found, (em,))) == fewest
