"""The theme gongwen: 22 lines of 28 characters after GB/T 9704, whatever an issue holds."""

from __future__ import annotations

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from rendering import ISSUES, SAMPLES, fonts_of, make_workspace, outline, pdf_text, read
from shares import share
from test_grid import odd_picture, off_grid

from bulletin_press.checks.engine import review
from bulletin_press.checks.rule import Family
from bulletin_press.edition import Edition, open_edition
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf

MM = 72 / 25.4
LINE = 225 * MM / 22
EM = 156 * MM / 28
TOP = 37 * MM
# Below the type area stands the folio alone, beside it nothing.
LEFT, RIGHT, BOTTOM = 26 * MM, (210 - 26) * MM, (297 - 35) * MM
NAMES = {"BulletinSong-Regular", "BulletinSong-Bold", "BulletinHei-Regular", "BulletinHei-Bold",
         "BulletinKai-Regular", "BulletinPunct-Regular", "BulletinFang-Regular"}

TITLE = ("数字贸易协会组织会员企业赴外地考察学习先进经验并召开座谈会"
         "研究部署下一步重点工作安排全面推动服务外包转型升级高质量发展")
BODY = ("大连市数字贸易协会近日组织会员企业开展专题调研，走访了12家重点企业，了解2022年上半年离岸服务外包业务的进展。"
        "与会企业普遍反映，日本市场订单保持稳定，欧洲市场受汇率影响有所回落，国内业务比重上升到38.6%。")
NAME22 = "中国服务外包与数字贸易产业发展联盟东北分会通讯"[:22]
HEAD: Mapping[str, Any] = {"number": 8, "date": date(2022, 8, 26)}
FRONT: Mapping[str, Any] = {"name": "大连数字贸易", "organiser": "大连市数字贸易协会", "theme": "gongwen"}
RICH = f"""开头一段，介绍**会议主要内容**和[官方网站](https://www.ciftis.org)。

### 明确总体要求

{BODY}

### 加强组织实施保障工作并且建立健全各项工作机制和考核评价体系不断提高水平

- 第一项措施，{BODY}
- 第二项。

| 项目 | 金额（亿元） | 同比（%） |
| --- | ---: | ---: |
| 服务出口 | 2.3 | 11.2 |
| 这是一个很长很长的项目名称，看看它在表格里怎样换行，是否还能保持网格对齐 | 12.35 | −2.1 |

结尾。"""
TIP = {"term": "离岸服务外包", "body": BODY}


def article(length: int, **more: Any) -> dict[str, Any]:
    return {"title": TITLE[:length], "body": f"{BODY}\n\n{BODY[:40]}。", **more}


def pictures(count: int) -> dict[str, Any]:
    return {"images": [{"file": f"images/{i}.png", "caption": f"第{i}张图的说明"} for i in range(count)]}


@dataclass(frozen=True)
class Case:
    """What an issue and its publication hold beside the least."""

    issue: Mapping[str, Any]
    front: Mapping[str, Any] = field(default_factory=lambda: FRONT)
    more: Mapping[str, Any] | None = None


