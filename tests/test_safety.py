"""Attacks: hostile fetches, injection, pictures, bombs. Each is tried for real."""

from __future__ import annotations

import html.parser
import io
import json
import os
import random
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import hostile
import pikepdf
import pytest
from PIL import Image, ImageFile
from rendering import (
    ISSUE,
    PUBLICATION,
    TESTS,
    as_toml,
    chunks,
    links,
    make_workspace,
    pdf_text,
    press,
    python,
    read,
)

from bulletin_press.document.markup import parse_body
from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.pictures import PictureFault, load_picture
from bulletin_press.pictures.jpeg import bare_jpeg
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf

# --- fetches --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bait")
    hostile.lay_bait(folder)
    return folder


@pytest.fixture(scope="module")
def fetches(bait: Path) -> dict[str, Any]:
    done = python(TESTS / "hostile.py", bait)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_the_attacks_work_on_weasyprint_as_it_comes(fetches: dict[str, Any]) -> None:
    theirs = [outcome["theirs"] for outcome in fetches.values()]
    assert len(theirs) >= 150
    assert sum(bool(one["opened"]) for one in theirs) >= 60
    assert sum(bool(one["connected"]) for one in theirs) >= 40
    assert sum(bool(one["leaked"]) for one in theirs) >= 50


@pytest.mark.parametrize("trace", ["opened", "connected", "leaked"])
def test_no_attack_reaches_anything(fetches: dict[str, Any], trace: str) -> None:
    assert {name: one["ours"][trace] for name, one in fetches.items() if one["ours"][trace]} == {}


def test_every_attack_that_works_is_remembered(fetches: dict[str, Any]) -> None:
    worked = {name: one["ours"]["refused"] for name, one in fetches.items()
              if one["theirs"]["opened"] or one["theirs"]["connected"]}
    assert len(worked) >= 120
    assert [name for name, refused in worked.items() if not refused] == []


@pytest.mark.parametrize("css", [
    "p { background: url(file:///etc/hostname) }", "p { background: url(logo.png) }",
    '@import "http://127.0.0.1:9/x.css";', "@color-profile device-cmyk { src: url(file:///x.icc) }"])
def test_a_theme_that_fetches_is_refused(tmp_path: Path, css: str) -> None:
    edition = open_edition(read(make_workspace(tmp_path)), fits=False)
    page = edition.html.replace("</style>", css + "</style>", 1)
    if css.startswith("@import"):
        page = edition.html.replace("<style>", f"<style>{css}</style><style>", 1)
    edition.__dict__["html"] = page  # where cached_property keeps it
    with pytest.raises(PressError, match="不在允许之列"):
        write_pdf(edition)


# --- what authors type ----------------------------------------------------------------------

def as_typed(text: str) -> str:
    """A text as a body spells it in which tags and entities are to be printed, not read."""
    return re.sub(r"(?=[<&])", r"\\", text)


LINES = ("title", "source", "author", "more", "caption", "alt")
MASTHEAD = ("name", "subtitle", "organiser", "editor", "address", "phone", "email", "website", "permit",
            "recipients", "printer", "print_run")


def picture(folder: Path) -> None:
    Image.new("RGB", (40, 30), "blue").save(folder / "2022-08" / "images" / "a.png")


