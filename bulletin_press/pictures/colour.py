"""Pictures brought upright and into the colours of the screen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# One 16-bit step is this many 8-bit ones.
_SIXTEEN_TO_EIGHT = 1 / 257


def upright(image: Image, orientation: int) -> Image:
    """A picture turned and mirrored as EXIF's number for its orientation says."""
    from PIL.Image import Transpose

    moves = {2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
             5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90}
    return image.transpose(moves[orientation]) if orientation in moves else image


def foreign_profile(image: Image) -> bytes | None:
    """The colour profile that a picture brings along; None where it brings none, or sRGB's."""
    from PIL import ImageCms

    profile: bytes | None = image.info.get("icc_profile")
    if not profile:
        return None
    try:
        described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):  # the second: it cannot even be opened
        return None  # a profile that cannot be read is none
    # sRGB goes by several names: sRGB IEC61966-2.1, sRGB built-in, c2 …
    return None if image.mode in ("RGB", "RGBA", "P") and "srgb" in described.lower() else profile


def in_screen_colours(image: Image) -> Image:
    """A picture as grey or sRGB, with an alpha channel only where something shines through.

    Returns:
        A picture of the mode L, LA, RGB, RGBA, or P (opaque) as it came.
    """
    profile = foreign_profile(image)
    image = eight_bits(image)
    alpha = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    if alpha is not None:
        image = image.convert(image.mode[:-1])
        if alpha.getextrema() == (255, 255):
            alpha = None
    if profile is not None:
        image = _transformed(image.convert("RGB") if image.mode == "P" else image, profile)
    if image.mode not in ("L", "P", "RGB"):
        image = image.convert("RGB")
    if alpha is not None:
        image.putalpha(alpha)
    return image


def eight_bits(image: Image) -> Image:
    """A picture of eight bits a channel; a palette or a colour that is transparent becomes a channel."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * _SIXTEEN_TO_EIGHT + 0.5).convert("L")
    if image.mode == "1":
        return image.convert("LA" if "transparency" in image.info else "L")
    if image.mode == "PA" or "transparency" in image.info:
        return image.convert("LA" if image.mode == "L" else "RGBA")
    return image


def _transformed(image: Image, profile: bytes) -> Image:
    """A picture in sRGB, grey where it was grey; as it was where the profile is for other colours."""
    from PIL import ImageCms

    wanted = image.mode if image.mode == "L" else "RGB"
    try:
        made = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION)
    except ImageCms.PyCMSError:
        return image
    return image if made is None else made.convert(wanted)
