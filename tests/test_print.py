"""The files for the print shop: inks, boxes, imposition, what other engines see of them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from rendering import environment, pdf_text, press
from workspaces import HEAD, TODAY, write

from bulletin_press.document.printed_links import with_addresses
from bulletin_press.document.tree import Call, Footnote, Link, Paragraph, Text, plain_text
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.issue.reading import read_issue
from bulletin_press.prepress.colour import (
    BLACK,
    PAPER,
    Condition,
    Separation,
    limited,
    require_printing_profile,
)
from bulletin_press.prepress.preflight import preflight
from bulletin_press.prepress.separating import Separating
from bulletin_press.prepress.sheets import MM, creep, sides
from bulletin_press.prepress.state import Reader
from bulletin_press.writers.booklet import write_booklet
from bulletin_press.writers.print import write_print

NAVY = (0x16 / 255, 0x30 / 255, 0x5C / 255)
BODY = "数字贸易发展很快，见[商务部的文件](https://example.com/a)。" * 40


@pytest.fixture(scope="module")
def separation() -> Separation:
    return Separation(Condition())


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("print")
    workspace = write(folder, {
        "publication.toml": '[publication]\nname = "测试月刊"\norganiser = "测试协会"\ntheme = "modern"\n'
                            'profile = "internal-print"\npermit = "（辽）LB第2022001号"\nrecipients = "会员"\n'
                            'printer = "某厂"\nprint_run = 500\n',
        "2022-08/issue.toml": HEAD + 'cover = "a.jpg"\n\n[[news]]\ntitle = "题目"\nsource = "商务部"\n'
                              f"url = \"https://example.com/b\"\nimage = \"b.png\"\nbody = '''\n{BODY}\n'''\n"})
    Image.radial_gradient("L").convert("RGB").resize((1400, 900)).save(folder / "2022-08/a.jpg")
    veiled = Image.new("RGBA", (300, 200), (200, 30, 30, 120))
    veiled.putpixel((0, 0), (0, 0, 0, 0))
    veiled.save(folder / "2022-08/b.png")
    return open_edition(read_issue(workspace, folder / "2022-08/issue.toml"))


@pytest.fixture(scope="module")
def printed(edition: Edition) -> bytes:
    return write_print(edition)


@pytest.fixture(scope="module")
def booklet(edition: Edition) -> bytes:
    return write_booklet(edition)


# -- inks -----------------------------------------------------------------------------------------


def test_paper_black_and_grey(separation: Separation) -> None:
    assert separation.field((1, 1, 1)) == PAPER
    assert separation.field((0, 0, 0)) == separation.letters((0, 0, 0), fine=True) == BLACK
    assert separation.letters((0x15 / 255, 0x18 / 255, 0x1E / 255), fine=True) == BLACK
    c, m, y, k = separation.field((0.5, 0.5, 0.5))
    assert (c, m, y) == (0, 0, 0) and 0.45 < k < 0.65


def test_fine_things_take_two_inks(separation: Separation) -> None:
    for colour in (NAVY, (0.7, 0.25, 0.17), (0.2, 0.5, 0.3), (0.9, 0.85, 0.8)):
        assert sum(ink > 0 for ink in separation.letters(colour, fine=True)) <= 2


def test_stated_inks_go_first() -> None:
    stated = Separation(Condition(stated={"#16305C": (1.0, 0.7, 0.0, 0.5)}))
    assert stated.field(NAVY) == (1.0, 0.7, 0.0, 0.5)
    assert sum(ink > 0 for ink in stated.field(NAVY, fine=True)) <= 2


def test_the_limit_of_ink() -> None:
    assert limited((1, 1, 1, 1), 2.5) == pytest.approx((0.5, 0.5, 0.5, 1))
    low = Separation(Condition(limit=2.2))
    image = Image.frombytes("RGB", (64, 64), bytes(channel for i in range(4096)
                                                   for channel in (i % 64, i // 64, (i * 7) % 64)))
    made = low.picture(image).tobytes()
    assert max(sum(made[i : i + 4]) for i in range(0, len(made), 4)) / 255 <= 2.2 + 0.01
    assert low.picture(Image.new("RGB", (1, 1), "white")).tobytes() == bytes(4)


def test_grey_printing_is_black_alone() -> None:
    grey = Separation(Condition(grey=True))
    assert grey.field(NAVY)[:3] == (0, 0, 0)
    assert grey.picture(Image.new("RGB", (2, 2), "navy")).mode == "L"


def test_a_profile_for_the_screen_is_refused() -> None:
    from PIL import ImageCms

    require_printing_profile(Condition().profile)
    with pytest.raises(InputFault, match="四色"):
        require_printing_profile(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    with pytest.raises(InputFault, match="不是 ICC"):
        require_printing_profile(b"nothing")


# -- what shines through --------------------------------------------------------------------------


def drawn(content: bytes, resources: dict[str, Any], width: float = 200) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(width, 200))
    page = pdf.pages[0].obj
    page.TrimBox = Array([0, 0, width, 200])
    page.Resources = Dictionary(resources)
    page.Contents = pdf.make_stream(content)
    return pdf


def test_what_shines_through_is_put_together_with_what_is_under_it(separation: Separation) -> None:
    pdf = drawn(b"1 1 0 rg 0 0 200 200 re f /half gs 0 0 1 rg 50 50 100 100 re f",
                {"/ExtGState": Dictionary({"/half": Dictionary(ca=0.5)})})
    Separating(pdf, separation).run()
    target = io.BytesIO()
    pdf.save(target)
    assert not [one for one in preflight(target.getvalue()) if one.rule in ("transparency", "rgb-colour")]
    flat, = pdf.pages[0].obj.Resources.XObject.values()
    image = pikepdf.PdfImage(flat).as_pil_image()
    assert image.mode == "CMYK" and image.width == pytest.approx(100 / 72 * 300, abs=2)
    wanted = separation.picture(Image.new("RGB", (1, 1), (128, 128, 128))).getpixel((0, 0))
    assert image.getpixel((200, 200)) == pytest.approx(wanted, abs=12)


def test_a_seam_is_not_seen(separation: Separation) -> None:
    pdf = drawn(b".0863 .1882 .3608 rg 0 0 200 200 re f /half gs 1 1 1 rg 90 90 20 20 re f "
                b"/clear gs 1 0 0 rg 20 20 60 60 re f",
                {"/ExtGState": Dictionary({"/half": Dictionary(ca=0.5), "/clear": Dictionary(ca=0)})})
    Separating(pdf, separation).run()
    field = tuple(round(ink * 255) for ink in separation.field(NAVY))
    clear = pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject["/PressFlat1"]).as_pil_image()
    assert clear.getpixel((100, 100)) == field


# -- the files ------------------------------------------------------------------------------------


def test_the_print_shop_finds_nothing(printed: bytes, booklet: bytes) -> None:
    for data in (printed, booklet):
        assert not [one for one in preflight(data) if one.rule != "low-resolution"]


def test_boxes_marks_and_blanks(printed: bytes, edition: Edition) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) % 4 == 0 and len(pdf.pages) >= len(edition.for_print().pages)
        for page in pdf.pages:
            trim = [float(one) / MM for one in page.obj.TrimBox]
            assert trim == pytest.approx([0, 0, 210, 297], abs=0.1)
            assert [float(one) / MM for one in page.obj.BleedBox] == pytest.approx([-3, -3, 213, 300], abs=0.1)
            assert [float(one) / MM for one in page.obj.MediaBox] == pytest.approx([-10, -10, 220, 307], abs=0.1)
            assert "/Annots" not in page.obj and str(page.obj.Resources.ColorSpace.PressAll[1]) == "/All"


def test_what_the_file_says_of_itself(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        intent, = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX and str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == Condition().profile
        assert pdf.docinfo["/Trapped"] == Name("/False") and str(pdf.docinfo["/Title"]).startswith("测试月刊")
        assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in pdf.Root.Metadata.read_bytes()
        assert not {"/StructTreeRoot", "/AcroForm", "/Names"} & set(pdf.Root.keys())
    cover = pdf_text(printed)[0].replace(" ", "")
    assert "内部资料" in cover and "准印证号：（辽）LB第2022001号" in cover


def test_black_letters_print_over(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        form = pdf.pages[1].obj.Resources.XObject["/Leaf"]
        reader, shown = Reader(form.Resources.ExtGState), 0
        for instruction in pikepdf.parse_content_stream(form):
            operator = str(instruction.operator)
            if operator in ("TJ", "Tj"):
                black = reader.state.fill.values == (0, 0, 0, 1)
                assert reader.state.overprint[1] is black
                shown += black
            reader.follow(operator, instruction.operands)
        assert shown > 20


def test_links_say_where_they_lead(edition: Edition, printed: bytes) -> None:
    item = with_addresses(edition.issue.document).sections[0].items[0]
    calls = [one for block in item.blocks for one in getattr(block, "inlines", ()) if isinstance(one, Call)]
    assert {one.number for one in calls} == {1} and isinstance(item.blocks[-1], Footnote)
    assert "https://example.com/a" in "".join(pdf_text(printed)).replace("\n", "").replace(" ", "")
    assert edition.for_print().theme.values["codes"] == "全部"


def test_a_link_in_a_note_has_its_address_behind_it(edition: Edition) -> None:
    document = edition.issue.document
    section = document.sections[0]
    link = Link(href="https://example.com/note", children=(Text("通知"),))
    item = replace(section.items[0], blocks=(Paragraph((Text("文"), Call(1))), Footnote((Call(1), link))))
    made = with_addresses(replace(document, sections=(replace(section, items=(item,)),)))
    assert plain_text(made.sections[0].items[0].blocks[-1].inlines).endswith("通知（https://example.com/note）")


def test_sheets_are_folded_in_order(booklet: bytes) -> None:
    assert sides(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    for left, right in sides(16):
        assert left + right == 15
    assert [creep(side, 0.3) for side in range(6)] == pytest.approx([0, 0, 0.3, 0.3, 0.6, 0.6])
    with pikepdf.open(io.BytesIO(booklet)) as pdf:
        assert len(pdf.pages) % 2 == 0
        trim = [float(one) / MM for one in pdf.pages[0].obj.TrimBox]
        assert trim == pytest.approx([0, 0, 420, 297], abs=0.1)


def test_the_same_bytes_in_another_process(edition: Edition, booklet: bytes, tmp_path: Path) -> None:
    target = tmp_path / "b.pdf"
    made = press("-w", edition.issue.workspace.root, "render", "2022-08", "--to", "booklet", "-o", target,
                 env=environment(PYTHONHASHSEED="7"))
    assert made.returncode == 0, made.stderr
    assert target.read_bytes() == booklet


# -- engines not ours -----------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(printed: bytes, booklet: bytes, tmp_path: Path) -> None:
    for data in (printed, booklet):
        (tmp_path / "a.pdf").write_bytes(data)
        checked = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
def test_letters_are_on_the_black_plate_alone(printed: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(printed)
    subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-dOverprint=/enable", "-r40",
                    "-dUseTrimBox", "-dFirstPage=2", "-dLastPage=2", f"-sOutputFile={tmp_path / 'p.tif'}",
                    tmp_path / "a.pdf"], check=True, capture_output=True, timeout=120)
    plates = dict(_plates(tmp_path))
    assert set(plates) == {"Cyan", "Magenta", "Yellow", "Black"}
    # The running text, without the heads and the picture.
    lines = [sum(value < 128 for value in _row(plates["Black"], y)) for y in range(plates["Black"].height)]
    text = [y for y, count in enumerate(lines) if count > 40]
    assert text
    quiet = [y for y in text if min(_row(plates["Cyan"], y) + _row(plates["Yellow"], y)) == 255]
    assert len(quiet) > len(text) / 2


def _plates(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    for path in folder.glob("p(*).tif"):
        with Image.open(path) as image:
            yield path.stem.partition("(")[2].rstrip(")"), image.convert("L")


def _row(image: Image.Image, y: int) -> list[int]:
    return list(image.crop((0, y, image.width, y + 1)).tobytes())


# -- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "said"), [
    ("bleed = 5", "出血是 0 到 3 毫米"),
    ("ink_limit = \"300\"", "写成数"),
    ("profile = \"没有.icc\"", "找不到"),
    ("profile = \"../a.icc\"", "复制进来"),
    ("profile = \"publication.toml\"", "不是 ICC"),
    ("bleeds = 3", "bleed"),
    ("[print.inks]\n\"navy\" = [1, 2, 3, 4]", "#1E4B57"),
    ("[print.inks]\n\"#000080\" = [1, 2, 3]", "四个百分数"),
])
def test_wrong_settings_are_told(typed: str, said: str, tmp_path: Path) -> None:
    text = f'[publication]\nname = "测试月刊"\norganiser = "测试协会"\n\n[print]\n{typed}\n'
    workspace = write(tmp_path / "w", {"publication.toml": text, "2022-08/issue.toml":
                                       HEAD + "[tip]\nterm = \"词\"\nbody = '''\n文。\n'''\n"})
    assert workspace.today == TODAY
    with pytest.raises(InputFault) as fault:
        write_print(open_edition(read_issue(workspace, tmp_path / "w/2022-08/issue.toml")))
    assert said in fault.value.message + "".join(f"{one.message}{one.suggestion}" for one in fault.value.findings)
