"""Figures of a first page in 亿: all of it in one unit, or as typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bulletin_press.document.exhibits import (
    Bar,
    Caption,
    Exhibits,
    KeyFigure,
    Point,
    RankingChart,
    RunChart,
    Series,
)
from bulletin_press.language.numerals import in_hundred_millions
from bulletin_press.theme.reckoning.at_a_glance import in_large_units

UNIT = "万美元"
CAPTION = Caption("市场", f"执行额，{UNIT}", (), "源", "图")


def figure(value: str, unit: str = UNIT) -> KeyFigure:
    return KeyFigure(value, value, "", value, unit, None, *in_hundred_millions(Decimal(value), unit))


def ranking(*values: str) -> RankingChart:
    return RankingChart("r", CAPTION, 0, tuple(Bar(one, Decimal(one), one, None) for one in values))


def run(*values: str) -> RunChart:
    points = tuple(Point(month, "", Decimal(one), one, Decimal(one), None, None) for month, one in enumerate(values, 1))
    return RunChart("年", replace(CAPTION, subject=UNIT), 0, 2022, (Series("执行额", UNIT, points, ()),))


def exhibits(lead: str, more: str, *charts: RankingChart | RunChart) -> Exhibits:
    return Exhibits("上半年", "市", UNIT, (figure(lead),), (figure(more), figure("12.5", "%")), charts=charts)


def test_a_page_in_hundred_millions() -> None:
    made = in_large_units(exhibits("442826.44", "9853.39", ranking("33203", "0"), run("10000", "25000")))
    assert (made.unit, made.lead[0].value, made.lead[0].unit) == ("亿美元", "44.28", "亿美元")
    assert [(one.value, one.unit) for one in made.more] == [("0.99", "亿美元"), ("12.5", "%")]
    bars, line = made.charts
    assert isinstance(bars, RankingChart) and isinstance(line, RunChart)
    assert (bars.caption.subject, [bar.text for bar in bars.bars]) == ("执行额，亿美元", ["3.32", "0"])
    points = line.runs[0].cumulative
    assert (line.runs[0].unit, [(one.text, one.value, one.base) for one in points]) == (
        "亿美元", [("1.00", 1, 1), ("2.50", Decimal("2.5"), Decimal("2.5"))])


def test_as_typed_where_one_would_be_too_small() -> None:
    for lead, more in (("9999", "9853.39"), ("442826.44", "999")):
        made = exhibits(lead, more, ranking("33203"))
        assert in_large_units(made) == made


def test_a_chart_with_too_small_a_value_is_left_out() -> None:
    assert in_large_units(exhibits("442826.44", "9853.39", ranking("33203", "12"), run("12", "25000"))).charts == ()


def test_charts_of_shares_stay() -> None:
    shares = replace(ranking("71"), caption=replace(CAPTION, subject="业务占比，%"))
    assert in_large_units(exhibits("442826.44", "9853.39", shares)).charts == (shares,)
