"""有一行超出了版心。

行里有断不开的长串（网址、编号、长西文），怎么挤也放不下；或这一段没有按中文规则断行。

误：一行里写着一百个字母的编号，中间没有斜线、点或连字符
正：编号按原样分几段写，或移到表格、附件里
依据：W3C《中文排版需求》3.1：行的两端对齐于版心。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.lines import marks
from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity


def check(edition: Edition) -> Iterator[At]:
    """Yield each line that sticks out, and each paragraph that the composer had to leave alone."""
    yield from marks(edition, "overfull", lambda line:
                     f"第 {line.page} 页有一行“{line.text.strip()[:12]}…”超出版心约 {line.amount:.1f} 个字，"
                     "请拆开长串或改写")
    yield from marks(edition, "native", lambda line:
                     f"第 {line.page} 页“{line.text.strip()[:12]}…”这一段没有按中文规则断行，请看看行尾是否齐整")


RULE = Rule("overfull-line", Severity.WARNING, Edition, check)
