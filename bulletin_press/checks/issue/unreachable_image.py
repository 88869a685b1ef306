"""图片找不到或打不开。

文件不在、名字的大小写不同、放到了别的文件夹、已经损坏，或不是 PNG、JPEG、WebP。

误：image = "images/没有这张图.png"
正：image = "images/depa.png"（文件在这一期的 images/ 文件夹里）
依据：排版需要能完整解码的图片。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.pictures import PictureFault


def check(issue: Issue) -> Iterator[At]:
    """Yield each picture that cannot be set."""
    for picture, loaded in issue.pictures.items():
        if isinstance(loaded, PictureFault):
            yield At(picture.origin.path, f"{picture.typed}：{loaded}")


RULE = Rule("unreachable-image", Severity.ERROR, Issue, check)
