"""Many issues: a pool that no job brings down, lists of publications, what need not be done again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import batch_jobs
import pytest
from commands import Press
from workspaces import HEAD, PUBLICATION_TEXT, ROOT, TODAY, write

from bulletin_press.batch.answer import Answer, End
from bulletin_press.batch.item import Outcome, Status
from bulletin_press.batch.listed import piped_list, planned, read_list
from bulletin_press.batch.pool import Limits, Standing, work_off
from bulletin_press.batch.rendering import render_all
from bulletin_press.batch.summary import as_text
from bulletin_press.ground.diagnostics import Exit, InputFault, UsageFault
from bulletin_press.pipeline import Checked, Job, Output, Rendered

EVENT = '[[event]]\nbody = "协会召开理事会，通过了章程修正案。"\n'
TESTS = Path(__file__).parent


def gone(process: int) -> bool:
    """Whether a process has ended, within a while."""
    for _ in range(400):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
            os.kill(process, 0)
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(.05)
    return False


def worked(given: Sequence[str], **limits: float) -> list[Answer[str]]:
    """The answers to some jobs, in the order of the jobs."""
    answers: dict[int, Answer[str]] = {}

    def told(index: int, answer: Answer[str]) -> None:
        assert index not in answers
        answers[index] = answer

    work_off(given, batch_jobs.done, told, processes=2, limits=Limits(**limits))  # type: ignore[arg-type]
    return [answers[index] for index in range(len(given))]


# --- the pool -------------------------------------------------------------------------------


def test_no_job_stops_the_others(tmp_path: Path) -> None:
    names = ["a", "killed", f"killed-once {tmp_path / 'once'}", "bug", "fault", "huge", f"endless {tmp_path / 'id'}",
             *"bcdef"]
    answers = worked(names, seconds=1.5)
    assert [one.value for one in answers if one.end is End.DONE] == ["a", names[2], *"bcdef"]
    killed, once, bug, fault, huge, endless = answers[1:7]
    assert (killed.end, killed.tries, killed.exit_status) == (End.CRASHED, 2, Exit.ERRORS)
    assert "试了 2 次" in killed.message
    assert (once.end, once.tries) == (End.DONE, 2)
    assert bug.end is End.FAULT and "ValueError：boom；batch_jobs.py:" in bug.message
    assert fault.message == "读不出来" and fault.findings[0].span.line == 3
    assert huge.end is End.FAULT and "内容太大" in huge.message
    assert (endless.end, endless.tries) == (End.TIMED_OUT, 1) and "过了 1.5 秒还没有做完" in endless.message
    assert gone(int((tmp_path / "id").read_text()))


def test_a_worker_is_replaced_after_some_jobs() -> None:
    assert len({one.value for one in worked(["process"] * 9, jobs=2)}) >= 4


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is told by /proc")
def test_a_job_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    (answer,) = worked([f"endless {tmp_path / 'id'}"], memory=30_000_000)
    assert answer.end is End.TOO_MUCH_MEMORY and "0.03 GB" in answer.message


def test_a_listener_that_fails_ends_the_workers(tmp_path: Path) -> None:
    place = tmp_path / "id"

    def told(index: int, answer: Answer[str]) -> None:
        while not place.exists():
            time.sleep(.01)
        raise RuntimeError("nobody listens")

    with pytest.raises(RuntimeError, match="nobody listens"):
        work_off([f"endless {place}", "a"], batch_jobs.done, told, processes=2)
    assert gone(int(place.read_text()))


def test_a_worker_that_stays(tmp_path: Path) -> None:
    standing = Standing()
    first, second = (standing.do(batch_jobs.done, "process").value for _ in range(2))
    assert first == second is not None
    os.kill(int(first or 0), signal.SIGKILL)
    assert gone(int(first or 0))
    other = standing.do(batch_jobs.done, "process")
    assert other.value != first and other.tries == 1, "it was seen to have ended before the job began"
    assert standing.do(batch_jobs.done, "killed").end is End.CRASHED
    late = standing.do(batch_jobs.done, f"endless {tmp_path / 'id'}", Limits(seconds=.5))
    assert late.end is End.TIMED_OUT and gone(int((tmp_path / "id").read_text()))
    last = int(standing.do(batch_jobs.done, "process").value or 0)
    standing.end()
    assert gone(last)


ENDLESS = """
import sys
sys.path.insert(0, {tests!r})
import batch_jobs
from bulletin_press.batch.pool import work_off
from bulletin_press.ground.interruption import Guard

