"""The data report: figures as typed, facts, plan, wording, and definitions of one's own."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_press.cli import run
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.reading import read_issue
from bulletin_press.language.numerals import Period
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import load_definition
from bulletin_press.report.facts import change_between, derived_month, rate_of
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import Figure, ReportFigures
from bulletin_press.report.wording import ReportStyle, ReportText, write_report

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "issues"
OUTSOURCING = load_definition("service-outsourcing", [templates_folder()])
STYLE = {"region": "大连市", "short_region": "我市", "source": "商务部服务外包统一平台", "unit": "万美元",
         "issue_date": date(2022, 8, 26)}
LEAD = "商务部服务外包统一平台公布的最新数据显示，"


def decimal(value: Any) -> Any:
    """Typed numbers as TOML gives them: '2.40' stands for 2.40."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return Decimal(value) if "." in value else int(value)
    if isinstance(value, list):
        return [decimal(part) for part in value]
    return {key: decimal(part) for key, part in value.items()} if isinstance(value, dict) else value


def figures(raw: dict[str, Any], period: str = "2022-06",
            definition: Definition = OUTSOURCING) -> ReportFigures:
    read, complaints = read_figures(decimal(raw), Period.parse(period), definition, ("report",))
    assert not complaints
    return read


def written(raw: dict[str, Any], period: str = "2022-06", earlier: ReportFigures | None = None,
            **style: Any) -> ReportText:
    return write_report(OUTSOURCING, figures(raw, period), ReportStyle(**(STYLE | style)), earlier)


def one(raw: dict[str, Any], **style: Any) -> str:
    """The only paragraph."""
    (paragraph,) = written(raw, **style).paragraphs
    return paragraph


def sample(name: str) -> ReportFigures:
    read = read_issue(Workspace(SAMPLES, date(2022, 9, 1), SAMPLES), SAMPLES / name / "issue.toml").figures
    assert read
    return read


MAY, JUNE = sample("2022-07"), sample("2022-08")


def report_of(read: ReportFigures, earlier: ReportFigures | None = None, **style: Any) -> tuple[str, ...]:
    return write_report(OUTSOURCING, read, ReportStyle(**(STYLE | style)), earlier).paragraphs


# --- the two real months --------------------------------------------------------------------