CASES: Mapping[str, Case] = {
    "one item a section, no report": Case({
        "news": [article(20, source="大连日报")], "policy": [article(2)], "member": [{"name": "甲公司"}],
        "event": [{"body": BODY}], "tip": TIP}),
    "twelve news of 2 to 48 characters": Case({
        "news": [article(n) for n in (2, 5, 9, 14, 18, 22, 25, 27, 31, 38, 44, 48)]}),
    "a contents list over the page": Case({
        "news": [article(48 if i % 2 else 26) for i in range(14)], "policy": [article(22)] * 6}),
    "long names and a combined issue": Case(
        {"news": [article(30, author="张三、李四", url="https://www.dl.gov.cn/art/2022/8/22/art_3711_2043211.html",
                          date=date(2022, 8, 22))]},
        {**FRONT, "name": NAME22, "organiser": NAME22, "editor": NAME22, "subtitle": "双月通讯"}),
    "printed for internal use": Case(
        {"news": [article(16, source="商务部", more="《大连数字贸易季刊》第二期")] * 2,
         "event": [{"body": BODY, "date": date(2022, 8, 1)}, {"title": "召开理事会", "body": BODY}]},
        {**FRONT, "profile": "internal-print", "permit": "（辽）LN-0123号", "printer": "大连市第一印刷厂有限公司",
         "print_run": 500, "recipients": "本会会员单位", "editor": "大连市数字贸易协会秘书处",
         "address": "大连市高新技术产业园区软件园路8号数字贸易大厦1201室", "phone": "0411-84790000",
         "email": "office@example.org", "website": "https://www.example.org"}),
    "tables, lists, subheads": Case({
        "news": [{"title": "若干措施", "body": RICH, "source": "商务部"}],
        "event": [{"body": "### 甲\n\n一段\n\n### 乙\n\n二段"}, {"body": "- 列表开头\n- 第二条"}],
        "member": [{"name": "乙", "role": "理事单位", "website": "www.ibm.com", "intro": BODY,
                    "logo": "images/0.png"}]}),
    "pictures": Case({"news": [article(14, **pictures(count)) for count in (1, 2, 3, 6)], "tip": {
        **TIP, "image": "images/1.png"}}),
    "a tip longer than a page": Case({"news": [article(14)], "tip": {**TIP, "body": "\n\n".join([BODY] * 9)}}),
    "long tables, sources and addresses": Case({
        "news": [
            article(48, source="中国服务外包与数字贸易产业发展联盟东北分会、大连市数字贸易协会联合课题组",
                    author="张三、李四、王五、赵六、孙七"),
            {"title": "链接",
             "body": "参见[**粗体**链接](https://a.cn/b)。\n\nhttps://www.dl.gov.cn/" + "art/2022/8/22/" * 9},
            {"title": "只有列表", "url": "https://www.a.cn/b", "body": "- 甲\n- 乙", "more": "《季刊》"},
            {"title": "表尾", "body": "| 甲 | 乙 |\n|---|---|\n" + "| 一 | 二 |\n" * 40, "source": "来源"}],
        "member": [{"name": "甲", "website": "https://www.example.com/" + "a/very/long/address/" * 5,
                    "logo": "images/0.png"},
                   {"name": "乙", "logo": "images/1.png"},
                   {"name": "丙", "intro": BODY, "logo": "images/2.png", "image": "images/3.png"}]}),
    "hardly anything": Case({"event": [{"body": "一句话。"}]}, {"name": "刊", "organiser": "会", "theme": "gongwen"}),
}
SMALL = Case(CASES["tables, lists, subheads"].issue, more={
    "theme": {"paper": "16开", "face": "宋体", "folio": "居中", "accent": "#A00000", "fit": False}})


@dataclass(frozen=True)
class Made:
    edition: Edition
    data: bytes
    findings: tuple[Any, ...]


def made(issue: Any, theme: str | None = "gongwen") -> Made:
    # As the standard has it: page fill may set a line less or more.
    edition = open_edition(issue, theme, fits=False)
    data = write_pdf(edition)
    return Made(edition, data, tuple(review(issue, edition, {Family.LAYOUT})))


@cache
def sample(name: str) -> Made:
    return made(read(Workspace(ISSUES, date(2022, 9, 1), ISSUES), name))


def set_case(case: Case, folder: Path) -> Made:
    publication = {"publication": case.front, **(case.more or {})}
    workspace = make_workspace(folder, {"issue": HEAD, **case.issue}, publication)
    for number in range(6):
        (folder / "2022-08" / "images" / f"{number}.png").write_bytes(odd_picture(350 + 61 * number))
    return made(read(workspace), None)


# With every change; the rest, each set once, with the long proofs.
QUICK = (SAMPLES[1], "twelve news of 2 to 48 characters", "tables, lists, subheads", "hardly anything")


