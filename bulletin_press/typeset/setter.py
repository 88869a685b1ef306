"""The one door to the layout engine: whoever wants pages laid out or written goes through it.

The composer stands in for functions of WeasyPrint's modules, what it logs is caught, and Fontconfig
is read for the whole process; so there is one at a time. Threads wait for their turn, processes do
not know of each other.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bulletin_press import fonts
from bulletin_press.typeset.spacing import StyleName

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

    from bulletin_press.typeset.weasyprint_adapter import Installed


class _Door:
    """Who is inside, and whether anybody was."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.inside: int | None = None
        self.used = False
        self.fonts: FontConfiguration | None = None


_DOOR = _Door()


@contextmanager
def composing(style: StyleName, logged: list[str]) -> Iterator[Installed]:
    """Have the engine to oneself, with the composer in it; waits until another thread is done.

    However the work inside ends, an interrupt included, the engine is as it was and free again.

    Args:
        style: the house style of line composition.
        logged: what WeasyPrint and fontTools log goes here; nothing is printed.

    Raises:
        RuntimeError: this thread is inside already (what it waits for would never come).
        EnvironmentFault: a system library or a font is missing.
    """
    me = threading.get_ident()
    if _DOOR.inside == me:
        raise RuntimeError("the layout engine is at work in this thread: finish with it before laying out"
                           " or writing other pages")
    with _DOOR.lock:
        _DOOR.inside = me
        try:
            with _log(logged), _composer(style) as installed:
                yield installed
        finally:
            _DOOR.inside = None


def font_configuration(html: str) -> FontConfiguration:
    """The fonts for a page; those of the house once a process, since Fontconfig never gives all memory back.

    What a page adds of its own (``@font-face``) is seen by that page alone. To be called inside
    ``composing``.
    """
    from bulletin_press.typeset.weasyprint_adapter.faces import GivenFaces, HouseFaces

    if "@font-face" in html.lower():
        return GivenFaces()
    if _DOOR.fonts is None:
        _DOOR.fonts = HouseFaces()
    # What was found out about the styles of an earlier page would keep that page's style sheet.
    for cache in ("strut_layouts", "font_features", "known_measurers"):
        setattr(_DOOR.fonts, cache, {})
    return _DOOR.fonts


@contextmanager
def _composer(style: StyleName) -> Iterator[Installed]:
    # Before WeasyPrint is imported: it reads Fontconfig's settings when it first lays out.
    fonts.isolate()
    with fonts.loading_by_name():
        from bulletin_press.typeset.weasyprint_adapter import install, let_go

    if _DOOR.used:
        # The boxes of pages done with refer to each other, and hold fonts that are not Python's.
        gc.collect()
    _DOOR.used = True
    try:
        with install(style=style) as installed:
            yield installed
    finally:
        let_go()


class _Kept(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record.getMessage())


@contextmanager
def _log(kept: list[str]) -> Iterator[None]:
    """Keep what WeasyPrint and fontTools log; print nothing."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    handler, passed_on = _Kept(kept), [logger.propagate for logger in loggers]
    try:
        for logger in loggers:
            logger.addHandler(handler)
            logger.propagate = False
        yield
    finally:
        for logger, propagate in zip(loggers, passed_on, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
