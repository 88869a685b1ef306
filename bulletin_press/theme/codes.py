"""QR codes of addresses, as vector drawings."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Final

# A theme's option that says which items have a code of their address: those that ask, all that have one, none.
OPTION: Final = "codes"
ASKED: Final = "标了的"
ALL: Final = "全部"
NONE: Final = "不印"
# White around it, modules (ISO/IEC 18004), and how many a side may have so that each is 0.35 mm wide in print.
_QUIET = 4
_MOST_MODULES = 49


@lru_cache(maxsize=256)
def _rows(address: str) -> tuple[tuple[bool, ...], ...]:
    # Late: few issues have any.
    import segno

    code = segno.make_qr(address, error="l", boost_error=True)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def fits(address: str) -> bool:
    """Whether a code of the address is coarse enough to be scanned from paper."""
    import segno

    try:
        return len(_rows(address)) <= _MOST_MODULES
    except segno.DataOverflowError:
        return False


def drawn(address: str, size: float, ink: str) -> str:
    """The code of an address as an SVG element.

    Args:
        address: what it leads to.
        size: pt, with the white around it.
        ink: a dark colour, #rrggbb.
    """
    rows = _rows(address)
    side = len(rows) + 2 * _QUIET
    path = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate((*row, False)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                path.append(f"M{start + _QUIET} {y + _QUIET}h{x - start}v1h{start - x}z")
                start = None
    return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{size:g}pt" height="{size:g}pt" '
            f'viewBox="0 0 {side} {side}"><title>{escape(f"二维码，扫一扫打开原文：{address}")}</title>'
            f'<rect width="{side}" height="{side}" fill="#FFFFFF"/><path d="{"".join(path)}" fill="{ink}"/></svg>')
