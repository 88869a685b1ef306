"""Themes as people meet them: `press themes`, `press new-theme`, and what is said of a broken one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from commands import Press
from shares import share
from workspaces import HEAD, PUBLICATION_TEXT, ROOT, write

from bulletin_press.checks.engine import review
from bulletin_press.checks.rule import Family
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground import output
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.ground.output import create_folder
from bulletin_press.issue.reading import read_issue
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace
from bulletin_press.theme.theme import valid_name

ISSUE = HEAD + '[[event]]\nbody = "正文一句。"\n'
BUNDLED = sorted(path.parent.name for path in (ROOT / "templates" / "themes").glob("*/theme.toml"))


@pytest.fixture
def issues(tmp_path: Path) -> Path:
    write(tmp_path / "issues", {"2022-08/issue.toml": ISSUE})
    return tmp_path / "issues"


def own(issues: Path, name: str = "ours", start: str = "classic") -> Path:
    target = issues / "templates" / "themes" / name
    shutil.copytree(ROOT / "templates" / "themes" / start, target)
    return target


# --- press themes ---------------------------------------------------------------------------


def test_themes_lists_names_titles_options(press: Press, issues: Path) -> None:
    ran = press("themes")
    assert ran.status == 0
    rows = ran.out.splitlines()
    assert [row.split()[0] for row in rows if not row.startswith(" ")] == BUNDLED
    assert any(row.startswith("classic") and "经典（本刊在用，随附）" in row for row in rows)
    assert any(row.startswith("gongwen") and "公文（随附）" in row for row in rows)
    assert any(row.split()[:1] == ["paper"] and "A4、16开；默认 A4" in row for row in rows)
    assert any(row.split()[:1] == ["accent"] and "颜色；默认 #C8161D" in row for row in rows)


def test_themes_says_what_the_publication_chose(press: Press, issues: Path) -> None:
    (issues / "publication.toml").write_text(
        PUBLICATION_TEXT + 'theme = "gongwen"\n[theme]\npaper = "16开"\n', encoding="utf-8")
    own(issues)
    rows = press("themes").out.splitlines()
    assert any("公文（本刊在用，随附）" in row for row in rows)
    assert any("经典（issues/templates/themes/ours）" in row for row in rows)
    chosen = [row for row in rows if "本刊用" in row]
    assert len(chosen) == 1
    assert chosen[0].strip().endswith("默认 A4，本刊用 16开）")


def test_themes_outside_a_publication(press: Press) -> None:
    ran = press("themes")
    assert ran.status == 0
    assert "本刊" not in ran.out
    assert "gongwen" in ran.out


def test_themes_names_a_broken_one_and_lists_the_others(press: Press, issues: Path) -> None:
    file = own(issues) / "theme.toml"
    file.write_text(file.read_text("utf-8").replace("title =", "titel ="), encoding="utf-8")
    ran = press("themes")
    assert ran.status == 0
    broken = next(row for row in ran.out.splitlines() if row.startswith("ours"))
    assert "读不出来" in broken
    assert "theme.toml:1 " in broken
    assert "公文" in ran.out


# --- press new-theme ------------------------------------------------------------------------


@pytest.mark.parametrize("start", share(BUNDLED, ["classic"]))
def test_a_new_theme_renders_as_the_one_it_was_copied_from(press: Press, issues: Path, start: str) -> None:
    ran = press("new-theme", "ours", "--from", start)
    assert ran.status == 0
    assert ran.out == ""
    assert "press render --draft --theme ours" in ran.err
    assert 'theme = "ours"' in ran.err
    source, copy = ROOT / "templates" / "themes" / start, issues / "templates" / "themes" / "ours"
    assert {path.name for path in copy.iterdir()} == {path.name for path in source.iterdir()}
    assert "（ours）" in (copy / "theme.toml").read_text("utf-8").splitlines()[0]
    assert (copy / "style.css").read_bytes() == (source / "style.css").read_bytes()
    assert press("render", "2022-08", "--theme", start, "-o", "a.pdf").status == 0
    assert press("render", "2022-08", "--theme", "ours", "-o", "b.pdf").status == 0
    assert Path("a.pdf").read_bytes() == Path("b.pdf").read_bytes()


def test_a_theme_may_be_copied_from_ones_own(press: Press, issues: Path) -> None:
    (own(issues) / "style.css").write_text("p { color: red }\n", encoding="utf-8")
    assert press("new-theme", "second", "--from", "ours").status == 0
    assert (issues / "templates" / "themes" / "second" / "style.css").read_text("utf-8") == "p { color: red }\n"


def test_a_new_theme_never_overwrites(press: Press, issues: Path) -> None:
    folder = own(issues)
    (folder / "style.css").write_text("/* mine */", encoding="utf-8")
    ran = press("new-theme", "ours")
    assert ran.status == 2
    assert "已经有了，没有改动它" in ran.err
    assert (folder / "style.css").read_text("utf-8") == "/* mine */"


@pytest.mark.parametrize("name", ["Ours", "我的", "../x", "a b", "-x", "x" * 41, "a_b", "a/b", ".", "", "x\n"])
def test_names_that_a_theme_may_not_have(press: Press, issues: Path, name: str) -> None:
    assert not valid_name(name)
    ran = press("new-theme", "--", name)
    assert ran.status == 2
    assert "不能作版式的名称" in ran.err
    assert not (issues / "templates").exists()


def test_a_bundled_name_is_refused(press: Press, issues: Path) -> None:
    ran = press("new-theme", "gongwen")
    assert ran.status == 2
    assert "my-gongwen" in ran.err


def test_an_unknown_source_is_named_with_a_guess(press: Press, issues: Path) -> None:
    ran = press("new-theme", "ours", "--from", "clasic")
    assert ran.status == 2
    assert "是不是 classic？" in ran.err
    assert not (issues / "templates").exists()


def test_a_new_theme_needs_a_publication(press: Press) -> None:
    ran = press("new-theme", "ours")
    assert ran.status == 2
    assert "找不到 publication.toml" in ran.err


def test_a_folder_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = output.written, list[str]()

    def failing(path: Path, data: bytes) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path.name)
        real(path, data)

    monkeypatch.setattr(output, "written", failing)
    with pytest.raises(PressError, match="磁盘满了"):
        create_folder(tmp_path / "ours", {"a": b"1", "b": b"2"})
    assert written == ["a"]
    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_a_killed_copy_are_no_theme_and_go(press: Press, issues: Path) -> None:
    folder = issues / "templates" / "themes" / ".ours.0123456789abcdef.press-tmp"
    shutil.copytree(ROOT / "templates" / "themes" / "classic", folder)
    assert ".ours" not in press("themes").out
    assert press("new-theme", "ours").status == 0
    assert not folder.exists()


# --- broken themes --------------------------------------------------------------------------


def broken(issues: Path, file: str, change: Callable[[str], str | bytes | None]) -> Edition:
    path = own(issues) / file
    text = change(path.read_text("utf-8"))
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    workspace = Workspace(issues, date(2022, 9, 1), issues.parent)
    return open_edition(read_issue(workspace, issues / "2022-08" / "issue.toml"), "ours")


PAGE = "page.html.j2"


@pytest.mark.parametrize(("change", "words", "line"), [
    (lambda text: "一\n{{ document.titel }}", "Document 没有“titel”这一项", 2),
    (lambda text: "一\n\n{{ fronts }}", "没有“fronts”这个名称", 3),
    (lambda text: "一\n{% if true %}", "还缺 elif 或 else 或 endif", 2),
    (lambda text: "{% macro a() %}\n{% if true %}\n{% endmacro %}", "前面的块还没有结束", 3),
    (lambda text: "\n{% endif %}", "endif 多了", 2),
    (lambda text: "\n{% fro x in y %}", "没有“fro”这种块", 2),
    (lambda text: "\n\n{{ a", "还缺 }}", 3),
    (lambda text: "{{ a }", "这里不该有 }", 1),
    (lambda text: "{{ (1 }}", "这里应当是 )，写的却是 }", 1),
    (lambda text: "{% if %}{% endif %}", "写的却是 %}", 1),
    (lambda text: "\n{# a", "注释没有结束，还缺 #}", 2),
    (lambda text: "{{ 'a'|nofilter }}", "没有“nofilter”这个过滤器", 1),
    (lambda text: "\n{{ document.__class__.__mro__ }}", "模板里不许用 Document 的 __class__", 2),
    (lambda text: "\n{{ 1 // 0 }}", "算不下去：除数是零", 2),
    (lambda text: "\n{{ drawing * 3 }}", "值的种类不能这样用", 2),
    (lambda text: "\n{{ 1 < 'x' }}", "值的种类不能这样用", 2),
    (lambda text: "\n{{ [1] + 'x' }}", "值的种类不能这样用", 2),
    (lambda text: "\n{{ ''[5] }}", "没有这一项", 2),
    (lambda text: "\n{{ [] | first }}", "没有这一项", 2),
    (lambda text: "\n{{ [] | last }}", "没有这一项", 2),
    (lambda text: "\n{{ [1, 2] }}", "这里要的是文字或数，不是列表", 2),
    (lambda text: "\n{{ drawing }}", "这里要的是文字或数，不是可以调用的东西", 2),
    (lambda text: "\n{{ document }}", "不是整项内容：请写明要它的哪一项", 2),
    (lambda text: "\n{{ points('x') }}", "算不下去：值不对", 2),
    (lambda text: "{% for x in range(999999999) %}{% endfor %}", "range 的范围太大", 1),
    (lambda text: "\n{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "没有尽头", 2),
    (lambda text: '\n{% import "block.html.j2" as set %}', "找不到模板 block.html.j2", 2),
])
def test_a_wrong_template_is_told_with_its_line(issues: Path, change: Callable[[str], str], words: str,
                                                line: int) -> None:
    edition = broken(issues, PAGE, change)
    with pytest.raises(InputFault) as caught:
        _ = edition.html
    finding, = caught.value.findings
    assert finding.rule == "template-syntax"
    assert words in finding.message
    assert (finding.span.file, finding.span.line) == (str(issues / "templates" / "themes" / "ours" / PAGE), line)


def test_the_line_of_a_template_is_shown(press: Press, issues: Path) -> None:
    broken(issues, PAGE, lambda text: text.replace("document.title", "document.titel"))
    ran = press("render", "2022-08", "--theme", "ours")
    assert ran.status == 1
    assert "<title>{{ document.titel }}</title>" in ran.err
    assert f"{PAGE}:9:1: 错误 template-syntax" in ran.err
    assert not (issues / "2022-08" / "out").exists()
    assert press("explain", "template-syntax").status == 0


def test_missing_files_are_named(issues: Path) -> None:
    with pytest.raises(InputFault, match=r"找不到模板 page\.html\.j2.*ours"):
        _ = broken(issues, PAGE, lambda text: None).html
    shutil.rmtree(issues / "templates")
    with pytest.raises(InputFault, match=r"找不到文件.*style\.css"):
        _ = broken(issues, "style.css", lambda text: None).html


@pytest.mark.parametrize("file", [PAGE, "style.css"])
def test_a_file_in_gbk_is_told_with_its_line(issues: Path, file: str) -> None:
    with pytest.raises(InputFault) as caught:
        _ = broken(issues, file, lambda text: ("\n/* 版式的样式写在这里 */" + text).encode("gbk", "replace")).html
    finding, = caught.value.findings
    assert finding.span.file.endswith(file)
    assert finding.span.line == 2
    assert "press convert" in finding.message


@pytest.mark.parametrize(("old", "new", "rule", "words"), [
    ("title =", "titel =", "unknown-key", "title"),
    ('"Bulletin Kai"', '"SimSun"', "wrong-value", "没有“SimSun”这个字体"),
    ("[charts]", "[charts", "toml-syntax", ""),
    ('default = "A4"', 'default = "A3"', "wrong-value", "只能是 A4、16开"),
])
def test_a_wrong_theme_file_is_told_with_its_place(issues: Path, old: str, new: str, rule: str, words: str) -> None:
    with pytest.raises(InputFault) as caught:
        broken(issues, "theme.toml", lambda text: text.replace(old, new))
    found = [finding for finding in caught.value.findings if finding.rule == rule and words in finding.message]
    assert found
    assert found[0].span.file.endswith("theme.toml")


@pytest.mark.parametrize(("theme", "option", "suggestion"), [
    ("classic", 'accent = "7A1F2B"', '"#7A1F2B"'), ("classic", 'accent = "red"', None),
    ("modern", "columns = 1", '"1"'), ("modern", "columns = 7", None), ("modern", "colums = 1", "columns")])
def test_what_an_option_was_meant_to_be(issues: Path, theme: str, option: str, suggestion: str | None) -> None:
    path = issues / "publication.toml"
    text = path.read_text("utf-8").replace("[publication]", f'[publication]\ntheme = "{theme}"')
    path.write_text(f"{text}\n[theme]\n{option}\n", "utf-8")
    place = Workspace(issues, date(2022, 9, 1), issues)
    (found,) = check(place, place.issue_path("2022-08")).findings
    assert found.suggestion == suggestion


# --- CSS that does nothing ------------------------------------------------------------------


def test_css_that_does_nothing_is_told_with_its_line(issues: Path) -> None:
    lines = (ROOT / "templates" / "themes" / "classic" / "style.css").read_text("utf-8").count("\n")
    edition = broken(issues, "style.css", lambda text: text + "p { colr: red }\n\nh2 { color: blau }\n"
                     ".x::nope { top: 1pt }\n")
    found = [(finding.span.line, finding.message) for finding in review(edition.issue, edition, {Family.LAYOUT})
             if finding.rule == "ignored-style"]
    assert found == [
        (lines + 1, "CSS “colr: red”没有生效：没有这个属性"),
        (lines + 3, "CSS “color: blau”没有生效：值不对"),
        (lines + 4, "CSS 选择器“.x::nope”不认识，整条规则没有生效"),
    ]
    assert edition.theme.sheet.line(found[0][0]) == "p { colr: red }"


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_themes_have_no_css_that_does_nothing(issues: Path, name: str) -> None:
    workspace = Workspace(issues, date(2022, 9, 1), issues.parent)
    edition = open_edition(read_issue(workspace, issues / "2022-08" / "issue.toml"), name, draft=True)
    assert [finding for finding in review(edition.issue, edition, {Family.LAYOUT})
            if finding.rule == "ignored-style"] == []


def test_numbers_that_a_template_needs_are_asked_for_at_its_line(issues: Path) -> None:
    edition = broken(issues, PAGE, lambda text: "\n{{ fitted('nothing', '甲').size }}")
    with pytest.raises(InputFault) as caught:
        _ = edition.html
    (finding,) = caught.value.findings
    assert finding.rule == "template-syntax" and finding.span.line == 2
    assert "版式 ours 的 theme.toml 没有写 [reckoning.fits.nothing]" in finding.message
