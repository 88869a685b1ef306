"""What the press does otherwise on Windows, on a machine that says it is one.

What only Windows can show is not shown here: ``make proofs PROOFS=windows`` loads the real libraries under wine.
"""

from __future__ import annotations

import ctypes
import errno
import importlib.util
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from workspaces import ROOT

from bulletin_press import fonts
from bulletin_press.cli.running import make_streams_readable
from bulletin_press.desk.live import engine
from bulletin_press.desk.store.locking import locked
from bulletin_press.fonts import dll_folder, isolation, libraries, plain_paths
from bulletin_press.ground import locks, output, patience, process_memory, temporary
from bulletin_press.ground.diagnostics import EnvironmentFault, PressError
from bulletin_press.ground.output import write_whole
from bulletin_press.intake import reading

WHEEL = [library.windows[0] for library in fonts.LIBRARIES]
MSYS2 = [library.windows[1] for library in fonts.LIBRARIES]


def press_exe() -> ModuleType:
    spec = importlib.util.spec_from_file_location("press_exe", ROOT / "packaging/windows/press_exe.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A machine that says it is Windows; the folders put on its DLL path."""
    added: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "add_dll_directory", added.append, raising=False)
    monkeypatch.setenv(dll_folder.VARIABLE, "")
    monkeypatch.setattr(dll_folder, "_MSYS2", ())
    dll_folder.dll_folder.cache_clear()
    yield added
    dll_folder.dll_folder.cache_clear()


def folder_of(place: Path, names: list[str]) -> Path:
    place.mkdir(parents=True)
    for name in names:
        (place / name).write_bytes(b"MZ")
    return place


# --- the libraries -------------------------------------------------------------------------------------------------


def asked_by_weasyprint() -> list[tuple[list[str], bool]]:
    """The names by which the WeasyPrint at hand asks for each library, and whether it does without."""
    spec = importlib.util.find_spec("weasyprint")
    assert spec and spec.origin
    text = Path(spec.origin).with_name("text").joinpath("ffi.py").read_text("utf-8")
    calls = re.findall(r"= _dlopen\(\s*ffi,([^)]*)\)", text)
    return [(re.findall(r"'([^']+)'", call), "allow_fail" in call) for call in calls]


@pytest.mark.parametrize("names", [WHEEL, MSYS2], ids=["gstreamer-libs", "MSYS2"])
def test_weasyprint_finds_each_library_by_its_own_names(tmp_path: Path, windows: list[str], names: list[str],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path / "bin", names)
    monkeypatch.setenv(dll_folder.VARIABLE, f"{tmp_path / 'none'};{folder}")
    asked = asked_by_weasyprint()
    assert len(asked) == 7 and sum(spared for _, spared in asked) == 2
    found = [next((path for name in one if (path := libraries.located(name))), None) for one, spared in asked]
    assert {Path(path).name for path in found if path} == set(names)
    assert windows == [str(folder)] and os.environ[dll_folder.VARIABLE] == str(folder)


def test_the_folder_is_chosen_whole(tmp_path: Path, windows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    # One that lacks a library is no choice: two builds of GLib in a process end it.
    short = folder_of(tmp_path / "short", WHEEL[1:])
    wheel = folder_of(tmp_path / "gstreamer_libs/bin", WHEEL)
    monkeypatch.setenv(dll_folder.VARIABLE, str(short))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: SimpleNamespace(
        submodule_search_locations=[str(tmp_path / name)]) if name == "gstreamer_libs" else None)
    monkeypatch.setattr(dll_folder, "_MSYS2", (str(folder_of(tmp_path / "msys", MSYS2)),))
    assert libraries.located("gobject-2.0-0") == str(wheel / "gobject-2.0-0.dll")
    assert libraries.located("libgobject-2.0-0") is None


def test_press_exe_takes_its_own(tmp_path: Path, windows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    own = folder_of(tmp_path / "unpacked" / dll_folder.CARRIED, WHEEL)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    loaded: list[str] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda name: loaded.append(name) or SimpleNamespace())
    assert all(libraries.load_library(one) is not None for one in fonts.LIBRARIES)
    assert loaded == [str(own / name) for name in WHEEL]