class SetCases(dict[str, Made]):
    """The cases by their names, each set when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __missing__(self, name: str) -> Made:
        made = self[name] = set_case(CASES[name], self.folder / str(list(CASES).index(name)))
        return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gongwen")


@pytest.fixture(scope="module")
def cases(folder: Path) -> Mapping[str, Made]:
    return SetCases(folder)


@pytest.fixture(scope="module", params=share([*SAMPLES, *CASES], QUICK))
def each(request: pytest.FixtureRequest, cases: Mapping[str, Made]) -> Made:
    return sample(request.param) if request.param in SAMPLES else cases[request.param]


@dataclass(frozen=True)
class Glyph:
    page: int
    char: str
    size: float
    x: float
    baseline: float
    box: tuple[float, float, float, float]


def glyphs(data: bytes) -> Iterator[Glyph]:
    """Every visible character: origin and ink in points, from the top left corner of its page."""
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        text, height = page.get_textpage(), page.get_height()
        for index in range(text.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(text, index))
            if char.isspace() or raw.FPDFText_IsGenerated(text, index) == 1:
                continue
            x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            raw.FPDFText_GetMatrix(text, index, matrix)
            size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d)
            left, bottom, right, top = text.get_charbox(index)
            yield Glyph(number, char, size, x.value, height - y.value, (left, height - top, right, height - bottom))
        text.close()
        page.close()
    document.close()


def body_rows(data: bytes, em: float = EM) -> Mapping[int, Mapping[float, list[Glyph]]]:
    """The characters of body size by page and baseline; the red head of page 1 is display."""
    pages: dict[int, dict[float, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for glyph in glyphs(data):
        if abs(glyph.size - em) < 0.02 and not (glyph.page == 0 and glyph.baseline < TOP + 9 * LINE):
            pages[glyph.page][round(glyph.baseline, 2)].append(glyph)
    return pages


# --- the grid -------------------------------------------------------------------------------


def test_all_body_baselines_stand_on_one_grid_of_22_lines(each: Made) -> None:
    rows = [(page, baseline) for page, found in body_rows(each.data).items() for baseline in found]
    # The first baseline of a page without a red head says where a line's baseline is.
    places = [(page, (baseline - TOP) / LINE) for page, baseline in rows]
    phase = places[0][1] % 1
    assert len(rows) > 1
    assert [(page, place) for page, place in places if abs((place - phase + .5) % 1 - .5) * LINE > 0.1] == []
    assert all(0 <= round(place - phase) < 22 for _, place in places)


def test_layout_boxes_are_on_the_grid_too(each: Made) -> None:
    assert off_grid(each.edition.pages, LINE) == []


def test_a_full_page_is_22_lines_of_28_characters(tmp_path: Path) -> None:
    found = set_case(Case({"event": [{"body": "数字贸易" * 400}]}), tmp_path)
    page = body_rows(found.data)[1]
    assert [len(row) for row in page.values()] == [28] * 22
    assert max(page) - min(page) == pytest.approx(21 * LINE, abs=0.05)
    # An even page: the binding edge is on its right.
    assert min(row[0].x for row in page.values()) == pytest.approx(26 * MM, abs=0.02)
    assert max(glyph.box[2] for row in page.values() for glyph in row) == pytest.approx((210 - 28) * MM, abs=2)


def test_lines_of_prose_are_28_ems_wide() -> None:
    """The composer's own account: every measure is a whole number of ems."""
    pages = sample("2022-08").edition.pages.document.pages
    measures = [line.composed.measure for page in pages[1:] for line in set_lines(page._page_box)
                if line.element_tag in ("p", "li") and abs(line.style["font_size"] * 0.75 - EM) < 0.01
                and not line.composed.text.startswith("（来源")]
    assert len(measures) > 100
    # In the box of the tip a character less on either side; a first line has its indent of two;
    # what stands beside a member's logo is shorter.
    assert {round(measure, 3) for measure in measures if measure > 22} == {28, 26, 24}


def test_sixteenmo_keeps_20_lines_of_24_characters(tmp_path: Path) -> None:
    line, em = 204 * MM / 20, 133 * MM / 24
    found = set_case(Case({"event": [{"body": "数字贸易" * 400}]}, more={"theme": {"paper": "16开", "fit": False}}),
                     tmp_path / "a")
    assert [len(row) for row in body_rows(found.data, em)[1].values()] == [24] * 20
    rich = set_case(SMALL, tmp_path / "b")
    assert off_grid(rich.edition.pages, line) == []
    assert {found.rule for found in rich.findings} <= {"page-budget"}
    with pikepdf.open(io.BytesIO(rich.data)) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox] == pytest.approx([0, 0, 185 * MM, 260 * MM], abs=0.1)


def set_lines(box: Any) -> Iterator[Any]:
    """The composed lines of a box, in reading order; the colophon and the folio are not of the text."""
    if "composed" in box.__dict__:
        yield box
    for child in getattr(box, "children", ()):
        if child.element_tag != "footer":
            yield from set_lines(child)


def test_no_heading_ends_a_page(each: Made) -> None:
    for page in each.edition.pages.document.pages:
        found = list(set_lines(page._page_box))
        last = max(found, key=lambda line: line.position_y)
        assert last.element_tag not in ("h1", "h2", "h3", "h4", "dt"), last.composed.text


# --- nothing overflows, overlaps or vanishes ------------------------------------------------


def test_nothing_leaves_the_type_area(each: Made) -> None:
    """Ink of characters; the folio stands below it, and a trimmed mark may hang by a hair."""
    beyond = [(glyph.page, glyph.char, glyph.box) for glyph in glyphs(each.data)
              if glyph.baseline < BOTTOM + 7 and not (
                  glyph.box[0] > LEFT - 1 and glyph.box[2] < RIGHT + 1 and glyph.box[1] > TOP - 1
                  and glyph.box[3] < BOTTOM + 1)]
    assert beyond == []


