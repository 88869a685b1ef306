"""From the screen's colours to inks: by what is stated, by a profile, black alone for what is grey.

Inks are shares of cyan, magenta, yellow and black, 0 to 1.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_press.ground.diagnostics import InputFault

if TYPE_CHECKING:
    from PIL.Image import Image

Inks = tuple[float, float, float, float]
Lab = tuple[float, float, float]

PAPER: Inks = (0.0, 0.0, 0.0, 0.0)
BLACK: Inks = (0.0, 0.0, 0.0, 1.0)
BUNDLED = Path(__file__).with_name("profiles") / "FOGRA39L_coated.icc"

# How far from grey a colour may be and still be printed in black alone (chroma, CIE 1976).
_GREY = 4.0
# Letters as dark and as near to black as this are printed solid: a screen would fray them.
_DARK_LIGHTNESS, _DARK_CHROMA = 28.0, 13.0
# A field may differ this much from its colour (CIE 1976) if it then takes two inks only, as its letters do.
_NEAR = 6.0
# The steps of the search for two inks, and an ink that is too little to print.
_STEP, _LEAST = 0.04, 0.02
# Points a side of the table that pictures go through.
_POINTS = 33
# What a picture's JPEG coding may add to the ink of a single pixel.
_CODING = 0.05


@dataclass(frozen=True)
class Condition:
    """How a file is to be printed.

    Args:
        profile: an ICC profile of CMYK.
        limit: the most ink in one place, 2.0 to 4.0.
        grey: print in black alone.
        stated: inks by #RRGGBB, which go before what the profile says.
    """

    profile: bytes = field(default_factory=lambda: BUNDLED.read_bytes(), repr=False)
    limit: float = 3.0
    grey: bool = False
    stated: Mapping[str, Inks] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the profile calls itself."""
        from PIL import ImageCms

        return ImageCms.getProfileDescription(_profile(self.profile)).strip() or "Custom"


def require_printing_profile(data: bytes) -> None:
    """Refuse what is not a profile for four inks.

    Raises:
        InputFault: it is none, or for other colours.
    """
    from PIL import ImageCms

    try:
        space = _profile(data).profile.xcolor_space.strip()
        kind = _profile(data).profile.device_class.strip()
        if space == "CMYK" and kind == "prtr":
            ImageCms.buildTransform(ImageCms.createProfile("sRGB"), _profile(data), "RGB", "CMYK")
            return
    except (ImageCms.PyCMSError, OSError, ValueError):
        raise InputFault("不是 ICC 色彩特性文件，或已损坏；请向印刷厂要 .icc 文件") from None
    raise InputFault("不是四色（CMYK）印刷用的 ICC 色彩特性文件；请向印刷厂要")


@cache
def _profile(data: bytes) -> Any:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(io.BytesIO(data))


