"""The command line as people and scripts meet it: words, streams, exit statuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from commands import Press, Ran
from shares import share
from workspaces import HEAD, PUBLICATION_TEXT, ROOT, samples, write

from bulletin_press import __version__, cli, fonts, pipeline
from bulletin_press.authoring.scaffold import new_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition_files import bundled_titles

COMMANDS = ("desk", "new-issue", "import", "check", "report", "figures", "series", "render", "batch", "preflight",
            "revise", "site", "send", "list", "themes", "new-theme", "new-report", "explain", "convert", "guide")
CLEAN = HEAD + '[[event]]\nbody = "正文"\n'
WARNED = HEAD + '[[news]]\ntitle = "甲"\nbody = "正文"\n'
FAULTY = HEAD + '[[event]]\nbody = "【请填写：正文】"\n'
BROKEN = HEAD.replace("number =", "number ＝")


def apart(folder: Path, *arguments: str, env: Mapping[str, str] | None = None, stdin: bytes = b"",
          python: Sequence[str] = ("-m", "bulletin_press.cli")) -> tuple[int, bytes, bytes]:
    """Run ``press`` as a process of its own."""
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("PRESS_", "LC_", "PYTHONIO", "PYTHONUTF8", "LANG"))}
    ran = subprocess.run([sys.executable, *python, *arguments], cwd=folder, input=stdin, capture_output=True,
                         env={**environment, "PYTHONPATH": str(ROOT), **(env or {})}, check=False, timeout=60)
    return ran.returncode, ran.stdout, ran.stderr


def issues(folder: Path, **texts: str) -> Path:
    """A workspace ./issues; ``_2022_08`` names the issue 2022-08."""
    write(folder / "issues", {f"{name[1:].replace('_', '-')}/issue.toml": text for name, text in texts.items()})
    return folder / "issues"


# --- words ----------------------------------------------------------------------------------

ENGLISH = re.compile(r"\b(Usage|Options?|Arguments?|Commands?|Show|Install|Try|Error|Invalid|required|default|"
                     r"message|exit|and|the|to|is|not|of|str|list|path|None)\b")


@pytest.mark.parametrize("width", ["40", "80", "200"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(press: Press, monkeypatch: pytest.MonkeyPatch, command: str, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = press(*([command] if command else []), "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"用法：press {command}".rstrip())
    # The names of commands, options and formats are what people type.
    words = re.sub(r"--?[a-z][a-z-]*|press [a-z-]+|new-issue|data,copy|data、copy、issue、glyph、layout|issue\.toml",
                   "", ran.out)
    for name in COMMANDS:
        words = re.sub(rf"^  {name}\b", "", words, flags=re.M)
    assert not ENGLISH.findall(words), words
    assert "[[" not in ran.out


def test_the_help_names_every_command_in_the_order_of_a_months_work(press: Press) -> None:
    shown = press("--help").out.partition("命令：\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in shown.split("\n")] == list(COMMANDS)


def test_version(press: Press) -> None:
    assert press("--version") == Ran(0, f"press {__version__}\n", "")


def test_no_command_shows_the_help(press: Press) -> None:
    ran = press()
    assert ran.status == 2
    assert "new-issue" in ran.out + ran.err


@pytest.mark.parametrize(("arguments", "words"), [
    (("chek",), "没有“chek”这个命令，是不是 check？"),
    (("zzz",), "没有“zzz”这个命令。可用的："),
    (("check", "--formt", "json"), "没有 --formt 这个选项，是不是 --format？"),
    (("check", "-h"), "没有 -h 这个选项"),
    (("check", "--format", "xml"), "--format 的值不对，只能是 text、json、github"),
    (("render", "--to", "epub"), "--to 的值不对，只能是 pdf、print、booklet、html"),
    (("check", "--format"), "--format 后面缺一个值"),
    (("check", "--strict=1"), "--strict 后面不跟值"),
    (("list", "甲", "乙"), "多了参数：甲 乙"),
    (("report", "2022-07", "2022-08"), "多了参数：2022-08"),
    (("convert",), "缺少参数 FILE"),
    (("convert", "没有.toml"), "找不到文件：没有.toml"),
    (("check", "2022-80"), "没有“2022-80”这一期，是不是 2022-08？"),
    (("check", "issues/2022-08/isue.toml"), "是不是 2022-08？"),
    (("check", "2022-8"), "没有“2022-8”这一期，是不是 2022-08？"),
    (("check", "2022-9"), "没有“2022-9”这一期：月份写两位，2022-09；也没有 2022-09。press list"),
    (("check", "x" * 300), "这一期。press list 列出已有的各期"),
    (("check", "issues/images"), "文件夹 issues/images 里没有 issue.toml"),
    (("check", "--only", "dat"), "--only 里的“dat”不认识；可写 data、copy、issue、glyph、layout"),
    (("check", "--only", ""), "--only 里的“”不认识"),
    (("check", "--all", "2022-08"), "写了 --all 就不要再写期名"),
    (("explain", "unfiled"), "没有“unfiled”这条规则，是不是 unfilled？"),
    (("explain", "zzzzzz"), "没有“zzzzzz”这条规则。press explain 列出全部"),
    (("new-issue", "2022/09"), "“2022/09”不能作期名"),
    (("new-issue", "../x"), "不能作期名"),
    (("new-issue", "2022-8"), "“2022-8”的月份不对"),
    (("new-issue", "2022-13"), "“2022-13”的月份不对"),
    (("new-issue", "2022-07-13"), "“2022-07-13”的月份不对"),
    (("new-issue", "2022-08"), "issues/2022-08/issue.toml 已经有了，没有改动它"),
    (("render", "2022-07", "2022-08", "-o", "a.pdf"), "-o 只能用于一期"),
    (("render", "--all", "-o", "a.pdf"), "-o 只能用于一期"),
    (("--workspace", "没有", "check"), "没有 里没有 publication.toml"),
    (("-w", "y" * 300, "check"), "里没有 publication.toml"),
])
def test_usage_errors(press: Press, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    root = issues(tmp_path, _2022_07=CLEAN.replace("08-26", "07-12"), _2022_08=CLEAN)
    (root / "images").mkdir()
    before = sorted(root.rglob("*"))
    ran = press(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert words in ran.err
    assert ran.err.startswith("press：")
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("command", ["check", "report", "render", "site", "list"])
def test_no_workspace(press: Press, command: str) -> None:
    ran = press(command)
    assert (ran.status, ran.out) == (2, "")
    assert "press new-issue" in ran.err


@pytest.mark.parametrize("command", ["check", "report", "render"])
def test_a_workspace_without_an_issue(press: Press, tmp_path: Path, command: str) -> None:
    issues(tmp_path)
    ran = press(command)
    assert (ran.status, ran.out) == (2, "")
    assert "press new-issue" in ran.err


# --- where the workspace and the issue are --------------------------------------------------


@pytest.mark.parametrize("issue", ["2022-08", "issues/2022-08", "issues/2022-08/", "issues/2022-08/issue.toml"])
def test_an_issue_is_named_by_name_folder_or_file(press: Press, tmp_path: Path, issue: str) -> None:
    issues(tmp_path, _2022_08=FAULTY, _2022_09=CLEAN.replace("08-26", "09-26"))
    ran = press("check", issue)
    assert ran.status == 1
    assert "\nissues/2022-08/issue.toml:5:9: 错误 unfilled " in ran.out


def test_no_issue_means_the_newest(press: Press, tmp_path: Path) -> None:
    # Newest by the date typed, not by name: a special issue of July was made after August's.
    issues(tmp_path, _2022_08=FAULTY, _2022_special_1=CLEAN.replace("08-26", "07-20"))
    assert "issues/2022-08/issue.toml" in press("check").out


@pytest.mark.parametrize("option", [("--workspace", "elsewhere"), ("-w", "elsewhere"), ()])
def test_the_workspace_is_named(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                option: tuple[str, ...]) -> None:
    write(tmp_path / "elsewhere", {"2022-08/issue.toml": FAULTY})
    issues(tmp_path, _2022_08=CLEAN)
    if not option:
        monkeypatch.setenv("PRESS_WORKSPACE", "elsewhere")
    for arguments in ((*option, "check"), ("check", *option)):
        assert "\nelsewhere/2022-08/issue.toml:" in press(*arguments).out
    assert press("check", *option, "--format", "json").status == 1


def test_an_option_goes_before_the_environment(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a", {"2022-08/issue.toml": FAULTY})
    write(tmp_path / "b", {"2022-08/issue.toml": CLEAN})
    monkeypatch.setenv("PRESS_WORKSPACE", "a")
    assert press("check", "-w", "b").status == 0
    assert press("check").status == 1


def test_the_workspace_is_found_from_below(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = issues(tmp_path, _2022_08=FAULTY)
    monkeypatch.chdir(root / "2022-08")
    assert "\nissue.toml:5:9: 错误 unfilled" in press("check").out
    assert press("check", "issue.toml").status == 1


# --- check ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "options", "status"), [
    (CLEAN, (), 0), (CLEAN, ("--strict",), 0), (WARNED, (), 0), (WARNED, ("--strict",), 1),
    (FAULTY, (), 1), (BROKEN, (), 1), (CLEAN + '[allow]\nno-source = "甲"\n', ("--strict",), 0),
    (FAULTY, ("--only", "data"), 0), (FAULTY, ("--only", "data,issue"), 1), (FAULTY, ("--only", "data，issue"), 1),
    (CLEAN, ("--layout",), 0),
])
def test_the_status_of_check(press: Press, tmp_path: Path, text: str, options: tuple[str, ...], status: int) -> None:
    issues(tmp_path, _2022_08=text)
    ran = press("check", *options)
    assert ran.status == status
    assert ran.err == ""
    assert re.search(r"^错误 \d+，警告 \d+，提示 \d+$", ran.out, re.M)
    assert ran.out.strip().split("\n")[-1].startswith("下一步：")


def test_several_issues_are_checked_in_one_go(press: Press, tmp_path: Path) -> None:
    issues(tmp_path, _2022_07=FAULTY.replace("08-26", "07-12").replace("number = 8", "number = 7"), _2022_08=FAULTY)
    for arguments in (("2022-07", "2022-08"), ("--all",), ("2022-07", "issues/2022-08", "2022-07")):
        ran = press("check", *arguments, "--format", "json")
        assert [finding["file"] for finding in json.loads(ran.out)] == [
            "issues/2022-07/issue.toml", "issues/2022-08/issue.toml"]


def test_a_fault_of_the_publication_is_told_once(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_07=CLEAN.replace("08-26", "07-12"), _2022_08=CLEAN)
    (root / "publication.toml").write_text(PUBLICATION_TEXT + "nam = 1\n", "utf-8")
    assert press("check", "--all").out.count("unknown-key") == 1


GBK = "gbk"
UNREADABLE = {
    "syntax": ("2022-08/issue.toml", BROKEN, "toml-syntax"),
    "schema": ("2022-08/issue.toml", HEAD + "[[event]]\n", "missing-key"),
    "gbk": ("2022-08/issue.toml", GBK, "encoding"),
    "publication": ("publication.toml", "[publication\n", "toml-syntax"),
    "publication's keys": ("publication.toml", '[publication]\nname = "甲"\n', "missing-key"),
    "definition": ("publication.toml", PUBLICATION_TEXT + '[report]\ndefinition = "x"\n', "wrong-value"),
    "theme": ("publication.toml", PUBLICATION_TEXT + 'theme = "x"\n', "wrong-value"),
    "members": ("members.toml", "[a]\n", "missing-key"),
}


@pytest.mark.parametrize("form", [("--format", "json"), ("--format=json",)])
@pytest.mark.parametrize("case", UNREADABLE)
def test_json_is_all_there_is_on_stdout(press: Press, tmp_path: Path, case: str, form: tuple[str, ...]) -> None:
    name, text, rule = UNREADABLE[case]
    root = issues(tmp_path, _2022_08=HEAD + '[report]\nperiod = "2022-06"\n[report.executed]\ntotal = 1\n'
                                     '[[member]]\nref = "a"\n')
    (root / "members.toml").write_text('[a]\nname = "甲"\n', "utf-8")
    (root / name).write_bytes(CLEAN.encode("gbk") if text is GBK else text.encode())
    ran = press("check", *form)
    found = json.loads(ran.out)
    assert (ran.status, ran.err) == (1, "")
    assert found[0]["rule"] == rule
    assert found[0]["file"] == f"issues/{name}"


def test_json_of_a_clean_issue_is_an_empty_list(press: Press, tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    assert press("check", "--format", "json") == Ran(0, "[]\n", "")


def test_workflow_commands(press: Press, tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=FAULTY)
    ran = press("check", "--format", "github")
    assert re.fullmatch(r"::error file=issues/2022-08/issue\.toml,line=5,col=9,.*\n", ran.out)
    issues(tmp_path, _2022_08=CLEAN)
    assert press("check", "--format", "github") == Ran(0, "", "")


# --- report, list, explain ------------------------------------------------------------------


def test_report_prints_paragraphs_only(press: Press, tmp_path: Path) -> None:
    samples(tmp_path / "issues")
    ran = press("report", "2022-08")
    lines = ran.out.rstrip("\n").split("\n")
    assert (ran.status, ran.err, len(lines)) == (0, "", 5)
    assert all(line.endswith("。") for line in lines)
    assert [line[:5] for line in lines[1:]] == ["从国际市场", "从企业性质", "从业务结构", "离岸接包合"]


def test_report_of_an_issue_without_one(press: Press, tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    ran = press("report")
    assert (ran.status, ran.out) == (0, "")
    assert "没有 [report]" in ran.err


@pytest.mark.parametrize("command", ["report", "render"])
def test_faults_of_the_input_go_to_stderr(press: Press, tmp_path: Path, command: str) -> None:
    issues(tmp_path, _2022_08=BROKEN)
    ran = press(command)
    assert (ran.status, ran.out) == (1, "")
    assert "issues/2022-08/issue.toml:2:8: 错误 toml-syntax" in ran.err


def test_list(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_06=BROKEN.replace("08-26", "06-12"), _2022_07=FAULTY.replace("08-26", "07-12"),
                  _2022_08=WARNED, _2022_09=CLEAN.replace("08-26", "09-26").replace("= 8", "= 9"))
    ran = press("list")
    rows = [line.split() for line in ran.out.strip().split("\n")]
    assert (ran.status, ran.err) == (0, "")
    assert [row[0] for row in rows] == ["2022-06", "2022-07", "2022-08", "2022-09"]
    assert "读不出" in rows[0]
    assert "错误" in rows[1]
    assert "警告" in rows[2]
    assert "通过" in rows[3]
    assert all(row[-1] == "未生成" for row in rows)
    output = root / "2022-09" / "out" / "2022-09.pdf"
    output.parent.mkdir()
    output.write_bytes(b"")
    assert press("list").out.strip().endswith("PDF 已生成")
    os.utime(output, (1, 1))
    assert press("list").out.strip().endswith("PDF 已过时")


def test_list_tells_a_draft_from_the_issue(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    assert press("render", "--draft").status == 0
    assert press("list").out.strip().endswith("校样 已生成")
    os.utime(root / "2022-08/out/2022-08.pdf", (1, 1))
    assert press("list").out.strip().endswith("校样 已过时")
    assert press("render").status == 0
    assert press("list").out.strip().endswith("PDF 已生成")


def test_explain(press: Press) -> None:
    one = press("explain", "parts-do-not-sum")
    assert (one.status, one.err) == (0, "")
    assert one.out.startswith("parts-do-not-sum（data，错误，可在 [allow] 里放行）\n\n")
    assert all(words in one.out for words in ("误：", "正：", "依据："))
    every = press("explain").out
    names = [line.split()[0] for line in every.strip().split("\n")]
    assert {"parts-do-not-sum", "missing-glyph", "toml-syntax", "unknown-key", "unused-waiver"} <= set(names)
    for name in names:
        assert press("explain", name).out.startswith(name + "（")


# --- render ---------------------------------------------------------------------------------


def test_render_writes_where_it_is_told(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=WARNED)
    ran = press("render")
    assert (ran.status, ran.out) == (0, "")
    assert "警告 no-source" in ran.err
    assert "已生成 issues/2022-08/out/2022-08.pdf（1 页）" in ran.err
    data = (root / "2022-08/out/2022-08.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert press("render", "-o", "some/where.pdf").status == 0
    assert (tmp_path / "some" / "where.pdf").read_bytes() == data
    (tmp_path / "folder").mkdir()
    assert press("render", "--output", "folder", "--to", "html").status == 0
    assert (tmp_path / "folder" / "2022-08.html").read_bytes()[:15].lower() == b"<!doctype html>"


def test_render_refuses_errors_and_keeps_the_old_output(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=FAULTY)
    output = root / "2022-08" / "out" / "2022-08.html"
    output.parent.mkdir()
    output.write_text("旧", "utf-8")
    ran = press("render", "--to", "html")
    assert (ran.status, ran.out) == (1, "")
    assert "没有生成；先看版面可加 --draft" in ran.err
    assert output.read_text("utf-8") == "旧"
    ran = press("render", "--to", "html", "--draft")
    assert ran.status == 0
    assert "校样" in output.read_text("utf-8")


def test_a_draft_of_what_cannot_be_read_is_an_error(press: Press, tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=BROKEN)
    ran = press("render", "--draft")
    assert ran.status == 1
    assert "--draft" not in ran.err
    assert "校样也要改正了才排得出" in ran.err


@pytest.mark.parametrize("arguments", [
    ("-o", "a.docx"), ("-o", "a"), ("-o", "a.html"), ("--to", "html", "-o", "a.pdf")])
def test_a_suffix_that_does_not_fit_is_refused(press: Press, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    ran = press("render", *arguments)
    assert ran.status == 2
    assert "扩展名" in ran.err
    assert not list(tmp_path.glob("a*"))


def test_render_all_goes_on_after_a_failure(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_07=FAULTY.replace("08-26", "07-12"), _2022_08=CLEAN)
    ran = press("render", "--all", "--to", "html")
    assert ran.status == 1
    assert (root / "2022-08/out/2022-08.html").is_file()
    assert not (root / "2022-07/out").exists()


def test_a_theme_is_named(press: Press, tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    assert press("render", "--to", "html", "--theme", "classic").status == 0
    ran = press("render", "--theme", "clasic")
    assert ran.status in (1, 2)
    assert "没有“clasic”这个版式，是不是 classic？" in ran.err


@pytest.mark.parametrize("target", ["issues/2022-08/issue.toml", "issues/publication.toml", "issues/members.toml"])
def test_render_never_writes_over_what_people_wrote(press: Press, tmp_path: Path, target: str) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    (root / "members.toml").write_text('[a]\nname = "甲"\n', "utf-8")
    before = (tmp_path / target).read_bytes()
    ran = press("render", "--to", "html", "-o", target)
    assert ran.status == 1
    assert "你写的内容" in ran.err
    assert (tmp_path / target).read_bytes() == before


# --- new-issue ------------------------------------------------------------------------------


def test_a_first_issue_in_an_empty_folder(press: Press, tmp_path: Path) -> None:
    ran = press("new-issue", "2022-09", "--yes")
    assert (ran.status, ran.out) == (0, "")
    assert "已建立 issues/publication.toml" in ran.err
    assert "press check 2022-09" in ran.err
    assert (tmp_path / "issues/2022-09/images").is_dir()
    checked = press("check", "--format", "json")
    found = json.loads(checked.out)
    assert {finding["rule"] for finding in found} == {"unfilled", "missing-figure"}
    assert {finding["file"] for finding in found} == {"issues/2022-09/issue.toml", "issues/publication.toml"}
    assert press("render").status == 1
    draft = press("render", "--draft")
    assert draft.status == 0
    assert (tmp_path / "issues/2022-09/out/2022-09.pdf").read_bytes().startswith(b"%PDF-")


def test_the_first_issues_name_is_this_month(press: Press, tmp_path: Path) -> None:
    today = f"{date.today():%Y-%m}"
    assert press("new-issue", "--yes").status == 0
    assert (tmp_path / "issues" / today / "issue.toml").is_file() or f"{date.today():%Y-%m}" != today


@pytest.mark.parametrize(("answers", "name", "region"), [
    ("大连数字贸易\n协会\n大连市\n", "大连数字贸易", "大连市"),
    ('带"引号"和\\的名字\n  协会  \n\n', '带"引号"和\\的名字', "本市"),
    ("   \n协会\n \n", "【请填写：刊名】", "本市"),
])
def test_questions_are_answered_on_stdin(tmp_path: Path, answers: str, name: str, region: str) -> None:
    status, out, err = apart(tmp_path, "new-issue", "2022-09", stdin=answers.encode())
    assert (status, out) == (0, b""), err.decode()
    assert "刊名" in err.decode()
    publication = Workspace(tmp_path / "issues", date(2022, 9, 1), tmp_path).publication
    head = publication.publication
    assert (head.name, head.organiser, publication.report.region) == (name, "协会", region)


ANSWERS = "刊名\n协会\n大连市\n"


CHARTS: Mapping[str, set[str]] = {
    "service-outsourcing": {"key_figures", "table", "run", "markets", "ownership", "business"},
    "cross-border-ecommerce": {"key_figures", "table", "run", "modes", "markets"}, "express": {"run"}, "none": set()}


@pytest.mark.parametrize(("report", "definition"), share([
    ("", "service-outsourcing"), ("\n", "service-outsourcing"), ("1\n", "service-outsourcing"),
    ("１.\n", "service-outsourcing"), ("服务外包\n", "service-outsourcing"), ("99\n没有\n{own}\n", "express"),
    ("express\n", "express"), ("快递\n", "express"), ("3\n", "cross-border-ecommerce"),
    ("{none}\n", "none"), ("none\n", "none"),
], [("\n", "service-outsourcing"), ("99\n没有\n{own}\n", "express"), ("none\n", "none")]))
def test_which_report_is_asked(tmp_path: Path, report: str, definition: str) -> None:
    own = tmp_path / "issues/templates/reports/express/definition.toml"
    own.parent.mkdir(parents=True)
    own.write_text('title = "快递"\n[measures.volume]\nlabel = "业务量"\nunit = "亿件"\n[items.total]\nlabel = "合计"\n'
                   '[charts.run]\nkind = "run"\ntitle = "走势"\nitems = ["total"]\nmeasures = ["volume"]\n'
                   '[[paragraphs]]\n[[paragraphs.sentences]]\nform = "measures"\nitems = ["total"]\n'
                   'measures = ["volume"]\n', "utf-8")
    own_number = len(bundled_titles()) + 1  # the bundled ones come first
    answer = report.format(own=own_number, none=own_number + 1)
    status, out, err = apart(tmp_path, "new-issue", "2022-09", stdin=(ANSWERS + answer).encode())
    assert (status, out) == (0, b""), err.decode()
    assert "1. 服务外包（service-outsourcing）" in err.decode()
    assert f"{own_number}. 快递（express）" in err.decode()
    assert f"{own_number + 1}. 不出数据月报" in err.decode()
    publication = Workspace(tmp_path / "issues", date(2022, 9, 1), tmp_path).publication
    assert publication.report.definition == definition
    assert set(publication.charts) == CHARTS[definition]
    assert ("report" in publication.sections.order) == (definition != "none")
    assert ("[report]" in (tmp_path / "issues/2022-09/issue.toml").read_text("utf-8")) == (definition != "none")
    for command in (("check",), ("report",), ("list",)):
        status, _, err = apart(tmp_path, *command)
        assert status in (0, 1), (command, err.decode())
        assert "内部出错" not in err.decode()


@pytest.mark.parametrize("report", ["97\n98\n99\n", "\xff"])
def test_wrong_answers_leave_nothing(tmp_path: Path, report: str) -> None:
    answers = ANSWERS.encode() + (b"\xff\xfe\n" if report == "\xff" else report.encode())
    status, _, err = apart(tmp_path, "new-issue", stdin=answers)
    assert status == 2, err.decode()
    assert list(tmp_path.iterdir()) == []


def test_the_report_is_named(press: Press, tmp_path: Path) -> None:
    ran = press("new-issue", "2022-09", "--yes", "--report", "不出")
    assert ran.status == 2
    assert "小写英文字母" in ran.err
    assert "service-outsourcing" in ran.err
    assert list(tmp_path.iterdir()) == []
    assert press("new-issue", "2022-09", "--yes", "--report", "none").status == 0
    assert 'definition = "none"' in (tmp_path / "issues/publication.toml").read_text("utf-8")
    again = press("new-issue", "--report", "none")
    assert again.status == 2
    assert "definition" in again.err
    draft = press("render", "--draft")
    assert draft.status == 0, draft.err


@pytest.mark.parametrize("answers", [b"", "刊名\n".encode()])
def test_no_answer_is_a_usage_error_and_leaves_nothing(tmp_path: Path, answers: bytes) -> None:
    status, out, err = apart(tmp_path, "new-issue", stdin=answers)
    assert (status, out) == (2, b"")
    assert "--yes" in err.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_name_leaves_nothing_either(press: Press, tmp_path: Path) -> None:
    assert press("new-issue", "2022-13", "--yes").status == 2
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_is_made_where_it_is_named(press: Press, tmp_path: Path) -> None:
    assert press("new-issue", "2022-09", "--yes", "--workspace", "刊物").status == 0
    assert (tmp_path / "刊物" / "publication.toml").is_file()
    assert (tmp_path / "刊物" / "2022-09" / "issue.toml").is_file()
    assert not (tmp_path / "issues").exists()


def made(root: Path, name: str | None = None, today: date = date(2022, 9, 5)) -> tuple[str, dict[str, str]]:
    """Scaffold an issue; its folder's name, and its head's keys as typed."""
    path = new_issue(Workspace(root, today, root), name)
    lines = path.read_text("utf-8").split("\n")
    typed = dict(re.match(r"(\w+) = (\S+)", line).groups() for line in lines  # type: ignore[union-attr]
                 if re.match(r"(number|date|label|period) = ", line))
    return path.parent.name, typed


def report_of(period: str) -> str:
    return f'[report]\nperiod = "{period}"\n[report.executed]\ntotal = [100, 2.5]\n'


def head(day: str, number: int) -> str:
    return f"[issue]\nnumber = {number}\ndate = {day}\n"


@pytest.mark.parametrize(("last", "text", "asked", "name", "number", "period"), [
    # the next number, the next period
    ("2022-08", head("2022-08-26", 8) + report_of("2022-06"), None, "2022-09", "9", '"2022-07"'),
    # numbers count within the year, periods go on
    ("2022-12", head("2022-12-26", 12) + report_of("2022-10"), None, "2023-01", "1", '"2022-11"'),
    ("2023-01", head("2023-01-26", 1) + report_of("2022-12"), None, "2023-02", "2", '"2023-01"'),
    # a month alone stays a month alone
    ("2022-08", head("2022-08-26", 8) + report_of("2022-06/month"), None, "2022-09", "9", '"2022-07/month"'),
    # a combined issue is followed by the month after its last
    ("2022-07-08", head("2022-08-26", 7) + report_of("2022-06"), None, "2022-09", "8", '"2022-07"'),
    ("2022-12-01", head("2022-12-26", 12) + report_of("2022-10"), None, "2023-02", "1", '"2022-11"'),
    # a combined one, a special one, by name; the special one takes no number and no period of its own
    ("2022-06", head("2022-06-26", 6) + report_of("2022-04"), "2022-07-08", "2022-07-08", "7", '"2022-06"'),
    ("2022-08", head("2022-08-26", 8) + report_of("2022-06"), "2022-special-1", "2022-special-1", "8", None),
])
def test_the_next_issue(tmp_path: Path, last: str, text: str, asked: str | None, name: str, number: str,
                        period: str | None) -> None:
    write(tmp_path, {f"{last}/issue.toml": text})
    folder, typed = made(tmp_path, asked)
    assert (folder, typed["number"], typed.get("period")) == (name, number, period)


def test_a_special_issue_uses_up_no_number(tmp_path: Path) -> None:
    write(tmp_path, {"2022-08/issue.toml": head("2022-08-26", 8)})
    assert made(tmp_path, "2022-special-1")[1]["number"] == "8"
    assert made(tmp_path, "2022-special-2")[1]["number"] == "8"
    assert made(tmp_path)[1]["number"] == "9"
    # a year that begins with one, a publication too
    assert made(tmp_path, "2023-special-1", date(2023, 1, 2))[1]["number"] == "1"
    assert made(tmp_path, "2023-01", date(2023, 1, 9))[1]["number"] == "1"


@pytest.mark.parametrize(("name", "label"), [
    ("2022-09", None), ("2022-09-10", '"9—10月合刊"'), ("2022-special-1", '"增刊"')])
def test_what_a_combined_or_special_issue_is_called(tmp_path: Path, name: str, label: str | None) -> None:
    write(tmp_path, {"2022-08/issue.toml": head("2022-08-26", 8)})
    assert made(tmp_path, name)[1].get("label") == label


@pytest.mark.parametrize(("name", "day"), [
    ("2022-09", "2022-09-05"),            # today
    ("2022-10", "2022-10-26"),            # the last issue's day
    ("2022-09-10", "2022-09-05"),
    ("2022-special-1", "2022-09-05"),
    ("2023-special-1", "2023-01-01"),
])
def test_the_date_of_a_new_issue(tmp_path: Path, name: str, day: str) -> None:
    write(tmp_path, {"2022-08/issue.toml": head("2022-08-26", 8)})
    assert made(tmp_path, name)[1]["date"] == day


def test_the_report_follows_the_last_issue_that_had_one(tmp_path: Path) -> None:
    write(tmp_path, {"2022-08/issue.toml": head("2022-08-26", 8) + report_of("2022-06"),
                     "2022-special-1/issue.toml": head("2022-08-30", 9) + '[[event]]\nbody = "正文"\n'})
    _, typed = made(tmp_path)
    assert (typed["number"], typed["period"]) == ("10", '"2022-07"')
    assert "上期 100，同比 2.5" in (tmp_path / "2022-09/issue.toml").read_text("utf-8")


def test_a_broken_last_issue_is_no_reason_to_fail(tmp_path: Path) -> None:
    write(tmp_path, {"2022-07/issue.toml": head("2022-07-26", 7) + report_of("2022-05"),
                     "2022-08/issue.toml": "date = 2022-08-26\n[[["})
    assert made(tmp_path)[0] == "2022-09"


def test_a_ranked_name_is_quoted_again(tmp_path: Path) -> None:
    write(tmp_path, {"2022-08/issue.toml": head("2022-08-26", 8)
                     + "[report]\nperiod = \"2022-06\"\n[report.executed]\nmarkets = [['甲\"乙\\', 1]]\n"})
    made(tmp_path)
    text = (tmp_path / "2022-09/issue.toml").read_text("utf-8")
    assert '#   ["甲\\"乙\\\\", 数值, 同比],   # 上期 1' in text


def test_never_overwrites(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert press("new-issue", "2022-08").status == 2
    assert press("new-issue").status == 0
    assert {path: path.read_bytes() for path in before} == before
    kept = (root / "2022-09" / "issue.toml").read_bytes()
    assert press("new-issue", "2022-09").status == 2
    assert (root / "2022-09" / "issue.toml").read_bytes() == kept


def test_a_folder_of_pictures_may_wait_for_its_issue(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    (root / "2022-09" / "images").mkdir(parents=True)
    (root / "2022-09" / "images" / "a.png").write_bytes(b"a")
    assert press("new-issue", "2022-09").status == 0
    assert (root / "2022-09" / "images" / "a.png").read_bytes() == b"a"


# A secretary's work on a scaffold, line by line.
UNFILLED = re.compile(r"【请填写[^】]*】")


def filled(text: str) -> str:
    """Take away the # before each figure, fill it in, and write over each placeholder."""
    rates = iter(range(10, 999))
    lines = []
    for line in text.split("\n"):
        last = re.search(r"上期 ([\d.]+)", line)
        value = (Decimal(last[1]) * 2 if last else Decimal(100)).quantize(Decimal(last[1]) if last else Decimal(1))
        if re.match(r"# *(\w+ = \[|\[\"|\])", line):
            line = re.sub(r"^# ?", "", line).replace("数值", f"{value}").replace("同比", f"{next(rates)}.1")
        lines.append(UNFILLED.sub("已填", line))
    return "\n".join(lines)


