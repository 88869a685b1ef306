"""What worker processes are given to do by the tests of the pool; each imports this by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from bulletin_press.batch.there import Brought, Errand
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError, Severity, Span
from bulletin_press.pipeline import Job, Rendered, run


def done(given: str) -> str:
    """What a word says: who did it, or how it goes wrong."""
    word, _, rest = given.partition(" ")
    if word == "process":
        return str(os.getpid())
    if word == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "killed-once" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "endless":
        Path(rest).write_text(str(os.getpid()), "ascii")
        while True:
            time.sleep(1)
    if word == "bug":
        raise ValueError("boom")
    if word == "fault":
        raise InputFault("读不出来", [Finding("wrong-type", Severity.ERROR, "不是数", Span("a.toml", 3, 1, 3, 2))])
    if word == "huge":
        return str(len(bytearray(1 << 45)))
    return given


def at_an_errand(errand: Errand) -> Brought:
    """Be at an errand for ever, end its process, or have done with it at once."""
    text = errand.bundle.files["2022-08/issue.toml"].decode()
    while "没完" in text:
        time.sleep(1)
    if "中断" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    raise PressError("很快")


def where(errand: Errand) -> Brought:
    """Say which worker of the cluster the errand has come to: it started what this process is forked from."""
    server = Path(f"/proc/{os.getppid()}/stat").read_text("ascii").rpartition(")")[2].split()[1]
    raise PressError(f"worker {server}")


def on_a_full_disk(job: Job) -> Rendered:
    """Render; for 鞍山 there is no room for more than a hundred bytes."""
    import resource

    if "鞍山" not in str(job.root):
        return run(job)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        return run(job)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
