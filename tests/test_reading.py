"""Reading TOML: every fault in one round, every suggestion right when taken, every word Chinese."""

from __future__ import annotations

import ast
import errno
import importlib.util
import random
import re
import sys
import time
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic_core import core_schema
from workspaces import HEAD, PUBLICATION_TEXT, TODAY, checked, covered, write

from bulletin_press.authoring.fixing import _edited, proposed
from bulletin_press.ground.diagnostics import Finding, InputFault
from bulletin_press.ground.system_errors import reason
from bulletin_press.issue.reading import read_issue
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition_files import load_definition
from bulletin_press.toml.complaints import _worded
from bulletin_press.toml.positions import TOMLLIB_WORDS, in_chinese, parse_table, plain_values, scan_table
from bulletin_press.toml.source import Source, read_source
from bulletin_press.toml.typed_values import in_unit, number_meant, period_meant

ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")

# --- what was meant -------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "growth", "amount"), [
    ("(12.93)", "-12.93", None), ("（12.93）", "-12.93", None), ("(12.93%)", "-12.93", None),
    ("(1,234.5)", "-1234.5", None), ("持平", "0", None), ("与上年同期持平", "0", None),
    ("442,826.44", "442826.44", "442826.44"), ("４４２，８２６．４４", "442826.44", "442826.44"),
    ("１２．３４", "12.34", "12.34"), ("12.93%", "12.93", None), ("-12.93 %", "-12.93", None),
    ("－１２．９３％", "-12.93", None), ("＋3.1", "3.1", "3.1"), ("−3.1", "-3.1", None), ("+12.93%", "12.93", None),
    ("△3.1", None, None), ("▲3.1", None, None), ("3.1▲", None, None), ("▽3.1", "-3.1", None), ("▼ 3.1", "-3.1", None),
    ("↑3.1%", "3.1", None), ("3.1↓", "-3.1", None), ("3.1个百分点", None, None), ("下降3.1个百分点", None, None),
    ("—", None, None), ("——", None, None), ("-", None, None), ("/", None, None), ("…", None, None), ("……", None, None),
    ("空", None, None), ("N/A", None, None), ("n.a.", None, None), ("null", None, None), ("", None, None),
    ("约120", None, None), ("近120", None, None), ("120左右", None, None), ("120多", None, None), (">120", None, None),
    ("120亿", None, None), ("120万美元", None, None), ("￥120", None, None), ("1,234", "1234", "1234"),
    ("1 234", "1234", "1234"), ("1\u00a0234.5", "1234.5", "1234.5"), ("'123", "123", "123"), ("#DIV/0!", None, None),
    ("#N/A", None, None), ("#REF!", None, None), ("4.43E+05", None, None), ("下降12.93%", "-12.93", None),
    ("同比增长3.1%", "3.1", None), ("增长1.2倍", "120", "120"), ("增长2.345倍", "234.5", "234.5"),
    ("1.2倍", None, None),
    ("翻番", "100", "100"), ("翻两番", None, None), ("007", "7", "7"), (".5", "0.5", "0.5"), ("5.", "5", "5"),
    ("1.2.3", None, None), ("12,34", None, None), ("1,23,456", None, None), ("甲", None, None), ("12.93*", None, None),
    ("九", None, None), ("９" * 60, None, None)])
def test_what_a_number_was_meant_to_be(typed: str, growth: str | None, amount: str | None) -> None:
    for wanted, advice in ((growth, number_meant(typed)), (amount, number_meant(typed, amount=True))):
        assert (advice.suggestion if advice else None) == wanted
        if wanted is not None and not wanted.startswith("0"):
            assert number_meant(wanted) is None or number_meant(wanted).suggestion == wanted  # type: ignore[union-attr]


def test_a_number_with_its_unit_is_right_in_that_unit_only() -> None:
    advice = number_meant("120万美元")
    assert advice is not None
    assert in_unit(advice, "万美元").suggestion == "120"
    assert in_unit(advice, "亿元").suggestion is None
    assert "亿元" in in_unit(advice, "亿元").message


