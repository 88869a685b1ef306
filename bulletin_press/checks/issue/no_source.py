"""转载的文章没有写来源。

行业资讯、最新政策和研究报告都是转载，要写明来源（source）或作者（author）。

误：title = "我国数字经济规模超45万亿元"，没有 source，也没有 author
正：title = "我国数字经济规模超45万亿元"，source = "人民日报"
依据：《著作权法》第二十四条：指明作者姓名或者名称、作品名称。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.articles import ArticleFields


def check(issue: Issue) -> Iterator[At]:
    """Yield the title of each article with neither source nor author."""
    for path, article in issue.each(ArticleFields):
        if article.source is None and article.author is None:
            yield At((*path, "title"), "这一篇没有写来源（source）或作者（author）")


RULE = Rule("no-source", Severity.WARNING, Issue, check)
