"""New files and folders put in their place by whatever the disk knows, never over anything."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rendering import environment
from workspaces import png

from bulletin_press.authoring.conversion import convert
from bulletin_press.authoring.scaffold import new_workspace
from bulletin_press.ground import exclusive, output
from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.exclusive import place_file, place_folder
from bulletin_press.ground.output import create_folder, create_new, write_whole

ANSWERS = {"name": "甲", "organiser": "乙", "region": "大连市"}
# What kernels and disks say to what they do not know: exFAT, SMB, FUSE, an old kernel.
UNKNOWN = (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EACCES, errno.EMLINK)


def refusing(number: int) -> Callable[..., None]:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.fixture(params=["rename", "link", "claim"])
def ladder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each rung in turn: those above it are refused, and those that are left are told."""
    if request.param != "rename":
        monkeypatch.setattr(exclusive, "rename_new", refusing(errno.EINVAL))
    if request.param == "claim":
        monkeypatch.setattr(exclusive.os, "link", refusing(errno.EPERM))
    return str(request.param)


def test_a_new_file_comes_by_every_rung(ladder: str, tmp_path: Path) -> None:
    create_new(tmp_path / "a" / "期.toml", b"new")
    assert (tmp_path / "a" / "期.toml").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["期.toml"]


@pytest.mark.parametrize("content", [b"old", b""])
def test_no_rung_overwrites(ladder: str, content: bytes, tmp_path: Path) -> None:
    target, temporary = tmp_path / "a", tmp_path / "temporary"
    for stands in ("file", "folder", "link"):
        temporary.write_bytes(b"new")
        if stands == "file":
            target.write_bytes(content)
        elif stands == "folder":
            target.mkdir()
        else:
            target.symlink_to("nowhere")
        with pytest.raises(FileExistsError):
            place_file(temporary, target)
        if stands == "file":
            assert target.read_bytes() == content
            target.unlink()
        elif stands == "folder":
            target.rmdir()
        else:
            assert target.readlink() == Path("nowhere")
            target.unlink()


