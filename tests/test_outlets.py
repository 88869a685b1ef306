"""Outlets: one record each that all readers go through; what a render returns is small."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import twofold
from rendering import ISSUES, SAMPLES, TESTS, environment, make_workspace, pdf_text
from workspaces import samples

from bulletin_press import cli, pipeline, writers
from bulletin_press.authoring.listing import listing
from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.made_folder import LIST
from bulletin_press.issue.issue import Issue
from bulletin_press.pipeline import Job, Rendered, check, make, render, run, write
from bulletin_press.publication.workspace import Workspace
from bulletin_press.typeset import setter

# The press, with one outlet more: what a file and a line would make of it.
PRESS = """
import sys
import twofold
from bulletin_press import writers
writers.MODULES += ("twofold",)
sys.modules["bulletin_press.writers.twofold"] = twofold
from bulletin_press.cli import command
sys.exit(command())
"""
ERRONEOUS = '[issue]\nnumber = 8\ndate = 2022-08-26\n[[event]]\nbody = "【请填写：正文】"\n'


def press(folder: Path, *arguments: str | Path, **changed: str) -> subprocess.CompletedProcess[str]:
    env = environment(**changed)
    env["PYTHONPATH"] = os.pathsep.join([str(TESTS), env["PYTHONPATH"]])
    return subprocess.run([sys.executable, "-c", PRESS, *map(str, arguments)], cwd=folder, env=env,
                          capture_output=True, encoding="utf-8", check=False, timeout=120)


@pytest.fixture
def more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "MODULES", (*writers.MODULES, "twofold"))
    monkeypatch.setitem(sys.modules, "bulletin_press.writers.twofold", twofold)


def held(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*")
            if path.is_file() and path.name != LIST}


# --- the records ----------------------------------------------------------------------------


def test_every_outlet_is_named_as_its_module() -> None:
    assert [outlet.name for outlet in writers.outlets()] == list(writers.outlet_names())
    assert writers.DEFAULT in writers.outlet_names()


def test_output_names(more: None) -> None:
    assert {name: writers.outlet_of(name).output_name("2022-08") for name in ("pdf", "html", "twofold")} == \
        {"pdf": "2022-08.pdf", "html": "2022-08.html", "twofold": "2022-08-twofold"}


def test_options(more: None) -> None:
    outlet = writers.outlet_of("twofold")
    assert outlet.chosen({"most": 5}) == {"sort": "plain", "most": 5}
    for wrong, words in (({"sorts": 1}, "没有“sorts”这个选项；可用的：sort、most"), ({"most": "5"}, "不能是“5”"),
                         ({"sort": "odd"}, "不能是“odd”，只能是 plain、broken"), ({"most": True}, "不能是")):
        with pytest.raises(UsageFault, match=words):
            outlet.chosen(wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageFault, match=r"可用的：pdf、.*、twofold"):
        writers.outlet_of("scroll")


# --- on the command line --------------------------------------------------------------------


def test_a_made_up_outlet_through_the_command(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "issues").root
    ran = press(tmp_path, "render", "--to", "twofold", "--to", "html", "--to", "twofold")
    assert ran.returncode == 0, ran.stderr
    out = root / "2022-08" / "out"
    assert sorted(path.name for path in out.iterdir()) == ["2022-08-twofold", "2022-08.html"]
    assert held(out / "2022-08-twofold")["pages/count.txt"] == "1"
    assert "已生成 issues/2022-08/out/2022-08-twofold/（2 个文件）（1 页）" in ran.stderr
    assert "已生成 issues/2022-08/out/2022-08.html\n" in ran.stderr
    assert ran.stderr.count("注意：分成了两份") == 1
    assert press(tmp_path, "list").stdout.rstrip().endswith("HTML 已生成，两份 已生成")


def test_help_and_completion_know_it(tmp_path: Path) -> None:
    said = press(tmp_path, "render", "--help").stdout
    assert "|".join(("--to pdf", *writers.outlet_names()[1:], "twofold")) in said
    assert "twofold   两份：只在测试里有" in said
    ran = press(tmp_path, _PRESS_COMPLETE="complete_bash", COMP_WORDS="press render --to twof", COMP_CWORD="3")
    assert ran.stdout.split() == ["twofold"]
    assert f"只能是 {'、'.join(writers.outlet_names())}、twofold" in press(tmp_path, "render", "--to", "scroll").stderr


# --- where to -------------------------------------------------------------------------------


def test_several_outlets_and_a_name(more: None, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "issues")
    path = workspace.issue_path(None)
    with pytest.raises(UsageFault, match="已有的文件夹"):
        render(workspace, path, to=["pdf", "html"], output=tmp_path / "a.pdf")
    (tmp_path / "there").mkdir()
    rendered = render(workspace, path, to=["html", "twofold"], output=tmp_path / "there")
    assert [made.path.name for made in rendered.outputs] == ["2022-08.html", "2022-08-twofold"]
    assert rendered.outputs[1].holds == ("pages/count.txt", "title.txt")
    assert (tmp_path / "there" / "2022-08-twofold" / "title.txt").is_file()


def test_a_folder_is_named_or_put_into_one(more: None, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "issues")
    path = workspace.issue_path(None)
    for _ in range(2):  # the second time it is the press's own, and is replaced
        assert render(workspace, path, to=["twofold"], output=tmp_path / "new").outputs[0].path == tmp_path / "new"
    (tmp_path / "mine").mkdir()
    for _ in range(2):
        made = render(workspace, path, to=["twofold"], output=tmp_path / "mine").outputs[0]
        assert made.path == tmp_path / "mine" / "2022-08-twofold"
    for name in ("a.pdf", "a.HTML"):
        with pytest.raises(UsageFault, match="-o 要写文件夹"):
            render(workspace, path, to=["twofold"], output=tmp_path / name)
    with pytest.raises(PressError, match="你写的内容"):
        render(workspace, path, to=["twofold"], output=tmp_path / "a.png")


def test_a_strangers_folder_stays(more: None, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    folder = tmp_path / "2022-08" / "out" / "2022-08-twofold"
    folder.mkdir(parents=True)
    (folder / "title.txt").write_text("mine", "utf-8")
    with pytest.raises(PressError, match="不是 press 生成的文件夹"):
        render(workspace, workspace.issue_path(None), to=["twofold"])
    assert held(folder) == {"title.txt": "mine"}


# --- once -----------------------------------------------------------------------------------


def test_an_edition_is_opened_and_laid_out_once(more: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    for where, name in ((pipeline, "open_edition"), (pipeline, "read_issue"), (setter, "lay_out")):
        def counting(*arguments: object, _real: object = getattr(where, name), _name: str = name,
                     **options: object) -> object:
            counted.append(_name)
            return _real(*arguments, **options)  # type: ignore[operator]
        monkeypatch.setattr(where, name, counting)
    workspace = make_workspace(tmp_path)
    rendered = render(workspace, workspace.issue_path(None), to=["pdf", "html", "twofold"], fits=False)
    assert len(rendered.outputs) == 3
    assert sorted(counted) == ["lay_out", "open_edition", "read_issue"]


def test_all_is_made_before_anything_is_written(more: None, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with pytest.raises(PressError, match="坏了"):
        render(workspace, workspace.issue_path(None), to=["html", "twofold"], options={"twofold": {"sort": "broken"}})
    assert not (tmp_path / "2022-08" / "out").exists()


def test_made_and_not_written(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    made = make(workspace, workspace.issue_path(None))
    assert not (tmp_path / "2022-08" / "out").exists()
    assert isinstance(made.files[0], bytes)
    assert len(pdf_text(made.files[0])) == made.rendered.outputs[0].pages == 1
    assert write(made) == made.rendered
    assert (tmp_path / "2022-08" / "out" / "2022-08.pdf").read_bytes() == made.files[0]


def test_nothing_is_made_of_errors(more: None, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, ERRONEOUS)
    rendered = render(workspace, workspace.issue_path(None), to=["html", "twofold"])
    assert (rendered.outputs, rendered.checked.readable) == ((), True)
    draft = render(workspace, workspace.issue_path(None), to=["html", "twofold"], draft=True)
    assert len(draft.outputs) == 2


def test_the_list_says_what_is_out_of_date(more: None, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    path = workspace.issue_path(None)
    render(workspace, path, to=["twofold"])
    assert next(listing(workspace)).endswith("两份 已生成")
    newer = (path.parent / "out" / "2022-08-twofold").stat().st_mtime + 5
    os.utime(path, (newer, newer))
    assert next(listing(workspace)).endswith("两份 已过时")


def test_the_list_tells_drafts(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    path = workspace.issue_path(None)
    for draft, told in ((True, "校样 已生成，HTML 校样 已生成"), (False, "PDF 已生成，HTML 已生成")):
        render(workspace, path, to=["pdf", "html"], draft=draft)
        assert next(listing(workspace)).endswith(f"  {told}")


def test_several_issues_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, opened = samples(tmp_path / "issues"), list[str]()
    real = pipeline.read_issue

    def counting(workspace: Workspace, path: Path) -> Issue:
        opened.append(path.parent.name)
        return real(workspace, path)

    monkeypatch.setattr(pipeline, "read_issue", counting)
    assert cli.run(["-w", str(root), "render", "--all", "--to", "html", "--to", "pdf"]) == 0
    assert opened == list(SAMPLES)
    assert len(list(root.glob("*/out/*"))) == 4


# --- from process to process ----------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_what_crosses_a_process_boundary_is_small(name: str, tmp_path: Path) -> None:
    workspace = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    path = workspace.issue_path(name)
    rendered = render(workspace, path, output=tmp_path / "a.pdf")
    for result in (check(workspace, path, layout=True), rendered):
        data = pickle.dumps(result)
        assert pickle.loads(data) == result
        assert len(data) < 10_000
    assert rendered.seconds.checking > 0
    assert rendered.seconds.setting > rendered.seconds.writing > 0


def test_a_job_needs_nothing_but_itself(tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    job = Job(root, "2022-08", date(2022, 9, 1), tmp_path, to=("pdf", "html"))
    assert len(pickle.dumps(job)) < 1_000
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        rendered = pool.apply(run, (job,))
    assert isinstance(rendered, Rendered)
    assert [made.path.name for made in rendered.outputs] == ["2022-08.pdf", "2022-08.html"]
    own = render(Workspace(root, date(2022, 9, 1), tmp_path), root / "2022-08" / "issue.toml", to=["pdf", "html"],
                 output=_folder(tmp_path / "own"))
    assert own.checked == rendered.checked
    for made, other in zip(rendered.outputs, own.outputs, strict=True):
        assert made.path.read_bytes() == other.path.read_bytes()


def test_a_jobs_fault_comes_back_whole(tmp_path: Path) -> None:
    root = make_workspace(tmp_path).root
    (root / "publication.toml").write_text('[publication]\nnaem = "a"\n', "utf-8")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        checked = pool.apply(run, (Job(root, "2022-08", date(2022, 9, 1), root),)).checked
        with pytest.raises(UsageFault, match="2022-09"):
            pool.apply(run, (Job(root, "2022-09", date(2022, 9, 1), root),))
    assert "unknown-key" in json.dumps([finding.rule for finding in checked.findings])


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
