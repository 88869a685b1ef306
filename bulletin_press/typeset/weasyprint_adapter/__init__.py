"""The composer inside WeasyPrint 70.0: the only part that knows a layout engine.

Every Chinese line box that wraps is composed when its real width is known, and its glyph advances
are written into Pango's. HTML, CSS, tags, bold, links, columns, cells, notes, widows and orphans
stay WeasyPrint's. Private names are touched here only; on another version nothing is installed.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from bulletin_press.typeset.weasyprint_adapter.binding import load_weasyprint

load_weasyprint()

import weasyprint  # noqa: E402

from bulletin_press.typeset.spacing import STYLES, StyleName  # noqa: E402
from bulletin_press.typeset.weasyprint_adapter.line_reports import line_reports  # noqa: E402

__all__ = ["KNOWN_VERSION", "Installed", "install", "known", "let_go", "line_reports"]

KNOWN_VERSION = "70.0"


class Installed:
    """The composer's hold on WeasyPrint; a context manager that lets go at its end.

    Attributes:
        active: whether lines are composed; False on a version of WeasyPrint that is not known.
        version: the version of WeasyPrint that was found.
    """

    def __init__(self, undo: list[Callable[[], None]], *, active: bool, version: str) -> None:
        self.active, self.version = active, version
        self._undo = undo

    def uninstall(self) -> None:
        """Give WeasyPrint its own functions back; harmless when done twice."""
        while self._undo:
            self._undo.pop()()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.uninstall()


def install(*, style: StyleName = "gentle") -> Installed:
    """Compose Chinese lines from now on.

    Args:
        style: the house style, `gentle` or `compact`.

    Returns:
        A handle; its `active` is False, and nothing is patched, where the version of WeasyPrint
        is not the known one: the caller warns that lines are set plainly.

    Raises:
        RuntimeError: the composer is installed already.
    """
    if weasyprint.__version__ != KNOWN_VERSION:
        return Installed([], active=False, version=weasyprint.__version__)
    from bulletin_press.typeset.weasyprint_adapter.patches import patch

    return Installed(patch(STYLES[style]), active=True, version=KNOWN_VERSION)


def known() -> bool:
    """Whether this version of WeasyPrint is the known one."""
    return bool(weasyprint.__version__ == KNOWN_VERSION)


def let_go() -> None:
    """Give WeasyPrint its own functions back after an interrupt at whatever moment; else does nothing."""
    if weasyprint.__version__ == KNOWN_VERSION:
        from bulletin_press.typeset.weasyprint_adapter.patches import unpatch

        unpatch()
