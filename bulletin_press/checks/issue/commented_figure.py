"""填好的数还留在注释里。

新建的一期里，报表的每一行前面都有 #；数填好了，# 没有去掉，这个数就不会印出来。

误：# total = [986.35, 12.4]
正：total = [986.35, 12.4]
依据：# 之后的是注释。留着对照的旧数不报：同一项已经另有一行填好的，写“上期”的，都不算。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.toml.positions import scan_table
from bulletin_press.toml.scanned import Comment
from bulletin_press.toml.source import Source

_PAIR = lazy(r"#[#\s]*([A-Za-z_][\w-]*)[ \t]*[=＝][ \t]*([^#\n]*[^#\s])")
_ROW = lazy(r"#[#\s]*(\[[ \t]*[\"'“][^#\n]*\])[ \t]*[,，]?")


def check(issue: Issue) -> Iterator[At]:
    """Yield each comment that holds a filled figure, or a filled row of a ranking, of an item without any."""
    if issue.figures is None or issue.definition is None:
        return
    for comment in issue.table.comments:
        if comment.path[:1] != ("report",) or len(comment.path) < 2 or comment.path[1] not in issue.definition.measures:
            continue
        if found := _filled(issue, comment):
            yield At((), f"{found.words}已经填了，前面还有 #，不会印出来：去掉行首的 #；不用了就删去这一行",
                     span=issue.table.source.span(comment.start, comment.start + found.length),
                     suggestion=found.meant)


@dataclass(frozen=True)
class _Filled:
    """What a comment gives: in words, its length from the #, and the line that was meant, where it is plain."""

    words: str
    length: int
    meant: str | None


def _filled(issue: Issue, comment: Comment) -> _Filled | None:
    """What a comment gives that nothing else does."""
    text, definition, figures = issue.table.source.text[comment.start : comment.end], issue.definition, issue.figures
    if definition is None or figures is None:
        return None
    measure = str(comment.path[1])
    if pair := _PAIR.match(text):
        item = definition.items.get(pair[1])
        given = {*figures.figures, *figures.rankings}
        if item and (measure, pair[1]) not in given and (value := _figure(pair[2])):
            return _Filled(item.short or item.label, pair.end(), value.meant and f"{pair[1]} = {value.meant}")
    elif (row := _ROW.match(text)) and (value := _figure(row[1])):
        names = [ranked.name for (of, _), ranking in figures.rankings.items() if of == measure for ranked in ranking]
        if not any(name in row[1] for name in names):
            words = "排名的这一行" if names else "排名的这一行（还有它上面的“键 = [”、下面的“]”）"
            return _Filled(words, row.end(), value.meant and f"{value.meant},")
    return None


@dataclass(frozen=True)
class _Figure:
    """A value that holds a number; ``meant`` is how it should be typed, where nothing of it is left to fill in."""

    meant: str | None


def _figure(text: str) -> _Figure | None:
    """A value as it stands, or with its slips corrected, if it holds a number."""
    table = scan_table(Source("", f"v = {text}"))
    value = table.values.get("v")
    parts = enumerate(value) if isinstance(value, list) else \
        value.items() if isinstance(value, dict) else [(None, value)]
    blank = {fault.path for fault in table.faults if fault.suggestion is None}
    filled = any(isinstance(part, int | Decimal) and not isinstance(part, bool) and ("v", key) not in blank
                 for key, part in parts)
    if not filled or ("v",) in blank or table.scanner is None:
        return None
    return _Figure(None if blank else table.scanner.mended().removeprefix("v = "))


RULE = Rule("commented-figure", Severity.ERROR, Issue, check)
