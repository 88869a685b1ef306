"""``press import``: from a sheet into issue.toml, and nothing that nobody asked for."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from commands import Press
from sheets import COUNTRIES, MINISTRY, Rows, ministry, xls, xlsx
from workspaces import HEAD, PUBLICATION_TEXT, samples, write

from bulletin_press.ground.resources import templates_folder
from bulletin_press.intake.grid import Amount
from bulletin_press.intake.labels import label_of
from bulletin_press.intake.naming import Names
from bulletin_press.intake.splice import Numbers, Setting, spliced
from bulletin_press.intake.units import converted
from bulletin_press.report.definition_files import load_definition
from bulletin_press.toml.positions import parse_table
from bulletin_press.toml.source import Source

PERIOD = '\n[report]\nperiod = "2022-06"\n'
SCAFFOLD = HEAD + PERIOD + """
[report.signed]            # 合同签约额（万美元）
# total = [数值, 同比]           # 服务外包（包含在岸）；上期 405832.99
# foreign = [数值, 同比]         # 外资企业

[report.executed]          # 接包合同执行额（万美元）
total = [143309.75, 2.4]   # 已核
# markets = [              # 发包市场，由大到小
#   ["日本", 数值, 同比],   # 上期 33203
# ]
hmt = 1                    # 待核

# ── 二、行业资讯 ──

