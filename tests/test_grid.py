"""The pages of a theme sit on one grid: whatever stands between them, lines are whole units apart."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rendering import ISSUES, SAMPLES, make_workspace, read

from bulletin_press.edition import open_edition
from bulletin_press.publication.workspace import Workspace
from bulletin_press.typeset.setter import Pages

POINT = 0.75  # CSS pixels to points
UNIT = 18.0
TEXT = "数字经济发展，推动服务外包合同额增长，企业加快转型，协会做好服务。" * 4
TABLE = "| 国家 | 金额 |\n|---|---|\n| 日本 | 33203 |\n| 欧盟（荷兰在内） | 27292 |"


def body_lines(pages: Pages) -> Iterator[tuple[int, float, str]]:
    """Page, distance from the top of the type area (pt) and text of each line of body text."""
    def walk(box: Any, top: float, number: int) -> Iterator[tuple[int, float, str]]:
        # What hangs in the margin, and the imprint, are lines of their own; the notes of a table and the labels of
        # the key figures are set closer, in a block that ends on the grid.
        if not hasattr(box, "is_in_normal_flow") or not box.is_in_normal_flow() or box.element_tag in (
                "table", "figure", "h1", "h2", "h3", "header", "footer"):
            return
        if box.element is not None and box.element.get("class") in ("remark", "name"):
            return
        if "composed" in box.__dict__ and box.element_tag in ("p", "li", "h4"):
            yield number, (box.position_y - top) * POINT, box.composed.text
        for child in getattr(box, "children", ()):
            yield from walk(child, top, number)

    for number, page in enumerate(pages.document.pages, 1):
        box = page._page_box
        for child in box.children:
            if child.element_tag == "html":
                yield from walk(child, box.content_box_y(), number)


def off_grid(pages: Pages, unit: float = UNIT) -> list[tuple[int, float, str]]:
    """The lines of body text that stand off the grid, with how far, pt."""
    found = []
    for number, top, text in body_lines(pages):
        distance = top - round(top / unit) * unit
        if abs(distance) > 0.05:
            found.append((number, round(distance, 2), text))
    return found


def odd_picture(height: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (600, height), "#88a").save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An issue whose pictures and tables have heights that no grid would choose."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "2022-08" / "images").mkdir(parents=True)
    for height in (171, 233, 317, 401, 89):
        (folder / "2022-08" / "images" / f"{height}.png").write_bytes(odd_picture(height))

    def picture(height: int, width: str = "full") -> dict[str, str]:
        return {"file": f"images/{height}.png", "caption": "图的说明" * (height % 4 + 1),
                "alt": "图", "width": width}

    body = "\n\n".join([TEXT, TABLE, TEXT, "### 小标题", TEXT, f"- {TEXT}\n- {TEXT}", TEXT])
    issue = {
        "issue": {"number": 1, "date": date(2022, 8, 26)},
        "news": [
            {"title": "第一篇", "source": "来源", "body": body, "images": [picture(171)]},
            {"title": "第二篇的标题很长很长，长到排成了两行，行与行之间还是一格，不多也不少",
             "source": "来源", "body": body, "images": [picture(233, "half"), picture(317, "half")]},
            {"title": "第三篇", "source": "来源", "body": body, "images": [picture(401), picture(89)]},
        ],
        "member": [{"name": "会员", "role": "会员单位", "website": "https://www.example.com",
                    "intro": body}],
        "event": [{"date": date(2022, 8, 1), "body": body, "image": "images/89.png", "caption": "图"},
                  {"date": date(2022, 8, 2), "body": TEXT}],
        "tip": {"term": "DEPA", "body": TEXT + "\n\n" + TEXT},
    }
    return make_workspace(folder, issue)


def test_odd_pictures_and_tables_leave_the_grid_whole(odd: Workspace) -> None:
    pages = open_edition(read(odd)).pages
    lines = list(body_lines(pages))
    assert len(lines) > 100
    assert len({number for number, _, _ in lines}) >= 4
    assert not off_grid(pages)


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_stand_on_the_grid(name: str) -> None:
    workspace = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    edition = open_edition(read(workspace, name))
    # A tip that is set larger to end the issue has a leading of its own.
    ends = len(edition.pages) if edition.fit and "tip" in edition.fit.best.arrangement.chosen else 0
    assert not [one for one in off_grid(edition.pages) if one[0] != ends]
    assert not off_grid(open_edition(read(workspace, name), fits=False).pages)


@pytest.mark.parametrize(("theme", "unit"), [("classic", UNIT), ("modern", 16.0)])
def test_full_pages_end_on_one_line(theme: str, unit: float, tmp_path: Path) -> None:
    samples = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    long = make_workspace(tmp_path, {"issue": {"number": 1, "date": date(2022, 8, 26)}, "news": [
        {"title": "长篇", "source": "来源", "body": "\n\n".join([TEXT] * 60)}]})
    several = 0
    for (workspace, name), fits in product([*((samples, name) for name in SAMPLES), (long, "2022-08")], (True, False)):
        last = dict[int, float]()
        for number, top, _ in body_lines(open_edition(read(workspace, name), theme, fits=fits).pages):
            last[number] = max(top, last.get(number, 0.0))
        # Page fill may make the pages of one issue deeper than those of another, but all of them alike.
        full = [top for top in last.values() if top > max(last.values()) - unit + 0.1]
        several += len(full) > 1
        assert max(full) - min(full) <= 0.05, last
    assert several