@pytest.mark.parametrize("name", ["2022-07", "2022-08"])
def test_the_real_months(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", name, "--workspace", str(SAMPLES)]) == 0
    shown = capsys.readouterr()
    assert shown.out == (HERE / "golden" / f"report-{name}.txt").read_text("utf-8")
    assert shown.err == ""


def test_the_first_paragraph_of_the_half_year() -> None:
    assert report_of(JUNE)[0] == (
        "商务部服务外包统一平台公布的最新数据显示，今年上半年大连市服务外包合同签约额（包含在岸）442826.44万美元，"
        "同比增长164.14%；接包合同执行额143309.75万美元，同比增长2.4%。")


def test_the_older_lead() -> None:
    assert report_of(JUNE, lead="根据")[0].startswith("根据" + LEAD + "今年上半年大连市")
    assert report_of(JUNE, lead="根据")[1:] == report_of(JUNE)[1:]


def test_rates_over_a_hundred_in_multiples() -> None:
    # 164.14 % is 1.64 times the base more, 844.93 % 8.45, 127.73 % 1.28; falls stay in per cent.
    percent = "\n".join(report_of(JUNE))
    times = "\n".join(report_of(JUNE, over_100="times"))
    assert times == (percent.replace("164.14%", "1.64倍").replace("844.93%", "8.45倍")
                     .replace("127.73%", "1.28倍"))


def test_changes_against_the_last_issue() -> None:
    # Points by hand, 1—6 against 1—5: 238.15 − 164.14 = 74.01; 2.4 − 2.1 = .3; 32.93 − 20.08 = 12.85;
    # 1073.29 − 844.93 = 228.36; 159.84 − 127.73 = 32.11; 19.46 − 15.98 = 3.48; ITO 16.29 − 11.12 = 5.17;
    # BPO 25.10 − 17.76 = 7.34; KPO 37.52 − 14.88 = 22.64.
    plain, changed = report_of(JUNE), report_of(JUNE, MAY, change=True)
    for typed, added in (
            ("164.14%", "增幅较1—5月回落74.01个百分点"), ("2.4%", "增幅较1—5月扩大0.3个百分点"),
            ("844.93%", "增幅较1—5月回落228.36个百分点"),
            ("额15824.32万美元，同比下降20.08%", "降幅较1—5月收窄12.85个百分点"),
            ("127.73%", "增幅较1—5月回落32.11个百分点"), ("15.98%", "降幅较1—5月收窄3.48个百分点"),
            ("11.12%", "降幅较1—5月收窄5.17个百分点"), ("17.76%", "降幅较1—5月收窄7.34个百分点"),
            ("14.88%", "降幅较1—5月收窄22.64个百分点")):
        plain = tuple(paragraph.replace(typed, f"{typed}，{added}") for paragraph in plain)
    assert changed == plain


def test_the_derived_month() -> None:
    # 442826.44 − 405832.99 = 36993.45. Base: 442826.44/2.6414 − 405832.99/3.3815 = 167648.4 − 120015.7 =
    # 47632.7, and 36993.45/47632.7 − 1 = −22.3 %. Executed: 143309.75 − 102670.76 = 40638.99; the rates,
    # typed to one decimal, allow 2.9 to 3.5 %: no rate is given.
    first = report_of(JUNE, MAY, month=True)[0]
    assert first == report_of(JUNE)[0] + (
        "据累计数推算，6月当月合同签约额36993.45万美元，同比下降22.3%；接包合同执行额40638.99万美元。")
    assert report_of(JUNE, MAY, month=True)[1:] == report_of(JUNE)[1:]


@pytest.mark.parametrize("period", ["2021-05", "2022-06", "2022-07", "2022-05/month"])
def test_only_an_earlier_month_of_the_year_is_compared(period: str) -> None:
    earlier = ReportFigures(Period.parse(period), MAY.figures, MAY.rankings)
    assert report_of(JUNE, earlier, change=True, month=True) == report_of(JUNE)


def test_a_month_needs_the_month_before() -> None:
    april = ReportFigures(Period(2022, 4), MAY.figures, MAY.rankings)
    assert "推算" not in report_of(JUNE, april, month=True)[0]
    assert "较1—4月" in report_of(JUNE, april, change=True)[0]


def test_both_switches_off_say_nothing_of_the_last_issue() -> None:
    assert report_of(JUNE, MAY) == report_of(JUNE)


# --- growth ---------------------------------------------------------------------------------

@pytest.mark.parametrize(("figure", "words"), [
    ("100", ""),
    (["100"], ""),
    (["100", "11.90"], "，同比增长11.90%"),
    (["100", "-12"], "，同比下降12%"),
    (["100", "0"], "，与上年同期持平"),
    (["100", "0.00"], "，与上年同期持平"),
    (["100", "0.04"], "，与上年同期基本持平"),
    (["100", "-0.049"], "，与上年同期基本持平"),
    (["100", "0.05"], "，同比增长0.05%"),
    (["100", "-100"], "，同比下降100%"),
    (["100", "100"], "，同比增长100%"),
    ({"value": "100", "growth": "3.5"}, "，同比增长3.5%"),
    ({"value": "145607.7", "previous": "56036.3"}, "，同比增长159.85%"),  # 89571.4/56036.3 = 1.598453
    ({"value": "100", "previous": "80"}, "，同比增长25.00%"),
    ({"value": "80", "previous": "100"}, "，同比下降20.00%"),
    ({"value": "100", "previous": "100.00"}, "，与上年同期持平"),
    ({"value": "10000.4", "previous": "10000"}, "，与上年同期基本持平"),  # .004 %
    ({"value": "9999.6", "previous": "10000"}, "，与上年同期基本持平"),
    ({"value": "0", "previous": "5"}, "，同比下降100.00%"),
    ({"value": "5", "previous": "0"}, ""),  # no rate on nought
    ({"value": "100", "growth": "3.5", "previous": "80"}, "，同比增长3.5%")])  # typed goes before computed
def test_growth_given_computed_missing_and_nought(figure: Any, words: str) -> None:
    value = figure if isinstance(figure, str) else figure[0] if isinstance(figure, list) else figure["value"]
    assert one({"signed": {"total": figure}}) == (
        f"{LEAD}今年上半年大连市服务外包合同签约额（包含在岸）{value}万美元{words}。")


@pytest.mark.parametrize(("growth", "words"), [
    ("99.99", "99.99%"), ("100", "1倍"), ("100.4", "1倍"), ("110", "1.10倍"), ("164.14", "1.64倍"), ("200", "2倍"),
    ("238.00", "2.38倍"), ("1000", "10倍"), ("1073.29", "10.73倍"), ("2000.00", "20倍")])
def test_multiples(growth: str, words: str) -> None:
    # 增长2.38倍 means 3.38 times the base: the rate over a hundred, not the quotient.
    assert one({"signed": {"total": ["1", growth]}}, over_100="times").endswith(f"同比增长{words}。")


@pytest.mark.parametrize(("earlier", "now", "words"), [
    ("10", "12.5", "增幅较1—5月扩大2.5个百分点"), ("12.5", "10", "增幅较1—5月回落2.5个百分点"),
    ("-10", "-12.5", "降幅较1—5月扩大2.5个百分点"), ("-12.5", "-10", "降幅较1—5月收窄2.5个百分点"),
    ("10", "10.0", "增幅与1—5月持平"), ("-10", "-10", "降幅与1—5月持平"),
    ("-3", "4", "较1—5月由降转增"), ("3", "-4", "较1—5月由增转降"),
    ("0", "4", None), ("4", "0", None), ("0.04", "4", None), (None, "4", None)])
def test_changes_and_changes_of_sign(earlier: str | None, now: str, words: str | None) -> None:
    before = figures({"signed": {"total": ["1", earlier] if earlier else "1"}}, "2022-05")
    text = one({"signed": {"total": ["1", now]}}, earlier=before, change=True)
    plain = one({"signed": {"total": ["1", now]}})
    assert text == (plain[:-1] + f"，{words}。" if words else plain)


def test_changes_in_the_bureau_style_name_the_earlier_period_so() -> None:
    text = report_of(JUNE, MAY, change=True, period="nbs")[0]
    assert "今年1—6月份大连市" in text
    assert "增幅较1—5月份回落74.01个百分点" in text


@pytest.mark.parametrize(("now", "earlier", "value", "rate"), [
    (("300", "50"), ("200", "100"), "100", "0.0"),  # base 200 − 100 = 100, to ±.2: no decimal is certain
    (("300", "50.0000"), ("200", "100.0000"), "100", "0"),
    (("100", None), ("40", "5"), "60", None),
    (("40", "5"), ("100", "5"), None, None),  # a cumulative figure cannot fall
    (("100", "-100"), ("40", "-100"), "60", None),
    (("200", "900.00"), ("100", "0.00"), "100", None)])  # base 20 − 100 < 0
def test_derived_months(now: Any, earlier: Any, value: str | None, rate: str | None) -> None:
    def typed(pair: tuple[str, str | None]) -> Figure:
        growth = Decimal(pair[1]) if pair[1] else None
        return Figure(Decimal(pair[0]), growth, None, (), (), ())

    month = derived_month(typed(now), typed(earlier))
    assert (month.value if month else None) == (Decimal(value) if value else None)
    if rate == "0":
        assert month is not None
        assert month.rate is not None
        assert abs(month.rate.value) < Decimal("0.05")
    else:
        assert month is None or month.rate is None


def test_a_derived_rate_that_rounds_to_nought_is_nearly_level() -> None:
    # June alone: 100 against 100.02, −.02 %: neither a number nor 持平.
    may = figures({"signed": {"total": {"value": "200", "previous": "200"}}}, "2022-05")
    text = one({"signed": {"total": {"value": "300", "previous": "300.02"}}}, earlier=may, month=True)
    assert text.endswith("据累计数推算，6月当月合同签约额100万美元，与上年同期基本持平。")
    may = figures({"signed": {"total": {"value": "200", "previous": "200.02"}}}, "2022-05")
    text = one({"signed": {"total": {"value": "300", "previous": "300.02"}}}, earlier=may, month=True)
    assert text.endswith("6月当月合同签约额100万美元，与上年同期持平。")


def test_no_change_without_both_rates() -> None:
    assert change_between(None, rate_of(Figure(Decimal(1), Decimal(2), None, (), (), ()))) is None


# --- rankings -------------------------------------------------------------------------------

NAMES = ["日本", "欧盟", "荷兰", "美国", "德国", "韩国", "英国", "法国", "瑞士", "加拿大"]


@pytest.mark.parametrize(("rows", "words"), [
    ([["日本", "9"]], "第一大发包市场为日本，接包合同执行额9万美元。"),
    ([["日本", "9", "-1.5"]], "第一大发包市场为日本，接包合同执行额9万美元，同比下降1.5%。"),
    ([["日本", "9", "0"]], "第一大发包市场为日本，接包合同执行额9万美元，与上年同期持平。"),
    ([["日本", "9"], ["欧盟", "8"]], "前两大发包市场为日本和欧盟，接包合同执行额分别为9万美元和8万美元。"),
    ([["日本", "9", "1"], ["欧盟", "8", "2"]],
     "前两大发包市场为日本和欧盟，接包合同执行额分别为9万美元和8万美元，同比分别增长1%和2%。"),
    ([["日本", "9", "1"], ["欧盟", "8", "-2"]],
     "前两大发包市场为日本和欧盟，接包合同执行额分别为9万美元和8万美元，同比分别增长1%和下降2%。"),
    ([["日本", "9", "-1"], ["欧盟", "8", "-2"], ["荷兰", "7", "-3"]],
     "前三大发包市场为日本、欧盟和荷兰，接包合同执行额分别为9万美元、8万美元和7万美元，同比分别下降1%、2%和3%。"),
    ([["日本", "9", "1"], ["欧盟", "8"], ["荷兰", "7", "-3"]],
     "前三大发包市场为日本、欧盟和荷兰，接包合同执行额分别为9万美元（同比增长1%）、8万美元和7万美元（同比下降3%）。"),
    ([["日本", "9", "1"], ["欧盟", "8", "0"]],
     "前两大发包市场为日本和欧盟，接包合同执行额分别为9万美元（同比增长1%）和8万美元（与上年同期持平）。"),
    ([[name, "5"] for name in NAMES],
     "前十大发包市场为日本、欧盟、荷兰、美国、德国、韩国、英国、法国、瑞士和加拿大，"
     "接包合同执行额分别为" + "5万美元、" * 8
     + "5万美元和5万美元。"),
    ([{"name": "日本", "value": "9", "growth": "1"}], "第一大发包市场为日本，接包合同执行额9万美元，同比增长1%。")])
def test_rankings(rows: Any, words: str) -> None:
    assert one({"executed": {"markets": rows}}) == "从国际市场看，" + words


def test_rankings_of_both_measures_are_told_apart() -> None:
    assert one({"signed": {"markets": [["日本", "9"]]}, "executed": {"markets": [["欧盟", "8"]]}}) == (
        "从国际市场看，按合同签约额计，第一大发包市场为日本，合同签约额9万美元；按接包合同执行额计，第一大发包市场为欧盟，接包合同执行额8万美元。")


def test_multiples_in_a_ranking() -> None:
    assert one({"executed": {"markets": [["日本", "9", "150"], ["欧盟", "8", "50"]]}}, over_100="times").endswith(
        "同比分别增长1.50倍和50%。")


# --- what is missing drops out --------------------------------------------------------------

def keys(read: ReportFigures) -> list[tuple[str, str]]:
    return [*read.figures, *read.rankings]


def without(read: ReportFigures, dropped: Iterable[tuple[str, str]]) -> ReportFigures:
    gone = set(dropped)
    return ReportFigures(read.period, {k: v for k, v in read.figures.items() if k not in gone},
                         {k: v for k, v in read.rankings.items() if k not in gone})


@pytest.mark.parametrize("key", keys(JUNE), ids=".".join)
def test_each_item_dropped_in_turn(key: tuple[str, str]) -> None:
    figure = JUNE.figures.get(key)
    gone = [str(figure.value)] if figure else ["33203", "27292", "24192"]
    text = "\n".join(report_of(without(JUNE, [key])))
    assert not any(re.search(rf"(?<![\d.]){re.escape(digits)}万", text) for digits in gone)
    _well_formed(without(JUNE, [key]), text)
    kept = Counter(re.findall(r"[\d.]+(?=万美元)", "\n".join(report_of(JUNE))))
    assert Counter(re.findall(r"[\d.]+(?=万美元)", text)) == kept - Counter(gone)


@pytest.mark.parametrize(("lead", "items"), [
    (LEAD, {"total"}), ("从国际市场看，", {"markets", "belt_and_road", "rcep"}),
    ("从企业性质看，", {"foreign", "domestic", "hmt"}), ("从业务结构看，", {"ito", "bpo", "kpo"})])
def test_paragraphs_drop_out(lead: str, items: set[str]) -> None:
    left = report_of(without(JUNE, [key for key in keys(JUNE) if key[1] in items]))
    assert left == tuple(paragraph for paragraph in report_of(JUNE) if not paragraph.startswith(lead))
    assert len(left) == 3


def test_a_lead_stands_before_whatever_sentence_is_left() -> None:
    assert one({"executed": {"rcep": "5"}}) == "从国际市场看，RCEP国家接包合同执行额5万美元。"


def test_nothing_typed_nothing_written() -> None:
    text = written({})
    assert (text.paragraphs, text.headline) == ((), None)


def test_the_scope_is_noted_at_the_first_measure_given() -> None:
    assert "接包合同执行额（包含在岸）5万美元" in one({"executed": {"total": "5"}})


def test_items_that_differ_by_measure_are_named_again() -> None:
    text = one({"signed": {"foreign": "1", "domestic": "2"}, "executed": {"hmt": "3"}})
    assert text == ("从企业性质看，外资企业和内资企业离岸合同签约额分别为1万美元和2万美元；"
                    "港澳台商投资企业离岸接包合同执行额3万美元。")


@pytest.mark.parametrize(("period", "style", "words"), [
    ("2022-12", {}, "今年全年大连市"), ("2022-12", {"issue_date": date(2023, 1, 20)}, "2022年全年大连市"),
    ("2022-07/month", {}, "今年7月大连市"), ("2022-07/month", {"period": "nbs"}, "今年7月份大连市"),
    ("2022-03", {}, "今年一季度大连市"), ("2022-09", {}, "今年前三季度大连市"),
    ("2022-01", {}, "今年1月大连市"), ("2021-06", {}, "2021年上半年大连市")])
def test_periods_in_the_report(period: str, style: dict[str, Any], words: str) -> None:
    text = write_report(OUTSOURCING, figures({"signed": {"total": "1"}}, period), ReportStyle(**(STYLE | style)))
    assert text.paragraphs[0].startswith(LEAD + words)
    assert text.headline is not None
    assert text.headline.startswith(words)


@pytest.mark.parametrize(("period", "label"), [
    ("2022-12", "“一带一路”沿线国家"), ("2023-01", "共建“一带一路”国家"), ("2024-06", "共建“一带一路”国家")])
def test_labels_change_by_period(period: str, label: str) -> None:
    read = figures({"signed": {"belt_and_road": "1"}}, period)
    assert report_of(read)[0].startswith(f"从国际市场看，{label}合同签约额1万美元")


@pytest.mark.parametrize(("raw", "headline"), [
    ({"signed": {"total": ["442826.44", "164.14"]}}, "今年上半年大连市服务外包合同签约额同比增长164.14%"),
    ({"signed": {"total": "442826.44"}}, "今年上半年大连市服务外包合同签约额442826.44万美元"),
    ({"executed": {"total": ["5", "0"]}}, "今年上半年大连市服务外包接包合同执行额与上年同期持平"),
    ({"executed": {"ito": "5"}}, None)])
def test_the_headline(raw: dict[str, Any], headline: str | None) -> None:
    assert written(raw).headline == headline


# --- wrong figures --------------------------------------------------------------------------

@pytest.mark.parametrize(("raw", "path", "rule", "words"), [
    ({"signed": {"total": -5}}, "signed total", "wrong-value", "负数"),
    ({"signed": {"total": [-5, 3]}}, "signed total 0", "wrong-value", "负数"),
    ({"signed": {"total": [5, -100.01]}}, "signed total 1", "wrong-value", "−100%"),
    ({"signed": {"total": "5"}}, "signed total", "wrong-type", "不加引号"),
    ({"signed": {"total": ["5", 3]}}, "signed total 0", "wrong-type", "不加引号"),
    ({"signed": {"total": [5, "3.5%"]}}, "signed total 1", "wrong-type", "百分号"),
    ({"signed": {"total": True}}, "signed total", "wrong-type", "数字"),
    ({"signed": {"total": date(2022, 1, 1)}}, "signed total", "wrong-type", "数字"),
    ({"signed": {"total": []}}, "signed total", "wrong-type", "[数值, 同比]"),
    ({"signed": {"total": [405, 832, 5]}}, "signed total", "wrong-type", "要写成"),
    ({"signed": {"total": [[1, 2]]}}, "signed total 0", "wrong-type", "数字"),
    ({"signed": {"total": 10**15 + 1}}, "signed total", "wrong-value", "太大"),
    ({"signed": {"total": [1, 10**6 + 1]}}, "signed total 1", "wrong-value", "太大"),
    ({"signed": {"total": Decimal("1.1234567")}}, "signed total", "wrong-value", "小数"),
    ({"signed": {"total": {"previous": 5}}}, "signed total", "missing-key", "value"),
    ({"signed": {"total": {"value": 5, "grwoth": 5}}}, "signed total grwoth", "unknown-key", "grwoth"),
    ({"signed": {"total": {"value": 5, "previous": -1}}}, "signed total previous", "wrong-value", "负数"),
    ({"signed": {"total": {"value": 5, "comparable": "是"}}}, "signed total comparable", "wrong-type", "true"),
    ({"signed": {"totol": 5}}, "signed totol", "unknown-key", "total"),
    ({"signed": {"外资企业": 5}}, "signed 外资企业", "unknown-key", "foreign"),
    ({"singed": {"total": 5}}, "singed", "unknown-key", "signed"),
    ({"signed": 5}, "signed", "wrong-type", "[report.signed]"),
    ({"executed": {"markets": 5}}, "executed markets", "wrong-type", "[[名称, 数值]"),
    ({"executed": {"markets": ["日本", 5]}}, "executed markets", "wrong-type", "[[名称, 数值]"),
    ({"executed": {"markets": [["日本"]]}}, "executed markets 0", "wrong-type", "[名称, 数值]"),
    ({"executed": {"markets": [["日本", 5, 1, 2]]}}, "executed markets 0", "wrong-type", "[名称, 数值]"),
    ({"executed": {"markets": [[5, "日本"]]}}, "executed markets 0 1", "wrong-type", "数字"),
    ({"executed": {"markets": [["  ", 5]]}}, "executed markets 0 0", "wrong-type", "名称"),
    ({"executed": {"markets": [["日\n本", 5]]}}, "executed markets 0 0", "wrong-value", "一行"),
    ({"executed": {"markets": [["日" * 61, 5]]}}, "executed markets 0 0", "wrong-value", "60 字"),
    ({"executed": {"markets": [["日本", 5], ["日本", 4]]}}, "executed markets 1 0", "wrong-value", "列了两次"),
    ({"executed": {"markets": [[str(i), 5] for i in range(31)]}}, "executed markets", "wrong-value", "30 项"),
    ({"executed": {"markets": [{"name": "日本"}]}}, "executed markets 0", "missing-key", "value")])
def test_wrong_figures_are_placed_and_worded(raw: dict[str, Any], path: str, rule: str, words: str) -> None:
    def typed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: typed(part) for key, part in value.items()}
        if isinstance(value, list):
            return [typed(part) for part in value]
        return Decimal(str(value)) if isinstance(value, float) else value

    _, complaints = read_figures(typed(raw), Period(2022, 6), OUTSOURCING, ("report",))
    found = [(" ".join(map(str, complaint.path[1:])), complaint.rule) for complaint in complaints]
    assert (path, rule) in found
    assert any(words in complaint.message for complaint in complaints)