def test_no_two_lines_overprint(each: Made) -> None:
    """Ink boxes of characters of different lines never overlap."""
    pages: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs(each.data):
        if "\u4e00" <= glyph.char <= "\u9fff" or glyph.char.isalnum():
            pages[glyph.page].append(glyph)
    for page in pages.values():
        page.sort(key=lambda glyph: glyph.box[0])
        for at, one in enumerate(page):
            for other in page[at + 1:]:
                if other.box[0] > one.box[2] - 0.5:
                    break
                across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
                if abs(one.baseline - other.baseline) < 2:
                    continue
                down = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
                assert min(across, down) < 1, (one, other)


def test_layout_rules_have_nothing_to_say(each: Made) -> None:
    assert {found.rule for found in each.findings} <= {"page-budget", "low-resolution"}
    assert each.edition.pages.logged == []


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_have_no_layout_findings(name: str) -> None:
    assert sample(name).findings == ()


@pytest.mark.parametrize("name", share(CASES, QUICK[1:]))
def test_every_text_is_printed(name: str, cases: Mapping[str, Made]) -> None:
    found = cases[name]
    printed = "".join(pdf_text(found.data))
    document = found.edition.issue.document
    wanted = [item.title for section in document.sections for item in section.items if item.title]
    wanted += [document.front.name, document.front.organiser, document.front.date, document.front.number]
    wanted += [value for label, value in document.colophon if label not in ("出刊", "说明")]
    wanted += [text for section in document.sections for item in section.items
               for text in (item.attribution.source, item.attribution.author, item.more) if text]
    for text in wanted:
        assert re.sub(r"\s", "", text) in printed, (name, text)


def test_an_address_without_a_source_is_printed(cases: Mapping[str, Made]) -> None:
    text = "".join(pdf_text(cases["long names and a combined issue"].data))
    assert "（作者：张三、李四，2022年8月22日）" in text
    assert "（原文：https://www.dl.gov.cn/art/2022/8/22/art_3711_2043211.html）" in text


def test_internal_print_says_what_the_rules_ask(cases: Mapping[str, Made]) -> None:
    pages = pdf_text(cases["printed for internal use"].data)
    assert pages[0].startswith("内部资料免费交流准印证号：（辽）LN-0123号")
    foot = pages[-1]
    for words in ("发送：本会会员单位", "编印单位：大连市数字贸易协会", "印刷单位：大连市第一印刷厂有限公司",
                  "印数：500份", "准印证号：（辽）LN-0123号", "2022年8月26日印刷"):
        assert words in foot


# --- conventions ----------------------------------------------------------------------------


def test_titles_are_numbered_where_there_are_several(cases: Mapping[str, Made]) -> None:
    several = "".join(pdf_text(cases["twelve news of 2 to 48 characters"].data))
    assert "（一）数字大连市" in several
    assert "（十二）" in several
    assert "（一）" not in "".join(pdf_text(cases["one item a section, no report"].data))


def test_an_event_is_dated_once(tmp_path: Path) -> None:
    found = set_case(Case({"event": [
        {"body": "8月 3 日上午，协会召开座谈会。", "date": date(2022, 8, 3)},
        {"body": "协会召开理事会。", "date": date(2022, 8, 13)}]}), tmp_path)
    text = "".join(pdf_text(found.data))
    assert "（一）8月3日上午" in text
    assert "（二）2022年8月13日协会召开理事会" in text


def test_bookmarks_are_the_publication_sections_and_titles(each: Made) -> None:
    document = each.edition.issue.document
    expected = [(0, document.front.name)]
    for section in document.sections:
        expected.append((1, f"{section.numeral}、{section.title}" if section.numeral else section.title))
        expected += [(2, item.title) for item in section.items if item.title]
    assert [(level, title) for level, title, _ in outline(each.data)] == expected


def folio(data: bytes, number: int) -> list[Glyph]:
    return [glyph for glyph in glyphs(data) if glyph.page == number and glyph.baseline > BOTTOM + 7]


def test_folios(cases: Mapping[str, Made]) -> None:
    data = cases["twelve news of 2 to 48 characters"].data
    for number in range(4):
        found = folio(data, number)
        assert "".join(glyph.char for glyph in found) == f"—{number + 1}—"
        # Boxes of a folio's characters are shares of its width, which has a blank's width at its end.
        outer = found[0].x - 26 * MM if number % 2 else RIGHT - found[-1].box[2]
        assert outer == pytest.approx(14, abs=1.5)


