"""标题断行断得不好。

标题排成几行时，末行只剩一两个字，或把书名号里的名称、一个数拆在两行，读起来不顺。增删几个字，或换个说法，就能断在词与词之间。

误：标题排成两行，第二行只有“办法”两个字
正：改短两个字，排成一行；或改长一些，两行差不多长
依据：标题排版通例：末行不宜只有一两个字，不拆开专名和数字。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bulletin_press.checks.lines import heading_at
from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity

FEW = 2
NAME = re.compile(r"《[^《》]*》")
NUMBER = re.compile(r"\d[\d.,]*[%％‰]?")


def check(edition: Edition) -> Iterator[At]:
    """Yield each heading that is broken at a place where readers stumble."""
    for heading in edition.pages.headings():
        fault = _fault(heading.lines)
        if fault:
            yield heading_at(edition, heading, f"标题“{heading.text[:20]}”{fault}；增删几个字试试")


def _fault(lines: Sequence[str]) -> str | None:
    """What is wrong with how a title is broken, in words."""
    if len(lines) < 2:
        return None
    if len(lines[-1]) <= FEW:
        return f"排成 {len(lines)} 行，末行只剩“{lines[-1]}”"
    text, longest = "".join(lines), max(map(len, lines))
    for match in (*NAME.finditer(text), *NUMBER.finditer(text)):
        # What is longer than a line has to be broken somewhere.
        if len(match[0]) <= longest and any(match.start() < end < match.end() for end in accumulate(map(len, lines))):
            return f"把“{match[0]}”拆在了两行"
    return None


RULE = Rule("badly-wrapped-title", Severity.INFO, Edition, check)
