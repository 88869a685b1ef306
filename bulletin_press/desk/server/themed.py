"""An issue's pages in another theme, small: to be looked at side by side."""

from __future__ import annotations

import io
from pathlib import Path

from bulletin_press.desk.server.work import Place
from bulletin_press.pipeline import make

WIDTH = 620


def pages_in(place: Place, path: Path, text: str, theme: str) -> tuple[bytes, ...]:
    """The pages of a text in a theme, PNG, 620 pixels wide; none where it cannot be set.

    Args:
        place: the publication.
        path: the issue's file.
        text: what is in it.
        theme: the theme's name.
    """
    import pypdfium2

    workspace = place.workspace({path: text})
    files = make(workspace, path, theme=theme).files or make(workspace, path, theme=theme, draft=True).files
    if not files or not isinstance(files[0], bytes):
        return ()
    document, found = pypdfium2.PdfDocument(files[0]), []
    try:
        for one in document:
            out = io.BytesIO()
            one.render(scale=WIDTH / one.get_width()).to_pil().convert("RGB").save(out, "PNG", compress_level=2)
            found.append(out.getvalue())
    finally:
        document.close()
    return tuple(found)
