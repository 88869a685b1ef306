"""What the desk's processes do beside drawing pages: check a text, make its outputs, draw a cover."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from bulletin_press.desk.live.place import Place
from bulletin_press.pipeline import Checked, Rendered, check, make, render

__all__ = ["Place", "checked", "covers", "made"]


def checked(place: Place, path: Path, text: str) -> Checked:
    """What the checks say of a text, pages left out."""
    return check(place.workspace({path: text}), path)


def made(place: Place, path: Path, outlet: str, draft: bool, *,
         progress: Callable[[str], None] = lambda words: None) -> Rendered:
    """One output, written."""
    return render(place.workspace(), path, to=(outlet,), draft=draft, progress=progress)


def covers(place: Place, path: Path, text: str) -> Sequence[bytes]:
    """The first page of a text as a picture; none where it cannot be set."""
    import pypdfium2

    workspace = place.workspace({path: text})
    files = make(workspace, path).files or make(workspace, path, draft=True).files
    if not files or not isinstance(files[0], bytes):
        return ()
    document = pypdfium2.PdfDocument(files[0])
    try:
        out = io.BytesIO()
        document[0].render(scale=520 / document[0].get_width()).to_pil().convert("RGB").save(out, "PNG")
    finally:
        document.close()
    return (out.getvalue(),)