def test_no_folder_has_them(windows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    fonts.require_libraries.cache_clear()
    with pytest.raises(EnvironmentFault) as fault:
        fonts.require_libraries()
    assert 'pip install "bulletin-press[windows]"' in fault.value.message
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(EnvironmentFault, match="重新解压整个文件夹"):
        fonts.require_libraries()
    assert windows == []


def test_what_is_parsed_beforehand_opens_the_chosen_file(monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_press.typeset.weasyprint_adapter import binding

    here = {"gobject-2.0-0": "libgobject-2.0.so.0"}
    monkeypatch.setattr(binding, "located", here.get)
    declared = binding.Declared("declarations", **binding.PARSED)
    assert declared.dlopen("gobject-2.0-0", declared.RTLD_NOW).g_type_init
    with pytest.raises(OSError, match="no-such-library"):
        declared.dlopen("no-such-library", declared.RTLD_NOW)


def test_ctypes_looks_in_the_chosen_folder_alone(windows: list[str]) -> None:
    from ctypes import util

    searching = util.find_library
    with fonts.loading_by_name():
        assert util.find_library == libraries.located
    assert util.find_library == searching


# --- paths ---------------------------------------------------------------------------------------------------------


def test_fontconfig_is_given_names_without_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    from pathlib import PureWindowsPath

    manifest = fonts.load_manifest()
    written = isolation._configuration(PureWindowsPath(r"C:\press\fonts"), manifest, PureWindowsPath(r"C:\c"))  # type: ignore[arg-type]
    patterns = re.findall("<glob>([^<]+)</glob>", written)
    assert patterns == ["*", *(f"*{font.name}" for font in manifest.fonts)]


@pytest.mark.parametrize(("short", "copied"), [(r"C:\Users\WANG~1\press", False), ("", True), (r"C:\用户\press", True)])
def test_fonts_in_a_chinese_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: str, copied: bool) -> None:
    there = tmp_path / "王芳"
    there.mkdir()
    (there / "a.otf").write_bytes(b"font")

    def short_name(path: str, buffer: Any, size: int) -> int:
        buffer.value = short
        return len(short)

    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=SimpleNamespace(GetShortPathNameW=short_name)),
                        raising=False)
    monkeypatch.setenv("PROGRAMDATA", str(tmp_path / "ProgramData"))
    assert plain_paths.plain_folder(there, ["a.otf"]) == there  # Linux takes any path
    monkeypatch.setattr(sys, "platform", "win32")
    for _ in range(2):
        found = plain_paths.plain_folder(there, ["a.otf"])
        assert str(found).isascii() and (found == Path(short)) is not copied
        if copied:
            assert (found / "a.otf").read_bytes() == b"font" and len(list(found.iterdir())) == 1