# --- random figures -------------------------------------------------------------------------

PLAIN_ITEMS = [name for name, item in OUTSOURCING.items.items() if not item.ranking]
_value = st.decimals(0, 10**7, places=2).map(str) | st.integers(0, 10**6).map(str)
_growth = st.decimals(-100, 2000, places=2).map(str) | st.sampled_from(["0", "0.00", "0.03", "-0.03", "-100", "100"])
_figure = st.one_of(_value, st.tuples(_value, _growth).map(list))
_ranking = st.lists(st.sampled_from(NAMES), unique=True, max_size=10).flatmap(
    lambda names: st.tuples(*[st.one_of(_value.map(lambda v, name=name: [name, v]),
                                        st.tuples(_value, _growth).map(lambda t, name=name: [name, *t]))
                              for name in names]).map(list))
_measure = st.fixed_dictionaries({}, optional={
    **dict.fromkeys(PLAIN_ITEMS, _figure), "markets": _ranking})
_report = st.fixed_dictionaries({}, optional={"signed": _measure, "executed": _measure})
_styles = st.fixed_dictionaries({
    "period": st.sampled_from(["mofcom", "nbs"]), "over_100": st.sampled_from(["percent", "times"]),
    "lead": st.sampled_from(["显示", "根据"]), "change": st.booleans(), "month": st.booleans()})