if __name__ == "__main__":
    guard = Guard()
    guard.unwind()
    try:
        work_off(sys.argv[1:], batch_jobs.done, lambda index, answer: None, processes=2)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_command(tmp_path: Path, number: signal.Signals) -> None:
    program = tmp_path / "endless.py"
    program.write_text(ENDLESS.format(tests=str(TESTS)), "utf-8")
    places = [tmp_path / "one", tmp_path / "two"]
    command = [sys.executable, str(program), *(f"endless {place}" for place in places)]
    with subprocess.Popen(command, cwd=ROOT, start_new_session=True) as process:
        while not all(place.exists() and place.read_text() for place in places):
            assert process.poll() is None
            time.sleep(.02)
        workers = [int(place.read_text()) for place in places]
        if number is signal.SIGINT:  # as a terminal does: all of them get it
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        status = process.wait(60)
    assert status == (130 if number is signal.SIGINT else -number)
    assert all(map(gone, workers))


# --- lists ----------------------------------------------------------------------------------


def publications(root: Path, *names: str, issue: str = HEAD + EVENT) -> None:
    for name in names:
        write(root / name, {"2022-08/issue.toml": issue})


def pattern(folder: Path) -> Job:
    return Job(Path(), "", TODAY, folder)


def test_a_list_names_folders(tmp_path: Path) -> None:
    publications(tmp_path, "大连", "沈阳", "里/issues")
    (tmp_path / "名单.txt").write_bytes("\ufeff# 名单\r\n大连\r\n\r\n  沈阳/ \r\n里\r\n".encode())
    lines = read_list(tmp_path / "名单.txt", "名单.txt")
    assert [(line.typed, line.place) for line in lines] == [
        ("大连", "名单.txt:2"), ("沈阳/", "名单.txt:4"), ("里", "名单.txt:5")]
    plan = planned(lines, tmp_path, pattern(tmp_path), every=False, issue=None)
    assert [item.title for item in plan.items] == ["大连/2022-08", "沈阳/2022-08", "里/2022-08"]
    assert [item.job.root for item in plan.items if item.job] == [
        tmp_path / "大连", tmp_path / "沈阳", tmp_path / "里/issues"]


def test_which_issues(tmp_path: Path) -> None:
    publications(tmp_path, "大连", "沈阳")
    write(tmp_path / "大连", {"2022-09/issue.toml": HEAD.replace("08-26", "09-26") + EVENT})

    def titles(**which: object) -> list[str]:
        plan = planned(piped_list("大连\n沈阳".encode()), tmp_path, pattern(tmp_path), **which)  # type: ignore[arg-type]
        return [item.title + (f" {item.fault.message}" if item.fault else "") for item in plan.items]

    assert titles(every=False, issue=None) == ["大连/2022-09", "沈阳/2022-08"]
    assert titles(every=True, issue=None) == ["大连/2022-08", "大连/2022-09", "沈阳/2022-08"]
    first, second = titles(every=False, issue="2022-09")
    assert first == "大连/2022-09" and second.startswith("沈阳 没有“2022-09”这一期")


def test_lines_that_are_wrong_spoil_no_other(tmp_path: Path) -> None:
    publications(tmp_path, "大连", "大连分会", "鞍山")
    (tmp_path / "空").mkdir()
    write(tmp_path / "无期", {})
    (tmp_path / "又一个").symlink_to(tmp_path / "大连")
    text = "大连分汇\n空\n大连/publication.toml\n大连\n又一个\n无期\n\ufffe\n鞍三"
    plan = planned(piped_list(text.encode()), tmp_path, pattern(tmp_path), every=False, issue=None)
    said = [(item.place, item.fault.message if item.fault else None) for item in plan.items]
    assert [place for place, _ in said] == [f"标准输入:{number}" for number in (1, 2, 3, 4, 6, 7, 8)]
    missing, empty, file, right, none, odd, short = [message for _, message in said]
    assert missing == "没有文件夹 大连分汇，是不是 大连分会？"
    assert short == "没有文件夹 鞍三，是不是 鞍山？"
    assert empty and "没有 publication.toml" in empty
    assert file and "是文件；名单里写刊物的文件夹" in file
    assert right is None
    assert none and "还没有一期" in none
    assert odd and odd.startswith("没有文件夹")
    assert plan.notices == ("标准输入:5: 又一个 和 标准输入:4 的 大连 是同一个刊物，只做一次",)


