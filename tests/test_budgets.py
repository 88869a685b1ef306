"""Shares of the long proofs that take no time, and what the limits of pictures and runs are made of."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from photographs import CORNERS, corners, exif, laid, quarters, saved, scene
from PIL import Image
from proofs import bombs
from rendering import environment

from bulletin_press.pictures import LoadedPicture, PictureFault, load_picture, loading, reduction
from bulletin_press.pictures.jpeg import MAX_SCANS, frame
from bulletin_press.pictures.kinds import foreign_kind
from bulletin_press.pictures.png import chunks, header, in_strips, strips
from bulletin_press.pictures.screen import raster

PROOFS = Path(__file__).parent / "proofs"


def loaded(data: bytes, folder: Path, name: str = "a.jpg") -> LoadedPicture:
    (folder / name).write_bytes(data)
    return load_picture(folder / name, folder)


# --- the long proofs ------------------------------------------------------------------------


def proof(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(PROOFS / name), *arguments], env=environment(), capture_output=True,
                          encoding="utf-8", check=False)


QUICK = ("new-issue", "convert")


@pytest.mark.slow
def test_killed_ahead_of_every_step() -> None:
    done = proof("kills.py", "--kills", "2", "--only", *QUICK)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("corrupt, empty or lost 0, left over 0, unfinished 0") == len(QUICK)


@pytest.mark.slow
def test_the_proof_of_kills_finds_plain_writing() -> None:
    done = proof("kills.py", "--kills", "4", "--only", "convert", "--plainly")
    assert done.returncode == 1, done.stdout


@pytest.mark.parametrize("name", ["16,000 × zero-width space", "zero-width title", "blanks", "dotted key",
                                  "jpeg of 4,000 scans", "png 1 × 39,900,000"])
def test_bombs(name: str) -> None:
    made = dict(bombs.bombs())[name]
    seconds, peak, status, words, kept = bombs.tried(made())
    assert seconds < bombs.CPU / 2 and peak < bombs.MEMORY / 2, (seconds, peak)
    assert status in (0, 1) and kept and "内部出错" not in words


# --- pictures: counted before they are decoded ----------------------------------------------


def test_scans_are_counted_and_refused(tmp_path: Path) -> None:
    assert frame(saved(scene(64, 48), "JPEG")).scans == 1
    assert frame(saved(scene(64, 48), "JPEG", progressive=True)).scans == 10
    begun = time.process_time()
    with pytest.raises(PictureFault, match="扫描"):
        loaded(bombs.scans(4000), tmp_path)
    assert time.process_time() - begun < 5
    assert loaded(bombs.scans(MAX_SCANS - 20, 64), tmp_path).width == 64


def test_what_a_progressive_jpeg_keeps() -> None:
    """Two bytes a coefficient: three colours whole, or two of them at a quarter."""
    image = scene(64, 48)
    assert frame(saved(image, "JPEG")).coefficients == 0
    assert frame(saved(image, "JPEG", progressive=True, subsampling=0)).coefficients == 64 * 48 * 6
    assert frame(saved(image, "JPEG", progressive=True, subsampling=2)).coefficients == 64 * 48 * 3


def test_fill_bytes_are_few(tmp_path: Path) -> None:
    assert loaded(bombs.filled(saved(quarters(), "JPEG"), 1000), tmp_path).width == 320
    begun = time.process_time()
    with pytest.raises(PictureFault, match="空数据"):
        loaded(bombs.filled(saved(quarters(), "JPEG"), 40_000_000), tmp_path)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize("size", [(1, 39_900_000), (39_900_000, 1), (5, 65_000), (65_000, 5)])
def test_what_is_too_thin_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(PictureFault, match="太细长"):
        loaded(bombs.png(*size), tmp_path, "a.png")


# --- pictures: read reduced -----------------------------------------------------------------


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large begins at 20,000 pixels."""
    monkeypatch.setattr(loading, "WHOLE_PIXELS", 20_000)
    monkeypatch.setattr(reduction, "KEPT_PIXELS", 20_000)
    monkeypatch.setattr("bulletin_press.pictures.png._STRIP", 30_000)
    monkeypatch.setattr(reduction, "_BAND", 9_000)


LARGE = {
    "a.jpg": lambda image: saved(image, "JPEG", quality=95),
    "progressive.jpg": lambda image: saved(image, "JPEG", quality=95, progressive=True),
    "cmyk.jpg": lambda image: saved(image.convert("CMYK"), "JPEG", quality=95),
    "a.png": lambda image: saved(image, "PNG"),
    "alpha.png": lambda image: saved(image.convert("RGBA"), "PNG"),
    "palette.png": lambda image: saved(image.quantize(8), "PNG"),
    "few-bits.png": lambda image: saved(image.quantize(4), "PNG", bits=2),
    "a.webp": lambda image: saved(image, "WEBP", quality=95),
}


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("name", LARGE)
def test_a_large_picture_is_read_reduced(name: str, orientation: int, tmp_path: Path) -> None:
    image = laid(quarters(641, 403), orientation)
    data = LARGE[name](image)
    if orientation != 1 and name == "a.jpg":
        data = saved(image, "JPEG", quality=95, exif=exif(orientation))
    elif orientation != 1:
        pytest.skip("one kind tells")
    picture = loaded(data, tmp_path, name)
    assert (picture.width, picture.height) == (641, 403)
    with Image.open(io.BytesIO(picture.data)) as kept:
        assert kept.width * kept.height <= 1.2 * 20_000
    made = raster(picture, 1000.0, 220)
    shown = Image.open(io.BytesIO(made.data))
    assert all(abs(one - other) <= 30 for a, b in zip(corners(shown), CORNERS, strict=True)
               for one, other in zip(a, b, strict=True))


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("name", ["a.jpg", "progressive.jpg", "a.png", "palette.png", "a.webp"])
def test_a_large_picture_cut_short_is_found(name: str, tmp_path: Path) -> None:
    data = LARGE[name](scene(640, 400))
    for share in (0.3, 0.7, 0.97):
        with pytest.raises(PictureFault, match="损坏"):
            loaded(data[: int(len(data) * share)], tmp_path, name)


