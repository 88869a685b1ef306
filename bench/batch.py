"""How fast many issues are made: made-up associations, an issue a month each, by one worker process and by two.

usage: python bench/batch.py [--issues 200] [--processes 1 2] [--cold 5]

1. Issues a minute and seconds of the clock, by so many processes; the throughput of each over that of the first.
2. Seconds of the processor an issue costs in a worker, its process's start included, over what ``press render`` of the
   same issues takes cold; what the process that the workers are forked from takes, once.
3. What a worker has in memory after a job, MB: the first jobs of workers, all, the last ones.
4. The same by two workers of a dask.distributed cluster on this machine, where it is installed.
5. Typst (PyPI's ``typst``, where it is installed) on the text of the same issues, without pictures, tables, charts and
   checks: seconds of the processor an issue.

The clock's seconds are lengthened by other work on the machine, whose load is told.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import shapes  # noqa: E402

from bulletin_press.batch.answer import Answer  # noqa: E402
from bulletin_press.batch.pool import Limits, work_off  # noqa: E402
from bulletin_press.ground.process_memory import memory_of  # noqa: E402
from bulletin_press.pipeline import Job, run  # noqa: E402

ASSOCIATIONS, MONTHS = 20, 12
THROUGHPUT_AIM, COST_AIM, CLUSTER_AIM = 1.7, 0.6, 1.15
_FIGURE = re.compile(r"(?<![\d.-])\d{3,4}(?=\s*\|)")


def made_up(folder: Path, count: int) -> list[tuple[Path, str]]:
    """So many issues of twenty associations; each one's publication and name."""
    months = -(-count // ASSOCIATIONS)
    if months > MONTHS:
        raise SystemExit(f"at most {ASSOCIATIONS * MONTHS} issues")
    found = []
    for month in range(1, months + 1):
        for association in range(min(ASSOCIATIONS, count - (month - 1) * ASSOCIATIONS)):
            root = folder / f"association-{association + 1:02}"
            one_issue(root, association, month)
            found.append((root, f"2022-{month:02}"))
    return found


def one_issue(root: Path, association: int, month: int) -> None:
    """An issue of some shape, the figures in its tables, its names and its titles varied."""
    chance = random.Random(100 * association + month)
    root.mkdir(parents=True, exist_ok=True)
    typed = (ROOT / "issues" / "publication.toml").read_text("utf-8")
    (root / "publication.toml").write_text(typed.replace("大连", f"第{association + 1}市"), "utf-8")
    shutil.copy(ROOT / "issues" / "members.toml", root / "members.toml")
    folder = root / f"2022-{month:02}"
    one = shapes.Shape(folder, month)
    shapes.SHAPES[(association + month) % len(shapes.SHAPES)](one)
    text = _FIGURE.sub(lambda found: str(chance.randrange(100, 9999)), "\n".join(one.parts))
    folder.mkdir(exist_ok=True)
    (folder / "issue.toml").write_text(text, "utf-8")


def timed(job: Job) -> tuple[int, float, int, bool]:
    """Render: the process, its seconds so far, bytes that it has in memory, whether the issue was made."""
    made = bool(run(job).outputs)
    return os.getpid(), time.process_time(), memory_of(os.getpid()) or 0, made


def by_processes(jobs: list[Job], processes: int) -> dict[str, Any]:
    """Render all by so many processes."""
    answers: list[Answer[tuple[int, float, int, bool]]] = []
    begun = time.perf_counter()
    work_off(jobs, timed, lambda _, answer: answers.append(answer), processes=processes, limits=Limits())
    seconds = time.perf_counter() - begun
    workers = defaultdict(list)
    for answer in answers:
        if answer.value:
            workers[answer.value[0]].append(answer.value)
    return {"seconds": seconds, "made": sum(bool(answer.value and answer.value[3]) for answer in answers),
            "cpu": sum(max(used for _, used, _, _ in jobs) for jobs in workers.values()) / len(answers),
            "first": [jobs[0][2] for jobs in workers.values()], "last": [jobs[-1][2] for jobs in workers.values()],
            "memory": [memory for jobs in workers.values() for _, _, memory, _ in jobs]}


def cold(root: Path, name: str) -> float:
    """Seconds of the processor for the command, cold."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "bulletin_press.cli", "-w", str(root), "render", name], check=True,
                   capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def forking() -> float | None:
    """Seconds of the processor of the process that workers are forked from, where the system tells."""
    from multiprocessing import forkserver

    try:
        process = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except (AttributeError, OSError):
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def by_cluster(jobs: list[Job], workers: int) -> float | None:
    """Seconds of the clock for all by so many workers of a cluster; None where there is none."""
    try:
        from distributed import LocalCluster  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    from bulletin_press.batch import dask

    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0",
                      silence_logs=50) as cluster:
        begun = time.perf_counter()
        dask.by_cluster(cluster.scheduler_address, print)(jobs, lambda index, answer: None)
        return time.perf_counter() - begun


def typst_seconds(issues: list[tuple[Path, str]]) -> float | None:
    """Seconds of the processor an issue for Typst, in one warm process; None where there is none."""
    try:
        import typst  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    before = time.process_time()
    for root, name in issues:
        typed = tomllib.loads((root / name / "issue.toml").read_text("utf-8"))
        items = [item for kind in ("news", "policy", "member", "event") for item in typed.get(kind, [])]
        texts = [str(item.get(key, "")) for item in items for key in ("title", "name", "body", "intro")]
        plain = re.sub(r"([\\#*_`$<>@\[\]=~/|+-])", r"\\\1", "\n\n".join(texts))
        typst.compile(('#set page("a4", margin: 25mm)\n#set text(font: "Bulletin Song", size: 10.5pt, lang: "zh")\n'
                       "#set par(justify: true)\n" + plain).encode(), font_paths=[str(ROOT / "fonts")])
    return (time.process_time() - before) / len(issues)


def main() -> None:
    """Make the issues, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, default=200)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--cold", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        issues = made_up(Path(temporary), arguments.issues)
        jobs = [Job(root, name, date(2022, 12, 1), Path(temporary)) for root, name in issues]
        print(f"{len(issues)} issues of {len({root for root, _ in issues})} associations; "
              f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        step = max(1, len(issues) // arguments.cold)
        chosen = issues[::step][:arguments.cold]
        alone = statistics.mean(cold(*one) for one in chosen)
        warm = by_processes([jobs[issues.index(one)] for one in chosen], 1)["cpu"]
        print(f"press render, cold: {alone:.2f} s of the processor an issue; the same {len(chosen)} by one worker: "
              f"{warm:.2f}, start included; ratio {warm / alone:.2f} (aim: {COST_AIM})")
        first, ran = None, {}
        for processes in arguments.processes:
            ran = by_processes(jobs, processes)
            first = first or ran["seconds"]
            megabytes = {key: statistics.median(ran[key]) / 1e6 for key in ("first", "memory", "last")}
            rate, gain = 60 * len(jobs) / ran["seconds"], first / ran["seconds"]
            print(f"{processes} processes: {ran['seconds']:.1f} s, {rate:.1f} issues a minute, {gain:.2f} × the first "
                  f"(aim of two: {THROUGHPUT_AIM}); {ran['made']} made; {ran['cpu']:.2f} s of the processor an issue\n"
                  f"  memory, MB: first job {megabytes['first']:.0f}, median {megabytes['memory']:.0f}, "
                  f"last {megabytes['last']:.0f}, most {max(ran['memory']) / 1e6:.0f}")
        if (once := forking()) is not None:
            print(f"the process that workers are forked from: {once:.2f} s of the processor, once")
        if (cluster := by_cluster(jobs, arguments.processes[-1])) is not None:
            print(f"{arguments.processes[-1]} workers of a cluster: {cluster:.1f} s, {cluster / ran['seconds']:.2f} × "
                  f"the time of as many processes (aim: {CLUSTER_AIM})")
        typst = typst_seconds(issues[:20])
        print("typst is not installed" if typst is None else
              f"typst, text only, one warm process: {typst:.2f} s of the processor an issue")


if __name__ == "__main__":
    main()
