"""链接到的那一期、那一篇不在。

写 issue:期名 或 issue:期名#篇，链接到本刊的另一期。没有那一期、那一篇，就只留下文字。

误：详见[上期的报道](issue:2022-70#news-2)
正：详见[上期的报道](issue:2022-07#news-2)，2022-07 是那一期的文件夹，news-2 是它的第二则资讯
依据：读者照着找，要找得到。
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.inline import links_in
from bulletin_press.document.references import SCHEME, reference_of
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.references import anchors_in, values_of
from bulletin_press.language.guesses import perhaps

_SHOWN = 6


def check(issue: Issue) -> Iterator[At]:
    """Yield each issue, and each item of one, that is linked to and is not there."""
    for table, prose in issue.prose():
        if prose.marked and SCHEME in prose.text.lower():
            for start, address in links_in(prose.text):
                for first, last, message, suggestion in _wrong(issue, address):
                    yield At(prose.path, message, suggestion, table=table, characters=(start + first, start + last))
    for passage in issue.addresses():
        for first, last, message, suggestion in _wrong(issue, passage.text):
            yield At.within(passage, first, last, message, suggestion)


def _wrong(issue: Issue, address: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Which characters of an address lead nowhere, why, and what was perhaps meant."""
    reference, workspace = reference_of(address), issue.workspace
    if reference is None:
        return
    start = address.index(":") + 1
    end = start + len(reference.issue)
    if reference.issue != issue.name and reference.issue not in workspace.issue_names:
        near = _near(reference.issue, tuple(name for name in workspace.issue_names if name != issue.name))
        yield start, end, f"没有“{reference.issue[:40]}”这一期，链接做不成，只留下文字{perhaps(near)}", near
        return
    if not reference.anchor:
        return
    there = anchors_in(issue.table.values if reference.issue == issue.name
                       else values_of(workspace, reference.issue))
    if reference.anchor not in there:
        near = _near(reference.anchor, there)
        items = [anchor for anchor in there if not anchor.startswith("s-")]
        known = f"；有的是 {'、'.join(items[:_SHOWN])}{' ……' if len(items) > _SHOWN else ''}" if items else ""
        yield (end + 1, end + 1 + len(reference.anchor),
               f"{reference.issue} 里没有“{reference.anchor[:40]}”这一篇{perhaps(near, known)}", near)


def _near(typed: str, names: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(typed[:80], names, n=1)), None)


RULE = Rule("no-such-issue", Severity.WARNING, Issue, check)
