"""The annual theme: whole pages, large figures and their charts in 亿, sections counted in figures."""

from __future__ import annotations

import re
from pathlib import Path

from test_theme import opened
from workspaces import png, samples

from bulletin_press.publication.workspace import PUBLICATION


def body(html: str) -> str:
    return html.partition("</style>")[2]


def test_figures_and_charts_are_in_hundred_millions_and_the_text_as_typed(tmp_path: Path) -> None:
    html = body(opened(samples(tmp_path / "issues"), "annual"))
    assert re.search(r'class="value"><span [^>]*>44\.28</span> <span class="unit">亿美元', html)
    run = html.partition('class="sheet"')[2].partition("</figure>")[0]
    assert "亿美元" in run and ">44.28<" in run
    assert "442826.44万美元" in html


def test_sections_are_numbered_as_their_numerals_count(tmp_path: Path) -> None:
    html = body(opened(samples(tmp_path / "issues"), "annual"))
    assert re.findall(r'class="(?:mark|numeral)">(\d*)<', html) == ["01", "02", "03", "04", "05"]
    every = body(opened(samples(tmp_path / "every"), "annual", opener="各栏"))
    assert every.count('class="opener"') == 5 and every.count("<h2 ") == 6
    none = body(opened(samples(tmp_path / "none"), "annual", opener="不要"))
    assert 'class="opener"' not in none and none.count("<h2 ") == 6


def test_the_cover_is_a_picture_if_there_is_one_and_it_is_wanted(tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    (root / "2022-08" / "images" / "c.png").write_bytes(png(40, 56))
    path = root / "2022-08" / "issue.toml"
    path.write_text(path.read_text("utf-8").replace("[issue]\n", '[issue]\ncover = "images/c.png"\n', 1), "utf-8")
    typed = (root / PUBLICATION).read_text("utf-8")
    assert body(opened(root, "annual")).count('class="plate"') == 3
    (root / PUBLICATION).write_text(typed, "utf-8")
    assert 'class="plate"' not in body(opened(root, "annual", cover="纯色"))
