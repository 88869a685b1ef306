"""Charts as vector drawings: an exhibit, a theme's style and a width make an SVG.

Text is text, in the theme's fonts. Bars and lines start at nought. Labels stand beside what they
name; there is no legend. A drawing is as high as a whole number of the theme's grid units, so that
the text below it stays on the grid.
"""

from __future__ import annotations

from bulletin_press.document.exhibits import Chart, CompositionChart, RankingChart
from bulletin_press.theme.charts.canvas import Canvas
from bulletin_press.theme.charts.composition import draw_composition
from bulletin_press.theme.charts.ranking import draw_ranking
from bulletin_press.theme.charts.run import draw_run
from bulletin_press.theme.charts.style import ChartStyle

__all__ = ["ChartStyle", "draw"]


def draw(chart: Chart, style: ChartStyle, width: float) -> str:
    """A chart as an SVG element of its own.

    Args:
        chart: what it shows; its alternative text becomes the ``<title>``.
        style: sizes, fonts and colours.
        width: pt, 120 or more.

    Raises:
        ValueError: the width is too small for any label.
    """
    if width < 120:
        raise ValueError(width)
    canvas: Canvas
    if isinstance(chart, RankingChart):
        canvas = draw_ranking(chart, style, width)
    elif isinstance(chart, CompositionChart):
        canvas = draw_composition(chart, style, width)
    else:
        canvas = draw_run(chart, style, width)
    return canvas.svg(chart.caption.alt)