_BAD_PAIRS = re.compile(r"[，。；、（：]{2,}|[，；、（][）。]|^[，。；、）]|分别[，。；]|[和、][，。；）]|为[，。；]")


def _well_formed(read: ReportFigures, text: str) -> None:
    for paragraph in text.split("\n") if text else ():
        assert paragraph.endswith("。")
        assert not _BAD_PAIRS.search(paragraph)
        assert not re.search(r"None|\d[Ee][+-]?\d|[-−{}]|NaN|Infinity", paragraph)
        for opening, closing in ("（）", "“”"):
            depth = 0
            for char in paragraph:
                depth += (char == opening) - (char == closing)
                assert depth in (0, 1)
            assert depth == 0
        _counted(paragraph)


def _counted(paragraph: str) -> None:
    """As many values and rates after 分别 as names before it."""
    labels = [item.label for item in OUTSOURCING.items.values() if not item.ranking] + NAMES
    names = 0
    for clause in re.split("[；。]", paragraph):
        before, apart, after = clause.partition("分别为")
        names = sum(before.count(label) for label in labels) or names
        if apart:
            values, _, rates = after.partition("，同比分别")
            assert names > 1
            assert values.count("万美元") == names
            assert not rates or len(re.findall(r"%|倍", rates)) == names
            assert values.count("和") == 1
        else:
            assert "分别" not in clause
            assert clause.count("万美元") <= 1