def test_two_that_write_one_file(tmp_path: Path) -> None:
    publications(tmp_path, "大连", "沈阳")
    both = tmp_path / "一个.pdf"
    plan = planned(piped_list("大连\n沈阳".encode()), tmp_path,
                   Job(Path(), "", TODAY, tmp_path, output=both), every=False, issue=None)
    first, second = plan.items
    assert first.job and second.fault
    assert second.fault.message == f"它和 标准输入:1 的 大连/2022-08 要写同一个文件 {both}，没有做"


def test_lists_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_bytes("# 名单\n大连市服务外包协会\n".encode("gb18030"))
    with pytest.raises(InputFault, match=r"press convert 名单\.txt"):
        read_list(path, "名单.txt")
    with pytest.raises(UsageFault, match="是文件夹"):
        read_list(tmp_path, "名单")
    with pytest.raises(UsageFault, match="没有写刊物"):
        piped_list("# 只有注释\n".encode())
    with pytest.raises(UsageFault, match="先把名单存成文件"):
        piped_list("大连市服务外包协会\n".encode("gb18030"))


# --- what need not be done again ------------------------------------------------------------


class Writing:
    """Stands for the pool: each job's output is written, and counted."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __call__(self, jobs: Sequence[Job], told: Callable[[int, Answer[Rendered]], None]) -> None:
        for index in reversed(range(len(jobs))):  # the last is done first
            path = Path(jobs[index].issue)
            output = path.parent / "out" / f"{path.parent.name}.pdf"
            output.parent.mkdir(exist_ok=True)
            output.write_bytes(path.read_bytes())
            self.done.append(path.parent.name)
            told(index, Answer(End.DONE, Rendered(Checked(path, ()), (Output("pdf", output, (), 1),)), tries=1))


@pytest.fixture
def again(tmp_path: Path) -> Callable[..., list[str]]:
    """Do what is left of a publication of three issues; which were made."""
    for month in (7, 8, 9):
        write(tmp_path / "大连", {f"2022-{month:02}/issue.toml":
                                HEAD.replace("08", f"{month:02}").replace("8", str(month), 1) + EVENT})

    def run(resumes: bool = True, **how: object) -> list[str]:
        job = Job(Path(), "", TODAY, tmp_path, **how)  # type: ignore[arg-type]
        plan = planned(piped_list("大连".encode()), tmp_path, job, every=True, issue=None)
        outcomes: list[Outcome] = []
        writing = Writing()
        render_all(plan.items, writing, outcomes.append, marks=True, resumes=resumes)
        assert [one.item.title for one in outcomes] == [f"大连/2022-0{month}" for month in (7, 8, 9)]
        made = [one.item.title.rpartition("/")[2] for one in outcomes if one.status is Status.MADE]
        assert sorted(writing.done) == made
        assert all(one.message == "没有改动" for one in outcomes if one.status is not Status.MADE)
        return made

    return run


ALL = ["2022-07", "2022-08", "2022-09"]


def test_what_has_not_changed_is_skipped(tmp_path: Path, again: Callable[..., list[str]]) -> None:
    root = tmp_path / "大连"
    assert again() == ALL
    assert again() == []
    assert again(resumes=False) == ALL
    assert again() == []
    (root / "2022-08/issue.toml").write_text(HEAD + EVENT * 2, "utf-8")
    assert again() == ["2022-08", "2022-09"]  # a later one may compare with it
    os.utime(root / "2022-09/issue.toml", (0, 0))  # older is changed as well
    assert again() == ["2022-09"]
    (root / "2022-09/out/2022-09.pdf").write_bytes(b"%PDF")
    (root / "2022-07/out/2022-07.pdf").unlink()
    assert again() == ["2022-07", "2022-09"]
    for name in ("members.toml", "templates/themes/ours/style.css", "images/logo.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("", "utf-8")
        assert again() == ALL, name
    (root / "publication.toml").write_text(PUBLICATION_TEXT + "\n", "utf-8")
    assert again() == ALL
    assert again() == []


def test_how_it_was_made_counts(tmp_path: Path, again: Callable[..., list[str]]) -> None:
    assert again() == ALL
    assert again(draft=True) == ALL
    assert again() == ALL  # the drafts lie in its place
    assert again() == []
    assert again(theme="modern") == ALL


def test_marks_that_cannot_be_read_are_none(tmp_path: Path, again: Callable[..., list[str]]) -> None:
    assert again() == ALL
    marks = tmp_path / "大连/.press/batch.json"
    right = json.loads(marks.read_text("utf-8"))
    for wrong in ("", "[]", "{", json.dumps({**right, "stamp": "another release"}),
                  json.dumps({**right, "values": {key: {"sources": 1, "made": 2} for key in right["values"]}})):
        marks.write_text(wrong, "utf-8")
        assert again() == ALL, wrong
    assert again() == []


# --- the commands ---------------------------------------------------------------------------


def test_batch_says_what_came_of_each(tmp_path: Path, press: Press) -> None:
    publications(tmp_path, "大连", "沈阳")
    publications(tmp_path, "有错", issue=HEAD.replace("number", "numbr") + EVENT)
    (tmp_path / "名单.txt").write_text("大连\n有错\n# 撤销\n丹东\n沈阳\n", "utf-8")
    ran = press("batch", "名单.txt", "--jobs", "2", "--no-fit", "--json", "-")
    assert ran.status == Exit.USAGE  # the list names a folder that is not there
    told = json.loads(ran.out)
    assert {key: told[key] for key in ("total", "made", "skipped", "errors", "failed")} == {
        "total": 4, "made": 2, "skipped": 0, "errors": 1, "failed": 1}
    assert [(one["title"], one["status"], one["place"]) for one in told["issues"]] == [
        ("大连/2022-08", "made", "名单.txt:1"), ("有错/2022-08", "errors", "名单.txt:2"),
        ("丹东", "failed", "名单.txt:4"), ("沈阳/2022-08", "made", "名单.txt:5")]
    (output,) = told["issues"][0]["outputs"]
    assert output["outlet"] == "pdf" and Path(output["path"]).read_bytes().startswith(b"%PDF")
    assert any(one["rule"] == "unknown-key" and one["file"] == "有错/2022-08/issue.toml"
               for one in told["issues"][1]["findings"])
    rows = ran.err.splitlines()
    assert any(row.startswith("（1/4）生成 大连/2022-08（") for row in rows)
    assert "（2/4）有错误：名单.txt:2: 有错/2022-08 有错误，没有生成" in rows
    assert "（3/4）失败：名单.txt:4: 没有文件夹 丹东" in rows
    assert [row.split() for row in rows if row.startswith("  ")][-3:] == [
        ["生成", "2"], ["有错误", "1", "改正后再运行一次，只做没有做成的"], ["失败", "1", "按下面说的改好，再运行一次"]]
    again = press("batch", "名单.txt", "--no-fit", "--json", "结果.json")
    assert again.out == "" and "（1/4）跳过 大连/2022-08（没有改动）" in again.err
    assert json.loads((tmp_path / "结果.json").read_text("utf-8"))["skipped"] == 2


def test_what_batch_refuses(tmp_path: Path, press: Press) -> None:
    publications(tmp_path, "大连")
    (tmp_path / "gbk.txt").write_bytes("# 大连市服务外包协会\n".encode("gb18030"))
    assert press("batch", "gbk.txt").status == Exit.ERRORS
    assert "gbk.txt:1:3: 错误 encoding" in press("batch", "gbk.txt").err
    assert press("batch", "无.txt").status == Exit.ERRORS
    assert press("batch", "大连").status == Exit.USAGE
    assert press("batch", "gbk.txt", "--all", "--issue", "2022-08").status == Exit.USAGE
    assert "--jobs" in press("batch", "gbk.txt", "--jobs", "-1").err


def test_a_full_disk_stops_no_other(tmp_path: Path) -> None:
    publications(tmp_path, "鞍山", "大连")
    job = Job(Path(), "", TODAY, tmp_path, fits=False)
    plan = planned(piped_list("鞍山\n大连".encode()), tmp_path, job, every=False, issue=None)
    outcomes: list[Outcome] = []
    render_all(plan.items, lambda jobs, told: work_off(jobs, batch_jobs.on_a_full_disk, told, processes=1),
               outcomes.append)
    full, fine = outcomes
    assert (full.status, fine.status) == (Status.FAILED, Status.MADE)
    assert "写不进" in full.message and "原来的文件没有改动" in full.message
    assert not list((tmp_path / "鞍山/2022-08").glob("out/*"))
    assert as_text(outcomes, 75).startswith("共 2 期，用了 1 分 15 秒\n")


def test_render_all_in_processes(tmp_path: Path, press: Press) -> None:
    write(tmp_path, {"2022-08/issue.toml": HEAD + EVENT,
                     "2022-07/issue.toml": HEAD.replace("08", "07").replace("number = 8", "numbr = 7") + EVENT})
    ran = press("render", "--all", "--jobs", "2", "--no-fit")
    assert ran.status == Exit.ERRORS
    assert ran.err.index("2022-07 有错误，没有生成") < ran.err.index("已生成 2022-08/out/2022-08.pdf")
    by_processes = (tmp_path / "2022-08/out/2022-08.pdf").read_bytes()
    press("render", "2022-08", "--no-fit", "-o", "one.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == by_processes


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    names = ["一", "二", "三", "四", "五"]
    publications(tmp_path, *names)
    command = [sys.executable, "-m", "bulletin_press", "batch", "-", "--jobs", "1", "--no-resume", "--no-fit"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                          start_new_session=True, encoding="utf-8") as process:
        assert process.stdin and process.stderr
        process.stdin.write("\n".join(names))
        process.stdin.close()
        heard = ""
        while "（1/5）" not in heard:
            line = process.stderr.readline()
            assert line, heard
            heard += line
        os.killpg(process.pid, signal.SIGINT)
        heard += process.stderr.read()
        assert process.wait(60) == 130
    assert heard.endswith("停下了；做完的都在，再运行一次接着做剩下的\n已取消\n"), heard
    assert (tmp_path / "一/2022-08/out/2022-08.pdf").read_bytes().startswith(b"%PDF")
    made = list(tmp_path.glob("*/2022-08/out/*"))  # hidden ones as well
    assert len(made) < len(names) and all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in made)


def test_killed_it_goes_on_where_it_was(tmp_path: Path) -> None:
    names = ["一", "二", "三"]
    publications(tmp_path, *names)
    command = [sys.executable, "-m", "bulletin_press", "batch", "-", "--jobs", "1", "--no-fit"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8") as process:
        assert process.stdin and process.stderr
        process.stdin.write("\n".join(names))
        process.stdin.close()
        while "（1/3）" not in process.stderr.readline():
            assert process.poll() is None
        process.kill()
        process.stderr.read()  # its worker holds the other end: it has ended as well then
    first = (tmp_path / "一/2022-08/out/2022-08.pdf").read_bytes()
    assert first.rstrip().endswith(b"%%EOF")
    ran = subprocess.run(command, cwd=tmp_path, env=environment, input="\n".join(names), capture_output=True,
                         encoding="utf-8", check=False)
    assert ran.returncode == 0 and "（1/3）跳过 一/2022-08（没有改动）" in ran.stderr, ran.stderr
    assert "（3/3）生成 三/2022-08" in ran.stderr, ran.stderr
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/2022-08/out/*"))
    assert made == sorted(f"{name}/2022-08/out/2022-08.pdf" for name in names)
    assert (tmp_path / "一/2022-08/out/2022-08.pdf").read_bytes() == first


def test_one_of_several_that_fails_stops_no_other(tmp_path: Path, press: Press) -> None:
    write(tmp_path, {"2022-08/issue.toml": HEAD + EVENT, "2022-07/issue.toml": HEAD.replace("08", "07") + EVENT})
    (tmp_path / "2022-07/out").write_text("a file where the folder should be", "utf-8")
    ran = press("render", "--all", "--no-fit")
    assert ran.status == Exit.ERRORS
    assert "2022-07 没有生成：写不进" in ran.err and "已生成 2022-08/out/2022-08.pdf" in ran.err
