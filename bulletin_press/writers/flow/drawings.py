"""Charts for screens: the press's own drawings, in pixels, at the widths that are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bulletin_press.document.exhibits import Chart
from bulletin_press.document.plots import AuthorsChart
from bulletin_press.theme.charts import ChartStyle, draw

# Screens show them in the reader's own face; what they are measured by is the press's.
_FACE = ("Bulletin Hei", "Bulletin Song")
_SIZE = re.compile(r'(<svg [^>]*?width="[\d.]+)pt(" height="[\d.]+)pt"')
_FACES = re.compile(r' font-family="[^"]*"')


def screen_style(colours: Mapping[str, str], size: float) -> ChartStyle:
    """How charts are drawn for a screen.

    Args:
        colours: a set of a palette.
        size: of names and values, px.
    """
    return ChartStyle(round(size * 2.07), size, round(size * 1.25), _FACE, _FACE,
                      (colours["bar"], colours["soft"], colours["pale"]), colours["ink"], colours["quiet"],
                      colours["rise"], colours["fall"], None, 700)


def screen_drawing(chart: Chart | AuthorsChart, style: ChartStyle, width: float) -> str:
    """A chart as an SVG element, its sizes in pixels, its text in the face around it.

    Args:
        chart: what it shows.
        style: as ``screen_style`` makes.
        width: px, 120 or more.
    """
    return _FACES.sub("", _SIZE.sub(r'\1\2"', draw(chart, style, width)))


def plate_style(colours: Mapping[str, str]) -> ChartStyle:
    """How charts are drawn that become pictures of 345 pt: large enough for a telephone."""
    return ChartStyle(30, 14.5, 18, _FACE, _FACE, (colours["bar"], colours["soft"], colours["pale"]), colours["ink"],
                      colours["quiet"], colours["rise"], colours["fall"], None, 700)


def sheet_style(colours: Mapping[str, str]) -> ChartStyle:
    """How charts are drawn that become pictures on a sheet of paper, at their own size."""
    return ChartStyle(22, 10.5, 13, _FACE, _FACE, (colours["bar"], colours["soft"], colours["pale"]), colours["ink"],
                      colours["quiet"], colours["rise"], colours["fall"], None, 700)


def set_drawing(chart: Chart | AuthorsChart, style: ChartStyle, width: float) -> str:
    """A chart as an SVG element in the press's own faces, its sizes in points."""
    return draw(chart, style, width)
