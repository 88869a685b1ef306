"""``site``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import WorkspaceOption, output_path, workspace_at
from bulletin_press.cli.talk import print_findings, say, watched
from bulletin_press.ground.diagnostics import Exit, Severity

FOLDER = "site"


def site_command(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", show_default=False,
                                                  help="写到这个文件夹；不写就是刊物文件夹里的 site。")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """生成刊物的网站：一期一页，各期、检索、订阅。"""
    from bulletin_press.pipeline import publish

    place = workspace_at(workspace)
    target = output_path(folder) if folder else place.root / FOLDER
    with watched("网站") as progress:
        made = publish(place, target, progress=progress)
    for checked in made.left_out:
        print_findings([one for one in checked.findings if one.severity is Severity.ERROR], err=True)
        name = checked.path.parent.name
        say(f"{name} 有错误，{'网站上留着它原来的一页' if name in made.kept else '没有放到网站上'}")
    say(f"已生成 {place.shown(made.path)}/：{len(made.issues)} 期，{made.files} 个文件；打开 index.html 看")
    if place.publication.site.address is None:
        say("没有写 [site] address，所以没有订阅（feed.xml、feed.json）和 sitemap.xml")
    if made.left_out:
        raise typer.Exit(Exit.ERRORS)
