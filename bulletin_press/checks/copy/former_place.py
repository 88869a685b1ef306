"""地方已经改名、改了建制，仍用旧名。

襄樊2010年改称襄阳，思茅2007年改称普洱，撤县设区以后不再称县。说的是从前的事（写了当年，或写“原”）不算。

误：2023年，公司在襄樊市新设子公司
正：2023年，公司在襄阳市新设子公司，原襄樊市，2005年的襄樊市
依据：国务院、民政部关于行政区划调整的批复；各名称和日期见 divisions.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.period_words import after, inside_title
from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Divisions


def check(issue: Issue) -> Iterator[At]:
    """Yield each place under a name that it had before."""
    renamed = issue.facts("divisions", Divisions).renamed
    names = sorted((name for name in renamed if name[:2] in issue.pairs and name in issue.words), key=len, reverse=True)
    if not names:
        return
    pattern = lazy("|".join(map(re.escape, names)))
    for passage in issue.holding(pattern):
        text = passage.words
        for match in pattern.finditer(text):
            day, now = renamed[match.group()]
            if not inside_title(text, match.start()) and after(text, *match.span(), issue.fields.issue.date, day):
                yield At.within(passage, *match.span(), f"“{match.group()}”{day.year}年已改为{now}", None)


RULE = Rule("former-place", Severity.WARNING, Issue, check)
