"""The file for a saddle stitched booklet: two pages side by side, in the order in which the sheets are folded."""

from __future__ import annotations

from bulletin_press.edition import Edition
from bulletin_press.writers.outlet import Chosen, Outlet
from bulletin_press.writers.print import for_print, is_draft, notice, put_on_sheets, refused, require_library


def write_booklet(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition imposed for saddle stitch.

    Raises:
        PressError: as ``write_print``.
    """
    require_library()
    from bulletin_press.prepress.sheets import MM, booklet

    printing = edition.printing
    return put_on_sheets(edition, lambda target, pages, sheet: booklet(
        target, pages, sheet, thickness=printing.paper_thickness * MM, marks=printing.marks))


OUTLET = Outlet("booklet", "拼好版的 PDF", "骑马订的小册子：一面两页，照折叠的次序拼好", (".pdf",), True, write_booklet,
                is_draft=is_draft, notice=notice, findings=refused, edition=for_print)
