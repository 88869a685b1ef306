"""Issues that stretch a theme, and where a PDF's characters stand: for the tests of every theme."""

from __future__ import annotations

import ctypes
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from rendering import ISSUES, SAMPLES, as_toml, read

from bulletin_press.edition import Edition, open_edition
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf

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


def publication(theme: str, *, off: tuple[str, ...] = (), options: dict[str, str] | None = None,
                **masthead: Any) -> str:
    tables = {
        "publication": {"name": "大连数字贸易", "subtitle": "月度通讯", "organiser": "大连市数字贸易协会",
                        "theme": theme, **masthead},
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
    return as_toml({"issue": HEAD}) + text[text.index("[report]") : text.index("[[news]]")]


def exhibits() -> str:
    """Charts in each form, quotes, dates, codes, and tables too wide for an upright page."""
    url = "https://www.example.org/2022-06/23/content_5697299.htm"
    months = "".join(f"| {month}月 " for month in range(1, 13))

    def table(rows: int) -> str:
        lines = ("| 接包合同执行额" + "".join(f"| {29030.1 + row * month:.2f} " for month in range(12)) + "|"
                 for row in range(rows))
        return f"| 指标（万美元） {months}|\n" + "\n".join(lines)

    years = [["年份", "出口（亿元）", "进口（亿元）", "增长（%）"],
             *([f"{2015 + at}年", 100 + at * 7, "—" if at == 3 else 90 + at * 9, (at - 3) * 1.5] for at in range(8))]
    return as_toml({
        "issue": HEAD,
        "news": [
            {"title": title(20), "source": "商务部", "url": url, "qr": True, "date": date(2022, 8, 1), "chart": "bars",
             "quote": PROSE[:20], "quote_by": "某某", "dates": [[date(2022, 6, 23), "公布"], ["2025年底", title(30)]],
             "body": body(4) + "\n\n| 项目 | 金额（亿元） | 增长（%） |\n| 数字产业化 | 8.35 | −11.9 |\n"
                               f"| {title(36)} | 37.18 | — |\n\n" + body(3)},
            {"title": title(12), "source": "商务部", "url": url, "qr": True, "body": body(1),
             "charts": [{"kind": "columns", "data": years, "keep": True, "after": 1},
                        {"kind": "line", "data": years, "note": "一年没有公布", "source": "商务部"}]},
            {"title": title(14), "source": "商务部", "body": f"{body(2)}\n\n{table(3)}\n\n{body(2)}"}],
        "policy": [
            {"title": title(16), "source": "商务部", "url": url, "qr": True, "quote": PROSE[:16],
             "dates": [["2022年6月", "公布"], ["2025年底", title(20)]], "body": body(3),
             "chart": {"kind": "timeline", "title": title(9),
                       "data": [["日期", "事情"], ["2020年6月", title(40)], [date(2021, 11, 1), "申请加入"]]}},
            {"title": title(10), "source": "商务部", "body": f"{body(1)}\n\n{table(40)}"}],
        "event": [{"body": body(1), "dates": [[date(2022, 9, 1), "施行"]]}],
        "tip": {"term": "离岸", "body": body(2) + "\n\n| 项 | 值 |\n| 甲 | 1 |\n| 乙 | 2 |", "chart": "bars"}})


INTERNAL = {
    "name": NAME, "organiser": ORGANISER, "editor": ORGANISER + "秘书处", "profile": "internal-print",
    "permit": "（辽）连内资字第2022—018号", "printer": "大连某某印刷有限公司", "print_run": 500,
    "recipients": "会员单位、有关部门", "address": "辽宁省大连市沙河口区软件园路8号楼201室", "phone": "0411-12345678",
    "email": "bulletin@example.org", "website": "https://www.example.org"}

CASES: dict[str, Callable[[str], tuple[str, str]]] = {
    "without-report": lambda theme: (without_report(), publication(theme)),
    "one-each": lambda theme: (one_each(), publication(theme)),
    "two-lines": lambda theme: (
        as_toml({"issue": HEAD, "news": [{"title": "两字", "body": "一句。"}]}), publication(theme)),
    "members": lambda theme: (members(), publication(theme)),
    "report-alone": lambda theme: (report_alone(), publication(theme)),
    "pictures": lambda theme: (pictures(), publication(theme)),
    "exhibits": lambda theme: (exhibits(), publication(theme)),
    "nothing-shown": lambda theme: (sample_issue(label="7—8月合刊"), publication(theme, off=CHARTS)),
    "no-charts": lambda theme: (sample_issue(label="增刊"), publication(theme, off=CHARTS[2:])),
    "only-charts": lambda theme: (
        sample_issue(label="庆祝协会成立二十周年纪念特刊"), publication(theme, off=CHARTS[:2])),
    "ten-characters": lambda theme: (
        one_each(), publication(theme, name="宁波软件服务外包月刊", organiser="宁波市软件行业协会")),
    "internal-print": lambda theme: (sample_issue(label="7—8月合刊"), publication(theme, **INTERNAL)),
    "small-paper": lambda theme: (sample_issue(), publication(
        theme, options={"paper": "16开", "accent": "#5B1F3A", "second": "#9A6A12"}, name=NAME, organiser=ORGANISER)),
    "one-column": lambda theme: (sample_issue(), publication(theme, options={"columns": "1", "accent": "#1F5B46"})),
}


@cache
def made(theme: str, name: str, folder: Path | None = None) -> Made:
    """A sample, or a case in a workspace of its own."""
    root = folder or ISSUES
    workspace = Workspace(root, date(2022, 9, 1), root)
    edition = open_edition(read(workspace, name if folder is None else "2022-08"), theme if folder is None else None)
    return Made(edition, write_pdf(edition))


@cache
def _folder(theme: str, name: str, parent: Path) -> Path:
    root = parent / f"{theme}-{name}"
    (root / "2022-08").mkdir(parents=True)
    issue, settings = CASES[name](theme)
    (root / "publication.toml").write_text(settings, "utf-8")
    shutil.copy(ISSUES / "members.toml", root)
    for source in SAMPLES:
        shutil.copytree(ISSUES / source / "images", root / "2022-08" / "images", dirs_exist_ok=True)
    (root / "2022-08" / "issue.toml").write_text(issue, "utf-8")
    return root


def case_folder(theme: str, name: str, factory: pytest.TempPathFactory) -> Path:
    """The workspace of a case, made once."""
    return _folder(theme, name, factory.getbasetemp())


def sample_or_case(theme: str, name: str, factory: pytest.TempPathFactory) -> Made:
    """A sample or a case by its name."""
    return made(theme, name) if name in SAMPLES else made(theme, name, case_folder(theme, name, factory))


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


def _as_drawn(data: bytes) -> bytes:
    """The PDF without what is copied in place of its lines: PDFium spreads that over the line's first run."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(re.sub(rb"/ActualText <[0-9A-F]*>", b"", page.Contents.read_bytes()))
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def glyphs(data: bytes) -> Iterator[Glyph]:
    """Every character as it is drawn, white space aside."""
    document = pypdfium2.PdfDocument(_as_drawn(data))
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


def off_page(data: bytes) -> list[Glyph]:
    """The characters whose ink leaves the paper."""
    return [glyph for glyph in glyphs(data)
            if glyph.box[0] < 0 or glyph.box[1] < 0 or glyph.box[2] > glyph.paper[0] or glyph.box[3] > glyph.paper[1]]


def overprinted(data: bytes) -> list[tuple[Glyph, Glyph]]:
    """Pairs of hanzi of one page that stand on the same place: something is set over something else."""
    seen: dict[tuple[int, int, int], Glyph] = {}
    found = []
    for glyph in glyphs(data):
        if "\u4e00" <= glyph.char <= "\u9fff":
            place = glyph.page, round(glyph.box[0] / 3), round(glyph.y / 3)
            if place in seen:
                found.append((seen[place], glyph))
            seen[place] = glyph
    return found
