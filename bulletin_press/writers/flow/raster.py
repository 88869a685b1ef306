"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_INCH = 72.0
_NEAR_WHITE = 254
_WHITE = (255, 255, 255)
# Where a page ends is looked for on one so many times as small; so many of its rows below are kept.
_SMALL, _BELOW = 8, 4
# Colours of an image that are looked at, the commonest first.
_CONSIDERED = 8_000


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


def page_tops(data: bytes, widths: Sequence[int], foot: float) -> Iterator[Image]:
    """The first pages of a PDF as RGB images without the white below what stands on them.

    The white is never drawn: plates are laid out on high paper, most of which stays empty.

    Args:
        data: the PDF.
        widths: how wide each page is to be, px; so many pages are drawn, or as many as there are.
        foot: points of white that remain.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for index, width in zip(range(len(document)), widths, strict=False):
            page = document[index]
            # The engine rounds up, and a float may lie above the whole number that it stands for.
            scale = (width - 1e-3) / page.get_width()
            small = page.render(scale=scale / _SMALL, rev_byteorder=True).to_pil()
            high = page.get_height() - (_end(small) + _BELOW) * _SMALL / scale - foot
            image = page.render(scale=scale, crop=(0, max(0.0, high), 0, 0), rev_byteorder=True).to_pil().convert("RGB")
            yield image.crop((0, 0, image.width, min(image.height, _end(image) + round(foot * scale))))
    finally:
        document.close()


def _end(image: Image) -> int:
    """The row from which an image is white."""
    from PIL import Image as images
    from PIL import ImageChops

    box = ImageChops.difference(image.convert("RGB"), images.new("RGB", image.size, _WHITE)).getbbox()
    return box[3] if box else image.height


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
    """An image in about so many colours, without dither; the octree takes a seventh of what the median cut does."""
    from PIL import Image as images

    made = image.quantize(colours, method=images.Quantize.FASTOCTREE, dither=images.Dither.NONE)
    # An octree's colours are means: paper with a few near whites on it would be a shade off.
    made.putpalette([255 if part >= _NEAR_WHITE else part for part in made.getpalette() or []])
    return made


def in_its_colours(image: Image, most: int = 256, apart: int = 8) -> Image:
    """An image in few colours: the commonest exact, grounds and small marks alike, the rest near them.

    Args:
        image: RGB.
        most: how many colours, 256 or fewer.
        apart: how far any two of them differ at least in one of their parts, of 256.
    """
    from PIL import Image as images

    found: Any = image.getcolors(image.width * image.height) or []
    taken: list[tuple[int, int, int]] = []
    # Two that lie close would be taken for each other.
    for _, (red, green, blue) in sorted(found, key=lambda one: (-one[0], one[1]))[:_CONSIDERED]:
        if all(max(abs(red - r), abs(green - g), abs(blue - b)) >= apart for r, g, b in taken):
            taken.append((red, green, blue))
            if len(taken) == most:
                break
    holder = images.new("P", (1, 1))
    holder.putpalette([part for colour in taken for part in colour])
    return image.quantize(palette=holder, dither=images.Dither.NONE)


def as_png(image: Image, dpi: float | None = None, level: int = 9) -> bytes:
    """An image as PNG; the same image gives the same bytes.

    Args:
        image: what is drawn.
        dpi: pixels to the inch, if they are to be told.
        level: how hard zlib tries, 1 to 9.
    """
    kept = io.BytesIO()
    image.save(kept, "PNG", compress_level=level, **({"dpi": (dpi, dpi)} if dpi else {}))
    return kept.getvalue()


def as_jpeg(image: Image, quality: int) -> bytes:
    """An image as JPEG, without subsampling: letters stand on it; the same image gives the same bytes."""
    kept = io.BytesIO()
    image.convert("RGB").save(kept, "JPEG", quality=quality, subsampling=0, optimize=True)
    return kept.getvalue()
