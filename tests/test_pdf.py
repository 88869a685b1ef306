"""The PDFs of the sample issues: conformance, navigation, completeness, fonts, nothing off the page."""

from __future__ import annotations

import io
import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import hostile
import page as validation
import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from fontTools.ttLib import TTFont
from rendering import (
    ISSUE,
    ISSUES,
    PUBLICATION,
    SAMPLES,
    environment,
    fonts_of,
    links,
    make_workspace,
    outline,
    pdf_text,
    press,
    python,
    read,
)

from bulletin_press.document.markup import parse_inline
from bulletin_press.document.tree import Document, Drawn, Pictures, plain_text
from bulletin_press.edition import Edition, open_edition
from bulletin_press.fonts import load_manifest
from bulletin_press.ground.resources import fonts_folder
from bulletin_press.issue.issue import Issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf


@dataclass(frozen=True)
class Sample:
    issue: Issue
    edition: Edition
    data: bytes


@cache
def sample(name: str, draft: bool = False) -> Sample:
    from datetime import date

    issue = read(Workspace(ISSUES, date(2022, 9, 1), ISSUES), name)
    edition = open_edition(issue, draft=draft)
    return Sample(issue, edition, write_pdf(edition))


@pytest.fixture(params=SAMPLES)
def made(request: pytest.FixtureRequest) -> Sample:
    return sample(request.param)


def squeezed(text: str) -> str:
    return "".join(text.split())


# --- conformance ----------------------------------------------------------------------------


def faults(data: bytes) -> list[tuple[str, str, str]]:
    """What keeps a file from being PDF/UA-1 and PDF/A-2a: profile, rule, message."""
    found = []
    for profile in ("ua1", "2a"):
        report = validation.validate_pdf_bytes(data, profile=profile)
        found += [(profile, failure.rule_id, failure.message) for failure in report.failures]
        assert report.is_compliant is not any(profile == one[0] for one in found)
    return found


@pytest.mark.parametrize("draft", [False, True])
def test_pdf_ua_and_pdf_a(made: Sample, draft: bool) -> None:
    assert faults(sample(made.issue.name, draft).data) == []


