"""Draw the pages that README.md and the guide show, from the sample issue: ``make pictures``.

Needs poppler's ``pdftoppm``. Writes docs/pages.png and docs/guide/pictures/.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).resolve().parents[1]
ISSUE = "2022-08"
THEMES = ("classic", "modern", "gongwen")
DPI = 100
GROUND = "#E9ECEC"
EDGE = "#C9CFCF"
# Of each theme in README.md: the page in front and the one behind it, from 1.
SHOWN = {"classic": (1, 2), "modern": (1, 3), "gongwen": (1, 3)}


def pages(issue: str, theme: str, folder: Path, *arguments: str) -> list[Image.Image]:
    """Every page of the sample issue in a theme, ``DPI`` pixels an inch."""
    pdf = folder / f"{theme}.pdf"
    subprocess.run([sys.executable, "-m", "bulletin_press", "-w", ROOT / "issues", "render", issue, "--theme", theme,
                    "-o", pdf, *arguments], cwd=ROOT, check=True, capture_output=True)
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(DPI), "-png", pdf, stem], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob(f"{theme}-*.png"))]


def scaled(page: Image.Image, width: int) -> Image.Image:
    """A page of a width in pixels."""
    return page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS)


def laid(ground: Image.Image, page: Image.Image, left: int, top: int) -> None:
    """Put a page on the ground, with its edge and a soft shadow."""
    shadow = Image.new("L", ground.size, 0)
    ImageDraw.Draw(shadow).rectangle((left, top + 6, left + page.width, top + page.height + 8), fill=90)
    ground.paste("#8A9494", mask=shadow.filter(ImageFilter.GaussianBlur(9)))
    ground.paste(page, (left, top))
    ImageDraw.Draw(ground).rectangle((left, top, left + page.width - 1, top + page.height - 1), outline=EDGE)


def side_by_side(chosen: Sequence[Image.Image], width: int, gap: int = 28) -> Image.Image:
    """Pages in a row, each ``width`` pixels wide."""
    small = [scaled(page, width) for page in chosen]
    ground = Image.new("RGB", (gap + (width + gap) * len(small), small[0].height + 2 * gap), GROUND)
    for index, page in enumerate(small):
        laid(ground, page, gap + (width + gap) * index, gap)
    return ground


def poster(drawn: Mapping[str, Sequence[Image.Image]]) -> Image.Image:
    """Three themes beside one another: a first page in front, another behind it."""
    width, shift, drop, gap = 430, 120, 46, 40
    pair = width + shift
    height = scaled(drawn["classic"][0], width).height
    ground = Image.new("RGB", (gap + (pair + gap) * len(THEMES), height + drop + 2 * gap), GROUND)
    for index, theme in enumerate(THEMES):
        front, back = (scaled(drawn[theme][number - 1], width) for number in SHOWN[theme])
        left = gap + (pair + gap) * index
        laid(ground, back, left + shift, gap)
        laid(ground, front, left, gap + drop)
    return ground


def saved(picture: Image.Image, name: str) -> None:
    """Write a picture in few colours: pages have hardly more."""
    path = ROOT / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(96, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {picture.width} × {picture.height}, {path.stat().st_size // 1024} KiB")


def main() -> None:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as name:
        drawn = {theme: pages(ISSUE, theme, Path(name)) for theme in THEMES}
        (Path(name) / "draft").mkdir()
        proof = pages(ISSUE, "classic", Path(name) / "draft", "--draft")
    saved(poster(drawn), "pages.png")
    for theme in THEMES:
        saved(side_by_side(drawn[theme][:3], 380), f"guide/pictures/{theme}.png")
    saved(side_by_side(drawn["classic"][:2], 560), "guide/pictures/report.png")
    page = drawn["classic"][3]
    saved(page.crop((0, 0, page.width, page.height * 56 // 100)), "guide/pictures/article.png")
    saved(side_by_side(proof[:1], 420), "guide/pictures/proof.png")


if __name__ == "__main__":
    main()