@pytest.mark.parametrize(("typed", "meant"), [
    ("2023-Q2", "2023-06"), ("2023Q1", "2023-03"), ("2022q4", "2022-12"), ("2022.6", "2022-06"), ("2022.10", "2022-10"),
    ("2022.1", None), ("2022年6月", "2022-06"), ("２０２２年６月", "2022-06"), ("202206", "2022-06"), ("2022-6",
    "2022-06"),
    ("2022/06", "2022-06"), ("2022－06", "2022-06"), ("6月", None), ("1-6月", None), ("2022H1", "2022-06"),
    ("2022H2", None),
    ("2022上半年", "2022-06"), ("2022年下半年", None), ("前三季度", None), ("2022年前三季度", "2022-09"),
    ("2022年一季度", "2022-03"), ("2022年二季度", None), ("2022年1-6月", "2022-06"), ("2022年1—6月份", "2022-06"),
    ("2022年2-6月", None), ("2022全年", "2022-12"), ("2022年", None), ("2022", None), ("2022-13", None),
    ("2022-00", None),
    ("2022-06-30", "2022-06"), ("2022-06-01", "2022-06"), ("2022-06-15", None), ("2022-1-6", None),
    ("2022年6月当月", "2022-06/month"), ("2022-06/Month", "2022-06/month"), ("本月", None), ("", None),
    ("22-06", None)])
def test_what_a_period_was_meant_to_be(typed: str, meant: str | None) -> None:
    advice = period_meant(typed)
    assert advice.suggestion == (meant and f'"{meant}"')
    assert "2022-06/month" in advice.message  # the forms that there are


ROW = '[report]\nperiod = "2022-06"\n[report.signed]\n'


@pytest.mark.parametrize(("line", "marked", "suggestion", "certain"), [
    ("total = 986.35\t12.40%", "986.35\t12.40%", "[986.35, 12.40]", False),
    ("total = 986.35  (12.40)", "986.35  (12.40)", "[986.35, -12.40]", False),
    ("total = 986.35\t持平", "986.35\t持平", "[986.35, 0]", False),
    ("total = 986.35\t—", "986.35\t—", "986.35", False),
    ("total = 405,832.99, 12.4", "405,832.99, 12.4", "[405832.99, 12.4]", False),
    ("total = 405,832.99", "405,832.99", "405832.99", True),
    ('total = ["442,826.44", 3]', '"442,826.44"', "442826.44", True),
    ('total = "442,826.44"', '"442,826.44"', "442826.44", True),
    ('total = [5, "持平"]', '"持平"', "0", False),
    ('total = [5, "12.93%"]', '"12.93%"', "12.93", True),
    ('total = [5, "（12.93）"]', '"（12.93）"', "-12.93", False),
    ("total = [5, (12.93)]", "(12.93)", "-12.93", False),
    ("total = [5, －12.93％]", "－12.93％", "-12.93", True),
    ("total = (12.93)", "(12.93)", None, False),
    ("total = 12.4%", "12.4%", None, False),
    ("total = [#DIV/0!, 3]", "#DIV/0!", None, False),
    ("total = #N/A", "#N/A", None, False),
    ("total = [5, #N/A]", "#N/A", None, False),
    ("total = 120亿美元", "120亿美元", None, False),
    ("total = 120万美元", "120万美元", "120", True),
    ('total = "1,200万美元"', '"1,200万美元"', "1200", True),
    ("total = [5, 3.1个百分点]", "3.1个百分点", None, False),
    ("total = '123.5", "'123.5", "123.5", True),
    ("total = 442 826.44", "442 826.44", None, False),
    ("total = [161,801.34]", "161,801.34", "161801.34", False),
    ("total = [161,801.34, 2.1]", "161,801.34", "161801.34", True),
    ('markets = [\n  ["日本", 33203, #DIV/0!],\n  ["欧盟", 5, 3],\n]', "#DIV/0!", None, False),
    ("markets = [\n  日本\t33,203\t-12.93%\n]", "日本\t33,203\t-12.93%", '["日本", 33203, -12.93],', False),
    ('markets = [\n  [日本, 33203],\n]', "日本", '"日本"', False)])
def test_figures_as_sheets_have_them(tmp_path: Path, line: str, marked: str, suggestion: str | None,
                                     certain: bool) -> None:
    result = checked(tmp_path, HEAD + ROW + line + "\n")
    (found,) = result.findings
    assert (covered(tmp_path, found.span), found.suggestion, found.fixable) == (marked, suggestion, certain)
    if suggestion is None:
        return
    # Taken, it is right: no fault of reading is left.
    mended = (HEAD + ROW + line).replace(marked, suggestion, 1)
    assert checked(tmp_path / "b", mended + "\n").readable


