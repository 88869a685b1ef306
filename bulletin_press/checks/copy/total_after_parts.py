"""先列各部分、后写合计，两边对不上；收支与结余、票数也是。

“A、B和C，合计D”，D应是前面各项之和；结余是收入减支出；赞成、反对、弃权加起来是总票数；独立董事与非独立董事加起来是全体。
有约数、或各项单位不同的，不算。

误：三家子公司分别实现利润1200万元、800万元和500万元，合计2800万元。
误：会费收入120万元，支出90万元，结余20万元。
误：金奖1名、银奖2名、铜奖3名，7名选手获奖。
误：全票为80票，赞成76票，反对3票，弃权2票。
误：公司董事会由9名董事组成，其中独立董事3名，非独立董事5名。
正：三家子公司分别实现利润1200万元、800万元和500万元，合计2500万元。
正：会费收入120万元，支出90万元，结余30万元。
正：金奖1名、银奖2名、铜奖3名，6名选手获奖。
正：公司董事会由9名董事组成，其中独立董事3名，非独立董事6名。
正：全票为80票，赞成76票，反对2票，弃权2票。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import sqrt

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, sentences
from bulletin_press.language.script import lazy

CUE = lazy("[两二三四五六七八九][一-龥]{1,4}共|分别|依次|总|一共|，共|获奖|入选|上榜|合计|共计|总计|结余|结存|盈余"
           "|弃权|总共|加起来|平均|[年月日季]均|其中[^。]*[非不未]")
MEAN = lazy(r"\A[，,](?:[^，。；\d]{0,4})(?:平均(?:每[家户人个名台件项场次年月天])?|[年月日季]均)[^，。；\d]{0,6}\Z")
TOTAL = lazy(r"\A[，。]?[^，。；\d]{0,6}?(?:合计|共计|总计|总共|加起来|一共"
             r"|共(?:评出|评选出|决出|产生|颁出|颁发|设立|授予|评选)(?:各类)?(?:奖项|获奖[一-龥]{0,4}|优秀[一-龥]{0,4})?(?=\Z)|总(?:数|量|额|人数|面积|投资|库容|容量|产能|产量|长度?|里程|重|装机|价|值|成本|销量)|共\Z)(?:为"
             r"|达|是|实现|约|共)?[^，。；\d由从]{0,6}\Z")
# 金奖1名、银奖2名、铜奖3名，6名选手获奖.
WON = lazy(r"[^，。；、\d]{0,6}(?:获奖|入选|上榜|中标|受到?表彰)")
# 上期45人，下期38人，两期共培训83人; 分别实现3.2亿元、3.6亿元和4.1亿元，累计10.9亿元.
BOTH = lazy(r"\A[，,](?:[两二三四五六七八九]|以上|上述|前述)[^，。；、\d]{1,4}?(?:共|合计|总计|累计"
            r"|一共)[^，。；、\d增]{0,6}\Z")
IN_ALL = lazy(r"\A[，,](?:累计|总共|合计|共)(?:为|达|实现|完成|约)*[^，。；、\d增]{0,4}\Z")
ROW = lazy(r"\A(?:[、和与及]|以及)\Z")
# Two lists with a total each may stand in one clause.
JOINED = lazy(r"\A(?:、|和|与|及|以及|，|；)(?:[^，。；、\d]{0,4}(?:\d{4}年|\d{1,2}月份?))?[^，。；、\d]{0,10}\Z")
OTHER = lazy("其中|增|减|(?<!评)比(?!赛)|较|去年|上年|同期|以上|占|累计|已|下降|约")
KEPT = lazy(r"(?:结转|期初|年初|上年结余|上年末)[^，。；、\d]{0,6}\Z")
INCOME, SPENT, LEFT = lazy(r"(?:收入|收到|筹集)[^，。；、\d]{0,6}\Z"), lazy(r"(?:支出|开支"
                           r"|使用)[^，。；、\d]{0,6}\Z"), lazy(r"(?:结余|结存|盈余|节余)(?:为|约|共|资金)?\Z")
VOTES = ("赞成|同意", "反对|不同意", "弃权")
WHOLE = lazy(r"(?:全票|总票数|有效票|收回选票|发出选票|到会|应到|实到|参加表决|投票|表决票|共|组成"
             r"|设)[^，。；、\d]{0,8}\Z")
# 独立董事与非独立董事: what is said of a part, and that it is not.
NOT, SHORTEST, LONGEST = "非不未", 2, 6
FEW = 3


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each total, balance and number of votes that the amounts before it do not make up."""
    for sentence in sentences(copy.words):
        if not CUE.search(sentence.text) or len(sentence.amounts) < 3:
            continue
        found, between, at = _shared(sentence.amounts, sentence.between), sentence.between, sentence.start
        wrong = (*_totals(found, between), *_means(found, between), *_balances(found, between),
                 *_votes(found, between))
        for one, exact, what in wrong:
            yield Mark(at + one.start, at + one.end, f"{what}{one.shown(exact)}，请核对")


