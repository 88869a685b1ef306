"""The file for the print shop: in inks, with bleed and marks, each page on a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.document.tree import Origin
from bulletin_press.edition import DRAFT, Edition
from bulletin_press.ground.diagnostics import EnvironmentFault, Finding, InputFault, Severity
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.reading import NotAFile, read_file
from bulletin_press.typeset.reports import PlacedHeading
from bulletin_press.writers.limits import PRINT, at_origin
from bulletin_press.writers.outlet import Chosen, Files, Outlet
from bulletin_press.writers.pdf import write_pdf

if TYPE_CHECKING:
    import pikepdf

    from bulletin_press.prepress.colour import Condition
    from bulletin_press.prepress.sheets import Leaf, Sheet

    Placing = Callable[[pikepdf.Pdf, Sequence[Leaf], Sheet], None]

EXTRA = "pip install bulletin-press[print]"
# An ICC profile is a megabyte or two.
_MOST_PROFILE = 20_000_000
_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]*)")


def write_print(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition for the print shop.

    Raises:
        EnvironmentFault: the library for it is not installed; a system library or a font is missing.
        InputFault: the profile that the publication names cannot be used; or as ``write_pdf``.
        PressError: as ``write_pdf``.
    """
    require_library()
    from bulletin_press.prepress.sheets import single

    marks = edition.printing.marks
    return put_on_sheets(edition, lambda target, pages, sheet: single(target, pages, sheet, marks=marks))


def require_library() -> None:
    """Refuse to go on without the library that rewrites PDF.

    Raises:
        EnvironmentFault: it is not installed.
    """
    try:
        import pikepdf  # noqa: F401
    except ImportError:
        raise EnvironmentFault(f"付印的文件要用 pikepdf，现在没有安装：运行 {EXTRA}") from None


def put_on_sheets(edition: Edition, place: Placing) -> bytes:
    """The pages of an edition in inks, put on sheets.

    Args:
        edition: laid out for print or not; it is laid out for print.
        place: puts pages on the sheets of a file.
    """
    import io

    import pikepdf

    from bulletin_press.prepress.colour import Separation
    from bulletin_press.prepress.finishing import finished
    from bulletin_press.prepress.separating import Separating
    from bulletin_press.prepress.sheets import MM, leaves

    printed = edition.for_print()
    condition = _condition(printed)
    with pikepdf.open(io.BytesIO(write_pdf(printed))) as source, pikepdf.new() as target:
        Separating(source, Separation(condition)).run()
        pages, sheet = leaves(source, target, printed.printing.bleed * MM, printed.theme.file.print.blanks)
        place(target, pages, sheet)
        document, fields = printed.document, printed.issue.fields
        return finished(target, condition, title=document.title, author=document.front.organiser,
                        day=fields.issue.date.isoformat(), keywords=DRAFT if printed.draft else "")


def _condition(edition: Edition) -> Condition:
    """How the publication is printed; its own colours go before the theme's."""
    from bulletin_press.prepress.colour import BUNDLED, Condition

    printing = edition.printing
    percents = {name.upper(): inks for name, inks in edition.theme.file.print.inks.items()} | printing.inks
    stated = {name: (c / 100, m / 100, y / 100, k / 100) for name, (c, m, y, k) in percents.items()}
    profile = _profile(edition, printing.profile) if printing.profile else BUNDLED.read_bytes()
    return Condition(profile, printing.ink_limit / 100, printing.grey, stated)


def _profile(edition: Edition, name: str) -> bytes:
    from bulletin_press.prepress.colour import require_printing_profile

    root = edition.issue.workspace.root
    path = (root / name).resolve()
    shown = f"publication.toml 的 [print] profile：“{name}”"
    if not is_inside(path, root):
        raise InputFault(f"{shown}不在刊物的文件夹里，请把文件复制进来")
    try:
        data = read_file(path, _MOST_PROFILE)
    except (OSError, NotAFile):
        raise InputFault(f"{shown}找不到或读不出来；这个文件要放在 publication.toml 旁边") from None
    try:
        require_printing_profile(data)
    except InputFault as fault:
        raise InputFault(f"{shown}{fault.message}") from None
    return data


def for_print(edition: Edition) -> Edition:
    """The edition as it is laid out for print."""
    return edition.for_print()


def notice(edition: Edition) -> str | None:
    """What the person should know of the sheets."""
    printed = edition.for_print()
    missing = -len(printed.pages) % 4
    said = [printed.pages.notice] if printed.pages.notice else []
    if missing:
        said.append(f"正文 {len(printed.pages)} 页，付印补了 {missing} 页空白，凑成 4 的倍数")
    return "；".join(said) or None


def refused(edition: Edition, made: Files) -> Sequence[Finding]:
    """What a print shop would refuse of a file just made; information apart."""
    from bulletin_press.prepress.preflight import Limits, preflight

    assert isinstance(made, bytes)
    found = [fault for fault in preflight(made, Limits(ink=edition.printing.ink_limit / 100))
             if fault.severity is not Severity.INFO]
    # A booklet's sides are no pages: its places are told in words alone.
    headings = list(edition.for_print().pages.headings()) if found else []
    sides = len(edition.for_print().pages) if found else 0
    return [at_origin(edition, _on(headings, fault.pages[:1], sides, made), PRINT, fault.severity,
                      f"付印检查（{fault.rule}）：{fault.place}{'：' if fault.pages else ''}{fault.message}")
            for fault in found]


def _on(headings: Sequence[PlacedHeading], pages: Sequence[int], count: int, made: bytes) -> Origin | None:
    """The last thing that was titled before a page's end; None where nothing was, or the file has other pages."""
    import io

    import pikepdf

    if not pages:
        return None
    with pikepdf.open(io.BytesIO(made)) as pdf:
        if len(pdf.pages) < count:
            return None
    return next((Origin.parse(one.origin) for one in reversed(headings) if one.page <= pages[0] and one.origin), None)


def is_draft(path: Path) -> bool:
    """Whether a file was written as a draft: its metadata say so, and are not compressed."""
    try:
        found = _KEYWORDS.search(path.read_bytes())
    except OSError:
        return False
    return found is not None and DRAFT in found[1].decode("utf-8", "replace")


OUTLET = Outlet("print", "付印的 PDF", "交给印刷厂：四色，出血，裁切线", (".pdf",), True, write_print,
                is_draft=is_draft, notice=notice, findings=refused, edition=for_print)