def _typed(read: ReportFigures) -> tuple[Counter[str], Counter[str]]:
    values, rates = Counter[str](), Counter[str]()
    for _, _, _, figure in read.every():
        values[format(figure.value, "f")] += 1
        if figure.growth is not None and abs(figure.growth) >= Decimal("0.05"):
            rates[format(abs(figure.growth), "f")] += 1
    return values, rates


@given(_report, st.sampled_from(["2022-06", "2022-12", "2022-07/month", "2021-01"]), _styles, _report)
@settings(max_examples=60, deadline=None)
def test_random_figures_make_whole_sentences(raw: Any, period: str, style: Any, before: Any) -> None:
    read = figures(raw, period)
    earlier = figures(before, "2022-05")
    text = write_report(OUTSOURCING, read, ReportStyle(**(STYLE | style)), earlier)
    joined = "\n".join(text.paragraphs)
    _well_formed(read, re.sub("据累计数推算[^。]*。", "", joined))
    _well_formed(read, joined)
    assert bool(text.paragraphs) == bool(read.figures or read.rankings)
    assert text.headline is None or not re.search(r"None|[-−{}。]", text.headline)


@given(_report)
@settings(max_examples=60, deadline=None)
def test_every_typed_digit_is_written_exactly_once(raw: Any) -> None:
    read = figures(raw)
    text = "\n".join(report_of(read))
    values, rates = _typed(read)
    assert Counter(re.findall(r"(\d+(?:\.\d+)?)万美元", text)) == values
    assert Counter(re.findall(r"(\d+(?:\.\d+)?)%", text)) == rates


