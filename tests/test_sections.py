"""Section kinds: a made-up one meets every reader by its record alone; a publication's own need no Python."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Press
from rendering import pdf_text
from workspaces import THEMES, by_rule, checked, covered, png, write

from bulletin_press.authoring.scaffold import new_issue, new_workspace
from bulletin_press.document.markup import stretches
from bulletin_press.document.tree import Block, Entry, Item, Origin, Pictures, plain_text
from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.issue import sections
from bulletin_press.issue.fields import allowed_keys
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.reading import read_issue
from bulletin_press.issue.sections.base import IllustratedFields, body_blocks
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.pipeline import check
from bulletin_press.publication.printed import Comparison
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.advice import ENGLISH, SEVERAL
from bulletin_press.toml.schema import Line, Text

HEAD = "[issue]\nnumber = 8\ndate = 2022-08-26\n"
PUBLICATION = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n'
NEWS = '[[news]]\ntitle = "甲"\nsource = "乙"\nbody = "丙"\n'
EVENT = '[[event]]\nbody = "召开了年会。"\n'
TIP = '[tip]\nterm = "壬"\nbody = "癸"\n'


def issue(root: Path, text: str, publication: str = PUBLICATION, name: str = "2022-08") -> Issue:
    workspace = write(root, {"publication.toml": publication, f"{name}/issue.toml": text})
    return read_issue(workspace, root / name / "issue.toml")


def numbered(read: Issue) -> list[tuple[str, str, str]]:
    return [(section.numeral, section.title, section.name) for section in read.document.sections]


# --- a made-up kind -------------------------------------------------------------------------


class VacancyFields(IllustratedFields):
    """A post to be filled."""

    post: Line
    firm: Line | None = None
    terms: Text


def vacancy_item(fields: VacancyFields, around: Surroundings) -> Item:
    blocks = body_blocks(fields, fields.terms, around.folder, around.path, fields.post, "terms")
    return Item(around.anchor, fields.post, blocks,
                origin=Origin((*around.path, "post")))


VACANCY = Kind(
    "vacancy", "招聘信息", ("招聘",), VacancyFields, True, vacancy_item,
    compared=Comparison(named_by="post", called="职位", sentences=("terms",)),
    scaffold="post = \"【请填写：职位】\"\nterms = '''\n【请填写：要求】\n'''\n")
VACANCIES = """[[vacancy]]
post = "翻译"
image = "images/a.png"
terms = '''
应聘者须通晓日语,另有工作经验。工资比去年下降三倍。

- 附件见官网
'''
"""


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "KINDS", (*sections.KINDS, VACANCY))


@pytest.mark.usefixtures("made_up")
def test_a_made_up_kind_is_read_printed_and_listed(tmp_path: Path) -> None:
    read = issue(tmp_path, HEAD + NEWS + VACANCIES + VACANCIES.replace("翻译", "会计") + TIP)
    assert numbered(read) == [("一", "行业资讯", "news"), ("二", "招聘信息", "vacancy"), ("", "知识小贴士", "tip")]
    assert [entry.text for entry in read.document.contents[1].entries] == ["翻译", "会计"]
    assert [entry.anchor for entry in read.document.contents[1].entries] == ["vacancy-1", "vacancy-2"]
    ordered = PUBLICATION + '[sections]\norder = ["vacancy", "news"]\ntitles = { vacancy = "招贤" }\n'
    assert numbered(issue(tmp_path / "b", HEAD + NEWS + VACANCIES, ordered)) == [
        ("一", "招贤", "vacancy"), ("二", "行业资讯", "news")]


@pytest.mark.usefixtures("made_up")
def test_a_made_up_kind_is_checked(tmp_path: Path) -> None:
    (fault,) = checked(tmp_path, HEAD + NEWS + VACANCIES + '[[vacancy]]\nposts = "x"\nterms = "y"\n').findings
    assert fault.rule == "unknown-key"
    assert fault.suggestion == "post"
    result = checked(tmp_path, HEAD + NEWS + VACANCIES.replace("翻译", "翻译🎉"))
    marked = {finding.rule: covered(tmp_path, finding.span) for finding in result.findings}
    assert marked["fall-in-multiples"] == "下降三倍"
    assert marked["halfwidth-mark"] == ","
    assert marked["missing-glyph"] == "🎉"
    assert marked["unreachable-image"] == '"images/a.png"'


@pytest.mark.usefixtures("made_up")
def test_the_pictures_and_the_size_of_a_made_up_kind_count(tmp_path: Path) -> None:
    (tmp_path / "2022-08/images").mkdir(parents=True)
    (tmp_path / "2022-08/images/a.png").write_bytes(png())
    read = issue(tmp_path, HEAD + NEWS + VACANCIES)
    assert [picture.typed for picture in read.pictures] == ["images/a.png"]
    assert read.size > issue(tmp_path / "b", HEAD + NEWS).size
    with pytest.raises(InputFault, match=r"issue\.toml 有 1 处不合要求"):
        issue(tmp_path / "c", HEAD + VACANCIES.replace("- 附件", "|".join("x" * 210) + "\n" + "- 附件" * 3) + "".join(
            VACANCIES.replace("- 附件", "\n".join(["|".join("x" * 200)] * 100)) for _ in range(3)))


@pytest.mark.usefixtures("made_up")
def test_what_earlier_issues_printed_of_a_made_up_kind_is_known(tmp_path: Path) -> None:
    long = VACANCIES.replace("- 附件见官网", "具备三年以上软件外包项目管理经验者优先录用。")
    write(tmp_path, {"2022-07/issue.toml": HEAD.replace("08-26", "07-26") + long})
    found = by_rule(checked(tmp_path, HEAD + long).findings, "repeated-item")
    assert [covered(tmp_path, one.span) for one in found][:1] == ['"翻译"']
    assert "职位“翻译”在 2022-07" in found[0].message
    assert any("软件外包" in covered(tmp_path, one.span) for one in found)


@pytest.mark.usefixtures("made_up")
def test_a_made_up_kind_is_scaffolded_and_found_unfilled(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w", {"name": "甲", "organiser": "乙", "region": "丙市"})
    assert '"tip", "vacancy"]' in (tmp_path / "w/publication.toml").read_text("utf-8")
    workspace = Workspace(tmp_path / "w", write(tmp_path / "x", {}).today, tmp_path)
    path = new_issue(workspace)
    text = path.read_text("utf-8")
    assert "招聘信息 ─" in text
    assert '[[vacancy]]\npost = "【请填写：职位】"' in text
    places = [covered(tmp_path, one.span) for one in check(workspace, path).findings if one.rule == "unfilled"]
    assert {"【请填写：职位】", "【请填写：要求】"} <= set(places)


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_prints_a_made_up_kind(tmp_path: Path, theme: str) -> None:
    text = VACANCIES.replace('image = "images/a.png"\n', "")
    pages = "".join(pdf_text(open_edition(issue(tmp_path, HEAD + NEWS + text), theme).pages.pdf()))
    for words in ("招聘信息", "翻译", "应聘者须通晓日语", "附件见官网"):
        assert words in pages


# --- all kinds ------------------------------------------------------------------------------


def strings(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Entry):
            yield from strings(block.blocks)
        elif isinstance(block, Pictures):
            yield from (picture.caption for picture in block.pictures if picture.caption)
        else:
            yield from map(plain_text, stretches(block))


@pytest.mark.usefixtures("made_up")
def test_no_text_is_printed_that_no_rule_reads(tmp_path: Path) -> None:
    everything = VACANCIES + NEWS + EVENT + TIP + (
        '[[policy]]\ntitle = "丁"\nauthor = "戊"\nmore = "己"\nbody = "庚"\nimage = "images/b.png"\ncaption = "辛"\n'
        '[[member]]\nname = "子"\nrole = "丑"\ncontact = "寅"\nintro = "卯\\n- 辰"\n')
    read = issue(tmp_path, HEAD + everything)
    words = {passage.text for passage in read.passages}
    assert len(read.document.sections) == len(sections.KINDS) - 1
    for section in read.document.sections:
        for item in section.items:
            own = [item.title, item.more, item.attribution.source, item.attribution.author, *strings(item.blocks)]
            assert {one for one in own if one} <= words


def test_the_scanner_knows_the_kinds(tmp_path: Path) -> None:
    assert {kind.name for kind in sections.KINDS if kind.several} == SEVERAL
    for kind in sections.KINDS:
        assert {ENGLISH[word] for word in kind.words} == {kind.name}
    assert {word for word, name in ENGLISH.items() if name in {kind.name for kind in sections.KINDS}} == {
        word for kind in sections.KINDS for word in kind.words}


# --- a publication's own --------------------------------------------------------------------

OWN = PUBLICATION + '[sections.own.notice]\ntitle = "通知公告"\nlike = "event"\n'
NOTICE = '[[notice]]\nbody = "八月停电一天。"\n'
LIKE: dict[str, tuple[str, str]] = {
    "news": ('[[mine]]\ntitle = "新楼启用"\nsource = "某报"\nbody = "新楼八月启用。"\n', "新楼启用"),
    "policy": ('[[mine]]\ntitle = "新楼启用"\nsource = "某报"\nbody = "新楼八月启用。"\n', "新楼启用"),
    "member": ('[[mine]]\nname = "某某公司"\nrole = "理事"\nintro = "做软件的公司。"\n', "做软件的公司"),
    "event": ('[[mine]]\nbody = "新楼八月启用。"\n', "新楼八月启用"),
    "tip": ('[mine]\nterm = "离岸"\nbody = "岸以外的地方。"\n', "岸以外的地方"),
}


def test_an_own_section_is_numbered_before_the_box_that_closes_the_issue(tmp_path: Path) -> None:
    read = issue(tmp_path, HEAD + NOTICE + NEWS + TIP + EVENT, OWN)
    assert numbered(read) == [("一", "行业资讯", "news"), ("二", "协会动态", "event"), ("三", "通知公告", "notice"),
                              ("", "知识小贴士", "tip")]
    section = read.document.sections[2]
    assert (section.kind, section.anchor, section.items[0].anchor) == ("event", "s-notice", "notice-1")
    assert [entry.text for entry in read.document.contents[2].entries] == ["通知公告1则"]


@pytest.mark.parametrize(("order", "names"), [
    ('["notice", "news", "tip"]', ["notice", "news", "tip", "event"]),
    ('["tip"]', ["tip", "news", "event", "notice"]),
    ('["event"]', ["event", "news", "notice", "tip"]),
])
def test_an_own_section_stands_where_order_says_or_after_it(tmp_path: Path, order: str, names: list[str]) -> None:
    read = issue(tmp_path, HEAD + NOTICE + NEWS + TIP + EVENT, OWN + f"[sections]\norder = {order}\n")
    assert [name for _, _, name in numbered(read)] == names


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("like", LIKE)
def test_every_theme_prints_an_own_section_like_its_model(tmp_path: Path, theme: str, like: str) -> None:
    text, words = LIKE[like]
    settings = PUBLICATION + f'[sections.own.mine]\ntitle = "通知公告"\nlike = "{like}"\n'
    pages = "".join(pdf_text(open_edition(issue(tmp_path, HEAD + NEWS + text, settings), theme).pages.pdf()))
    assert words in pages
    assert pages.count("通知公告") >= 2  # in the contents and above the section
    assert like == "tip" or re.search("(二|2)、?通知公告", pages)


def test_an_own_section_is_checked_and_waived_like_any_other(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": OWN.replace("event", "policy")})
    text = '[[notice]]\ntitle = "停水"\nbody = "近日，去年下降三倍，今年减少,停水。"\n'
    found = {one.rule: covered(tmp_path, one.span) for one in checked(tmp_path, HEAD + text).findings}
    assert found["fall-in-multiples"] == "下降三倍"
    assert found["no-source"] == '"停水"'
    assert found["undated-reprint"] == "近日"
    kept = checked(tmp_path, HEAD + text + '[allow]\nno-source = "自撰"\nfall-in-multiples = {"下降三倍" = "原文"}\n')
    assert not {"no-source", "fall-in-multiples", "unused-waiver"} & {one.rule for one in kept.findings}


def test_the_letters_of_an_own_title_are_looked_for(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": OWN.replace("公告", "🎉")})
    (found,) = by_rule(checked(tmp_path, HEAD + NEWS).findings, "missing-glyph")
    assert (found.span.file, found.span.line) == ("publication.toml", 5)


def test_the_directory_serves_an_own_section_of_members(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": OWN.replace('"event"', '"member"'),
                     "members.toml": '[jia]\nname = "甲公司"\nintro = "全球最大的公司，电话400-820-8820"\n'})
    findings = checked(tmp_path, HEAD + '[[notice]]\nref = "jia"\n').findings
    assert {one.span.file for one in by_rule(findings, "promotional-superlative")} == {"members.toml"}
    (found,) = checked(tmp_path, HEAD + '[[notice]]\nref = "jai"\n').findings
    assert found.suggestion == '"jia"'


def test_what_earlier_issues_printed_in_an_own_section_is_known(tmp_path: Path) -> None:
    notice = '[[notice]]\ntitle = "停水"\nsource = "水务局"\nbody = "丙"\n'
    write(tmp_path, {"publication.toml": OWN.replace("event", "news"),
                     "2022-07/issue.toml": HEAD.replace("08-26", "07-26") + notice})
    (found,) = by_rule(checked(tmp_path, HEAD + notice).findings, "repeated-item")
    assert covered(tmp_path, found.span) == '"停水"'


def test_an_own_section_is_scaffolded(tmp_path: Path) -> None:
    workspace = write(tmp_path, {"publication.toml": OWN})
    text = new_issue(workspace, "2022-08").read_text("utf-8")
    assert re.search(r"# ── [六七八九]、通知公告 ─+\n\n\[\[notice\]\]\n# date = ", text)
    assert text.index("[[notice]]") < text.index("[tip]")


@pytest.mark.parametrize(("own", "rule", "where", "words", "suggestion"), [
    ('[sections.own.notice]\ntitle = "甲"\nlike = "evnt"', "wrong-value", (6, 8), '"news"', '"event"'),
    ('[sections.own.notice]\ntitle = "甲"\nlike = "协会动态"', "wrong-value", (6, 8), '"news"', '"event"'),
    ('[sections.own.notice]\ntitle = "甲"\nlike = "report"', "wrong-value", (6, 8), "只能是", None),
    ('[sections.own.notice]\ntitle = "甲"\nlike = 5', "wrong-value", (6, 8), "只能是", None),
    ('[sections.own.notice]\ntitle = "甲"\nlike = ["event"]', "wrong-value", (6, 8), "只能是", None),
    ('[sections.own]\nnotice = "通知"', "wrong-type", (5, 10), "表", None),
    ('[[sections.own.notice]]\ntitle = "甲"\nlike = "event"', "wrong-type", (4, 1), "只有一个", None),
    ('[sections.own.notice]\ntitle = "甲"', "missing-key", (4, 1), "like", None),
    ('[sections.own.notice]\ntitel = "甲"\nlike = "event"', "unknown-key", (5, 1), "title", "title"),
    ('[sections.own.notice]\ntitle = " "\nlike = "event"', "wrong-value", (5, 9), "空", None),
    ('[sections.own.event]\ntitle = "甲"\nlike = "event"', "wrong-value", (4, 1), "协会动态", None),
    ('[sections.own.issue]\ntitle = "甲"\nlike = "event"', "wrong-value", (4, 1), "own_issue", None),
    ('[sections.own.charts]\ntitle = "甲"\nlike = "event"', "wrong-value", (4, 1), "own_charts", None),
    ('[sections.own.Notice]\ntitle = "甲"\nlike = "event"', "wrong-value", (4, 1), "小写", None),
    ('[sections.own."通知"]\ntitle = "甲"\nlike = "event"', "wrong-value", (4, 1), "小写", None),
    ('[sections]\norder = ["notise"]\n[sections.own.notice]\ntitle = "甲"\nlike = "event"', "wrong-value", (5, 10),
     '"notice"', '"notice"'),
    ('[sections]\ntitles = { evnt = "乙" }', "unknown-key", (5, 12), "event", "event"),
    ('[sections]\nown = "通知"', "wrong-type", (5, 7), "表", None),
])
def test_faults_of_own_sections(tmp_path: Path, own: str, rule: str, where: tuple[int, int], words: str,
                                suggestion: str | None) -> None:
    with pytest.raises(InputFault) as caught:
        issue(tmp_path, HEAD + NEWS, PUBLICATION + own + "\n")
    (found,) = caught.value.findings
    assert (found.rule, (found.span.line, found.span.column)) == (rule, where)
    assert words in found.message
    assert suggestion is None or suggestion in (found.suggestion or "")


def test_all_faults_of_the_publication_are_told_at_once_and_none_is_laid_on_the_issue(tmp_path: Path) -> None:
    settings = PUBLICATION + '[sections]\norder = ["nesw"]\n[sections.own.notice]\ntitle = "甲"\nlike = "x"\n[stile]\n'
    with pytest.raises(InputFault) as caught:
        issue(tmp_path, HEAD + NOTICE, settings)
    assert [(one.rule, one.span.file, one.span.line) for one in caught.value.findings] == [
        ("wrong-value", "publication.toml", 5), ("wrong-value", "publication.toml", 8),
        ("unknown-key", "publication.toml", 9)]


def test_a_mistyped_own_section_is_an_unknown_key_with_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": OWN})
    (found,) = checked(tmp_path, HEAD + NOTICE.replace("notice", "notise")).findings
    assert (found.rule, found.suggestion) == ("unknown-key", "[[notice]]")
    (found,) = checked(tmp_path, HEAD + NOTICE.replace("body", "titel")  + 'body = "x"\n').findings
    assert (found.rule, found.suggestion) == ("unknown-key", "title")


@pytest.mark.parametrize(("typed", "rule"), [
    ("[notice]", "wrong-type"), ("[notice]]", "toml-syntax"), ("[[notice]", "toml-syntax")])
def test_brackets_of_an_own_section(tmp_path: Path, typed: str, rule: str) -> None:
    write(tmp_path, {"publication.toml": OWN})
    (found,) = checked(tmp_path, HEAD + NOTICE.replace("[[notice]]", typed)).findings
    assert (found.rule, found.suggestion, found.fixable) == (rule, "[[notice]]", True)


def test_an_own_section_may_have_any_name_and_title(tmp_path: Path) -> None:
    names = ("copy", "schema", "model_fields", "s")  # pydantic's own, and an anchor's beginning
    settings = PUBLICATION + "".join(f'[sections.own.{name}]\ntitle = "{{x}}%s"\nlike = "event"\n' for name in names)
    read = issue(tmp_path, HEAD + "".join(f'[[{name}]]\nbody = "丙"\n' for name in names), settings)
    assert [section.name for section in read.document.sections] == list(names)
    assert read.document.contents[0].entries[0].text == "{x}%s1则"


def test_a_chinese_header_is_the_own_section_so_titled(tmp_path: Path) -> None:
    write(tmp_path, {"publication.toml": OWN})
    (found,) = checked(tmp_path, HEAD + NOTICE.replace("notice", "通知公告")).findings
    assert (found.rule, found.suggestion, found.fixable) == ("toml-syntax", "notice", True)


def test_fix_list_and_json_know_an_own_section(tmp_path: Path, press: Press) -> None:
    write(tmp_path / "issues", {"publication.toml": OWN, "2022-08/issue.toml": HEAD + NOTICE.replace("停电", "停电,")})
    (found,) = [one for one in json.loads(press("check", "--format", "json").out) if one["rule"] == "halfwidth-mark"]
    assert (found["line"], found["column"]) == (5, 13)
    assert "2022-08" in press("list").out
    press("check", "--fix", "--yes")
    assert "停电，" in (tmp_path / "issues/2022-08/issue.toml").read_text("utf-8")


def test_one_kind_of_keys_for_all(tmp_path: Path) -> None:
    keys: Any = allowed_keys(sections.KINDS)
    assert set(keys(())) == {"issue", "allow", "errata", *(kind.name for kind in sections.KINDS)}
    assert keys(("news", 0, "images", 0)) == ("file", "caption", "alt", "width")