def filled(folder: Path, texts: list[str], single: str) -> Workspace:
    """A workspace with every free text field filled; the sections deal the texts out among them."""
    def share(number: int) -> list[str]:
        return texts[number::4] or texts[:1]

    articles = [{**dict.fromkeys(LINES, text), "image": "images/a.png", "body": as_typed(text)}
            for text in [*share(0), *share(1)]]
    body = as_typed(texts[0])
    cell = body.replace("|", " ")
    articles[0]["body"] += f"\n\n- {body}\n\n### {body}\n\n| {cell} | 乙 |\n| --- | --- |\n| 甲 | {cell} |"
    issue = {
        "issue": {"number": 1, "date": date(2022, 8, 26), "label": single},
        "report": {"period": "2022-05"},
        "report.executed": {"total": [100, 5], "markets": [[text[:60], 90 - n] for n, text in enumerate(texts[:9])]},
        "news": articles[:len(share(0))], "policy": [
            {**one, "images": [{"file": "images/a.png", "caption": one["title"], "alt": one["title"], "width": "half"}]}
            for one in articles[len(share(0)):]],
        "member": [*({"name": text, "role": text, "contact": text, "intro": as_typed(text)} for text in share(2)),
                   {"ref": "m"}],
        "event": [{"title": text, "body": as_typed(text)} for text in share(3)],
        "tip": {"term": single, "source": single, "body": as_typed(single)},
        "allow": {"no-source": single},
    }
    publication = {
        "publication": {**dict.fromkeys(MASTHEAD, single), "profile": "internal-print"},
        "sections": {"titles": dict.fromkeys(("report", "news", "policy", "member", "event", "tip"), single)},
        "report": dict.fromkeys(("region", "short_region", "source", "unit"), single),
        "terms": {single: single},
    }
    members = {"m": {**dict.fromkeys(("name", "role", "website", "contact"), single), "intro": as_typed(single)}}
    workspace = make_workspace(folder, as_toml(issue), publication, members)
    picture(folder)
    return workspace


# What a template may reckon out for one element: lengths, and a picture's share of its row.
LENGTHS = re.compile(r"([a-z-]+: ([\d.]+(pt|%)?|calc\(\(100% - \d+ \* var\(--gutter, 12pt\)\) \* [\d.]+\));? ?)+")


