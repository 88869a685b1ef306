"""The theme ``modern``: both samples and the cases that stretch it, on the page and in the PDF."""

from __future__ import annotations

import ctypes
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import page as validation
import pypdfium2
import pypdfium2.raw as raw
import pytest
from fontTools.ttLib import TTFont
from rendering import (
    ISSUES,
    SAMPLES,
    as_toml,
    fonts_of,
    links,
    outline,
    pdf_text,
    read,
)

from bulletin_press.checks.rule import Family
from bulletin_press.document import plain_text
from bulletin_press.edition import Edition, open_edition
from bulletin_press.fonts import load_manifest
from bulletin_press.pipeline import check
from bulletin_press.resources import fonts_folder
from bulletin_press.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf

THEME = "modern"
UNIT = 16.0
HEAD = {"number": 8, "date": date(2022, 8, 26)}
NAME = "大连市软件和信息技术服务业暨数字贸易协会通讯"
ORGANISER = "大连市软件和信息技术服务业暨数字贸易促进协会"
PROSE = "协会走访园区，了解软件研发、数据处理和流程外包的用工与订单情况，就人才培训、跨境结算等问题与有关部门座谈。"
TITLES = "推动服务外包高质量发展加快数字技术与实体经济深度融合若干政策措施的实施意见征求各会员单位和有关部门意见"
CHARTS = ("key_figures", "table", "run", "markets", "ownership", "business")


@dataclass(frozen=True)
class Made:
    edition: Edition
    data: bytes

    @property
    def top(self) -> float:
        """The top margin, pt: where the grid begins."""
        return float(self.edition.theme.properties["top"].removesuffix("pt"))


def body(length: int) -> str:
    """Paragraphs of at most three sentences."""
    return "\n\n".join(PROSE * min(3, length - at) for at in range(0, length, 3))


def title(length: int) -> str:
    return TITLES[:length]


def publication(*, off: tuple[str, ...] = (), options: dict[str, str] | None = None, **masthead: Any) -> str:
    tables = {
        "publication": {"name": "大连数字贸易", "subtitle": "月度通讯", "organiser": "大连市数字贸易协会",
                        "theme": THEME, **masthead},
        "theme": options or {},
        "report": {"definition": "service-outsourcing", "region": "大连市", "short_region": "我市",
                   "source": "商务部服务外包统一平台", "unit": "万美元"},
        "charts": dict.fromkeys(off, False),
    }
    return as_toml({name: table for name, table in tables.items() if table})


def sample_issue(**changed: str) -> str:
    """The second sample with other words in its head."""
    text = (ISSUES / "2022-08" / "issue.toml").read_text("utf-8")
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in changed.items())
    return text.replace("[issue]\n", "[issue]\n" + lines, 1)


def without_report() -> str:
    lengths = (2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 42, 48)
    return as_toml({
        "issue": HEAD,
        "news": [{"title": title(length), "body": body(1 + at % 4)} for at, length in enumerate(lengths)],
        "policy": [{"title": title(48), "source": ORGANISER * 2, "author": "某某", "body": body(1)},
                   {"title": title(2), "body": body(1)}],
        "event": [{"body": body(1)}]})


def one_each() -> str:
    return as_toml({
        "issue": HEAD,
        "news": [{"title": title(18), "source": "商务部", "body": body(2)}],
        "policy": [{"title": title(9), "url": "https://www.example.org/", "body": body(1)}],
        "member": [{"name": "一家会员", "role": "会员单位", "intro": body(3)}],
        "event": [{"title": "会员大会", "date": date(2022, 8, 1), "body": body(1)}],
        "tip": {"term": "数字经济伙伴关系协定（DEPA）", "body": body(2)}})


def members() -> str:
    """Short, long and longer than a page, an odd number of them; and a tip longer than a page."""
    return as_toml({
        "issue": HEAD,
        "member": [{"name": title(8 + at), "role": "会员单位", "website": "https://www.example.org/" + "a/" * 30,
                    "contact": "某先生 0411-12345678", "intro": body(length)}
                   for at, length in enumerate((2, 40, 3, 90, 4, 1, 12))],
        "tip": {"term": "离岸", "body": body(50)}})


