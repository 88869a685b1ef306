"""The rules about figures: by hand on the sample issues, at random on consistent figures."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workspaces import HEAD, PUBLICATION_TEXT, by_rule, checked, samples, write

from bulletin_press.checks.engine import entries
from bulletin_press.checks.rule import Copy, Data, Family
from bulletin_press.ground.diagnostics import Finding, InputFault, Severity
from bulletin_press.language.numerals import Period, plain, rounded
from bulletin_press.pipeline import Checked, check
from bulletin_press.publication.thresholds import load_thresholds
from bulletin_press.publication.workspace import ISSUE, Workspace
from bulletin_press.report.added_months import AddedMonths
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import base_interval, derived_month, gained_growth
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import ReportFigures

D = Decimal
ARITHMETIC = ("parts-do-not-sum", "growth-contradicts-base", "growth-outside-parts", "part-exceeds-whole")


# --- the sample issues, by hand --------------------------------------------------------------


def unwaived(root: Path, name: str) -> Checked:
    """A sample issue as it would be found with nothing waived."""
    samples(root)
    for path in root.glob(f"*/{ISSUE}"):
        text = path.read_text("utf-8")
        path.write_text(text[: text.index("[allow]")], "utf-8")
    workspace = Workspace(root, read_date(), root)
    return check(workspace, root / name / ISSUE, only={Family.DATA})


def read_date() -> Any:
    from workspaces import TODAY

    return TODAY


def rows(result: Checked) -> list[tuple[str, str]]:
    return [(finding.rule, finding.marked) for finding in result.findings]


def message(findings: tuple[Finding, ...], rule: str, marked: str) -> str:
    (one,) = [finding for finding in by_rule(findings, rule) if finding.marked == marked]
    return one.message


def test_the_half_year_sample(tmp_path: Path) -> None:
    result = unwaived(tmp_path / "issues", "2022-08")
    assert sorted(rows(result)) == sorted([
        ("identical-growth", "-20.08"), ("overlapping-items", '"荷兰"'), ("base-drifts", "2.4"),
        ("month-outlier", "92397.96"), ("month-outlier", "21419.22"), ("month-outlier", "15824.32"),
        ("month-outlier", "3082.90"),
        ("hidden-reversal", "164.14"), ("hidden-reversal", "-20.08"),
        ("implausible-growth", "164.14"), ("implausible-growth", "844.93"), ("implausible-growth", "127.73"),
        ("scope-mismatch", "2.4"), ("blocs-exceed-total", "157439.66"),
        ("mixed-decimals", "33145.6"), ("mixed-decimals", "2.4")])
    assert not result.has(Severity.ERROR)
    said = result.findings
    # 3082.90 − 1698.11 = 1384.79; 1698.11 / 5 = 339.622; 1384.79 / 339.622 = 4.0774
    assert D("3082.90") - D("1698.11") == D("1384.79")
    assert rounded(D("1384.79") / (D("1698.11") / 5), 2) == D("4.08")
    assert "6月当月1384.79，是1—5月月均339.62的4.08倍" in message(said, "month-outlier", "3082.90")
    # (442826.44 − 405832.99) / (442826.44 / 2.6414 − 405832.99 / 3.3815) − 1
    june = D("442826.44") / D("2.6414") - D("405832.99") / D("3.3815")
    assert rounded((D("36993.45") / june - 1) * 100, 1) == D("-22.3")
    turned = message(said, "hidden-reversal", "164.14")
    assert "累计同比增长164.14%，倒推的6月当月却下降22.3%" in turned
    assert "“一带一路”沿线国家合同签约额和RCEP国家合同签约额也是这样" in turned
    # 102670.76 / 1.021 − 56072.78 / .8371 − 18842.96 / .749 − 1698.11 / .6248, and the same of June
    may = (D("102670.76") / D("1.021") - D("56072.78") / D(".8371") - D("18842.96") / D(".749")
           - D("1698.11") / D(".6248"))
    half = (D("143309.75") / D("1.024") - D("77174.16") / D(".8888") - D("23970.09") / D(".8224")
            - D("3082.90") / D(".8512"))
    assert rounded(may, 0) == 5699
    assert rounded(half - may, 0) == 14654
    drift = message(said, "base-drifts", "2.4")
    assert "在岸" in drift
    assert "1—5月约5699，6月当月却约14654" in drift


def test_the_five_month_sample(tmp_path: Path) -> None:
    result = unwaived(tmp_path / "issues", "2022-07")
    assert sorted(rows(result)) == sorted([
        ("overlapping-items", '"荷兰"'),
        ("implausible-growth", "238.15"), ("implausible-growth", "1073.29"), ("implausible-growth", "159.84"),
        ("scope-mismatch", "2.1"), ("blocs-exceed-total", "145607.7"),
        ("mixed-decimals", "145607.7"), ("mixed-decimals", "2.1")])
    assert D("145607.7") + D("90601.17") == D("236208.87")
    assert D("161801.34") + D("29030.10") + D("20637.23") == D("211468.67")
    assert "236208.87，超过离岸合计的211468.67" in message(result.findings, "blocs-exceed-total", "145607.7")


def test_the_partitions_of_the_samples_agree_exactly() -> None:
    assert D("54971.35") + D("12148.44") + D("9494.06") == D("56072.78") + D("18842.96") + D("1698.11")
    assert D("78283.45") + D("14813.28") + D("11130.42") == D("77174.16") + D("23970.09") + D("3082.90")


@pytest.mark.parametrize("name", ["2022-07", "2022-08"])
def test_the_samples_keep_few_warnings(name: str, tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    result = check(Workspace(root, read_date(), root), root / name / ISSUE)
    assert not result.has(Severity.ERROR)
    assert len(result.findings) < 5
    assert not by_rule(result.findings, "unused-waiver")


# --- earlier issues --------------------------------------------------------------------------

REPORT = HEAD + '[report]\nperiod = "2022-06"\n[report.executed]\nkpo = [3082.90, -14.88]\n'
EARLIER = 'number = 7\ndate = 2022-07-12\n[report]\nperiod = "{period}"\n[report.executed]\nkpo = [1698.11, -37.52]\n'


def compared(root: Path, earlier: str) -> list[str]:
    write(root, {f"2022-07/{ISSUE}": earlier})
    return [finding.rule for finding in checked(root, REPORT, only={Family.DATA}).findings]


@pytest.mark.parametrize(("period", "found"), [
    ("2022-05", ["month-outlier", "hidden-reversal"]),
    ("2021-05", ["period-does-not-follow"]), ("2022-05/month", ["period-does-not-follow"]),
    ("2022-06", ["period-does-not-follow"]), ("2022-07", ["period-does-not-follow"])])
def test_only_earlier_months_of_the_year_are_compared(period: str, found: list[str], tmp_path: Path) -> None:
    assert compared(tmp_path, "[issue]\n" + EARLIER.format(period=period)) == found


@pytest.mark.parametrize("broken", ["[issue\n", "[issue]\nnumber = ", "\ufffe", "[report]\nperiod = 5\n",
                                    '[report]\nperiod = "2022-05"\n[report.executed]\nkpo = "x"\n',
                                    "a" + ".a" * 20_000 + " = 1\n"])
def test_a_broken_earlier_issue_is_told_once_and_no_failure(broken: str, tmp_path: Path) -> None:
    assert compared(tmp_path, broken) == ["unreadable-earlier-issue"]


def test_a_fault_outside_the_report_does_not_matter(tmp_path: Path) -> None:
    text = "[issue]\nnonsense = 1\n" + EARLIER.format(period="2022-05")
    assert compared(tmp_path, text) == ["month-outlier", "hidden-reversal"]


def test_no_earlier_issue_of_the_year_is_told_once(tmp_path: Path) -> None:
    # The publication's first issue in the press has nothing before it.
    assert not checked(tmp_path, REPORT, only={Family.DATA}).findings
    write(tmp_path, {f"2021-12/{ISSUE}": "[issue]\nnumber = 12\ndate = 2021-12-20\n"})
    (found,) = checked(tmp_path, REPORT, only={Family.DATA}).findings
    assert (found.rule, found.severity) == ("unreadable-earlier-issue", Severity.INFO)
    first = REPORT.replace("number = 8", "number = 1")
    assert not checked(tmp_path, first, only={Family.DATA}).findings


# --- consistent figures are never accused ----------------------------------------------------

ITEMS = ("ito", "bpo", "kpo", "foreign", "domestic", "hmt")
DEFINITION = Definition.model_validate({
    "title": "试", "measures": {"executed": {"label": "执行额"}},
    "items": {"total": {"label": "总额"}, "whole": {"label": "合计", "within": "total"},
              **{item: {"label": item, "within": "total"} for item in ITEMS}},
    "wholes": [{"label": "合计", "item": "whole", "within": "total", "rest": "其余",
                "partitions": [list(ITEMS[:3]), list(ITEMS[3:])]}],
    "paragraphs": [{"sentences": [{"form": "measures", "items": ["total"], "measures": ["executed"]}]}]})

amounts = st.integers(0, 10**9).map(lambda number: D(number) / 1000)


@st.composite
def years(draw: Any) -> dict[str, tuple[Decimal, Decimal]]:
    """Exact values of two years (now, before): two partitions of one whole, which is within a total."""
    exact: dict[str, tuple[Decimal, Decimal]] = {}
    for item in ITEMS[:3]:
        exact[item] = (draw(amounts), draw(amounts))
    whole = tuple(sum((exact[item][year] for item in ITEMS[:3]), D(0)) for year in (0, 1))
    cuts = [sorted((draw(st.integers(0, 1000)), draw(st.integers(0, 1000)))) for _ in (0, 1)]
    shares = [(low, high - low, 1000 - high) for low, high in cuts]
    for index, item in enumerate(ITEMS[3:]):
        exact[item] = (whole[0] * shares[0][index] / 1000, whole[1] * shares[1][index] / 1000)
    exact["whole"] = (whole[0], whole[1])
    exact["total"] = (whole[0] + draw(amounts), whole[1] + draw(amounts))
    return exact


def typed(draw: Any, now: Decimal, before: Decimal) -> Any:
    """A figure as a source prints it: rounded, with growth, previous value, both or neither."""
    def cut(number: Decimal, places: int) -> Decimal:
        return number.quantize(D(1).scaleb(-places), ROUND_HALF_UP)

    places = draw(st.integers(0, 3))
    table: dict[str, Any] = {"value": cut(now, places)}
    kind = draw(st.sampled_from(("plain", "growth", "previous", "both")))
    if kind in ("growth", "both") and before > D("0.5"):
        growth = cut((now / before - 1) * 100, draw(st.integers(0, 2)))
        if growth <= 10**6:
            table["growth"] = growth
    if kind in ("previous", "both"):
        table["previous"] = cut(before, places)
    return table


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_consistent_figures_give_no_arithmetic_error(data: st.DataObject) -> None:
    exact = data.draw(years())
    raw = {"executed": {item: typed(data.draw, *pair) for item, pair in exact.items() if data.draw(st.booleans())}}
    figures, complaints = read_figures(raw, Period(2022, 6), DEFINITION, ("report",))
    assert not complaints
    subject = Data(figures, DEFINITION)
    for name in ARITHMETIC:
        assert list(entries()[name].rule.check(subject)) == [], (name, raw)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_bases_and_rates_that_figures_allow_hold_the_true_ones(data: st.DataObject) -> None:
    before = sorted((data.draw(amounts), data.draw(amounts)))
    now = sorted((data.draw(amounts), data.draw(amounts)))
    raw = [{"executed": {"total": typed(data.draw, now[i], before[i])}} for i in (0, 1)]
    earlier, later = (read_figures(one, Period(2022, 5 + i), DEFINITION, ("report",))[0].figures[("executed", "total")]
                      for i, one in enumerate(raw))
    for figure, true in ((earlier, before[0]), (later, before[1])):
        base = base_interval(figure)
        assert base is None or base.low <= true <= base.high
    growth = gained_growth(later, earlier)
    if growth and before[1] > before[0]:
        true = ((now[1] - now[0]) / (before[1] - before[0]) - 1) * 100
        assert growth.low <= true <= growth.high


# --- single things ---------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "marks"), [
    ("前三大市场为日本和欧盟，执行额分别为1万和2万。", ["前三大市场为日本和欧盟"]),
    ("前三大市场依次为日本、欧盟、荷兰和德国。", ["前三大市场依次为日本、欧盟、荷兰和德国"]),
    ("前2名：大连、沈阳、鞍山。", ["前2名：大连、沈阳、鞍山"]),
    ("前三大市场（按执行额，万美元）为日本（1，2）、欧盟和荷兰。", []),
    ("前三位分别为软件和信息服务业、金融业和物流业。", []),
    ("前三位分别为制造业、金融业、批发和零售业。", []),
    ("前五名为日本、欧盟、荷兰等。", []),
    ("前三季度为增长期，前三个月分别为1、2、3、4。", []),
    ("前三名中有两家为日本、荷兰企业。", []),
    ("前三大市场占六成。", [])])
def test_the_first_three_are_three(text: str, marks: list[str]) -> None:
    rule = entries()["rank-out-of-order"].rule
    assert rule.in_copy is not None
    assert [text[mark.start : mark.end] for mark in rule.in_copy(Copy(text))] == marks


def test_the_first_three_are_found_in_an_issue(tmp_path: Path) -> None:
    body = "[[event]]\nbody = '''\n前三大市场为**日本**和欧盟。\n'''\n"
    (found,) = by_rule(checked(tmp_path, HEAD + body).findings, "rank-out-of-order")
    assert (found.span.line, found.span.column, found.span.end_column) == (6, 1, 16)


def test_a_stretch_of_months() -> None:
    assert AddedMonths(Period(2022, 5), Period(2022, 6)).words == "6月当月"
    assert AddedMonths(Period(2022, 4), Period(2022, 6)).words == "5—6月"
    assert AddedMonths(Period(2022, 1), Period(2022, 2)).before == "1月"


def test_the_derived_month_speaks_of_the_typed_values() -> None:
    def one(value: str, growth: str) -> Any:
        raw = {"executed": {"total": [D(value), D(growth)]}}
        return read_figures(raw, Period(2022, 6), DEFINITION, ())[0].figures[("executed", "total")]

    month = derived_month(one("442826.44", "164.14"), one("405832.99", "238.15"))
    assert month is not None
    assert plain(month.value) == "36993.45"
    assert month.rate is not None
    assert month.rate.value == D("-22.3")


# --- limits ----------------------------------------------------------------------------------


def test_a_publication_lays_its_limits_over_ours(tmp_path: Path) -> None:
    write(tmp_path, {"templates/checks/thresholds.toml": "growth_high = 50\n"})
    report = HEAD.replace("8", "1", 1) + '[report]\nperiod = "2022-06"\n[report.signed]\ntotal = [9, 60]\n'
    (found,) = checked(tmp_path, report, only={Family.DATA}).findings
    assert (found.rule, found.marked) == ("implausible-growth", "60")
    assert load_thresholds((tmp_path / "templates",)).month_ratio == 3


@pytest.mark.parametrize("text", ["growth_hihg = 50\n", "month_ratio = 0.5\n", 'picture_dpi = "200"\n',
                                  "picture_dpi = 200.5\n", "last_page = true\n", "growth_high = nan\n", "x = [\n"])
def test_wrong_limits_are_told_in_their_file(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"templates/checks/thresholds.toml": text})
    with pytest.raises(InputFault) as fault:
        load_thresholds((tmp_path / "templates",))
    assert fault.value.findings
    result = checked(tmp_path, REPORT)
    assert result.has(Severity.ERROR)
    assert all(finding.span.file.endswith("thresholds.toml") for finding in result.findings)


# --- pages -----------------------------------------------------------------------------------

INTERNAL = ('profile = "internal-print"\npermit = "1"\nrecipients = "会员"\nprinter = "厂"\nprint_run = 9\n')


def on_pages(root: Path, issue: str, publication: str = PUBLICATION_TEXT) -> list[Finding]:
    write(root, {"publication.toml": publication})
    return [one for one in checked(root, issue, only={Family.LAYOUT}).findings
            if one.rule in ("page-budget", "low-resolution")]


EVENT = "[[event]]\nbody = '''\n{}\n'''\n"


def test_pages_that_are_not_as_planned(tmp_path: Path) -> None:
    (found,) = on_pages(tmp_path, HEAD + "pages = 8\n" + EVENT.format("一则。"))
    assert (found.rule, found.marked, found.severity) == ("page-budget", "8", Severity.WARNING)
    assert "少了 7 页" in found.message
    assert not on_pages(tmp_path, HEAD + "pages = 1\n" + EVENT.format("一则。"))
    assert not on_pages(tmp_path, HEAD + EVENT.format("一则。"))


def test_print_wants_a_multiple_of_four(tmp_path: Path) -> None:
    (found,) = on_pages(tmp_path, HEAD + EVENT.format("一则。"), PUBLICATION_TEXT + INTERNAL)
    assert "4 的倍数：补足 3 页" in found.message


def test_a_last_page_of_a_few_lines(tmp_path: Path) -> None:
    paragraph = "协会组织会员单位参观企业，了解情况，交流经验。\n\n"
    found = {lines: [one.message for one in on_pages(tmp_path, HEAD + EVENT.format(paragraph * lines))]
             for lines in range(24, 60, 3)}
    nearly_empty = [lines for lines, messages in found.items() if messages]
    assert nearly_empty
    assert len(nearly_empty) < len(found) / 2
    assert all("最后一页" in message for messages in found.values() for message in messages)


def test_a_picture_of_too_few_pixels(tmp_path: Path) -> None:
    from workspaces import png

    issue = HEAD + "[[event]]\nimage = \"images/a.png\"\nbody = '''\n一则。\n'''\n"
    folder = tmp_path / "2022-08" / "images"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(png(600, 300))
    (found,) = on_pages(tmp_path, issue)
    assert (found.rule, found.marked) == ("low-resolution", '"images/a.png"')
    assert "每英寸只有 109 个像素" in found.message  # 600 pixels on 396 pt
    assert "宽 1100 像素" in found.message
    (folder / "a.png").write_bytes(png(1100, 300))
    assert not on_pages(tmp_path, issue)
    # A tall one is held to 297 pt of height: 300 pixels wide on 148.5 pt, 145 to the inch.
    (folder / "a.png").write_bytes(png(300, 600))
    (found,) = on_pages(tmp_path, issue)
    assert "每英寸只有 145 个像素" in found.message


def test_report_figures_are_found_by_name() -> None:
    figures = ReportFigures(Period(2022, 6), {}, {})
    assert figures.find("a", "b") is None
    assert figures.find("a", "b", "c") is None
