"""图片印出来不够清楚。

按印出来的大小，每英寸不到200个像素的图会发虚。换一张更大的原图，或写 width = "half" 印小一些；
不要在软件里把小图放大，那样并不会更清楚。

误：396磅宽的一栏，放一张宽 600 像素的图
正：同样的一栏，放一张宽 1100 像素以上的图
依据：印刷通例，照片 300 dpi，不低于 200 dpi；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.pictures import PictureFault


def check(edition: Edition) -> Iterator[At]:
    """Yield each picture with too few pixels to the inch where it is printed largest."""
    limit = edition.issue.thresholds.picture_dpi
    everywhere = tuple(edition.pages.pictures())
    for picture, loaded in edition.issue.pictures.items():
        if isinstance(loaded, PictureFault):
            continue
        width = max((placed.printed_width(loaded.width / loaded.height) for placed in everywhere
                     if placed.address == edition.address(picture)), default=0.0)
        # Half a dot is no fault: a picture made to measure must pass.
        if width and loaded.width / width < limit - 0.5:
            yield At(picture.origin.path,
                     f"{picture.typed} 印出来宽 {width * 2.54:.1f} 厘米，每英寸只有 {loaded.width / width:.0f} "
                     f"个像素，不到 {limit}；请换一张宽 {math.ceil(width * limit)} 像素以上的"
                     f"（现在 {loaded.width}），或印小一些")


RULE = Rule("low-resolution", Severity.WARNING, Edition, check)
