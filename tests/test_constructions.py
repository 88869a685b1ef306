"""Constructions of data reports, one by one: figures in, a sentence out; and the grammar of any figures at all."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_releases import RELEASES, definition_of

from bulletin_press.checks.data import base_drifts, cumulative_falls, hidden_reversal, month_outlier
from bulletin_press.checks.rule import Data
from bulletin_press.document.exhibits import Exhibits, RunChart
from bulletin_press.language.numerals import Period, in_hundred_millions
from bulletin_press.report.consistency import inconsistencies
from bulletin_press.report.definition import Definition
from bulletin_press.report.display import exhibits_of
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import EarlierReport, ReportFigures
from bulletin_press.report.wording import ReportStyle, write_report

MEASURES: dict[str, Any] = {
    "trade": {"label": "进出口额"},
    "balance": {"label": "贸易顺差", "negative": "贸易逆差", "signed": True,
                "turns": ["由逆差转为顺差", "由顺差转为逆差"]},
    "flow": {"label": "净流入", "signed": True},
    "profit": {"label": "利润", "signed": True, "turns": ["扭亏为盈", "由盈转亏"]},
    "margin": {"label": "利润率", "kind": "rate"},
    "index": {"label": "景气指数", "kind": "index"},
    "stock": {"label": "库存", "kind": "stock", "unit": "万吨"},
    "prices": {"label": "价格", "kind": "index", "verbs": ["上涨", "下跌"]},
    "visits": {"label": "出游人次", "unit": "亿人次", "zero": "未发生"},
}
ITEMS: dict[str, Any] = {
    "all": {"label": "全市"}, "east": {"label": "东区", "within": "all"}, "west": {"label": "西区", "within": "all"},
    "north": {"label": "北区", "within": "all"}, "top": {"label": "前几位", "within": "all"},
    "towns": {"label": "各镇", "within": "all", "ranking": True}}
STYLE = ReportStyle("本市", "我市", "统计局", "亿元", date(2023, 10, 20))


def definition(*sentences: dict[str, Any]) -> Definition:
    made = Definition.model_validate({"title": "试写", "measures": MEASURES, "items": ITEMS,
                                      "paragraphs": [{"sentences": sentences}]})
    assert not list(inconsistencies(made))
    return made


def decimal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: decimal(one) for key, one in value.items()}
    if isinstance(value, list):
        return [decimal(one) for one in value]
    return Decimal(str(value)) if isinstance(value, float) else value


def read(made: Definition, raw: dict[str, Any], period: str = "2023-09") -> ReportFigures:
    figures, complaints = read_figures(decimal(raw), Period.parse(period), made, ("report",), "亿元")
    assert not complaints
    return figures


def said(raw: dict[str, Any], *sentences: dict[str, Any], earlier: dict[str, Any] | None = None,
         period: str = "2023-09", before: str = "2023-08") -> str:
    made = definition(*sentences)
    text = write_report(made, read(made, raw, period), STYLE, read(made, earlier, before) if earlier else None)
    return "\n".join(text.paragraphs)


def one(measure: str, item: str = "all", **more: Any) -> dict[str, Any]:
    return {"form": "items", "items": [item], "measures": [measure], **more}


EAST_WEST = {"form": "parallel", "items": ["east", "west"], "measures": ["trade"]}
RANKED = {"form": "ranking", "items": ["towns"], "measures": ["trade"]}


@pytest.mark.parametrize(("raw", "sentence", "text"), [
    # Signs.
    ({"flow": {"all": -28}}, one("flow"), "全市净流入为-28亿元。"),
    ({"balance": {"all": {"value": -12, "previous": 30}}}, one("balance"), "全市贸易逆差12亿元，由顺差转为逆差。"),
    ({"profit": {"all": {"value": 3, "previous": -2}}}, one("profit"), "全市利润3亿元，扭亏为盈。"),
    ({"profit": {"all": {"value": -3, "previous": -2}}}, one("profit"), "全市利润为-3亿元。"),
    ({"visits": {"all": 0}}, one("visits"), "全市出游人次未发生。"),
    ({"trade": {"all": [5, 0]}}, one("trade"), "全市进出口额5亿元，与上年同期持平。"),
    # Kinds.
    ({"margin": {"all": [12.1, 0.3]}}, one("margin"), "全市利润率为12.1%，同比提高0.3个百分点。"),
    ({"margin": {"all": {"value": 12.1, "previous": 12.4}}}, one("margin"), "全市利润率为12.1%，同比下降0.3个百分点。"),
    ({"index": {"all": [94.06, 1.2]}}, one("index"), "全市景气指数为94.06，同比上涨1.2%。"),
    ({"stock": {"all": [64, 1.2]}}, one("stock"), "全市库存64万吨，同比增长1.2%。"),
    ({"prices": {"all": {"growth": -1.5, "mom": 0.2}}}, one("prices"), "全市价格同比下跌1.5%，环比上涨0.2%。"),
    # Other bases, differences, notes, terms.
    ({"visits": {"all": [4.89, 6.7]}}, one("visits", base="2019"), "全市出游人次4.89亿人次，比2019年同期增长6.7%。"),
    ({"trade": {"all": {"value": 9, "growth": 6, "base": "年初"}}}, one("trade"), "全市进出口额9亿元，比年初增长6%。"),
    ({"visits": {"all": {"value": 3.06, "previous": 5}}}, one("visits", say=["value", "difference"]),
     "全市出游人次3.06亿人次，比上年同期减少1.94亿人次。"),
    ({"trade": {"all": {"value": 20, "growth": 3, "note": "首次突破20亿元"}}}, one("trade"),
     "全市进出口额20亿元，同比增长3%，首次突破20亿元。"),
    ({"trade": {"all": {"value": 20, "growth": 3, "comparable": True}}}, one("trade"),
     "全市进出口额20亿元，按可比口径同比增长3%。"),
    ({"trade": {"all": {"value": 20, "growth": 3, "comparable": True}}}, one("trade", bracket="growth"),
     "全市进出口额20亿元（按可比口径同比增长3%）。"),
    # Shares, gaps, contributions.
    ({"trade": {"east": {"share": 23.2, "share_change": -0.6}}}, one("trade", "east"),
     "东区进出口额占比23.2%，比重较上年同期下降0.6个百分点。"),
    ({"trade": {"all": 200, "east": 50}}, one("trade", "east", say=["value", "share"], whole="全市进出口额"),
     "东区进出口额50亿元，占全市进出口额的25.0%。"),
    ({"trade": {"all": [200, 5], "east": [50, 2]}}, one("trade", "east", say=["value", "growth", "gap"]),
     "东区进出口额50亿元，同比增长2%，增速低于全市3个百分点。"),
    ({"trade": {"all": {"value": 110, "previous": 100}, "east": {"value": 30, "previous": 25.4}}},
     one("trade", "east", say=["value", "contribution"]), "东区进出口额30亿元，拉动全市增长4.6个百分点。"),
    # A share is of something, and never nothing or all of it by rounding alone.
    ({"trade": {"all": 200, "east": 0}}, one("trade", "east", say=["value", "share"]), "东区进出口额0亿元。"),
    ({"trade": {"all": 20000, "east": 3}}, one("trade", "east", say=["value", "share"]),
     "东区进出口额3亿元，占全市的0.02%。"),
    ({"trade": {"all": 20000, "east": 19999}}, one("trade", "east", say=["value", "share"]),
     "东区进出口额19999亿元，占全市的99.995%。"),
    # Behind a fall, 高出 would be a deeper one.
    ({"trade": {"all": [200, -5], "east": [50, -2]}},
     one("trade", "east", say=["growth", "gap"], words={"gap": "高出{whole}{amount}"}),
     "东区进出口额同比下降2%，降幅小于全市3个百分点。"),
    ({"trade": {"all": [200, -5], "east": [50, -7]}}, one("trade", "east", say=["growth", "gap"]),
     "东区进出口额同比下降7%，降幅大于全市2个百分点。"),
    ({"trade": {"all": [200, 5], "east": [50, -7]}}, one("trade", "east", say=["growth", "gap"]),
     "东区进出口额同比下降7%，增速低于全市12个百分点。"),
    # A deficit that shrank is no smaller balance; one after a surplus is no difference of deficits.
    ({"balance": {"all": {"value": -5.5, "previous": -10.2}}}, one("balance", say=["value", "difference"]),
     "全市贸易逆差5.5亿元，比上年同期减少4.7亿元。"),
    ({"balance": {"all": {"value": -5.5, "previous": 10.2}}}, one("balance", say=["value", "difference", "growth"]),
     "全市贸易逆差5.5亿元，由顺差转为逆差。"),
    ({"flow": {"all": {"value": -3, "previous": -2}}}, one("flow", say=["value", "difference"]),
     "全市净流入为-3亿元，比上年同期减少1亿元。"),
    ({"stock": {"all": {"value": 5, "previous": 5}}}, one("stock", say=["value", "difference", "growth"]),
     "全市库存5万吨，与上年同期持平。"),
    # Side by side.
    ({"trade": {"east": {"growth": 3.1}, "west": {"growth": -2}}}, EAST_WEST,
     "东区和西区进出口额同比分别增长3.1%和下降2%。"),
    ({"trade": {"east": {"value": 5, "share": 10}, "west": {"value": 4, "share": 8}}}, EAST_WEST,
     "东区和西区进出口额分别为5亿元和4亿元，占比分别为10%和8%。"),
    ({"trade": {"east": 5, "west": {"growth": 4}}}, EAST_WEST, "东区进出口额5亿元；西区进出口额同比增长4%。"),
    ({"trade": {"east": [5, 2], "west": 4}}, EAST_WEST, "东区和西区进出口额分别为5亿元（同比增长2%）和4亿元。"),
    # Rankings.
    ({"trade": {"towns": [{"name": "甲", "growth": 9}, {"name": "乙", "growth": 8}]}}, RANKED,
     "前两位为甲和乙，进出口额同比分别增长9%和8%。"),
    ({"trade": {"all": 100, "towns": [["甲", 30], ["乙", 20.5]]}},
     RANKED | {"many": "{names}分别完成{values}，合计{sum}，占全市的{share}"},
     "甲和乙分别完成30亿元和20.5亿元，合计50.5亿元，占全市的50.5%。"),
    ({"trade": {"towns": [["甲", 30], {"name": "乙", "share": 5}]}},
     RANKED | {"many": "{names}合计{sum}，居前{count}位"}, "居前两位。"),
    ({"trade": {"top": {"value": 60, "share": 74.4}, "towns": [["甲", 30], ["乙", 20]]}},
     RANKED | {"total": "top", "many": "{names}合计{sum}，占{share}"}, "甲和乙合计60亿元，占74.4%。"),
    ({"trade": {"towns": [["甲", 30, 2], ["乙", 20]]}}, RANKED | {"bracket": "figures", "last": "、"},
     "前两位为甲（30亿元，同比增长2%）、乙（20亿元）。"),
    # Published months.
    ({"trade": {"all": {"value": 9, "month": [1, 36.5]}}},
     {"form": "month", "items": ["all"], "measures": ["trade"], "opening": "据累计数推算，{month}当月"},
     "9月当月进出口额1亿元，同比增长36.5%。"),
    ({"trade": {"all": {"value": 9, "month": {"growth": 3}}}}, one("trade", say=["value", "month"]),
     "全市进出口额9亿元，9月当月同比增长3%。"),
])
def test_a_construction(raw: dict[str, Any], sentence: dict[str, Any], text: str) -> None:
    assert said(raw, sentence) == text


def test_a_derived_month_always_says_so() -> None:
    sentence = {"form": "month", "items": ["all"], "measures": ["trade"], "opening": "{month}份，全市"}
    made = definition(sentence)
    now, before = read(made, {"trade": {"all": 9}}), read(made, {"trade": {"all": 8}}, "2023-08")
    style = ReportStyle("本市", "我市", "统计局", "亿元", date(2023, 10, 20), month=True)
    assert write_report(made, now, style, before).paragraphs == ("据累计数推算，9月份，全市进出口额1亿元。",)
    published = read(made, {"trade": {"all": {"value": 9, "month": 1.1}}})
    assert write_report(made, published, style, before).paragraphs == ("9月份，全市进出口额1.1亿元。",)


def test_a_month_without_an_opening_is_named() -> None:
    sentence = {"form": "month", "items": ["all"], "measures": ["trade"]}
    made = definition(sentence)
    now, before = read(made, {"trade": {"all": 9}}), read(made, {"trade": {"all": 8}}, "2023-08")
    style = ReportStyle("本市", "我市", "统计局", "亿元", date(2023, 10, 20), month=True)
    assert write_report(made, now, style, before).paragraphs == ("据累计数推算，9月当月，全市进出口额1亿元。",)
    assert said({"trade": {"all": {"value": 9, "month": 1.1}}}, sentence) == "9月当月，全市进出口额1.1亿元。"


@pytest.mark.parametrize("measure", ["stock", "index", "margin", "flow"])
def test_no_month_is_derived_of_what_does_not_add_up(measure: str) -> None:
    sentence = {"form": "month", "items": ["all"], "measures": [measure], "opening": "{month}当月"}
    made = definition(sentence)
    now, before = read(made, {measure: {"all": 9}}), read(made, {measure: {"all": 8}}, "2023-08")
    style = ReportStyle("", "", "", "亿元", date(2023, 10, 20), month=True)
    assert write_report(made, now, style, before).paragraphs == ()


def test_changes_of_what_stands_are_in_points() -> None:
    assert said({"index": {"all": 94.06}}, one("index", change=True), earlier={"index": {"all": 94.56}}) == \
        "全市景气指数为94.06，较8月回落0.50点。"
    average = {"form": "measures", "items": ["all"], "measures": ["index"], "change": True, "opening": "{months}，"}
    assert said({"index": {"all": 94.06}}, average, earlier={"index": {"all": 94.56}}) == \
        "1—9月，景气指数为94.06，较1—8月回落0.50点。"
    assert said({"margin": {"all": 12.1}}, one("margin", change=True), earlier={"margin": {"all": 12}}) == \
        "全市利润率为12.1%，较1—8月提高0.1个百分点。"
    assert said({"stock": {"all": [64, 1.2]}}, one("stock", change=True), earlier={"stock": {"all": [63, 1]}}) == \
        "全市库存64万吨，同比增长1.2%，增幅较8月末扩大0.2个百分点。"


def test_quarters_in_one_report() -> None:
    quarters = [one("trade", span="q1", subject="{period}{item}{measure}"),
                one("trade", span="q2", subject="{period}", join="；", once=True)]
    raw = {"q1": {"trade": {"all": [3, 1]}}, "q2": {"trade": {"all": [4, 2]}}, "trade": {"all": 7}}
    assert said(raw, *quarters) == "一季度全市进出口额3亿元，同比增长1%；二季度4亿元，增长2%。"


def test_words_of_a_definition_are_filled() -> None:
    sentence = one("trade", "east", say=["share"], words={"share": "{period}占{region}的比重为{amount}左右"})
    assert said({"trade": {"east": {"share": 23.2}}}, sentence) == "东区进出口额今年前三季度占本市的比重为23.2%左右。"


@pytest.mark.parametrize(("more", "words"), [
    ({"words": {"share": "占{whole}"}}, "{amount}"), ({"words": {"growth": "{amount}"}}, "只能改"),
    ({"opening": "全市"}, "不用 opening"), ({"of": "nobody"}, "没有定义的项目"), ({"subject": "{names}"}, "不认识")])
def test_what_a_sentence_cannot_have_is_refused(more: dict[str, Any], words: str) -> None:
    made = Definition.model_validate({"title": "试写", "measures": MEASURES, "items": ITEMS,
                                      "paragraphs": [{"sentences": [one("trade") | more]}]})
    assert any(words in complaint.message for complaint in inconsistencies(made))


def test_of_which_never_dangles() -> None:
    main, part = one("trade"), one("trade", "east", of_which=True, join="；", once=True)
    assert said({"trade": {"all": [9, 1], "east": [4, 2]}}, main, part) == \
        "全市进出口额9亿元，同比增长1%；其中，东区进出口额4亿元，增长2%。"
    assert said({"trade": {"east": [4, 2]}}, main, part) == "东区进出口额4亿元，同比增长2%。"


def test_large_figures_in_hundred_millions() -> None:
    # 442826.44万 is 4428264400: 44.28 亿.
    assert in_hundred_millions(Decimal("442826.44"), "万美元") == ("44.28", "亿美元")
    assert in_hundred_millions(Decimal("9999.99"), "万美元") == ("9999.99", "万美元")
    assert in_hundred_millions(Decimal(250000000), "元") == ("2.50", "亿元")
    assert in_hundred_millions(Decimal(75178), "亿元") == ("75178", "亿元")
    assert in_hundred_millions(Decimal("94.06"), "") == ("94.06", "")


# --- any figures at all ---------------------------------------------------------------------

NUMBERS = st.decimals(0, 99999, places=2).map(lambda number: number.quantize(Decimal("0.01")))
RATES = st.decimals(-99, 300, places=1)
FIGURES = st.fixed_dictionaries({}, optional={
    "value": NUMBERS, "growth": RATES, "month": st.lists(RATES.map(abs), min_size=1, max_size=2), "mom": RATES,
    "share": st.decimals(0, 100, places=1), "share_change": st.decimals(-9, 9, places=1),
    "contribution": st.decimals(-5, 5, places=2), "comparable": st.booleans(), "note": st.just("为历史新高"),
}).filter(lambda figure: {"value", "growth", "share", "mom", "month", "contribution"} & set(figure))


@st.composite
def reports(draw: st.DrawFn) -> tuple[str, ReportFigures, ReportFigures | None, bool]:
    name = draw(st.sampled_from(sorted(RELEASES)))
    made = definition_of(RELEASES[name])
    month = draw(st.integers(1, 12))
    single = draw(st.booleans())

    def figures(at: int) -> ReportFigures:
        raw: dict[str, dict[str, Any]] = {}
        keys = [(measure, item) for measure in made.measures for item in made.items]
        some = st.lists(st.sampled_from(keys), max_size=12, unique=True)
        for measure, item in keys if len(keys) < 20 and draw(st.booleans()) else draw(some):
            raw.setdefault(measure, {})[item] = draw(FIGURES) if not made.items[item].ranking else [
                {"name": place, **draw(FIGURES)} for place in ("甲", "乙", "丙")[: draw(st.integers(1, 3))]]
        read_, complaints = read_figures(raw, Period(2023, at, single), made, ("report",), "亿元")
        assert not complaints
        return read_

    now = figures(month)
    return name, now, figures(month - 1) if month > 1 and draw(st.booleans()) else None, draw(st.booleans())


WRONG = re.compile(r"[，；、。：]{2}|[，；、]）|（[，；、）]|其中，?[。；]|^其中|[（）]{2}|同比同比|\{|\}|None|"
                   r"分别为?[。，；]|(?:为|的)[。，；]|和[。，；]|"
                   r"(?:^|。)(?:同比|环比|占比|比重|增幅|降幅|涨幅|较)", re.M)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reports())
def test_any_figures_make_grammatical_sentences(drawn: tuple[str, ReportFigures, ReportFigures | None, bool]) -> None:
    name, now, earlier, house = drawn
    release = RELEASES[name]
    style = ReportStyle("全国", "我市", "统计局", "亿元", date(2023, 12, 28), change=house, month=house)
    for paragraph in write_report(definition_of(release), now, style, earlier).paragraphs:
        assert not WRONG.search(paragraph), paragraph
        assert paragraph.endswith("。") and paragraph.count("（") == paragraph.count("）"), paragraph
        depth = Counter[str]()
        for char in paragraph:
            depth[char] += 1
            assert depth["）"] <= depth["（"] <= depth["）"] + 1, paragraph


# --- what is shown, what is checked ---------------------------------------------------------

SHOWN = Definition.model_validate({
    "title": "试写", "measures": MEASURES, "items": ITEMS, "paragraphs": [{"sentences": [one("trade")]}],
    "key_figures": {"lead": [["trade", "all"], ["index", "all"], ["flow", "all"], ["trade", "east"]]},
    "table": {"groups": [["all"], ["east", "west"]]},
    "charts": {name: {"kind": "run", "title": "走势", "items": ["all"], "measures": [name]}
               for name in ("trade", "index", "stock", "flow")}})


def exhibits(raw: dict[str, Any], earlier: dict[str, Any]) -> Exhibits:
    return exhibits_of(SHOWN, read(SHOWN, raw), STYLE, [read(SHOWN, earlier, "2023-08")])


NOW = {"trade": {"all": {"value": 90000, "growth": 3, "comparable": True}, "east": {"growth": -2}, "west": [7, 1]},
       "index": {"all": 94.06}, "stock": {"all": 63}, "flow": {"all": -28}}
THEN = {"trade": {"all": 80000}, "index": {"all": 94.55}, "stock": {"all": 64}, "flow": {"all": 3}}


def test_key_figures_have_a_subject_and_their_own_unit() -> None:
    found = exhibits(NOW, THEN)
    assert [(one.label, one.note, one.value, one.unit) for one in found.lead] == [
        ("全市进出口额", "（同比按可比口径）", "90000", "亿元"), ("全市景气指数", "", "94.06", ""),
        ("全市净流入", "", "-28", "亿元"), ("东区进出口额同比", "", "-2", "%")]


def test_the_table_shows_growth_alone_and_says_on_which_terms() -> None:
    table = exhibits(NOW, THEN).table
    assert table
    assert table.units == ("亿元", "亿元", "", "万吨")
    east = table.rows[1].cells[0]
    assert east and east.value == "—" and east.growth and east.growth.words == "同比下降2%"
    assert table.notes[0] == "全市进出口额同比按可比口径计算"


def test_charts_of_what_stands_have_no_months_and_a_published_month_wins() -> None:
    charts = {one.name: one for one in exhibits(NOW, THEN).charts if isinstance(one, RunChart)}
    assert set(charts) == {"trade", "index", "stock"}
    assert [(one.label, one.value) for one in charts["index"].runs[0].cumulative] == [
        ("8月", Decimal("94.55")), ("9月", Decimal("94.06"))]
    assert [one.label for one in charts["stock"].runs[0].cumulative] == ["8月末", "9月末"]
    assert charts["index"].runs[0].months == () and charts["stock"].runs[0].stands
    (month,) = charts["trade"].runs[0].months
    assert month.derived and charts["trade"].caption.notes[0] == "当月数由累计数相减推算"
    published = {**NOW, "trade": {"all": {"value": 90000, "month": [10001, 2]}}}
    (trade,) = [one for one in exhibits(published, THEN).charts if isinstance(one, RunChart) and one.name == "trade"]
    (month,) = trade.runs[0].months
    assert (month.text, month.derived) == ("10001", False)
    assert "推算" not in "".join(trade.caption.notes)


@pytest.mark.parametrize(("measure", "found"), [
    ("trade", {"cumulative-falls"}), ("stock", set()), ("index", set()), ("margin", set()), ("flow", set())])
def test_only_a_flow_may_not_fall(measure: str, found: set[str]) -> None:
    data = Data(read(SHOWN, {measure: {"all": 50}}), SHOWN,
                (EarlierReport("2023-09", read(SHOWN, {measure: {"all": 60}}, "2023-08")),))
    rules = (cumulative_falls, month_outlier, base_drifts, hidden_reversal)
    assert {rule.RULE.name for rule in rules if list(rule.RULE.check(data))} == found


def test_a_revised_figure_is_not_subtracted() -> None:
    data = Data(read(SHOWN, {"trade": {"all": {"value": 50, "revised": True}}}), SHOWN,
                (EarlierReport("2023-09", read(SHOWN, {"trade": {"all": 60}}, "2023-08")),))
    assert not list(cumulative_falls.RULE.check(data))


@pytest.mark.parametrize(("raw", "path", "words"), [
    ({"trade": {"all": {"growht": 3}}}, "trade all growht", "growth"),
    ({"trade": {"all": {"growth": "3.4%"}}}, "trade all growth", "不加引号"),
    ({"trade": {"all": {"value": 3, "mom": -101}}}, "trade all mom", "环比不会低于"),
    ({"trade": {"all": {"share": 101}}}, "trade all share", "占比太大了"),
    ({"trade": {"all": {"value": 3, "month": [1, 2, 3]}}}, "trade all month", "[数值, 同比]"),
    ({"trade": {"all": {"value": 3, "note": 5}}}, "trade all note", "引号"),
    ({"trade": {"all": {"value": 3, "revised": 1}}}, "trade all revised", "true 或 false"),
    ({"trade": {"all": -3}}, "trade all", "signed = true"),
    ({"trade": {"all": {"previous": 3}}}, "trade all", "缺少 value"),
])
def test_a_figure_typed_wrong_is_told_where_it_stands(raw: dict[str, Any], path: str, words: str) -> None:
    _, complaints = read_figures(decimal(raw), Period.parse("2023-09"), SHOWN, ("report",), "亿元")
    assert any(" ".join(map(str, one.path[1:])) == path and words in one.message + (one.suggestion or "")
               for one in complaints), complaints
