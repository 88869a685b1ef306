"""What press.exe runs: the press, or, on a double click, the desk."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
from pathlib import Path

# Where a double click finds no publication it makes one here, under the user's documents.
_FOLDER = "会刊"


def _child() -> bool:
    """Be the process that reads somebody's sheet, where press.exe was started for that."""
    from bulletin_press.intake.reading import READING

    if len(sys.argv) != 4 or sys.argv[1] != READING or sys.argv[2] not in ("main", "word_main"):
        return False
    from bulletin_press.intake.readers import child

    getattr(child, sys.argv[2])()
    return True


def double_clicked() -> bool:
    """Whether the console is this process's alone: Explorer made it, and it closes when the process ends."""
    if sys.platform != "win32":
        return False
    numbers = (ctypes.c_uint32 * 4)()
    return ctypes.windll.kernel32.GetConsoleProcessList(numbers, 4) == 1


def folder_for_desk(beside: Path) -> Path:
    """The publication that lies beside press.exe, else that in the user's documents, which is made."""
    for folder in (Path.cwd(), beside):
        if _has_publication(folder):
            return folder
    documents = Path.home() / "Documents"
    own = (documents if documents.is_dir() else Path.home()) / _FOLDER
    own.mkdir(exist_ok=True)
    return own


def _has_publication(folder: Path) -> bool:
    from bulletin_press.publication.workspace import is_publication

    return is_publication(folder) or is_publication(folder / "issues")


def main() -> None:
    """The whole."""
    multiprocessing.freeze_support()  # a worker of the pool, or the desk's engine: it does not come back
    if _child():
        return
    from bulletin_press.entry import main as press

    opens = len(sys.argv) == 1 and double_clicked()
    if not opens:
        press()
    try:
        folder = folder_for_desk(Path(sys.executable).parent)
        os.chdir(folder)
        if not _has_publication(folder):
            from bulletin_press.cli import run

            run(["new-issue", "--yes"])
        sys.argv.append("desk")
        press()
    except BaseException as ended:
        # The window closes with the process, and takes with it what was said.
        if not (isinstance(ended, SystemExit) and ended.code in (None, 0)):
            if not isinstance(ended, SystemExit):
                print(f"press：{ended}", file=sys.stderr)
            input("按回车键关闭窗口")
        raise


if __name__ == "__main__":
    main()
