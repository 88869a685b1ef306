"""Ctrl-C at any moment: one Chinese line, status 130, nothing half done left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shares import share
from workspaces import ROOT, samples

CANCELLED = (130, "", "已取消\n")
MOMENTS = 20
STEPS = (("check", .015), ("render", .06))

# Says when its guard stands, so that a signal does not come while Python itself is starting.
PROGRAM = """
import os, sys
from bulletin_press.ground.interruption import Guard

Guard()
os.write(1, b"up\\n")
{before}
from bulletin_press.entry import main

main()
"""

AT_AN_IMPORT = """
class AtAnImport:
    left = int(os.environ["MOMENT"])

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        cls.left -= 1
        if cls.left == 0:
            os.kill(os.getpid(), 2)

sys.meta_path.insert(0, AtAnImport)
"""

# Twice, after so many seconds of work: the machine's other work does not count.
AFTER = """
import signal, time, warnings

def sent(number, frame):
    process = os.getpid()
    # From 3.12 on Python warns of it beside threads; the child only sends a signal.
    warnings.simplefilter("ignore", DeprecationWarning)
    if os.fork() == 0:
        time.sleep(.004)
        os.kill(process, 2)
        os._exit(0)
    os.kill(process, 2)

signal.signal(signal.SIGPROF, sent)
signal.setitimer(signal.ITIMER_PROF, {seconds})
"""

# What runs instead of a command; ``sent`` interrupts it.
INSTEAD = """
import time
from bulletin_press import cli

def sent():
    os.kill(os.getpid(), 2)
    time.sleep(.01)

def swallowed():
    try:
        sent()
    except KeyboardInterrupt:
        pass
    time.sleep(60)

class Dropped:
    def __del__(self):
        sent()

def destructor():
    Dropped()
    time.sleep(60)

def cleaning():
    try:
        sent()
    finally:
        sent()
        os.write(1, b"clean\\n")

def done():
    return 7

cli.command = {name}
"""


class Process:
    """``press`` in a process of its own, past its guard."""

    def __init__(self, *arguments: str | Path, before: str = "", **options: object) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PRESS_")}
        self.process = subprocess.Popen([sys.executable, "-c", PROGRAM.format(before=before), *map(str, arguments)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                                        env=environment | {"PYTHONPATH": str(ROOT), "MOMENT": "0"} | options.pop(
                                            "env", {}), **options)  # type: ignore[arg-type, call-overload]
        assert self.process.stdout.readline() == "up\n"

    def ended(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


def test_while_modules_are_loaded() -> None:
    counted = Process("--version", before=AT_AN_IMPORT + "import atexit; "
                                                         "atexit.register(lambda: print(-AtAnImport.left))")
    modules = int(counted.ended()[1].split()[-1])
    assert modules > 100
    for moment in range(1, modules - 5, modules // MOMENTS):
        assert Process("--version", before=AT_AN_IMPORT, env={"MOMENT": str(moment)}).ended() == CANCELLED, moment


@pytest.mark.parametrize(("command", "seconds"), share(
    ((command, step * moment) for command, step in STEPS for moment in range(1, MOMENTS + 1)),
    [(command, step * moment) for command, step in STEPS for moment in (1, 7, 15)]))
def test_while_it_works(tmp_path: Path, command: str, seconds: float) -> None:
    root = samples(tmp_path / "issues")
    status, out, err = Process("-w", root, command, before=AFTER.format(seconds=seconds)).ended()
    assert (status, out, err) == CANCELLED or (status == 0 and seconds > .1), (status, err)
    assert [path for path in root.rglob("*.pdf") if not path.read_bytes().endswith(b"%%EOF\n")] == []
    assert list(root.rglob("*.press-tmp")) == []


@pytest.mark.parametrize("name", ["swallowed", "destructor"])
def test_an_interrupt_that_gets_lost_ends_it_all_the_same(name: str) -> None:
    begun = time.monotonic()
    assert Process(before=INSTEAD.format(name=name)).ended() == CANCELLED
    assert time.monotonic() - begun < 30


def test_a_second_one_does_not_disturb_the_cleaning_up() -> None:
    assert Process(before=INSTEAD.format(name="cleaning")).ended() == (130, "clean\n", "已取消\n")


def test_after_the_command_it_changes_nothing() -> None:
    late = "import atexit; atexit.register(lambda: os.kill(os.getpid(), 2))"
    assert Process(before=INSTEAD.format(name="done") + late).ended() == (7, "", "")


def test_in_the_background_it_is_ignored_as_the_shell_told() -> None:
    # As `sh -c 'press … &'` starts it.
    script = 'trap "" INT; exec "$0" -m bulletin_press --version'
    running = subprocess.Popen(["sh", "-c", script, sys.executable], stdout=subprocess.PIPE, encoding="utf-8",
                               env={**os.environ, "PYTHONPATH": str(ROOT)})
    for _ in range(5):
        running.send_signal(signal.SIGINT)
        time.sleep(.01)
    out, _ = running.communicate(timeout=60)
    # A signal may come before the shell's trap stands.
    assert (running.returncode, out.startswith("press ")) in ((0, True), (-2, False))


def test_the_guard_loads_only_what_is_built_in() -> None:
    listed = "import os, sys; before = set(sys.modules); import bulletin_press.entry; print(*set(sys.modules) - before)"
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {listed}"],
                         capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {"__future__", "bulletin_press", "bulletin_press.entry", "bulletin_press.ground",
                                       "bulletin_press.ground.interruption"}
