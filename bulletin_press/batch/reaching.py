"""The scheduler of a cluster, reached; or why it is not, in words."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from bulletin_press.ground.diagnostics import EnvironmentFault, UsageFault

_SCHEMES = ("tcp", "tls", "ucx", "ws", "wss", "inproc")
# Seconds: to reach the scheduler, and what a program that is none may keep silent beyond them.
_REACH, _SILENCE = 10.0, 5.0
# What tells on standard error, in English, what is told here in words.
_TALKATIVE = ("distributed", "distributed.client", "distributed.comm", "tornado", "tornado.application", "asyncio")


def require_address(address: str) -> None:
    """See that something is a scheduler's address.

    Raises:
        UsageFault: it is none.
    """
    try:
        parts = urlsplit(address)
        right = parts.scheme in _SCHEMES and (parts.scheme == "inproc" or bool(parts.hostname and parts.port))
    except ValueError:  # a port that is no number
        right = False
    if not right:
        raise UsageFault(f"--scheduler 写调度程序的地址和端口，例如 tcp://127.0.0.1:8786，不能是 {address}")


def library() -> Any:
    """dask.distributed.

    Raises:
        EnvironmentFault: it is not installed.
    """
    try:
        import distributed
    except ImportError:
        if getattr(sys, "frozen", False):
            raise EnvironmentFault("这个程序里没有交给集群的部分；要用它，请照手册“用 Python 安装”再装一个") from None
        raise EnvironmentFault("要交给集群做，请先安装：pip install 'bulletin-press[cluster]'") from None
    return distributed


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the library's own words from the terminal, unless a developer asks for them."""
    if os.environ.get("PRESS_DEBUG"):
        yield
        return
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ, of large bundles
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def reached(address: str) -> Any:
    """A client of the scheduler.

    Raises:
        EnvironmentFault: there is none, or it lets nobody in.
    """
    distributed, met = library(), list[Any]()

    def reach() -> None:
        try:
            met.append(distributed.Client(address, timeout=_REACH, set_as_default=False))
        except Exception as error:  # of many kinds: see _why
            met.append(error)

    # A program that is no scheduler may keep the library waiting for ever.
    thread = threading.Thread(target=reach, daemon=True, name="reach")
    thread.start()
    thread.join(_REACH + _SILENCE)
    found = met[0] if met else TimeoutError()
    if isinstance(found, Exception):
        raise EnvironmentFault(f"连不上 {address}：{_why(found, address)}") from None
    return found


def _why(error: BaseException, address: str) -> str:
    chain = list[BaseException]()
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in chain):
        return "它的证书不是 distributed.yaml 里 ca-file 那个 CA 发的，或发给了别的地址"
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return "它不认这里的证书，或不用 tls://"
    if any(isinstance(one, FileNotFoundError | PermissionError) for one in chain):
        return "distributed.yaml 里写的证书读不出来"
    if isinstance(error, TypeError) and address.startswith("tls:"):
        return "没有证书：tls:// 的证书写在 ~/.config/dask/distributed.yaml 里"
    if isinstance(error, RuntimeError) and "encryption required" in str(error):
        return "distributed.yaml 里要求加密（require-encryption），地址要写 tls://"
    if any(isinstance(one, ConnectionResetError) for one in chain):
        return "那里的程序断开了连接；它是 tls:// 的，就不要写 tcp://"
    return _silence(address)


def _silence(address: str) -> str:
    """Why nothing is heard from an address: asked of the network itself, for the library does not say."""
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 0), _SILENCE):
            return "那里的程序不像调度程序（dask scheduler），请看端口对不对"
    except socket.gaierror:
        return f"找不到 {parts.hostname} 这台机器"
    except ConnectionRefusedError:
        return "那里没有程序在听；请先启动调度程序（dask scheduler）"
    except OSError:
        return "没有回音；请看地址对不对，网络、防火墙通不通"
