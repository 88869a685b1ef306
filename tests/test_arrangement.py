"""Pictures stand in rows: flush, of one height, where they were asked to, with captions that fit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import ROOT, make_workspace, read
from workspaces import png

from bulletin_press.document.tree import Origin, Picture, Pictures
from bulletin_press.edition import Edition, open_edition
from bulletin_press.theme.arrangement import GUTTER, TALLEST, TALLEST_ASKED, PictureRow, cut, picture_rows

LYING, STANDING, SQUARE, WIDE = 1.5, 0.75, 1.0, 4.0
HEAD = {"issue": {"number": 1, "date": date(2022, 8, 26)}}


@pytest.mark.parametrize(("ratios", "measure", "counts"), [
    ([LYING], 396, [1]),
    ([LYING, LYING], 396, [2]),
    ([LYING, STANDING], 396, [2]),
    ([STANDING, STANDING], 396, [2]),
    ([WIDE, WIDE], 396, [1, 1]),
    ([LYING] * 3, 396, [1, 2]),
    ([STANDING] * 3, 396, [3]),
    ([STANDING, LYING, LYING], 396, [2, 1]),
    ([LYING] * 4, 396, [2, 2]),
    ([SQUARE] * 4, 396, [2, 2]),
    ([SQUARE] * 4, 442, [2, 2]),
    ([LYING] * 5, 396, [2, 3]),
    ([SQUARE] * 5, 396, [2, 3]),
    ([LYING] * 6, 396, [2, 2, 2]),
    ([STANDING] * 6, 396, [3, 3]),
    # A narrow column holds fewer abreast.
    ([LYING, LYING], 240, [1, 1]),
    ([STANDING, STANDING], 240, [2]),
    ([LYING, LYING], 320, [2]),
    ([], 396, []),
])
def test_how_many_stand_abreast(ratios: list[float], measure: float, counts: list[int]) -> None:
    assert cut(ratios, measure) == counts


def pictures(*asked: tuple[str | None, str | None]) -> Pictures:
    return Pictures(tuple(
        Picture(Path(f"{at}.png"), f"{at}.png", "图", caption, width, Origin(("news", 0, "images", at)))
        for at, (width, caption) in enumerate(asked)))  # type: ignore[arg-type]


def rows(asked: list[tuple[str | None, str | None]], ratios: list[float], measure: float = 396) -> list[PictureRow]:
    block = pictures(*asked)
    return picture_rows(block, dict(zip(block.pictures, ratios, strict=True)), measure)


@given(st.lists(st.tuples(st.sampled_from([None, "full", "half"]), st.floats(0.01, 100)), max_size=24),
       st.sampled_from([240, 320, 396, 442]))
def test_every_picture_stands_once_in_a_row_that_fits(many: list[tuple[str | None, float]], measure: float) -> None:
    asked = [(width, None) for width, _ in many]
    ratios = [ratio for _, ratio in many]
    made = rows(asked, ratios, measure)
    assert [cell.picture.typed for row in made for cell in row.cells] == [f"{at}.png" for at in range(len(many))]
    shapes = iter(ratios)
    for row in made:
        width = row.width or measure
        assert 0 < width <= measure
        room = width - row.gutters * GUTTER
        asked_for = row.cells[0].picture.width
        heights = [room * cell.share / next(shapes) for cell in row.cells]
        assert sum(cell.share for cell in row.cells) <= 1
        if asked_for != "half":
            assert sum(cell.share for cell in row.cells) > 0.9999
            assert max(heights) <= (TALLEST_ASKED if asked_for else TALLEST) * measure * 1.01
            # A share is rounded to a millionth of the row, which in a strip is much of its own.
            seen = [height for height, cell in zip(heights, row.cells, strict=True) if cell.share > 1e-3]
            assert max(seen) - min(seen) <= max(seen) * 0.01


def test_what_was_asked_for_is_done() -> None:
    half, full, free = ("half", None), ("full", None), (None, None)
    made = rows([half, half, half, full, full, free, free], [1.5] * 7)
    assert [len(row.cells) for row in made] == [2, 1, 1, 1, 2]
    assert [row.gutters for row in made] == [1, 1, 0, 0, 1]
    assert [cell.share for row in made[:2] for cell in row.cells] == [0.5] * 3
    assert [row.width for row in made] == [None] * 5
    # High as it is, within a page.
    (high,) = rows([full], [0.75])
    (limited,) = rows([free], [0.75])
    assert high.width == pytest.approx(396 * 0.9)
    assert limited.width == pytest.approx(396 * 0.75 * 0.75, abs=0.01)


def test_narrow_pictures_share_a_caption() -> None:
    def caption(*captions: str | None) -> str | None:
        (row,) = rows([(None, one) for one in captions], [STANDING] * len(captions))
        return row.caption

    long = "协会与会员企业在线上对接会的现场，采购商代表正在介绍下半年的计划和要求"
    assert caption("对接会现场", "签约") is None
    assert caption(long, "签约", None) == f"（左）{long}　（中）签约"
    assert caption(long, long, long) == long
    assert caption("甲" * 40, "乙", None, "丁") == f"（左一）{'甲' * 40}　（左二）乙　（左四）丁"


# --- on the page ----------------------------------------------------------------------------


def edition_of(folder: Path, sizes: list[tuple[int, int]], measure: int = 396) -> Edition:
    """An issue with pictures of these sizes, set to a measure."""
    images = [{"file": f"images/{at}.png", "caption": f"图题{at}"} for at in range(len(sizes))]
    workspace = make_workspace(folder, {**HEAD, "news": [
        {"title": "标题", "source": "来源", "body": "第一段。", "images": images}]})
    for at, size in enumerate(sizes):
        (folder / "2022-08" / "images" / f"{at}.png").write_bytes(png(*size))
    if measure == 396:
        return open_edition(read(workspace), fits=False)
    theme = folder / "templates" / "themes" / "narrow"
    shutil.copytree(ROOT / "templates" / "themes" / "classic", theme)
    for name, old, new in (("page.html.j2", "set.block(one)", f"set.block(one, {measure})"),
                           ("style.css", "/* ---- 列表", f".picture-row {{ width: {measure}pt }}\n/* ---- 列表")):
        text = (theme / name).read_text("utf-8")
        assert old in text
        (theme / name).write_text(text.replace(old, new), encoding="utf-8")
    return open_edition(read(workspace), "narrow", fits=False)


def boxes(edition: Edition, tag: str, name: str = "") -> Iterator[tuple[int, float, float, float, float]]:
    """Page, left, top, width, height, points, of each element's box; left from the type area's edge.

    ``name`` is what its class begins with.
    """
    def within(box: Any) -> Iterator[Any]:
        yield box
        for child in getattr(box, "children", ()):
            yield from within(child)

    for number, page in enumerate(edition.pages.document.pages):
        edge = page._page_box.content_box_x()
        for box in within(page._page_box):
            if box.element_tag == tag and type(box).__name__.startswith("Block") \
                    and box.element.get("class", "").startswith(name):
                yield (number, *(value * 0.75 for value in
                                 (box.content_box_x() - edge, box.content_box_y(), box.width, box.height)))


@pytest.mark.parametrize("measure", [396, 240])
@pytest.mark.parametrize("sizes", [
    [(1500, 1000)], [(1500, 1000), (1200, 1600)], [(1500, 1000)] * 3, [(900, 1200)] * 3, [(1600, 1200)] * 4,
    [(1500, 1000)] * 5, [(1500, 1000), (900, 1200), (1000, 1000), (2000, 500), (800, 700), (1200, 900)]])
def test_rows_are_flush_and_of_one_height(sizes: list[tuple[int, int]], measure: int, tmp_path: Path) -> None:
    edition = edition_of(tmp_path, sizes, measure)
    assert edition.pages.logged == []
    placed = list(boxes(edition, "img"))
    assert len(placed) == len(sizes)
    lines: dict[tuple[int, float], list[tuple[int, float, float, float, float]]] = {}
    for one in placed:
        lines.setdefault((one[0], round(one[2], 1)), []).append(one)
    assert [len(line) for line in lines.values()] == cut([width / height for width, height in sizes], measure)
    for line in lines.values():
        height = line[0][4]
        assert all(one[4] == pytest.approx(height, abs=0.02) for one in line)
        assert height <= TALLEST * measure + 0.1
        right = line[-1][1] + line[-1][3]
        assert line[0][1] == pytest.approx(0, abs=0.01)
        assert right == pytest.approx(measure, abs=0.02) or height == pytest.approx(TALLEST * measure, abs=0.1)
        gaps = [after[1] - (before[1] + before[3]) for before, after in pairwise(line)]
        assert all(gap == pytest.approx(12, abs=0.05) for gap in gaps)


def test_rows_are_as_far_apart_as_pictures(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [(1500, 1000)] * 6)
    rows = list(boxes(edition, "div", "picture-row"))
    gaps = [after[2] - (before[2] + before[4]) for before, after in pairwise(rows) if before[0] == after[0]]
    assert gaps == pytest.approx([12] * len(gaps), abs=0.01)
    assert gaps


def test_a_slim_picture_has_its_caption_below_the_row() -> None:
    (row,) = rows([(None, "长条"), (None, "现场")], [0.05, 4 / 3])
    assert row.caption == "（左）长条　（右）现场"


def test_a_row_stays_with_its_captions(tmp_path: Path) -> None:
    """Wherever the page ends, a row's pictures and captions are on one page."""
    broken = 0
    for lines in range(20, 40, 3):
        edition = edition_of(tmp_path / str(lines), [(1500, 1000)] * 4)
        lower = f"<h3 style='margin-top: {lines * 12}pt'>标题</h3>"
        edition.__dict__["html"] = edition.html.replace("<h3>标题</h3>", lower)
        placed, captions = list(boxes(edition, "img")), list(boxes(edition, "figcaption"))
        assert [one[0] for one in placed] == [one[0] for one in captions]
        assert placed[0][0] == placed[1][0] and placed[2][0] == placed[3][0]
        broken += placed[0][0] != placed[2][0]
    assert broken


def test_a_missing_picture_keeps_its_place_in_a_draft(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [(1500, 1000)] * 2)
    (tmp_path / "2022-08" / "images" / "1.png").unlink()
    edition = open_edition(read(edition.issue.workspace), draft=True)
    assert edition.html.count('<p class="missing">图片缺失：images/1.png</p>') == 1
    assert len(edition.pages.pdf()) > 1000
