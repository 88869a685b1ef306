"""``guide``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import output_path
from bulletin_press.cli.talk import say


def guide_command(
    chapter: Annotated[str | None, typer.Argument(metavar="CHAPTER", show_default=False,
                                                  help="章名、章名里的几个字或第几章；不写就是目录。")] = None,
    text: Annotated[bool, typer.Option("--text", help="印在终端里，不用浏览器。")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="把网页写到这个文件夹。",
                                                show_default=False)] = None,
    schemas: Annotated[bool, typer.Option("--schemas", help="只印出给编辑器用的格式说明在哪个文件夹。")] = False,
) -> None:
    """打开使用手册。"""
    from bulletin_press.authoring.guide import chapter_called, print_text, show, written
    from bulletin_press.ground.resources import docs_folder

    if schemas:
        typer.echo(docs_folder() / "schemas")
        return
    called = chapter_called(chapter)
    if text:
        print_text(called)
        return
    page = written(output and output_path(output)) / called.page
    typer.echo(page)
    say("已在浏览器里打开" if show(page) else "请用浏览器打开这个文件；在终端里看，加 --text")
