"""各则稿件的小标题序号写法不一。

一期里多数稿件的小标题用“一、”，个别用“（一）”或“1.”，版面不齐。少数的那一种指出来。

误：三则新闻的小标题写“一、”，另一则写“1.”
正：各则都写“一、”
依据：GB/T 15834—2011《标点符号用法》附录B.3：层次序数的用法；编辑的通读：体例一致。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.markup import blocks_of
from bulletin_press.document.tree import Subheading, text_nodes
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

FORM = lazy(r"(?P<stop>[一二三四五六七八九十]{1,3}、)|(?P<bracket>（[一二三四五六七八九十]{1,3}）)"
            r"|(?P<point>\d{1,2}[.．、])|(?P<ordinal>第[一二三四五六七八九十]{1,3}[，、])")
SHOWN = {"stop": "一、", "bracket": "（一）", "point": "1.", "ordinal": "第一，"}
# So many bodies must agree before another is told.
MOST = 2


def check(issue: Issue) -> Iterator[At]:
    """Yield the first numbered heading of each body that numbers otherwise than most do."""
    first: list[tuple[str, At]] = []
    for table, prose in issue.prose():
        for block in blocks_of(prose.text, prose.path) if prose.marked else ():
            nodes = tuple(text_nodes(block.inlines)) if isinstance(block, Subheading) else ()
            match = FORM.match(nodes[0].text) if nodes else None
            if match:
                start = nodes[0].start
                first.append((str(match.lastgroup), At(prose.path, "", table=table,
                                                       characters=(start, start + match.end()))))
                break
    count = Counter(form for form, _ in first)
    usual, number = count.most_common(1)[0] if count else ("", 0)
    for form, at in first:
        if form != usual and number >= MOST and number > count[form]:
            yield At(at.path, f"本期多数小标题写作“{SHOWN[usual]}”，这里写作“{SHOWN[form]}”", table=at.table,
                     characters=at.characters)


RULE = Rule("heading-form-drifts", Severity.WARNING, Issue, check)
