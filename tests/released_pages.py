"""Workspaces as a released version left them, and the text of their pages as that version set it.

``tests/released/<version>/workspace`` is what a publication had on its disk: settings, issues, pictures, a
report definition and themes of its own, copied by that version. It is never changed. Beside it,
``<issue>-<theme>.txt`` is the text of the pages, one page after another, lines as they were set.

    python tests/released_pages.py          write the texts anew, after looking at the pages themselves
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import ISSUE, Workspace
from bulletin_press.writers.pdf import write_pdf

FOLDER = Path(__file__).parent / "released"
WORKSPACE = "workspace"
PAGE = "\f\n"
BUNDLED = ("classic", "modern", "gongwen")
# Version, issue and theme: each theme once, bundled and as the publication copied it.
PRINTED = (
    *(("0.1.0", "2024-03", theme) for theme in (*BUNDLED, *(f"own-{name}" for name in BUNDLED))),
    ("0.1.0", "2024-02", "classic"),
)


def copied(version: str, folder: Path) -> Workspace:
    """A copy of a released version's workspace, to be worked in."""
    shutil.copytree(FOLDER / version / WORKSPACE, folder)
    return Workspace(folder, date(2024, 3, 25), folder)


def page_texts(workspace: Workspace, name: str, theme: str) -> Iterator[str]:
    """The text of each page."""
    edition = open_edition(read_issue(workspace, workspace.root / name / ISSUE), theme)
    document = pypdfium2.PdfDocument(write_pdf(edition))
    try:
        for page in document:
            yield "\n".join(page.get_textpage().get_text_bounded().splitlines()) + "\n"
    finally:
        document.close()


def path(version: str, name: str, theme: str) -> Path:
    """Where the text of an issue in a theme lies."""
    return FOLDER / version / f"{name}-{theme}.txt"


def main() -> None:
    """Write the texts anew, those of all themes or of those named."""
    for version, name, theme in PRINTED:
        if not sys.argv[1:] or theme in sys.argv[1:]:
            root = FOLDER / version / WORKSPACE
            texts = page_texts(Workspace(root, date(2024, 3, 25), root), name, theme)
            path(version, name, theme).write_text(PAGE.join(texts), encoding="utf-8")
            print(path(version, name, theme).name)


if __name__ == "__main__":
    main()
