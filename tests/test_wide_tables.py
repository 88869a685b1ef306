"""Tables of as many figures as a definition knows: they stand on the page, whatever is counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from test_report import STYLE, figures
from workspaces import by_rule, write

from bulletin_press.document.exhibits import FigureTable
from bulletin_press.ground.resources import templates_folder
from bulletin_press.pipeline import render
from bulletin_press.publication.workspace import ISSUE
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import load_definition
from bulletin_press.report.display import exhibits_of
from bulletin_press.report.wording import ReportStyle

FOLDER = templates_folder()
DEFINITIONS = sorted(path.parent.name for path in FOLDER.glob("reports/*/definition.toml"))


def filled(definition: Definition) -> dict[str, dict[str, Any]]:
    """A figure and its growth of every item in every measure, such as a busy office would type."""
    return {measure: {item: 95.26 if spec.kind in ("index", "rate") else [123456.78, -12.34]
                      for item, one in definition.items.items() if not one.ranking}
            for measure, spec in definition.measures.items()}


def table_of(name: str, raw: dict[str, dict[str, Any]]) -> FigureTable:
    definition = load_definition(name, [FOLDER])
    style = ReportStyle(**(STYLE | {"issue_date": date(2022, 8, 26), "unit": definition.start.unit or "亿元"}))
    table = exhibits_of(definition, figures(raw, "2022-06", definition), style).table
    assert table is not None
    return table


def test_many_measures_stand_one_below_the_other() -> None:
    raw: dict[str, dict[str, Any]] = {
        "investment": {"total": [68314, Decimal("-5.4")], "residential": [51804, Decimal("-4.5")]},
        "works": {"total": [848812, Decimal("-2.8")]},
        "sales": {"total": [66072, Decimal("-28.9")], "residential": [58057, Decimal("-31.8")]},
        "funds": {"developers": [76847, Decimal("-25.3")], "own": 27224}, "climate": {"total": Decimal("95.4")}}
    table = table_of("real-estate", raw)
    assert (table.measures, table.units, table.growths) == (("2022年上半年",), ("绝对量",), (True,))
    assert [(row.label, row.opens, row.total) for row in table.rows] == [
        ("房地产开发投资（亿元）", False, True), ("住宅", False, False), ("商品房施工面积（万平方米）", True, True),
        ("商品房销售额（亿元）", True, True), ("住宅", False, False), ("房地产开发企业到位资金（亿元）", True, True),
        ("自筹资金", False, False), ("房地产开发景气指数", True, True)]
    cells = [row.cells[0] for row in table.rows]
    # Points stand one below the other, whatever is counted.
    assert [(cell.value, cell.missing, cell.whole) for cell in cells if cell][-2:] == [
        ("27224", 1, True), ("95.4", 0, False)]


def test_two_measures_stand_side_by_side() -> None:
    raw = {measure: {"total": [12345, -1], "residential": [2345, 2]} for measure in ("investment", "sales")}
    table = table_of("real-estate", raw)
    assert table.units == ("亿元", "亿元") and [row.label for row in table.rows] == ["商品房", "住宅"]


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_full_table_stands_on_the_page(name: str, tmp_path: Path) -> None:
    """In the theme whose tables have the largest type."""
    raw = filled(load_definition(name, [FOLDER]))
    text = '[issue]\nnumber = 8\ndate = 2022-08-26\n[report]\nperiod = "2022-06"\n'
    for measure, items in raw.items():
        text += f"[report.{measure}]\n" + "".join(f"{item} = {value}\n" for item, value in items.items())
    publication = '[publication]\nname = "月刊"\norganiser = "协会"\n[report]\n' \
        f'definition = "{name}"\nsource = "统计局"\nunit = "亿元"\nregion = "本市"\n'
    workspace = write(tmp_path, {f"2022-08/{ISSUE}": text, "publication.toml": publication})
    findings = render(workspace, tmp_path / "2022-08" / ISSUE, theme="gongwen", draft=True).checked.findings
    assert not [one.message for rule in ("off-the-page", "overprinted-text") for one in by_rule(findings, rule)]
