"""Output files: the old or the new, whole, whatever happens while writing."""

from __future__ import annotations

import os
import random
import re
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rendering import ISSUES, environment, make_workspace, press

from bulletin_press.ground import output, temporary
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.ground.output import create_new, write_whole
from bulletin_press.ground.temporary import sweep

KILLS = int(os.environ.get("PRESS_TEST_KILLS", "60"))
SIZE = 4_000_000
# Writes versions of a file for ever: each a letter SIZE times over.
WRITER = """
import sys
from pathlib import Path
write = Path.write_bytes if sys.argv[2] == "plain" else None
if write is None:
    from bulletin_press.ground.output import write_whole as write
target, versions = Path(sys.argv[1]), [bytes([letter]) * int(sys.argv[3]) for letter in b"abcdefgh"]
print("ready", flush=True)
while True:
    for version in versions:
        write(target, version)
"""


HOLDER = """
import fcntl, sys
file = open(sys.argv[1])
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith("press-tmp")]


def whole(data: bytes) -> bool:
    return len(data) == SIZE and data.count(data[:1]) == SIZE


def writer(target: Path, how: str = "whole") -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(target), how, str(SIZE)], env=environment(),
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


def killed(process: subprocess.Popen[bytes], number: signal.Signals, chance: random.Random) -> int:
    time.sleep(chance.uniform(0, 0.03))
    process.send_signal(number)
    status = process.wait(20)
    assert process.stdout
    process.stdout.close()
    return status


def test_killed_while_writing(tmp_path: Path) -> None:
    """Old or new after every kill; what was left is swept by the next run."""
    target, chance = tmp_path / "out.pdf", random.Random(5)
    write_whole(target, b"z" * SIZE)
    left = 0
    for turn in range(KILLS):
        number = signal.SIGKILL if turn % 3 else signal.SIGTERM
        status = killed(writer(target), number, chance)
        assert status in (-signal.SIGKILL, -signal.SIGTERM, 128 + signal.SIGTERM)
        assert whole(target.read_bytes())
        left += bool(leftovers(tmp_path))
        if turn % 5 == 4:
            write_whole(tmp_path / "other.pdf", b"x")
            assert leftovers(tmp_path) == []
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert leftovers(tmp_path) == []
    assert left > KILLS // 10  # the kills did hit while writing


def test_killed_while_writing_plainly(tmp_path: Path) -> None:
    """Without the temporary file the same kills break the file."""
    target, chance, broken = tmp_path / "out.pdf", random.Random(6), 0
    for _ in range(12):
        killed(writer(target, "plain"), signal.SIGKILL, chance)
        broken += not whole(target.read_bytes())
    assert broken >= 1


def test_readers_never_see_a_part(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    write_whole(target, b"z" * SIZE)
    process = writer(target)
    end, seen = time.monotonic() + 1.5, 0
    try:
        while time.monotonic() < end:
            assert whole(target.read_bytes())
            seen += 1
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()
    assert seen > 5


def test_sigterm_while_writing_leaves_nothing_and_says_143(tmp_path: Path) -> None:
    program = ("import os, signal, sys; from pathlib import Path; from bulletin_press.ground import output\n"
               "output.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGTERM)\n"
               "output.write_whole(Path(sys.argv[1]), b'new')\n")
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", program, str(target)], env=environment(), check=False)
    assert done.returncode == 128 + signal.SIGTERM
    assert target.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_sigterm_while_rendering(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    process = subprocess.Popen([sys.executable, "-m", "bulletin_press.cli", "-w", str(ISSUES), "render", "2022-08",
                                "-o", str(target)], env=environment(), stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    process.terminate()
    assert process.wait(20) in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert target.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_the_handler_is_given_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    write_whole(tmp_path / "a", b"x")
    assert signal.getsignal(signal.SIGTERM) is before


def test_written_off_the_main_thread(tmp_path: Path) -> None:
    thread = threading.Thread(target=write_whole, args=(tmp_path / "a", b"x"))
    thread.start()
    thread.join()
    assert (tmp_path / "a").read_bytes() == b"x"


def test_disk_full(tmp_path: Path) -> None:
    """A real ENOSPC where this user may mount a small file system, else a limit on file size."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        target = folder / "out.pdf"
        target.write_bytes(b"old")
        if mounted:
            with pytest.raises(PressError, match="磁盘满了"):
                write_whole(target, b"x" * 2_000_000)
        else:
            program = ("import resource, signal, sys; from pathlib import Path\n"
                       "from bulletin_press.ground.output import *\n"
                       "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
                       "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
                       "write_whole(Path(sys.argv[1]), b'x' * 2_000_000)\n")
            done = subprocess.run([sys.executable, "-c", program, str(target)], env=environment(),
                                  capture_output=True, encoding="utf-8", check=False)
            assert "文件太大" in done.stderr
        assert target.read_bytes() == b"old"
        assert leftovers(folder) == []
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("call", ["fsync", "replace", "fdopen"])
def test_a_fault_at_each_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr(output.os, call, fail)
    with pytest.raises(PressError, match="磁盘满了。原来的文件没有改动"):
        write_whole(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may reach; pytest's own are its user's."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_a_read_only_folder(open_folder: Path) -> None:
    folder = open_folder / "locked"
    folder.mkdir()
    (folder / "out.pdf").write_bytes(b"old")
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # permissions do not bind root
    try:
        with pytest.raises(PressError, match="没有写入权限。原来的文件没有改动"):
            write_whole(folder / "out.pdf", b"new")
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
    assert (folder / "out.pdf").read_bytes() == b"old"
    assert leftovers(folder) == []


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "out.pdf").mkdir()
    with pytest.raises(PressError, match="是一个文件夹"):
        write_whole(tmp_path / "out.pdf", b"new")
    assert leftovers(tmp_path) == []


