"""The files for the print shop on other papers: 16开, a page that lies on its side; what other engines see."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from workspaces import HEAD, write

from bulletin_press.edition import Edition, open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.prepress.preflight import Limits, preflight
from bulletin_press.prepress.sheets import MM
from bulletin_press.writers.booklet import write_booklet
from bulletin_press.writers.print import write_print

# Too broad for the measure of 16开: the theme turns it.
ROW = "| 大连高新技术产业园区 |" + " 12345.67 |" * 12 + "\n"
TABLE = "| 地区 |" + "".join(f" 二〇二二年{month}月 |" for month in range(1, 13)) + "\n| --- |" + " ---: |" * 12 + "\n"
BODY = "首段。\n\n" + TABLE + ROW * 8 + "\n末段。"
WIDE, HIGH, BLEED, SLUG = 185, 260, 3, 10


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("papers")
    workspace = write(folder, {
        "publication.toml": '[publication]\nname = "测试月刊"\norganiser = "测试协会"\ntheme = "classic"\n\n'
                            '[theme]\npaper = "16开"\n',
        "2022-08/issue.toml": f"{HEAD}[[news]]\ntitle = \"题目\"\nsource = \"协会\"\nbody = '''\n{BODY}\n'''\n"})
    return open_edition(read_issue(workspace, folder / "2022-08/issue.toml"))


@pytest.fixture(scope="module")
def printed(edition: Edition) -> bytes:
    return write_print(edition)


@pytest.fixture(scope="module")
def booklet(edition: Edition) -> bytes:
    return write_booklet(edition)


def boxes(data: bytes) -> list[tuple[list[float], list[float], list[float]]]:
    """Trimmed, bleeding and whole of each page, mm."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [(in_mm(page.obj.TrimBox), in_mm(page.obj.BleedBox), in_mm(page.obj.MediaBox)) for page in pdf.pages]


def in_mm(box: pikepdf.Object) -> list[float]:
    return [float(edge) / MM for edge in box.as_list()]


def about(width: float, height: float, beyond: float) -> object:
    return pytest.approx([-beyond, -beyond, width + beyond, height + beyond], abs=0.1)


def test_the_page_on_its_side_is_turned_with_its_head_at_the_left(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        turns = [[round(float(one)) for one in page.obj.Resources.XObject["/Leaf"].Matrix.as_list()[:4]]
                 for page in pdf.pages if "/XObject" in page.obj.Resources]
    assert turns.count([0, 1, -1, 0]) == 1 and turns.count([1, 0, 0, 1]) == len(turns) - 1 > 0


def test_every_page_is_trimmed_alike(printed: bytes) -> None:
    made = boxes(printed)
    assert len(made) % 4 == 0
    for trim, bleed, media in made:
        assert trim == about(WIDE, HIGH, 0) and bleed == about(WIDE, HIGH, BLEED) and media == about(WIDE, HIGH, SLUG)


def test_a_sheet_is_two_pages_broad(booklet: bytes) -> None:
    made = boxes(booklet)
    assert made and len(made) % 2 == 0
    for trim, bleed, media in made:
        assert trim == about(2 * WIDE, HIGH, 0) and bleed == about(2 * WIDE, HIGH, BLEED)
        assert media == about(2 * WIDE, HIGH, SLUG)


def test_our_preflight_finds_no_fault(printed: bytes, booklet: bytes) -> None:
    assert not preflight(printed) and not preflight(booklet)


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_reads_the_same_boxes(printed: bytes, booklet: bytes, tmp_path: Path) -> None:
    for data in (printed, booklet):
        (tmp_path / "a.pdf").write_bytes(data)
        checked = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        told = subprocess.run(["qpdf", "--json=1", "--json-key=objects", tmp_path / "a.pdf"], capture_output=True,
                              check=True)
        pages = [one for one in json.loads(told.stdout)["objects"].values()
                 if isinstance(one, dict) and one.get("/Type") == "/Page"]
        assert len(pages) == len(boxes(data))
        trim, bleed, media = boxes(data)[0]
        for page in pages:
            for name, ours in (("/TrimBox", trim), ("/BleedBox", bleed), ("/MediaBox", media)):
                assert page[name] == pytest.approx([edge * MM for edge in ours], abs=0.3)


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")
def test_ghostscript_agrees_about_plates_and_ink(printed: bytes, tmp_path: Path) -> None:
    plates = plates_of(printed, tmp_path)
    assert set(plates) == {"Cyan", "Magenta", "Yellow", "Black"}
    # Of the trimmed form alone: what our boxes say is what it draws.
    assert {image.size for image in plates.values()} == {(round(WIDE / 25.4 * 150), round(HIGH / 25.4 * 150))}
    heaviest = most_ink(plates)
    assert 0.9 < heaviest <= 3.0
    # A limit below what Ghostscript measures is one that our own preflight finds broken, too.
    assert not [one for one in preflight(printed, Limits(ink=heaviest + 0.05)) if one.rule == "ink-limit"]
    assert [one for one in preflight(printed, Limits(ink=heaviest - 0.1)) if one.rule == "ink-limit"]


def plates_of(data: bytes, folder: Path) -> dict[str, Image.Image]:
    """The plates of the first page, by ink; white is none of it."""
    (folder / "a.pdf").write_bytes(data)
    subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-dOverprint=/enable", "-r150",
                    "-dUseTrimBox", "-dFirstPage=1", "-dLastPage=1", f"-sOutputFile={folder / 'p.tif'}",
                    folder / "a.pdf"], check=True, capture_output=True, timeout=120)
    return {path.stem.partition("(")[2].rstrip(")"): Image.open(path).convert("L") for path in folder.glob("p(*).tif")}


def most_ink(plates: dict[str, Image.Image]) -> float:
    """The most ink that lies on one spot, in whole inks."""
    spots = zip(*(image.tobytes() for image in plates.values()), strict=True)
    most: int = max(sum(255 - value for value in spot) for spot in spots)
    return most / 255
