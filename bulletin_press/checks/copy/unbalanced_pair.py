"""括号、引号、书名号没有配对。

多半是漏打了一半、前后打反了，或互相交叉。引号里的引号用‘’，书名号里的书名号用〈〉。
一段引文分几段时，每段开头有“、末段才有”，不算错。

误：《数据出境安全评估办法自9月1日起施行
误：坚持“创新引领“的原则
正：《关于印发〈办法〉的通知》提出“坚持‘三个面向’”（见附件）
正：任务有：1）推进；2）落实。It’s done.
依据：GB/T 15834—2011《标点符号用法》4.8、4.9、4.15。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.pairs import faults
from bulletin_press.language.script import lazy

STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
LEVEL = lazy(r"(?:^|[，。；：、\s])[0-9A-Za-z一二三四五六七八九十]{1,3}\Z")


def check(issue: Issue) -> Iterator[At]:
    """Yield each mark that has no fellow, or lies across another pair."""
    for index, passage in enumerate(issue.passages):
        for at, message in faults(passage.words):
            char = passage.words[at]
            if char in "）)" and LEVEL.search(passage.words[max(0, at - 5) : at]):
                continue
            # Its fellow was typed straight: straight-quotes says so.
            if char in STRAIGHT and STRAIGHT[char] in passage.words:
                continue
            following = issue.passages[index + 1] if index + 1 < len(issue.passages) else None
            opens = char in "“「" and (at == 0 or passage.words[at - 1] in "：，:")
            if opens and following and following.path == passage.path and \
                    following.words.startswith(char):
                continue
            yield At.within(passage, at, at + 1, message)


RULE = Rule("unbalanced-pair", Severity.WARNING, Issue, check)
