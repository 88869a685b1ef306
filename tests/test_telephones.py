"""For telephones: the narrow PDF, the poster and its slices, pages as pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from rendering import ISSUES, SAMPLES, environment, links, make_workspace, outline, pdf_text, press
from tagged import tagged
from workspaces import HEAD, TODAY, png, write

from bulletin_press.document.tree import BulletList, Document, Grid, Paragraph, Subheading, text_nodes
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.issue.reading import read_issue
from bulletin_press.pipeline import Job, run
from bulletin_press.publication.workspace import Workspace
from bulletin_press.typeset.reports import PlacedPiece
from bulletin_press.typeset.setter import Pages
from bulletin_press.writers import phone, poster
from bulletin_press.writers.flow.raster import page_images
from bulletin_press.writers.flow.sheets import Piece, divided
from bulletin_press.writers.flow.words import balanced, ems
from bulletin_press.writers.pdf import pdf_of

POINT = 0.75
BODY, SMALLEST = 17.0, 13.0
WIDE = "| 指标 | 2019年 | 2020年 | 2021年 | 2022年 | 增速 | 备注 |\n| --- | --- | --- | --- | --- | --- | --- |\n" \
    "| 离岸 | 5473.1 | 6454.2 | 9875.3 | 99875.3 | 12.3% | 快报数 |\n" \
    "| 在岸 | 73.1 | 54.2 | 75.3 | 95.3 | 2.3% | 年报数 |\n"
NARROW = "| 指标 | 金额 |\n| --- | --- |\n| 进口 | 71.5 |\n"


def edition(name: str, *, draft: bool = False) -> Edition:
    return open_edition(read_issue(Workspace(ISSUES, TODAY, ISSUES), ISSUES / name / "issue.toml"), draft=draft)


def small(root: Path, body: str, publication: str = "") -> Edition:
    workspace = write(root, {"2022-08/issue.toml": HEAD + body} | (
        {"publication.toml": publication} if publication else {}))
    return open_edition(read_issue(workspace, root / "2022-08/issue.toml"))


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Edition:
    return edition(request.param)


@pytest.fixture(scope="module")
def pages(sample: Edition) -> Pages:
    return phone.phone_pages(sample)


@pytest.fixture(scope="module")
def data(sample: Edition, pages: Pages) -> bytes:
    return pdf_of(sample, pages)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Twelve long news with pictures, one of them longer than a page."""
    root = tmp_path_factory.mktemp("many")
    (root / "2022-08").mkdir()
    (root / "2022-08" / "a.png").write_bytes(png(900, 600))
    text = "服务外包企业可以向当地商务主管部门咨询有关的办理期限和材料要求，并按要求报送。" * 4
    return small(root, "".join(
        f"[[news]]\ntitle = \"第{one}则：关于数字贸易的一条消息\"\nimage = \"a.png\"\ncaption = \"图\"\nbody = '''\n"
        f"{chr(10).join([text, ''] * (18 if one == 5 else 3))}'''\n" for one in range(1, 13)))


@pytest.fixture(scope="module")
def many_pages(many: Edition) -> Pages:
    return phone.phone_pages(many)


# --- the narrow PDF -------------------------------------------------------------------------


def boxes(pages: Pages) -> Iterator[tuple[str, float, frozenset[str]]]:
    """The text of the pages: its words, its size, pt, and the classes of what it stands in."""
    def inside(box: Any, classes: frozenset[str]) -> Iterator[tuple[str, float, frozenset[str]]]:
        box = getattr(box, "_box", box)
        element = getattr(box, "element", None)
        if element is not None:
            classes |= {*(element.get("class") or "").split(), str(element.tag)}
        if getattr(box, "text", "").strip():
            yield box.text, box.style["font_size"] * POINT, classes
        for child in getattr(box, "children", ()):
            yield from inside(child, classes)
    for page in pages.document.pages:
        yield from inside(page._page_box, frozenset())


def blank(image: Image.Image) -> float:
    """What share of a page below its last mark is of one colour."""
    grey = image.convert("RGB")
    ground = grey.getpixel((1, grey.height - 2))
    last = next(y for y in range(grey.height - 1, -1, -1)
                if any(grey.getpixel((x, y)) != ground for x in range(0, grey.width, 2)))
    return 1 - (last + 1) / grey.height