@pytest.mark.parametrize(("period", "suggestion"), [
    ("2022.6", '"2022-06"'), ("2022年6月", '"2022-06"'), ("2022-06", '"2022-06"'), ("2022Q2", '"2022-06"'),
    ("2022-06-30", '"2022-06"'), ("202206", '"2022-06"'), ("2022/06", '"2022-06"'), ("6月", None), ('"前三季度"', None),
    ("2022-06/month", '"2022-06/month"')])
def test_periods_as_people_write_them(tmp_path: Path, period: str, suggestion: str | None) -> None:
    (found,) = checked(tmp_path, HEAD + f"[report]\nperiod = {period}\n[report.signed]\ntotal = 5\n").findings
    assert (covered(tmp_path, found.span), found.suggestion) == (period, suggestion)


# --- all in one round -----------------------------------------------------------------------

NINE = """[issue]
number ＝ 8
date = 2022年8月26日

[report]
period = 2022Q2
[report.signed]
total = 986.35\t12.40%
rcep = ["11,250", 持平]
[report.executed]
markets = [
  ["日本", 33203, #DIV/0!],
  ["美国" 5],
]

[news]
titel = "甲"
source = 宁波市商务局"
body = '''
正文\x0b第二段
'''

[[news]]
title = "他说"好"了"
source = "没有结尾
body = '''
没有结束

[[event]]
body = '''
动态
'''
[tip
term = 1
body = "x"
"""


def test_many_faults_in_one_round(tmp_path: Path) -> None:
    found = checked(tmp_path, NINE).findings
    assert [(finding.span.line, finding.rule) for finding in found] == [
        (2, "toml-syntax"), (3, "toml-syntax"), (6, "toml-syntax"), (8, "toml-syntax"), (9, "wrong-type"),
        (9, "toml-syntax"), (12, "toml-syntax"), (13, "toml-syntax"), (16, "duplicate-key"), (17, "unknown-key"),
        (18, "toml-syntax"), (20, "toml-syntax"), (24, "toml-syntax"), (25, "toml-syntax"), (26, "toml-syntax"),
        (33, "toml-syntax"), (34, "wrong-type")]


def test_two_rounds_are_enough(tmp_path: Path) -> None:
    text = NINE
    for fault, right in (("没有结束\n", "没有结束\n'''\n"), ("#DIV/0!", "5"), ("term = 1", 'term = "一"')):
        text = text.replace(fault, right, 1)
    second = checked(tmp_path, taken(text, checked(tmp_path / "a", text).findings))
    assert second.readable, [str(finding) for finding in second.findings]


