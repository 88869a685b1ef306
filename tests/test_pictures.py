"""Pictures stand upright in the colours they had, bring nothing along, and are no larger than it takes."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from photographs import (
    CORNERS,
    SECRET,
    corners,
    embedded,
    laid,
    of_every_kind,
    phone,
    quarters,
    saved,
    scene,
)
from photographs import exif as telephone_exif
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo
from rendering import make_workspace, read
from test_pdf import faults

from bulletin_press.edition import open_edition
from bulletin_press.issue.issue import Issue
from bulletin_press.pictures import LoadedPicture, load_picture
from bulletin_press.pictures.jpeg import bare_jpeg
from bulletin_press.pictures.screen import raster
from bulletin_press.pipeline import check
from bulletin_press.writers.pdf import write_pdf

DPI = 220
WIDE = 1000.0
HEAD = {"issue": {"number": 1, "date": date(2022, 8, 26)}}


def loaded(data: bytes, folder: Path, name: str = "a.jpg") -> LoadedPicture:
    (folder / name).write_bytes(data)
    return load_picture(folder / name, folder)


def seen(picture: LoadedPicture, inches: float = WIDE) -> Image.Image:
    made = raster(picture, inches, DPI)
    image = Image.open(io.BytesIO(made.data))
    assert image.size == (made.width, made.height)
    return image


def close(found: tuple[tuple[int, ...], ...], wanted: tuple[tuple[int, ...], ...], by: int = 12) -> bool:
    pairs = zip(found, wanted, strict=True)
    return all(abs(one - other) <= by for a, b in pairs for one, other in zip(a, b, strict=True))


def issue_of(files: dict[str, bytes], folder: Path) -> Issue:
    news = [{"title": f"图{name}", "source": "来源", "body": "正文。", "image": f"images/{name}"} for name in files]
    workspace = make_workspace(folder, {**HEAD, "news": news})
    for name, data in files.items():
        (folder / "2022-08" / "images" / name).write_bytes(data)
    return read(workspace)


# --- upright --------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_stands_upright(form: str, orientation: int, tmp_path: Path) -> None:
    data = saved(laid(quarters(), orientation), form, exif=telephone_exif(orientation), quality=95)
    picture = loaded(data, tmp_path, f"a.{form.lower().replace('jpeg', 'jpg')}")
    assert (picture.width, picture.height) == (320, 200)
    assert close(corners(seen(picture)), CORNERS)
    small = seen(picture, 100 / DPI)
    assert small.size == (100, 62) and close(corners(small), CORNERS)


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_there_is_not_is_none(orientation: int, tmp_path: Path) -> None:
    picture = loaded(saved(quarters(), "JPEG", exif=telephone_exif(orientation)), tmp_path)
    assert (picture.width, picture.height) == (320, 200)
    assert close(corners(seen(picture)), CORNERS)


def test_a_page_shows_it_upright(tmp_path: Path) -> None:
    data = write_pdf(open_edition(issue_of({"a.jpg": phone(6)}, tmp_path)))
    document = pypdfium2.PdfDocument(data)
    shown = [one for page in document for one in page.get_objects() if one.type == 3]
    assert len(shown) == 1
    left, bottom, right, top = shown[0].get_bounds()
    assert (right - left) / (top - bottom) == pytest.approx(1.6, abs=0.01)
    page = document[0].render(scale=2).to_pil()
    height = page.height / 2
    picture = page.crop((left * 2, (height - top) * 2, right * 2, (height - bottom) * 2))
    assert close(corners(picture), CORNERS)
    document.close()


def test_low_resolution_reads_the_upright_size(tmp_path: Path) -> None:
    """Lying in its file 1200 pixels wide, it stands 800 wide: too few for the full measure."""
    lying = saved(laid(quarters(800, 600), 6), "JPEG", exif=telephone_exif(6))
    standing = saved(quarters(1200, 900), "JPEG")
    issue = issue_of({"a.jpg": lying, "b.jpg": standing}, tmp_path)
    found = check(issue.workspace, issue.workspace.issue_path("2022-08"), only=(), layout=True).findings
    assert [(one.rule, "a.jpg" in one.message, "现在 800" in one.message) for one in found
            if one.rule == "low-resolution"] == [("low-resolution", True, True)]


# --- nothing else ---------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("inches", [WIDE, 0.5])
def test_a_telephone_photograph_loses_its_notes(orientation: int, inches: float, tmp_path: Path) -> None:
    data = phone(orientation)
    assert data.count(SECRET) >= 5
    made = raster(loaded(data, tmp_path), inches, DPI)
    assert made.form == "jpeg"
    for mark in (SECRET, b"Exif", b"ICC_PROFILE", b"http://ns.adobe.com", b"JFXX"):
        assert mark not in made.data
    assert made.data.count(b"\xff\xd8\xff") == 1


def test_what_is_left_alone_is_left_bit_for_bit(tmp_path: Path) -> None:
    for options in ({}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}):
        data = saved(scene(200, 120), "JPEG", exif=telephone_exif(), comment=SECRET, **options)
        bare = bare_jpeg(data)
        assert bare is not None and SECRET not in bare and len(bare) < len(data)
        assert ImageChops.difference(Image.open(io.BytesIO(bare)), Image.open(io.BytesIO(data))).getbbox() is None
        assert raster(loaded(data, tmp_path), WIDE, DPI).data == bare


def test_a_jpeg_of_another_kind_is_coded_again() -> None:
    data = saved(quarters(), "JPEG")
    assert bare_jpeg(data.replace(b"\xff\xc0", b"\xff\xc9", 1)) is None
    assert bare_jpeg(data[:-40]) is None
    assert bare_jpeg(b"\x89PNG") is None


def test_no_file_brings_anything_into_the_pdf(tmp_path: Path) -> None:
    notes = Image.new("RGB", (40, 20), "navy")
    said = PngInfo()
    said.add_text("Author", SECRET.decode())
    said.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    files = {"a.jpg": phone(1), "b.jpg": phone(6), "c.png": saved(notes, "PNG", pnginfo=said, exif=telephone_exif()),
             "d.webp": saved(notes, "WEBP", exif=telephone_exif(), xmp=SECRET)}
    assert all(SECRET in data for data in files.values())
    data = write_pdf(open_edition(issue_of(files, tmp_path)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                assert SECRET not in one.read_raw_bytes()
                if one.get("/Filter") != "/DCTDecode":
                    assert SECRET not in one.read_bytes()
    assert SECRET not in data


# --- no larger than it takes ----------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photographs_are_down_sampled(form: str, tmp_path: Path) -> None:
    data = saved(scene(), form, quality=95)
    picture = loaded(data, tmp_path, "a." + form.lower().replace("jpeg", "jpg"))
    made = raster(picture, 2.0, DPI)
    assert (made.width, made.height, made.form) == (440, 330, "jpeg")
    assert len(made.data) < len(data) / 4
    full = raster(picture, WIDE, DPI)
    assert (full.width, full.height) == (1600, 1200)


def test_a_little_too_large_is_left_alone(tmp_path: Path) -> None:
    picture = loaded(saved(scene(400, 300), "JPEG"), tmp_path)
    assert raster(picture, 360 / DPI, DPI).width == 400
    assert raster(picture, 340 / DPI, DPI).width == 340


def test_line_art_stays_as_it_was_drawn(tmp_path: Path) -> None:
    art = quarters(900, 600)
    for data in (saved(art, "PNG"), saved(art.quantize(8), "PNG"), saved(art, "WEBP", lossless=True)):
        picture = loaded(data, tmp_path, "a.png")
        made = raster(picture, 600 / DPI, DPI)
        assert (made.width, made.form) == (900, "png")
        shown = Image.open(io.BytesIO(made.data)).convert("RGB")
        assert ImageChops.difference(shown, art).getbbox() is None
        assert raster(picture, 300 / DPI, DPI).width == 300


def test_a_picture_in_two_places_is_there_once_and_large_enough(tmp_path: Path) -> None:
    pictures = [{"file": "images/a.jpg"}, {"file": "images/a.jpg", "width": "half"}]
    workspace = make_workspace(tmp_path, {
        **HEAD,
        "news": [{"title": "标题", "source": "来源", "body": "正文。", "images": pictures}]})
    (tmp_path / "2022-08" / "images" / "a.jpg").write_bytes(saved(scene(4000, 3000), "JPEG"))
    data = write_pdf(open_edition(read(workspace), fits=False))
    (one,) = embedded(data)
    assert one.width == pytest.approx(396 / 72 * DPI, abs=1)
    assert one.filter == "/DCTDecode"


# --- colours, and every kind ----------------------------------------------------------------


def test_colours_are_brought_to_the_screen(tmp_path: Path) -> None:
    kinds = of_every_kind()
    for name in ("cmyk.jpg", "progressive.jpg", "palette.png", "moving.webp"):
        assert close(corners(seen(loaded(kinds[name], tmp_path, name))), CORNERS, 16), name
    for name in ("profile.jpg", "profile.png"):
        swapped = corners(seen(loaded(kinds[name], tmp_path, name)))
        # Its red is our blue.
        assert swapped[0][2] > 150 > swapped[0][0] and swapped[2][0] > 150 > swapped[2][2], name
    deep = seen(loaded(kinds["deep.png"], tmp_path, "deep.png"))
    assert [deep.getpixel((x, 10)) for x in (20, 60, 100)] == [0, 128, 255]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_profile_is_none(form: str, tmp_path: Path) -> None:
    damaged = saved(quarters(), form, icc_profile=b"no profile at all")
    assert close(corners(seen(loaded(damaged, tmp_path))), CORNERS, 16)


def test_what_shines_through_still_does(tmp_path: Path) -> None:
    kinds = of_every_kind()
    for name in ("alpha.png", "grey-alpha.png", "see-through.png"):
        made = raster(loaded(kinds[name], tmp_path, name), WIDE, DPI)
        assert made.mask is not None
        low, high = Image.open(io.BytesIO(made.mask)).getextrema()
        assert low == 0 and high == 255
    opaque = quarters().convert("RGBA")
    assert raster(loaded(saved(opaque, "PNG"), tmp_path, "a.png"), WIDE, DPI).mask is None


def test_an_issue_with_pictures_of_every_kind_conforms(tmp_path: Path) -> None:
    kinds = of_every_kind()
    body = ("第一段，见[网站](https://example.org/a)，**加粗**。\n\n### 小标题\n\n- 甲\n- 乙\n\n"
            "| 项目 | 金额 |\n| --- | ---: |\n| 服务 | 2.3 |\n")
    groups = [tuple(kinds)[at : at + 5] for at in range(0, len(kinds), 5)]
    workspace = make_workspace(tmp_path, {
        **HEAD,
        "news": [{"title": f"标题{number}", "source": "来源", "url": "https://example.org/", "body": body,
                  "images": [{"file": f"images/{name}", "caption": f"图题{name}"} for name in group]}
                 for number, group in enumerate(groups)]})
    for name, data in kinds.items():
        (tmp_path / "2022-08" / "images" / name).write_bytes(data)
    issue = read(workspace)
    for draft in (False, True):
        data = write_pdf(open_edition(issue, draft=draft))
        assert faults(data) == []
        assert len(list(embedded(data))) == len(kinds)
        assert data == write_pdf(open_edition(issue, draft=draft))
    assert {one.space for one in embedded(data)} == {"/DeviceRGB", "/DeviceGray", "/Indexed"}
