"""A measure of the data report over all issues, as text, CSV or a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from bulletin_press.authoring.reporters import column_width
from bulletin_press.ground.diagnostics import EnvironmentFault, PressError, UsageFault
from bulletin_press.ground.output import write_whole
from bulletin_press.issue.reports import definition_of, figures_of
from bulletin_press.language.guesses import perhaps
from bulletin_press.language.numerals import rounded
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import NONE
from bulletin_press.report.facts import NEARLY_LEVEL, Rate
from bulletin_press.report.figures import EarlierReport
from bulletin_press.report.series import SeriesRow, series
from bulletin_press.toml.key_names import close_match

HEAD = ("项目", "期间", "累计", "累计同比（%）", "当月", "当月同比（%）", "当月数", "期号")
SHEET, TABLE = ".xlsx", ".csv"


def measure_rows(workspace: Workspace, measure: str) -> tuple[tuple[SeriesRow, ...], tuple[str, ...]]:
    """A measure over all issues, and the issues whose reports could not be read.

    Args:
        workspace: the publication.
        measure: the measure's key, or what it is called.

    Raises:
        UsageFault: the report has no such measure, or the publication has no report.
        InputFault: the report's definition is wrong.
    """
    if workspace.publication.report.definition == NONE:
        raise UsageFault("这份刊物不出数据月报（publication.toml 里写着 definition = \"none\"）")
    definition = definition_of(workspace)
    key = _measure(definition, measure)
    reports, unread = [], []
    for name in workspace.issue_names:
        try:
            figures = figures_of(workspace, name, definition)
        except PressError:
            unread.append(name)
        else:
            reports += [EarlierReport(name, figures)] if figures else []
    return series(definition, reports, key), tuple(unread)


def _measure(definition: Definition, typed: str) -> str:
    for key, spec in definition.measures.items():
        if typed in (key, spec.label, spec.short):
            return key
    guess = close_match(typed, definition.measures)
    there = "、".join(f"{key}（{spec.short or spec.label}）" for key, spec in definition.measures.items())
    raise UsageFault(f"没有“{typed}”这个指标{perhaps(guess, f'。有的是：{there}')}")


def as_text(rows: Sequence[SeriesRow]) -> Iterator[str]:
    """The rows in columns, figures to the right."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(column_width(line[at]) for line in lines) for at in range(len(HEAD))]
    for line in lines:
        yield "  ".join(_padded(cell, width, right=2 <= at <= 5) for at, (cell, width)
                        in enumerate(zip(line, widths, strict=True))).rstrip()


def as_csv(rows: Sequence[SeriesRow]) -> str:
    """The rows as CSV, a header first."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows([HEAD, *(_cells(row) for row in rows)])
    return target.getvalue()


def write_series(path: Path, rows: Sequence[SeriesRow], title: str) -> None:
    """Write the rows to a file: a sheet by .xlsx, CSV by .csv (with the mark that Excel knows UTF-8 by).

    Raises:
        UsageFault: another suffix.
        EnvironmentFault: a sheet is asked for and openpyxl is not there.
        PressError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in (SHEET, TABLE):
        raise UsageFault(f"-o 的文件名要以 {SHEET} 或 {TABLE} 结尾")
    write_whole(path, _sheet(rows, title) if suffix == SHEET else as_csv(rows).encode("utf-8-sig"))


def _sheet(rows: Sequence[SeriesRow], title: str) -> bytes:
    try:
        from bulletin_press.intake.readers.plain_sheet import plain_sheet
    except ImportError:
        raise EnvironmentFault("写 Excel 文件要装 office 这组附加的库：pip install \"bulletin-press[office]\"；"
                               "或者写成 .csv") from None
    return plain_sheet(title, [HEAD, *(_values(row) for row in rows)])


def _values(row: SeriesRow) -> tuple[str | Decimal | None, ...]:
    return (row.item, str(row.period), row.cumulative, _rate(row.growth), row.month, _rate(row.month_growth),
            row.source, row.issue)


def _rate(rate: Rate | None) -> Decimal | None:
    """A rate as a number; one that is printed as 基本持平 to two decimals."""
    return None if rate is None else rounded(rate.value, 2) if abs(rate.value) < NEARLY_LEVEL else rate.value


def _cells(row: SeriesRow) -> tuple[str, ...]:
    return tuple("" if value is None else value if isinstance(value, str) else f"{value:f}" for value in _values(row))


def _padded(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - column_width(text))
    return blank + text if right else text + blank
