"""有一行排得太松。

行尾碰上断不开的长数字、网址或西文，只好把前面的字撑开。增删几个字，或调换词序，就能排匀。

误：一行里字与字之间撑开到肉眼可见
正：同一段改动一两个字之后，字距均匀
依据：W3C《中文排版需求》3.1.10；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.lines import marks
from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity


def check(edition: Edition) -> Iterator[At]:
    """Yield each line whose gaps were stretched beyond the limit."""
    yield from marks(edition, "loose", lambda line:
                     f"第 {line.page} 页有一行“{line.text.strip()[:12]}…”排得太松"
                     + (f"（字间撑开约 {line.amount:.2f} 字），增删几个字就能排匀" if line.amount <= 1 else
                        "，没有撑满：后面紧跟着断不开的长串，请拆开它或改写"))


RULE = Rule("loose-line", Severity.INFO, Edition, check)