class Skeleton(html.parser.HTMLParser):
    """Elements and attribute names of a page; the texts apart."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.values: list[str] = []
        self.style = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A theme may make room for long texts: by a class, by lengths, and by nothing else.
        self.parts.append((tag, *(name for name, _ in attrs if name not in ("class", "style"))))
        self.values += [value or "" for _, value in attrs]
        for name, value in attrs:
            assert name != "style" or LENGTHS.fullmatch(value or "")
            assert name != "class" or re.fullmatch(r"[a-z -]+", value or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(("/", tag))

    def handle_data(self, data: str) -> None:
        if self.parts and self.parts[-1][0] == "style":
            self.style += data
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.parts.append(("comment",))

    def handle_decl(self, decl: str) -> None:
        self.parts.append(("declaration",))


@pytest.mark.slow
def test_author_fields_reach_nothing(bait: Path, tmp_path: Path) -> None:
    attacks = [attack for _, attack in hostile.vectors(bait.as_posix())]
    texts = chunks(attacks, 230)
    filled(tmp_path, texts, texts[0])
    done = python(TESTS / "hostile.py", tmp_path, "2022-08", tmp_path / "out.pdf")
    assert done.returncode == 0, done.stderr[-2000:]
    outcome = json.loads(done.stdout)
    assert (outcome["unread"], outcome["opened"], outcome["connected"]) == ([], [], [])
    assert outcome["pages"] > 20
    data = (tmp_path / "out.pdf").read_bytes()
    assert hostile.leaks(data) == []
    # The attacks were there: their words are printed as words.
    assert "<imgsrc=" in "".join(pdf_text(data))
    assert {address.split(":")[0].lower() for _, kind, address in links(data) if kind == "uri"} <= {
        "http", "https", "mailto"}


def test_every_attack_stays_text_in_every_field(bait: Path, tmp_path: Path) -> None:
    def without_links(parts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        # How long words are tells how a table is set: a mark with no value, the press's own.
        return [tuple(name for name in part if name != "data-tight") for part in parts
                if part not in (("a", "href"), ("/", "a"))]

    for number, text in enumerate(chunks([attack for _, attack in hostile.vectors(bait.as_posix())], 450)):
        page = Skeleton(open_edition(read(filled(tmp_path / str(number), [text], text))).html)
        # What is long is set otherwise, and some of it reads as a table; the addresses themselves are linked. Nothing
        # stands on the page that harmless words of that length, or short ones, would not bring there.
        known = plain_parts(text, tmp_path / f"{number} plain") + plain_parts("甲", tmp_path / f"{number} short")
        # Of a table on a page of its own, where harmless words have none.
        turned = {("div", "id"), ("span", "data-page")}
        assert {*without_links(page.parts)} <= {*without_links(known)} | turned
        assert not any(value.startswith(("file:", "data:", "ftp:")) for value in page.values)


INJECTIONS = (
    "{{7*7}}", "{{ ''.__class__.__mro__ }}", "{% for x in range(9) %}x{% endfor %}", "{# 注 #}甲", "${7*7}",
    "#{7*7}", "<b>甲</b>", "</p><script>x</script>", "</title><h1>x</h1>", "</style><p>x", "<!甲", "-->甲",
    "]]>甲", "&lt;甲&gt;", "&amp;", "&#60;b&#62;", "\" onload=\"x", "' onload='x", "\"><img src=x>", "甲 & 乙",
    "<甲>", "*/ p { color: red } /*", "} p { color: red } {", "expression(x)", "\\3c b\\3e", "<svg/onload=x>",
    "<style>p{}</style>", "<base href=x>", "甲<", "<![CDATA[甲]]>", "<?xml version='1.0'?>", "%3Cb%3E", "`甲`",
)


def harmless(text: str) -> str:
    """As long, and nothing that HTML, CSS or Jinja reads: what is short stands otherwise on a page."""
    return re.sub(r"[<>&\"'{}%#:;]", "x", text)


def plain_parts(text: str, folder: Path) -> list[tuple[str, ...]]:
    workspace = filled(folder, [harmless(text)], harmless(text))
    return Skeleton(open_edition(read(workspace)).html).parts


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_stays_text_in_every_field(text: str, tmp_path: Path) -> None:
    page = Skeleton(open_edition(read(filled(tmp_path / "typed", [text], text))).html)
    assert page.parts == plain_parts(text, tmp_path / "plain")
    typed = "".join(node.text for block in parse_body(as_typed(text), ()) for node in block.inlines)  # type: ignore[union-attr]
    shown = page.texts + page.values
    # Title, body, table, list, member, event, tip, masthead, colophon; alt, meta and labels.
    assert sum(text.strip() in one or typed in one for one in page.texts) >= 25
    assert sum(text in one for one in page.values) >= 6, shown
    assert "color: red" not in page.style


def test_without_escaping_the_injections_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import bulletin_press.theme.page as page

    environment = page._environment

    def careless(*arguments: Any) -> Any:
        made = environment(*arguments)
        made.autoescape = False
        return made

    monkeypatch.setattr(page, "_environment", careless)
    broken = 0
    for number, text in enumerate(INJECTIONS):
        workspace = filled(tmp_path / str(number), [text], text)
        broken += Skeleton(open_edition(read(workspace)).html).parts != plain_parts(text, tmp_path / f"{number} plain")
    assert broken >= 10


def test_injections_are_printed(tmp_path: Path) -> None:
    workspace = filled(tmp_path, ["{{7*7}}{% x %} <b>&amp;\"'"], "{{7*7}} <b>&amp;\"'")
    data = write_pdf(open_edition(read(workspace)))
    text = "".join(pdf_text(data))
    assert text.count("{{7*7}}{%x%}<b>&amp;\"'") >= 12
    assert "{{7*7}}<b>&amp;\"'" in text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == "{{7*7}} <b>&amp;\"' 2022年{{7*7}} <b>&amp;\"'"
        assert str(pdf.docinfo.Author) == "{{7*7}} <b>&amp;\"'"
        assert "{{7*7}} &lt;b&gt;&amp;amp;" in pdf.Root.Metadata.read_bytes().decode()


@pytest.mark.parametrize(("option", "value"), [
    ("accent", value) for value in (
        "red; } body { display: none", "#1E4B57; background: url(file:///etc/passwd)", "#12", "#12345", "#GGGGGG",
        "url(x)", "var(--ink)", "</style><script>", "#1E4B57\n", "＃1E4B57", "", "rgb(0,0,0)", 5, True, ["#123456"],
        {"a": 1})] + [("acent", "#123456"), ("--accent", "#123456"), ("accent; x", "#123456")])
def test_theme_options_cannot_inject(tmp_path: Path, option: str, value: object) -> None:
    publication = {**PUBLICATION, "theme": {option: value}}
    with pytest.raises(InputFault) as caught:
        open_edition(read(make_workspace(tmp_path, publication=publication)))
    assert caught.value.findings[0].span.file == "publication.toml"


def test_a_theme_option_is_set(tmp_path: Path) -> None:
    publication = {**PUBLICATION, "theme": {"accent": "#5a1B2c"}}
    assert "--accent: #5a1B2c;" in open_edition(read(make_workspace(tmp_path, publication=publication))).html


@pytest.mark.parametrize(("where", "value"), [
    *(("url", value) for value in (
        "javascript:alert(1)", "JaVaScRiPt:x", " javascript:x", "java\tscript:x", "file:///etc/passwd",
        "data:text/html,x",
        "vbscript:x", "ftp://x.cn/", "//x.cn/", "/etc/passwd", "https://", "https:// x.cn", "https://x.cn\nhttps://y",
        "http:x", "mailto:", "mailto:x", "\\\\server\\x", "asset:picture-0", "#news-1")),
    *(("image", value) for value in (
        "../a.png", "images/../../a.png", "/etc/a.png", "~/a.png", "C:/a.png", "C:\\a.png", "images\\a.png",
        "images/a.svg", "images/a.gif", "file:///a.png", "images/a.png\nb", "a.png\u0000", "..", "\\\\server\\a.png")),
])
def test_addresses_and_paths_are_refused(tmp_path: Path, where: str, value: str) -> None:
    item = {"title": "甲", "source": "乙", "body": "丙", where: value}
    workspace = make_workspace(tmp_path, {**ISSUE, "news": [item]})
    with pytest.raises(InputFault) as caught:
        read(workspace)
    assert [found.severity for found in caught.value.findings] == ["error"]


@pytest.mark.parametrize("address", [
    "javascript:x", "JAVASCRIPT:x", "file:///etc/passwd", "data:text/html,x", "../x", "//x.cn", "&#106;avascript:x",
    "x.html", "#top", "asset:picture-0", "C:/x", "jar:https://x.cn!/", "https:/x.cn", "vbscript:x", "about:blank",
    "ftp://x.cn"])
def test_inline_links_are_dropped(tmp_path: Path, address: str) -> None:
    body = (f"甲[乙]({address})**[丙]({address})**丁\n\n- [戊]({address})\n\n"
            f"![己]({address}) <a href=\"{address}\">庚</a>")
    workspace = make_workspace(tmp_path, {**ISSUE, "news": [{"title": "甲", "source": "乙", "body": body}]})
    made = {str(node.href) for block in parse_body(body, ()) if hasattr(block, "inlines") for node in block.inlines
            if hasattr(node, "href")}
    assert all(href.startswith(("http://", "https://")) for href in made), made
    page = Skeleton(open_edition(read(workspace)).html)
    assert not any(value == address for value in page.values)


# --- pictures -------------------------------------------------------------------------------


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def noise(width: int = 120, height: int = 90, mode: str = "RGB") -> Image.Image:
    count = width * height * len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, (width, height), random.Random(1).randbytes(count))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, extra: bytes = b"", data: bytes = b"\0" * 100) -> bytes:
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + extra
            + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x112] = 6
    return encoded(Image.new("RGB", (80, 40), "red"), "JPEG", exif=exif)


BOMB = zlib.compress(b"\0" * 100_000_000)
BAD_PICTURES: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "truncated.png": (lambda: encoded(noise(), "PNG")[:-5000], "损坏"),
    "truncated.jpg": (lambda: encoded(noise(), "JPEG")[:-2000], "损坏"),
    "truncated.webp": (lambda: encoded(noise(), "WEBP")[:-2000], "损坏"),
    "head-only.jpg": (lambda: encoded(noise(), "JPEG")[:200], "损坏"),
    "bomb.png": (lambda: png(60_000, 60_000), "超过 3 亿像素"),
    "huge.png": (lambda: png(20_000, 20_000), "超过 3 亿像素"),
    "profile-bomb.png": (lambda: png(9, 9, chunk(b"iCCP", b"a\0\0" + BOMB)), "损坏"),
    "text-bomb.png": (lambda: png(9, 9, chunk(b"zTXt", b"a\0\0" + BOMB)), "损坏"),
    "gif.png": (lambda: encoded(noise(), "GIF"), "GIF 图片（名字却是 .png）"),
    "bmp.png": (lambda: encoded(noise(), "BMP"), "BMP 图片（名字却是 .png）"),
    "tiff.jpg": (lambda: encoded(noise(), "TIFF"), "TIFF 图片"),
    "svg.png": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///x"/></svg>', "SVG 矢量图"),
    "pdf.jpg": (lambda: b"%PDF-1.7\n", "PDF 文件（名字却是 .jpg）"),
    "postscript.png": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "EPS 文件"),
    "empty.png": (lambda: b"", "损坏"),
    "nul.png": (lambda: b"\0" * 4096, "损坏"),
}


@pytest.mark.parametrize("name", BAD_PICTURES)
def test_bad_pictures_are_refused(tmp_path: Path, name: str) -> None:
    made, words = BAD_PICTURES[name]
    (tmp_path / name).write_bytes(made())
    with pytest.raises(PictureFault, match=words):
        load_picture(tmp_path / name, tmp_path)


def test_a_file_of_too_many_bytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(noise(), "PNG"))
    os.truncate(tmp_path / "a.png", 250_000_001)
    with pytest.raises(PictureFault, match="250 MB"):
        load_picture(tmp_path / "a.png", tmp_path)


def test_truncated_pictures_pass_as_weasyprint_leaves_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    for name in ("truncated.png", "truncated.jpg"):
        Image.open(io.BytesIO(BAD_PICTURES[name][0]())).load()


def test_loading_leaves_pillow_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 12_345)
    (tmp_path / "a.png").write_bytes(encoded(noise(), "PNG"))
    load_picture(tmp_path / "a.png", tmp_path)
    assert ImageFile.LOAD_TRUNCATED_IMAGES
    assert Image.MAX_IMAGE_PIXELS == 12_345


def test_flipped_bits_of_a_png_are_found(tmp_path: Path) -> None:
    image = Image.linear_gradient("L").convert("RGB")
    data, chance, path = encoded(image, "PNG"), random.Random(2), tmp_path / "a.png"
    unseen = 0
    for _ in range(150):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            load_picture(path, tmp_path)
        except PictureFault:
            continue
        assert Image.open(path).convert("RGB").tobytes() == image.tobytes()  # only what shows nothing
        unseen += 1
    assert unseen < 150


def test_pictures_outside_are_refused(tmp_path: Path) -> None:
    folder, outside = tmp_path / "issue", tmp_path / "secret.png"
    (folder / "images").mkdir(parents=True)
    outside.write_bytes(encoded(noise(), "PNG"))
    (folder / "images" / "link.png").symlink_to(outside)
    (folder / "linked").symlink_to(tmp_path)
    (folder / "images" / "loop.png").symlink_to(folder / "images" / "loop.png")
    (folder / "images" / "folder.png").mkdir()
    (folder / "images" / "Case.png").write_bytes(outside.read_bytes())
    (folder / "images" / "inner.png").symlink_to("Case.png")
    assert load_picture(folder / "images" / "inner.png", folder).width == 120
    for path, words in (("images/link.png", "不在这一期"), ("linked/secret.png", "不在这一期"),
                        ("../secret.png", "不在这一期"), ("images/../../secret.png", "不在这一期"),
                        (str(outside), "不在这一期"), ("images/loop.png", "图片"), ("images/folder.png", "文件夹"),
                        ("images/case.png", "Case.png"), ("images/none.png", "找不到")):
        with pytest.raises(PictureFault, match=words):
            load_picture(folder / path, folder)


def test_a_pipe_is_no_picture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(PictureFault):
        load_picture(tmp_path / "a.png", tmp_path)


GOOD_PICTURES: Mapping[str, tuple[Callable[[], bytes], tuple[int, int]]] = {
    "cmyk.jpg": (lambda: encoded(noise(80, 40, "CMYK"), "JPEG"), (80, 40)),
    "16-bit.png": (lambda: encoded(Image.new("I;16", (80, 40), 30_000), "PNG"), (80, 40)),
    "turned.jpg": (turned, (40, 80)),
    "phone.jpg": (lambda: encoded(noise(80, 40), "MPO", save_all=True, append_images=[noise(80, 40)]), (80, 40)),
    "moving.png": (lambda: encoded(noise(80, 40), "PNG", save_all=True, append_images=[Image.new("RGB", (80, 40))]),
                   (80, 40)),
    "moving.webp": (lambda: encoded(noise(80, 40), "WEBP", save_all=True, lossless=True,
                                    append_images=[Image.new("RGB", (80, 40))]), (80, 40)),
    "palette.png": (lambda: encoded(noise(80, 40).quantize(16), "PNG", transparency=0), (80, 40)),
    "grey-alpha.png": (lambda: encoded(noise(80, 40, "LA"), "PNG"), (80, 40)),
    "progressive.jpg": (lambda: encoded(noise(80, 40), "JPEG", progressive=True), (80, 40)),
    "one-pixel.png": (lambda: encoded(noise(1, 1), "PNG"), (1, 1)),
}


@pytest.fixture(scope="module")
def with_pictures(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("pictures")
    images = [{"file": f"images/{name}", "caption": name} for name in GOOD_PICTURES]
    item = {"title": "甲", "source": "乙", "body": "丙", "images": images}
    workspace = make_workspace(folder, {**ISSUE, "news": [item]})
    for name, (made, _) in GOOD_PICTURES.items():
        (folder / "2022-08" / "images" / name).write_bytes(made())
    issue = read(workspace)
    assert [str(one) for one in issue.pictures.values() if isinstance(one, PictureFault)] == []
    return write_pdf(open_edition(issue))


def test_good_pictures_are_set(with_pictures: bytes) -> None:
    with pikepdf.open(io.BytesIO(with_pictures)) as pdf:
        sizes = sorted((int(item.Width), int(item.Height)) for item in pdf.objects
                       if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
                       and not any(item.objgen == other.get("/SMask").objgen for other in pdf.objects
                                   if isinstance(other, pikepdf.Stream) and "/SMask" in other))
    assert sizes == sorted(size for _, size in GOOD_PICTURES.values())


def test_the_checked_bytes_are_the_ones_embedded(tmp_path: Path) -> None:
    """A file swapped after the check: for a larger one, for a bomb, for nothing."""
    item = {"title": "甲", "source": "乙", "body": "丙", "image": "images/a.jpg", "caption": "丁"}
    issue = read(make_workspace(tmp_path, {**ISSUE, "news": [item]}))
    path, good = tmp_path / "2022-08" / "images" / "a.jpg", encoded(noise(73, 91), "JPEG")
    path.write_bytes(good)
    edition = open_edition(issue)
    assert edition.html
    path.write_bytes(encoded(noise(200, 200), "JPEG"))
    pages = edition.pages
    path.unlink()
    data = pages.pdf()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        images = [item.read_raw_bytes() for item in pdf.objects
                  if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
    assert images == [bare_jpeg(good)]


def test_one_file_named_often_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import bulletin_press.issue.issue as module

    images = [{"file": "images/a.png"}] * 50
    issue = read(make_workspace(tmp_path, {**ISSUE, "news": [{"title": "甲", "body": "丙", "images": images}]}))
    picture(tmp_path)
    read_files: list[Path] = []

    def counted(path: Path, folder: Path) -> Any:
        read_files.append(path)
        return load_picture(path, folder)

    monkeypatch.setattr(module, "load_picture", counted)
    assert len(issue.pictures) == 50
    assert len(read_files) == 1


# --- bombs ----------------------------------------------------------------------------------

HEAD = "[issue]\nnumber = 1\ndate = 2022-08-26\n"
ARTICLE = '[[news]]\ntitle = "甲"\nsource = "乙"\nbody = \'\'\'\n{}\n\'\'\'\n'
BOMBS: Mapping[str, str | bytes] = {
    "dotted keys": HEAD + ".".join(["a"] * 20_000) + " = 1\n",
    "many dotted keys": HEAD + "\n".join(f"{'a.' * 100}b{n} = 1" for n in range(4_000)),
    "nested arrays": HEAD + "x = " + "[" * 100_000 + "]" * 100_000 + "\n",
    "nested tables": HEAD + "x = " + "{a = " * 50_000 + "1" + "}" * 50_000 + "\n",
    "table headers": HEAD + "".join(f"[a{'.a' * 50}.b{n}]\n" for n in range(8_000)),
    "unclosed string": HEAD + 'x = "' + "a" * 900_000,
    "unclosed quotes": HEAD + '"' * 900_000,
    "full-width marks": HEAD + "＝" * 300_000,
    "large number": HEAD + "x = 1e999999999\n",
    "long number": HEAD + "x = " + "9" * 500_000 + "\n",
    "infinity": HEAD + '[report]\nperiod = "2022-05"\n[report.executed]\ntotal = inf\n',
    "not a number": HEAD + '[report]\nperiod = "2022-05"\n[report.executed]\ntotal = nan\n',
    "huge figure": HEAD + '[report]\nperiod = "2022-05"\n[report.executed]\ntotal = 1e99999\n',
    "tiny figure": HEAD + '[report]\nperiod = "2022-05"\n[report.executed]\ntotal = 1e-99999\n',
    "two megabytes": HEAD + "#" * 2_000_000,
    "nul": HEAD.encode() + b"\0" * 500_000,
    "noise": random.Random(3).randbytes(900_000),
    "unknown keys": HEAD + "\n".join(f"k{n} = 1" for n in range(6_000)),
    "many items": HEAD + "[[news]]\n" * 15_000,
    "long word": HEAD + ARTICLE.format("a" * 40_000),
    "table of rows": HEAD + ARTICLE.format("| " * 2_000 + "|\n" + "|a|\n" * 5_000),
    "blanks in a table": HEAD + ARTICLE.format("| -- " + " " * 150_000 + "x |\n| a | b |") + "x = 1\n",
    "lines": HEAD + ARTICLE.format("a\n" * 90_000),
    "paragraphs": HEAD + "".join(ARTICLE.format("甲\n\n" * 30_000) for _ in range(5)),
    "bold": HEAD + "".join(ARTICLE.format("**甲** " * 20_000) for _ in range(4)),
    "long title": HEAD + f'[[news]]\ntitle = "{"甲" * 150_000}"\nsource = "乙"\nbody = "丙"\n',
    "pictures": HEAD + '[[news]]\ntitle = "甲"\nsource = "乙"\nbody = "丙"\nimages = ['
                + '{file = "images/a.png"},' * 30_000 + "]\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_words(tmp_path: Path, name: str) -> None:
    bomb = BOMBS[name]
    workspace = make_workspace(tmp_path)
    path = tmp_path / "2022-08" / "issue.toml"
    path.write_bytes(bomb if isinstance(bomb, bytes) else bomb.encode())
    before = path.read_bytes()
    done = press("check", "2022-08", "-w", workspace.root, cwd=tmp_path, timeout=60, limit=2 << 30)
    assert done.returncode == 1, done.stdout[-500:] + done.stderr[-500:]
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "程序内部出错" not in said
    assert any("\u4e00" <= char <= "\u9fff" for char in said)
    assert path.read_bytes() == before


def test_a_member_named_often_is_a_bomb(tmp_path: Path) -> None:
    members = {"m": {"name": "甲", "intro": "甲\n\n" * 5_000}}
    workspace = make_workspace(tmp_path, HEAD + '[[member]]\nref = "m"\n' * 200, members=members)
    with pytest.raises(InputFault, match="不合要求") as caught:
        read(workspace)
    assert "内容太多" in caught.value.findings[0].message


def test_a_long_issue_is_no_bomb(tmp_path: Path) -> None:
    body = "\n\n".join(["产业数字化继续推进，“十四五”规划的各项任务逐步落实。" * 4] * 12)
    items = [{"title": f"第{n}则", "source": "来源", "body": body} for n in range(180)]
    issue = read(make_workspace(tmp_path, {**ISSUE, "news": items[:90], "policy": items[90:]}))
    assert len(list(issue.typed())) == 180


def test_linear_marks() -> None:
    """What took minutes: each body ten times as long takes some ten times as long, not a hundred."""
    import time

    for unit, tail in (("a\n", ""), ("- a\nb\n", ""), ("[a](", ""), ("**a ", ""), ("| -- " + " " * 40, " x |")):
        seconds = []
        for count in (300, 3_000):
            start = time.perf_counter()
            parse_body("| -- " + unit * count + tail if tail else unit * count, ())
            seconds.append(time.perf_counter() - start)
        assert seconds[1] < 1 or seconds[1] < 40 * seconds[0], unit


def test_a_cell_taller_than_a_page_ends() -> None:
    from bulletin_press.typeset.assets import Assets
    from bulletin_press.typeset.setter import lay_out

    cell = "长" * 4_000
    page = ("<html lang=zh-CN><style>@page { size: A5 } table { break-inside: avoid } tr { break-inside: avoid }"
            " article { position: relative }</style><article><p>甲</p>"
            f"<table><tr><td>{cell}</td></tr><tr><td>{cell}</td></tr></table><p>乙</p></article>")
    assert 5 < len(lay_out(page, Assets(), "gentle")) < 40


def test_pages_that_take_nothing_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint's loop, played: each page leaves what it found."""
    from weasyprint.layout import page as pages

    from bulletin_press.typeset.assets import Assets
    from bulletin_press.typeset.setter import lay_out

    remake_page = pages.remake_page

    def stuck(index: int, context: Any, root_box: Any, html: Any) -> Any:
        page, _ = remake_page(index, context, root_box, html)
        start = context.page_maker[index][0] or {0: None}
        context.page_maker[index + 1] = (start, *context.page_maker[index + 1][1:])
        return page, start

    monkeypatch.setattr(pages, "remake_page", stuck)
    with pytest.raises(PressError, match="比一页还高"):
        lay_out("<p>甲</p>", Assets(), "gentle")
    assert pages.remake_page is stuck


