"""An issue: its models, its members, its sections, its neighbours; and where a workspace is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bulletin_press.document.tree import BulletList, Entry, Link, Paragraph, Pictures, Text, plain_text
from bulletin_press.ground.diagnostics import Finding, InputFault, UsageFault
from bulletin_press.issue.issue import Issue, origin_span
from bulletin_press.issue.reading import read_issue
from bulletin_press.pictures import PictureFault
from bulletin_press.publication.workspace import Workspace, find_root, valid_name

TODAY = date(2022, 9, 1)
PUBLICATION = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n'
HEAD = "[issue]\nnumber = 8\ndate = 2022-08-26\n"
NEWS = '[[news]]\ntitle = "甲"\nbody = "乙"\n'


def workspace(root: Path, **files: str) -> Workspace:
    """A workspace of texts: publication, members, or an issue by name (i2022_08)."""
    root.mkdir(exist_ok=True)
    names = {"publication": "publication.toml", "members": "members.toml"}
    for name, text in ({"publication": PUBLICATION} | files).items():
        path = root / names.get(name, f"{name[1:].replace('_', '-')}/issue.toml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return Workspace(root, TODAY, root)


def issue(root: Path, text: str, **files: str) -> Issue:
    place = workspace(root, i2022_08=text, **files)
    return read_issue(place, root / "2022-08" / "issue.toml")


def findings(root: Path, text: str, **files: str) -> tuple[Finding, ...]:
    with pytest.raises(InputFault) as caught:
        issue(root, text, **files).document  # noqa: B018
    return caught.value.findings


# --- models ---------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "rule", "where", "words", "suggestion"), [
    ("", "missing-key", (1, 1), "缺少 [issue] 一节：文件开头先写一行 [issue]", None),
    ("[issue]\ndate = 2022-08-26", "missing-key", (1, 1), "缺少 number", None),
    ("[issue]\nnumber = 8", "missing-key", (1, 1), "缺少 date", None),
    ('[issue]\nnumber = "8"\ndate = 2022-08-26', "wrong-type", (2, 10), "整数", "8"),
    ("[issue]\nnumber = 8.5\ndate = 2022-08-26", "wrong-type", (2, 10), "整数", None),
    ("[issue]\nnumber = true\ndate = 2022-08-26", "wrong-type", (2, 10), "整数", None),
    ("[issue]\nnumber = 0\ndate = 2022-08-26", "wrong-value", (2, 10), "不小于 1", None),
    ('[issue]\nnumber = 8\ndate = "2022-08-26"', "wrong-type", (3, 8), "不加引号", "2022-08-26"),
    ('[issue]\nnumber = 8\ndate = "2022年8月6日"', "wrong-type", (3, 8), "不加引号", "2022-08-06"),
    ('[issue]\nnumber = 8\ndate = "八月"', "wrong-type", (3, 8), "不加引号", None),
    ("[issue]\nnumber = 8\ndate = 2022-08-26T10:00:00", "wrong-type", (3, 8), "日期", "2022-08-26"),
    ("[issue]\nnumber = 8\ndate = 10:00:00", "wrong-type", (3, 8), "日期", None),
    ("issue = 5", "wrong-type", (1, 9), "表", None),
    (HEAD + "page = 8", "unknown-key", (4, 1), "pages", "pages"),
    (HEAD + "total_numbers = 8", "unknown-key", (4, 1), "total_number", "total_number"),
    (HEAD + '"期号" = 8', "unknown-key", (4, 1), "number", "number"),
    (HEAD + '[[new]]\ntitle = "x"', "unknown-key", (4, 1), "news", "[[news]]"),
    (HEAD + '[news]\ntitle = "x"\nbody = "y"', "wrong-type", (4, 1), "[[news]]", "[[news]]"),
    (HEAD + '[[tip]]\nterm = "x"\nbody = "y"', "wrong-type", (4, 1), "[tip]", "[tip]"),
    (HEAD + '[[news]]\ntitel = "x"\nbody = "y"', "unknown-key", (5, 1), "title", "title"),
    (HEAD + '[[news]]\n"标题" = "x"\nbody = "y"', "unknown-key", (5, 1), "title", "title"),
    (HEAD + '[[news]]\ntitle = "x"\n"来源" = "y"\nbody = "z"', "unknown-key", (6, 1), "source", "source"),
    (HEAD + '[[news]]\ntitle = "x"\ncontent = "y"\nbody = "z"', "unknown-key", (6, 1), "body", "body"),
    (HEAD + '[[news]]\ntitle = "x"\nlink = "y"\nbody = "z"', "unknown-key", (6, 1), "url", "url"),
    (HEAD + '[[news]]\ntitle = "x"\nqqq = 1\nbody = "z"', "unknown-key", (6, 1), "可用的键", None),
    (HEAD + '[[news]]\ntitle = "x"', "missing-key", (4, 1), "缺少 body", None),
    (HEAD + NEWS + '[[news]]\nbody = "x"', "missing-key", (7, 1), "缺少 title", None),
    (HEAD + '[[news]]\ntitle = 5\nbody = "y"', "wrong-type", (5, 9), "文字", None),
    (HEAD + '[[news]]\ntitle = ["x"]\nbody = "y"', "wrong-type", (5, 9), "现在写的是列表", None),
    (HEAD + '[[news]]\ntitle = " "\nbody = "y"', "wrong-value", (5, 9), "空的", None),
    (HEAD + '[[news]]\ntitle = "x\\ny"\nbody = "y"', "wrong-value", (5, 9), "一行", None),
    (HEAD + '[[news]]\ntitle = "x"\nbody = "a\\u0000b"', "wrong-value", (6, 8), "U+0000", None),
    (HEAD + '[[news]]\ntitle = "x\\u001b[31m"\nbody = "a"', "wrong-value", (5, 9), "U+001B", None),
    (HEAD + f'[[news]]\ntitle = "x"\nbody = "{"a" * 2001}"', "wrong-value", (6, 8), "2000", None),
    (HEAD + f'[[news]]\ntitle = "x"\nbody = "{"字" * 200_001}"', "wrong-value", (6, 8), "200000", None),
    (HEAD + NEWS + 'url = "javascript:alert(1)"', "wrong-value", (7, 7), "网址", None),
    (HEAD + NEWS + 'date = "2022-8-1"', "wrong-type", (7, 8), "日期", "2022-08-01"),
    (HEAD + NEWS + 'caption = "x"', "wrong-value", (4, 1), "没有 image", None),
    (HEAD + NEWS + 'images = [{ caption = "x" }]', "missing-key", (7, 11), "缺少 file", None),
    (HEAD + NEWS + 'images = [{ file = "a.png", widht = "half" }]', "unknown-key", (7, 29), "width", "width"),
    (HEAD + NEWS + 'images = [{ file = "a.png", width = "haf" }]', "wrong-value", (7, 37), '"half"', '"half"'),
    (HEAD + NEWS + 'images = ["a.png"]', "wrong-type", (7, 11), 'images = [{ file = "images/a.png" }]',
     '{ file = "images/a.png" }'),
    (HEAD + NEWS + 'images = "images/a.png"', "wrong-type", (7, 10), 'images = [{ file = "images/a.png" }]',
     '[{ file = "images/a.png" }]'),
    (HEAD + 'image = "images/a.png"', "unknown-key", (4, 1),
     "它写在 [[news]]、[[policy]]、[[member]]、[[event]]、[tip] 里", None),
    (HEAD + '[report]\nperiod = "2022-06"\n[report.signed]\ntotal = { valeu = 5 }', "unknown-key", (7, 11), "value",
     "value"),
    (HEAD + "[[event]]\nname = \"x\"\nbody = \"y\"", "unknown-key", (5, 1), "可用的键", None),
    (HEAD + "[[member]]\nrole = \"x\"", "missing-key", (4, 1), "name", None),
    (HEAD + '[report]\nperiod = "2022-6"', "wrong-value", (5, 10), "2022-06", '"2022-06"'),
    (HEAD + "[report]\nperiod = 2022-06-01", "wrong-value", (5, 10), "引号", '"2022-06"'),
    (HEAD + "[report]\n[report.signed]\ntotal = 5", "missing-key", (4, 1), "period", None),
    (HEAD + '[report]\nperiod = "2022-06"\n[report.signed]\ntotl = 5', "unknown-key", (7, 1), "total", "total"),
    (HEAD + '[allow]\nno-source = ""', "wrong-value", (5, 13), "理由", None),
    (HEAD + '[allow]\nno-source = { "甲" = 5 }', "wrong-value", (5, 13), "理由", None)])
def test_wrong_fields_are_placed_and_worded(tmp_path: Path, text: str, rule: str, where: tuple[int, int],
                                            words: str, suggestion: str | None) -> None:
    found = [f for f in findings(tmp_path, text + "\n")
             if (f.rule, f.span.line, f.span.column) == (rule, *where) and words in f.message]
    assert [f.suggestion for f in found] == [suggestion]


@pytest.mark.parametrize(("text", "rule"), [
    (HEAD + '[[news]]\ntitel = "x"\nbody = "y"', "unknown-key"),
    ('[issue]\nno = 8\ndate = 2022-08-26', "unknown-key"),
    (HEAD + '[report]\nperiod = "2022-06"\n[report.signed]\ntotal = { valeu = 5 }', "unknown-key"),
    (HEAD + '[report]\nperiod = "2022-06"\n[report.signed]\ntotal = [161,801.34, 2.1]', "wrong-value"),
    (HEAD + '[report]\nperiod = "2022-06"\n[report.signed]\nmarkets = [["日本", 33,203, -12.93]]', "wrong-value")])
def test_one_mistake_is_one_finding(tmp_path: Path, text: str, rule: str) -> None:
    assert [found.rule for found in findings(tmp_path, text + "\n")] == [rule]


def test_two_mistakes_are_two_findings(tmp_path: Path) -> None:
    found = findings(tmp_path, HEAD + '[[news]]\ntitel = "x"\n[[news]]\nbody = "y"\n')
    assert [(one.rule, one.span.line) for one in found] == [
        ("missing-key", 4), ("unknown-key", 5), ("missing-key", 6)]


@pytest.mark.parametrize("path", [
    "/etc/passwd.png", "~/a.png", "../a.png", "images/../../a.png", "images/..", "..\\a.png", "images\\a.png",
    "C:/a.png", "c:a.png", "images/a.svg", "images/a.pdf", "images/a\n.png", "a.gif", "images/", "https://a.cn/a.png",
    "images/a.png\x00", "images/\x00.png", "file:///a.png", "data:image/png;base64,a.png", "..", "images/a", ""])
@pytest.mark.parametrize("key", ["image", "file", "logo"])
def test_picture_paths_stay_in_the_issue(tmp_path: Path, path: str, key: str) -> None:
    typed = json.dumps(path)
    line = {"image": f"{NEWS}image = {typed}", "file": f"{NEWS}images = [{{ file = {typed} }}]",
            "logo": f'[[member]]\nname = "x"\n\nlogo = {typed}'}[key]
    (found,) = findings(tmp_path, HEAD + line + "\n")
    assert (found.rule, found.span.line) == ("wrong-value", 7)


@pytest.mark.parametrize(("typed", "words", "suggestion"), [
    (r"'images\tall.jpg'", "写成 images/tall.jpg", '"images/tall.jpg"'),
    (r"'C:\Users\张三\照片.jpg'", "放进这一期的 images/ 文件夹，写成 images/照片.jpg", '"images/照片.jpg"'),
    ("'/home/a/b.png'", "写成 images/b.png", '"images/b.png"'),
    (r'"images\tall.jpg"',
     "\\t 是制表符（TAB），不是反斜线和 t；图片路径用 / 分隔，写成 images/tall.jpg", '"images/tall.jpg"'),
    (r'"D:\\new.jpg"', "写成 images/new.jpg", '"images/new.jpg"'),
    ('"images/tall"', "连扩展名（.jpg、.png 或 .webp）一起：写成 images/tall.jpg", '"images/tall.jpg"'),
    ('"tall"', "写成 images/tall.jpg", '"images/tall.jpg"'),
    ('"images/other"', "连扩展名", None)])
def test_what_a_picture_path_was_meant_to_be(tmp_path: Path, typed: str, words: str, suggestion: str | None) -> None:
    (tmp_path / "2022-08" / "images").mkdir(parents=True)
    (tmp_path / "2022-08" / "images" / "tall.jpg").write_bytes(b"")
    (found,) = findings(tmp_path, f"{HEAD}{NEWS}image = {typed}\n")
    assert words in found.message
    assert found.suggestion == suggestion


def test_links_out_of_the_folder_are_no_pictures(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (2, 2)).save(tmp_path / "outside.png")
    place = workspace(tmp_path / "ws", i2022_08=HEAD + NEWS + 'image = "images/a.png"\n')
    folder = place.root / "2022-08" / "images"
    folder.mkdir()
    (folder / "a.png").symlink_to(tmp_path / "outside.png")
    (fault,) = read_issue(place, place.root / "2022-08" / "issue.toml").pictures.values()
    assert isinstance(fault, PictureFault)
    (folder / "a.png").unlink()
    (tmp_path / "outside.png").rename(folder / "a.png")
    (loaded,) = read_issue(place, place.root / "2022-08" / "issue.toml").pictures.values()
    assert not isinstance(loaded, PictureFault)


@pytest.mark.parametrize(("text", "rule", "where", "words"), [
    ('[publication]\nname = "x"', "missing-key", (1, 1), "organiser"),
    (PUBLICATION + 'naem = "x"', "unknown-key", (4, 1), "name"),
    (PUBLICATION + 'profile = "print"', "wrong-value", (4, 11), "internal-print"),
    (PUBLICATION + "print_run = 0", "wrong-value", (4, 13), "印数"),
    (PUBLICATION + "print_run = true", "wrong-type", (4, 13), "印数"),
    (PUBLICATION + '[sections]\norder = ["news", "nesw"]', "wrong-value", (5, 18), '"news"'),
    (PUBLICATION + '[sections]\norder = ["news", "news"]', "wrong-value", (5, 9), "两次"),
    (PUBLICATION + '[sections]\ntitles = { reprot = "x" }', "unknown-key", (5, 12), "report"),
    (PUBLICATION + "[sections]\ntitles = { report = 5 }", "wrong-type", (5, 21), "文字"),
    (PUBLICATION + '[style]\nover_100 = "time"', "wrong-value", (5, 12), "times"),
    (PUBLICATION + '[rules]\nno-source = "of"', "wrong-value", (5, 13), "off"),
    (PUBLICATION + '[report]\ndefinition = "service-outsorcing"', "wrong-value", (5, 14), "service-outsourcing"),
    (PUBLICATION + "[stile]", "unknown-key", (4, 1), "style")])
def test_faults_of_the_publication(tmp_path: Path, text: str, rule: str, where: tuple[int, int], words: str) -> None:
    found = findings(tmp_path, HEAD + '[report]\nperiod = "2022-06"\n', publication=text + "\n")
    assert [(f.rule, f.span.line, f.span.column) for f in found] == [(rule, *where)]
    assert words in found[0].message
    assert found[0].span.file == "publication.toml"


# --- members --------------------------------------------------------------------------------

MEMBERS = '[dongkang]\nname = "东康"\nrole = "理事"\nwebsite = "www.dk.cn"\nintro = "甲\\n\\n乙"\ncontact = "王"\n'


def test_a_member_comes_from_the_directory_and_fields_typed_here_override(tmp_path: Path) -> None:
    read = issue(tmp_path, HEAD + '[[member]]\nref = "dongkang"\nrole = "会员"\n', members=MEMBERS)
    (member,) = read.document.sections[0].items
    entries = [block for block in member.blocks if isinstance(block, Entry)]
    assert member.title == "东康"
    assert [entry.label for entry in entries] == ["类型", "网址", "联系", "简介"]
    assert entries[0].blocks[0] == Paragraph((Text("会员"),), entries[0].blocks[0].origin)
    assert entries[1].blocks[0].inlines == (Link("https://www.dk.cn", (Text("www.dk.cn"),)),)  # type: ignore[union-attr]
    assert len(entries[3].blocks) == 2


@pytest.mark.parametrize(("ref", "members", "words"), [
    ("dongkng", MEMBERS, "是不是 dongkang"), ("x", MEMBERS, "目录里有：dongkang"), ("x", None, "（无）")])
def test_a_reference_to_nobody(tmp_path: Path, ref: str, members: str | None, words: str) -> None:
    (found,) = findings(tmp_path, HEAD + f'[[member]]\nref = "{ref}"\n', **({"members": members} if members else {}))
    assert (found.rule, found.span.line, found.span.column) == ("wrong-value", 5, 7)
    assert words in found.message


@pytest.mark.parametrize(("members", "line", "rule"), [
    ('[x]\nrole = "a"\n', 1, "missing-key"), ('[x]\nname = "a"\nwebsit = "b"\n', 3, "unknown-key"),
    ("x = 5\n", 1, "wrong-type"),
    ("[x\n", 1, "toml-syntax")])
def test_faults_of_the_directory_are_placed_in_it(tmp_path: Path, members: str, line: int, rule: str) -> None:
    found, *_ = findings(tmp_path, HEAD + '[[member]]\nref = "x"\n', members=members)
    assert (found.span.file, found.span.line, found.rule) == ("members.toml", line, rule)


def test_a_broken_directory_matters_only_where_it_is_used(tmp_path: Path) -> None:
    assert issue(tmp_path, HEAD + '[[member]]\nname = "甲"\n', members="[x\n").document.sections[0].kind == "member"


# --- sections -------------------------------------------------------------------------------

FULL = HEAD + NEWS + """[report]
period = "2022-06"
[report.signed]
total = 5
[[policy]]
title = "丙"
body = "丁"
[[member]]
name = "戊"
[[event]]
title = "己"
body = "庚"
[[event]]
body = "- 辛"
[tip]
term = "壬"
body = "癸"
"""


def sections(read: Issue) -> list[tuple[str, str, str]]:
    return [(section.numeral, section.title, section.kind) for section in read.document.sections]


def test_sections_in_the_usual_order(tmp_path: Path) -> None:
    assert sections(issue(tmp_path, FULL)) == [
        ("一", "数据月报", "report"), ("二", "行业资讯", "news"), ("三", "最新政策/研究报告", "policy"),
        ("四", "会员风采", "member"), ("五", "协会动态", "event"), ("", "知识小贴士", "tip")]


@pytest.mark.parametrize("gone", ["report", "news", "policy", "member", "event", "tip"])
def test_numbers_close_up_where_a_section_is_empty(tmp_path: Path, gone: str) -> None:
    parts = FULL.split("\n[")
    kept = "\n[".join(part for part in parts if not part.lstrip("[").startswith(gone)) + "\n"
    found = sections(issue(tmp_path, kept))
    assert gone not in [kind for _, _, kind in found]
    assert len(found) == 5
    assert [numeral for numeral, _, kind in found if kind != "tip"] == list("一二三四五")[: 5 - (gone != "tip")]


def test_a_report_without_figures_is_no_section(tmp_path: Path) -> None:
    assert sections(issue(tmp_path, HEAD + NEWS + '[report]\nperiod = "2022-06"\n')) == [("一", "行业资讯", "news")]


def test_order_and_titles_of_the_publication_and_kinds_it_forgot(tmp_path: Path) -> None:
    settings = (PUBLICATION + '[sections]\norder = ["tip", "event", "news"]\n'
                'titles = { news = "要闻", tip = "小词典" }\n')
    assert sections(issue(tmp_path, FULL, publication=settings)) == [
        ("", "小词典", "tip"), ("一", "协会动态", "event"), ("二", "要闻", "news"), ("三", "数据月报", "report"),
        ("四", "最新政策/研究报告", "policy"), ("五", "会员风采", "member")]


def test_anchors_are_unique_and_the_contents_lead_to_them(tmp_path: Path) -> None:
    document = issue(tmp_path, FULL).document
    anchors = [section.anchor for section in document.sections]
    anchors += [item.anchor for section in document.sections for item in section.items]
    assert len(set(anchors)) == len(anchors)
    assert {entry.anchor for group in document.contents for entry in group.entries} <= set(anchors)
    assert [[entry.text for entry in group.entries] for group in document.contents] == [
        ["今年上半年本市服务外包合同签约额5万美元"], ["甲"], ["丙"], ["戊"], ["己", "另有动态1则"], ["壬"]]


def test_events_are_numbered_and_pictures_follow_the_first_paragraph(tmp_path: Path) -> None:
    body = 'image = "images/a.png"\ncaption = "图"\nimages = [{ file = "images/b.jpg", alt = "乙", width = "half" }]\n'
    read = issue(tmp_path, HEAD + '[[event]]\nbody = "一"\n[[event]]\nbody = "### 小\\n甲\\n\\n乙"\n' + body)
    events = read.document.sections[0].items
    assert [event.number for event in events] == [1, 2]
    blocks = events[1].blocks
    assert [type(block).__name__ for block in blocks] == ["Subheading", "Paragraph", "Pictures", "Paragraph"]
    assert isinstance(blocks[2], Pictures)
    assert [(one.typed, one.alt, one.caption, one.width) for one in blocks[2].pictures] == [
        ("images/a.png", "图片，说明见图题", "图", None), ("images/b.jpg", "乙", None, "half")]
    assert [read.span(one.origin.path).line for one in blocks[2].pictures] == [8, 10]


def test_a_block_leads_back_to_its_line(tmp_path: Path) -> None:
    read = issue(tmp_path, HEAD + "[[news]]\ntitle = 'x'\nbody = '''\n甲\n\n- 乙\n'''\n")
    _, bullets = read.document.sections[0].items[0].blocks
    assert isinstance(bullets, BulletList)
    assert bullets.origin is not None
    assert (origin_span(read, bullets.origin).line, plain_text(bullets.entries[0])) == (9, "乙")


@pytest.mark.parametrize(("name", "head", "number", "total", "title"), [
    ("2022-08", "", "第8期", None, "测试月刊 2022年第8期"),
    ("2022-08", "total_number = 56\n", "第8期", "总第56期", "测试月刊 2022年第8期"),
    ("2022-07-08", 'label = "7—8月合刊"\n', "7—8月合刊", None, "测试月刊 2022年7—8月合刊"),
    ("2022-special-1", 'label = "增刊"\n', "增刊", None, "测试月刊 2022年增刊")])
def test_labels_and_folders(tmp_path: Path, name: str, head: str, number: str, total: str | None, title: str) -> None:
    place = workspace(tmp_path, **{"i" + name.replace("-", "_"): HEAD + head + NEWS})
    document = read_issue(place, place.issue_path(name)).document
    assert (document.front.number, document.front.total_number, document.title) == (number, total, title)


# --- earlier issues -------------------------------------------------------------------------

def monthly(month: int, text: str = "") -> str:
    return (f"[issue]\nnumber = {month}\ndate = 2022-{month:02}-20\n"
            + (text or f'[report]\nperiod = "2022-{month - 1:02}"\n[report.signed]\ntotal = {month}00\n'))


def test_broken_earlier_issues_are_passed_over(tmp_path: Path) -> None:
    place = workspace(
        tmp_path, i2022_03=monthly(3), i2022_04=monthly(4), i2022_05="[issue", i2022_06=monthly(6, NEWS), i2022_07="",
        i2022_08=monthly(8), i2021_12=monthly(12).replace("2022", "2021"))
    (tmp_path / "2022-07" / "issue.toml").write_bytes("# 说明\n".encode("gbk"))
    read = read_issue(place, place.issue_path("2022-08"))
    assert [report.issue for report in read.earlier_reports] == ["2022-04", "2022-03"]


def test_the_change_is_told_against_the_nearest_readable_issue(tmp_path: Path) -> None:
    place = workspace(
        tmp_path, publication=PUBLICATION + "[style]\nchange = true\nmonth = true\n",
        i2022_06=monthly(6).replace("600", "[600, 5.0]"), i2022_07="[issue",
            i2022_08=monthly(8).replace("800", "[800, 7.5]"))
    text = read_issue(place, place.issue_path("2022-08")).report_text
    assert text is not None
    assert text.paragraphs[0].endswith("同比增长7.5%，增幅较1—5月扩大2.5个百分点。")


def test_issues_stand_by_their_dates(tmp_path: Path) -> None:
    place = workspace(tmp_path, i2022_08=monthly(8), i2022_special_1=monthly(3, NEWS), i2021_12="[broken",
                      i2022_07_08=monthly(9, NEWS))
    assert place.issue_names == ("2021-12", "2022-special-1", "2022-08", "2022-07-08")
    assert place.earlier("2022-08") == ("2022-special-1", "2021-12")
    assert place.issue_path(None).parent.name == "2022-07-08"


def test_the_newest_of_none(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="press new-issue"):
        workspace(tmp_path).issue_path(None)


# --- names and paths ------------------------------------------------------------------------

HOSTILE = [
    "2022-08\n", "2022-08\r", "\n2022-08", " 2022-08", "2022-08 ", "2022-08\t", "2022-08\u3000",
    "2022-08\u200b", "", ".", "..",
    "../2022-08", "2022-08/..", "2022-08/../..", "2022-08/", "/2022-08", "/etc", "/", "~", "~root",
    "2022-08\\..", "..\\2022-08",
    "C:\\2022-08", "c:2022-08", "2022-08:x", "2022-08;ls", "$(ls)", "`ls`", "2022-08|x", "2022-08&x", "-o",
    "--help", "2022_08",
    "2022", "2022-", "-08", "2022--08", "2022-08-", "２０２２-08", "2022-０８", "2022-Special", "2022-合刊",
    "2022-08*", "2022-0?",
    "2022-08#a", "2022-08%2f", "2022-" + "a" * 40, "con", "nul", "2022-08.toml", ".2022-08", "2022-08\x00",
    "2022-\u202e80"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_no_issues(tmp_path: Path, name: str) -> None:
    assert not valid_name(name)
    place = workspace(tmp_path / "ws", i2022_08=HEAD)
    place = Workspace(place.root, TODAY, tmp_path / "elsewhere")
    with pytest.raises(UsageFault):
        place.issue_path(name)


@pytest.mark.parametrize("name", ["2022-08", "2022-8", "2022-07-08", "2022-special-1", "0001-a"])
def test_names_of_issues(name: str) -> None:
    assert valid_name(name)


@pytest.mark.parametrize("name", ["x" * 300, "2022-08/" + "x" * 300, "2022-08/issue.toml/x", "2022-09"])
def test_issues_that_are_not_there(tmp_path: Path, name: str) -> None:
    place = workspace(tmp_path, i2022_08=HEAD)
    with pytest.raises(UsageFault, match="2022-08" if name == "2022-09" else "没有"):
        place.issue_path(name)


def test_an_issue_by_folder_by_file_and_through_a_parent(tmp_path: Path) -> None:
    place = workspace(tmp_path, i2022_08=HEAD)
    file = tmp_path / "2022-08" / "issue.toml"
    (file.parent / "images").mkdir()
    inside = Workspace(place.root, TODAY, file.parent / "images")
    for given in ("2022-08", str(file), str(file.parent), "..", "../issue.toml", "../../2022-08"):
        path = inside.issue_path(given)
        assert path.samefile(file)
        assert path.parent.name == "2022-08"  # it names the output


def test_links_do_not_lead_out_of_the_workspace(tmp_path: Path) -> None:
    place = workspace(tmp_path / "ws", i2022_08=HEAD)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "issue.toml").write_text(HEAD, "utf-8")
    (place.root / "2022-09").symlink_to(outside)
    (place.root / "2022-10").mkdir()
    (place.root / "2022-10" / "issue.toml").symlink_to(outside / "issue.toml")
    (place.root / "2022-11").symlink_to(place.root / "2022-08")
    (place.root / "2022-12").mkdir()
    (place.root / "2022-12" / "issue.toml").symlink_to("issue.toml")
    assert set(place.issue_names) == {"2022-08", "2022-11"}
    for name in ("2022-09", "2022-10", "2022-12"):
        with pytest.raises(UsageFault):
            place.issue_path(name)


# --- where the workspace is -----------------------------------------------------------------

@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    made = {}
    for name in ("option", "environment", "here/issues", "here"):
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "publication.toml").write_text(PUBLICATION, "utf-8")
        made[name] = folder.resolve()
    (tmp_path / "here" / "deep" / "er").mkdir(parents=True)
    return made


def test_the_option_goes_before_the_environment_before_issues_before_here_before_parents(places: Any) -> None:
    here, variable = places["here"], {"PRESS_WORKSPACE": str(places["environment"])}
    assert find_root(places["option"], variable, here) == places["option"]
    assert find_root(None, variable, here) == places["environment"]
    assert find_root(None, {}, here) == places["here/issues"]
    assert find_root(None, {"PRESS_WORKSPACE": ""}, here / "deep" / "er") == here
    (here / "issues" / "publication.toml").unlink()
    assert find_root(None, {}, here) == here
    (here / "publication.toml").unlink()
    assert find_root(None, {}, here) is None


def test_a_project_folder_may_be_named_for_its_issues(places: Any) -> None:
    (places["here"] / "publication.toml").unlink()
    assert find_root(Path("here"), {}, places["here"].parent) == places["here/issues"]


@pytest.mark.parametrize("given", ["nowhere", "here/deep", "x" * 300, "option/publication.toml"])
def test_a_folder_named_that_is_no_workspace(places: Any, given: str) -> None:
    with pytest.raises(UsageFault, match=r"publication\.toml"):
        find_root(Path(given), {}, places["here"].parent)


@pytest.mark.parametrize(("typed", "marks"), [
    ("[161,801.34]", ["161,801.34"]), ("[16,180]", ["16,180"]), ("[405,832.99, 238.15]", ["405,832.99"]),
    ("[1,405,832.99, 2.1]", ["1,405,832.99"]), ("[161, 801.34]", []), ("[33203,-12.93]", []),
    ("[405832.99,238.15]", []), ("[332.1,120.5]", []), ("161  # 161,801 in the old table", []),
])
def test_a_thousands_comma_in_brackets_is_no_growth(tmp_path, typed, marks):
    (tmp_path / "publication.toml").write_text('[publication]\nname = "刊"\norganiser = "会"\n', "utf-8")
    path = tmp_path / "2022-07" / "issue.toml"
    path.parent.mkdir()
    path.write_text("[issue]\nnumber = 7\ndate = 2022-07-12\n[report]\nperiod = \"2022-05\"\n"
                    f"[report.signed]\nforeign = {typed}\n[tip]\nterm = \"词\"\nbody = '''[16,180]'''\n", "utf-8")
    workspace = Workspace(tmp_path, date(2022, 7, 12), tmp_path)
    try:
        read_issue(workspace, path)
        found = []
    except InputFault as fault:
        found = [finding.marked for finding in fault.findings if "千分位" in finding.message]
    assert found == marks