def test_the_validator_can_fail(made: Sample) -> None:
    def without(change: Any) -> list[str]:
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            change(pdf)
            target = io.BytesIO()
            pdf.save(target)
        return sorted({profile for profile, *_ in faults(target.getvalue())})

    assert without(lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")) == ["ua1"]
    assert without(lambda pdf: pdf.Root.__delitem__("/OutputIntents")) == ["2a"]


def test_metadata_can_be_read_without_a_reader(made: Sample) -> None:
    for mark in (b'pdfaid:part="2"', b'pdfaid:conformance="A"', b'pdfuaid:part="1"', b"<pdfaExtension:schemas>"):
        assert made.data.count(mark) == 1


def test_figures_say_where_they_stand(made: Sample) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        # Authors' charts, too, are drawings.
        drawn = {one.chart.caption.alt for section in made.issue.document.sections for item in section.items
                 for one in item.blocks if isinstance(one, Drawn)}
        boxes = [(node.Pg.MediaBox, node.A.BBox) for node in elements(pdf.Root.StructTreeRoot)
                 if node.get("/S") == "/Figure" and str(node.get("/Alt", "")) not in drawn]
        boxes = [([float(edge) for edge in page], [float(edge) for edge in box]) for page, box in boxes]
    placed = list(made.edition.pages.pictures())
    for page, (left, bottom, right, top) in boxes:
        assert page[0] <= left < right <= page[2] and page[1] <= bottom < top <= page[3]
    charts = len(made.issue.exhibits.charts)
    assert charts and placed
    # The data report, with its charts, comes first: drawings, which the layout rules do not place.
    for _, (left, _, right, _) in boxes[:charts]:
        assert right - left == pytest.approx(396, abs=0.01)
    for (_, (left, bottom, right, top)), one in zip(boxes[charts:], placed, strict=True):
        assert right - left == pytest.approx(one.width * 72, abs=0.01)
        assert top - bottom == pytest.approx(one.height * 72, abs=0.01)


def test_title_and_language(made: Sample) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert str(pdf.docinfo.Title) == made.issue.document.title
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_bookmarks(made: Sample) -> None:
    marks = [(level, title) for level, title, _ in outline(made.data)]
    expected = [(0, made.issue.document.front.name)]
    for section in made.issue.document.sections:
        expected.append((1, f"{section.numeral}、{section.title}" if section.numeral else section.title))
        expected += [(2, item.title) for item in section.items if item.title]
    assert marks == expected
    assert "一、" in marks[1][1]


def test_bookmarks_lead_to_their_pages(made: Sample) -> None:
    pages = pdf_text(made.data)
    for _, title, page in outline(made.data):
        assert squeezed(re.sub("^[一二三四五六]、", "", title)) in pages[page]


# --- links ----------------------------------------------------------------------------------


def contents(made: Sample) -> list[tuple[str, int]]:
    """Each line of the contents and the page, from 1, that it prints."""
    text = "".join(pdf_text(made.data)[:1])
    lines = []
    for group in made.issue.document.contents:
        for entry in group.entries:
            match = re.search(re.escape(squeezed(entry.text)) + r"\.*?\.{3,}(\d+?)(?=\D|20\d\d年|$)", text)
            assert match, entry.text
            lines.append((entry.anchor, int(match[1])))
    return lines


def destinations(data: bytes) -> dict[str, int]:
    """Anchors and their pages, from 1."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: index + 1 for index, page in enumerate(pdf.pages)}
        return {str(name): numbers[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def test_contents_print_the_real_pages_and_lead_there(made: Sample) -> None:
    places = destinations(made.data)
    led = [target + 1 for page, kind, target in links(made.data) if page == 0 and kind == "page"]
    expected = []
    for anchor, printed in contents(made):
        assert places[anchor] == printed, anchor
        expected.append(printed)
    # A line is one link in several boxes: the text, the leader, the number.
    assert sorted(set(led)) == sorted(set(expected))
    assert len(led) >= len(expected)


def test_items_stand_where_their_anchors_lead(made: Sample) -> None:
    pages, places = pdf_text(made.data), destinations(made.data)
    for section in made.issue.document.sections:
        for item in section.items:
            if item.title and item.anchor in places:
                assert squeezed(item.title) in pages[places[item.anchor] - 1]


def test_external_links(made: Sample) -> None:
    table = made.issue.table.values
    typed = {article["url"] for kind in ("news", "policy") for article in table[kind] if "url" in article}
    typed |= set(re.findall(r"\]\((https?://[^)]+)\)", made.issue.table.source.text))
    members = tomllib.loads((ISSUES / "members.toml").read_text("utf-8"))
    typed |= {members[one["ref"]]["website"] for one in table["member"] if "ref" in one}
    made_links = {target for _, kind, target in links(made.data) if kind == "uri"}
    assert typed
    assert typed <= made_links
    assert all(target.startswith(("https://", "http://", "mailto:")) for target in made_links)


# --- the structure tree ---------------------------------------------------------------------


def elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from elements(one)
    elif isinstance(node, pikepdf.Dictionary) and ("/S" in node or node.get("/Type") == "/StructTreeRoot"):
        yield node
        if "/K" in node:
            yield from elements(node.K)


def test_pictures_have_their_words(made: Sample) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        words = [str(node.get("/Alt", "")) for node in elements(pdf.Root.StructTreeRoot) if node.get("/S") == "/Figure"]
    # The data report, with its charts, comes first.
    charts = {chart.caption.alt for chart in made.issue.exhibits.charts}
    assert charts and list(made.issue.document.pictures())
    assert set(words[: len(charts)]) == charts
    assert words[len(charts) :] == list(shown(made.issue.document))
    assert all(words)


def shown(document: Document) -> Iterator[str]:
    """What is said of every picture and every author's chart, in order."""
    for item in (item for section in document.sections for item in section.items):
        yield from [item.logo.alt] if item.logo else []
        for block in item.blocks:
            if isinstance(block, Pictures):
                yield from (one.alt for one in block.pictures)
            elif isinstance(block, Drawn):
                yield block.chart.caption.alt


def test_headings_are_tagged_in_order(made: Sample) -> None:
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        levels = [int(str(node.S)[2]) for node in elements(pdf.Root.StructTreeRoot)
                  if re.fullmatch(r"/H\d", str(node.get("/S")))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


# --- completeness ---------------------------------------------------------------------------


def sentences(issue: Issue) -> Iterator[str]:
    """Each sentence that authors typed as it is to be read, in order."""
    seen: set[str] = set()
    for table, prose in issue.prose():
        key = prose.path[-1]
        if table is issue.workspace.publication_table or key == "alt" or prose.path[0] == "allow":
            continue
        for line in prose.text.split("\n"):
            bare = re.sub(r"^(#{1,6}|[-*•])\s+", "", line.strip())
            if bare.startswith("|"):
                cells = [] if re.fullmatch(r"[|\s:-]+", bare) else bare.strip("|").split("|")
            else:
                cells = re.findall(r"[^。；！？]+[。；！？]*", bare)
            for cell in cells:
                words = squeezed(plain_text(parse_inline(cell.strip())))
                if len(words) >= 12 and words not in seen:
                    seen.add(words)
                    yield words


def running_heads_removed(made: Sample) -> str:
    name = squeezed(made.issue.document.front.name)
    titles = "|".join(re.escape(squeezed(section.title)) for section in made.issue.document.sections)
    pages = pdf_text(made.data)
    bare = []
    for number, text in enumerate(pages, start=1):
        head = re.compile(rf"{number}?{re.escape(name)}(?:{titles}){number}?")
        bare.append(text if number == 1 else head.sub("", text, count=1))
    return "".join(bare)


def test_every_sentence_is_printed_once(made: Sample) -> None:
    text = running_heads_removed(made)
    # Titles stand in the contents and, some, in the list of sections as well.
    twice = {squeezed(item.title or "") for section in made.issue.document.sections for item in section.items}
    wanted = list(sentences(made.issue))
    assert len(wanted) > 60
    # Of a member's role the association's own name is left out.
    organiser = made.issue.document.front.organiser
    missing = [one for one in wanted if one not in text and one.removeprefix(organiser) not in text]
    assert missing == []
    assert [one for one in wanted if text.count(one) != 1 and one not in twice and not one.startswith(organiser)] == []


def test_paragraphs_come_in_order(made: Sample) -> None:
    text, at = running_heads_removed(made), 0
    for section in made.issue.document.sections:
        for item in section.items:
            for block in item.blocks:
                inlines = getattr(block, "inlines", None)
                words = squeezed(plain_text(inlines)) if inlines else ""
                if len(words) >= 12:
                    found = text.find(words[:60], at)
                    assert found >= at, words[:40]
                    at = found + 1


def test_the_report_is_printed_whole(made: Sample) -> None:
    assert made.issue.report_text is not None
    text = running_heads_removed(made)
    for paragraph in made.issue.report_text.paragraphs:
        assert text.count(squeezed(paragraph)) == 1


# --- drafts ---------------------------------------------------------------------------------


def test_drafts_are_marked_on_every_page(made: Sample) -> None:
    draft = sample(made.issue.name, draft=True)
    pages = pdf_text(draft.data)
    assert len(pages) == len(pdf_text(made.data))
    assert [number for number, text in enumerate(pages) if "校样" not in text] == []
    assert not any("校样" in text for text in pdf_text(made.data))


# --- fonts ----------------------------------------------------------------------------------


@cache
def ours() -> frozenset[str]:
    names = set()
    for font in load_manifest().fonts:
        with TTFont(fonts_folder() / font.name, lazy=True) as file:
            names.add(file["name"].getDebugName(6))
    return frozenset(names)


def test_fonts_are_ours(made: Sample) -> None:
    assert fonts_of(made.data)
    assert fonts_of(made.data) <= ours()


def test_a_decoy_font_is_not_taken(tmp_path: Path) -> None:
    """A font of the user's that bears our family's name and has every character."""
    text = (ISSUES / "2022-08" / "issue.toml").read_text("utf-8")
    characters = "".join(sorted({*text, "大", "a"} - {"\n"}))
    hostile.build_font(tmp_path / "home" / ".fonts" / "decoy.ttf", "Bulletin Song", characters)
    hostile.build_font(tmp_path / "data" / "fonts" / "decoy.ttf", "Bulletin Song", characters)
    variables = environment(HOME=str(tmp_path / "home"), XDG_DATA_HOME=str(tmp_path / "data"))
    for name in ("XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"):
        variables.pop(name, None)
    target = tmp_path / "out.pdf"
    done = press("-w", ISSUES, "render", "2022-08", "-o", target, env=variables)
    assert done.returncode == 0, done.stderr
    assert fonts_of(target.read_bytes()) <= ours()
    # WeasyPrint as it comes takes it.
    program = ("import sys, weasyprint\n"
               "html = '<p style=\"font-family: Bulletin Song\">大a'\n"
               "weasyprint.HTML(string=html).write_pdf(sys.argv[1])")
    done = python("-c", program, target, env=variables)
    assert done.returncode == 0, done.stderr
    assert fonts_of(target.read_bytes()) == {"Decoy"}


# --- nothing off the page -------------------------------------------------------------------


def characters(data: bytes) -> Iterator[tuple[int, str, tuple[float, float, float, float], tuple[float, float]]]:
    """Page, character, its box (left, bottom, right, top) and the page's size, pt."""
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document):
        size, text = page.get_size(), page.get_textpage()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text.raw, index)
            if code > 0x20 and not raw.FPDFText_IsGenerated(text.raw, index):
                box = text.get_charbox(index)
                yield number, chr(code), box, size
        text.close()
        page.close()
    document.close()


