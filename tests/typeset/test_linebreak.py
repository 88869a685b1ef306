from math import inf

import pytest
from growth import grows_by
from hypothesis import given
from hypothesis import strategies as st

from bulletin_press.typeset.characters import NEVER_FIRST, NEVER_LAST, Edge
from bulletin_press.typeset.linebreak import balance, justify, wrap
from bulletin_press.typeset.metrics import Metrics
from bulletin_press.typeset.spacing import COMPACT, GENTLE, LineStyle
from typeset.plain import lines_of, paragraph, set_text, typed
from typeset.texts import mixtures

styles = st.sampled_from([GENTLE, COMPACT])


def test_square_text_counts_out() -> None:
    assert lines_of("中" * 25, 10) == ["中" * 10, "中" * 10, "中" * 5]
    assert lines_of("中" * 25, 10, indent=2) == ["中" * 8, "中" * 10, "中" * 7]


def test_a_stop_fits_by_half() -> None:
    assert lines_of("中" * 9 + "国，" + "中" * 9, 10.5)[0] == "中" * 9 + "国，"


def test_no_lone_character() -> None:
    for length in range(11, 60):
        assert len(lines_of("中" * length + "。", 10)[-1]) > 2


def test_figures_keep_their_units_where_they_can() -> None:
    text = "本市数字经济规模，已经达到2000万元，比上年增长许多，前景很好，值得期待。"
    for em in range(18, 30):
        for line in lines_of(text, em)[:-1]:
            assert not line.endswith("2000")


def test_an_address_line_is_flush() -> None:
    text = "详见https://www.example.com/article/policy/2022/07/20220703331234.shtml一文，谢谢。"
    for em in (15, 18, 20, 30):
        _, lines = set_text(text, em)
        assert all(abs(line.width - em) < 1e-6 for line in lines[:-1])


def test_hopeless_lines_stick_out() -> None:
    _, lines = set_text("中1234567890123456789012国", 5)
    assert max(line.width - line.measure for line in lines) > 5


def test_a_profile_of_measures() -> None:
    metrics = Metrics(paragraph("中" * 30))
    assert justify(metrics, (4, 6, 10)) == (3, 9, 19, 29)
    assert wrap(metrics, (4, 6, 10)) == (3, 9, 19, 29)


@given(mixtures, st.integers(5, 40), styles)
def test_no_mark_where_it_must_not_be(text: str, em: int, style: LineStyle) -> None:
    if not paragraph(text).boxes:
        return
    items, lines = set_text(text, em, style=style)
    for line in lines[1:]:
        before, after = items.boxes[line.first - 1], items.boxes[line.first]
        if before.left is not Edge.BREAK:
            assert after.left not in NEVER_FIRST or before.cut < inf
            assert before.right not in NEVER_LAST


@given(mixtures, st.integers(5, 40), styles)
def test_every_box_stands_in_one_line(text: str, em: int, style: LineStyle) -> None:
    items = paragraph(text, style=style)
    if items.boxes:
        _, lines = set_text(text, em, style=style)
        assert "".join(typed(items.boxes[a.first : a.last + 1]) for a in lines) == typed(
            items.boxes
        )
        assert lines[-1].last == len(items.boxes) - 1


@pytest.mark.parametrize("fewest", [1, 2, 3])
def test_headings_are_balanced(fewest: int) -> None:
    metrics = Metrics(paragraph("数" * (10 * fewest - 3)))
    ends = balance(metrics, (10,))
    lengths = [b - a for a, b in zip((-1, *ends), ends, strict=False)]
    assert len(ends) == fewest and max(lengths) - min(lengths) <= 1


def test_headings_break_outside_titles_and_figures() -> None:
    metrics = Metrics(paragraph("关于印发《数字贸易办法》的通知及其说明"))
    boxes = metrics.paragraph.boxes
    (end, _) = balance(metrics, (13,))
    assert boxes[end].text not in "《数字贸易办"
    metrics = Metrics(paragraph("合同额增长2022万元以上企业"))
    assert typed(metrics.paragraph.boxes[: balance(metrics, (9,))[0] + 1])[-4:] != "2022"


def test_a_wished_break_is_taken_in_a_heading() -> None:
    metrics = Metrics(paragraph("国际商业机器\u200b全球服务大连有限公司"))
    assert balance(metrics, (12,))[0] == 6


def test_headings_have_no_lone_character() -> None:
    for length in range(11, 40):
        ends = balance(Metrics(paragraph("数" * length)), (10,))
        assert ends[-1] - ends[-2] >= 2


def test_time_grows_linearly() -> None:
    metrics = {length: Metrics(paragraph("数字经济，发展2022年。" * length)) for length in (400, 4000)}
    assert grows_by(lambda length: justify(metrics[length], (28, 30)), 400, 4000) < 3
