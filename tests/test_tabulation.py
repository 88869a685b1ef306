"""Tables of many columns: their widths and sizes, and how they stand on the pages of every theme."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rendering import make_workspace, pdf_text, read
from shares import share
from stretched import Made, off_page, overprinted, publication
from workspaces import THEMES

from bulletin_press.checks.layout import wide_table
from bulletin_press.document.markup import parse_inline
from bulletin_press.document.tree import Grid, Text
from bulletin_press.edition import open_edition
from bulletin_press.theme.tabulation import columns_of, is_figure
from bulletin_press.writers.pdf import write_pdf

PROSE = "协会走访园区，了解软件研发、数据处理和流程外包的用工与订单情况，就人才培训、跨境结算等问题座谈。\n\n"
HEAD = ("区市县", "牵头单位", "合同签约额（万美元）", "执行额（万美元）", "同比增长（%）", "口径调整",
        "企业数（家）", "备注")
ROW = ("高新园区", "区商务局", "182345.67", "98234.12", "112.3", "不含在岸", "312", "数据为初步统计")
NARROW = 240.0


def grid(count: int, head: tuple[str, ...] = HEAD, row: tuple[str, ...] = ROW) -> Grid:
    def cells(texts: tuple[str, ...]) -> tuple[tuple[Text, ...], ...]:
        return tuple((Text(text),) for text in texts[:count])

    return Grid(cells(head), (cells(row),), ("left",) * count)


def typed(count: int, rows: int = 3) -> str:
    lines = [HEAD[:count], ("---",) * count, *[ROW[:count]] * rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines) + "\n"


def body(count: int, rows: int = 3) -> str:
    return PROSE * 2 + typed(count, rows) + PROSE


def issue() -> dict[str, Any]:
    return {
        "issue": {"number": 8, "date": date(2022, 8, 26)},
        "news": [{"title": f"{count}列的表", "source": "商务局", "body": body(count)} for count in (5, 6, 7, 8, 3)],
        "policy": [{"title": "政策的表", "source": "商务局", "body": body(8)},
                   {"title": "长的表", "source": "商务局", "body": body(4, 70)}],
        "member": [{"name": "某某会员", "role": "会员单位", "intro": body(8)}],
        "event": [{"title": "会员大会", "date": date(2022, 8, 1), "body": body(8)}],
        "tip": {"term": "离岸", "source": "某某来源", "body": PROSE + typed(3)},
    }


@cache
def _made(theme: str, folder: Path) -> Made:
    edition = open_edition(read(make_workspace(folder / f"tables-{theme}", issue(), publication(theme))), theme)
    return Made(edition, write_pdf(edition))


@pytest.fixture(params=share(THEMES, ["classic", "gongwen"]))
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _made(request.param, tmp_path_factory.getbasetemp())


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("measure", [NARROW, 320.0, 504.0])
def test_shares_come_to_the_measure(count: int, measure: float) -> None:
    columns = columns_of(grid(count), measure)
    assert len(columns.shares) == len(columns.parted) == count
    assert sum(columns.shares) == pytest.approx(1)
    assert min(columns.shares) > 0
    assert columns.fits or not columns.easy


def test_more_columns_are_set_smaller_and_none_too_many_said_to_fit() -> None:
    sizes = [columns_of(grid(count), 396).size for count in range(1, 9)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 9 > sizes[7] >= 7.5
    assert columns_of(grid(8), 320).fits
    assert not columns_of(grid(8), 160).fits


def test_a_head_is_parted_before_its_bracket_only_where_it_has_to() -> None:
    assert columns_of(grid(8), 396).parted[2]
    assert not any(columns_of(grid(3), 504).parted)


@pytest.mark.parametrize(("text", "figure"), [
    ("182345.67", True), ("-12.93%", True), ("▲238.15%", True), ("2022-08-15", True), ("45家", True), ("—", True),
    ("", False), ("高新园区", False), ("新增3家企业", False)])
def test_what_is_a_figure(text: str, figure: bool) -> None:
    assert is_figure(parse_inline(text)) is figure


def tables(box: Any, page: int) -> Any:
    """The typed tables of a page, without those inside captions."""
    if box.element_tag == "table" and type(box).__name__ == "TableBox":
        yield page, box
    for child in getattr(box, "children", ()):
        yield from tables(getattr(child, "_box", child), page)


def test_cells_hold_their_lines_and_the_measure_holds_the_tables(one: Made) -> None:
    count = 0
    for number, page in enumerate(one.edition.pages.document.pages, 1):
        right = page._page_box.content_box_x() + page._page_box.width
        for _, table in tables(page._page_box, number):
            count += 1
            assert table.position_x + table.width <= right + 0.1
            for group in table.children:
                for row in group.children:
                    for cell in row.children:
                        edge = cell.position_x + cell.border_width()
                        assert all(text.position_x + text.width <= edge + 0.1
                                   for text in cell.descendants() if hasattr(text, "text"))
    assert count >= 10
    assert not off_page(one.data)
    assert not overprinted(one.data)


def test_figures_are_whole_and_a_long_table_repeats_its_head(one: Made) -> None:
    lines = ["".join(text.text for text in line.descendants() if hasattr(text, "text"))
             for page in one.edition.pages.document.pages for line in page._page_box.descendants()
             if type(line).__name__ == "LineBox"]
    assert lines.count("182345.67") == 3 * 9 + 70
    texts = pdf_text(one.data)
    long = [text for text in texts if text.count("98234.12") > 12]
    assert len(long) >= 2
    assert all("牵头单位" in text for text in long)


def test_no_text_of_the_tip_has_the_colour_of_its_band(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = _made("modern", tmp_path_factory.getbasetemp())
    found = []
    for page in made.edition.pages.document.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "section" and "tip" in (box.element.get("class") or ""):
                band = box.style["background_color"]
                found += [text.text for text in box.descendants() if hasattr(text, "text") and text.text.strip()]
                assert all(tuple(text.style["color"].coordinates) != tuple(band.coordinates)
                           for text in box.descendants() if hasattr(text, "text"))
    assert any("某某来源" in text for text in found)
    assert any("区市县" in text for text in found)


def test_a_table_that_does_not_fit_is_told_where_it_was_typed(tmp_path: Path) -> None:
    head = tuple(f"第{at}项指标" for at in range(20))
    lines = [head, ("---",) * 20, ("1234567.89",) * 20]
    wide = "".join("| " + " | ".join(line) + " |\n" for line in lines)
    news = [{"title": "标题", "source": "来源", "body": PROSE + wide},
            {"title": "另一则", "source": "来源", "body": body(8)}]
    workspace = make_workspace(tmp_path, {"issue": {"number": 8, "date": date(2022, 8, 26)}, "news": news})
    for theme in THEMES:
        found = list(wide_table.check(open_edition(read(workspace), theme)))
        assert [at.path for at in found] == [("news", 0, "body")]
        assert found[0].characters == (len(PROSE), len(PROSE) + 1)
        assert "20 列" in found[0].message
