"""千分位逗号有的写、有的不写。

一期之内，四位以上的数要么都用千分位逗号，要么都不用；数据月报的数不带逗号，也算在内。年份、编号、电话不算。

误：从业人员35,000人，其中新增4400人
正：从业人员35000人，其中新增4400人
依据：GB/T 15835—2011《出版物上数字用法》5.1.3：千分撇全文一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

SEPARATED = lazy(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])")
# Only what is counted in a unit: a year, a number of a paper or a telephone is none.
PLAIN = lazy(r"(?<![\d.,A-Za-z/+-])(?!(?:19|20)\d\d(?!\d))\d{4,9}(?:\.\d+)?"
                   "(?=[ \t]?[万亿余多元家人个名项件台套户吨美亩平公种篇册份条批次所辆])")
THOUSAND = 1000


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of the rarer form."""
    places = [(passage, *match.span()) for passage in issue.passages
              if "," in passage.words for match in SEPARATED.finditer(passage.words)]
    if not places:
        return
    others = [(passage, *match.span()) for passage in issue.passages for match in PLAIN.finditer(passage.words)]
    typed = sum(figure.value >= THOUSAND for _, _, _, figure in issue.figures.every()) if issue.figures else 0
    if not others and not typed:
        return
    rarer, verb, other = (others, "没有用", "用了") if len(places) > len(others) + typed else (places, "用了", "没有用")
    for passage, start, end in rarer:
        yield At.within(passage, start, end, f"“{passage.text[start:end]}”{verb}千分位逗号，本期多数的数{other}")


RULE = Rule("mixed-separators", Severity.INFO, Issue, check)
