"""破折号或省略号的写法不对。

破折号两字长，省略号六个点占两字；用一个“—”、几个句点或句号代替，排出来长短不一，行末还会断开。
地名、并列的词之间的一字线（北京—上海）不算，地名见词表 places.toml。

误：我们的目标—建成数字贸易平台
误：包括软件、设计、检测...等业务
正：我们的目标——建成数字贸易平台
正：北京—上海高铁，产—学—研结合，软件、设计、检测……
依据：GB/T 15834—2011《标点符号用法》4.10、4.11、5.1.4。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import HAN, MARKS, after, before, is_chinese, lazy
from bulletin_press.publication.lexicon import Lexicon

DASHES = lazy("[-－―─–]{2,}|—[-－―─–]+|[-－―─–]+—+")
SINGLE = lazy("(?<![—-])—(?![—-])")
ELLIPSIS = lazy(r"\.{2,}|。{3,}|[·・•]{3,}|…+\.*")
PAIR = lazy(f"(?<![{HAN}])[{HAN}]{{1,2}}—[{HAN}]{{1,2}}(?![{HAN}])")
LINK = lazy(f"—(?=[{HAN}]{{1,4}}(—))")
CANDIDATE = lazy(r"[-－―─–—…]|\.\.|。。。|[·・•]{3}")
SHORT, REACH = 4, 12


def check(issue: Issue) -> Iterator[At]:
    """Yield each mistyped dash or ellipsis."""
    places = issue.lexicon("places") if SINGLE.search(issue.words) else Lexicon({})
    for passage in issue.holding(CANDIDATE):
        text = passage.words
        if not CANDIDATE.search(text):
            continue
        for match in DASHES.finditer(text):
            between = is_chinese(before(text, match.start())), is_chinese(after(text, match.end()))
            # 1日-—5日: marks of two kinds are none beside a figure either.
            if all(between) or (any(between) and len(set(match.group())) > 1):
                meant = "——" if all(between) else "—"
                yield At.within(passage, *match.span(), f"“{match.group()}”不是破折号，应为“{meant}”", meant)
        for match in _single(text, places) if SINGLE.search(text) else ():
            yield At.within(passage, *match.span(), "破折号应为两字长的“——”；连接起止的一字线请在 [allow] 里写明")
        for match in ELLIPSIS.finditer(text):
            typed = match.group()
            wrong = len(typed) % 2 or set(typed) != {"…"}
            among = is_chinese(before(text, match.start())) or is_chinese(after(text, match.end()))
            if wrong and (among or typed[0] == "。"):
                yield At.within(passage, *match.span(), f"“{typed}”不是省略号，应为“……”", "……")


def _single(text: str, places: Lexicon) -> Iterator[re.Match[str]]:
    """Each single — that is no link between words, years or places."""
    # 人—机, 产—学—研: single words side by side.
    chained = {at for match in PAIR.finditer(text) for at in range(*match.span())}
    chained |= {at for match in LINK.finditer(text) for at in (match.start(), match.start(1))}
    for match in SINGLE.finditer(text):
        if match.start() not in chained and _explains(text, match.start(), places):
            yield match


def _explains(text: str, at: int, places: Lexicon) -> bool:
    """Whether a single — stands for a 破折号: between hanzi that are no places, or at an edge."""
    left, right = text[max(0, at - REACH) : at].rstrip(), text[at + 1 : at + 1 + REACH].lstrip()
    if not re.match(f"[{HAN}“《]", right) or not (at == 0 or re.search(rf"[{HAN}{MARKS}“”]\Z", left)):
        return False
    near = re.split(f"[^{HAN}]", left)[-1]
    return not (any(hit.end == len(left) for hit in places.find(left)) or left.endswith(places.endings)
                or (len(near) <= SHORT and any(hit.start == 0 for hit in places.find(right))))


RULE = Rule("dash-or-ellipsis-form", Severity.WARNING, Issue, check, fix=True)
