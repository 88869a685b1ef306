"""The theme ``modern``: both samples and the cases that stretch it, on the page and in the PDF."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import page as validation
import pytest
from fontTools.ttLib import TTFont
from rendering import ISSUES, SAMPLES, fonts_of, links, outline, pdf_text, read
from shares import share
from stretched import (
    CASES,
    INTERNAL,
    Made,
    glyphs,
    made,
    off_page,
    overprinted,
    sample_or_case,
    squeezed,
    title,
)

from bulletin_press.checks.rule import Family
from bulletin_press.document.tree import plain_text
from bulletin_press.edition import open_edition
from bulletin_press.fonts import load_manifest
from bulletin_press.ground.resources import fonts_folder
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace
from bulletin_press.theme.reckoning.at_a_glance import in_large_units
from bulletin_press.theme.reckoning.blocks import member_facts
from bulletin_press.writers.pdf import write_pdf

THEME = "modern"
UNIT = 16.0


@pytest.fixture(params=share([*SAMPLES, *CASES], [SAMPLES[1], "one-column", "exhibits"]))
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return sample_or_case(THEME, request.param, tmp_path_factory)


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Made:
    return made(THEME, request.param)


# --- conformance ----------------------------------------------------------------------------


def test_pdf_ua_and_pdf_a(one: Made) -> None:
    for profile in ("ua1", "2a"):
        report = validation.validate_pdf_bytes(one.data, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
        assert report.is_compliant


def test_fonts_are_ours(one: Made) -> None:
    ours = set()
    for font in load_manifest().fonts:
        with TTFont(fonts_folder() / font.name, lazy=True) as file:
            ours.add(file["name"].getDebugName(6))
    assert fonts_of(one.data) <= ours


def test_nothing_is_logged(one: Made) -> None:
    """No unknown property, no box for a character, nothing refused."""
    assert one.edition.pages.logged == []
    assert one.edition.assets.refused == []


def test_bookmarks(sample: Made) -> None:
    document = sample.edition.issue.document
    expected = [(0, document.front.name)]
    for section in document.sections:
        expected.append((1, f"{section.numeral}、{section.title}" if section.numeral else section.title))
        expected += [(2, item.title) for item in section.items if item.title]
    assert [(level, name) for level, name, _ in outline(sample.data)] == expected


# --- on the page ----------------------------------------------------------------------------


def test_no_character_is_off_the_page(one: Made) -> None:
    assert off_page(one.data) == []


def test_nothing_runs_into_the_margins(one: Made) -> None:
    """But for folios, which bleed, no ink stands in the side margins; marks may hang."""
    side = float(one.edition.theme.properties["side"].removesuffix("pt"))
    beyond = []
    for glyph in glyphs(one.data):
        folio = glyph.char.isdecimal() and glyph.y > glyph.paper[1] - 40
        if not folio and glyph.char not in "，。、；：”’）》」』！？…—《（“‘「" \
                and not side - 3 <= glyph.box[0] <= glyph.box[2] <= glyph.paper[0] - side + 1:
            beyond.append(glyph)
    assert beyond == []


def test_no_glyphs_overlap(one: Made) -> None:
    """Two hanzi of one page never stand on the same place: nothing is set over anything else."""
    assert overprinted(one.data) == []


def test_columns_share_one_grid(one: Made) -> None:
    """Every line of body text, on all pages and in both columns, stands on the page's grid of 16 pt."""
    lines = {(glyph.page, round((glyph.y - one.top) % UNIT, 1)) for glyph in glyphs(one.data)
             if "Song" in glyph.font and abs(glyph.size - 10) < 0.1 and glyph.page > 1
             and "\u4e00" <= glyph.char <= "\u9fff"}
    assert len(lines) >= 1
    assert len({rest for _, rest in lines}) == 1, sorted(lines)


def test_both_columns_are_used(sample: Made) -> None:
    """On the first two pages of news, text stands left and right on the same lines."""
    sides: dict[tuple[int, float], set[bool]] = {}
    for glyph in glyphs(sample.data):
        if glyph.page in (3, 4) and "Song" in glyph.font and "\u4e00" <= glyph.char <= "\u9fff":
            sides.setdefault((glyph.page, round(glyph.y, 1)), set()).add(glyph.x < glyph.paper[0] / 2)
    assert sum(side == {True, False} for side in sides.values()) >= 6


# --- completeness ---------------------------------------------------------------------------


def test_every_paragraph_is_printed_in_order(one: Made) -> None:
    text, at = "".join(running_heads_removed(one)), 0
    one_of_ours = one.edition.issue.document.front.organiser
    for section in one.edition.issue.document.sections:
        for item in section.items:
            # A member's short lines stand without the publisher's own name.
            shown = {one.label: one for one in member_facts(item, one_of_ours)}
            for block in item.blocks:
                for paragraph in getattr(shown.get(getattr(block, "label", ""), block), "blocks", (block,)):
                    words = squeezed(plain_text(getattr(paragraph, "inlines", ())))
                    if len(words) >= 12:
                        found = text.find(words, at)
                        assert found >= at, words[:40]
                        at = found + 1


