"""Issues given to a cluster: what travels, what comes back, and that it is what would be made here."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import batch_jobs
import pytest
from commands import Press
from test_batch import EVENT
from workspaces import HEAD, PUBLICATION_TEXT, ROOT, TODAY, png, write

from bulletin_press.batch import freshness, reaching
from bulletin_press.batch.answer import Answer, End, answered
from bulletin_press.batch.bundle import Bundle, bundled
from bulletin_press.batch.dask import by_cluster
from bulletin_press.batch.freshness import release, unlike
from bulletin_press.batch.item import Item, Outcome, Status
from bulletin_press.batch.pool import Limits
from bulletin_press.batch.rendering import render_all
from bulletin_press.batch.there import Errand, bring, unpacked
from bulletin_press.ground.diagnostics import EnvironmentFault, Exit, PressError, UsageFault
from bulletin_press.pipeline import Job, run
from bulletin_press.publication.workspace import Workspace

PICTURE = '[[event]]\nbody = "会议现场。"\nimage = "images/a.png"\n'


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A publication with all kinds of files about."""
    root = tmp_path / "大连"
    found = write(root, {
        "2022-07/issue.toml": HEAD.replace("08", "07").replace("8", "7", 1) + EVENT,
        "2022-07/images/old.png": "", "2022-09/issue.toml": HEAD.replace("08", "09") + EVENT,
        "2022-08/issue.toml": HEAD + EVENT + PICTURE,
        "2022-08/.draft": "", "2022-08/out/2022-08.pdf": "old", "2022-08/out/.x": "",
        "members.toml": '[dongkang]\nname = "东康"\nlogo = "logos/东康.png"\n',
        "templates/checks/terms.toml": "", "templates/.secret": "",
        ".press/sent/2022-07.json": "{}", "名单.csv": "a@example.com", "site/.press-made": "# x\nindex.html\n",
        "site/index.html": "",
    })
    for name in ("2022-08/images/a.png", "logos/东康.png", "logos/别的.png"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(png(40, 30))
    (root / "2022-08/images/out.png").symlink_to("/etc/hostname")
    return replace(found, shown_from=tmp_path)


def errand_of(place: Workspace) -> tuple[Job, Errand]:
    path = place.root / "2022-08/issue.toml"
    job = Job(place.root, str(path), TODAY, place.shown_from, fits=False)
    return job, Errand(bundled(place, path), job, release())


def test_what_travels(place: Workspace) -> None:
    bundle = bundled(place, place.root / "2022-08/issue.toml")
    assert bundle.issue == "2022-08/issue.toml"
    assert sorted(bundle.files) == sorted([
        "publication.toml", "members.toml", "logos/东康.png", "2022-08/issue.toml", "2022-08/images/a.png",
        "2022-07/issue.toml", "templates/checks/terms.toml"])


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "a\\b"])
def test_a_bundle_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no path of a file"):
        Bundle("issue.toml", {name: b""}).unpack(tmp_path / "in")
    assert not (tmp_path / "a").exists()


def test_what_comes_back_is_what_is_made_here(place: Workspace, tmp_path: Path) -> None:
    job, errand = errand_of(place)
    answer = answered(bring, errand)
    assert answer.value and answer.value.files
    here = run(replace(job, output=tmp_path / "here.pdf"))
    made = unpacked(answer.value, job)
    assert made.files == ((tmp_path / "here.pdf").read_bytes(),)
    assert made.rendered.checked == here.checked
    assert [one.path for one in made.rendered.outputs] == [place.root / "2022-08/out/2022-08.pdf"]
    assert (place.root / "2022-08/out/2022-08.pdf").read_text() == "old"  # not written yet
    for wrong in (replace(answer.value, files=(b"%PDF else",)), replace(answer.value, files=()),
                  replace(answer.value, files=({"../x": b""},)),
                  replace(answer.value, rendered=replace(answer.value.rendered, outputs=tuple(
                      replace(one, outlet="docx") for one in answer.value.rendered.outputs)))):
        with pytest.raises(PressError, match="没有写入"):
            unpacked(wrong, job)