[[event]]
body = "正文"              # 不动
"""


def report(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["report"]  # type: ignore[no-any-return]


def place(root: Path, issue: str = SCAFFOLD, **files: str) -> Path:
    write(root / "issues", {"2022-08/issue.toml": issue} | files)
    return root / "issues/2022-08/issue.toml"


# --- the ministry's sheet, end to end -------------------------------------------------------


def test_a_sheet_goes_into_the_issue_and_every_figure_says_where_it_came_from(press: Press, tmp_path: Path) -> None:
    ministry(tmp_path / "2022年6月.xlsx")
    path = place(tmp_path)
    ran = press("import", "2022年6月.xlsx", "--yes")
    assert ran.status == 1 and ran.out == ""  # one figure is typed differently
    found = report(path)
    assert found["signed"]["total"] == {
        "value": Decimal("442826.44"), "growth": Decimal("164.14"), "month": [Decimal("36993.45")]}
    assert found["signed"]["foreign"] == Decimal("183310.75")
    assert found["executed"]["kpo"] == [Decimal("3082.90"), Decimal("-14.88")]
    assert str(found["executed"]["kpo"][0]) == "3082.90"
    assert found["executed"]["markets"] == [["日本", 33203, Decimal("-12.93")], ["欧盟", 27292, Decimal("-23.08")],
                                            ["荷兰", 24192, Decimal("-20.08")]]
    assert found["source"]["signed.total"] == "2022年6月.xlsx!6月!C6（442826.4414）、D6、B6"
    assert found["source"]["executed.markets.日本"] == "2022年6月.xlsx!国别!B3、C3"
    assert found["executed"]["hmt"] == 1 and "executed.hmt" not in found["source"]
    assert "executed.hmt" in ran.err and "11130.42" in ran.err
    for said in ("工作表“草稿”是隐藏的", "第 17 行是隐藏的", "6月当月的数", "6月!G11", "没有说它的句子"):
        assert said in ran.err
    assert "保税研发" not in ran.err
    text = path.read_text("utf-8")
    assert ("total = { value = 442826.44, growth = 164.14, month = [36993.45] }"
            "  # 服务外包（包含在岸）；上期 405832.99\n") in text
    assert "# 已核\n" in text and 'body = "正文"              # 不动\n' in text and "# ── 二、行业资讯 ──" in text
    assert press("check", "--only", "issue").status == 0


def test_next_month_is_one_command_and_a_changed_layout_is_told(press: Press, tmp_path: Path) -> None:
    ministry(tmp_path / "2022年6月.xlsx")
    path = place(tmp_path, HEAD + PERIOD)
    assert press("import", "2022年6月.xlsx", "--yes").status == 0
    kept = (tmp_path / "issues/intake.toml").read_text("utf-8")
    assert '"RCEP国家" = "rcep"' in kept and 'file = "*年*月.xlsx"' in kept and kept.startswith("# press import")
    before = path.read_bytes()
    again = press("import", "2022年6月.xlsx", "--yes")
    assert again.status == 0 and "都相同" in again.err and "表头和上次不同" not in again.err
    assert path.read_bytes() == before and (tmp_path / "issues/intake.toml").read_text("utf-8") == kept
    july = [[cell.replace("6月", "7月") if isinstance(cell, str) else cell for cell in row] for row in MINISTRY]
    july[4] = [None, None, "金额", "同比", None, "金额", "占比"]
    xlsx(tmp_path / "2022年7月.xlsx", {"7月": july}, percent="DG", merged=("A1:G1", "A3:A5", "B3:D3", "E3:G3", "B4:B5",
                                                                      "C4:D4", "E4:E5", "F4:G4"))
    write(tmp_path / "issues", {"2022-09/issue.toml": HEAD + PERIOD.replace("06", "07")})
    ran = press("import", "2022年7月.xlsx", "2022-09", "--yes")
    assert "表头和上次不同" in ran.err and "占比" in ran.err
    assert report(tmp_path / "issues/2022-09/issue.toml")["executed"]["kpo"] == Decimal("3082.90")


def test_what_a_person_wrote_into_the_memory_stays_and_is_used(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", {"表": (("项目", "签约金额1", "弃"), ("大账", 10, 5), ("RCEP国家", 4, 2))})
    path = place(tmp_path, HEAD + PERIOD, **{"intake.toml": '# 我的说明\n[labels]\n"签约金额1" = "signed"   # 注\n'
                                             '"大账" = "total"\n"弃" = ""\n'})
    assert press("import", "a.xlsx", "--yes").status == 0
    assert report(path)["signed"] == {"total": 10, "rcep": 4}
    kept = (tmp_path / "issues/intake.toml").read_text("utf-8")
    assert "# 我的说明" in kept and '"签约金额1" = "signed"   # 注\n' in kept and '"RCEP国家" = "rcep"' in kept


TWO: Rows = (("项目", "合同签约额", "合同签约额"), ("RCEP国家", 4, 5), ("合计", 7, 7))


def test_two_cells_that_fit_are_listed_and_neither_is_taken(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", {"表": TWO})
    path = place(tmp_path, HEAD + PERIOD)
    ran = press("import", "a.xlsx", "--yes")
    assert ran.status == 1
    assert report(path)["signed"] == {"total": 7}  # the same in both
    assert "表!B2（4" in ran.err and "表!C2（5" in ran.err and '"signed.rcep" = "表!B2"' in ran.err
    memory = tmp_path / "issues/intake.toml"
    memory.write_text(memory.read_text("utf-8") + 'cells = { "signed.rcep" = "C2" }\n', "utf-8")
    assert press("import", "a.xlsx", "--yes").status == 0
    assert report(path)["signed"]["rcep"] == 5
    assert report(path)["source"]["signed.rcep"] == "a.xlsx!表!C2"


@pytest.mark.parametrize("answers", [("是", "否"), ("是", "是")])
def test_nothing_typed_is_replaced_without_asking(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                  answers: tuple[str, str]) -> None:
    ministry(tmp_path / "6月.xlsx")
    path = place(tmp_path)
    given = iter(answers)
    from bulletin_press.cli import talk

    monkeypatch.setattr(talk, "answer_to", lambda question: asked.append(question) or next(given))
    asked: list[str] = []
    press("import", "6月.xlsx")
    assert "executed.hmt 已填 1，表里是 11130.42" in asked[1]
    assert report(path)["executed"]["hmt"] == (Decimal("11130.42") if answers[1] == "是" else 1)
    assert "# 待核" in path.read_text("utf-8")


def test_a_refusal_leaves_everything_as_it_was(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ministry(tmp_path / "6月.xlsx")
    path = place(tmp_path)
    from bulletin_press.cli import talk

    monkeypatch.setattr(talk, "answer_to", lambda question: "否")
    assert press("import", "6月.xlsx").status == 1
    assert path.read_text("utf-8") == SCAFFOLD and not (tmp_path / "issues/intake.toml").exists()


def test_a_sheet_of_another_month_is_not_taken_by_yes(press: Press, tmp_path: Path) -> None:
    ministry(tmp_path / "a.xlsx")
    path = place(tmp_path, HEAD + PERIOD.replace("06", "05"))
    ran = press("import", "a.xlsx", "--yes")
    assert ran.status == 1 and "2022年6月，这一期报的是2022年1—5月份" in ran.err
    assert "signed" not in report(path)


def test_a_single_months_report_takes_the_month(press: Press, tmp_path: Path) -> None:
    ministry(tmp_path / "a.xlsx")
    path = place(tmp_path, HEAD + PERIOD.replace("06", "06/month"))
    press("import", "a.xlsx", "--yes")
    assert report(path)["signed"]["total"] == Decimal("36993.45")


def test_hidden_rows_and_one_sheet_are_read_when_asked_for(press: Press, tmp_path: Path) -> None:
    ministry(tmp_path / "a.xlsx")
    place(tmp_path, HEAD + PERIOD)
    ran = press("import", "a.xlsx", "--yes", "--hidden", "--sheet", "6月")
    assert "保税研发" in ran.err and "国别" not in ran.err
    assert press("import", "a.xlsx", "--sheet", "七月").status == 2


def test_a_gbk_csv_and_a_byte_order_mark_and_crlf(press: Press, tmp_path: Path) -> None:
    lines = [",".join("" if cell is None else f'"{cell}"' for cell in row) for row in COUNTRIES]
    (tmp_path / "a.csv").write_bytes("\r\n".join(lines).encode("gb18030"))
    path = place(tmp_path, HEAD + PERIOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert press("import", "a.csv", "--yes").status == 0
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\n") == data.count(b"\r\n")
    assert tomllib.loads(data.decode("utf-8-sig"))["report"]["executed"]["total"] == [143309.75, 2.4]


# --- other associations ---------------------------------------------------------------------

SENTENCE = '[[paragraphs]]\n[[paragraphs.sentences]]\nform = "measures"\nitems = ["total"]\n'
SOFTWARE = ('title = "软件业"\n[measures.income]\nlabel = "软件业务收入"\n[measures.profit]\nlabel = "利润总额"\n'
            '[items.total]\nlabel = "软件业"\n[items.product]\nlabel = "软件产品"\nwithin = "total"\n'
            + SENTENCE + 'measures = ["income"]\n')
EXPRESS = ('title = "快递"\n[measures.volume]\nlabel = "快递业务量"\nunit = "亿件"\n[measures.income]\n'
           'label = "快递业务收入"\n'
           '[items.total]\nlabel = "快递"\n[items.city]\nlabel = "同城快递"\nshort = "同城"\nwithin = "total"\n'
           + SENTENCE + 'measures = ["volume"]\n')
TRADE = ('title = "外贸"\n[measures.amount]\nlabel = "进出口总额"\n[measures.exports]\n'
         'label = "出口总额"\nshort = "出口"\n'
         '[items.total]\nlabel = "进出口"\n' + SENTENCE + 'measures = ["amount"]\n')


def other(root: Path, definition: str, unit: str, period: str) -> Path:
    return place(root, HEAD + f'\n[report]\nperiod = "{period}"\n', **{
        "publication.toml": PUBLICATION_TEXT + f'[report]\ndefinition = "own"\nunit = "{unit}"\n',
        "templates/reports/own/definition.toml": definition})


def test_measures_in_rows_of_an_old_workbook(press: Press, tmp_path: Path) -> None:
    xls(tmp_path / "a.xls", (
        ("2020年1-5月软件业主要指标", None, None, None, None, None), ("指标名称", "单位", "5月", None, "1-5月", None),
        (None, None, "绝对值", "同比增长", "绝对值", "同比增长"), ("软件业务收入", "亿元", 500.1, .05, 2345.678, .081),
        ("　其中：软件产品", "亿元", 100.2, .01, 600.5, .071), ("利润总额", "万元", 10000.0, .1, 1234567.0, .062),
        ("从业人员平均人数", "万人", None, None, 65.4, .012)),
        [(0, 0, 0, 5), (1, 2, 0, 0), (1, 2, 1, 1), (1, 1, 2, 3), (1, 1, 4, 5)], (3, 5))
    path = other(tmp_path, SOFTWARE, "亿元", "2020-05")
    ran = press("import", "a.xls", "--yes")
    found = report(path)
    assert found["income"]["total"] == [Decimal("2345.7"), Decimal("8.1")]
    assert found["income"]["product"] == [Decimal("600.5"), Decimal("7.1")]
    assert found["profit"] == {"total": [Decimal("123.4567"), Decimal("6.2")]}  # 万元 → 亿元
    assert "表里是万元，已换算成亿元" in ran.err and "不认识：从业人员平均人数" in ran.err
    assert found["source"]["profit.total"] == "a.xls!Sheet1!E6（1234567万元）、F6"


def test_the_cumulative_before_the_month(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", {"表": (
        ("2020年5月快递服务企业业务情况表",), ("指标名称", "单位", "本年累计", None, "本月", None),
        (None, None, "自年初累计", "比去年同期增长（%）", "当月", "比去年同期增长（%）"),
        ("一、快递业务量", "万件", 2615000, 18.4, 738000, 41.1), ("  其中：同城", "万件", 423000, 4.3, 108000, 16.2),
        ("二、快递业务收入", "亿元", 2980.1, 9.8, 770.9, 25.1), ("  其中：同城", "亿元", 256.2, -10.2, 64.6, 1))})
    path = other(tmp_path, EXPRESS, "亿元", "2020-05")
    assert press("import", "a.xlsx", "--yes").status == 0
    assert report(path)["volume"]["total"] == [Decimal("261.5"), Decimal("18.4")]
    assert report(path)["volume"]["city"] == [Decimal("42.3"), Decimal("4.3")]
    assert report(path)["income"]["city"] == [Decimal("256.2"), Decimal("-10.2")]


def test_months_in_rows(press: Press, tmp_path: Path) -> None:
    heads = ("月份", "截止日期", "进出口总额_当月(亿美元)_Mon", "进出口总额_累计值(亿美元)_Cumu",
             "出口总额_累计值(亿美元)_Cumu",
             "进出口总额_累计同比增速(上年同期=100)(%)_CumuYoY", "进出口差额_累计值(美元)_Cumu")
    rows = [(m, f"2000-{m:02}-28", 300 + m, 300 * m, 150 * m, 30 + m, 15_390_000) for m in range(1, 8)]
    xlsx(tmp_path / "a.xlsx", {"表": (heads, *rows)})
    path = other(tmp_path, TRADE, "亿美元", "2000-05")
    ran = press("import", "a.xlsx", "--yes")
    assert report(path)["amount"] == {"total": [1500, 35]} and report(path)["exports"] == {"total": 750}
    assert "别的月份" in ran.err and "进出口差额" in ran.err


def test_only_the_month_is_there(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", {"表": (
        ("出口：亿美元", 1, 2, 3, 4, 5, 6), *((year, 10, 11, 12, 13, 14, 15) for year in (1998, 1999, 2000)))})
    other(tmp_path, TRADE, "亿美元", "2000-05")
    assert "表里只有当月数，报的是累计数" in press("import", "a.xlsx", "--yes").err


def test_a_year_alone_is_all_of_it(press: Press, tmp_path: Path) -> None:
    rows = (("指标", "2000年", "1999年"), ("进出口总额（亿美元）", 4743.1, 3606.3))
    xlsx(tmp_path / "a.xlsx", {"表": rows})
    path = other(tmp_path, TRADE, "亿美元", "2000-05")
    assert "像是全年的数" in press("import", "a.xlsx", "--yes").err and "amount" not in report(path)
    xlsx(tmp_path / "b.xlsx", {"表": (("2000年1-5月进出口情况",), *rows)})
    assert press("import", "b.xlsx", "--yes").status == 0
    assert report(path)["amount"]["total"] == {"value": Decimal("4743.1"), "previous": Decimal("3606.3")}


@pytest.mark.parametrize(("rates", "taken"), [((.0512, .1234), False), ((5.12, 12.34), True), ((.5, 1.2), True)])
def test_rates_that_were_not_multiplied_are_asked_about(press: Press, tmp_path: Path, rates: tuple[float, float],
                                                        taken: bool) -> None:
    xlsx(tmp_path / "a.xlsx", {"表": (("项目", "合同签约额（万美元）", "同比（%）"), ("合计", 7, rates[0]),
                                     ("RCEP国家", 4, rates[1]))})
    path = place(tmp_path, HEAD + PERIOD)
    ran = press("import", "a.xlsx", "--yes")
    assert isinstance(report(path)["signed"]["total"], list) == taken
    assert ("没有乘 100" in ran.err) != taken


# --- faults ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("arguments", "status", "said"), [
    (("none.xlsx",), 2, "没有 none.xlsx 这个文件"), (("issues",), 1, "文件夹"),
    (("a.xlsx", "2023-01"), 2, "没有“2023-01”这一期"),
    (("b.xlsx",), 1, "没有这一期月报要的数"), (("empty.xlsx",), 1, "是空的")])
def test_faults_are_told_in_a_line(press: Press, tmp_path: Path, arguments: tuple[str, ...], status: int,
                                   said: str) -> None:
    ministry(tmp_path / "a.xlsx")
    xlsx(tmp_path / "b.xlsx", {"表": (("甲", 1),)})
    xlsx(tmp_path / "empty.xlsx", {"表": ()})
    place(tmp_path)
    ran = press("import", *arguments, "--yes")
    assert ran.status == status and said in ran.err


def test_without_a_workspace_a_report_or_a_period(press: Press, tmp_path: Path) -> None:
    ministry(tmp_path / "a.xlsx")
    assert "这里没有刊物" in press("import", "a.xlsx").err
    place(tmp_path, HEAD)
    assert "period" in press("import", "a.xlsx").err
    place(tmp_path, HEAD, **{"publication.toml": PUBLICATION_TEXT + '[report]\ndefinition = "none"\n'})
    assert "不出数据月报" in press("import", "a.xlsx").err


# --- parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "field", "value"), [
    ("1—5月累计", "span", "cumulative"), ("本期累计", "name", ""), ("本期累计", "span", "cumulative"),
    ("本月止累计", "span", "cumulative"), ("同期累计", "role", "previous"),
    ("上半年", "month", 6), ("本月", "span", "month"), ("2022年5月", "year", 2022),
    ("比上年同期增长（%）", "role", "growth"), ("上年同期累计", "role", "previous"), ("占比（%）", "role", "share"),
    ("比重同比增减（百分点）", "role", "share_change"), ("环比涨跌幅(%)", "role", "mom"), ("环比涨跌幅(%)", "name", ""),
    ("拉动增长（个百分点）", "role", "contribution"), ("同比增减（百分点）", "role", "points"),
    ("环比增减额", "role", "other"), ("上月", "role", "other"),
    ("同比增速(上年同月=100)(%)", "role", "growth"), ("居民消费价格指数(上年同月=100)", "index", "growth"),
    ("消费价格指数(2020年=100)", "role", "other"), ("上月=100", "index", "mom"), ("二季度", "span", "quarter"),
    ("单位：万美元", "unit", "万美元"), ("合同额（亿元）", "unit", "亿元"), ("其中：RCEP国家", "name", "rcep国家"),
    ("（二）业务流程外包（BPO）", "name", "业务流程外包bpo"), ("3. KPO", "name", "kpo")])
def test_labels(text: str, field: str, value: object) -> None:
    assert getattr(label_of(text), field) == value


@pytest.mark.parametrize(("text", "measures", "items", "known"), [
    ("合同签约额", {"signed"}, set(), True), ("合同执行额", {"executed"}, set(), True),
    ("服务外包合同签约额", {"signed"}, {"total"}, True), ("港澳台商投资企业", set(), {"hmt"}, True),
    ("外商投资企业", set(), {"foreign"}, True), ("外资企业研发中心", set(), set(), False),
    ("在岸", set(), set(), False),
    ("共建“一带一路”国家", set(), {"belt_and_road"}, True), ("大连市", set(), set(), True)])
def test_a_name_is_a_name_in_full_or_not_at_all(text: str, measures: set[str], items: set[str], known: bool) -> None:
    names = Names(load_definition("service-outsourcing", (templates_folder(),)), ("大连市",))
    found = names.named(label_of(text).name, text)
    assert (set(found.measures), set(found.items), found.known) == (measures, items, known)


@pytest.mark.parametrize(("shown", "exact", "unit", "wanted", "number", "doubt"), [
    ("40.58", "40.58", "亿美元", "万美元", "405800", False),
    ("40.58", "40.583299", "亿美元", "万美元", "405832.99", False),
    ("40.58", "40.58329912345", "亿美元", "万美元", "405800", True), ("11250", "11250", "万元", "亿元", "1.125", False),
    ("7", "7", None, "万元", "7", False), ("7", "7", "万元", "万美元", None, False)])
def test_units(shown: str, exact: str, unit: str | None, wanted: str, number: str | None, doubt: bool) -> None:
    found = converted(Amount(Decimal(shown), Decimal(exact)), unit, wanted)
    assert (found and f"{found.number:f}", bool(found and found.doubt)) == (number, doubt)


@pytest.mark.parametrize(("typed", "after"), [
    ("total = [1, 2]  # 注", "total = [3.50, -4]  # 注"), ("total = 1", "total = [3.50, -4]"),
    ("total = [1]", "total = [3.50, -4]"),
    ("total = { value = 1, comparable = true }", "total = { value = 3.50, growth = -4, comparable = true }"),
    ("total = { value = 1, growth = 2 } # 注", "total = { value = 3.50, growth = -4 } # 注"),
    ("total = [ 1 ,\n 2, ]", "total = [ 3.50 ,\n -4, ]")])
def test_a_figure_changes_in_its_place(typed: str, after: str) -> None:
    table = parse_table(Source("issue.toml", f'[report]\nperiod = "2022-06"\n[report.signed]\n{typed}\n'))
    setting = Setting("signed", "total", "总额", Numbers(Decimal("3.50"), Decimal("-4")))
    assert after in spliced(table, [setting], {}, {})


def test_every_sample_can_be_taken_back_as_it_was(press: Press, tmp_path: Path) -> None:
    samples(tmp_path / "issues")
    ministry(tmp_path / "2022年6月.xlsx")
    path = tmp_path / "issues/2022-08/issue.toml"
    before = report(path)
    assert press("import", "2022年6月.xlsx", "2022-08", "--yes").status == 0
    after = report(path)
    assert {key: after[key] for key in before} == before and len(after["source"]) == 18
    assert press("check", "2022-08").status == 0


@pytest.mark.parametrize(("file", "heads", "doubted"), [
    ("6月.csv", "金额", True), ("6月.csv", "1-5月累计", False), ("5月.csv", "金额", False), ("报表.csv", "金额", False),
    ("1-6月.csv", "金额", True)])
def test_a_file_named_for_another_month_is_doubted(press: Press, tmp_path: Path, file: str, heads: str, *,
                                                   doubted: bool) -> None:
    path = other(tmp_path, TRADE, "亿美元", "2022-05")
    (tmp_path / file).write_text(f"项目,进出口总额{heads}（亿美元）,同比（%）\n合计,100.5,3.5\n", "utf-8")
    ran = press("import", file, "--yes")
    assert ("文件名里写的是6月，表里没有写月份" in ran.err) == doubted
    assert ("amount" in report(path)) != doubted