def pictures() -> str:
    files = ("harbour", "data-export", "depa-timeline", "data-output", "bigdata-industry", "xinhuaxin")
    images = [{"file": f"images/{name}.png", "caption": f"图片：{name}"} for name in files]
    return as_toml({
        "issue": HEAD,
        "news": [{"title": title(20), "body": body(4), "images": images},
                 {"title": title(10), "body": body(4), "image": "images/harbour.png"}],
        "policy": [{"title": title(20), "body": body(4), "images": images[:3]}],
        "event": [{"body": body(1), "images": images[:2]}]})


def report_alone() -> str:
    text = (ISSUES / "2022-08" / "issue.toml").read_text("utf-8")
    report = text[text.index("[report]") : text.index("[[news]]")]
    return as_toml({"issue": HEAD}) + report


INTERNAL = {
    "name": NAME, "organiser": ORGANISER, "editor": ORGANISER + "秘书处", "profile": "internal-print",
    "permit": "（辽）连内资字第2022—018号", "printer": "大连某某印刷有限公司", "print_run": 500,
    "recipients": "会员单位、有关部门", "address": "辽宁省大连市沙河口区软件园路8号楼201室", "phone": "0411-12345678",
    "email": "bulletin@example.org", "website": "https://www.example.org"}

CASES: dict[str, Callable[[], tuple[str, str]]] = {
    "without-report": lambda: (without_report(), publication()),
    "one-each": lambda: (one_each(), publication()),
    "two-lines": lambda: (as_toml({"issue": HEAD, "news": [{"title": "两字", "body": "一句。"}]}), publication()),
    "members": lambda: (members(), publication()),
    "report-alone": lambda: (report_alone(), publication()),
    "pictures": lambda: (pictures(), publication()),
    "nothing-shown": lambda: (sample_issue(label="7—8月合刊"), publication(off=CHARTS)),
    "no-charts": lambda: (sample_issue(label="增刊"), publication(off=CHARTS[2:])),
    "only-charts": lambda: (sample_issue(label="庆祝协会成立二十周年纪念特刊"), publication(off=CHARTS[:2])),
    "internal-print": lambda: (sample_issue(label="7—8月合刊"), publication(**INTERNAL)),
    "small-paper": lambda: (sample_issue(), publication(
        options={"paper": "16开", "accent": "#5B1F3A", "second": "#9A6A12"}, name=NAME, organiser=ORGANISER)),
    "one-column": lambda: (sample_issue(), publication(options={"columns": "1", "accent": "#1F5B46"})),
}


@cache
def made(name: str, folder: Path | None = None) -> Made:
    """A sample, or a case in a workspace of its own."""
    root = folder or ISSUES
    workspace = Workspace(root, date(2022, 9, 1), root)
    edition = open_edition(read(workspace, name if folder is None else "2022-08"), THEME if folder is None else None)
    return Made(edition, write_pdf(edition))


@pytest.fixture(params=[*SAMPLES, *CASES])
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    name = request.param
    return made(name) if name in SAMPLES else made(name, case_folder(name, tmp_path_factory))


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Made:
    return made(request.param)


_FOLDERS: dict[str, Path] = {}


def case_folder(name: str, factory: pytest.TempPathFactory) -> Path:
    """The workspace of a case, made once."""
    if name not in _FOLDERS:
        root = factory.mktemp(name)
        issue, settings = CASES[name]()
        (root / "publication.toml").write_text(settings, "utf-8")
        shutil.copy(ISSUES / "members.toml", root)
        for source in SAMPLES:
            shutil.copytree(ISSUES / source / "images", root / "2022-08" / "images", dirs_exist_ok=True)
        (root / "2022-08" / "issue.toml").write_text(issue, "utf-8")
        _FOLDERS[name] = root
    return _FOLDERS[name]


