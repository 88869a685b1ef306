"""填好的数还留在注释里。

新建的一期里，报表的每一行前面都有 #；数填好了，# 没有去掉，这个数就不会印出来。

误：# total = [986.35, 12.4]
正：total = [986.35, 12.4]
依据：# 之后的是注释。留着对照的旧数不报：同一项已经另有一行填好的，写“上期”的，都不算。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.diagnostics import PressError, Severity
from bulletin_press.issue import Issue
from bulletin_press.positions import parse_table
from bulletin_press.source import Source
from bulletin_press.toml_scanner import Comment

_PAIR = re.compile(r"#[#\s]*([A-Za-z_][\w-]*)[ \t]*[=＝][ \t]*([^#\n]*[^#\s])")
_ROW = re.compile(r"#[#\s]*(\[[ \t]*[\"'“][^#\n]*\])[ \t]*[,，]?")


def check(issue: Issue) -> Iterator[At]:
    """Yield each comment that holds a filled figure, or a filled row of a ranking, of an item without any."""
    if issue.figures is None or issue.definition is None:
        return
    for comment in issue.table.comments:
        if comment.path[:1] != ("report",) or len(comment.path) < 2 or comment.path[1] not in issue.definition.measures:
            continue
        found = _filled(issue, comment)
        if found:
            words, end = found
            yield At((), f"{words}已经填了，前面还有 #，不会印出来：去掉行首的 #；不用了就删去这一行",
                     span=issue.table.source.span(comment.start, comment.start + end),
                     suggestion=re.sub(r"^[#\s]+", "", issue.table.source.text[comment.start : comment.start + end]))


def _filled(issue: Issue, comment: Comment) -> tuple[str, int] | None:
    """What a comment gives that nothing else does, and the length of that, from the #; None if nothing."""
    text, definition, figures = issue.table.source.text[comment.start : comment.end], issue.definition, issue.figures
    if definition is None or figures is None:
        return None
    measure = str(comment.path[1])
    if pair := _PAIR.match(text):
        item = definition.items.get(pair[1])
        given = {*figures.figures, *figures.rankings}
        if item and (measure, pair[1]) not in given and _holds_figure(f"v = {pair[2]}"):
            return item.short or item.label, pair.end()
    elif (row := _ROW.match(text)) and _holds_figure(f"v = {row[1]}"):
        names = [ranked.name for (of, _), ranking in figures.rankings.items() if of == measure for ranked in ranking]
        if not any(name in row[1] for name in names):
            return "排名的这一行" if names else "排名的这一行（还有它上面的“键 = [”、下面的“]”）", row.end()
    return None


def _holds_figure(text: str) -> bool:
    """Whether a line gives a number, as it stands."""
    try:
        value = parse_table(Source("", text)).values["v"]
    except PressError:
        return False
    parts = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
    return any(not isinstance(part, bool | str | list | dict) for part in parts)


RULE = Rule("commented-figure", Severity.ERROR, Issue, check)
