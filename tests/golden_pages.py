"""The golden pages: what some pages of the samples look like, small and grey.

    python tests/golden_pages.py          write them anew, after looking at the pages themselves

A test compares the pages of today with them, with a tolerance for what another release of Pango
or of the renderer moves by a fraction of a pixel.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import ISSUE, Workspace
from bulletin_press.writers.pdf import write_pdf

FOLDER = Path(__file__).parent / "golden" / "pages"
ISSUES = Path(__file__).resolve().parents[1] / "issues"
# Theme and pages, of the issue with every kind of chart.
PAGES = {"classic": (1, 2, 3), "modern": (1, 2, 3), "gongwen": (1, 2, 3), "annual": (1, 4, 5)}
NAME = "2022-08"
DPI = 48


def pages(theme: str) -> Iterator[tuple[int, Image.Image]]:
    """The pages to compare, with their numbers."""
    workspace = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    edition = open_edition(read_issue(workspace, ISSUES / NAME / ISSUE), theme)
    document = pypdfium2.PdfDocument(write_pdf(edition))
    try:
        for number in PAGES[theme]:
            yield number, document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def path(theme: str, number: int) -> Path:
    """Where a golden page lies."""
    return FOLDER / f"{theme}-{number}.png"


def main() -> None:
    """Write them anew, all or those of the themes named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for theme in sys.argv[1:] or PAGES:
        for number, image in pages(theme):
            image.save(path(theme, number), optimize=True)
            print(path(theme, number).name)


if __name__ == "__main__":
    main()