def taken(text: str, findings: tuple[Finding, ...]) -> str:
    """A text with every suggestion taken."""
    lines = text.split("\n")
    for finding in sorted(findings, key=lambda one: one.span, reverse=True):
        span = finding.span
        if finding.suggestion is not None and span.line == span.end_line:
            line = lines[span.line - 1]
            lines[span.line - 1] = line[: span.column - 1] + finding.suggestion + line[span.end_column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(("text", "lines"), [
    ('[news]\ntitle = "一"\n[[news]]\ntitle = "二"\n', [1]),
    ('[news]\ntitle = "一"\n[news]\ntitle = "二"\n', [1, 3]),
    ('[[news]]\ntitle = "一"\n[news]\ntitle = "二"\n', [3]),
    ('[news]\ntitle = "一"\nimages = [{ file = "a.png" }]\n[news.x]\ny = 1\n[[news]]\ntitle = "二"\n', [1]),
])
def test_single_brackets_for_one_of_several(text: str, lines: list[int]) -> None:
    table = scan_table(Source("x", text))
    assert [(finding.span.line, finding.suggestion, finding.fixable) for finding in table.findings()] == \
        [(line, "[[news]]", True) for line in lines]
    assert [one["title"] for one in table.values["news"]] == ["一", "二"]
    assert table.places["news", 0, "title"].key[0] == text.index("title")
    parse_table(Source("x", taken(text, tuple(table.findings()))))


CERTAIN = ("title ＝ “甲”\n", "a = [1， 2]\n", "a = '''\n甲\x0b乙\n'''\n", "a = 1\u2028b = 2\n",
    'source = 宁波市商务局"\n',
           'title = "没有结尾\nb = 1\n', "a = 405,832.99\n", "a == 1\n", "a： 1\n", "number 8\n", "[[news]\n",
           "【issue】\n",
           "a = True\n",
           "[a]\nmarkets = [\n  ['甲', 1\n  ['乙', 2],\n]\n", "a = [[1, 2]; [3, 4]]\n", "a = [1；2]\n",
           "a = { b = 1; c = 2 }\n", "a = { b = 1 c = 2 }\n", "number = 8；\n", "title = 'x'，\n", "a = 1 // 注\n",
           "[report] period = '2022-06'\n", "[[issue]\n", 'date = "2022-08-26\n', "date = 2022-08-26。\n",
           "organiser = 某协会\n", "a = 2022年8月6日\n", "a = { b = 1, }\n", "a = '''\n甲\n’’’\n", "x = 'a\x01b'\n",
           "a = 1\rb = 2\n")


@pytest.mark.parametrize("text", CERTAIN)
def test_what_is_beyond_doubt_is_right_when_taken(text: str) -> None:
    table = scan_table(Source("x", text))
    assert table.faults
    assert all(finding.fixable for finding in table.findings())
    assert parse_table(Source("x", taken(text, tuple(table.findings())))).values == table.values


@pytest.mark.parametrize(("text", "line", "words", "suggestion"), [
    ('body = "第一段\n第二段\n"\n', 1, "要放在 \'\'\'", None), ("body = \'\'\n正文\n\'\'\n", 2, "各三个引号", None),
    ("title = 'It's'\n", 1, "双引号", '"It\'s"'), ('image = "a.jpg", "b.jpg"\n', 1, "方括号", None),
    ("[report.signed]\ntotal = 405832.99, 238.15]\n", 2, "方括号", "[405832.99, 238.15]"),
    ("[rules]\nno-source = of\n", 2, "轻重", '"off"'), ("[publication]\nprint_run = 500册\n", 2, "引号", '"500册"')])
def test_slips_of_other_kinds(text: str, line: int, words: str, suggestion: str | None) -> None:
    (found,) = scan_table(Source("x", text)).findings()
    assert (found.span.line, found.suggestion, found.fixable) == (line, suggestion, False)
    assert words in found.message


def test_what_could_not_be_read_brings_no_second_fault(tmp_path: Path) -> None:
    for text in (
        '[[news]]\ntitle "甲"\nbody = "乙"\n', "[[news]]\ntitle = \nbody = '乙'\n",
        '[[news]]\ncaption = "甲"\nimage = a.png"x\n'
        'title = "甲"\nbody = "乙"\n', "[issue\n", '[report]\nperiod = \n[report.signed]\ntotal = 5\n'):
        whole = HEAD + text if "[issue" not in text else text + "number = 8\ndate = 2022-08-26\n"
        found = checked(tmp_path, whole).findings
        assert [finding.rule for finding in found] == ["toml-syntax"], (text, found)


def test_faults_of_the_publication_and_of_the_issue_come_together(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": PUBLICATION_TEXT + 'thme = "x"\neditor ＝ "乙"\n'})
    found = checked(tmp_path, HEAD + '[[event]]\nbdy = "正文"\n').findings
    assert {finding.span.file for finding in found} == {"publication.toml", "2022-08/issue.toml"}
    assert len(found) == 3


# --- numbers out of bounds ------------------------------------------------------------------


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400", "1e99999",
    "9" * 41, "9" * 5000, "[" * 30 + "1" + "]" * 30,
                                   "{ a = " * 25 + "1" + " }" * 25])
def test_one_reader_refuses_what_no_figure_is(tmp_path: Path, value: str) -> None:
    start = time.process_time()
    with pytest.raises(InputFault):
        parse_table(Source("x", f"a = {value}\n"))
    with pytest.raises(InputFault):
        plain_values(Source("x", f"a = {value}\n"))
    bad = HEAD.replace("8", "7") + ROW.replace("06", "05") + f"total = [{value}, 2.4]\n"
    good = HEAD + ROW + "total = [5, 2.4]\n"
    place = write(tmp_path, {"2022-07/issue.toml": bad, "2022-08/issue.toml": good,
                             "templates/checks/thresholds.toml": "base_ratio = 3\n"})
    result = check(place, tmp_path / "2022-08/issue.toml")
    assert {finding.rule for finding in result.findings} == {"unreadable-earlier-issue"}
    write(tmp_path, {"templates/checks/thresholds.toml": f"\nbase_ratio = {value}\n"})
    (found, *_) = check(Workspace(tmp_path, TODAY, tmp_path), tmp_path / "2022-08/issue.toml").findings
    assert (found.span.line, found.span.file.endswith("thresholds.toml")) == (2, True)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("line", ["growth_high = 1e12", "growth_low = -1e12", "month_ratio = 0", 'month_ratio = "3倍"',
                                  'picture_dpi = "200"', "screen_dpi = 10"])
