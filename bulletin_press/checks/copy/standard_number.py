"""标准的编号与名称对不上。

《标点符号用法》是GB/T 15834，《出版物上数字用法》是GB/T 15835，常常写反。

误：《标点符号用法》（GB/T 15835—2011）
正：《标点符号用法》（GB/T 15834—2011）
依据：国家标准全文公开系统；编号见 standards.toml。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Standards

BEHIND = lazy(r"《(?P<title>[^《》\n]{4,40})》[（(，]?(?:国家标准|标准号为?|编号为?|即)?[ ]?(?:GB/?T?"
              r"|GB)[ \u00a0]?(?P<number>\d{3,5})(?:\.\d{1,2})?(?!\d)")
AHEAD = lazy(r"(?:GB/?T?|GB)[ \u00a0]?(?P<number>\d{3,5})(?:\.\d{1,2})?(?:[—–-]{1,2}\d{4})?[ ]?《(?P<title>[^《》\n]{"
             r"4,40})》")


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of a standard that is another's."""
    for pattern in (BEHIND, AHEAD):
        for passage, match in issue.matches(pattern):
            right = issue.facts("standards", Standards).numbers.get(match["title"])
            if right and right != match["number"]:
                yield At.within(passage, *match.span("number"), f"《{match['title']}》的编号是{right}", right)


RULE = Rule("standard-number", Severity.WARNING, Issue, check)