# --- a definition of one's own --------------------------------------------------------------

PUBLICATION = """[publication]
name = "软件之窗"
organiser = "滨海市软件协会"
[report]
definition = "software-exports"
region = "滨海市"
short_region = "全市"
source = "市软件协会"
"""
EXPORTS = """[issue]
number = 1
date = 2024-07-10
[report]
period = "2024-06"
[report.exports]
city = [88.50, 12.3]
products = [40.1, 3]
services = [38.40, 25.1]
embedded = 10
parks = [["东港园区", 31.2], ["西山园区", 20.05]]
[report.firms]
city = { value = 1208, previous = 1208 }
parks = [["东港园区", 402, -1.5]]
"""
EXPORTS_TEXT = """市软件协会统计，今年上半年全市软件业软件出口额88.50亿元，同比增长12.3%；\
出口企业数1208家，与上年同期持平。
软件产品、信息技术服务和嵌入式系统软件出口额分别为40.1亿元（同比增长3%）、38.40亿元（同比增长25.1%）和10亿元。\
按软件出口额计，居前两位的是东港园区和西山园区，软件出口额依次为31.2亿元和20.05亿元；\
按出口企业数计，东港园区居首，出口企业数402家，同比下降1.5%。
"""


def workspace_with(root: Path, publication: str = PUBLICATION, issue: str = EXPORTS) -> Path:
    shutil.copytree(HERE / "data" / "templates", root / "templates")
    (root / "2024-07").mkdir()
    (root / "publication.toml").write_text(publication, "utf-8")
    (root / "2024-07" / "issue.toml").write_text(issue, "utf-8")
    return root


