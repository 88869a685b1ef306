"""``preflight``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from bulletin_press.cli.talk import say
from bulletin_press.ground.diagnostics import Exit, Severity, UsageFault

_MOST = 500_000_000


def preflight_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="要付印的 PDF，谁做的都行。", show_default=False)],
    form: Annotated[Literal["text", "json"], typer.Option("--format", metavar="text|json", show_default=False,
                                                            help="结果的格式，不写是 text。")] = "text",
    ink: Annotated[int, typer.Option("--ink-limit", metavar="N", min=200, max=400, show_default=False,
                                     help="总墨量的上限，%，200 到 400，不写是 300。")] = 300,
    strict: Annotated[bool, typer.Option("--strict", help="有警告也算有错误。")] = False,
) -> None:
    """付印前检查一个 PDF：印刷厂会退回什么。"""
    from bulletin_press.ground.reading import NotAFile, read_file
    from bulletin_press.writers.print import require_library

    require_library()
    from bulletin_press.prepress.preflight import Limits, preflight

    try:
        data = read_file(file, _MOST)
    except (OSError, NotAFile):
        raise UsageFault(f"没有 {file} 这个文件，或读不出来") from None
    faults = preflight(data, Limits(ink=ink / 100))
    if form == "json":
        found = [{"rule": one.rule, "severity": one.severity.value, "message": one.message, "file": str(file),
                  "line": 1, "column": 1, "end_line": 1, "end_column": 1, "suggestion": None,
                  "pages": list(one.pages)} for one in faults]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for one in faults:
            typer.echo(f"{file}：{one.severity.label} {one.rule} {one.place}{'：' if one.pages else ''}{one.message}")
    counts = {severity: sum(one.severity is severity for one in faults) for severity in Severity}
    say("，".join(f"{severity.label} {counts[severity]}" for severity in Severity))
    if counts[Severity.ERROR] or (strict and counts[Severity.WARNING]):
        raise typer.Exit(Exit.ERRORS)
