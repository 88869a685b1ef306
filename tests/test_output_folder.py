"""Output folders: the old or the new, whole, whatever happens while writing; nobody else's files are touched."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rendering import environment

from bulletin_press.ground import exclusive, output, output_folder, temporary
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.made_folder import LIST
from bulletin_press.ground.output_folder import replace_folder
from bulletin_press.ground.temporary import sweep

KILLS = int(os.environ.get("PRESS_TEST_KILLS", "60"))
SIZE = 200_000
NAMES = ("index.html", "images/a.png", "images/deep/b.png", "style.css")
WRITER = """
import errno, sys
from pathlib import Path
from bulletin_press.ground import output_folder
def none(*paths): raise OSError(errno.ENOSYS, "none")
if sys.argv[2] == "steps":
    output_folder.exchange = none
print("ready", flush=True)
while True:
    for letter in b"abcdefgh":
        output_folder.replace_folder(Path(sys.argv[1]), {name: bytes([letter]) * int(sys.argv[3])
                                                         for name in sys.argv[4:]})
"""


def files(letter: bytes, size: int = 3) -> dict[str, bytes]:
    return dict.fromkeys(NAMES, letter * size)


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name != LIST}


def whole(folder: Path, size: int = 3) -> bool:
    found = held(folder)
    letter = found.get(NAMES[0], b"")[:1]
    return bool(letter) and found == files(letter, size)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".press-" in path.name]


def no_step(*paths: Path) -> None:
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


@pytest.fixture(params=["exchange", "steps", "plain"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ways to replace: at once, in two steps, in two steps where no renaming refuses."""
    if request.param != "exchange":
        monkeypatch.setattr(output_folder, "exchange", no_step)
    if request.param == "plain":
        monkeypatch.setattr(exclusive, "rename_new", no_step)
    return str(request.param)


def test_a_folder_is_made_and_replaced(way: str, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "期-web"
    for letter in (b"a", b"b"):
        replace_folder(target, files(letter))
        assert held(target) == files(letter)
        assert leftovers(target.parent) == []
    replace_folder(target, {"one": b"1"})
    assert held(target) == {"one": b"1"}
    assert {path.name for path in target.iterdir()} == {"one", LIST}


def test_the_permissions_are_kept(way: str, tmp_path: Path) -> None:
    replace_folder(tmp_path / "a", files(b"a"))
    (tmp_path / "a").chmod(0o2750)
    replace_folder(tmp_path / "a", files(b"b"))
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("stranger", ["note.txt", "images/mine.png", "mine/note.txt", "empty/", "link", "folder-link"])
def test_a_strangers_file_is_not_lost(way: str, tmp_path: Path, stranger: str) -> None:
    target = tmp_path / "web"
    replace_folder(target, files(b"a"))
    path = target / stranger
    path.parent.mkdir(exist_ok=True)
    if stranger.endswith("/"):
        path.mkdir()
    elif stranger.endswith("link"):
        (tmp_path / "away").mkdir()
        path.symlink_to(tmp_path / "away")
    else:
        path.write_bytes(b"mine")
    before = sorted(target.rglob("*"))
    with pytest.raises(PressError, match="不是 press 生成的文件"):
        replace_folder(target, files(b"b"))
    assert sorted(target.rglob("*")) == before
    assert (target / NAMES[0]).read_bytes() == b"aaa"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("kind", ["full", "empty", "file", "link"])
def test_what_the_press_did_not_make_is_not_touched(way: str, tmp_path: Path, kind: str) -> None:
    target, away = tmp_path / "web", tmp_path / "away"
    away.mkdir()
    (away / "precious").write_bytes(b"old")
    if kind == "link":
        target.symlink_to(away)
    elif kind == "file":
        target.write_bytes(b"old")
    else:
        target.mkdir()
        if kind == "full":
            (target / "index.html").write_bytes(b"old")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PressError):
        replace_folder(target, files(b"b"))
    assert sorted(tmp_path.rglob("*")) == before
    assert (away / "precious").read_bytes() == b"old"


def test_what_file_managers_leave_is_nobodys(way: str, tmp_path: Path) -> None:
    target = tmp_path / "web"
    replace_folder(target, files(b"a"))
    (target / ".DS_Store").write_bytes(b"x")
    (target / "images" / "Thumbs.db").write_bytes(b"x")
    replace_folder(target, files(b"b"))
    assert held(target) == files(b"b")
    assert leftovers(tmp_path) == []


def test_a_list_reaches_nothing_outside(way: str, tmp_path: Path) -> None:
    """A workspace from somebody else may bring a folder with a list of its own."""
    target = tmp_path / "web"
    target.mkdir()
    (tmp_path / "precious").write_bytes(b"old")
    (target / LIST).write_text("#\n../precious\n/etc/hostname\n", "utf-8")
    replace_folder(target, files(b"b"))
    assert (tmp_path / "precious").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["../a", "/a", "a//b", "", ".", "a/../b", "a\nb", "a\\b", LIST])
