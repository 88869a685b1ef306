"""Picture files of every kind that authors have, made here, and what a PDF holds of them."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, ImageDraw, ImageFilter

# Corners of the upright test picture: top left, top right, bottom left, bottom right.
CORNERS = ((220, 30, 30), (30, 160, 60), (40, 60, 200), (240, 200, 40))
SECRET = b"CANARY-5512"
_MOVES = Image.Transpose
# What undoes each orientation: how the upright picture lies in a file so marked.
_LAID = {1: None, 2: _MOVES.FLIP_LEFT_RIGHT, 3: _MOVES.ROTATE_180, 4: _MOVES.FLIP_TOP_BOTTOM,
         5: _MOVES.TRANSPOSE, 6: _MOVES.ROTATE_90, 7: _MOVES.TRANSVERSE, 8: _MOVES.ROTATE_270}


def quarters(width: int = 320, height: int = 200) -> Image.Image:
    """Four colours, one a corner."""
    image = Image.new("RGB", (width, height), CORNERS[3])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), CORNERS[0])
    draw.rectangle((width // 2, 0, width, height // 2 - 1), CORNERS[1])
    draw.rectangle((0, height // 2, width // 2 - 1, height), CORNERS[2])
    return image


def scene(width: int = 1600, height: int = 1200, seed: int = 1) -> Image.Image:
    """Something with the texture of a photograph."""
    size = (width // 8, height // 8)
    small = Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))
    image = small.resize((width, height), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(width / 400))
    return Image.blend(image, Image.linear_gradient("L").resize((width, height)).convert("RGB"), 0.5)


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: how it was held, where, with what, and a note."""
    noted = Image.Exif()
    noted[0x0112] = orientation
    noted[0x010F] = "CANARY-5512 Phone"
    noted[0x9286] = SECRET.decode()
    noted.get_ifd(0x8825).update({1: "N", 2: (38.0, 54.0, 50.1), 3: "E", 4: (121.0, 36.0, 53.2), 29: "CANARY-5512"})
    return noted


def laid(image: Image.Image, orientation: int) -> Image.Image:
    """An upright picture as it lies in a file of an orientation."""
    move = _LAID[orientation]
    return image.transpose(move) if move is not None else image.copy()


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """The file of a picture."""
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def phone(orientation: int = 6, image: Image.Image | None = None) -> bytes:
    """A telephone's JPEG: EXIF with a place and a thumbnail, XMP, a comment, a second picture behind."""
    first = saved(laid(image or quarters(), orientation), "JPEG", quality=92, exif=exif(orientation), comment=SECRET,
                  xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>")
    thumbnail = b"JFXX\0\x10" + SECRET + b"\xff\xd8\xff\xd9"
    extension = b"\xff\xe0" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    return first[:2] + extension + first[2:] + saved(Image.new("RGB", (8, 8)), "JPEG", comment=SECRET)


def display_profile() -> bytes:
    """sRGB's colour profile with the red and the blue primaries exchanged: its red is blue."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    tags = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    profile[tags[b"rXYZ"] : tags[b"rXYZ"] + 4], profile[tags[b"bXYZ"] : tags[b"bXYZ"] + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


def transparent() -> Image.Image:
    """The quarters, fading out to the right."""
    image = quarters().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").transpose(_MOVES.ROTATE_90).resize(image.size))
    return image


def sixteen_bits() -> bytes:
    """A grey PNG of 16 bits: black, then middle grey, then white."""
    row = b"".join(struct.pack("<H", value) for value in (0, 32768, 65535) for _ in range(40))
    return saved(Image.frombytes("I;16", (120, 20), row * 20), "PNG")


def of_every_kind() -> dict[str, bytes]:
    """Files by name."""
    plain = quarters()
    return {
        "phone.jpg": phone(),
        "cmyk.jpg": saved(plain.convert("CMYK"), "JPEG", quality=95),
        "grey.jpg": saved(plain.convert("L"), "JPEG"),
        "progressive.jpg": saved(plain, "JPEG", progressive=True),
        "profile.jpg": saved(plain, "JPEG", icc_profile=display_profile()),
        "alpha.png": saved(transparent(), "PNG"),
        "grey-alpha.png": saved(transparent().convert("LA"), "PNG"),
        "palette.png": saved(plain.quantize(8), "PNG", bits=4),
        "see-through.png": saved(plain.quantize(8), "PNG", transparency=0),
        "grey.png": saved(plain.convert("L"), "PNG"),
        "bilevel.png": saved(plain.convert("1"), "PNG"),
        "deep.png": sixteen_bits(),
        "profile.png": saved(plain, "PNG", icc_profile=display_profile()),
        "photo.png": saved(scene(600, 400), "PNG"),
        "lossy.webp": saved(scene(600, 400), "WEBP", exif=exif(6)),
        "moving.webp": saved(plain, "WEBP", save_all=True, append_images=[scene(320, 200)], lossless=True),
        "dot.png": saved(Image.new("RGB", (1, 1), "red"), "PNG"),
    }


@dataclass(frozen=True)
class Embedded:
    """A picture in a PDF."""

    width: int
    height: int
    filter: str
    raw: bytes
    space: str


def embedded(data: bytes) -> Iterator[Embedded]:
    """Every picture of a PDF, masks not counted."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        masks = {one.SMask.objgen for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/SMask" in one}
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image" and one.objgen not in masks:
                space = one.ColorSpace
                yield Embedded(int(one.Width), int(one.Height), str(one.Filter), one.read_raw_bytes(),
                               str(space[0] if isinstance(space, pikepdf.Array) else space))


def corners(image: Image.Image) -> tuple[tuple[int, ...], ...]:
    """The colours a little inside the corners."""
    image, (width, height) = image.convert("RGB"), image.size
    near, across, down = 1 / 8, 7 / 8, 7 / 8
    return tuple(image.getpixel((int(width * x), int(height * y)))  # type: ignore[misc]
                 for x, y in ((near, near), (across, near), (near, down), (across, down)))
