"""科学记数法。

表格里放不下的数显示成 4.43E+05，照着抄，后几位就丢了。

误：total = [4.43e5, 12.4]
正：total = [442826.44, 12.4]
依据：Excel 的“常规”格式在列宽不够时以科学记数法显示，只显示几位有效数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.toml.typed_values import scientific


def check(issue: Issue) -> Iterator[At]:
    """Yield each figure that was typed in scientific notation, with its plain digits."""
    for _, _, _, figure in issue.figures.every() if issue.figures else ():
        paths = dict.fromkeys((figure.value_path, figure.growth_path, (*figure.path, "previous")))
        for path in (path for path in paths if path in issue.table.places):
            typed = issue.table.marked(issue.span(path))
            if plain := scientific(typed):
                yield At(path, f"{typed} 是科学记数法（就是 {plain}），多半是从表格的显示里抄来的，少了后几位："
                         "请按原表写全", plain)


RULE = Rule("scientific-notation", Severity.WARNING, Issue, check)