def test_errors_are_told_as_here(place: Workspace) -> None:
    (place.root / "publication.toml").write_text(PUBLICATION_TEXT + "[stile]\n", "utf-8")
    (place.root / "2022-08/issue.toml").write_text(HEAD + "[[event]]\nbodi = 1\n", "utf-8")
    job, errand = errand_of(place)
    answer = answered(bring, errand)
    assert answer.value is not None
    brought = unpacked(answer.value, job).rendered
    assert brought.checked == run(job).checked
    assert any(one.span.file.startswith("大连/") for one in brought.checked.findings)


def test_another_press_is_refused(place: Workspace) -> None:
    _, errand = errand_of(place)
    answer = answered(bring, replace(errand, release="0.0.1-x-y"))
    assert answer.value is None and "与派活的机器上的不同，没有做" in answer.message
    ours = release().split("-")
    assert unlike("-".join(["0.0.1", *ours[1:]])) == f"版本不同：它是 0.0.1，这里是 {ours[0]}"
    assert unlike("-".join([*ours[:2], "x", "y"])) == "版式、程序与这里的不同"
    assert unlike("0.0.1-x-y").startswith("版本不同：它是 0.0.1，")


def test_the_source_is_of_the_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = release()
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.py").write_text("1", "utf-8")
    monkeypatch.setattr(freshness, "_SOURCE", tmp_path)
    one = release.__wrapped__()
    (tmp_path / "a/b.py").write_text("2", "utf-8")
    two = release.__wrapped__()
    assert len({before, one, two}) == 3 and unlike(two) == "程序与这里的不同"


def test_what_no_cluster_can_do(place: Workspace, press: Press) -> None:
    with pytest.raises(UsageFault, match="写调度程序的地址"):
        by_cluster("127.0.0.1:8786", print)([], lambda index, answer: None)
    root = str(place.root)
    assert press("-w", root, "render", "-o", "a.pdf", "--scheduler", "tcp://127.0.0.1:1").status == Exit.USAGE


# --- a real cluster -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://127.0.0.1", "tls://127.0.0.1:port", "tcp://:8786",
                                     "http://127.0.0.1:8787"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageFault, match="写调度程序的地址和端口"):
        by_cluster(address, print)


def test_the_library_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnvironmentFault, match="cluster"):
        by_cluster("tcp://127.0.0.1:1", print)([Job(Path(), "", TODAY, Path())], lambda index, answer: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(EnvironmentFault, match="用 Python 安装"):
        reaching.library()


def test_why_a_scheduler_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(reaching, "_REACH", .3)
    monkeypatch.setattr(reaching, "_SILENCE", 1.0)

    def said(port: int, scheme: str = "tcp") -> str:
        with pytest.raises(EnvironmentFault) as fault, reaching.quiet():
            reaching.reached(f"{scheme}://127.0.0.1:{port}")
        return fault.value.message

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        assert said(port) == f"连不上 tcp://127.0.0.1:{port}：那里的程序不像调度程序（dask scheduler），请看端口对不对"
    assert "那里没有程序在听" in said(port)
    assert "没有证书" in said(port, "tls")


@pytest.mark.parametrize(("error", "words"), [
    (ssl.SSLCertVerificationError(), "它的证书不是"), (ssl.SSLEOFError(), "它不认这里的证书"),
    (FileNotFoundError(), "证书读不出来"), (ConnectionResetError(), "就不要写 tcp://"),
    (RuntimeError("encryption required by Dask configuration"), "地址要写 tls://"),
    (socket.gaierror(), "没有程序在听")])
def test_what_the_library_raises_is_told(error: Exception, words: str) -> None:
    outer = OSError("Timed out")
    outer.__cause__ = error
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert words in reaching._why(error if isinstance(error, RuntimeError) else outer, f"tcp://127.0.0.1:{port}")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0",
                                  silence_logs=50) as made:
        yield made


def test_nobody_there() -> None:
    distributed = pytest.importorskip("distributed")
    with (distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0", silence_logs=50) as empty,
          pytest.MonkeyPatch.context() as patched):
        patched.setattr("bulletin_press.batch.dask._HEAR", .1)
        with pytest.raises(EnvironmentFault, match="没有 worker"):
            by_cluster(empty.scheduler_address, print)([Job(Path(), "", TODAY, Path())], lambda index, answer: None)


