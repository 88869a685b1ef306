"""Outlets that flow: every word is there, nothing is fetched, each platform's limits are kept."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rendering import ISSUES, SAMPLES
from workspaces import HEAD, THEMES, TODAY, png, write

from bulletin_press.document.tree import (
    BulletList,
    Entry,
    Grid,
    Item,
    Paragraph,
    Subheading,
    text_nodes,
)
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers import mail, outlet_of, text, web, wechat
from bulletin_press.writers.flow.heads import heading_characters, heading_face
from bulletin_press.writers.flow.palette import contrast, palette_of
from bulletin_press.writers.flow.words import chunks

FLOWING = ("web", "wechat", "mail", "text")
VOID = frozenset({"meta", "link", "img", "br", "wbr", "input", "hr"})
HOSTILE = '<script>alert("x")</script>&amp;'


class Page(HTMLParser):
    """What a page says and asks for: its text, its elements with their attributes; badly nested ones are faults."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.elements, self.faults = list[str](), list[tuple[str, dict[str, str]]](), list[str]()
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"never closed: {tag}" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"closes {tag} at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return squeezed("".join(self.words))

    def every(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


def squeezed(words: str) -> str:
    return "".join(words.split())


def edition(name: str, theme: str | None = None, *, draft: bool = False) -> Edition:
    return open_edition(read_issue(Workspace(ISSUES, TODAY, ISSUES), ISSUES / name / "issue.toml"), theme, draft=draft)


def small(root: Path, body: str, more: str = "", publication: str = "") -> Edition:
    workspace = write(root, {"2022-08/issue.toml": HEAD + body + more} | (
        {"publication.toml": publication} if publication else {}))
    return open_edition(read_issue(workspace, root / "2022-08/issue.toml"))


def pages(one: Edition) -> Iterator[tuple[str, str]]:
    """The HTML of each flowing outlet that has one."""
    files = web.write_web(one)
    yield "web", files["index.html"].decode("utf-8")
    yield "fragment", files["fragment.html"].decode("utf-8")
    yield "wechat", wechat.write_wechat(one)["article.html"].decode("utf-8")
    yield "mail", mail.mail_page(one)


def said(item: Item) -> Iterator[str]:
    """Every run of text of an item's blocks."""
    for block in item.blocks:
        for one in block.blocks if isinstance(block, Entry) else (block,):
            match one:
                case Paragraph() | Subheading():
                    yield from (node.text for node in text_nodes(one.inlines))
                case BulletList():
                    yield from (node.text for entry in one.entries for node in text_nodes(entry))
                case Grid():
                    yield from (node.text for row in (one.head, *one.rows) for cell in row for node in text_nodes(cell))


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Edition:
    return edition(request.param)


# --- every outlet ---------------------------------------------------------------------------


def test_every_word_is_there(sample: Edition) -> None:
    document = sample.issue.document
    texts = {name: Page(html).text for name, html in pages(sample)} | {
        "text": squeezed(text.write_text(sample).decode("utf-8"))}
    for section in document.sections:
        for item in section.items:
            websites = {node.text for one in item.blocks if isinstance(one, Entry) and one.label == "网址"
                        for block in one.blocks if isinstance(block, Paragraph) for node in text_nodes(block.inlines)}
            for words in said(item):
                if words in websites or (section.kind == "member" and words.startswith(document.front.organiser)):
                    continue  # set otherwise: the role without the association's name, the address without its scheme
                for name, found in texts.items():
                    assert squeezed(words) in found, (name, words)
            if item.title:
                assert all(squeezed(item.title) in found for found in texts.values()), item.title
        assert all(squeezed(section.title) in found for found in texts.values())
    for _, value in document.colophon:
        assert all(squeezed(value) in found for found in texts.values()), value


def test_the_same_twice(sample: Edition) -> None:
    again = edition(sample.issue.name)
    for name in FLOWING:
        outlet = outlet_of(name)
        first, second = outlet.files(sample, {}), outlet.files(again, {})
        assert first == second, name


def test_pages_are_well_formed_and_fetch_nothing(sample: Edition) -> None:
    files = web.write_web(sample)
    for name, html in pages(sample):
        page = Page(html)
        assert not page.faults, name
        for picture in page.every("img"):
            assert picture.get("alt") is not None, (name, picture)
            assert not re.match(r"[a-z]+:", picture["src"]), (name, picture["src"])
        assert not [one for one in page.every("script") if name != "wechat"], name
    page = Page(files["index.html"].decode("utf-8"))
    asked = {one["src"] for one in page.every("img")} | {one["href"] for one in page.every("link")}
    asked |= set(re.findall(r'url\("?([^)"]+)', files["style.css"].decode("utf-8")))
    assert asked == files.keys() - {"index.html", "fragment.html"}
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(anchors) == len(set(anchors))
    for link in page.every("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in anchors, link


def test_what_authors_type_is_text(tmp_path: Path) -> None:
    title = HOSTILE.replace('"', "'")
    body = f"[[news]]\ntitle = \"{title}\"\nsource = \"{title}\"\nbody = '''甲 < 乙 & {{{{ 7*7 }}}}'''\n"
    one = small(tmp_path, body)
    for name, html in pages(one):
        page = Page(html)
        assert squeezed(title) in page.text, name
        assert "甲<乙&{{7*7}}" in page.text, name
        assert not page.every("script"), name


def test_a_draft_says_so(tmp_path: Path) -> None:
    for draft in (False, True):
        one = edition("2022-07", draft=draft)
        for name in FLOWING:
            outlet, target = outlet_of(name), tmp_path / f"{name}-{draft}"
            made = outlet.files(one, {})
            for path, data in (made.items() if isinstance(made, Mapping) else [("", made)]):
                place = target / path if path else target
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            assert outlet.is_draft(target) is draft, name


def test_a_missing_picture_is_told_and_nothing_fails(tmp_path: Path) -> None:
    body = '[[news]]\ntitle = "甲"\nbody = "乙"\nimages = [{ file = "无.png", caption = "图说" }]\n'
    one = small(tmp_path, body)
    for name, html in pages(one):
        assert not Page(html).every("img"), name
        assert "图说" in Page(html).text, name


def test_an_issue_without_a_report_or_anything_but_a_line(tmp_path: Path) -> None:
    one = small(tmp_path, '[[event]]\nbody = "协会召开会议。"\n')
    for name, html in pages(one):
        assert "协会召开会议。" in Page(html).text and not Page(html).faults, name
    assert "协会召开会议。" in text.write_text(one).decode("utf-8")


# --- colours --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
def test_text_reads_in_both_schemes(theme: str) -> None:
    palette = palette_of(edition("2022-08", theme).theme)
    assert palette.light.keys() == palette.dark.keys()
    for of in (palette.light, palette.dark):
        for name in ("accent", "ink", "quiet", "rise"):
            for paper in ("paper", "tint"):
                assert contrast(of[name], of[paper]) >= 4.5, (theme, name, paper, of[name], of[paper])
        assert contrast(of["onaccent"], of["accent"]) >= 4.5
        assert contrast(of["bar"], of["paper"]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("accent", [None, "#9B1C1C", "#1F3A93", "#1F5B3A"])
def test_a_fall_reads_and_is_never_taken_for_a_rise(tmp_path: Path, theme: str, accent: str | None) -> None:
    options = f'[theme]\naccent = "{accent}"\n' if accent else ""
    one = small(tmp_path, '[[event]]\nbody = "甲。"\n', publication=(
        f'[publication]\nname = "刊"\norganiser = "会"\ntheme = "{theme}"\n{options}'))
    palette = palette_of(one.theme)
    for of in (palette.light, palette.dark):
        assert min(contrast(of["fall"], of[paper]) for paper in ("paper", "tint")) >= 4.5
        red, green, blue = (int(of["fall"][at : at + 2], 16) for at in (1, 3, 5))
        # ▼ in a red is ▲ to whoever sees the colour first.
        assert red <= max(green, blue) + 40, of["fall"]
        assert of["fall"] != of["rise"] and of["fall"] in (of["accent"], of["ink"])
    # Drawings are made in the light set: what they draw ▼ with must have a rule that swaps it.
    assert f'svg [fill="{palette.light["fall"]}"]' in palette.swapped()


@pytest.mark.parametrize("accent", ["#000000", "#7A0C0C", "#2E8B57", "#C00000", "#1F3A93", "#5B4B00"])
def test_any_accent_that_a_publication_may_choose_reads(tmp_path: Path, accent: str) -> None:
    one = small(tmp_path, '[[event]]\nbody = "甲。"\n', publication=(
        f'[publication]\nname = "刊"\norganiser = "会"\n[theme]\naccent = "{accent}"\n'))
    palette = palette_of(one.theme)
    for of in (palette.light, palette.dark):
        assert min(contrast(of[name], of["tint"]) for name in ("accent", "ink", "quiet", "rise")) >= 4.5


# --- the web --------------------------------------------------------------------------------


def test_the_headings_face_has_their_characters_and_little_else() -> None:
    one = edition("2022-08")
    files = web.write_web(one)
    from fontTools.ttLib import TTFont

    page = files["index.html"].decode("utf-8")
    name = next(name for name in files if name.endswith(".woff2"))
    assert len(files[name]) < 80_000

    cut = TTFont(io.BytesIO(files[name])).getBestCmap()
    wanted = {ord(char) for char in heading_characters(page)}
    assert len(wanted) > 50
    missing = wanted - cut.keys()
    assert not {chr(code) for code in missing if code > 0x2000}, missing
    assert heading_face("甲乙") == heading_face("乙甲甲")


@pytest.mark.parametrize(("title", "parts"), [
    ("2022年上半年我国服务进出口同比增长21.6%", None), ("《数字中国发展报告（2021年）》发布", None), ("A", ("A",)),
    ("", ())])
def test_titles_in_pieces(title: str, parts: tuple[str, ...] | None) -> None:
    found = chunks(title)
    assert "".join(found) == title
    assert parts is None or found == parts
    for piece in found:
        assert piece[0] not in "）》”，。、；：！？%" and piece[-1] not in "（《“", found


# --- WeChat ---------------------------------------------------------------------------------

KEPT_TAGS = frozenset({"section", "p", "span", "strong", "sup", "br", "img", "table", "tbody", "tr", "td"})
KEPT_ATTRIBUTES = frozenset({"style", "src", "alt", "width", "cellpadding", "cellspacing"})
DROPPED = re.compile(r"(?:^|;)\s*(?:position|transform|animation|float|grid|--)|url\(|var\(|display:\s*(?:grid|flex)")


def test_the_editor_drops_nothing(sample: Edition) -> None:
    page = Page(wechat.write_wechat(sample)["article.html"].decode("utf-8"))
    assert {tag for tag, _ in page.elements} <= KEPT_TAGS
    for _, attributes in page.elements:
        assert attributes.keys() <= KEPT_ATTRIBUTES
        assert not DROPPED.search(attributes.get("style", ""))


def test_pictures_and_covers(sample: Edition) -> None:
    from PIL import Image

    files = wechat.write_wechat(sample)
    page = Page(files["article.html"].decode("utf-8"))
    assert {one["src"] for one in page.every("img")} | {"images/cover-235.png", "images/cover-square.png"} == {
        name for name in files if name.startswith("images/")}
    sizes = {name: Image.open(io.BytesIO(files[name])).size for name in files if name.startswith("images/c")}
    assert sizes["images/cover-235.png"] == (900, 383) and sizes["images/cover-square.png"] == (500, 500)
    assert all(size[0] == 1035 for name, size in sizes.items() if "chart" in name)


def test_links_are_numbered_notes(tmp_path: Path) -> None:
    one = small(tmp_path, "[[news]]\ntitle = \"甲\"\nbody = '''见[公告](https://a.example/1)、[通知](https://a.example/2)"
                "，再见[公告](https://a.example/1)。'''\n")
    page = Page(wechat.write_wechat(one)["article.html"].decode("utf-8"))
    assert "见公告[1]、通知[2]，再见公告[1]。" in page.text
    assert "[1]公告：https://a.example/1[2]通知：https://a.example/2" in page.text


def test_a_section_that_is_too_long_is_parted_between_items_and_paragraphs(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [f"第{number}段。" + "很长的一段话，" * 40 for number in range(1, 9)]
    bodies = ("短。", "\n\n".join(paragraphs), "完。")
    one = small(tmp_path, "".join(f"[[news]]\ntitle = \"标题{at}\"\nsource = \"来源\"\nbody = '''\n{body}\n'''\n"
                                  for at, body in enumerate(bodies)))
    monkeypatch.setattr(wechat, "MOST_CHARACTERS", 1_000)
    files = wechat.write_wechat(one)
    parts = [Page(files[name].decode("utf-8")).text for name in sorted(files) if name.startswith("article-")]
    whole = "".join(parts)
    assert len(parts) > 2 and all(len(squeezed(part)) <= 1_000 for part in parts)
    # Nothing is lost and nothing comes twice; every part has its section's heading once; what goes on says so.
    assert [whole.count(paragraph) for paragraph in paragraphs] == [1] * 8
    assert all(part.count("行业资讯") == 1 for part in parts)
    assert whole.count("标题1（续）") == sum("标题1" in part for part in parts) - 1
    assert whole.index("短。") < whole.index("第1段") < whole.index("第8段") < whole.index("完。")


def test_what_is_too_long_is_parted_between_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    one = edition("2022-08")
    monkeypatch.setattr(wechat, "MOST_CHARACTERS", 2_500)
    files = wechat.write_wechat(one)
    parts = sorted(name for name in files if name.startswith("article-"))
    assert len(parts) > 1
    whole = "".join(Page(files[name].decode("utf-8")).text for name in parts)
    assert all(squeezed(section.title) in whole for section in one.issue.document.sections)
    assert all(f"（{number}/{len(parts)}）" in files[name].decode("utf-8") for number, name in enumerate(parts, 1))
    monkeypatch.setattr(wechat, "MOST_CHARACTERS", 300)
    with pytest.raises(PressError, match="就超过"):
        wechat.write_wechat(one)


def test_title_and_digest_keep_to_the_limits(sample: Edition, tmp_path: Path) -> None:
    long = small(tmp_path, f'[[news]]\ntitle = "{"很长的标题" * 20}"\nbody = "甲。"\n')
    for one in (sample, long):
        page = Page(wechat.write_wechat(one)["index.html"].decode("utf-8"))
        assert 0 < len(page.every("input")[0]["value"]) <= wechat.MOST_TITLE


# --- a piece for another website's editor ---------------------------------------------------


def test_a_fragment_is_of_what_every_editor_keeps(sample: Edition) -> None:
    page = Page(web.write_web(sample)["fragment.html"].decode("utf-8"))
    kept = {"h2", "h3", "h4", "p", "ul", "li", "strong", "em", "a", "sup", "br", "img", "figure", "figcaption", "table",
            "thead", "tbody", "tr", "th", "td", "blockquote"}
    assert {tag for tag, _ in page.elements} <= kept
    assert {name for _, attributes in page.elements for name in attributes} <= {"href", "src", "alt", "style", "scope"}
    table = sample.issue.document.exhibits
    if table and table.table:
        assert all(cell.value in page.text for row in table.table.rows for cell in row.cells if cell)


def test_with_a_site_a_fragments_pictures_are_there(tmp_path: Path) -> None:
    (tmp_path / "2022-08").mkdir()
    (tmp_path / "2022-08" / "a.png").write_bytes(png(40, 30))
    body = f'[[news]]\ntitle = "甲"\nimage = "a.png"\nbody = """{HOSTILE}"""\n'
    publication = '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "https://a.example/b"\n'
    files = web.write_web(small(tmp_path, body, publication=publication))
    page = Page(files["fragment.html"].decode("utf-8"))
    assert [one["src"] for one in page.every("img")] == ["https://a.example/b/2022-08/images/a.png"]
    assert "images/a.png" in files and not page.every("script")


# --- mail -----------------------------------------------------------------------------------


def message(one: Edition) -> email.message.EmailMessage:
    found = email.message_from_bytes(mail.write_mail(one), policy=email.policy.default)
    assert isinstance(found, email.message.EmailMessage)
    return found


def test_a_message_that_programs_open(sample: Edition) -> None:
    found = message(sample)
    assert not found.defects and not any(part.defects for part in found.walk())
    front = sample.issue.document.front
    assert found["Subject"] == f"{front.name} {front.year}{front.number}"
    html, plain = found.get_body(("html",)), found.get_body(("plain",))
    assert html is not None and plain is not None
    assert plain.get_content().replace("\r\n", "\n") == text.write_text(sample).decode("utf-8")
    assert len(html.get_content().encode()) < mail.MOST_BYTES
    page = Page(html.get_content())
    assert not page.every("img") and not page.every("script")
    # Without its style sheet it must read as well: every coloured text says its colour itself.
    assert all("style" in attributes for tag, attributes in page.elements if tag in ("p", "h1", "h2", "h3"))


@pytest.mark.parametrize(("name", "size"), [("刊", 52), ("大连数字贸易", 52), ("数字贸易" * 15, 26)])
def test_a_name_is_large_enough_in_a_message(tmp_path: Path, name: str, size: int) -> None:
    one = small(tmp_path, '[[event]]\nbody = "甲。"\n', publication=(
        f'[publication]\nname = "{name}"\norganiser = "会"\n'))
    assert [f"font-size:{size}px" in head["style"] for head in Page(mail.mail_page(one)).every("h1")] == [True]


def test_with_a_site_it_is_a_digest_that_leads_there(tmp_path: Path) -> None:
    body = '[[news]]\ntitle = "甲"\nbody = """首段。\n\n次段。"""\n'
    publication = '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "https://a.example/b"\n'
    whole, digest = small(tmp_path / "1", body), small(tmp_path / "2", body, publication=publication)
    assert "次段。" in Page(mail.mail_page(whole)).text
    page = Page(mail.mail_page(digest))
    assert "首段。" in page.text and "次段。" not in page.text
    links = [one["href"] for one in page.every("a")]
    assert links and all(link.startswith("https://a.example/b/2022-08/") for link in links)


@pytest.mark.parametrize(("kind", "field"), [
    ('[[news]]\ntitle = "甲"', "body"), ('[[event]]\ntitle = "甲"', "body"), ('[[event]]', "body"),
    ('[tip]\nterm = "甲"', "body"), ('[[member]]\nname = "甲"', "intro")])
def test_a_digest_says_the_notes_that_it_calls_and_no_others(tmp_path: Path, kind: str, field: str) -> None:
    body = f'{kind}\n{field} = """\n**首段[^a]**。\n\n次段[^b]。\n\n[^a]: 首注。\n\n[^b]: 次注。\n"""\n'
    digest = small(tmp_path, body, publication=(
        '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "https://a.example/b"\n'))
    words = Page(mail.mail_page(digest)).text
    # Each number stands where it is called and before its note, or not at all.
    assert [words.count(f"〔{number}〕") for number in (1, 2)] in ([2, 0], [2, 2])
    assert "首注。" in words and ("次注。" in words) == ("次段" in words)


def test_a_digest_of_a_list_alone_takes_no_note_for_its_paragraph(tmp_path: Path) -> None:
    body = '[[news]]\ntitle = "甲"\nbody = """\n- 项[^a]\n- 项\n\n[^a]: 注。\n"""\n'
    digest = small(tmp_path, body, publication=(
        '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "https://a.example/b"\n'))
    assert "〔" not in Page(mail.mail_page(digest)).text


def test_a_message_too_long_is_refused_with_what_to_do(tmp_path: Path) -> None:
    one = small(tmp_path, f'[[news]]\ntitle = "甲"\nbody = "{"很长。" * 20_000}"\n')
    with pytest.raises(PressError, match=r"\[site\] address"):
        mail.write_mail(one)


def test_a_site_without_a_scheme_is_refused(tmp_path: Path) -> None:
    from bulletin_press.ground.diagnostics import InputFault

    with pytest.raises(InputFault) as caught:
        small(tmp_path, '[[event]]\nbody = "甲"\n', publication=(
            '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "www.a.example"\n'))
    assert "网站的地址要写全" in str([one.message for one in caught.value.findings])


# --- text -----------------------------------------------------------------------------------


def test_tables_stand_in_columns() -> None:
    lines = text.write_text(edition("2022-08")).decode("utf-8").split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("指标"))
    from bulletin_press.writers.text import _width

    rows = [line for line in lines[at : at + 10] if line.rstrip().endswith(("%", "—", "同比"))]
    assert len(rows) >= 9 and len({_width(row) for row in rows}) == 1


def test_links_are_read_out(tmp_path: Path) -> None:
    one = small(tmp_path, "[[news]]\ntitle = \"甲\"\nbody = '''见[公告](https://a.example/1)。'''\n")
    assert "见公告（https://a.example/1）。" in text.write_text(one).decode("utf-8")


