"""The issue for telephones: a PDF as wide as one, its pages as high as what stands on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, floor

from markupsafe import Markup

from bulletin_press.document.exhibits import Chart, KeyFigure
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.tree import Grid, Picture
from bulletin_press.edition import Edition
from bulletin_press.pictures import LoadedPicture
from bulletin_press.theme.tabulation import Columns, columns_of
from bulletin_press.typeset.setter import Pages
from bulletin_press.writers.flow.drawings import plate_style, set_drawing
from bulletin_press.writers.flow.filling import Filling, PlacedImage
from bulletin_press.writers.flow.palette import palette_of
from bulletin_press.writers.flow.sheets import ENDLESS, Pieces, flowing
from bulletin_press.writers.flow.words import balanced, ems
from bulletin_press.writers.outlet import Chosen, Outlet
from bulletin_press.writers.pdf import is_draft, pdf_of
from bulletin_press.writers.web import shown_address, web_address

# The page, its margins at the sides, head and foot, pt: 20 characters of 17.8 pt to the line.
WIDTH, SIDE, HEAD, FOOT = 400.0, 22.0, 34.0, 30.0
_MEASURE = WIDTH - 2 * SIDE
# About five screens: what is longer is divided.
_LONG = 4_000.0
_COVER = "cover"
# Of tables, pt; one that is not easily read in them becomes a list.
_TABLE_SIZES = (15.0, 14.0)
# The largest figures and names, pt, and from how small on a name stands in two lines.
_FIGURE, _NAME, _LEAST_NAME, _UNIT = 118.0, 58.0, 38.0, 15.0
# Likewise in three lines, and so on.
_LEAST_IN_LINES, _MOST_LINES = 26.0, 5
# A picture is shown with no fewer pixels to the inch than that.
_LEAST_DPI = 96.0


@dataclass(frozen=True)
class Name:
    """The publication's name as the first page sets it: the size, pt, and the lines."""

    size: float
    lines: tuple[str, ...]


def write_phone(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition as a PDF for telephones, tagged, with bookmarks and links, conforming as the PDF does.

    Raises:
        EnvironmentFault: a system library or a font is missing.
        PressError: the pages show, but for a draft, a box for a character.
    """
    return pdf_of(edition, phone_pages(edition))


def phone_pages(edition: Edition) -> Pages:
    """An edition laid out for telephones."""
    return flowing(partial(_filled, edition), partial(edition.laid_out), _LONG)[0]


def _filled(edition: Edition, pieces: Pieces, heights: Mapping[str, float]) -> str:
    """The pages' HTML; what is not measured yet stands on endless paper."""
    colours = palette_of(edition.theme).light
    style = plate_style(colours)

    def drawn(chart: Chart | AuthorsChart) -> Markup:
        return Markup(set_drawing(chart, style, _MEASURE))

    filling = Filling(edition, "phone", partial(phone_image, edition), {
        "piece": partial(pieces.mark), "drawing": drawn, "lines": balanced, "columns_of": _columns,
        "name_set": name_set, "figure_size": _figure_size, "picture_width": _picture_width,
        "web_address": web_address, "shown_address": shown_address}, (Name,))
    sections = edition.issue.document.sections
    return filling.page("page.html.j2", {
        "c": dict(colours), "sheets": Markup(_sheets(edition, heights)), "cover": _COVER,
        "last": sections[-1].anchor if sections else _COVER,
        "created": edition.issue.fields.issue.date.isoformat()})


def _sheets(edition: Edition, heights: Mapping[str, float]) -> str:
    """The rules of the pages: each as high as its sheet, the tip's on its tint."""
    tinted = {section.anchor for section in edition.issue.document.sections if section.kind == "tip"} | {_COVER}
    head = HEAD if edition.draft else 0.0
    rules = [f"@page{{size:{WIDTH:g}pt {ENDLESS:g}pt;margin:{HEAD:g}pt {SIDE:g}pt {FOOT:g}pt}}",
             f"@page {_COVER}{{margin:{head:g}pt 0 0}}"]
    for name, filled in heights.items():
        white = head if name == _COVER else HEAD + FOOT
        # The engine reckons in floats: a hundredth more, and nothing is pushed over the edge.
        rules.append(f"@page {name}{{size:{WIDTH:g}pt {min(ENDLESS, ceil(filled + white + 0.01)):g}pt}}")
        if any(name == one or name.startswith(f"{one}-") for one in tinted):
            rules.append(f"@page {name}{{background:{palette_of(edition.theme).light['tint']}}}")
    return "".join(rules)


def phone_image(edition: Edition, picture: Picture) -> PlacedImage:
    """A picture as the pages load it from the edition."""
    loaded, shown = edition.issue.pictures[picture], edition.pictures[picture]
    if shown.url is None or not isinstance(loaded, LoadedPicture):
        return PlacedImage("", 0, 0, picture.alt, shown.fault or "")
    return PlacedImage(shown.url, loaded.width, loaded.height, picture.alt)


def _picture_width(image: PlacedImage, room: float = _MEASURE) -> float:
    """How wide a picture is shown, pt: the room it has, less where it has few pixels."""
    return round(min(room, image.width * 72 / _LEAST_DPI), 2)


def _columns(grid: Grid) -> Columns:
    return columns_of(grid, _MEASURE, _TABLE_SIZES)


def name_set(name: str, most: float = _NAME, room: float = _MEASURE) -> Name:
    """The name in one line, in two where it would be small, in more where it would be small in two.

    Args:
        name: the publication's.
        most: the largest size, pt.
        room: the width of a line, pt.
    """
    size = min(most, room / ems(name))
    if size >= _LEAST_NAME:
        return Name(_floored(size), (name,))
    for count in range(2, _MOST_LINES + 1):
        lines = balanced(name, ems(name) / count + 1)
        size = min(most, room / max(map(ems, lines)))
        if size >= _LEAST_IN_LINES:
            break
    return Name(_floored(size), lines)


def _floored(size: float) -> float:
    """A size in tenths of a point, never more than it was: a line that just fits would be broken."""
    return floor(size * 10) / 10


def _figure_size(figures: Sequence[KeyFigure]) -> float:
    """The size of the key figures, pt."""
    return figure_size(figures, _FIGURE, _UNIT, _MEASURE - 14)


def figure_size(figures: Sequence[KeyFigure], most: float, unit: float, room: float) -> float:
    """The size of figures that are set alike, pt: as large as the room takes with the unit behind each.

    Args:
        figures: one or more.
        most: the largest, pt.
        unit: the size of the unit's name, pt.
        room: for a figure and its unit, pt.
    """
    return min(most, *(round((room - unit * ems(one.large_unit or one.unit)) / ems(one.large or one.value), 1)
                       for one in figures))


OUTLET = Outlet("phone", "手机版", "在手机上看的 PDF，字大，一栏，不用放大", (".pdf",), False, write_phone,
                is_draft=is_draft, has_leaves=True)
