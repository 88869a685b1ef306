"""Pictures as a printing file holds them: in inks, opaque, none twice."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Name

from bulletin_press.prepress.colour import Separation

if TYPE_CHECKING:
    from PIL.Image import Image

_QUALITY = 92
# A picture of more colours is a photograph, and packed as one.
_DRAWN_COLOURS = 4096


def separate(stream: pikepdf.Stream, separation: Separation) -> None:
    """Bring the pixels of an opaque picture to inks, where it stands; those in inks already stay."""
    if stream.get("/ImageMask") or str(stream.get("/ColorSpace")) == "/DeviceCMYK":
        return
    image = pikepdf.PdfImage(stream).as_pil_image()
    made = separation.picture(_plain(image))
    _store(stream, made, drawn=image.getcolors(_DRAWN_COLOURS) is not None)


def picture_of(pdf: pikepdf.Pdf, image: Image, separation: Separation, pinned: Iterable[tuple[int, int, int]]
               ) -> pikepdf.Stream:
    """A new picture, of pixels that were red, green and blue; see ``Separation.picture``."""
    stream = pdf.make_stream(b"")
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    _store(stream, separation.picture(image, pinned), drawn=image.getcolors(_DRAWN_COLOURS) is not None)
    return stream


def _plain(image: Image) -> Image:
    if image.mode in ("L", "RGB"):
        return image
    return image.convert("L" if image.mode in ("1", "LA", "I", "I;16") else "RGB")


def _store(stream: pikepdf.Stream, image: Image, *, drawn: bool) -> None:
    for key in ("/DecodeParms", "/Decode", "/Intent", "/SMask", "/Mask"):
        if key in stream:
            del stream[key]
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
    stream.ColorSpace = Name.DeviceGray if image.mode == "L" else Name.DeviceCMYK
    if drawn:
        stream.write(zlib.compress(image.tobytes(), 6), filter=Name.FlateDecode)
        return
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    stream.write(target.getvalue(), filter=Name.DCTDecode)
    if image.mode == "CMYK":
        # Adobe's way, which Pillow writes: no ink is 255.
        stream.Decode = pikepdf.Array([1, 0] * 4)