@pytest.mark.usefixtures("small_limits")
def test_flipped_bits_of_a_large_png_are_found(tmp_path: Path) -> None:
    data, chance = saved(scene(400, 300), "PNG"), random.Random(4)
    for _ in range(40):
        flipped = bytearray(data)
        flipped[chance.randrange(33, len(data) - 12)] ^= 1 << chance.randrange(8)
        with pytest.raises(PictureFault, match="损坏"):
            loaded(bytes(flipped), tmp_path, "a.png")


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA"])
@pytest.mark.parametrize("multiple", [1, 3])
def test_strips_are_the_picture(mode: str, multiple: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bulletin_press.pictures.png._STRIP", 20_000)
    image = scene(240, 163).convert(mode)
    data = saved(image, "PNG")
    assert in_strips(header(data))
    parts = list(strips(data, chunks(data), header(data), multiple))
    assert len(parts) > 3 and all(part.height % multiple == 0 for part in parts[:-1])
    assert b"".join(part.tobytes() for part in parts) == image.tobytes()


def test_strips_of_data_that_do_not_end_are_refused() -> None:
    data = saved(scene(64, 48), "PNG")
    (idat,) = (one for one in chunks(data) if one.kind == b"IDAT")
    raw = zlib.decompress(data[idat.start : idat.end])
    for wrong in (raw[:-1], raw + b"\0"):
        made = data[: idat.start - 8] + bombs.chunk(b"IDAT", zlib.compress(wrong)) + bombs.chunk(b"IEND", b"")
        with pytest.raises(ValueError, match=r"cut short|do not end"):
            list(strips(made, chunks(made), header(made), 1))


# --- pictures: named by their content -------------------------------------------------------


def box(brand: bytes, *others: bytes) -> bytes:
    return (16 + 4 * len(others)).to_bytes(4, "big") + b"ftyp" + brand + bytes(4) + b"".join(others) + bytes(4000)


@pytest.mark.parametrize(("data", "words"), [
    (box(b"heic", b"mif1"), "HEIC"), (box(b"mif1", b"heic"), "HEIC"), (box(b"msf1", b"hevc"), "HEIC"),
    (box(b"mif1", b"avif"), "AVIF"), (box(b"avif", b"mif1"), "AVIF"), (box(b"qt  "), "视频"), (box(b"isom"), "视频"),
    (b"GIF89a" + bytes(99), "GIF"), (b"BM" + bytes(99), "BMP"), (b"II*\0" + bytes(99), "TIFF"),
    (b"%PDF-1.7", "PDF"), (b"8BPS\0\1", "Photoshop"), (b"\xd7\xcd\xc6\x9a\0\0", "图元"), (b"\xd0\xcf\x11\xe0", "Word"),
    (b"PK\3\4\0\0[Content_Types].xml word/document.xml", "Word"), (b"PK\3\4 a.jpg", "压缩包"),
    (b"<?xml version='1.0'?>\n<!-- x -->\n<svg width='9'/>", "SVG"), (b"\xef\xbb\xbf<svg/>", "SVG"),
    (b"<!DOCTYPE html><html>", "网页"), ("图片在这里".encode(), "文字文件"), (b"\xff\x0a\0", "JPEG XL")])
def test_a_file_is_named_by_its_content(data: bytes, words: str) -> None:
    kind = foreign_kind(data)
    assert kind is not None and words in kind.name and kind.remedy


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_what_is_set_is_no_other_kind(form: str) -> None:
    assert foreign_kind(saved(quarters(), form)) is None


def test_heic_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "heic_is_read", lambda: False)
    with pytest.raises(PictureFault, match=r"HEIC 照片（名字却是 \.jpg）.*兼容性最佳.*pip install '.*\[heic\]'"):
        loaded(box(b"heic", b"mif1"), tmp_path)


@pytest.mark.parametrize("name", ["a.HEIC", "a.jpg"])
def test_heic_is_read_with_the_extra(name: str, tmp_path: Path) -> None:
    pytest.importorskip("pillow_heif").register_heif_opener(thumbnails=False)
    data = saved(quarters(), "HEIF", quality=95, exif=exif(1).tobytes())
    picture = loaded(data, tmp_path, name)
    assert (picture.width, picture.height, picture.media_type) == (320, 200, "image/jpeg")
    assert b"CANARY" not in picture.data
    with Image.open(io.BytesIO(picture.data)) as kept:
        assert all(abs(one - other) <= 16 for a, b in zip(corners(kept), CORNERS, strict=True)
                   for one, other in zip(a, b, strict=True))


@pytest.mark.parametrize("name", ["图 一.JPG", "e\u0301te\u0301.png", "a b.JPEG", "a.webp"])
def test_names_of_every_kind(name: str, tmp_path: Path) -> None:
    """Also with what stands behind a picture's end, and under another kind's name."""
    for form in ("PNG", "JPEG", "WEBP"):
        data = saved(quarters(), form) + (b"" if form == "WEBP" else os.urandom(500))
        assert loaded(data, tmp_path, name).width == 320