def test_thresholds_out_of_bounds(tmp_path: Path, line: str) -> None:
    write(tmp_path, {"templates/checks/thresholds.toml": f"# 界限\n{line}\n"})
    (found,) = checked(tmp_path, HEAD + ROW + "total = 5\n").findings
    assert found.span.line == 2
    assert not ENGLISH.search(found.message)


# --- limits, by name ------------------------------------------------------------------------


def test_limits_are_named(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, HEAD + '[[news]]\ntitle = "甲"\nbody = "乙"\n' * 203).findings
    assert "最多 200 项，现在有 203 项" in found.message


@pytest.mark.parametrize(("name", "words"), [
    ("跨境电商", "改成这样的名称"), ("很" * 300, "小写英文字母"), ("a" * 300, "不超过 40 个字符"), ("pelagic",
    "templates/reports/"),
    ("service-outsorcing", "是不是 service-outsourcing"), ("a/b", "小写英文字母"), ("..", "小写英文字母")])
def test_a_definition_that_is_not_there(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "templates/reports/跨境电商").mkdir(parents=True)
    (tmp_path / "templates/reports/跨境电商/definition.toml").write_text('title = "x"\n', "utf-8")
    write(tmp_path, {"publication.toml": PUBLICATION_TEXT + f'[report]\ndefinition = "{name}"\n'})
    (found,) = checked(tmp_path, HEAD + ROW + "total = 5\n").findings
    assert words in found.message
    assert (found.span.file, found.span.line) == ("publication.toml", 5)
    assert len(found.message) < 400


# --- definitions ----------------------------------------------------------------------------

DEFINITION = """title = "快递"
[measures.volume]
label = "业务量"
[items.total]
label = "合计"
[items.markets]
label = "市场"
ranking = true
[headline]
item = "total"
measures = ["volume"]
text = "{period}{measure}{growth}"
[charts.run]
kind = "run"
title = "走势"
items = ["total"]
measures = ["volume"]
[[paragraphs]]
lead = "{according}"
[[paragraphs.sentences]]
form = "measures"
items = ["total"]
measures = ["volume"]
opening = "{period}，{item}"
"""


@pytest.mark.parametrize(("old", "new", "marked", "words"), [
    ("{period}，{item}", "{期间}，{item}", "{期间}", "不认识"),
    ('text = "{period}', 'text = "{perod}', "{perod}", "不认识"),
    ('lead = "{according}"', 'lead = "甲{item}"', "{item}", "不认识"),
    ('opening = "{period}，{item}"', 'opening = "{period，{item}"', "{", "没有配对"),
    ('form = "measures"', 'form = "mesures"', '"mesures"', "只能是"),
    ('form = "measures"', 'form = "items"', "opening", "不用 opening"),
    ('opening = "', 'many = "', "many", "不用 many"),
    ('items = ["total"]\nmeasures = ["volume"]\nopening', 'items = ["totl"]\nmeasures = ["volume"]\nopening', '"totl"',
    "没有定义的项目"),
    ('measures = ["volume"]\nopening', 'measures = ["volum"]\nopening', '"volum"', "没有定义的指标"),
    ('items = ["total"]\nmeasures = ["volume"]\nopening', 'items = ["markets"]\nmeasures = ["volume"]\nopening',
    '"markets"', "排名"),
    ('item = "total"\nmeasures', 'item = "all"\nmeasures', '"all"', "没有定义的项目"),
    ('kind = "run"\ntitle = "走势"\nitems = ["total"]', 'kind = "run"\ntitle = "走势"\nitems = ["total", "markets"]',
    '["total", "markets"]',
     "一个项目"),
    ("ranking = true", "ranking ＝ true", "＝", "半角"),
    ('label = "业务量"', 'label = 5', "5", "文字"),
    ("[charts.run]", "[charts.table]", "[charts.table]", "图表不能叫")])
def test_faults_of_a_definition_stand_at_their_own_place(tmp_path: Path, old: str, new: str, marked: str,
                                                         words: str) -> None:
    assert old in DEFINITION
    path = tmp_path / "reports/mine/definition.toml"
    path.parent.mkdir(parents=True)
    path.write_text(DEFINITION.replace(old, new, 1), "utf-8")
    with pytest.raises(InputFault) as caught:
        load_definition("mine", [tmp_path])
    found = caught.value.findings
    assert words in found[0].message, found
    assert covered(Path("/"), found[0].span) == marked
    # One cause, one finding; but a chart of two items may have a second that is wrong by itself.
    assert len(found) == 1 or "一个项目" in words