def said(document: Document) -> Iterator[str]:
    for section in document.sections:
        for item in section.items:
            for block in item.blocks:
                match block:
                    case Paragraph() | Subheading():
                        yield from (node.text for node in text_nodes(block.inlines))
                    case BulletList():
                        yield from (node.text for entry in block.entries for node in text_nodes(entry))
                    case Grid():
                        yield from (node.text for row in (block.head, *block.rows) for cell in row
                                    for node in text_nodes(cell))
            if item.title:
                yield item.title


def test_every_word_is_there(sample: Edition, data: bytes) -> None:
    found = squeezed("".join(pdf_text(data)))
    missing = [words for words in said(sample.issue.document) if squeezed(words) not in found]
    assert missing == []
    exhibits = sample.issue.document.exhibits
    assert exhibits and exhibits.table
    for row in exhibits.table.rows:
        assert all(cell.value in found for cell in row.cells if cell)
    for chart in exhibits.charts:  # what is derived says so
        assert all(note in found for note in chart.caption.notes), chart.caption.title
    assert all(squeezed(value) in found for _, value in sample.issue.document.colophon)


def test_large_enough_to_read(pages: Pages) -> None:
    sizes = list(boxes(pages))
    body = {round(size, 2) for _, size, classes in sizes if "text" in classes and "sup" not in classes}
    assert body and min(body) >= BODY
    # ▲ and ▼ stand small beside the words that say the same.
    assert min(size for _, size, classes in sizes if not classes & {"sup", "i"}) >= SMALLEST - 0.01


def test_charts_are_large_enough(sample: Edition) -> None:
    html = phone._filled(sample, phone.Pieces(), {})
    drawings = re.findall(r"<svg .*?</svg>", html, re.S)
    of_words = re.compile(r'font-size="([\d.]+)"[^>]*><text [^>]*>(?![▲▼])')
    sizes = [float(size) for one in drawings for size in of_words.findall(one)]
    assert len(sizes) >= len(drawings) >= 3
    assert min(sizes) >= SMALLEST
    assert max(float(width) for width in re.findall(r'<svg [^>]*width="([\d.]+)pt', html)) <= 356


def test_pages_end_where_their_content_ends(pages: Pages, data: bytes) -> None:
    assert len(pages) == len(list(dict.fromkeys(piece.page for piece in pages.pieces())))
    for image, _ in page_images(data, lambda index, width: 100 / width):
        assert image.width == 100
        assert blank(image) <= 0.12


def test_nothing_overlaps_or_leaves_its_page(pages: Pages, many_pages: Pages) -> None:
    for one in (pages, many_pages):
        assert list(one.overlaps()) == []
        assert list(one.strays()) == []


def test_bookmarks_links_tags(sample: Edition, data: bytes) -> None:
    names = [title for _, title, _ in outline(data)]
    for section in sample.issue.document.sections:
        head = f"{section.numeral}、{section.title}" if section.numeral else f"{section.title}："
        assert any(name.startswith(head) for name in names), (head, names)
        if section.kind == "news":
            assert all(item.title in names for item in section.items)
    targets = [target for _, kind, target in links(data)]
    assert len(targets) > len(sample.issue.document.sections)
    found = tagged(data)
    assert {"H1", "H2", "P", "Figure", "Link"} <= {one.role for one in found.root.elements()}
    assert b"pdfuaid:part" in data


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    made = phone.write_phone(edition("2022-07", draft=True))
    texts = pdf_text(made)
    assert len(texts) > 3
    assert all("校样，请勿发布" in text for text in texts)
    (tmp_path / "a.pdf").write_bytes(made)
    assert phone.OUTLET.is_draft(tmp_path / "a.pdf")


def test_long_sections_are_divided(many: Edition, many_pages: Pages) -> None:
    heights = [page.height * POINT for page in many_pages.document.pages]
    assert len(heights) > 4
    assert max(heights[1:]) <= phone._LONG * 1.15
    assert min(heights[1:-1]) >= 600
    made = pdf_of(many, many_pages)
    text = squeezed("".join(pdf_text(made)))
    assert all(f"第{one}则" in text for one in range(1, 13))
    for image, _ in page_images(made, lambda index, width: 100 / width):
        assert blank(image) <= 0.12


def test_a_wide_table_becomes_cards(tmp_path: Path) -> None:
    one = small(tmp_path, f"[[news]]\ntitle = \"题\"\nsource = \"商务部\"\nbody = '''\n{WIDE}\n'''\n"
                          f"[[policy]]\ntitle = \"题\"\nsource = \"商务部\"\nbody = '''\n{NARROW}\n'''\n")
    html = phone._filled(one, phone.Pieces(), {})
    assert html.count('class="cards"') == 1
    assert html.count("<table") == 1
    laid = phone.phone_pages(one)
    assert list(laid.overlaps()) == list(laid.strays()) == []
    text = squeezed("".join(pdf_text(pdf_of(one, laid))))
    assert all(cell in text for cell in ("99875.3", "12.3%", "快报数", "95.3", "71.5"))


