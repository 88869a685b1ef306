"""国际组织、协定、展会的名称写错了。

巴黎协定不叫协议，RCEP是区域全面经济伙伴关系协定；国际货币基金组织、国际劳工组织、中国国际进口博览会，
差一两个字就是另一个名称。

误：各国在《巴黎协议》框架下提交目标
误：国际货币基金会上调增长预期
正：各国在《巴黎协定》框架下提交目标
正：国际货币基金组织上调增长预期
依据：外交部“国际和地区组织”、各协定和展会的正式名称；见 treaties.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy, spelled
from bulletin_press.publication.authority import Treaties


def check(issue: Issue) -> Iterator[At]:
    """Yield each name of the list of wrong ones."""
    wrong = issue.facts("treaties", Treaties).wrong
    names = sorted((name for name in wrong if spelled(name, issue.pairs) and name in issue.words), key=len,
                   reverse=True)
    if not names:
        return
    pattern = lazy("|".join(map(re.escape, names)))
    for passage in issue.holding(pattern):
        for match in pattern.finditer(passage.words):
            right = wrong[match.group()]
            yield At.within(passage, *match.span(), f"“{match.group()}”应为“{right}”", right)


RULE = Rule("organisation-name", Severity.WARNING, Issue, check, exchanges=True)