def test_only_paths_inside(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        replace_folder(tmp_path / "web", {name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_comes_while_replacing_is_not_lost(way: str, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the last look and the exchange somebody saves a file into the old folder."""
    target, real = tmp_path / "web", output_folder.like

    def late(*paths: Path) -> None:
        (target / "note.txt").write_bytes(b"mine")
        real(*paths)

    replace_folder(target, files(b"a"))
    monkeypatch.setattr(output_folder, "like", late)
    with pytest.raises(PressError, match=r"note\.txt"):
        replace_folder(target, files(b"b"))
    assert held(target) == files(b"a") | {"note.txt": b"mine"}
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("call", ["fsync", "mkdir"])
def test_a_fault_while_filling(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "web"
    replace_folder(target, files(b"a"))
    monkeypatch.setattr(output.os, call, fail)
    with pytest.raises(PressError, match="磁盘满了。原来的文件夹没有改动"):
        replace_folder(target, files(b"b"))
    monkeypatch.undo()
    assert held(target) == files(b"a")
    assert leftovers(tmp_path) == []


def test_a_fault_between_the_two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, real, calls = tmp_path / "web", output_folder.place_folder, list[Path]()

    def failing(source: Path, to: Path) -> None:
        calls.append(to)
        if len(calls) == 3:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(source, to)

    replace_folder(target, files(b"a"))
    monkeypatch.setattr(output_folder, "exchange", no_step)
    monkeypatch.setattr(output_folder, "place_folder", failing)
    with pytest.raises(PressError, match="原来的文件夹没有改动"):
        replace_folder(target, files(b"b"))
    assert held(target) == files(b"a")
    assert leftovers(tmp_path) == []


# --- kills ----------------------------------------------------------------------------------


def in_a_child(work: Callable[[], None]) -> int:
    """Run in a forked child; returns its exit status."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_before(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies before the given call of those that change a disk."""
    left = [step]

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os._exit(9)
            return real(*arguments, **options)
        return call

    for name in ("mkdir", "rmdir", "rename", "unlink", "fsync", "fchmod", "chmod"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    monkeypatch.setattr(exclusive, "_rename", dying(exclusive._rename))
    real_open = Path.open
    monkeypatch.setattr(Path, "open", dying(real_open))


@pytest.mark.parametrize("there", [True, False])
def test_killed_at_each_step(way: str, tmp_path: Path, there: bool) -> None:
    for step in range(1, 200):
        folder = tmp_path / str(step)
        folder.mkdir()
        target = folder / "web"
        if there:
            replace_folder(target, files(b"a"))

        def work(step: int = step, target: Path = target) -> None:
            with pytest.MonkeyPatch.context() as patch:
                killed_before(step, patch)
                replace_folder(target, files(b"b"))

        status = in_a_child(work)
        assert status in (0, 9), step
        if way == "exchange":
            assert whole(target) if there or target.exists() else True, step
        sweep(folder)
        assert whole(target) if there or target.exists() else True, step
        assert leftovers(folder) == [], step
        replace_folder(target, files(b"c"))
        assert held(target) == files(b"c")
        if status == 0:
            assert step > 15
            return
    pytest.fail("it never ended")


@pytest.mark.parametrize("how", ["exchange", "steps"])
def test_killed_while_writing(tmp_path: Path, how: str) -> None:
    target, chance, left = tmp_path / "web", random.Random(7), 0
    replace_folder(target, files(b"z", SIZE))
    for _ in range(KILLS // 2):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(target), how, str(SIZE), *NAMES],
                                   env=environment(), stdout=subprocess.PIPE)
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process.stdout.close()
        left += bool(leftovers(tmp_path))
        if how == "steps":
            sweep(tmp_path)
        assert whole(target, SIZE)
    sweep(tmp_path)
    assert leftovers(tmp_path) == []
    assert left > KILLS // 20


def test_readers_never_miss_it(tmp_path: Path) -> None:
    """With the one step there is always a whole folder under the name."""
    target, seen = tmp_path / "web", 0
    replace_folder(target, files(b"z", SIZE))
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(target), "exchange", str(SIZE), *NAMES],
                               env=environment(), stdout=subprocess.PIPE)
    end = time.monotonic() + 1.5
    try:
        while time.monotonic() < end:
            assert target.is_dir()
            seen += 1
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()
    assert seen > 100


def test_several_at_once(tmp_path: Path) -> None:
    target = tmp_path / "web"
    program = ("import sys; from pathlib import Path; from bulletin_press.ground.output_folder import replace_folder\n"
               "for _ in range(20): replace_folder(Path(sys.argv[1]), {"
               "name: sys.argv[2].encode() * 3 for name in sys.argv[3:]})")
    running = [subprocess.Popen([sys.executable, "-c", program, str(target), letter, *NAMES], env=environment(),
                                stderr=subprocess.PIPE) for letter in "abc"]
    said = [process.communicate(timeout=60)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    assert whole(target)
    sweep(tmp_path)
    assert leftovers(tmp_path) == []


def test_a_sweep_leaves_strangers(tmp_path: Path) -> None:
    """What was displaced and holds somebody's file is left, though nobody holds it."""
    for kind in ("new", "old"):
        left = tmp_path / f".web.{'0' * 16}.press-{kind}"
        replace_folder(tmp_path / "web", files(b"a"))
        (tmp_path / "web").rename(left)
        (left / "note.txt").write_bytes(b"mine")
    (tmp_path / "web").mkdir()
    sweep(tmp_path)
    assert [path.parent.suffix for path in sorted(tmp_path.rglob("note.txt"))] == [".press-new", ".press-old"]


def test_where_a_disk_knows_no_locks_the_name_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_locked", lambda handle: None)
    replace_folder(tmp_path / "web", files(b"a"))
    (tmp_path / "web").rename(tmp_path / f".web.{'0' * 16}.press-old")
    sweep(tmp_path)
    assert held(tmp_path / "web") == files(b"a")