def test_a_filled_scaffold_is_clean(press: Press, tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    assert press("new-issue").status == 0
    path = root / "2022-09" / "issue.toml"
    path.write_text(filled(path.read_text("utf-8")), "utf-8")
    # The figures are doubled in a month: what the data rules think of that is warnings, no errors.
    assert press("check").status == 0
    ran = press("check", "--strict", "--only", "copy,issue,glyph")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "错误 0，警告 0，提示 0\n下一步：没有发现问题，运行 press render 2022-09 出稿。\n"
    assert len(press("report").out.strip().split("\n")) == 4
    assert "2022年1—7月" in press("report").out or "今年1—7月" in press("report").out


def test_a_filled_first_scaffold_is_clean(press: Press, tmp_path: Path) -> None:
    assert press("new-issue", "2022-09", "--yes").status == 0
    for name in ("publication.toml", "2022-09/issue.toml"):
        path = tmp_path / "issues" / name
        text = path.read_text("utf-8")
        if name != "publication.toml":
            text = filled(text)
            # Three names, a total that holds its parts.
            for number in range(3):
                text = text.replace('"名称"', f'"市场{number % 3}"', 1)
            for number in range(3):
                text = text.replace('"名称"', f'"市场{number % 3}"', 1)
            text = re.sub(r"^total = \[100", "total = [900", text, flags=re.M)
        path.write_text(UNFILLED.sub("已填", text), "utf-8")
    assert press("check").status == 0
    ran = press("check", "--strict", "--only", "copy,issue,glyph")
    assert ran.status == 0, ran.out


# --- convert --------------------------------------------------------------------------------


def test_a_gbk_file_is_named_and_converted(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    path = root / "2022-08" / "issue.toml"
    old = path.read_text("utf-8").replace("正文", "大连市数字贸易协会，“一带一路”——〇").replace("\n", "\r\n")
    path.write_bytes(old.encode("gb18030"))
    told = press("check")
    assert told.status == 1
    assert "encoding" in told.out
    command = re.search(r"press (convert \S+)", told.out)
    assert command is not None
    ran = press(*command[1].split())
    assert (ran.status, ran.out) == (0, "")
    assert path.read_bytes().decode("utf-8") == old
    kept = [other for other in path.parent.iterdir() if other != path]
    assert [other.read_bytes() for other in kept] == [old.encode("gb18030")]
    assert press("check").status == 0
    again = press(*command[1].split())
    assert again.status == 0
    assert "没有改动" in again.err
    assert sorted(path.parent.iterdir()) == sorted([path, *kept])


def test_an_old_file_kept_is_never_written_over(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    for words in ("第一次的中文内容", "第二次的中文内容"):
        path.write_bytes(words.encode("gbk"))
        assert press("convert", "a.toml").status == 0
    assert {other.read_bytes().decode("gbk") for other in tmp_path.iterdir() if other != path} == {
        "第一次的中文内容", "第二次的中文内容"}


def test_a_file_in_utf_16_is_kept_under_that_name(press: Press, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("# 说明\n", "utf-16")
    assert press("convert", "a.toml").status == 0
    assert (tmp_path / "a.toml").read_text("utf-8") == "# 说明\n"
    assert (tmp_path / "a.toml.utf-16").read_text("utf-16") == "# 说明\n"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff\xfe", bytes(range(128, 256)), "ÄÖÜ äöü".encode("latin-1")])
def test_what_is_no_chinese_text_is_left_alone(press: Press, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(content)
    assert press("convert", "a.toml").status == 1
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_utf_16_is_converted(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(CLEAN.encode("utf-16"))
    assert press("convert", "a.toml").status == 0
    assert path.read_text("utf-8") == CLEAN


# --- the environment ------------------------------------------------------------------------

WITHOUT = """
import sys
from pathlib import Path
from bulletin_press import cli
from bulletin_press.fonts import isolation, libraries
{patch}
sys.exit(cli.run(sys.argv[1:]))
"""


@pytest.mark.parametrize(("patch", "words"), [
    ("load = libraries.load_library; "
     "libraries.load_library = lambda library: None if library.title == 'Pango' else load(library)",
     "缺少排版所需的系统库：Pango"),
    ("isolation.verify = lambda **_: (_ for _ in ()).throw(isolation.EnvironmentFault('字体文件缺失'))",
     "字体文件缺失"),
])
def test_a_missing_library_or_font(tmp_path: Path, patch: str, words: str) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    python = ("-c", WITHOUT.format(patch=patch))
    status, out, err = apart(tmp_path, "render", python=python)
    assert (status, out) == (3, b"")
    assert words in err.decode()
    assert err.decode().startswith("press：")
    assert not (root / "2022-08" / "out").exists()
    assert apart(tmp_path, "check", python=python)[0] == 0, "check needs neither"


def test_missing_fonts_and_a_missing_manifest(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    monkeypatch.setattr(fonts.manifest, "fonts_folder", lambda: tmp_path / "none")
    fonts.load_manifest.cache_clear()
    try:
        ran = press("check")
    finally:
        monkeypatch.undo()
        fonts.load_manifest.cache_clear()
    assert (ran.status, ran.out) == (3, "")
    assert "manifest.json" in ran.err


def test_ctrl_c(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    issues(tmp_path, _2022_08=CLEAN)
    monkeypatch.setattr(pipeline, "check", interrupted)
    assert press("check") == Ran(130, "", "已取消\n")


def test_a_fault_of_our_own_is_no_traceback(capsys: pytest.CaptureFixture[str], tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("甲")

    issues(tmp_path, _2022_08=CLEAN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRESS_DEBUG", raising=False)
    monkeypatch.setattr(pipeline, "check", broken)
    assert cli.run(["check"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "程序内部出错（RuntimeError：甲；test_cli.py:" in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(("command", "many"), [("check", False), ("explain", False), ("check", True)])
def test_a_reader_that_has_gone(tmp_path: Path, command: str, many: bool) -> None:
    issues(tmp_path, _2022_08=FAULTY + '[[event]]\nbody = "【请填写：正文】"\n' * (150 if many else 0))
    read, write_end = os.pipe()
    os.close(read)
    try:
        ran = subprocess.run([sys.executable, "-m", "bulletin_press.cli", command], cwd=tmp_path, stdout=write_end,
                             stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
                             timeout=60)
    finally:
        os.close(write_end)
    assert ran.stderr == b""
    assert ran.returncode == 1


@pytest.mark.parametrize(("env", "encoding"), [
    ({"LANG": "C"}, "utf-8"),
    ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "utf-8"),
    ({"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"}, "gbk"),
    ({"PYTHONIOENCODING": "ascii"}, "utf-8"),
])
def test_chinese_is_printed_in_any_locale(tmp_path: Path, env: Mapping[str, str], encoding: str) -> None:
    issues(tmp_path, _2022_08=HEAD + '[[event]]\nbody = "🎉正文"\n')
    status, out, err = apart(tmp_path, "check", env=env)
    assert (status, err) == (1, b"")
    assert "错误 missing-glyph 字库里没有字符" in out.decode(encoding)


def test_a_gbk_terminal(tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=HEAD + '[[event]]\nbody = "🎉正文"\n')
    env = {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"}
    status, out, err = apart(tmp_path, "chek", env=env)
    assert (status, out) == (2, b"")
    assert "没有“chek”这个命令" in err.decode("gbk")
    # JSON is UTF-8 wherever it is read, and loses nothing on the way.
    out = apart(tmp_path, "check", "--format", "json", env=env)[1]
    assert "🎉" in json.loads(out.decode("utf-8"))[0]["message"]


def test_the_folder_may_be_gone(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    script = "import os, shutil, sys; shutil.rmtree(os.getcwd()); from bulletin_press import cli; " \
             "sys.exit(cli.run(['check']))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, check=False, timeout=60,
                         env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert ran.returncode == 2
    assert ran.stderr.decode().startswith("press：当前的文件夹已经不在了")
    assert ran.stderr.count(b"\n") == 1


def from_a_folder_that_has_gone(tmp_path: Path, *arguments: str) -> tuple[int, str]:
    folder = tmp_path / "gone"
    folder.mkdir()
    script = "import os, runpy, shutil; shutil.rmtree(os.getcwd()); " \
             "runpy.run_module('bulletin_press', run_name='__main__')"
    status, _, err = apart(folder, *arguments, python=("-c", script))
    return status, err.decode()


def test_in_a_folder_that_has_gone_a_publication_named_in_full_will_do(tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    status, err = from_a_folder_that_has_gone(tmp_path, "-w", str(root), "check", "2022-08")
    assert (status, err) == (0, "")
    target = tmp_path / "到处.pdf"
    status, err = from_a_folder_that_has_gone(tmp_path, "render", "-w", str(root), "-o", str(target))
    assert (status, target.exists()) == (0, True), err


@pytest.mark.parametrize("arguments", [["-w", "issues", "check"], ["new-issue", "--yes"], ["render", "-o", "x.pdf"],
                                       ["list"], ["-w", "{root}", "render", "-o", "x.pdf"]])
def test_in_a_folder_that_has_gone_the_rest_is_told(tmp_path: Path, arguments: list[str]) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    status, err = from_a_folder_that_has_gone(tmp_path, *(part.format(root=root) for part in arguments))
    assert (status, err.count("\n")) == (2, 1)
    assert "文件夹已经不在了" in err


# --- how Python was started -----------------------------------------------------------------


@pytest.mark.parametrize("options", [("-O",), ("-W", "error", "-X", "dev"), ("-bb",)])
def test_pythons_options_change_nothing(tmp_path: Path, options: tuple[str, ...]) -> None:
    issues(tmp_path, _2022_08=FAULTY + '[[event]]\nbody = "第1，200家，增长12％"\n')
    plain = apart(tmp_path, "check")
    assert plain[0] == 1 and plain[2] == b""
    assert apart(tmp_path, "check", python=(*options, "-m", "bulletin_press")) == plain


def test_chinese_names_in_a_locale_without_chinese(tmp_path: Path) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    status, _, err = apart(tmp_path, "render", "--to", "html", "-o", "某社.html", env=env)
    assert (status, (tmp_path / "某社.html").exists()) == (0, True)
    assert "已生成 某社.html" in err.decode("utf-8")


# --- commands in messages -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["某协会 通讯（2022）#1 & 50%", "it's", "$HOME", "-n", "a;b", "~", "某社",
                                  "a*b?[c]", "`x`"])
def test_a_command_that_is_printed_can_be_pasted(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    issue = tmp_path / name / "issues/2022-08/issue.toml"
    write(tmp_path / name / "issues", {"2022-08/issue.toml": CLEAN})
    issue.write_bytes(CLEAN.encode("gbk"))
    status, out, err = apart(tmp_path, "-w", f"./{name}/issues", "check")
    assert status == 1
    (printed,) = set(re.findall(r"请运行 (press convert .*?) 转换", (out + err).decode()))
    shell = f'press() {{ "{sys.executable}" -m bulletin_press "$@"; }}\n{printed}'
    ran = subprocess.run(["sh", "-e", "-c", shell], cwd=tmp_path, capture_output=True, check=False, timeout=60,
                         env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert ran.returncode == 0, ran.stderr.decode()
    assert issue.read_text("utf-8") == CLEAN


# --- completion -----------------------------------------------------------------------------


def test_the_completion_script(tmp_path: Path) -> None:
    status, out, _ = apart(tmp_path, env={"_PRESS_COMPLETE": "source_bash"})
    assert status == 0
    assert b"complete -o default -F _press_completion press" in out
    if bash := shutil.which("bash"):
        assert subprocess.run([bash, "-n"], input=out, check=False).returncode == 0


@pytest.mark.parametrize(("words", "expected"), [
    ("press che", ["check"]),
    ("press check 2022-0", ["2022-07", "2022-08"]),
    ("press render 2022-08", ["2022-08"]),
    ("press explain parts", ["parts-contradict-whole", "parts-do-not-sum"]),
    ("press check --form", ["--format"]),
    ("press check --format j", ["json"]),
])
def test_completion(tmp_path: Path, words: str, expected: list[str]) -> None:
    issues(tmp_path, _2022_07=CLEAN, _2022_08=CLEAN)
    status, out, err = apart(tmp_path, env={"_PRESS_COMPLETE": "complete_bash", "COMP_WORDS": words,
                                            "COMP_CWORD": str(len(words.split()) - 1)})
    assert (status, err) == (0, b"")
    assert out.decode().split() == expected


def test_completion_without_a_workspace_is_silent(tmp_path: Path) -> None:
    assert apart(tmp_path, env={"_PRESS_COMPLETE": "complete_bash", "COMP_WORDS": "press check 2",
                                "COMP_CWORD": "2"})[1:] == (b"\n", b"")


def test_a_new_issue_says_that_the_last_could_not_be_read(press: Press, tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    path = root / "2022-08" / "issue.toml"
    path.write_bytes(path.read_text("utf-8").encode("gb18030"))
    result = press("new-issue")
    assert result.status == 0
    assert "2022-08" in result.err
    assert "读不出来" in result.err
    assert "上期 405832.99" in (root / "2022-09" / "issue.toml").read_text("utf-8")


# --- folders that are shut, misnamed, or lead away ------------------------------------------


def unprivileged(folder: Path | None, *arguments: str) -> tuple[int, str]:
    """``press`` run by somebody for whom permissions count: of root's powers those over files are taken."""
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root opens everything")
    before = without if os.geteuid() == 0 else []
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PRESS_")}
    ran = subprocess.run([*before, sys.executable, "-m", "bulletin_press.cli", *arguments], cwd=folder, check=False,
                         capture_output=True, env={**environment, "PYTHONPATH": str(ROOT)}, timeout=60)
    return ran.returncode, (ran.stdout + ran.stderr).decode()


@pytest.mark.parametrize("command", ["list", "check", "render", "report", "new-issue", "check 2022-08",
                                     "check issues/2022-08/issue.toml"])
@pytest.mark.parametrize(("shut", "mode"), [("2022-08", 0o000), ("2022-08", 0o600), (".", 0o000), (".", 0o600)])
def test_a_shut_folder_is_named(tmp_path: Path, command: str, shut: str, mode: int) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    before = sorted(root.rglob("*"))
    (root / shut).chmod(mode)
    try:
        status, said = unprivileged(tmp_path, *command.split())
    finally:
        (root / shut).chmod(0o755)
    assert "issues/2022-08 打不开（没有权限" in said if shut != "." else "issues 打不开（没有权限" in said
    assert "程序内部出错" not in said
    assert "还没有" not in said
    assert status in (1, 2) or command == "list"
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("mode", [0o000, 0o600])
def test_a_shut_folder_is_named_from_inside_it(tmp_path: Path, mode: int) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        root.chmod(mode)
        try:
            status, said = unprivileged(None, "list")
        finally:
            root.chmod(0o755)
    assert status == 1
    assert f"文件夹 {root} 打不开" in said


def test_links_in_a_circle_are_called_so(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    (root / "2022-09").mkdir()
    (root / "2022-09" / "issue.toml").symlink_to("loop")
    (root / "2022-09" / "loop").symlink_to("issue.toml")
    for command in ("list", "check", "check 2022-09", "new-issue"):
        assert "issues/2022-09/issue.toml 是绕成了圈的链接，不读" in press(*command.split()).err


def test_a_shut_folder_of_old_numbers_is_not_passed_over(tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_07=CLEAN, _2022_08=CLEAN)
    (root / "2022-08").chmod(0)
    try:
        status, said = unprivileged(tmp_path, "new-issue")
    finally:
        (root / "2022-08").chmod(0o755)
    assert status == 1
    assert "先改好它再新建" in said
    assert sorted(path.name for path in root.glob("2022-*")) == ["2022-07", "2022-08"]


@pytest.mark.parametrize(("name", "words"), [
    ("2022-9", "请改名为 2022-09"), ("2022年9月", "请改名为 2022-09"), ("2022.09", "请改名为 2022-09"),
    ("2022-8", "（2022-08 已经有了）"), ("2022-08 - 副本", "（2022-08 已经有了）"), ("2022-13", "期名写年-月"),
    ("九月号", "期名写年-月"), ("0022-09", "期名写年-月"),
])
@pytest.mark.parametrize("command", ["list", "check"])
def test_a_misnamed_folder_is_told(press: Press, tmp_path: Path, name: str, words: str, command: str) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    write(root, {f"{name}/issue.toml": CLEAN, "资料/说明.txt": "", "images/a.txt": ""})
    said = press(command).err
    assert f"文件夹 issues/{name} 的名称不是期名" in said
    assert words in said
    assert said.count("注意：") == 1


@pytest.mark.parametrize(("file", "words"), [("publication.toml", "刊物信息"), ("members.toml", "会员名录")])
def test_what_is_no_issue_is_not_judged_as_one(press: Press, tmp_path: Path, file: str, words: str) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    (root / "members.toml").write_text("", encoding="utf-8")
    for command in ("check", "render", "report"):
        ran = press(command, f"issues/{file}")
        assert (ran.status, ran.out) == (2, "")
        assert f"issues/{file} 是{words}，不是一期" in ran.err


def test_a_workspace_is_made_where_the_environment_says(press: Press, tmp_path: Path,
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_WORKSPACE", "zzz")
    assert "环境变量 PRESS_WORKSPACE 指的 zzz 里没有 publication.toml" in press("check").err
    assert press("new-issue", "2022-09", "--yes").status == 0
    assert (tmp_path / "zzz" / "2022-09" / "issue.toml").is_file()
    assert press("list").status == 0


@pytest.mark.parametrize("name", ["0000-01", "1948-12", "2101-01", "9999-12", "2022-special-0", "2022-special-00"])
def test_years_and_numbers_of_reason(press: Press, tmp_path: Path, name: str) -> None:
    ran = press("new-issue", name, "--yes")
    assert ran.status == 2
    assert f"“{name}”的" in ran.err
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["list", "render", "check", "check --all", "new-issue", "check 2022-08"])
def test_an_issue_outside_is_called_a_link_everywhere(press: Press, tmp_path: Path, command: str) -> None:
    root = issues(tmp_path, _2022_08=CLEAN)
    (root / "2022-08" / "issue.toml").rename(tmp_path / "outside.toml")
    (root / "2022-08" / "issue.toml").symlink_to(tmp_path / "outside.toml")
    said = press(*command.split()).err
    assert "issues/2022-08/issue.toml 是指到刊物文件夹以外的链接" in said
    assert "还没有一期" not in said


# --- small things that people type ----------------------------------------------------------


@pytest.mark.parametrize("theme", ["zz", "clasic", "../classic", "", "x" * 300])
def test_a_theme_that_there_is_not_is_a_wrong_value(press: Press, tmp_path: Path, theme: str) -> None:
    issues(tmp_path, _2022_08=CLEAN)
    ran = press("render", "--theme", theme)
    assert ran.status == 2
    assert "这个版式" in ran.err
    assert ("是不是 classic？" in ran.err) == (theme in ("clasic", "../classic"))
    assert not (tmp_path / "issues" / "2022-08" / "out").exists()


def test_what_is_not_filled_in_is_no_repeat(press: Press, tmp_path: Path) -> None:
    blank = ('[[news]]\ntitle = "【请填写：标题】"\nbody = "【请填写：正文，写两三段，每段不要太长，空行分段】"\n'
             '[[member]]\nname = "【请填写：名称】"\nintro = "【请填写：一两百字的介绍，写主营业务。规模也写】"\n'
             '[tip]\nterm = "【请填写：词条】"\nbody = "【请填写：词条的解释，一两百字，写明出处】"\n')
    issues(tmp_path, _2022_07=HEAD.replace("08-26", "07-26").replace("8\n", "7\n") + blank, _2022_08=HEAD + blank)
    said = press("check", "2022-08").out
    assert "unfilled" in said
    assert "repeated-item" not in said
    full = blank.replace("【请填写：", "甲").replace("】", "")
    issues(tmp_path, _2022_07=HEAD.replace("08-26", "07-26").replace("8\n", "7\n") + full, _2022_08=HEAD + full)
    assert press("check", "2022-08").out.count("repeated-item") == 4


def test_a_link_to_no_picture_is_called_one(press: Press, tmp_path: Path) -> None:
    root = issues(tmp_path, _2022_08=WARNED + 'image = "images/dang.jpg"\n')
    (root / "2022-08" / "images").mkdir()
    (root / "2022-08" / "images" / "dang.jpg").symlink_to("gone.jpg")
    said = press("check").out
    assert "这是指向不存在的文件的链接" in said
    assert "大小写" not in said


@pytest.mark.parametrize("typed", ["", " ", "images/", "images/ "])
def test_a_picture_without_a_name(press: Press, tmp_path: Path, typed: str) -> None:
    issues(tmp_path, _2022_08=WARNED + f'image = "{typed}"\n')
    said = press("check").out
    assert "填上文件名" in said
    assert "或删去这一行" in said


def test_what_was_made_for_nothing_goes_again(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full: neither a theme's folder is left, nor the folders above it that were made for it."""
    import errno

    from bulletin_press.ground import output

    root = issues(tmp_path, _2022_08=CLEAN)
    before = sorted(root.rglob("*"))

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(output, "written", full)
    monkeypatch.setattr(output, "fill", full)
    for arguments in (("new-theme", "ours"), ("new-issue", "2022-09"), ("render", "2022-08", "--draft"),
                      ("-w", "new/deep", "new-issue", "2022-09", "--yes")):
        ran = press(*arguments)
        assert ran.status == 1
        assert "磁盘满了" in ran.err
        assert sorted(root.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["issues"]
