"""``desk``."""

from __future__ import annotations

import getpass
from contextlib import suppress
from typing import Annotated

import typer

from bulletin_press.cli.options import WorkspaceOption, workspace_at
from bulletin_press.cli.talk import say
from bulletin_press.ground.diagnostics import EnvironmentFault


def desk_command(
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65535, show_default=False,
                                      help="用这个端口；不写就用一个空着的。")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器，只说出地址。")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """打开编刊台：在浏览器里填写、检查、看版面、生成。只在这台电脑上，不连外网。"""
    place = workspace_at(workspace)
    try:
        from bulletin_press.desk.server.running import run
        from bulletin_press.desk.server.work import Place
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("starlette", "uvicorn", "anyio", "h11", "lxml"):
            raise
        raise EnvironmentFault("编刊台要另装几个软件包：pip install 'bulletin-press[desk]'") from None
    run(Place(place.root, place.today), port=port, browser=not no_browser, who=_who(), tell=say)


def _who() -> str:
    """The user's name on this machine; "" where it has none."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
