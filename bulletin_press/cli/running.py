"""One command run: every fault becomes words and an exit status."""

from __future__ import annotations

import codecs
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from bulletin_press.cli.app import COMMANDS, app
from bulletin_press.cli.chinese import usage_words
from bulletin_press.cli.talk import print_findings, say
from bulletin_press.ground.diagnostics import Exit, PressError
from bulletin_press.ground.interruption import CANCELLED, INTERRUPTED


def _as_typed(error: UnicodeError) -> tuple[str | bytes, int]:
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.replace_errors(error)


def make_streams_readable() -> None:
    """Chinese must print in any locale; what a GBK terminal lacks becomes a question mark.

    On Windows what goes to a file or a pipe is UTF-8: Python would take the old code page of the system, which lacks
    many a character of a member's name. A console gets characters either way.

    The bytes of a file's name that Python could not read in the locale's encoding are printed as they are.
    """
    codecs.register_error("as-typed", _as_typed)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            ascii_only = (stream.encoding or "ascii").lower().replace("-", "") in ("ascii", "ansix3.41968", "usascii")
            modern = sys.platform == "win32" and not os.environ.get("PYTHONIOENCODING")
            reconfigure(encoding="utf-8" if ascii_only or modern else stream.encoding, errors="as-typed")


def _told(fault: PressError) -> int:
    """Print a fault; returns the exit status."""
    if fault.findings:
        print_findings(fault.findings, err=True)
    else:
        say(f"press：{fault.message}")
    return fault.exit_status


def _forget_gone_folder() -> None:
    """Where the working folder has gone, modules are no longer looked for in it.

    Extension modules stop at a search path that cannot be made absolute, from Python 3.13 on.
    """
    try:
        Path.cwd()
    except OSError:
        sys.path[:] = [entry for entry in sys.path if entry]


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    _forget_gone_folder()
    try:
        status = app(args=arguments, prog_name="press", standalone_mode=False)
        if status == INTERRUPTED:  # Typer's answer to Ctrl-C is the same number
            say(CANCELLED)
        return status if isinstance(status, int) else Exit.CLEAN
    except PressError as fault:
        return _told(fault)
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.format_message())
            return Exit.USAGE
        say(f"press：{usage_words(error, list(COMMANDS))}")
        say("运行 press --help 查看用法")
        return Exit.USAGE
    except typer.Abort:
        say(CANCELLED)
        return Exit.ERRORS
    except BrokenPipeError:
        # The reader has gone (press check | head): nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.ERRORS
    except (MemoryError, RecursionError):
        say("press：内容太大或嵌套太深，排不下去。请检查最近粘贴的内容")
        return Exit.ERRORS
    except Exception as error:
        if os.environ.get("PRESS_DEBUG"):
            raise
        place = _last_place(error)
        say(f"press：程序内部出错（{type(error).__name__}：{error}；{place}）。你的文件没有改动。"
             "请把这句话和 issue.toml 发给开发者")
        return Exit.ERRORS


def _last_place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"


def command() -> int:
    """Run what the command line asks for, then the process is to end; returns the exit status."""
    make_streams_readable()
    status = int(run())
    # Nor need it look over them all once more on the way out.
    gc.freeze()
    return status
