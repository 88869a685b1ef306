"""会动的图片，印出来只有第一格。

动的 WebP、PNG 在网页上会动，在 PDF 和纸上是它的第一格，常常正好是空白或过场。换成一张静止的图，
或者从里面截出要用的那一格。

误：image = "images/动图.webp"（里面有十格）
正：image = "images/截图.png"
依据：PDF 和印刷品里的图片不会动。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.pictures import PictureFault


def check(issue: Issue) -> Iterator[At]:
    """Yield each picture that is an animation."""
    for picture, loaded in issue.pictures.items():
        if not isinstance(loaded, PictureFault) and loaded.moves:
            yield At(picture.origin.path, f"{picture.typed} 是动图，印出来只有第一格；请换成静止的图，或截出要用的一格")


RULE = Rule("moving-picture", Severity.WARNING, Issue, check)
