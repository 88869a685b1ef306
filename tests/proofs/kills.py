"""Every command that writes, killed (SIGKILL) at random instants: the long proof of ``output``.

``python tests/proofs/kills.py [--kills 300] [--only NAME …] [--plainly]``. After each kill what is on
the disk must be as it was before or as the finished command leaves it, byte for byte; the next run
must finish the work and leave nothing beside it. Prints a line a command; the exit status is 1
where anything was corrupt, empty, lost or left over. ``--plainly`` writes without temporary files:
a proof that cannot fail would then pass.

A command runs in a fork of a warm process, so that most of its time is its own work: a third of the
kills come at any time of it, two thirds between the moment when it begins to write and its end. Before
that each command is killed once ahead of every step that touches the disk, from the first on.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

PUBLICATION = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n'
ISSUE = """[issue]
number = 8
date = 2022-08-26

[[event]]
body = '''
协会举办座谈会;会员单位参加,共30人。
'''
""" + "# 说明\n" * 300
Tree = Mapping[str, bytes | None]


@dataclass(frozen=True)
class Command:
    """A command, the files it starts from (None: a folder), and what else is whole in between.

    ``stages`` are sets of paths that come into being together: none of a set may be there without
    the others. Whatever the finished command leaves untouched must be as it was all the time.
    """

    name: str
    arguments: Sequence[str]
    before: Tree
    stages: Sequence[Sequence[str]] = ()


OLD = "旧".encode() * 1000
WORKSPACE: Tree = {"issues/publication.toml": PUBLICATION.encode(), "issues/2022-08/issue.toml": ISSUE.encode()}
COMMANDS = (
    Command("new workspace", ("new-issue", "2022-08", "--yes"), {},
            (("issues", "issues/publication.toml", "issues/.gitignore"),
             ("issues/2022-08", "issues/2022-08/issue.toml", "issues/2022-08/images"))),
    Command("new workspace in a folder", ("new-issue", "2022-08", "--yes"), {"issues": None},
            (("issues/2022-08", "issues/2022-08/issue.toml", "issues/2022-08/images"),)),
    Command("new-issue", ("new-issue", "2022-09"), WORKSPACE,
            (("issues/2022-09", "issues/2022-09/issue.toml", "issues/2022-09/images"),)),
    Command("new-issue beside pictures", ("new-issue", "2022-09"),
            {**WORKSPACE, "issues/2022-09/images/a.png": b"a"}),
    Command("new-theme", ("new-theme", "ours"), WORKSPACE),
    Command("convert", ("convert", "a.toml"), {"a.toml": (ISSUE * 200).encode("gb18030")}),
    Command("check --fix", ("check", "2022-08", "--fix", "--yes"), WORKSPACE),
    Command("render", ("render", "2022-08"), WORKSPACE),
    Command("render over an old one", ("render", "2022-08"), {**WORKSPACE, "issues/2022-08/out/2022-08.pdf": OLD}),
)


def lay(folder: Path, tree: Tree) -> None:
    """Write a tree afresh."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, data in tree.items():
        path = folder / name
        (path if data is None else path.parent).mkdir(parents=True, exist_ok=True)
        if data is not None:
            path.write_bytes(data)


def seen(folder: Path) -> dict[str, bytes | None]:
    """A folder's files with their bytes, and its folders."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
            for path in folder.rglob("*")}


# Audit events of steps that touch the disk; a rename that refuses is called by way of ctypes.
STEPS = frozenset(("open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.chown",
                   "os.scandir", "shutil.rmtree", "ctypes.dlopen", "ctypes.dlsym"))


def killed_at(step: int) -> None:
    """Have this process killed ahead of its next step but so many."""
    left = [step]

    def count(event: str, values: object) -> None:
        if event in STEPS:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.addaudithook(count)


def start(folder: Path, arguments: Sequence[str], step: int | None = None) -> tuple[int, int]:
    """Run ``press`` in a fork: its process number, and a pipe that says when it begins to write.

    With a step it is killed ahead of that step of writing.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    from bulletin_press import cli
    from bulletin_press.ground import output

    sweep, status = output.sweep, 99

    def told(folder: Path) -> None:
        output.sweep = sweep
        os.write(writer, b"w")
        if step is not None:
            killed_at(step)
        sweep(folder)

    output.sweep = told
    with suppress(BaseException):
        os.chdir(folder)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        status = int(cli.run(arguments))
    os._exit(status)


def finished(folder: Path, arguments: Sequence[str]) -> int:
    """Run ``press`` to its end; returns its exit status."""
    pid, reader = start(folder, arguments)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(reader)
    return status


def killed(folder: Path, arguments: Sequence[str], after: float, *, writing: bool) -> bool:
    """Run ``press`` and kill it after so many seconds, or so many of writing; whether it was still running."""
    pid, reader = start(folder, arguments)
    if writing:
        os.read(reader, 1)
    end = time.perf_counter() + after
    if after > 0.01:
        time.sleep(after - 0.005)
    while time.perf_counter() < end:
        pass
    os.kill(pid, signal.SIGKILL)
    os.close(reader)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def is_temporary(name: str) -> bool:
    """Whether a path lies in, or is, a temporary one."""
    return any(part.endswith(".press-tmp") for part in name.split("/"))


