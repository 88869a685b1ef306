"""Issues given to a cluster: what travels, what comes back, and that it is what would be made here."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import batch_jobs
import pytest
from commands import Press
from test_batch import EVENT
from workspaces import HEAD, PUBLICATION_TEXT, TODAY, png, write

from bulletin_press.batch.answer import answered
from bulletin_press.batch.bundle import Bundle, bundled
from bulletin_press.batch.dask import by_cluster
from bulletin_press.batch.freshness import release
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
    assert answer.value is None and "worker 的程序或字体与这里的不同" in answer.message


def test_what_no_cluster_can_do(place: Workspace, press: Press) -> None:
    with pytest.raises(UsageFault, match="写调度程序的地址"):
        by_cluster("127.0.0.1:8786", print)([], lambda index, answer: None)
    root = str(place.root)
    assert press("-w", root, "render", "-o", "a.pdf", "--scheduler", "tcp://127.0.0.1:1").status == Exit.USAGE


# --- a real cluster -------------------------------------------------------------------------


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


def test_a_worker_killed_in_the_middle(tmp_path: Path, cluster: Any) -> None:
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
            os.kill(victims[0], signal.SIGKILL)
        outcomes.append(outcome)

    said: list[str] = []
    render_all(items, by_cluster(cluster.scheduler_address, said.append), told)
    assert said == []
    assert [one.item.title for one in outcomes] == [*names, "错"]
    assert [one.status for one in outcomes] == [Status.MADE] * 4 + [Status.ERRORS]
    assert run(replace(jobs[3], output=tmp_path / "here.pdf")).outputs
    assert (tmp_path / "四/2022-08/out/2022-08.pdf").read_bytes() == (tmp_path / "here.pdf").read_bytes()


def test_an_endless_job_does_not_take_others_with_it(tmp_path: Path, cluster: Any) -> None:
    write(tmp_path / "没完", {"2022-08/issue.toml": HEAD + EVENT.replace("理事会", "没完没了的会")})
    write(tmp_path / "中断", {"2022-08/issue.toml": HEAD + EVENT.replace("理事会", "中断的会")})
    write(tmp_path / "快", {"2022-08/issue.toml": HEAD + EVENT})
    jobs = [Job(tmp_path / name, "2022-08", TODAY, tmp_path) for name in ("没完", "快", "中断", "快", "快", "快")]
    ends: dict[int, str] = {}
    by_cluster(cluster.scheduler_address, print, Limits(seconds=1.5), batch_jobs.at_an_errand)(
        jobs, lambda index, answer: ends.setdefault(index, f"{answer.end} {answer.message}") and None)
    assert ends == {0: "timed-out 过了 1.5 秒还没有做完，已经停下", 2: "crashed 排版的进程中途停了，试了 2 次都这样",
                    **dict.fromkeys((1, 3, 4, 5), "fault 很快")}