def test_a_device_is_no_target(tmp_path: Path) -> None:
    """Renaming would put a file in its place: /dev/null itself, for root."""
    pipe = tmp_path / "out.pdf"
    os.mkfifo(pipe)
    with pytest.raises(PressError, match="管道"):
        write_whole(pipe, b"new")
    with pytest.raises(PressError, match="设备"):
        write_whole(Path("/dev/null"), b"new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize(("path", "words"), [("file/out.pdf", "不是文件夹"), ("n" * 300 + ".pdf", "太长")])
def test_impossible_targets(tmp_path: Path, path: str, words: str) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(PressError, match=words):
        write_whole(tmp_path / path, b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_the_longest_name(tmp_path: Path) -> None:
    target = tmp_path / ("刊" * 83 + ".pdf")  # 253 bytes
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"


def test_permissions_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    for mode in (0o600, 0o640, 0o664, 0o444):
        target.unlink(missing_ok=True)
        target.write_bytes(b"old")
        target.chmod(mode)
        write_whole(target, b"new")
        assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_obeys_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "deep" / "er" / "out.pdf", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "deep" / "er" / "out.pdf").stat().st_mode) == 0o640


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """A folder from somebody else may hold out/x.pdf → ~/.profile."""
    (tmp_path / "precious").write_bytes(b"old")
    (tmp_path / "out.pdf").symlink_to("precious")
    write_whole(tmp_path / "out.pdf", b"new")
    assert (tmp_path / "precious").read_bytes() == b"old"
    assert not (tmp_path / "out.pdf").is_symlink()


def test_a_planted_temporary_file_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "precious").write_bytes(b"old")
    monkeypatch.setattr(temporary.secrets, "token_hex", lambda size, names=["1" * 16, "0" * 16]: names.pop())
    (tmp_path / f".out.pdf.{'0' * 16}.press-tmp").symlink_to("precious")
    with pytest.raises(PressError, match="写不进"):
        write_whole(tmp_path / "out.pdf", b"new")
    write_whole(tmp_path / "out.pdf", b"new")
    assert (tmp_path / "precious").read_bytes() == b"old"
    assert (tmp_path / "out.pdf").read_bytes() == b"new"


def test_sweep_takes_only_its_own(tmp_path: Path) -> None:
    """What nobody holds, whoever left it; neither what is held nor what only looks so."""
    ours = [f".out.pdf.{'0' * 16}.press-tmp", f".{'刊' * 50}.{'a' * 16}.press-tmp", ".out.pdf.4711.press-tmp"]
    held = f".out.pdf.{'1' * 16}.press-tmp"
    kept = [held, ".out.pdf.x.press-tmp", "out.pdf.1.press-tmp", ".press-tmp", "a.pdf"]
    for name in (*ours, *kept):
        (tmp_path / name).write_bytes(b"x")
    os.mkfifo(tmp_path / f".pipe.{'2' * 16}.press-tmp")
    (tmp_path / f".link.{'3' * 16}.press-tmp").symlink_to("a.pdf")
    kept += [f".pipe.{'2' * 16}.press-tmp", f".link.{'3' * 16}.press-tmp"]
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path / held)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdin
    assert holder.stdout.readline() == b"held\n"
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)
    holder.communicate()
    sweep(tmp_path)
    assert held not in leftovers(tmp_path)
    sweep(tmp_path / "none")


def test_where_a_disk_knows_no_locks_age_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_locked", lambda handle: None)
    fresh, old = (tmp_path / f".a.{digit * 16}.press-tmp" for digit in "01")
    fresh.write_bytes(b"x")
    old.mkdir()
    (old / "issue.toml").write_bytes(b"x")
    os.utime(old, (time.time() - 4000,) * 2)
    write_whole(tmp_path / "a", b"new")
    assert leftovers(tmp_path) == [fresh.name]


def test_create_new_never_overwrites(tmp_path: Path) -> None:
    create_new(tmp_path / "a" / "b", b"x")
    with pytest.raises(PressError, match="已经有了"):
        create_new(tmp_path / "a" / "b", b"y")
    assert (tmp_path / "a" / "b").read_bytes() == b"x"


@pytest.mark.parametrize("name", ["issue.toml", "publication.toml", "images/a.png", "x.JPG", "style.css"])
def test_what_authors_typed_is_no_target(tmp_path: Path, name: str) -> None:
    workspace = make_workspace(tmp_path)
    target = tmp_path / "2022-08" / name
    target.parent.mkdir(exist_ok=True)
    before = target.read_bytes() if target.exists() else None
    done = press("-w", workspace.root, "render", "-o", target, cwd=tmp_path)
    assert done.returncode == 1
    assert "不能把结果写到" in done.stderr
    assert (target.read_bytes() if target.exists() else None) == before


def test_renders_at_once_to_one_target(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    target = tmp_path / "out.pdf"
    command = [sys.executable, "-m", "bulletin_press.cli", "-w", str(workspace.root), "render", "-o", str(target)]
    running = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
    assert re.match(rb"%PDF-1\.\d", target.read_bytes())
    assert target.read_bytes().rstrip().endswith(b"%%EOF")
    assert leftovers(tmp_path) == []
