"""``revise``: what was changed in the Word edition, back into issue.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import WorkspaceOption, working_folder, workspace_at
from bulletin_press.cli.talk import agreed, say
from bulletin_press.ground.diagnostics import Exit


def revise_command(
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="期名（2022-08）、文件夹或 TOML 文件。",
                                         show_default=False)],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="改过的 Word 文件，由 press render --to docx 生成。",
                                         show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不提问，能写回的都写。")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """收回在 Word 里改的：逐处列出，问过再写进 issue.toml。"""
    from bulletin_press.authoring.revising import revised
    from bulletin_press.toml.change import write_change

    place = workspace_at(workspace)
    found = revised(place, place.issue_path(issue), working_folder() / file, str(file))
    chosen = []
    for number, one in enumerate(found.revisions, 1):
        say(f"{number}. {'【数字】' if one.figure else ''}{one.where}\n   {one.shown}")
        if yes or agreed("写回这一处？"):
            chosen.append(one)
    for words in found.left:
        say(f"没有写回：{words}")
    if chosen:
        if notice := write_change(found.change(chosen)):
            say(f"注意：{notice}")
        say(f"已写回 {len(chosen)} 处：{found.table.source.name}；请再运行 press check")
    else:
        say("没有改动" if found.revisions or found.left else "与 issue.toml 相同，没有改动")
    if found.left:
        raise typer.Exit(Exit.ERRORS)