def running_heads_removed(one: Made) -> Iterator[str]:
    document = one.edition.issue.document
    name = squeezed(document.front.name)
    titles = "|".join(re.escape(squeezed(section.title)) for section in document.sections)
    for number, text in enumerate(pdf_text(one.data), 1):
        heads = rf"{number}?(?:{re.escape(name)}(?:{titles})|(?:{titles}){re.escape(name)}){number}?"
        yield text if number == 1 else re.sub(heads, "", text)


def test_titles_stand_where_the_contents_lead(one: Made) -> None:
    """Each entry shown on the lead page is a link to the page that its item stands on."""
    pages = pdf_text(one.data)
    led = {target for page, kind, target in links(one.data) if page == 0 and kind == "page"}
    marks = {name: page for _, name, page in outline(one.data)}
    document = one.edition.issue.document
    for section, group in zip(document.sections, document.contents, strict=True):
        name = f"{section.numeral}、{section.title}" if section.numeral else section.title
        assert marks[name] in led
        assert squeezed(group.title) + str(marks[name] + 1) in pages[0]
        for item in section.items:
            if item.title:
                assert squeezed(item.title) in pages[marks[item.title]]


def test_the_lead_page_is_one_page(one: Made) -> None:
    """The masthead, the figures, the contents; the first section begins on page 2."""
    document = one.edition.issue.document
    pages = pdf_text(one.data)
    assert squeezed(document.front.name) in pages[0]
    assert squeezed(document.front.organiser) in pages[0]
    assert squeezed(document.front.number) in pages[0]
    assert "本期导读" in pages[0]
    assert outline(one.data)[1][2] == 1
    exhibits = in_large_units(document.exhibits) if document.exhibits else None
    for figure in (*exhibits.lead, *exhibits.more) if exhibits else ():
        assert figure.value in pages[0]
    for chart in exhibits.charts if exhibits else ():
        assert sum(page.count(squeezed(chart.caption.title)) for page in pages) >= 1


def test_long_contents_are_cut_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = pdf_text(sample_or_case(THEME, "without-report", tmp_path_factory).data)[0]
    assert "等12篇" in page
    assert title(4) in page


def test_the_imprint_is_at_the_foot_of_the_last_page(one: Made) -> None:
    document = one.edition.issue.document
    last = len(pdf_text(one.data))
    text = pdf_text(one.data)[-1]
    for label, value in document.colophon:
        assert squeezed(label + value) in text
    foot = float(one.edition.theme.properties["foot"].removesuffix("pt"))
    lowest = max(glyph.y for glyph in glyphs(one.data)
                 if glyph.page == last and glyph.y < glyph.paper[1] - foot + 1)
    assert lowest > next(glyphs(one.data)).paper[1] - foot - 12


def test_the_imprint_does_not_stand_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert len(pdf_text(sample_or_case(THEME, "report-alone", tmp_path_factory).data)) == 2


def test_internal_material_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = pdf_text(sample_or_case(THEME, "internal-print", tmp_path_factory).data)[0]
    assert "内部资料免费交流" in page
    assert squeezed(INTERNAL["permit"]) in page


def test_drafts_are_marked_on_every_page() -> None:
    root = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    pages = pdf_text(write_pdf(open_edition(read(root, SAMPLES[0]), THEME, draft=True)))
    assert [number for number, text in enumerate(pages, 1) if "校样" not in text] == []


# --- what the rules say ---------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_the_layout_rules_find_nothing_worse_than_a_loose_line(name: str, tmp_path: Path) -> None:
    root = shutil.copytree(ISSUES, tmp_path / "issues", ignore=shutil.ignore_patterns("out"))
    settings = root / "publication.toml"
    settings.write_text(settings.read_text("utf-8").replace('theme = "classic"', f'theme = "{THEME}"'), "utf-8")
    assert f'theme = "{THEME}"' in settings.read_text("utf-8")
    workspace = Workspace(root, date(2022, 9, 1), root)
    found = check(workspace, workspace.issue_path(name), only=(Family.LAYOUT,), layout=True).findings
    # How much is on the last page is the issue's affair, not the theme's.
    assert {finding.rule for finding in found} <= {"loose-line", "page-budget"}
    assert len(found) <= 4


def test_another_accent_changes_every_tone() -> None:
    root = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    theme = open_edition(read(root, SAMPLES[0]), THEME).theme
    changed = {key: tone for key, tone in theme.properties.items() if key in theme.file.tones}
    assert changed
    assert {theme.file.tones[key].of for key in changed} <= {"accent", "ink"}
    for literal in re.findall(r"#[0-9A-Fa-f]{3,6}\b", theme.css().split("}\n", 1)[1]):
        assert literal.lower() in ("#fff", "#c8161d"), literal
