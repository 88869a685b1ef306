"""法律、法规、协定的施行日期或公布令的号写错了。

说“自某日起施行”“某日生效”的，与它的施行日期核对；修订后另有施行日期的，都算对。国务院令的号也核对。

误：《个人信息保护法》自2021年9月1日起施行。
误：《优化营商环境条例》（国务院令第732号）
正：《个人信息保护法》自2021年11月1日起施行。
正：《优化营商环境条例》（国务院令第722号）
依据：国家法律法规数据库、中国政府网公布的文本；各日期见 laws.toml、treaties.toml。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import chinese_date
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Laws, Treaties

CUE = lazy("施行|实施|生效|国务院令")
NAMED = r"(?:《(?:中华人民共和国)?(?P<law>[^《》\n]{3,36})》(?:[（(][^（）()\n]{1,20}[）)])?|(?P<short>RCEP|CPTPP))"
DAY = r"(?P<day>(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日)"
FORCE = lazy(rf"{NAMED}(?:已|将|正式|，|的|于|自|从|在){{0,3}}{DAY}起?(?:开始|正式|已|对[^，。]{{1,6}}"
             rf"|全面)?(?:施行|实施|生效)"
             rf"|自?"
             rf"{DAY.replace('day', 'day2').replace('<y>', '<y2>').replace('<m>', '<m2>').replace('<d>', '<d2>')}起?"
             rf"(?:开始|正式)?(?:施行|实施|生效)的{NAMED.replace('<law>', '<law2>').replace('<short>', '<short2>')}")
DECREE = lazy(r"《(?:中华人民共和国)?(?P<law>[^《》\n]{3,36})》[（(](?P<decree>(?:中华人民共和国)?国务院令第(?P<"
              r"n>\d{1,4})号)[）)]")


def check(issue: Issue) -> Iterator[At]:
    """Yield each day from which a law is said to be in force that is none of its own."""
    if not CUE.search(issue.words):
        return
    laws, treaties = issue.facts("laws", Laws), issue.facts("treaties", Treaties)
    for passage in issue.passages:
        if not CUE.search(passage.words):
            continue
        for match in FORCE.finditer(passage.words):
            which = "" if match["day"] else "2"
            name = match["law" + which] or match["short" + which]
            known = laws.in_force.get(name) or ((treaties.in_force[name],) if name in treaties.in_force else ())
            said = tuple(int(match[part + which]) for part in "ymd")
            days = {(day.year, day.month, day.day) for day in known}
            if known and said not in days and _earlier(said, known):
                right = "或".join(chinese_date(day) for day in known)
                yield At.within(passage, *match.span("day" + which), f"《{name}》{right}起施行",
                                right if len(known) == 1 else None)
        for match in DECREE.finditer(passage.words):
            number = laws.numbers.get(match["law"])
            if number is not None and number != int(match["n"]) <= max(laws.numbers.values()):
                message = f"公布《{match['law']}》的是国务院令第{number}号"
                yield At.within(passage, *match.span("n"), message, str(number))


def _earlier(said: tuple[int, ...], known: tuple[date, ...]) -> bool:
    """Whether a day is not after all that the table knows: a later amendment may have its own."""
    return said[0] <= max(day.year for day in known) or (len(known) == 1 and said[0] <= known[0].year + 1)


RULE = Rule("law-in-force", Severity.WARNING, Issue, check)