@pytest.mark.parametrize("killed", [1, 2])
def test_workers_killed_in_the_middle(tmp_path: Path, cluster: Any, killed: int) -> None:
    names = ["一", "二", "三", "四"]
    for name in names:
        write(tmp_path / name, {"2022-08/issue.toml": HEAD + EVENT.replace("理事会", f"第{name}次理事会")})
    write(tmp_path / "错", {"2022-08/issue.toml": HEAD + "[[event]]\nbodi = 1\n"})
    jobs = [Job(tmp_path / name, "2022-08", TODAY, tmp_path, fits=False) for name in (*names, "错")]
    items = [Item(Path(job.root).name, job) for job in jobs]
    victims = [worker.pid for worker in cluster.workers.values()]
    outcomes: list[Outcome] = []

    def told(outcome: Outcome) -> None:
        if not outcomes:
            for victim in victims[:killed]:
                os.kill(victim, signal.SIGKILL)
        outcomes.append(outcome)

    said: list[str] = []
    render_all(items, by_cluster(cluster.scheduler_address, said.append), told)
    assert said == []
    assert [one.item.title for one in outcomes] == [*names, "错"]
    assert [one.status for one in outcomes] == [Status.MADE] * 4 + [Status.ERRORS]
    assert run(replace(jobs[3], output=tmp_path / "here.pdf")).outputs
    assert (tmp_path / "四/2022-08/out/2022-08.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()


@pytest.mark.parametrize("times", [1, 9])
def test_what_is_lost_before_it_is_fetched_is_made_again(tmp_path: Path, cluster: Any, times: int,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_press.batch import dask

    taken, left = dask._taken, [TimeoutError()] * times
    ends: dict[int, Answer[Any]] = {}

    def lost(*arguments: Any) -> Answer[Any]:
        if left:
            raise left.pop()
        return taken(*arguments)

    monkeypatch.setattr(dask, "_taken", lost)
    by_cluster(cluster.scheduler_address, print)(quick(tmp_path, "甲"), ends.__setitem__)
    assert (ends[0].value is not None) == (times == 1), ends
    assert times == 1 or "没有取回来" in str(ends[0].message)


def test_an_endless_job_does_not_take_others_with_it(tmp_path: Path, cluster: Any) -> None:
    write(tmp_path / "没完", {"2022-08/issue.toml": HEAD + EVENT.replace("理事会", "没完没了的会")})
    write(tmp_path / "中断", {"2022-08/issue.toml": HEAD + EVENT.replace("理事会", "中断的会")})
    write(tmp_path / "快", {"2022-08/issue.toml": HEAD + EVENT})
    jobs = [Job(tmp_path / name, "2022-08", TODAY, tmp_path) for name in ("没完", "快", "中断", "快", "快", "快")]
    ends: dict[int, str] = {}

    def told(index: int, answer: Answer[Any]) -> None:
        ends[index] = f"{answer.end} {answer.message}"

    by_cluster(cluster.scheduler_address, print, Limits(seconds=1.5), batch_jobs.at_an_errand)(jobs, told)
    assert ends == {0: "timed-out 过了 1.5 秒还没有做完，已经停下", 2: "crashed 排版的进程中途停了，试了 2 次都这样",
                    **dict.fromkeys((1, 3, 4, 5), "fault 很快")}


def quick(folder: Path, *names: str) -> list[Job]:
    for name in {*names}:
        write(folder / name, {"2022-08/issue.toml": HEAD + EVENT.replace("理事会", f"{name}的会")})
    return [Job(folder / name, "2022-08", TODAY, folder) for name in names]


@pytest.mark.skipif(sys.platform != "linux", reason="whose child a process is, is told by /proc")
def test_a_worker_with_another_press_gets_nothing(tmp_path: Path, cluster: Any) -> None:
    from distributed import Client

    with Client(cluster) as client:  # type: ignore[no-untyped-call, unused-ignore]
        workers = client.run(os.getpid)
        other, right = workers
        client.run(exec, "from bulletin_press.batch import freshness; freshness.ours = freshness.release; "
                   "freshness.release = lambda: '0.0.1-a-b-c'", workers=[other])
        try:
            said, ends = list[str](), list[str]()
            by_cluster(cluster.scheduler_address, said.append, work=batch_jobs.where)(
                quick(tmp_path, *["快"] * 8), lambda index, answer: ends.append(answer.message))
        finally:
            # Not by a restart: a nanny that is asked for one while its worker closes may close with it.
            client.run(exec, "from bulletin_press.batch import freshness; freshness.release = freshness.ours",
                       workers=[other])
    assert said == [f"注意：不用 {other}：{unlike('0.0.1-a-b-c')}"]
    assert set(ends) == {f"worker {workers[right]}"} and len(ends) == 8


class Lonely:
    """A scheduler and its one worker, each a command of its own."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
        told = folder / "scheduler.json"

        def started(command: str, *arguments: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen([sys.executable, "-m", f"distributed.cli.dask_{command}", "--scheduler-file",
                                     str(told), "--no-dashboard", *arguments], cwd=folder, env=environment,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        self.scheduler = started("scheduler", "--host", "127.0.0.1", "--port", "0")
        self.nanny = started("worker", "--nthreads", "1")
        for _ in range(400):
            with suppress(OSError, ValueError):
                self.address = json.loads(told.read_text("utf-8"))["address"]
                return
            time.sleep(.05)
        raise AssertionError("no scheduler")

    @property
    def worker(self) -> int:
        """The process under the nanny."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:  # type: ignore[no-untyped-call, unused-ignore]
            client.wait_for_workers(1, timeout=60)
            (process,) = client.run(os.getpid).values()
        return int(process)

    def end(self) -> None:
        """End both, and the worker with its nanny."""
        self.nanny.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.nanny.wait(10)
        for process in (self.nanny, self.scheduler):
            process.kill()
            process.wait(30)


@pytest.fixture
def lonely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lonely]:
    pytest.importorskip("distributed")
    monkeypatch.setattr("bulletin_press.batch.dask._MEET", .2)
    (tmp_path / "cluster").mkdir()
    made = Lonely(tmp_path / "cluster")
    yield made
    made.end()


@pytest.mark.parametrize(("gone", "words"), [("scheduler", "的连接断了"), ("nanny", "上的 worker 都停了")])
def test_what_is_left_of_a_cluster_that_goes(tmp_path: Path, lonely: Lonely, gone: str, words: str,
                                             monkeypatch: pytest.MonkeyPatch,
                                             capfd: pytest.CaptureFixture[str]) -> None:
    ends: dict[int, Answer[Any]] = {}

    def told(index: int, answer: Answer[Any]) -> None:
        if not ends:
            monkeypatch.setattr("bulletin_press.batch.dask._HEAR", 1.0)
            getattr(lonely, gone).terminate()
        ends[index] = answer

    by_cluster(lonely.address, print, Limits(), batch_jobs.at_an_errand)(
        quick(tmp_path, "快", "没完", "快", "快"), told)
    assert ends[0].message == "很快" and sorted(ends) == [0, 1, 2, 3]
    assert all(words in ends[index].message and ends[index].exit_status is Exit.ENVIRONMENT for index in (1, 2, 3))
    assert "Traceback" not in capfd.readouterr().err


def test_a_worker_that_has_gone_deaf(tmp_path: Path, lonely: Lonely, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: dict[int, Answer[Any]] = {}
    worker = lonely.worker

    def told(index: int, answer: Answer[Any]) -> None:
        if not ends:
            # Most of it is what its nanny waits before it ends it.
            monkeypatch.setattr("bulletin_press.batch.dask._HEAR", 10.0)
            os.kill(worker, signal.SIGSTOP)
        ends[index] = answer

    by_cluster(lonely.address, print, Limits(seconds=.5), batch_jobs.at_an_errand)(
        quick(tmp_path, "快", "没完", "快", "快"), told)
    assert ends[1].end is End.TIMED_OUT and "没有回音" in ends[1].message
    assert [ends[index].message for index in (0, 2, 3)] == ["很快"] * 3