def test_a_new_report_needs_no_python(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace_with(tmp_path)
    assert run(["report", "2024-07", "--workspace", str(tmp_path)]) == 0
    assert capsys.readouterr().out == EXPORTS_TEXT


def test_a_new_reports_headline_and_wrong_keys(tmp_path: Path) -> None:
    root = workspace_with(tmp_path)
    place = Workspace(root, date(2024, 7, 10), root)
    text = read_issue(place, root / "2024-07" / "issue.toml").report_text
    assert text is not None
    assert text.headline == "滨海市今年上半年软件业软件出口额同比增长12.3%"
    (root / "2024-07" / "issue.toml").write_text(EXPORTS.replace("[report.exports]", "[report.signed]"), "utf-8")
    with pytest.raises(InputFault) as caught:
        read_issue(place, root / "2024-07" / "issue.toml")
    assert "exports、firms" in caught.value.findings[0].message


def test_an_unknown_definition_is_placed_in_the_publication(tmp_path: Path) -> None:
    root = workspace_with(tmp_path, PUBLICATION.replace('"software-exports"', '"software-export"'))
    with pytest.raises(InputFault, match="software-exports") as caught:
        read_issue(Workspace(root, date(2024, 7, 10), root), root / "2024-07" / "issue.toml")
    assert (caught.value.findings[0].span.file, caught.value.findings[0].span.line) == ("publication.toml", 5)


@pytest.mark.parametrize("name", ["../software-exports", "software-exports/", "software-exports\n", "Software", "", ".",
                                  "/etc", "software_exports"])
def test_hostile_definition_names(name: str) -> None:
    with pytest.raises(InputFault, match="没有"):
        load_definition(name, [HERE / "data" / "templates"])


SOFTWARE = (HERE / "data" / "templates" / "reports" / "software-exports" / "definition.toml").read_text("utf-8")


@pytest.mark.parametrize(("old", "new", "words"), [
    ('items = ["city"]', 'items = ["town"]', "“town”"),
    ('measures = ["exports", "firms"]\nopening', 'measures = ["export"]\nopening', "“export”"),
    ('[["products", "services", "embedded"]]', '[["product"]]', "“product”"),
    ('opening = "{period}{short_region}{item}"', 'opening = "{periode}"', "{periode}"),
    ('opening = "{period}{short_region}{item}"', 'opening = "{names}"', "{names}"),
    ('opening = "{period}{short_region}{item}"', 'opening = "{item.label}"', "item.label"),
    ('opening = "{period}{short_region}{item}"', 'opening = "{item!r}"', "!"),
    ('opening = "{period}{short_region}{item}"', 'opening = "{0}"', "{0}"),
    ('opening = "{period}{short_region}{item}"', 'opening = "{item"', "没有配对"),
    ('one = "{names}居首，{measure}{values}"', 'one = "{item}居首"', "{item}"),
    ('依次为{values}"', '依次为{growth}"', "{growth}"),
    ('text = "{region}{period}{item}{measure}{growth}"', 'text = "{values}"', "{values}"),
    ('lead = "{according}{source}统计，"', 'lead = "{item}"', "{item}"),
    ('form = "ranking"', 'form = "items"', "排名项目"),
    ('items = ["parks"]', 'items = ["city"]', "排名项目"),
    ('items = ["parks"]', "items = []", "至少要有 1 项"),
    ('form = "parallel"', 'form = "sideways"', "parallel"),
    ("ranking = true", "rank = true", "rank"),
    ('label = "软件产品"', 'labl = "软件产品"', "label"),
    ('since = "2024-01"', 'since = "2024"', "2023-01"),
    ("[measures.exports]", "[measure.exports]", "measures")])
def test_faults_of_a_definition(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert SOFTWARE.count(old) >= 1
    folder = tmp_path / "reports" / "mine"
    folder.mkdir(parents=True)
    (folder / "definition.toml").write_text(SOFTWARE.replace(old, new, 1), "utf-8")
    with pytest.raises(InputFault) as caught:
        load_definition("mine", [tmp_path])
    assert any(words in finding.message for finding in caught.value.findings)


# --- the author's words ---------------------------------------------------------------------

WORDS = """
[report.text]
before = '''本期起改用**新口径**。'''
1 = '''总额首次超过四十亿美元。'''
after = '''以上数据为初步统计。'''
note = '''执行额按到账时间统计。'''
"""


def with_words(root: Path, words: str = WORDS) -> Path:
    workspace = root / "words"
    shutil.copytree(SAMPLES, workspace, ignore=shutil.ignore_patterns("out", ".press"))
    file = workspace / "2022-08" / "issue.toml"
    text = file.read_text("utf-8")
    own, at = text.index("[report.text]"), text.index("[[news]]")  # the sample's own words make room
    text = text[:own] + text[at:]
    at = text.index("[[news]]")
    file.write_text(text[:at] + words + text[at:], "utf-8")
    return workspace


def test_the_authors_words_stand_in_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = with_words(tmp_path)
    assert run(["report", "2022-08", "--workspace", str(workspace)]) == 0
    lines = capsys.readouterr().out.splitlines()
    written = report_of(JUNE, MAY, change=True, month=True)
    assert lines == ["本期起改用新口径。", written[0], "总额首次超过四十亿美元。", *written[1:],
                     "以上数据为初步统计。", "注：执行额按到账时间统计。"]


def test_charts_stay_with_their_paragraphs_where_words_stand_between(tmp_path: Path) -> None:
    workspace = with_words(tmp_path)
    issue = read_issue(Workspace(workspace, date(2022, 9, 1), workspace), workspace / "2022-08" / "issue.toml")
    (section,) = [section for section in issue.document.sections if section.kind == "report"]
    item = section.items[0]
    assert item.exhibits
    assert {chart.name: chart.after for chart in item.exhibits.charts} == \
        {"run": 2, "markets": 3, "ownership": 4, "business": 5}


def test_the_authors_words_are_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = with_words(tmp_path, "\n[report.text]\nafter = '''去年下降三倍,今年增长。'''\nafterr = '''多了。'''\n")
    assert run(["check", "2022-08", "--workspace", str(workspace)]) == 1
    out = capsys.readouterr().out
    assert "unknown-key" in out and "afterr" in out
    workspace = with_words(tmp_path / "again", "\n[report.text]\nafter = '''去年下降三倍,今年增长。'''\n")
    assert run(["check", "2022-08", "--workspace", str(workspace)]) == 1
    out = capsys.readouterr().out
    assert "fall-in-multiples" in out and "halfwidth-mark" in out
