"""Every reader sees the page: glyph codes by the standard's letter, and pages by engines that are not one kin.

Poppler and PDFium forgive wrong codes; MuPDF and Ghostscript do not.
"""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from datetime import date
from functools import cache

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from glyph_codes import shown_codes
from PIL import Image, ImageChops
from rendering import ISSUES, SAMPLES
from shares import share
from workspaces import THEMES

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf

ROOT = ISSUES.parent
DOCUMENTS = {**{name: ISSUES / name / "issue.toml" for name in SAMPLES},
             "specimen": ROOT / "docs" / "specimen.toml"}
DPI, CELL = 96, 12


@cache
def made(name: str, theme: str) -> bytes:
    issue = read_issue(Workspace(ISSUES, date(2022, 9, 1), ISSUES), DOCUMENTS[name])
    return write_pdf(open_edition(issue, theme))


@pytest.mark.parametrize(("name", "theme"), share(
    itertools.product(DOCUMENTS, THEMES), [*((SAMPLES[1], theme) for theme in THEMES), ("specimen", "classic")]))
def test_every_code_shows_the_glyph_of_its_text(name: str, theme: str) -> None:
    codes = list(shown_codes(made(name, theme)))
    assert len({code.text for code in codes}) > 200
    assert not [code for code in codes if code.fault]


def test_the_reader_of_codes_finds_what_is_wrong() -> None:
    """As the fonts were: glyphs that are numbered otherwise than they are written."""
    with pikepdf.open(io.BytesIO(made("2022-08", "classic"))) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item:
                font = TTFont(io.BytesIO(item.FontFile3.read_bytes()))
                top = font["CFF "].cff.topDictIndex[0]
                top.charset[1:] = [f"cid{int(name[3:]) + 1:05d}" for name in top.charset[1:]]
                top.CharStrings.charStrings = {name: index for index, name in enumerate(top.charset)}
                program = io.BytesIO()
                font.save(program)
                item.FontFile3.write(program.getvalue())
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    codes = list(shown_codes(spoilt.getvalue()))
    assert sum(bool(code.fault) for code in codes) > len(codes) / 2


# --- searches ---------------------------------------------------------------------------------

# As many characters as a word set wide has, or a figure with its space; a line has twice as many.
LONGEST = 16


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("theme", THEMES)
def test_what_is_marked_is_short(name: str, theme: str) -> None:
    """Chrome spreads the characters of a marked span over its length: in a whole line searches land beside the word."""
    with pikepdf.open(io.BytesIO(made(name, theme))) as pdf:
        texts = [bytes.fromhex(found[1].decode()).decode("utf-16") for page in pdf.pages
                 for found in re.finditer(rb"/ActualText <([0-9A-F]+)>", page.Contents.read_bytes())]
    assert texts and not [text for text in texts if len(text) > LONGEST]


# --- painters ---------------------------------------------------------------------------------


def pdfium(data: bytes, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    picture = document[number].render(scale=DPI / 72).to_pil().convert("L")
    document.close()
    return picture


def mupdf(data: bytes, number: int) -> Image.Image:
    pymupdf = pytest.importorskip("pymupdf", reason="MuPDF is not installed: its picture of the pages was not compared")
    with pymupdf.open(stream=data, filetype="pdf") as document:
        drawn = document[number].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False)
    return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def ghostscript(data: bytes, number: int) -> Image.Image:
    return painted("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=png16m", "-dTextAlphaBits=4",
                   "-dGraphicsAlphaBits=4", f"-r{DPI}", f"-dFirstPage={number + 1}", f"-dLastPage={number + 1}",
                   "-sOutputFile=-", "-", data=data)


def poppler(data: bytes, number: int) -> Image.Image:
    return painted("pdftoppm", "-r", str(DPI), "-f", str(number + 1), "-l", str(number + 1), "-png", "-", data=data)


def painted(command: str, *arguments: str, data: bytes) -> Image.Image:
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not installed: its picture of the pages was not compared")
    done = subprocess.run([command, *arguments], input=data, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def otherwise(ours: Image.Image, theirs: Image.Image) -> float:
    """The share of inked cells, of ``CELL`` pixels, that two pictures ink with a difference of over half.

    A rule on the edge of a row of cells is rounded into this row or the next: pages are judged with the cells
    set half of one further on, too, and by the lesser share; letters that are not there differ both ways.
    """
    whole, moved = (_different(ours, theirs, start) for start in (0, CELL // 2))
    return min(whole, moved)


def _different(ours: Image.Image, theirs: Image.Image, start: int) -> float:
    size = tuple(min(pair) // CELL * CELL for pair in zip(ours.size, theirs.size, strict=True))
    first, second = (picture.crop((start, start, *size)).point(lambda value: 255 - value).reduce(CELL)
                     for picture in (ours, theirs))
    difference = ImageChops.difference(first, second)
    pairs = [(one, other) for one, other in zip(first.tobytes(), difference.tobytes(), strict=True) if one > 12]
    return sum(other > one / 2 for one, other in pairs) / len(pairs)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("engine", [mupdf, ghostscript, poppler], ids=lambda engine: engine.__name__)
def test_engines_paint_the_same_page(engine: object, theme: str) -> None:
    data = made("2022-08", theme)
    for number in (0, 1, 3):
        assert otherwise(pdfium(data, number), engine(data, number)) < 0.03, number + 1  # type: ignore[operator]


def test_the_comparison_finds_blank_hanzi() -> None:
    """A page without the letters of its text faces: what half the readers saw before."""
    data = made("2022-08", "classic")
    page = pdfium(data, 1)
    blank = Image.new("L", page.size, 255)
    blank.paste(page.crop((0, 0, page.width, page.height // 3)), (0, 0))
    assert otherwise(page, blank) > 0.3