class Separation:
    """Separates colours for one condition; what it has found out it keeps."""

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self._known: dict[tuple[tuple[int, int, int], bool], Inks] = {}

    def field(self, colour: tuple[float, float, float], *, fine: bool = False) -> Inks:
        """The inks of a field or a line; ``fine`` keeps to two of them.

        Args:
            colour: red, green, blue, 0 to 1.
            fine: whether what is printed is so fine that three inks would not meet.
        """
        key = (round(colour[0] * 255), round(colour[1] * 255), round(colour[2] * 255)), fine
        if key not in self._known:
            self._known[key] = self._field(*key)
        return self._known[key]

    def letters(self, colour: tuple[float, float, float], *, fine: bool) -> Inks:
        """The inks of letters: what is all but black is solid black."""
        lightness, a, b = _lab(colour)
        if lightness <= _DARK_LIGHTNESS and (a * a + b * b) ** 0.5 <= _DARK_CHROMA and not self._stated(colour):
            return BLACK
        return self.field(colour, fine=fine)

    def grey(self, lightness: float) -> Inks:
        """How much black looks as light as that, 0 to 255 of the screen's grey."""
        return (0.0, 0.0, 0.0, round(self._blacks[round(lightness)] / 255, 2))

    def picture(self, image: Image, pinned: Iterable[tuple[int, int, int]] = ()) -> Image:
        """A picture in inks.

        Args:
            image: of mode L or RGB.
            pinned: colours of fields beside it, which its own must meet without a seam.

        Returns:
            Of mode L (black alone, 255 is paper) or CMYK (255 is solid ink).
        """
        if image.mode == "L" or self.condition.grey:
            return image.convert("L").point([255 - black for black in self._blacks])
        made = image.filter(self._table)
        for colour in pinned:
            inks = self.field((colour[0] / 255, colour[1] / 255, colour[2] / 255))
            if (mask := _just(image, colour)) is not None:
                made.paste(tuple(round(ink * 255) for ink in inks), mask=mask)
        return made

    def _stated(self, colour: tuple[float, float, float]) -> Inks | None:
        return self.condition.stated.get("#" + "".join(f"{round(channel * 255):02X}" for channel in colour))

    def _field(self, pixel: tuple[int, int, int], fine: bool) -> Inks:
        colour = (pixel[0] / 255, pixel[1] / 255, pixel[2] / 255)
        lightness, a, b = _lab(colour)
        stated = self._stated(colour)
        if self.condition.grey or (stated is None and (a * a + b * b) ** 0.5 <= _GREY):
            return self.grey(_screen_grey(lightness))
        full = stated or limited(_shares(self._inks_of(pixel)), self.condition.limit)
        full = _rounded(full)
        if sum(ink > 0 for ink in full) <= 2 or (stated and not fine):
            return full
        distance, two = self._nearest(self._seen(full))
        return two if fine or distance <= _NEAR else full

    @cached_property
    def _to_inks(self) -> Any:
        from PIL import ImageCms

        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), _profile(self.condition.profile), "RGB", "CMYK",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, flags=ImageCms.Flags.BLACKPOINTCOMPENSATION)

    @cached_property
    def _to_lab(self) -> Any:
        from PIL import ImageCms

        return ImageCms.buildTransform(_profile(self.condition.profile), ImageCms.createProfile("LAB"), "CMYK", "LAB",
                                       renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC)

    def _inks_of(self, pixel: tuple[int, int, int]) -> bytes:
        from PIL import Image

        return _applied(Image.new("RGB", (1, 1), pixel), self._to_inks)

    def _look(self, inks: bytes) -> list[Lab]:
        """How many inks, four bytes each, look."""
        from PIL import Image

        image = Image.frombytes("CMYK", (len(inks) // 4, 1), inks)
        seen = _applied(image, self._to_lab)
        return [(seen[i] / 2.55, seen[i + 1] - 128.0, seen[i + 2] - 128.0) for i in range(0, len(seen), 3)]

    def _seen(self, inks: Inks) -> Lab:
        return self._look(bytes(round(ink * 255) for ink in inks))[0]

    @cached_property
    def _pairs(self) -> tuple[list[Inks], list[Lab]]:
        found = list(dict.fromkeys(_two_inks()))
        return found, self._look(b"".join(bytes(round(ink * 255) for ink in inks) for inks in found))

    def _nearest(self, wanted: Lab) -> tuple[float, Inks]:
        """The two inks that look most like a colour, and how far they are from it."""
        pairs, looks = self._pairs
        return min((sum((one - two) ** 2 for one, two in zip(look, wanted, strict=True)) ** 0.5, inks)
                   for inks, look in zip(pairs, looks, strict=True))

    @cached_property
    def _blacks(self) -> list[int]:
        """Black, 0 to 255, by the screen's grey, 0 to 255: from paper to solid as from white to black."""
        lights = [-look[0] for look in self._look(b"".join(bytes((0, 0, 0, black)) for black in range(256)))]
        light, dark = -lights[0], -lights[-1]
        wanted = [dark + (light - dark) * _lab((grey / 255,) * 3)[0] / 100 for grey in range(256)]
        return [min(255, bisect_left(lights, -one - 1e-9)) for one in wanted[:-1]] + [0]

    @cached_property
    def _table(self) -> Any:
        from PIL import Image, ImageFilter

        steps = [round(i * 255 / (_POINTS - 1)) for i in range(_POINTS)]
        grid = bytes(channel for b in steps for g in steps for r in steps for channel in (r, g, b))
        inks = _applied(Image.frombytes("RGB", (_POINTS ** 2, _POINTS), grid), self._to_inks)
        table = [share for i in range(0, len(inks), 4)
                 for share in limited(_shares(inks[i : i + 4]), self.condition.limit - _CODING)]
        table[-4:] = PAPER
        return ImageFilter.Color3DLUT(_POINTS, table, channels=4, target_mode="CMYK")


def limited(inks: Inks, limit: float) -> Inks:
    """Inks that are no more than a limit together: colours give way, black stays."""
    total = sum(inks)
    if total <= limit:
        return inks
    share = (limit - inks[3]) / (total - inks[3])
    return inks[0] * share, inks[1] * share, inks[2] * share, inks[3]


def _applied(image: Image, transform: Any) -> bytes:
    from PIL import ImageCms

    made = ImageCms.applyTransform(image, transform)
    assert made is not None
    return made.tobytes()


def _shares(inks: bytes) -> Inks:
    return inks[0] / 255, inks[1] / 255, inks[2] / 255, inks[3] / 255


def _rounded(inks: Inks) -> Inks:
    c, m, y, k = (round(ink, 2) if ink >= _LEAST else 0.0 for ink in inks)
    return c, m, y, k


def _two_inks() -> Iterator[Inks]:
    steps = [round(i * _STEP, 2) for i in range(round(1 / _STEP) + 1)]
    for first, second in combinations(range(4), 2):
        for one in steps:
            for two in steps:
                inks = [0.0] * 4
                inks[first], inks[second] = one, two
                yield inks[0], inks[1], inks[2], inks[3]


def _just(image: Image, colour: tuple[int, int, int]) -> Image | None:
    """Where a picture has just that colour: a mask; None where nowhere."""
    from PIL import Image, ImageChops

    red, green, blue = ImageChops.difference(image, Image.new("RGB", image.size, colour)).split()
    mask = ImageChops.lighter(ImageChops.lighter(red, green), blue).point([255] + [0] * 255)
    return mask if mask.getbbox() else None


def _lab(colour: tuple[float, float, float]) -> Lab:
    """CIE L*a*b* (1976) of sRGB (IEC 61966-2-1)."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    x, y, z = (c ** (1 / 3) if c > 216 / 24389 else (24389 / 27 * c + 16) / 116 for c in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _screen_grey(lightness: float) -> float:
    """The screen's grey, 0 to 255, of a lightness, 0 to 100."""
    y = ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness * 27 / 24389
    return 255 * (12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055)
