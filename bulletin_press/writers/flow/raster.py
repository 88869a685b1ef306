"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_INCH = 72.0


def page_images(data: bytes, scale: Callable[[int, float], float]) -> Iterator[tuple[Image, float]]:
    """The pages of a PDF as RGB images, one after the other, each with its pixels to the point.

    Args:
        data: the PDF.
        scale: pixels to the point, by a page's index and its width, pt.
    """
    # Late: only for outlets that show pages as pictures.
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(document)):
            page = document[index]
            times = scale(index, page.get_width())
            yield page.render(scale=times, rev_byteorder=True).to_pil().convert("RGB"), times
    finally:
        document.close()


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def page_files(data: bytes, dpi: int) -> dict[str, bytes]:
    """The pages of a PDF as PNG, by their names: 1.png, or 01.png where there are ten or more."""
    made = [as_png(image, dpi) for image, _ in page_images(data, lambda index, width: dpi / _INCH)]
    digits = len(str(len(made)))
    return {f"{number:0{digits}}.png": one for number, one in enumerate(made, 1)}


def in_few_colours(image: Image, colours: int) -> Image:
    """An image in so many colours, without dither."""
    from PIL import Image as images

    return image.quantize(colours, dither=images.Dither.NONE)


def in_its_colours(image: Image, colours: int = 256) -> Image:
    """An image in so many colours, the commonest half of them exact: grounds stay as designed, small marks too."""
    from PIL import Image as images

    found: Any = image.getcolors(image.width * image.height) or []
    by_use: list[tuple[int, int, int]] = [colour for _, colour in sorted(found, key=lambda one: (-one[0], one[1]))]
    exact, rest = by_use[:colours // 2], by_use[colours // 2:colours // 2 + 20_000]
    palette = [part for colour in exact for part in colour]
    if rest:
        strip = images.new("RGB", (len(rest), 1))
        strip.putdata(rest)
        made = strip.quantize(colours - len(exact), method=images.Quantize.MAXCOVERAGE, dither=images.Dither.NONE)
        palette += made.getpalette() or []
    holder = images.new("P", (1, 1))
    holder.putpalette(palette[:3 * colours])
    return image.quantize(palette=holder, dither=images.Dither.NONE)


def as_png(image: Image, dpi: float | None = None) -> bytes:
    """An image as PNG; the same image gives the same bytes."""
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True, **({"dpi": (dpi, dpi)} if dpi else {}))
    return kept.getvalue()
