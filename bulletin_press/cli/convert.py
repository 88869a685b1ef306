"""``convert``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.talk import say


def convert_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="GBK 编码的文件。", show_default=False)],
) -> None:
    """把 GBK（GB 18030）文件转成 UTF-8，旧文件留在旁边。"""
    from bulletin_press.authoring.conversion import convert

    kept = convert(file)
    say(f"{file} 已经是 UTF-8，没有改动" if kept is None else f"已把 {file} 转成 UTF-8，旧文件留在 {kept}")