@pytest.mark.parametrize("name", [
    "试", "大连数字贸易", "外贸与产业运行监测月报", "Digital Trade Monthly Review of Dalian",
    "中国（辽宁）自由贸易试验区大连片区与金普新区数字贸易和服务外包产业发展运行监测分析月度工作通讯汇编内部参考资料"])
def test_names_fit_the_line(name: str) -> None:
    found = phone.name_set(name)
    assert squeezed("".join(found.lines)) == squeezed(name)
    assert all(ems(line) * found.size <= 356 for line in found.lines)
    assert found.size >= 24


# --- how sheets are divided -----------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(20, 900), min_size=1, max_size=12), min_size=1, max_size=8),
       st.integers(500, 2000))
def test_every_piece_once_and_in_order(items: list[list[int]], most: int) -> None:
    pieces, placed, y = [Piece("s", "opening")], [PlacedPiece("0", 1, 0, 40)], 40.0
    for item in items:
        for at, high in enumerate(item):
            placed.append(PlacedPiece(str(len(pieces)), 1, y, y + high))
            pieces.append(Piece("s", "title" if at == 0 else "text"))
            y += high
    moved = divided(pieces, placed, most)
    if y <= most:
        assert moved == {}
        return
    assert list(moved) == list(range(len(pieces)))
    numbers = [int(name.removeprefix("s-")) for name in moved.values()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, max(numbers) + 1))
    for (last, one), (first, other) in pairwise(enumerate(numbers)):
        if one != other:  # no head is left behind at the foot of a sheet
            assert pieces[last].role == "text" or pieces[first].role == "title"
            assert pieces[last].role != "opening"


def test_titles_break_between_words() -> None:
    assert balanced("商务部等27个部门发文推进对外文化贸易高质量发展", 14) == (
        "商务部等27个部门发文推进", "对外文化贸易高质量发展")
    assert balanced("短题", 14) == ("短题",)
    assert "".join(balanced("长" * 40, 14)) == "长" * 40
    assert all(ems(line) <= 14 for line in balanced("长" * 40, 14))


# --- the poster -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(sample: Edition) -> Mapping[str, bytes]:
    return poster.write_poster(sample)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def slices(made: Mapping[str, bytes]) -> list[Image.Image]:
    return [opened(made[f"slice-{number}.png"]) for number in range(1, len(made) - 1)]


def test_slices_are_the_poster(made: Mapping[str, bytes]) -> None:
    whole, parts = opened(made[poster.LONG]), slices(made)
    assert len(parts) >= 3
    assert whole.size == (1080, sum(part.height for part in parts))
    top = 0
    for part in parts:
        assert part.tobytes() == whole.crop((0, top, 1080, top + part.height)).tobytes()
        top += part.height