# --- in Chinese -----------------------------------------------------------------------------


def test_all_that_tomllib_says_has_words() -> None:
    """Every message of its source, this Python's."""
    spec = importlib.util.find_spec("tomllib._parser")
    assert spec is not None
    assert spec.origin is not None
    said = set()
    for node in ast.walk(ast.parse(Path(spec.origin).read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("suffixed_err", "TOMLDecodeError"):
            for part in ast.walk(node):
                if isinstance(part, ast.JoinedStr) and part.values and isinstance(part.values[0], ast.Constant):
                    said.add(str(part.values[0].value))
                elif isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                    said.add(part.value)
    said -= {" (at "}
    assert len(said) > 20
    unknown = [message for message in said if not message.startswith(" ") and "at " not in message
               and in_chinese(message) == "这里不合 TOML 的写法"]
    assert unknown == []
    assert not any(re.search("[A-Za-z]{3,}", words.replace("TOML", "")) for words in TOMLLIB_WORDS.values())


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_all_that_pydantic_says_has_words(kind: str) -> None:
    context = {"gt": 1, "ge": 1, "lt": 1, "le": 1, "max_length": 5, "min_length": 1, "actual_length": 9,
               "expected": "'a' or 'b'"}
    for value in (5, "x", [1], {}):
        complaint = _worded({"type": kind, "loc": ("a", 0), "msg": "Input should be a valid thing", "input": value,
                             "ctx": context}, ("a", 0), lambda path: ("b",), lambda key: ())
        assert re.search("[\u4e00-\u9fff]", complaint.message)
        assert "Input" not in complaint.message
        assert not ENGLISH.search(complaint.message)


def test_all_that_the_system_says_has_words() -> None:
    for code in errno.errorcode:
        words = reason(OSError(code, "Permission denied"))
        assert re.search("[\u4e00-\u9fff]", words)
        assert not ENGLISH.search(words)


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(__import__("os"), "geteuid"), reason="POSIX")
def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "a.toml").write_text("a = 1", "utf-8")
    monkeypatch.setattr("os.open", refused)
    with pytest.raises(InputFault, match="没有权限"):
        read_source(tmp_path / "a.toml")


def test_mutants_are_answered_in_chinese_and_at_their_place() -> None:
    spec = importlib.util.spec_from_file_location("mutants", Path(__file__).parent / "proofs" / "mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    count = module.proof(0.03, random.Random(TODAY.isoformat()).randrange(10**6))
    assert not count.wrong, count.samples


def test_decimals_are_read_by_one_reader() -> None:
    assert plain_values(Source("x", "a = 1.50\n"))["a"] == parse_table(Source("x",
        "a = 1.50\n")).values["a"] == Decimal("1.50")
    assert plain_values(Source("x", 'a = "' + "9" * 60 + '"\n'))["a"] == "9" * 60
    assert tomllib.loads("a = nan")["a"] != 0


def test_fixes_of_syntax_touch_their_span_alone() -> None:
    table = scan_table(Source("x", "a ＝ 1\nb = [1， 2]\n"))
    assert _edited(table.source.text, table.findings()) == ("a = 1\nb = [1, 2]\n", 2)


def test_an_issue_is_read_though_another_is_broken(tmp_path: Path) -> None:
    place = write(tmp_path, {"2022-07/issue.toml": "[[[", "2022-08/issue.toml": HEAD + ROW + "total = 5\n"})
    assert read_issue(place, tmp_path / "2022-08/issue.toml").figures


def test_fix_puts_right_all_that_is_certain(tmp_path: Path) -> None:
    """Nine mistakes, of syntax and of values, in one run; the report's digits are as typed."""
    text = ('[issue]\nnumber ＝ "8"\ndate = "2022-08-26"\n\n[report]\nperiod = 2022-06\n\n[report.signed]\n'
            'total = [442,826.44, 164.14]\nrcep = "157,439.66"\n\n[news]\ntitle = "第一则\nsource = 商务局"\n'
            "body = \'\'\'\n正文。\n\'\'\'\n\n[[news]]\ntitle = “第二则”\nsource = \"新华网\"，\nbody = '另一段。'\n")
    workspace = write(tmp_path, {"2022-08/issue.toml": text})
    path = workspace.issue_path("2022-08")
    (change,) = proposed(workspace, [path])
    path.write_text(change.after, "utf-8")
    checked = check(workspace, path)
    assert checked.readable
    assert re.findall(r"\d", change.after) == re.findall(r"\d", text)
