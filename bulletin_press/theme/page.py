"""A document set as one page of HTML: what its templates are handed, and may see of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import jinja2
from markupsafe import Markup

from bulletin_press.document import exhibits, plots
from bulletin_press.document import tree as blocks
from bulletin_press.document.exhibits import Chart
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.document.tree import Document, Picture, Pictures
from bulletin_press.theme import arrangement, tabulation
from bulletin_press.theme.reckoning import MADE, Reckoner, points
from bulletin_press.theme.reckoning.settings import Reckoning
from bulletin_press.theme.set_picture import SetPicture
from bulletin_press.theme.templating import TemplateFolder, environment_of, filled

# A chart, how wide it is (pt), and how many times as high as it is.
Drawing = Callable[[Chart | AuthorsChart, float, float], str]

# Where a picture lies is not a theme's business: it sets what ``pictures`` gives it.
_WITHHELD: Mapping[type, frozenset[str]] = {Picture: frozenset({"file"})}


def filled_page(theme: str, places: Sequence[TemplateFolder], document: Document,
                pictures: Mapping[Picture, SetPicture], drawing: Drawing, *, numbers: Reckoning,
                properties: Mapping[str, str], created: str, css: str) -> str:
    """A theme's page template, filled.

    Args:
        theme: its name, for what is said of it.
        places: where templates are looked for; the first that has one wins.
        document: the issue.
        pictures: the address of each of its pictures.
        drawing: makes a chart of some width, pt, an SVG.
        numbers: the theme's.
        properties: its options and what choices set.
        created: the issue's date, ISO 8601.
        css: the whole style sheet.

    Raises:
        InputFault: a template is wrong.
    """
    reckoner = Reckoner(theme, numbers, properties, document, drawing)
    def drawn(chart: Chart | AuthorsChart, width: float, high: float = 1) -> str:
        return Markup(drawing(chart, width, high))

    environment = _environment(places, drawn, reckoner)
    return filled(environment, "page.html.j2", places, {
        "document": document, "pictures": dict(pictures), "created": created, "css": Markup(css),
        "options": dict(properties)})


def _rows(block: Pictures, pictures: Mapping[Picture, SetPicture],
          measure: float = 396) -> list[arrangement.PictureRow]:
    """The pictures of a block in rows, for a measure in points."""
    return arrangement.picture_rows(block, {picture: pictures[picture].ratio for picture in block.pictures}, measure)


def _views() -> dict[type, frozenset[str]]:
    """What templates may see: the blocks and exhibits by their fields, and what they say of themselves."""
    methods: dict[type, tuple[str, ...]] = {
        Document: ("exhibits", "pictures"), blocks.Item: ("pictures",), exhibits.Growth: ("mark",),
        blocks.Call: ("text",), blocks.Ruby: ("pairs", "reading"),
        exhibits.FigureTable: ("unit",), exhibits.Exhibits: ("after",),
        tabulation.Columns: ("percent", "long", "tall"),
        arrangement.PictureRow: ("several", "upright")}
    kinds = [kind for module in (blocks, exhibits, plots) for kind in vars(module).values()
             if isinstance(kind, type) and is_dataclass(kind)]
    kinds += [SetPicture, arrangement.PictureRow, arrangement.PictureCell, tabulation.Columns, *MADE]
    return {kind: frozenset({field.name for field in fields(kind)} - _WITHHELD.get(kind, frozenset())
                            | {*methods.get(kind, ())}) for kind in kinds}


def _environment(folders: Sequence[TemplateFolder], drawing: Drawing,
                 reckoner: Reckoner) -> jinja2.Environment:
    return document_environment(
        folders, {"picture_rows": _rows, "points": points, "drawing": drawing, **reckoner.functions()})


def document_environment(folders: Sequence[TemplateFolder], functions: Mapping[str, Callable[..., Any]],
                         more: Collection[type] = ()) -> jinja2.Environment:
    """An environment whose templates may see a document and its exhibits.

    Args:
        folders: where templates are looked for; the first that has one wins.
        functions: what they may call.
        more: dataclasses beside the document's, which they may see whole.
    """
    views = _views() | {kind: frozenset(field.name for field in fields(kind)) for kind in more if is_dataclass(kind)}
    environment = environment_of(folders, views, functions)
    kinds = {"paragraph": blocks.Paragraph, "subheading": blocks.Subheading, "bullets": blocks.BulletList,
             "grid": blocks.Grid, "pictures": Pictures, "entry": blocks.Entry, "strong": blocks.Strong,
             "dotted": blocks.Dotted, "ruby": blocks.Ruby, "call": blocks.Call, "link": blocks.Link,
             "drawn": blocks.Drawn, "quote": blocks.PullQuote, "dates": blocks.KeyDates}
    for name, kind in kinds.items():
        environment.tests[name] = lambda value, kind=kind: isinstance(value, kind)
    environment.tests["figure"] = tabulation.is_figure
    return environment