def test_no_slice_cuts_a_letter(made: Mapping[str, bytes]) -> None:
    for part in slices(made):
        for y in (0, part.height - 1):
            assert len(part.crop((0, y, 1080, y + 1)).getcolors() or ()) == 1
        assert part.height <= poster.MOST_RATIO * 1080
        assert blank(part.crop((0, 0, 1080, part.height - 80)).resize((108, (part.height - 80) // 10))) <= 0.25
    assert all(len(one) < 150_000 for name, one in made.items() if name != poster.LONG)


def test_long_names_stay_on_the_poster(tmp_path: Path) -> None:
    name = ("中国（辽宁）自由贸易试验区大连片区与金普新区数字贸易和服务外包产业发展运行监测分析"
            "月度工作通讯汇编内部参考资料")
    publication = (f'[publication]\nname = "{name}"\norganiser = "{name}联合编辑委员会"\n'
                   f'[site]\naddress = "https://a.example.org/{"long-" * 12}/"\n')
    body = '[[news]]\ntitle = "题"\nsource = "商务部"\nbody = "文。"\n'
    for more in (body, body * 5):
        laid, cells = poster._Poster(small(tmp_path / str(len(more)), more, publication)).laid_out()
        assert len(cells) == 2
        assert list(laid.overlaps()) == list(laid.strays()) == []
        assert all(name in squeezed(page) for page in pdf_text(laid.pdf([])))


def test_the_poster_in_words(sample: Edition, made: Mapping[str, bytes]) -> None:
    words, exhibits = made[poster.WORDS].decode("utf-8"), sample.issue.document.exhibits
    assert exhibits
    for figure in exhibits.lead[:2]:
        assert f"{figure.label}{figure.note}{figure.large}{figure.large_unit}" in words
        assert figure.growth and figure.growth.words in words
    assert all(chart.caption.title in words for chart in exhibits.charts)
    titles = [item.title for section in sample.issue.document.sections for item in section.items
              if item.title and section.kind != "report"]
    assert sum(title in words for title in titles) == min(8, len(titles))
    assert words.count("\n") == len(made) - 2


def test_one_unit_in_one_view(sample: Edition) -> None:
    found = poster._Poster(sample)
    assert found.shown
    for chart in found.charts:
        texts = [one.text for one in poster._valued(chart)]
        assert all(re.fullmatch(r"\d{1,2}\.\d\d", text) for text in texts)
        assert not texts or "亿美元" in chart.caption.subject
    html = found._filled(phone.Pieces(), list(found._cells((found.charts,))), {})
    assert "以亿计的数经四舍五入" in html
    assert "万美元" not in re.sub(r"<title>.*?</title>", "", html).replace("9853.39<span>万美元", "")


def test_the_address_is_a_code_where_there_is_one(tmp_path: Path) -> None:
    body = '[[news]]\ntitle = "题"\nsource = "商务部"\nbody = "文。"\n'
    where = '[publication]\nname = "月刊"\norganiser = "协会"\n[site]\naddress = "https://a.example.org/m/"\n'
    for name, publication in (("with", where), ("without", "")):
        one = small(tmp_path / name, body, publication)
        assert poster.issue_address(one) == ("https://a.example.org/m/2022-08/" if publication else "")
        words = poster.write_poster(one)
        assert len(words) == (4 if publication else 3)


def test_a_poster_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(PressError, match="做不成一图读懂"):
        poster.write_poster(small(tmp_path, '[[event]]\nbody = "开了会。"\n'))


# --- the same bytes, and pages as pictures --------------------------------------------------


def test_another_process_makes_the_same(tmp_path: Path) -> None:
    here = edition("2022-08")
    ran = press("-w", ISSUES, "render", "2022-08", "--to", "phone", "--to", "poster", "-o", tmp_path,
                env=environment(PYTHONHASHSEED="7", TZ="Asia/Tokyo"))
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert (tmp_path / "2022-08-phone.pdf").read_bytes() == phone.write_phone(here)
    for name, one in poster.write_poster(here).items():
        assert (tmp_path / "2022-08-poster" / name).read_bytes() == one, name


def test_pages_as_pictures(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    job = partial(Job, workspace.root, "2022-08", TODAY, tmp_path, to=("pdf", "phone"))
    (tmp_path / "2022-08/out").mkdir()
    done = run(job(png=36))
    assert [(one.path.name, one.pages, len(one.holds)) for one in done.outputs] == [
        ("2022-08.pdf", 1, 0), ("2022-08-png", 0, 1), ("2022-08-phone.pdf", 2, 0), ("2022-08-phone-png", 0, 2)]
    # A4 in half points; 400 pt.
    assert opened((tmp_path / "2022-08/out/2022-08-png/1.png").read_bytes()).size == (298, 421)
    assert opened((tmp_path / "2022-08/out/2022-08-phone-png/1.png").read_bytes()).width == 200
    # Replaced whole: what the issue no longer has goes.
    (tmp_path / "2022-08/issue.toml").write_text(HEAD + '[[event]]\nbody = "开了会。"\n', "utf-8")
    run(job(png=72))
    assert opened((tmp_path / "2022-08/out/2022-08-png/1.png").read_bytes()).size == (596, 842)
    with pytest.raises(UsageFault, match="--to pdf、--to phone"):
        run(Job(workspace.root, "2022-08", TODAY, tmp_path, to=("text",), png=36))


def test_png_on_the_command_line(tmp_path: Path) -> None:
    make_workspace(tmp_path / "issues")
    ran = press("-w", tmp_path / "issues", "render", "--png", "--dpi", "40", "-o", tmp_path / "a.pdf")
    assert ran.returncode == 0, ran.stderr
    with Image.open(tmp_path / "a-png" / "1.png") as image:
        assert image.info["dpi"][0] == pytest.approx(40, abs=0.1)
    assert "a-png/（1 个文件）" in ran.stderr
    assert press("-w", tmp_path / "issues", "render", "--png", "--dpi", "5").returncode == 2
