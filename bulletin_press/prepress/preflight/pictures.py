"""Pictures in any PDF: their colours, their ink."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from PIL.Image import Image

# Coding a JPEG strays a little; so does counting in 256 steps.
_SLACK = 0.06
# So many pixels in a thousand may hold more: no eye finds them, and no sheet sets off.
_SPOTS = 1.0
_MOST_PIXELS = 4_000_000


def most_ink(picture: Any) -> float:
    """How much ink a picture takes where it takes most, but for a few spots; 0 where it is not in four inks."""
    try:
        image = pikepdf.PdfImage(picture).as_pil_image()
    except Exception:  # a picture in a coding that nobody here reads
        return 0.0
    if image.mode != "CMYK":
        return 0.0
    if image.width * image.height > _MOST_PIXELS:
        from PIL.Image import Resampling

        share = (_MOST_PIXELS / (image.width * image.height)) ** 0.5
        image = image.resize((max(1, int(image.width * share)), max(1, int(image.height * share))),
                             Resampling.NEAREST)
    return max(0.0, _total(image) - _SLACK)


def _total(image: Image) -> float:
    from PIL import Image as Images
    from PIL import ImageMath

    bands = [band.convert("I") for band in image.split()]
    whole = reduce(lambda one, two: ImageMath.lambda_eval(lambda args: args["a"] + args["b"], a=one, b=two), bands)
    quarter = ImageMath.lambda_eval(lambda args: args["convert"](args["a"] / 4, "L"), a=whole)
    assert isinstance(quarter, Images.Image)
    counts = quarter.histogram()
    allowed, level = sum(counts) * _SPOTS / 1000, 255
    while level and sum(counts[level:]) <= allowed:
        level -= 1
    return level * 4 / 255
