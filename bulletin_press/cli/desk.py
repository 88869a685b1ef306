"""``desk``."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bulletin_press.cli.options import (
    WorkspaceOption,
    has_publication,
    named_workspace,
    working_folder,
    workspace_if_any,
)
from bulletin_press.cli.talk import say
from bulletin_press.ground.diagnostics import EnvironmentFault, UsageFault
from bulletin_press.publication.workspace import variable


def desk_command(
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, show_default=False,
                                      help="用这个端口；不写就用一个空着的。")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器，只说出地址。")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """打开编刊台：在浏览器里填写、检查、看版面、生成。还没有刊物的，先在那里建。只在这台电脑上，不连外网。"""
    place = _place(workspace)
    try:
        from bulletin_press.desk.server.running import run
        from bulletin_press.desk.server.work import Place
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("starlette", "uvicorn", "anyio", "h11", "lxml"):
            raise
        raise EnvironmentFault("编刊台要另装几个软件包：pip install 'bulletin-press[desk]'") from None
    run(Place(*place), port=port, browser=not no_browser, who=_who(), tell=say)


def _place(workspace: Path | None) -> tuple[Path, date]:
    """The publication's folder and today; a folder where there is none yet: the desk asks for it first."""
    given = named_workspace(workspace) or variable(os.environ)
    found = None if given and not has_publication(given) else workspace_if_any(given)
    if found:
        return found.root, found.today
    root = (working_folder() / given) if given else working_folder() / "issues"
    if root.exists() and not root.is_dir():
        raise UsageFault(f"{root} 不是文件夹")
    return root, date.today()


def _who() -> str:
    """The user's name on this machine; "" where it has none."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