def faults(found: Tree, before: Tree, after: Tree, stages: Sequence[Sequence[str]]) -> list[str]:
    """What is wrong with a tree after a kill."""
    wrong = []
    for name, data in found.items():
        if not is_temporary(name) and (name not in after or data not in (before.get(name, data), after[name])
                                       or (name not in before and data != after[name])):
            wrong.append(f"{name}: {'empty' if data == b'' else 'corrupt'}")
    wrong += [f"{name}: lost" for name in before if name not in found]
    for stage in stages:
        there = [name in found for name in stage]
        if any(there) and not all(there):
            wrong.append(f"{stage[0]}: half made")
    return wrong


@dataclass
class Tally:
    """What came of a command's kills."""

    steps: int = 0
    running: int = 0
    temporary: int = 0
    wrong: int = 0
    left: int = 0
    unfinished: int = 0
    example: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.wrong or self.left or self.unfinished)

    def note(self, kind: str, words: str) -> None:
        """Count a fault and keep the first."""
        setattr(self, kind, getattr(self, kind) + 1)
        self.example = self.example or words


def lengths(folder: Path, command: Command) -> tuple[float, float]:
    """How long a run takes, and how long it writes; seconds, the middle of five."""
    whole, writing = [], []
    for _ in range(5):
        lay(folder, command.before)
        begun = time.perf_counter()
        pid, reader = start(folder, command.arguments)
        os.read(reader, 1)
        writes = time.perf_counter()
        os.waitpid(pid, 0)
        os.close(reader)
        end = time.perf_counter()
        whole.append(end - begun)
        writing.append(end - writes)
    return sorted(whole)[2], sorted(writing)[2]


def stepped(folder: Path, command: Command, step: int) -> bool:
    """Run a command and have it killed ahead of a step; whether it came so far."""
    pid, reader = start(folder, command.arguments, step)
    os.close(reader)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def tried(command: Command, kills: int, chance: random.Random) -> Tally:
    """Kill a command ahead of each step, and so many times more."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, writing = lengths(folder, command)
        lay(folder, command.before)
        before = seen(folder)
        if finished(folder, command.arguments):
            raise SystemExit(f"{command.name}: does not run")
        after = seen(folder)
        def judge() -> None:
            found = seen(folder)
            tally.temporary += any(map(is_temporary, found))
            for words in faults(found, before, after, command.stages)[:1]:
                tally.note("wrong", words)
            status = finished(folder, command.arguments)
            done = seen(folder)
            if any(map(is_temporary, done)):
                tally.note("left", next(filter(is_temporary, done)))
            elif done != after:
                tally.note("unfinished", f"status {status}, differs in {sorted(set(done) ^ set(after))[:3]}")

        lay(folder, command.before)
        while stepped(folder, command, tally.steps):
            tally.steps += 1
            judge()
            lay(folder, command.before)
        for turn in range(kills):
            lay(folder, command.before)
            any_time = turn % 3 == 0
            after_that = chance.uniform(0, whole if any_time else writing)
            tally.running += killed(folder, command.arguments, after_that, writing=not any_time)
            judge()
    return tally


def write_plainly() -> None:
    """Take the press's own way of writing out, to see that its lack is found."""
    from bulletin_press.ground import output

    def put(path: Path, data: bytes, place: Callable[[Path, Path], None]) -> None:
        with path.open("wb") as file:
            for at in range(0, len(data), 100):
                file.write(data[at : at + 100])
                file.flush()
                time.sleep(0.001)  # a slow disk

    def folder(path: Path, files: Mapping[str, bytes], folders: Sequence[str] = (), **other: Any) -> bool:
        path.mkdir()
        for name in folders:
            (path / name).mkdir()
        for name, data in files.items():
            put(path / name, data, os.replace)
        return True

    output._put, output._folder_placed = put, folder


def warm(pages: bool) -> None:
    """Load what the commands load, so that forks need not."""
    with tempfile.TemporaryDirectory() as name:
        lay(Path(name), WORKSPACE)
        from bulletin_press import cli

        kept = os.dup(2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if pages:
            cli.run(["-w", f"{name}/issues", "render", "2022-08"])
        cli.run(["-w", f"{name}/issues", "check", "2022-08", "--fix", "--yes"])
        cli.run(["-w", f"{name}/issues", "new-issue"])
        cli.run(["-w", f"{name}/issues", "new-theme", "ours"])
        os.dup2(kept, 2)


def main() -> int:
    """Try every command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--plainly", action="store_true")
    given = parser.parse_args()
    os.environ.pop("PRESS_WORKSPACE", None)
    warm(pages=not given.only or any("render" in name for name in given.only))
    if given.plainly:
        write_plainly()
    good = True
    for command in COMMANDS:
        if given.only and command.name not in given.only:
            continue
        tally = tried(command, given.kills, random.Random(command.name))
        good &= tally.good
        print(f"{command.name}: {tally.steps} steps and {given.kills} times, of those {tally.running} while running; "
              f"{tally.temporary} while writing; "
              f"corrupt, empty or lost {tally.wrong}, left over {tally.left}, unfinished {tally.unfinished}"
              + (f" ({tally.example})" if tally.example else ""), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
