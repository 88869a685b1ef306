"""The desk from its start to its end: a socket of this machine alone, the browser, Ctrl-C."""

from __future__ import annotations

import logging
import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

import uvicorn

from bulletin_press.desk.server.app import application
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.gate import Key
from bulletin_press.desk.server.work import Place
from bulletin_press.ground.diagnostics import UsageFault
from bulletin_press.ground.interruption import Guard


class _Server(uvicorn.Server):
    """A server that ends in silence: a page that is being drawn then is given up, which is no error to be told."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what is under way."""
        logging.getLogger("uvicorn.error").disabled = True
        await super().shutdown(sockets)


def run(place: Place, *, port: int = 0, browser: bool = True, who: str = "", tell: Callable[[str], None]) -> None:
    """Serve the desk until it is ended.

    Args:
        place: the publication.
        port: the port, 0 for any that is free.
        browser: open a browser at it.
        who: the name under which others in a shared folder see the one who is at it.
        tell: told the address, and the end.

    Raises:
        UsageFault: the port is taken.
    """
    listening = _listening(port)
    key = Key.made(listening.getsockname()[1])
    desk = Desk(place, who)
    server = _Server(uvicorn.Config(
        application(desk, key, ending=lambda: setattr(server, "should_exit", True)),
        log_level="error", access_log=False, lifespan="off", server_header=False, date_header=False,
        timeout_graceful_shutdown=1, ws="none", h11_max_incomplete_event_size=16_384))
    desk.start()
    tell(f"编刊台开在 {key.first_address}")
    tell("只在这台电脑上运行。关掉：在书架上点“结束”，或在这里按 Ctrl-C")
    if browser:
        opener = Timer(0.1, webbrowser.open, (key.first_address,))
        opener.daemon = True
        opener.start()
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    finally:
        desk.stop()
        listening.close()
        Guard().finish()
    tell("编刊台关了，您写的都在文件里")


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":  # its SO_REUSEADDR would let any other program listen at the same port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except OverflowError:
        raise UsageFault(f"没有 {port} 这个端口；写 1024 到 65535") from None
    except OSError:
        raise UsageFault(f"端口 {port} 已经有别的程序在用；换一个，或不写 --port") from None
    found.listen(64)
    return found
