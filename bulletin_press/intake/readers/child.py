"""The process that reads a sheet: a file's bytes come in, plain cells go out, nothing else is touched.

Libraries that read other people's files have limits of their own making at best. Here they run with a limit
of memory and of processor time, and no reader opens a file or a connection.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from bulletin_press.intake.grid import RawBook, as_plain
from bulletin_press.intake.readers.kinds import kind_of
from bulletin_press.intake.readers.limits import TOO_LARGE, Refused

# Bytes of address space and seconds of processor time.
MEMORY = 900_000_000
SECONDS = 15


def _limit() -> None:
    if sys.platform == "win32":  # the parent's clock is the only limit
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of address space
            continue


def read(data: bytes, name: str) -> RawBook:
    """Read a sheet, whatever it is.

    Args:
        data: the file.
        name: its name; the suffix is a hint and no more.

    Raises:
        Refused: it cannot be read; the message says why.
        ImportError: the library for it is not installed.
    """
    kind = kind_of(data, name)
    if kind == "xlsx":
        from bulletin_press.intake.readers.xlsx import read_xlsx

        return read_xlsx(data)
    if kind == "xls":
        from bulletin_press.intake.readers.xls import read_xls

        return read_xls(data)
    if kind == "ods":
        from bulletin_press.intake.readers.ods import read_ods

        return read_ods(data)
    if kind == "web":
        from bulletin_press.intake.readers.web import read_web

        return read_web(data)
    from bulletin_press.intake.readers.delimited import read_delimited

    return read_delimited(data)


def _sheet(data: bytes) -> Any:
    return as_plain(read(data, sys.argv[-1]))


def _word(data: bytes) -> Any:
    from bulletin_press.intake.readers.word import read_word

    return read_word(data)


def word_main() -> None:
    """As ``main``, of a Word file: its paragraphs."""
    main(_word)


def main(work: Callable[[bytes], Any] = _sheet) -> None:
    """Answer on stdout, as JSON: the cells, or why there are none."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"book": work(data)}
    except Refused as fault:
        answer = {"refused": str(fault)}
    except ImportError as error:
        answer = {"missing": error.name or "openpyxl"}
    except (MemoryError, RecursionError):
        answer = {"refused": TOO_LARGE}
    sys.stdout.write(json.dumps(answer))
