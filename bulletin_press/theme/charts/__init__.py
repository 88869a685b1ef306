"""Charts as vector drawings: an exhibit, a theme's style and a width make an SVG.

Text is text, in the theme's fonts. Bars and lines start at nought. Labels stand beside what they
name; there is no legend. A drawing is as high as a whole number of the theme's grid units, so that
the text below it stays on the grid.
"""

from __future__ import annotations

from bulletin_press.document.exhibits import Chart, CompositionChart, RankingChart
from bulletin_press.document.plots import AuthorsChart, Plot, Timeline
from bulletin_press.ground.kept import Kept
from bulletin_press.theme.charts.canvas import Canvas
from bulletin_press.theme.charts.composition import draw_composition
from bulletin_press.theme.charts.lines import draw_plot_lines
from bulletin_press.theme.charts.plot import draw_bars, draw_columns
from bulletin_press.theme.charts.ranking import draw_ranking
from bulletin_press.theme.charts.run import draw_run
from bulletin_press.theme.charts.style import ChartStyle
from bulletin_press.theme.charts.timeline import draw_timeline

__all__ = ["ChartStyle", "draw"]

# Characters of drawings that are kept: those of a few issues.
_DRAWN: Kept[str, str] = Kept(4_000_000, len)


def draw(chart: Chart | AuthorsChart, style: ChartStyle, width: float) -> str:
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
    # Told in full: numbers that are equal may have other digits. An issue that is typed has the same charts all along.
    return _DRAWN.made(repr((chart, style, width)), lambda: _drawn(chart, style, width))


def _drawn(chart: Chart | AuthorsChart, style: ChartStyle, width: float) -> str:
    canvas: Canvas
    if isinstance(chart, RankingChart):
        canvas = draw_ranking(chart, style, width)
    elif isinstance(chart, CompositionChart):
        canvas = draw_composition(chart, style, width)
    elif isinstance(chart, Timeline):
        canvas = draw_timeline(chart, style, width)
    elif isinstance(chart, Plot):
        by_form = {"bars": draw_bars, "columns": draw_columns, "line": draw_plot_lines}
        canvas = by_form[chart.form](chart, style, width)
    else:
        canvas = draw_run(chart, style, width)
    return canvas.svg(chart.caption.alt)
