"""The guide and README say what there is: commands run, keys exist, links lead somewhere; ``press guide``."""

from __future__ import annotations

import io
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
from commands import Press
from test_generated_docs import FILES, tool
from workspaces import HEAD, PUBLICATION_TEXT, ROOT, samples, write

from bulletin_press.authoring import guide
from bulletin_press.issue.sections.furnishing import ChartFields
from bulletin_press.report.figure_reading import KEYS
from bulletin_press.toml.schema import keys_of

GUIDE = ROOT / "docs" / "guide"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(GUIDE.glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)(?: ([\w.]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LITERAL = re.compile(r"(`+)[^\n]+?\1")
LINK = re.compile(r"!?\[[^\]\n]*\]\(([^)\s]+)\)")
# What stands for something in the tables of commands.
STANDS_FOR = {
    "名称": "ours", "文件": "out.pdf", "指标": "executed",
    **dict.fromkeys(("章", "[章]"), "填写"), **dict.fromkeys(("规则", "[规则]"), "base-drifts"),
    **dict.fromkeys(("期", "期…", "[期]", "[期…]", "[2022-08]"), "2022-08"),
}
# A key that the guide shows a value of.
ASSIGNED = re.compile(r"(\w+) = \S")


def blocks(*languages: str) -> list[Any]:
    return [pytest.param(path, file, text, id=f"{path.stem}-{index}") for path in PAGES
            for index, (language, file, text) in enumerate(BLOCK.findall(path.read_text("utf-8")))
            if language in languages]


def shown() -> list[str]:
    """Every command that a page shows, in a block or in a line."""
    found = []
    for path in PAGES:
        text = path.read_text("utf-8")
        lines = [line.removeprefix("$ ").partition("  #")[0] for language, _, block in BLOCK.findall(text)
                 if language in ("sh", "console") for line in block.splitlines()]
        found += [line.strip() for line in (*lines, *CODE.findall(BLOCK.sub("", text))) if line.startswith("press ")]
    # That one writes into the shell's own files.
    return [line for line in dict.fromkeys(found) if "--install-completion" not in line]


@pytest.mark.parametrize("line", shown())
def test_every_command_shown_is_one(line: str, press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide, "show", lambda page: False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.stdin", io.StringIO("某刊\n某协会\n某市\n1\n"))
    if not line.startswith("press new-issue"):  # which begins in an empty folder
        samples(tmp_path / "issues")
    words = [STANDS_FOR.get(word, word) for word in shlex.split(line)[1:]]
    if words[:1] == ["convert"]:
        (tmp_path / "out.pdf").write_bytes("# 标题".encode("gb18030"))
    if words[0] in ("render", "batch", "import", "revise", "send", "preflight", "desk") or "--theme" in words:
        words = [word for word in words if word != "--all"] + ["--help"]  # pages and sheets are other tests' matter
    ran = press(*words)
    assert ran.status == 0, (line, ran.err)


@pytest.mark.parametrize(("path", "file", "text"), blocks("toml"))
def test_every_toml_shown_is_right(path: Path, file: str, text: str, press: Press, tmp_path: Path) -> None:
    typed = tomllib.loads(text)
    files = {"issue.toml": HEAD + '[[event]]\nbody = "正文"\n', "publication.toml": PUBLICATION_TEXT}
    member = '[dongkang]\nname = "东康软件有限公司"\n'
    if file == "issue.toml":
        files[file] = ("" if "issue" in typed else HEAD) + text
    elif file == "publication.toml":
        own = typed.pop("publication", {})
        rest = text.partition("\n\n")[2] if own else text
        head = {"name": "刊名", "organiser": "协会"} | own
        files[file] = "\n".join(["[publication]", *(f'{key} = "{value}"' for key, value in head.items()), rest])
    elif file == "members.toml":
        member = text
    elif file in ("thresholds.toml", "words"):
        files[f"templates/checks/{'superlatives.toml' if file == 'words' else file}"] = text
    elif not file or file in ("theme.toml", "definition.toml"):
        return  # parsed; test_theme and test_report read them
    else:
        raise AssertionError(f"{path.name} shows a file of no kind: {file}")
    if "cross-border" in text:
        pattern = (ROOT / "templates/reports/service-outsourcing/definition.toml").read_text("utf-8")
        files["templates/reports/cross-border/definition.toml"] = pattern
    issue = files.pop("issue.toml")
    write(tmp_path / "issues", {**files, "members.toml": member, "2022-08/issue.toml": issue})
    ran = press("check", "--format", "json", "--only", "data,copy,issue")
    rules = set(re.findall(r'"rule": "([\w-]+)",\s+"severity": "error"', ran.out))
    assert not rules, ran.out
    assert "unknown-rule" not in ran.out


def test_every_key_shown_is_one() -> None:
    known = {key.path[-1] for file in FILES
             for key in tool("reference").every(file)}
    definition = tomllib.loads((ROOT / "templates/reports/service-outsourcing/definition.toml").read_text("utf-8"))
    known |= {*definition["items"], *definition["charts"], *definition["measures"], *KEYS}
    known |= {option for path in ROOT.glob("templates/themes/*/theme.toml")
              for option in tomllib.loads(path.read_text("utf-8"))["options"]}
    # Of a word list; of every theme; of a chart, which may be written in one line.
    known |= {"replaces", "fit", *keys_of(ChartFields)}
    for path in PAGES:
        if path.name == "CONTRIBUTING.md":
            continue
        for code in CODE.findall(BLOCK.sub("", path.read_text("utf-8"))):
            if match := ASSIGNED.match(code.rpartition("] ")[2]):
                assert match[1] in known, f"{path.name}: {code}"


@pytest.mark.parametrize("path", [*PAGES, *sorted((ROOT / "docs").glob("*.md")),
                                  *sorted((ROOT / "docs/reference").glob("*.md"))], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in LINK.findall(LITERAL.sub("", BLOCK.sub("", path.read_text("utf-8")))):
        if not re.match(r"[a-z]+:|#", target):
            assert (path.parent / target.partition("#")[0]).exists(), f"{path.name}: {target}"


def test_the_guide_leads_to_nothing_that_the_wheel_lacks() -> None:
    made = guide.pages()
    for name, page in made.items():
        for href in re.findall(r'(?:href|src)="([^"]+)"', page.decode("utf-8")):
            assert href.startswith(("https:", "data:")) or href in made, f"{name}: {href}"


def test_every_chapter_is_listed_in_the_contents() -> None:
    contents = (GUIDE / "README.md").read_text("utf-8")
    assert all(f"({path.name})" in contents for path in GUIDE.glob("*-*.md"))


@pytest.mark.parametrize(("word", "page"), [
    (None, "index.html"), ("填写", "04-writing.html"), ("7", "07-checking.html"), ("07", "07-checking.html"),
    ("粘贴", "05-pasting.html"), ("版式", "08-layout.html"), ("issue.toml", "reference-issue.html")])
def test_a_chapter_by_its_name(word: str | None, page: str) -> None:
    assert guide.chapter_called(word).page == page


def test_the_command(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    ran = press("guide", "检查", "-o", "手册")
    assert (ran.status, ran.out) == (0, "手册/07-checking.html\n")
    assert "请用浏览器打开这个文件" in ran.err
    page = (tmp_path / "手册/07-checking.html").read_text("utf-8")
    assert 'lang="zh-Hans"' in page and "<h1>检查与改正</h1>" in page
    assert press("guide", "检查", "--text").out == (GUIDE / "07-checking.md").read_text("utf-8")
    wrong = press("guide", "无此章")
    assert wrong.status == 2 and "没有“无此章”这一章：安装；" in wrong.err
    assert Path(press("guide", "--schemas").out.strip()) == ROOT / "docs/schemas"


def test_a_folder_that_cannot_be_written_is_told(press: Press, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    assert press("guide", "-o", "taken").status == 1