def test_no_character_is_off_the_page(made: Sample) -> None:
    count = 0
    for number, char, (left, bottom, right, top), (width, height) in characters(made.data):
        count += 1
        assert left >= 0, (number, char)
        assert bottom >= 0, (number, char)
        assert right <= width, (number, char)
        assert top <= height, (number, char)
    assert count > 4_000


def test_no_line_of_the_body_ends_right_of_the_text_area(made: Sample) -> None:
    """Ink, but for a mark that may hang, stays within the measure of 396 pt that starts at 140 pt."""
    beyond = [(number, char, round(right, 1)) for number, char, (_, _, right, _), _ in characters(made.data)
              if right > 536 + 0.5 and char not in "，。、；：”’）》」』！？…—"]
    assert [one for one in beyond if "\u4e00" <= one[1] <= "\u9fff" or one[1].isascii()] == []


def test_nothing_is_logged(made: Sample) -> None:
    """No box for a character, no unknown property, nothing refused."""
    assert made.edition.pages.logged == []
    assert made.edition.assets.refused == []


# --- rare characters ------------------------------------------------------------------------


def rare(count: int) -> list[str]:
    """Characters that no font of ours has, from many blocks."""
    blocks = (range(0x20000, 0x2A6E0, 397), range(0x2A700, 0x2EBE0, 499), range(0x30000, 0x3134B, 331),
              range(0x1F300, 0x1F600, 29), range(0x10900, 0x10A00, 17), range(0x13000, 0x13400, 61),
              range(0xAC00, 0xD7A0, 997), range(0x0E01, 0x0E2F, 7), range(0x0600, 0x0640, 11),
              range(0xE000, 0xF000, 211), range(0x1200, 0x1250, 9), range(0x01, 0x08, 3), range(0x80, 0x9F, 9))
    families = [font.family for font in load_manifest().fonts]
    found = [chr(code) for block in blocks for code in block if not load_manifest().covers(families, chr(code))]
    assert len(found) >= count
    return found[:: len(found) // count][:count]


def test_planted_rare_characters_are_all_named(tmp_path: Path) -> None:
    chars, lines = rare(100), []
    places: list[tuple[str, int, int, str]] = []

    def plant(before: str, after: str, *, file: str = "2022-08/issue.toml") -> None:
        """Add a line with the next character, escaped or not, and note where it stands."""
        char = chars[len(places) % len(chars)]
        control = ord(char) < 32 or 0x7F <= ord(char) < 0xA0
        places.append((file, len(lines) + 1, len(before) + 1, char))
        lines.append(before + (f"\\u{ord(char):04x}" if control else char) + after)

    lines += ["[issue]", "number = 1", "date = 2022-08-26"]
    plant('label = "第一期', '"')
    lines += ["[report]", 'period = "2022-05"', "[report.executed]", "total = [100, 5]", "markets = ["]
    for value in (50, 40, 30):
        plant('  ["', f'国", {value}],')
    lines.append("]")
    while len(places) < 90:
        kind = "news" if len(places) % 2 else "policy"
        lines.append(f"[[{kind}]]")
        for key in ("title", "source", "author", "more", "caption"):
            plant(f'{key} = "甲乙', '丙"')
        lines.append('image = "images/a.png"')
        lines.append('body = """')
        plant("段落里的", "字。")
        lines.append("")
        plant("- 列表里的", "字")
        lines.append("")
        plant("### 小标题", "字")
        lines += ["", "| 表头 | 表头 |", "| --- | --- |"]
        plant("| 表格", " | 格 |")
        lines.append('"""')
    lines.append("[[member]]")
    for key in ("name", "role", "contact", "intro"):
        plant(f'{key} = "会员', '"')
    lines.append("[[event]]")
    plant('title = "动态', '"')
    plant('body = "**动态', '**"')
    lines.append("[tip]")
    for key in ("term", "body"):
        plant(f'{key} = "贴士', '"')
    while len(places) < 100:
        lines.append("[[event]]")
        plant('body = "[链接', '](https://www.gov.cn)"')
    workspace = make_workspace(tmp_path, "\n".join(lines) + "\n")
    from PIL import Image

    Image.new("RGB", (40, 30)).save(tmp_path / "2022-08" / "images" / "a.png")
    from bulletin_press.pipeline import render

    rendered = render(workspace, workspace.issue_path(None), output=tmp_path / "out.pdf")
    named = {(found.span.file, found.span.line, found.span.column)
             for found in rendered.checked.findings if found.rule == "missing-glyph"}
    assert len(places) >= 100
    assert [place for place in places if place[:3] not in named] == []
    assert rendered.outputs == ()
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize(("file", "issue", "publication", "members"), [
    ("publication.toml", None, {"sections": {"titles": {"news": "资讯𪛖"}}}, None),
    ("publication.toml", None, {"publication": {"name": "刊", "organiser": "会", "email": "𪛖@x.cn"}}, None),
    ("publication.toml", None, {"publication": {"name": "刊𪛖", "organiser": "会"}}, None),
    ("2022-08/issue.toml", {"member": [{"name": "甲", "website": "https://𪛖.cn"}]}, None, None),
    ("members.toml", {"member": [{"ref": "m"}]}, None, {"m": {"name": "甲", "website": "www.𪛖.cn"}}),
    ("members.toml", {"member": [{"ref": "m"}]}, None, {"m": {"name": "甲𪛖"}}),
])
def test_a_rare_character_anywhere_is_named(tmp_path: Path, file: str, issue: Any, publication: Any,
                                            members: Any) -> None:
    from bulletin_press.pipeline import render

    workspace = make_workspace(tmp_path, {**ISSUE, **(issue or {})}, {**PUBLICATION, **(publication or {})}, members)
    rendered = render(workspace, workspace.issue_path(None), output=tmp_path / "out.pdf")
    assert [(found.span.file, found.marked) for found in rendered.checked.findings
            if found.rule == "missing-glyph"] == [(file, "𪛖")]
    assert rendered.outputs == ()


def test_a_box_that_no_rule_foresaw_is_refused(tmp_path: Path) -> None:
    """A template's own character: read by no rule, seen by WeasyPrint."""
    from bulletin_press.ground.diagnostics import PressError

    for draft in (False, True):
        edition = open_edition(read(make_workspace(tmp_path)), draft=draft, fits=False)
        edition.__dict__["html"] = edition.html.replace("本期导读", "本期𪛖读")
        if draft:
            assert write_pdf(edition)
            assert any(".notdef" in line for line in edition.pages.logged)
        else:
            with pytest.raises(PressError, match=r"U\+2A6D6"):
                write_pdf(edition)


def test_controls_are_boxes_and_named() -> None:
    """What Fontconfig calls blank and Pango draws: each was checked on a page."""
    for char in ("\x01", "\x1b", "\x7f", "\x85", "\u2028", "\u115f", "\u3164"):
        assert not load_manifest().covers(["Bulletin Song"], char)