@dataclass(frozen=True)
class Glyph:
    """A character on a page: its font, its size in the font's own units, its origin from the top left, pt."""

    page: int
    char: str
    font: str
    size: float
    x: float
    y: float
    box: tuple[float, float, float, float]
    paper: tuple[float, float]


def glyphs(data: bytes) -> Iterator[Glyph]:
    document = pypdfium2.PdfDocument(data)
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    for number, page in enumerate(document, 1):
        paper, text = page.get_size(), page.get_textpage()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text.raw, index)
            if code <= 0x20 or raw.FPDFText_IsGenerated(text.raw, index):
                continue
            raw.FPDFText_GetFontInfo(text.raw, index, name, 80, flags)
            raw.FPDFText_GetCharOrigin(text.raw, index, x, y)
            yield Glyph(number, chr(code), name.value.decode(), raw.FPDFText_GetFontSize(text.raw, index) * 0.75,
                        x.value, paper[1] - y.value, text.get_charbox(index), paper)
        text.close()
        page.close()
    document.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


# --- conformance ----------------------------------------------------------------------------


def test_pdf_ua(one: Made) -> None:
    report = validation.validate_pdf_bytes(one.data, profile="ua1")
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
    for glyph in glyphs(one.data):
        left, bottom, right, top = glyph.box
        assert left >= 0, glyph
        assert bottom >= 0, glyph
        assert right <= glyph.paper[0], glyph
        assert top <= glyph.paper[1], glyph


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
    seen: dict[tuple[int, int, int], Glyph] = {}
    for glyph in glyphs(one.data):
        if "\u4e00" <= glyph.char <= "\u9fff":
            middle = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
            place = glyph.page, round(middle[0] / 3), round(middle[1] / 3)
            assert place not in seen, (glyph, seen[place])
            seen[place] = glyph


def test_columns_share_one_grid(one: Made) -> None:
    """Every line of body text, on all pages and in both columns, stands on the page's grid of 16 pt."""
    lines = {(glyph.page, round((glyph.y - one.top) % UNIT, 1)) for glyph in glyphs(one.data)
             if "Song" in glyph.font and abs(glyph.size - 10) < 0.1 and glyph.page > 1
             and "\u4e00" <= glyph.char <= "\u9fff"}
    assert len(lines) >= 1
    assert len({rest for _, rest in lines}) == 1, sorted(lines)


def test_both_columns_are_used(sample: Made) -> None:
    """On the first page of news, text stands left and right on the same lines."""
    sides: dict[float, set[bool]] = {}
    for glyph in glyphs(sample.data):
        if glyph.page == 3 and "Song" in glyph.font and "\u4e00" <= glyph.char <= "\u9fff":
            sides.setdefault(round(glyph.y, 1), set()).add(glyph.x < glyph.paper[0] / 2)
    assert sum(side == {True, False} for side in sides.values()) >= 6


# --- completeness ---------------------------------------------------------------------------


def test_every_paragraph_is_printed_in_order(one: Made) -> None:
    text, at = "".join(running_heads_removed(one)), 0
    for section in one.edition.issue.document.sections:
        for item in section.items:
            for block in item.blocks:
                for paragraph in getattr(block, "blocks", (block,)):
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
    exhibits = document.exhibits
    for figure in (*exhibits.lead, *exhibits.more) if exhibits else ():
        assert figure.value in pages[0]
    for chart in exhibits.charts if exhibits else ():
        assert sum(page.count(squeezed(chart.caption.title)) for page in pages) >= 1


def test_long_contents_are_cut_short(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = pdf_text(made("without-report", case_folder("without-report", tmp_path_factory)).data)[0]
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
    assert len(pdf_text(made("report-alone", case_folder("report-alone", tmp_path_factory)).data)) == 2


def test_internal_material_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = pdf_text(made("internal-print", case_folder("internal-print", tmp_path_factory)).data)[0]
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