@pytest.mark.parametrize("number", UNKNOWN)
def test_whatever_a_disk_says_the_next_rung_is_tried(
        number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exclusive, "rename_new", refusing(number))
    monkeypatch.setattr(exclusive.os, "link", refusing(number))
    create_new(tmp_path / "a", b"new")
    create_folder(tmp_path / "b", {"c": b"1"}, ["d"])
    assert (tmp_path / "a").read_bytes() == b"new"
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["c", "d"]
    with pytest.raises(PressError, match="已经有了"):
        create_new(tmp_path / "a", b"newer")
    with pytest.raises(PressError, match="已经有了"):
        create_folder(tmp_path / "b", {"c": b"2"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    assert (tmp_path / "a").read_bytes() + (tmp_path / "b" / "c").read_bytes() == b"new1"


def test_what_was_written_into_the_claim_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last rung takes the name first: an editor may be quicker still."""
    target, temporary, close = tmp_path / "a", tmp_path / "temporary", os.close
    temporary.write_bytes(b"new")

    def closed(handle: int) -> None:
        close(handle)
        target.write_bytes(b"typed")

    monkeypatch.setattr(exclusive, "rename_new", refusing(errno.EINVAL))
    monkeypatch.setattr(exclusive.os, "link", refusing(errno.EPERM))
    monkeypatch.setattr(exclusive.os, "close", closed)
    with pytest.raises(FileExistsError):
        place_file(temporary, target)
    assert target.read_bytes() == b"typed"


def test_a_folder_takes_no_place(ladder: str, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "x").write_bytes(b"new")
    (tmp_path / "there").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    for taken in ("there", "file"):
        with pytest.raises(FileExistsError):
            place_folder(tmp_path / "new", tmp_path / taken)
    assert list((tmp_path / "there").iterdir()) == []
    assert (tmp_path / "file").read_bytes() == b"old"
    place_folder(tmp_path / "new", tmp_path / "other")
    assert (tmp_path / "other" / "x").read_bytes() == b"new"


def test_a_whole_workspace_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output.os, "fsync", refusing(errno.ENOSPC))
    for root in (tmp_path / "new", tmp_path / "there"):
        (tmp_path / "there").mkdir(exist_ok=True)
        with pytest.raises(PressError, match="磁盘满了"):
            new_workspace(root, ANSWERS)
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]
    monkeypatch.undo()
    (tmp_path / "there" / ".gitignore").write_text("mine\n", "utf-8")
    for root in (tmp_path / "new", tmp_path / "there"):
        new_workspace(root, ANSWERS)
        assert sorted(path.name for path in root.iterdir()) == [".gitignore", "publication.toml"]
    assert (tmp_path / "there" / ".gitignore").read_text("utf-8") == "mine\n"


def test_an_empty_file_of_an_older_version_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(PressError, match="是个空文件"):
        create_new(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b""


# --- several at once ------------------------------------------------------------------------

WRITER = """
import os, sys
from pathlib import Path
from bulletin_press.ground import output
os.getpid = lambda: 7
target, letter, times = Path(sys.argv[1]), sys.argv[2].encode(), int(sys.argv[3])
for turn in range(times):
    output.write_whole(target, b"%PDF-1.7" + letter * 300_000 + b"%%EOF")
"""


def test_containers_that_write_one_file(tmp_path: Path) -> None:
    """Eight processes that all take themselves for number 7, forty times each: all succeed."""
    target = tmp_path / "out.pdf"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(target), letter, "40"], env=environment(),
                                stderr=subprocess.PIPE) for letter in "abcdefgh"]
    seen = 0
    while any(process.poll() is None for process in running):
        if target.exists():
            data = target.read_bytes()
            assert len(data) == 300_013 and data.endswith(b"%%EOF") and len(set(data[8:-5])) == 1
            seen += 1
    assert [process.communicate()[1] for process in running] == [b""] * 8
    assert [process.returncode for process in running] == [0] * 8
    assert seen > 20
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]


def test_one_of_many_makes_a_new_file(tmp_path: Path) -> None:
    program = ("import sys; from pathlib import Path; from bulletin_press.ground.output import create_folder\n"
               "create_folder(Path(sys.argv[1]), {'issue.toml': sys.argv[2].encode() * 50_000}, ['images'])\n")
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "2022-08"), letter],
                                env=environment(), stderr=subprocess.PIPE) for letter in "abcdef"]
    said = [process.communicate()[1].decode() for process in running]
    assert sorted(process.returncode for process in running) == [0, 1, 1, 1, 1, 1]
    assert sum("已经有了" in words for words in said) == 5
    data = (tmp_path / "2022-08" / "issue.toml").read_bytes()
    assert len(data) == 50_000 and len(set(data)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["2022-08"]


def test_swept_by_a_machine_that_does_not_see_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, swept = os.replace, list[Path]()

    def replace(source: Path, target: Path) -> None:
        if not swept:
            swept.append(source)
            source.unlink()
        real(source, target)

    monkeypatch.setattr(output.os, "replace", replace)
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


# --- what an editor saves meanwhile ---------------------------------------------------------


def test_what_is_saved_up_to_the_last_moment_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, fsync = tmp_path / "issue.toml", os.fsync
    target.write_bytes(b"old")

    def saved(handle: int) -> None:
        fsync(handle)
        target.write_bytes(b"typed meanwhile")

    monkeypatch.setattr(output.os, "fsync", saved)
    with pytest.raises(PressError, match="刚才被别的程序改过，没有改动它"):
        write_whole(target, b"new", expected=b"old")
    assert target.read_bytes() == b"typed meanwhile"
    assert [path.name for path in tmp_path.iterdir()] == ["issue.toml"]


def test_a_conversion_cut_short_keeps_one_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("大连市数字贸易协会".encode("gb18030"))
    monkeypatch.setattr(output.os, "replace", refusing(errno.EIO))
    with pytest.raises(PressError, match="磁盘读写出错"):
        convert(path)
    monkeypatch.undo()
    assert convert(path) == tmp_path / "a.toml.gbk"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.toml", "a.toml.gbk"]
    assert path.read_text("utf-8") == "大连市数字贸易协会"


def test_conversion_follows_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_bytes("大连市数字贸易协会".encode("gb18030"))
    (tmp_path / "a.toml").symlink_to("real.toml")
    assert convert(tmp_path / "a.toml") == tmp_path / "real.toml.gbk"
    assert (tmp_path / "a.toml").is_symlink()
    assert (tmp_path / "real.toml").read_text("utf-8") == "大连市数字贸易协会"


# --- what is no file, and names that no disk takes ------------------------------------------


@pytest.mark.parametrize("special", ["/dev/zero", "/dev/null", "pipe", "socket", "folder", "/proc/self/mem"])
def test_what_is_no_file_is_refused_at_once(special: str, tmp_path: Path) -> None:
    import socket

    path = tmp_path / special if special[0] != "/" else Path(special)
    if special == "pipe":
        os.mkfifo(path)
    elif special == "folder":
        path.mkdir()
    elif special == "socket":
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(path))
    if not path.exists():
        pytest.skip("this system has none")
    with pytest.raises((PressError, UsageFault), match=r"[\u4e00-\u9fff]"):
        convert(path)


@pytest.mark.parametrize("name", ["publication.toml", "members.toml", "2022-08/issue.toml", "2022-08/images/a.png",
                                  "templates/checks/forbidden.toml"])
@pytest.mark.parametrize("kind", ["pipe", "/dev/zero"])
def test_a_workspace_of_pipes_and_devices_does_not_hang(name: str, kind: str, tmp_path: Path) -> None:
    text = ('[issue]\nnumber = 8\ndate = 2022-08-26\n[[event]]\nbody = "一则。"\nimage = "images/a.png"\n')
    for file, content in (("publication.toml", '[publication]\nname = "甲"\norganiser = "乙"\n'),
                          ("2022-08/issue.toml", text)):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(content, "utf-8")
    (tmp_path / "2022-08" / "images").mkdir()
    (tmp_path / "2022-08" / "images" / "a.png").write_bytes(png())
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(kind)
    done = subprocess.run([sys.executable, "-m", "bulletin_press.cli", "-w", str(tmp_path), "check", "2022-08"],
                          env=environment(), capture_output=True, encoding="utf-8", timeout=30, check=False)
    assert done.returncode in (1, 2), done.stderr
    assert re.search("管道|设备|里没有 publication.toml|没有“2022-08”这一期|链接", done.stdout + done.stderr)
    assert "Traceback" not in done.stderr and "内部出错" not in done.stderr
    assert stat.S_ISLNK(path.lstat().st_mode) or stat.S_ISFIFO(path.lstat().st_mode)


def test_an_open_pdf_on_windows_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = PermissionError(13, "Permission denied")
    error.winerror = 32  # type: ignore[attr-defined]
    monkeypatch.setattr(sys, "platform", "win32")
    words = output.why_not(error, tmp_path / "a.pdf")
    monkeypatch.undo()
    assert "先关掉打开着的 PDF" in words


def test_a_name_that_the_disk_does_not_take(tmp_path: Path) -> None:
    assert "不允许的字符" in output.why_not(OSError(errno.EINVAL, "x"), tmp_path / "a:b.pdf")
