"""What the press writes of a report's figures, a paragraph a line, whatever else of the issue is not right yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bulletin_press.desk.server.work import Place
from bulletin_press.desk.store.order import scaffold_order
from bulletin_press.desk.store.setting import table_lines
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.issue.reading import read_issue
from bulletin_press.toml.positions import parse_table
from bulletin_press.toml.source import Source


def written(place: Place, path: Path, text: str) -> tuple[tuple[str, ...], str]:
    """The paragraphs, and why there are none.

    Args:
        place: the publication.
        path: the issue's file.
        text: what is in it.
    """
    try:
        values = parse_table(Source(path.name, text)).values
    except InputFault as fault:
        return (), fault.message
    report = values.get("report")
    if not isinstance(report, Mapping):
        return (), ""
    # Of the issue only what the report speaks of: a title that is not filled in yet is no reason to be silent.
    alone = f"{_head(values.get('issue'), place.today)}\n\n{table_lines(('report',), report, scaffold_order)}\n"
    try:
        return read_issue(place.workspace({path: alone}), path).report_lines, ""
    except InputFault as fault:
        return (), fault.findings[0].message if fault.findings else fault.message


def _head(head: Any, today: date) -> str:
    day = head.get("date") if isinstance(head, Mapping) else None
    return f"[issue]\nnumber = 1\ndate = {day if isinstance(day, date) else today}"