def test_folio_dashes_are_7_mm_below_the_type_area(cases: Mapping[str, Made]) -> None:
    data, scale = cases["twelve news of 2 to 48 characters"].data, 8
    start = folio(data, 1)[0].x
    document = pypdfium2.PdfDocument(data)
    picture = document[1].render(scale=scale).to_pil().convert("L")
    strip = picture.crop((round((start + 5) * scale), round(BOTTOM * scale), round((start + 6) * scale),
                          round((BOTTOM + 40) * scale)))
    dark = [row for row in range(strip.height) if strip.getpixel((2, row)) < 128]
    document.close()
    assert dark
    assert (dark[0] + dark[-1] + 1) / 2 / scale == pytest.approx(7 * MM, abs=0.3)


def test_folios_in_the_middle(tmp_path: Path) -> None:
    made_so = set_case(Case({"event": [{"body": "一句话。"}]}, more={"theme": {"folio": "居中"}}), tmp_path)
    found = folio(made_so.data, 0)
    assert (found[0].box[0] + found[-1].box[2]) / 2 == pytest.approx((28 + 156 / 2) * MM, abs=1)


def test_text_is_copied_in_reading_order(each: Made) -> None:
    """Content streams paint in the order that people read: red head, contents, sections, colophon."""
    printed, document = "".join(pdf_text(each.data)), each.edition.issue.document
    wanted = [document.front.organiser, document.front.name, document.front.number, document.front.date, "本期导读"]
    for group in document.contents:
        wanted.append(group.title)
        if len(group.entries) > 1:
            wanted += [entry.text for entry in group.entries]
    for section in document.sections:
        wanted.append(section.title)
        wanted += [item.title for item in section.items if item.title]
    wanted += [f"编印单位：{document.front.organiser}", f"{document.front.date}印"]
    at = 0
    for words in wanted:
        found = printed.find(re.sub(r"\s", "", words), at)
        assert found >= 0, (words, printed[at:at + 60])
        at = found


def test_only_the_red_head_is_coloured() -> None:
    html = sample("2022-08").edition.html
    sheet = html[html.index("<style>"):html.index("</style>")]
    body = sheet[sheet.index("/* ---- 本期导读"):]
    assert "--accent" not in body
    colours = {colour for drawing in re.findall(r"<svg.*?</svg>", html, re.S)
               for colour in re.findall(r'(?:fill|stroke)="(#\w+)"', drawing)}
    assert colours
    assert all(len({colour[i:i + 2] for i in (1, 3, 5)}) == 1 for colour in colours if len(colour) == 7)


def test_only_bundled_fonts_and_no_false_bold(each: Made) -> None:
    assert fonts_of(each.data) <= NAMES
    with pikepdf.open(io.BytesIO(each.data)) as pdf:
        for page in pdf.pages:
            # Text drawn with its outline stroked is a bold that no font has.
            assert not re.search(rb"(?m)(^|\s)[12] Tr\b", page.Contents.read_bytes())


def test_charts_follow_their_paragraphs_and_the_table_the_first() -> None:
    html = sample("2022-08").edition.html
    report = html[html.index('<section class="report'):html.index('<section class="news')]
    parts = re.findall(r"<p data-origin|<figure class=\"(?:exhibit|chart)\"", report)
    kinds = ["p" if part.startswith("<p") else part[15:-1] for part in parts]
    assert kinds[:2] == ["p", "exhibit"]
    assert kinds.count("chart") == len(sample("2022-08").edition.issue.document.exhibits.charts)
    assert [int(number) for number in re.findall(r"<figcaption>图(\d)", report)] == list(
        range(1, kinds.count("chart") + 1))


def test_all_exhibits_may_be_off(tmp_path: Path) -> None:
    issue = (ISSUES / "2022-08" / "issue.toml").read_text("utf-8")
    report = issue[:issue.index("# ── 二、")].replace("[report]", "[report]", 1)
    publication = ("[publication]\nname = \"刊\"\norganiser = \"会\"\ntheme = \"gongwen\"\n[theme]\nfit = false\n"
                   "[charts]\n") + "\n".join(
        f"{name} = false" for name in ("key_figures", "table", "run", "markets", "ownership", "business"))
    found = made(read(make_workspace(tmp_path, report, publication)), None)
    assert found.edition.issue.document.exhibits is None
    assert "<figure" not in found.edition.html
    assert off_grid(found.edition.pages, LINE) == []


# --- conformance ----------------------------------------------------------------------------


def test_pdf_ua(each: Made) -> None:
    report = validation.validate_pdf_bytes(each.data, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant
