"""转载的文章说“近日”“今年”，却没有写日期。

月刊转载时隔了几周，“近日”是哪一天、“今年”是哪一年，要有日期才看得懂：填 date，或在文中写出年月。

误：近日，国务院印发指导意见（没有写 date）
正：2022年6月23日，国务院印发指导意见
依据：转载的通例：注明原文的发表日期。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.articles import ArticleFields
from bulletin_press.language.script import lazy
from bulletin_press.toml.positions import KeyPath

RELATIVE = lazy("近日|日前|近期|昨日|昨天|今日|本月|上月|上个月|(?<![如当古])今年|去年|明年")
DATED = lazy(r"\d{4}[ \t]?年[ \t]?\d{1,2}[ \t]?月|\d{4}-\d{2}-\d{2}")


def check(issue: Issue) -> Iterator[At]:
    """Yield the first such word of each reprint without a date."""
    for path, article in issue.each(ArticleFields):
        if not _dated(article):
            yield from _first(issue, path)


def _dated(article: ArticleFields) -> bool:
    return article.date is not None or bool(DATED.search(article.title + "\n" + article.body))


def _first(issue: Issue, path: KeyPath) -> Iterator[At]:
    own = issue.passages_of_fields.get(path, ())
    for key in ("title", "body"):
        for passage in (one for one in own if one.path[-1] == key):
            if match := RELATIVE.search(passage.words):
                yield At.within(passage, *match.span(),
                                f"这一篇没有日期，“{match.group()}”不知指何时；请填 date 或写出年月")
                return


RULE = Rule("undated-reprint", Severity.INFO, Issue, check)