@pytest.mark.parametrize(("beside", "fault"), [({1: 2}, PressError), ({}, IndexError)])
def test_a_lost_place_is_put_in_words(monkeypatch: pytest.MonkeyPatch, beside: dict[int, int],
                                      fault: type[Exception]) -> None:
    """WeasyPrint's other way to fail beside a broken side column; elsewhere an error stays an error."""
    from weasyprint.layout import page as pages

    from bulletin_press.typeset.assets import Assets
    from bulletin_press.typeset.setter import lay_out

    def lost(index: int, context: Any, root_box: Any, html: Any) -> Any:
        raise IndexError

    def started(context: Any, *arguments: Any) -> Any:
        context.broken_out_of_flow = beside
        return made(context, *arguments)

    made = pages.make_all_pages
    monkeypatch.setattr(pages, "remake_page", lost)
    monkeypatch.setattr("weasyprint.layout.make_all_pages", started)
    with pytest.raises(fault):
        lay_out("<p>甲</p>", Assets(), "gentle")


def test_the_sandbox_holds_a_hostile_template(tmp_path: Path) -> None:
    theme = tmp_path / "templates" / "themes" / "evil"
    theme.mkdir(parents=True)
    (theme / "theme.toml").write_text('title = "x"\ndescription = "x"\nfonts = ["Bulletin Song"]\n', encoding="utf-8")
    (theme / "style.css").write_text("", encoding="utf-8")
    workspace = make_workspace(tmp_path)
    for attack in ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ document.__init__.__globals__ }}",
                   "{{ pictures.clear() }}{{ self.__init__.__globals__ }}", "{% include '/etc/hostname' %}",
                   "{% include '../../../../../../etc/hostname' %}", "{{ undefined_name }}"):
        (theme / "page.html.j2").write_text(attack, encoding="utf-8")
        with pytest.raises(InputFault, match=r"不许用|找不到模板|没有“undefined_name”这个名称"):
            assert open_edition(read(workspace), "evil").html is None


def test_the_memory_limit_of_these_tests_holds() -> None:
    assert python("-c", "bytearray(3 << 30)", limit=2 << 30).returncode != 0
