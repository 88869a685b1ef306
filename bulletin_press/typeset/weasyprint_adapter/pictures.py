"""Pictures that are made for the page when the whole document is drawn, and their size is known.

WeasyPrint looks an address up among the images that it has before it loads it. Ours are there from
the start: they lay out by the size that is known without decoding, note how large they are drawn,
and are decoded once, one after the other, when the file is put together.
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pydyf

from bulletin_press.ground.kept import Kept
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.screen import QUALITY, Raster, raster

_RASTERS: Kept[tuple[str, str, int, float, float, int, int], Raster] = Kept(
    32_000_000, lambda made: len(made.data) + len(made.mask or b""))


class DrawnPicture:
    """What WeasyPrint takes for one of its raster images."""

    def __init__(self, picture: LoadedPicture, dpi: int, quality: int = QUALITY) -> None:
        self.picture, self.dpi, self.quality = picture, dpi, quality
        self.id = sha256(picture.data).hexdigest()
        self.inches = 0.0

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width and height, CSS pixels, and their ratio."""
        return self.picture.width / resolution, self.picture.height / resolution, self.picture.ratio

    def draw(self, stream: Any, concrete_width: float, concrete_height: float, style: Any) -> None:
        """Draw the picture, and note how wide."""
        matrix = stream.ctm
        self.inches = max(self.inches, concrete_width * math.hypot(matrix[0][0], matrix[0][1]) / 72)
        name = stream.add_image(self, False, 1)
        stream.transform(concrete_width, 0, 0, -concrete_height, 0, concrete_height)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> pydyf.Stream:
        """The picture as the file holds it, large enough for the largest place where it was drawn."""
        picture = self.picture
        key = self.id, picture.media_type, picture.orientation, picture.ratio, self.inches, self.dpi, self.quality
        made = _RASTERS.made(key, lambda: raster(picture, self.inches, self.dpi, self.quality))
        drawn = _x_object(made)
        if made.mask is not None:
            drawn.extra["SMask"] = _x_object(Raster(made.mask, "png", made.width, made.height, 1))
        return drawn


def drawn_pictures(pictures: Mapping[str, LoadedPicture], dpi: int, quality: int = QUALITY) -> dict[str, DrawnPicture]:
    """Pictures by address; a file that stands in several places is in the document once."""
    once = {id(picture): DrawnPicture(picture, dpi, quality) for picture in pictures.values()}
    return {address: once[id(picture)] for address, picture in pictures.items()}


def _x_object(made: Raster) -> pydyf.Stream:
    extra = {"Type": "/XObject", "Subtype": "/Image", "Width": made.width, "Height": made.height,
             "Interpolate": "false"}
    if made.form == "jpeg":
        space = {1: "/DeviceGray", 3: "/DeviceRGB"}[made.colours]
        extra |= {"Filter": "/DCTDecode", "ColorSpace": space, "BitsPerComponent": 8}
        return pydyf.Stream([made.data], pydyf.Dictionary(extra))
    chunks = list(_chunks(made.data))
    depth, colour_type = struct.unpack(">8xBB", chunks[0][1][:10])
    palette = b"".join(data for kind, data in chunks if kind == b"PLTE")
    space = {0: "/DeviceGray", 2: "/DeviceRGB", 3: pydyf.Array(
        ["/Indexed", "/DeviceRGB", len(palette) // 3 - 1, f"<{palette.hex()}>"])}[colour_type]
    extra |= {"Filter": "/FlateDecode", "ColorSpace": space, "BitsPerComponent": depth,
              # 15: the filters of PNG, one a row.
              "DecodeParms": pydyf.Dictionary({"Predictor": 15, "Colors": 3 if colour_type == 2 else 1,
                                               "BitsPerComponent": depth, "Columns": made.width})}
    return pydyf.Stream([b"".join(data for kind, data in chunks if kind == b"IDAT")], pydyf.Dictionary(extra))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind and the data of each chunk of a PNG."""
    source = io.BytesIO(png)
    source.seek(8)
    while head := source.read(8):
        length, kind = struct.unpack(">I4s", head)
        yield kind, source.read(length)
        source.read(4)