def _shared(found: Sequence[Amount], between: Sequence[str]) -> Sequence[Amount]:
    """Amounts of which the first in a row have the unit of its last: 12万、15万和18万千瓦时."""
    if all(one.unit for one in found):
        return found
    read = list(found)
    for n in range(len(read) - 2, -1, -1):
        one, following = read[n : n + 2]
        # 3、5和8万元: ten thousands are shared, too, and then not to be reckoned with.
        alike = not one.unit and following.unit not in ("", "%") and one.scale == following.scale
        if alike and ROW.match(between[n + 1]):
            read[n] = replace(one, unit=following.unit)
    return read


def _totals(found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[Amount, float, str]]:
    for n, total in enumerate(found):
        won = between[n] == "，" and WON.match(between[n + 1])
        listed = BOTH.match(between[n]) or (
            ("分别" in between[0] or "依次" in between[0]) and IN_ALL.match(between[n]))
        if n < 2 or not (TOTAL.match(between[n]) or won or listed) or total.hedge:
            continue
        parts: list[Amount] = []
        for k in range(n - 1, -1, -1):
            if found[k].unit != total.unit or found[k].hedge or not total.unit:
                break
            parts.insert(0, found[k])
            if not JOINED.match(between[k]) or OTHER.search(between[k]):
                break
        exact = sum(one.value for one in parts)
        # 收到156件，评出6件、12件、18件，合计36件: of what is listed last.
        if any(abs(sum(one.value for one in parts[k:]) - total.value) < 1e-9 for k in range(1, len(parts) - 1)):
            continue
        # Errors of rounding seldom all go one way: twice their deviation is enough.
        slack = total.half + 2 * sqrt(sum(one.half**2 for one in parts) / 3)
        if len(parts) <= FEW and all(one.half == total.half for one in parts):
            # A reader adds up so few that are told to one place.
            slack = min(slack, total.half)
        whole = not OTHER.search("".join(between[n - len(parts) : n + (not listed)]))
        # 合计 may be of more than stands here; it is never less than one part.
        if len(parts) > 1 + bool(won) and len(parts) == n and whole and abs(exact - total.value) > slack:
            yield total, exact, "前面各项加起来是"


def _means(found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[Amount, float, str]]:
    """分别为10万元、15万元和20万元，平均15万元: the mean of a list."""
    for n, mean in enumerate(found):
        if n < 2 or not MEAN.match(between[n]) or mean.hedge:
            continue
        parts = [found[n - 1]]
        for k in range(n - 1, 0, -1):
            if not re.fullmatch("[、和与及]|以及", between[k]):
                break
            parts.append(found[k - 1])
        first = between[n - len(parts)]
        if len(parts) < 2 or any(one.unit != mean.unit or one.hedge for one in parts) or "分别" not in first:
            continue
        exact = sum(one.value for one in parts) / len(parts)
        slack = 2 * sqrt(sum(one.half**2 for one in parts) / 3) / len(parts)
        if not mean.allows(exact - slack, exact + slack):
            yield mean, exact, "前面各项平均是"


def _balances(found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[Amount, float, str]]:
    for n in range(len(found) - 2):
        income, spent, left = found[n : n + 3]
        if (INCOME.search(between[n]) and SPENT.search(between[n + 1]) and LEFT.search(between[n + 2])
                and income.unit == spent.unit == left.unit and not (income.hedge or spent.hedge or left.hedge)):
            kept = found[n - 1] if n and KEPT.search(between[n - 1]) and found[n - 1].unit == left.unit else None
            exact = income.value - spent.value + (kept.value if kept else 0)
            if abs(exact - left.value) > income.half + spent.half + left.half + (kept.half if kept else 0):
                yield left, exact, "上年结转加收入，减支出是" if kept else "收入减支出是"


def _votes(found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[Amount, float, str]]:
    for n in range(len(found) - 2):
        whole, *parts = found[n : n + 4]
        gaps = between[n + 1 : n + 4]
        if any(one.unit != whole.unit or one.hedge for one in parts):
            continue
        if WHOLE.search(between[n]) and len(parts) == 3 and all(any(word in gap for word in names.split("|"))
                                   for names, gap in zip(VOTES, gaps, strict=True)):
            used = parts
        elif "其中" in gaps[0] and _opposed(gaps[0], gaps[1]):
            used = parts[:2]
        else:
            continue
        exact = sum(one.value for one in used)
        if exact != whole.value:
            yield whole, exact, "各项加起来是"


def _opposed(one: str, other: str) -> bool:
    """Whether two parts are all of a whole: what is something, and what is not."""
    return any(other.endswith(char + one[-size:]) and not one.endswith(char + one[-size:])
               for size in range(SHORTEST, min(LONGEST, len(one)) + 1) for char in NOT)


RULE = Rule("total-after-parts", Severity.WARNING, Copy, check, needs="0")
