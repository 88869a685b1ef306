"""Lines of Word, WPS, pages, Notepad and PDF readers: read as they were meant, each character in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering import make_workspace, pdf_text, read
from test_markup import PATH, nodes, sketch
from workspaces import HEAD, by_rule, checked, covered

from bulletin_press.document.body_tables import loose_columns, ragged_rows
from bulletin_press.document.line_groups import joined_in_doubt
from bulletin_press.document.markup import parse_body
from bulletin_press.document.passages import masked
from bulletin_press.document.web_text import remnants, without_remnants
from bulletin_press.edition import open_edition
from bulletin_press.language.radicals import RADICAL, hanzi_of

LONG = "国务院新闻办公室8月23日举行发布会，介绍我国服务贸易发展情况和2022年"


@pytest.mark.parametrize(("body", "blocks"), [
    ("第一段。\n第二段！\n他说：“好。”\n（见附件。）\n第三段", ["第一段。", "第二段！", "他说：“好。”",
    "（见附件。）", "第三段"]),
    ("　　甲，没有句号\n　　乙也没有", ["甲，没有句号", "乙也没有"]), ("\u00a0\u00a0甲\n\u00a0\u00a0乙", ["甲", "乙"]),
    ("甲的一段\n    乙的一段", ["甲的一段", "乙的一段"]), ("（记者 张三）\n本报讯", ["（记者 张三）", "本报讯"]),
    ("第一条　甲\n第二条 乙\n第三章　丙", ["第一条　甲", "第二条 乙", "第三章　丙"]),
    ("一、总体\n上半年好\n（一）规模\n扩大了", ["一、总体", "上半年好", "（一）规模", "扩大了"]),
    ("1. 甲\n2. 乙\n3.丙\n4、丁\n5．戊", ["1. 甲", "2. 乙", "3.丙", "4、丁", "5．戊"]),
    ("（1）甲\n(2)乙\n3）丙\n4)丁\n①戊\n②己", ["（1）甲", "(2)乙", "3）丙", "4)丁", "①戊", "②己"]),
    ("A. 甲\nB. 乙\na) 丙\nb) 丁", ["A. 甲", "B. 乙", "a) 丙", "b) 丁"]),
    ("时间：8月\n地点：大连", ["时间：8月", "地点：大连"]), ("**总体情况**\n上半年", ["<b>总体情况</b>", "上半年"]),
    ("开会\n# 待核\n正文", ["开会", "# 待核", "正文"]),
    ("甲\u2028乙。\u0085丙", ["甲乙。", "丙"]), ("甲<br>乙<BR />丙", ["甲", "乙", "丙"]), ("甲  \n乙", ["甲", "乙"]),
    ("Digital trade grew.\nServices grew too.", ["Digital trade grew.", "Services grew too."]),
    ("甲\n---\n乙\n\n* * *\n\n丙\n===", ["甲", "乙", "丙"]), ("> 甲，\n> 乙。\n> 丙", ["甲，乙。", "丙"])])
def test_what_begins_a_paragraph(body: str, blocks: list[str]) -> None:
    assert sketch(body) == blocks


@pytest.mark.parametrize("body", [
    "各会员单位：\n为做好协会换届工作，现将事项通知如下", "各位来宾、同志们：\n大家上午好", "尊敬的王会长：\n您好",
    "09:00-09:30 签到\n09:30-10:00 致辞\n10：00 茶歇", "问：何时截止\n答：九月底\n问：怎样填报",
    "甲、工程类\n乙、服务类",
    "Ⅰ.总则\nⅡ.分则", "第一，完善制度\n第二，加强培训\n第三，抓好落实", "步骤二：登录平台\nStep 3 提交\nStep 4 打印",
    "【背景】平稳增长\n【目标】翻一番", "1，完善制度\n2,加强培训\n3，抓好落实", "成都市软件行业协会\n2026年9月18日",
    "大连市数字贸易协会\n二〇二二年八月二十六日", "    协会召开会议\n    会议由王建国主持",
    "记录：周婷\n会议研究了以下几个事项并作出决定",
    "联系方式\n地址：高新区\n电话：84000000", "b) 权限管理\nB. 应用推广", "02\n创新能力持续增强\n新增专利500件",
    "编辑｜小李\n审核｜王主任", "正文到此\nEND\n来源｜新华社", "大江东去\n浪淘尽人\n千古风流\n故垒西边\n人道是谁"])
def test_what_begins_a_paragraph_by_its_look(body: str) -> None:
    assert sketch(body) == [line.strip() for line in body.split("\n")]


def test_bullets_of_ticks_and_dashes() -> None:
    assert sketch("- 第一项\n– 第二项\n— 第三项\n√ 第四项\n✔第五项") == [[f"第{n}项" for n in "一二三四五"]]
    assert sketch("第三部分。\n—————\n第四部分。") == ["第三部分。", "第四部分。"]


@pytest.mark.parametrize(("body", "joined"), [
    (f"{LONG}\n甲、乙双方约定", f"{LONG}甲、乙双方约定"), (f"{LONG}\n9:30开幕", f"{LONG}9:30开幕"),
    (f"会议由成都市软件行业协会\n2026年9月18日\n{LONG}", f"会议由成都市软件行业协会2026年9月18日{LONG}"),
    (f"    {LONG}\n    {LONG}\n    完", f"{LONG}{LONG}完"), (f"{LONG}\n第一，二产业", f"{LONG}第一，二产业"),
    (f"{LONG}\n服贸会的筹备", f"{LONG}服贸会的筹备"), ("增长\n3.5%，其中", "增长3.5%，其中"), ("共计\n1、2月",
    "共计1、2月"),
    ("根据章程第\n（一）项办理", "根据章程第（一）项办理"), ("本周\n一、周二", "本周一、周二"), ("第\n一、二产业",
    "第一、二产业"),
    ("截至（2022年\n6）月", "截至（2022年6）月"), ("根据\n第三条规定", "根据第三条规定"), ("营收\n> 100万元",
    "营收> 100万元"),
    ("hard\nwrapped text", "hard wrapped text"), ("e-\ncommerce", "e-commerce"), ("the end. And\nmore",
    "the end. And more"),
    ("甲\n-5%", "甲-5%"), ("服务\nABC公司", "服务ABC公司"), ("J. Smith and\nA. Jones", "J. Smith and A. Jones")])
def test_what_was_only_wrapped(body: str, joined: str) -> None:
    assert sketch(body) == [joined]


@pytest.mark.parametrize("mark", [
    "· ", "·", "•\t", "● ", "■", "◆ ", "➢", "§ ", "l\t", "l ", "\uf06c", "\uf0b7\t", "\uf0d8 ", "– ", "+ ", "Ø\t",
    "o\t", "u\t"])
def test_bullets_of_word_and_wps(mark: str) -> None:
    assert sketch(f"{mark}推进平台\n{mark}组织\n培训。\n正文") == [["推进平台", "组织培训。"], "正文"]


def test_letters_that_are_no_bullets() -> None:
    assert sketch("l'avenir\n\nu 中国\n\n+5%\n\n§3") == ["l'avenir", "u 中国", "+5%", "§3"]


@pytest.mark.parametrize(("body", "table"), [
    ("市场\t1月\n日本\t33203\n欧盟\t", [["市场", "1月"], ["日本", "33203"], ["欧盟", ""]]),
    ("\t甲\t乙\n丙\t1\t2", [["", "甲", "乙"], ["丙", "1", "2"]]), ("\t甲\t乙\n\t1\t2", [["甲", "乙"], ["1", "2"]]),
    ("序号\t名称\n1\t甲公司", [["序号", "名称"], ["1", "甲公司"]]), ("甲\t乙\t\n1\t2\t", [["甲", "乙"], ["1", "2"]])])
def test_lines_with_tabs_are_a_table(body: str, table: list[list[str]]) -> None:
    assert sketch(f"引文。\n{body}\n尾") == ["引文。", table, "尾"]
    assert not [*ragged_rows(body), *loose_columns(body)]


def test_tables_in_doubt_are_told() -> None:
    assert [(row.cells, row.head, row.tabbed) for row in ragged_rows("甲\t乙\n1\t2\t3")] == [(3, 2, True)]
    found = {text: [one.fault for one in loose_columns(text)] for text in (
        "甲\t1", "日本\t3\n欧盟\t2", "甲  乙\n丙  2", "1.\t甲\n2.\t乙", "甲\t乙\n1\t2")}
    assert list(found.values()) == [["lone"], ["headless"], ["spaced"], [], []]


@pytest.mark.parametrize(("typed", "read"), [
    ("中国&nbsp;经济&amp;社会", "中国经济&社会"), ("A&nbsp;B&#x4e2d;&ldquo;好&rdquo;", "A B中“好”"),
    ("甲&lt;b&gt;", "甲<b>"), ("&unknown; AT&T R&D;", "&unknown; AT&T R&D;"), ("甲<span style=\"a:b\">乙</span>",
    "甲乙"),
    ("今<o:p></o:p>天<st1:City w:st=\"on\">大连</st1:City>", "今天大连"), ("x<b 且 y>z", "x<b 且 y>z"), ("a < b > c",
    "a < b > c"),
    ("甲<!-- 内部\n话 -->乙", "甲乙"), ("甲<!-- 没完\n乙", "甲"), ("甲<style>p{}</style>乙", "甲乙"),
    ("<![if x]>甲<![endif]>", "甲"), ("会员<del>400</del><ins>420</ins>家", "会员420家"), ("甲<s>乙</s>丙", "甲丙"),
    ("甲<del>乙<del>丙</del>丁</del>戊", "甲戊"), ("甲<strike>乙", "甲乙"), ("会员{+420+}[-400-]家", "会员420家"),
    ("{--旧--}{++新++}{~~东~>西~~}{>>注<<}", "新西"), ("<font style='text-decoration: line-through'>旧</font>新", "新"),
    ("[-1,1]、{+}、[-]、\\[-甲-]", "[-1,1]、{+}、[-]、\\[-甲-]"),
    (r"\<b>甲\</b>\&amp;", r"\<b>甲\</b>\&amp;"), ("`<b>`", "`<b>`"), ("<甲>", "<甲>")])
def test_remnants_of_pages(typed: str, read: str) -> None:
    piece = without_remnants(typed)
    assert piece.text == read
    assert len(piece.at) == len(read)


def test_a_break_in_a_row_of_a_table_leaves_it_whole() -> None:
    assert sketch("| 甲<br>乙 | 丙 |\n| 1 | 2 |") == [[["甲 乙", "丙"], ["1", "2"]]]


@pytest.mark.parametrize(("number", "joined"), [
    ("- 12 -", True), ("— 4 —", True), ("－１２－", True), ("第 12 页 共 30 页", True), ("Page 3 of 10", True),
    ("13", True), ("\n- 12 -\n", True), ("1300", False)])
def test_a_page_number_is_left_out(number: str, joined: bool) -> None:
    head, tail = "会议明确了促进服务贸易发展的基本原则与总体", "要求，各单位要认真落实。"
    assert sketch(f"{head}\n{number}\n{tail}") == [head + tail if joined else head + number + tail]
    assert sketch(f"{tail}\n— 4 —\n{tail}") == [tail, tail]


@pytest.mark.parametrize(("body", "table"), [
    ("<table><tr><th>企业</th><th>产值</th></tr><tr><td>甲公司</td><td>120</td></tr></table>",
     [["企业", "产值"], ["甲公司", "120"]]),
    ("<table border=1>\n<tbody>\n <tr>\n\t<td>\n企业\n</td>\n\t<td><p>产<br>值</p></td>\n </tr>\n"
     " <tr><td>甲\n公司</td><td></td></tr>\n"
     "</tbody>\n</table>", [["企业", "产值"], ["甲公司", ""]]),
    ("<tr><td>企业</td><td>Digital<br/>trade</td></tr>\n<tr><td>甲</td><td>1&nbsp;2</td></tr>",
     [["企业", "Digital trade"], ["甲", "1 2"]])])
def test_a_table_of_a_page_keeps_its_cells(body: str, table: list[list[str]]) -> None:
    assert sketch(f"引文。{body}尾") == ["引文。", table, "尾"]


def test_a_table_of_a_page_without_an_end() -> None:
    assert sketch("<table><tr><td>甲</td><td>1") == ["甲1"]


def test_a_comment_is_never_printed(tmp_path: Path) -> None:
    secret = "内部意见"
    body = f"甲<!-- {secret} -->\n- 乙<!--\n{secret}\n-->\n| 丙<!-- {secret} --> | 丁 |\n| 1 | 2 |\n<!-- {secret}"
    assert secret not in "".join(node.text for node in nodes(parse_body(body, PATH)))
    result = checked(tmp_path, HEAD + f"[[event]]\nbody = '''\n{body}\n'''\n")
    told = [finding.severity.value for finding in by_rule(result.findings, "private-remnant")]
    assert told == ["info"] * 3 + ["error"]


def test_a_mark_on_an_entity_covers_it(tmp_path: Path) -> None:
    result = checked(tmp_path, HEAD + "[[event]]\nbody = '''\n甲A&nbsp;乙、Digital&#44; 数字经济&#44;\n'''\n")
    assert [covered(tmp_path, finding.span) for finding in by_rule(result.findings, "halfwidth-mark")] == ["&#44;"] * 2


def test_a_mark_on_what_was_read_is_no_missing_glyph(tmp_path: Path) -> None:
    result = checked(tmp_path, HEAD + "[[event]]\nbody = '''\n甲\u2028乙\n\uf06c 丙<!-- 🎉 -->\n&#x1F389;\n'''\n")
    (finding,) = by_rule(result.findings, "missing-glyph")
    assert (finding.span.line, finding.span.column) == (8, 1)


@pytest.mark.parametrize("text", ["大连市协会\n秘书处\n2022年", f"{LONG}\n服贸会筹备\n工作情况"])
def test_lines_joined_in_doubt(text: str) -> None:
    assert len(list(joined_in_doubt(text))) == 1


@pytest.mark.parametrize("text", ["甲\n乙", f"{LONG}\n{LONG}\n尾", "会议指出，\n要坚持",
    "第一段。\n第二", f"{LONG}\n一、\n二、"])
def test_lines_joined_for_sure(text: str) -> None:
    assert not list(joined_in_doubt(text))


@pytest.mark.parametrize(("lines", "told"), [
    ("企业      产值     增速\n甲公司      123     12.5\n乙公司      98     3", 0),
    ("丁  一    于  二\n王  三    赵  四", 0),
    ("- 甲公司   123 万元\n- 乙公司   98 万元", 0), ("甲公司   123", 1)])
def test_no_rule_takes_out_the_spaces_between_columns(tmp_path: Path, lines: str, told: int) -> None:
    result = checked(tmp_path, HEAD + f"[[event]]\nbody = '''\n{lines}\n'''\n")
    spaces = [*by_rule(result.findings, "latin-spacing"), *by_rule(result.findings, "stray-space")]
    assert (len(spaces), len(by_rule(result.findings, "loose-columns"))) == (told, 1 - told)


def test_every_radical_has_its_hanzi() -> None:
    assert not any(RADICAL.match(hanzi_of(chr(code)) or "")
    for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)))
    assert [hanzi_of(char) for char in "⽅⻓⻚⻛⺟⻳⺀方"] == ["方", "长", "页", "风", "母", "龟", None, None]
    assert all(hanzi_of(chr(code)) for code in range(0x2F00, 0x2FD6))


def test_codes_of_emoji_and_entities_are_no_words() -> None:
    assert "：" not in masked("好:smile:") and masked("好:smile:&nbsp;")[1:].strip("\ufffc") == ""
    assert masked("比分3:2，9:30:15") == "比分3:2，9:30:15"


_LINES = st.lists(st.sampled_from([
    "甲", "乙。", "Word ", "1.", "一、", "（一）", "·", "\t", "\n", "\n", "\u2028", "　　", "  ", "&nbsp;", "&amp;",
    "<br>",
    "<!--", "-->",
    "<b>", "</b>", "<p>", "> ", "| ", "---\n", "l\t", "\uf06c", "**", "`", "\\<", "第一条 ", "：", "\ufeff", "3.5%",
    "A. "]),
    max_size=40).map("".join)


@given(_LINES)
@settings(max_examples=300, deadline=None)
def test_what_is_printed_stands_in_the_file_in_order(body: str) -> None:
    hidden = [range(one.start, one.end) for one in remnants(body) if one.kind in ("comment", "open comment")]
    seen = -1
    for node in nodes(parse_body(body, PATH)):
        for at, char in enumerate(node.text, node.start):
            assert at > seen
            assert body[at] == char or char in " &" or body[at] == "&"
            assert not any(at in span for span in hidden) or char == " "
            seen = at
    assert list(ragged_rows(body)) is not None and list(loose_columns(body)) is not None


def test_no_comment_is_ever_printed(tmp_path: Path) -> None:
    """A proof is made in spite of errors, and shown to people."""
    workspace = make_workspace(tmp_path, {
        "issue": {"number": 1, "date": date(2022, 8, 26), "label": "第1期<!-- 甲 -->"},
        "news": [{"title": "标题<!-- 乙 -->", "source": "来源<!-- 丙", "body": "正文<!-- 丁 -->。",
                  "more": "见附表<!--戊-->"}],
        "event": [{"body": "一则<!-- 己"}]})
    text = "".join(pdf_text(open_edition(read(workspace), draft=True).pdf()))
    assert "标题" in text and "见附表" in text
    assert not set("甲乙丙丁戊己") & set(text)