def test_the_cache_lies_where_windows_keeps_such(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert next(isolation._cache_folders()) == tmp_path / "bulletin-press/fontconfig"


# --- files that others hold ----------------------------------------------------------------------------------------


def held(times: int) -> Callable[[Any, Any], None]:
    """``os.replace`` that another program stands in the way of, so many times."""
    real, left = os.replace, [times]

    def replace(source: Any, target: Any) -> None:
        if left[0]:
            left[0] -= 1
            error = PermissionError(13, "Permission denied")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        real(source, target)

    return replace


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows renames no open file, so that temporary ones are not locked there."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(output, "LOCKS", False)
    monkeypatch.setattr(temporary, "LOCKS", False)


@pytest.mark.usefixtures("unlocked")
def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", held(2))
    write_whole(path, b"new")
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("unlocked")
def test_a_pdf_that_is_open_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(patience, "_PATIENCE", 0.0)
    monkeypatch.setattr(os, "replace", held(1_000_000))
    with pytest.raises(PressError, match=r"先关掉打开着的 PDF，再运行一次.*原来的文件没有改动"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_elsewhere_nothing_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", held(1))
    with pytest.raises(PermissionError):
        patience.replace(tmp_path / "a", tmp_path / "b")


def test_a_lock_is_a_byte_behind_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: set[int] = set()

    def locking(handle: int, mode: int, count: int) -> None:
        at = os.lseek(handle, 0, os.SEEK_CUR)
        assert (mode, count) == (2, 1)
        if at in taken:
            raise PermissionError(errno.EACCES, "Permission denied")
        taken.add(at)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with (tmp_path / "sent.jsonl").open("w+b") as file:
        file.write(b"line\n")
        file.flush()
        assert locks.lock(file.fileno()) is True
        assert os.lseek(file.fileno(), 0, os.SEEK_CUR) == 5
        assert locks.lock(file.fileno()) is False
    assert len(taken) == 1 and 5 < min(taken) < 2**31
    monkeypatch.setattr("bulletin_press.desk.store.locking.PATIENCE", 0.0)
    with locked(tmp_path / "lock") as got:
        assert got is False
    taken.clear()
    with locked(tmp_path / "lock") as got:
        assert got is True


def test_two_sendings_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_press.dispatch import ledger

    monkeypatch.setattr(ledger, "lock", lambda handle: False)
    with pytest.raises(PressError, match="正在另一个窗口里发"), ledger.open_ledger(tmp_path, "2022-08"):
        pass


# --- the process ---------------------------------------------------------------------------------------------------


def test_memory_is_asked_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    def told(handle: Any, counters: Any, size: int) -> int:
        assert size == ctypes.sizeof(process_memory._Counters) == 72  # of 64 bits, as psapi.h lays it out
        counters._obj.peak, counters._obj.now = 300, 200
        return 1

    class Opening:
        restype: Any = None

        def __call__(self, rights: int, inherited: int, process: int) -> int | None:
            return None if process == 7 else 2**40

    kernel = SimpleNamespace(OpenProcess=Opening(), K32GetProcessMemoryInfo=told,
                             CloseHandle=lambda handle: closed.append(handle.value))
    monkeypatch.setattr(ctypes, "WinDLL", lambda name: kernel, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert (process_memory.memory_of(42), process_memory.most_memory()) == (200, 300)
    assert process_memory.memory_of(7) is None and process_memory.address_space_of(42) is None
    assert closed == [2**40, 2**40]


CTRL_C = """
import os, sys, time, _signal

sys.platform = "win32"
del _signal.SIGALRM, _signal.setitimer, _signal.ITIMER_REAL
from bulletin_press.ground import interruption

interruption._GRACE = .2
guard = interruption.Guard()
if sys.argv[1] == "loading":
    os.kill(os.getpid(), 2)
guard.unwind()
try:
    os.kill(os.getpid(), 2)
    time.sleep(5)
except KeyboardInterrupt:
    print("clean", flush=True)
    if sys.argv[1] == "held":
        time.sleep(30)
guard.finish()
time.sleep(.4)
sys.exit(7)
"""


@pytest.mark.parametrize(("moment", "ended"), [
    ("loading", (130, "", "已取消\n")), ("held", (130, "clean\n", "已取消\n")), ("cleaned", (7, "clean\n", ""))])
def test_ctrl_c_without_an_alarm(moment: str, ended: tuple[int, str, str]) -> None:
    ran = subprocess.run([sys.executable, "-c", CTRL_C, moment], capture_output=True, encoding="utf-8", timeout=60,
                         env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == ended


@pytest.mark.parametrize(("platform", "asked", "encoding"), [
    ("win32", None, "utf-8"), ("win32", "gbk", "gbk"), ("linux", None, "gbk")])
def test_what_is_piped_is_utf_8(monkeypatch: pytest.MonkeyPatch, platform: str, asked: str | None,
                                encoding: str) -> None:
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="gbk") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    monkeypatch.setattr(sys, "platform", platform)
    if asked:
        monkeypatch.setenv("PYTHONIOENCODING", asked)
    else:
        monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    make_streams_readable()
    assert [stream.encoding for stream in streams] == [encoding, encoding]


# --- press.exe -----------------------------------------------------------------------------------------------------


def test_press_exe_reads_sheets_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = reading._child("main", "甲.csv")
    assert command == [sys.executable, reading.READING, "main", "甲.csv"]
    monkeypatch.setattr(sys, "argv", command)
    monkeypatch.setattr("bulletin_press.intake.readers.child._limit", lambda: None)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("甲,1".encode())))
    press_exe().main()
    assert '"kind": "csv"' in capsys.readouterr().out


@pytest.mark.parametrize("there", ["", "publication.toml", "issues/publication.toml"])
def test_a_double_click_opens_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str) -> None:
    beside, home = tmp_path / "press", tmp_path / "home"
    (beside / "issues").mkdir(parents=True)
    (home / "Documents").mkdir(parents=True)
    if there:
        (beside / there).write_text("", "utf-8")
    exe = press_exe()
    ran: list[list[str]] = []

    def press() -> None:
        ran.append(sys.argv[1:])
        raise SystemExit(0)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(exe, "double_clicked", lambda: True)
    monkeypatch.setattr(sys, "argv", ["press.exe"])
    monkeypatch.setattr(sys, "executable", str(beside / "press.exe"))
    monkeypatch.setattr("bulletin_press.entry.main", press)
    monkeypatch.setattr("bulletin_press.cli.run", ran.append)
    with pytest.raises(SystemExit):
        exe.main()
    made = [] if there else [["new-issue", "--yes"]]
    assert ran == [*made, ["desk"]] and Path.cwd() == (beside if there else home / "Documents/会刊")


def test_the_window_stays_until_the_words_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exe = press_exe()
    (tmp_path / "publication.toml").write_text("", "utf-8")
    asked: list[str] = []

    def press() -> None:
        raise SystemExit(2)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(exe, "double_clicked", lambda: True)
    monkeypatch.setattr(sys, "argv", ["press.exe"])
    monkeypatch.setattr("builtins.input", asked.append)
    monkeypatch.setattr("bulletin_press.entry.main", press)
    with pytest.raises(SystemExit):
        exe.main()
    assert asked == ["按回车键关闭窗口"]


def test_what_may_wait_steps_back(windows: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[int | None, int]]()
    kernel = SimpleNamespace(SetPriorityClass=lambda process, kind: asked.append((process.value, kind)))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    engine._step_back(10)
    assert asked == [(ctypes.c_void_p(-1).value, 0x4000)]
