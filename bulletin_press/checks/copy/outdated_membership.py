"""国际组织的成员数、负责人与时间不合。

英国2020年离开以后欧盟是27国；RCEP有15个成员。写的数比当时的成员还多，或写“全部”而不是当时的数，就核对；
国际组织的负责人按任期核对。

误：欧盟28个成员国就数字服务税展开讨论（2022年8月出刊）
误：世贸组织总干事阿泽维多2022年8月在会上致辞
正：欧盟27个成员国就数字服务税展开讨论
正：世贸组织总干事伊维拉2022年8月在会上致辞
依据：各组织秘书处公布的成员和任期；见 treaties.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bulletin_press.checks.period_words import PAST, sentence_around, year_of
from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.required import of_words
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Treaties

COUNT = lazy(r"(?:协定|的|共|现|目前|内|有|全体|全部|所有|由|包括|》|（[^（）]{1,20}）|其)*(?P<n>\d{1,3}"
             r"|[十二三四五六七八九]{2,3})(?P<count>个)?"
             r"(?:成员国|成员(?!之)|缔约方|(?:经济体)成员|国(?!家?[^，。；]{0,4}(?:人|公民)))")
WHOLE = lazy("全体|全部|所有|共|由")
NUMBERS = {char: number for number, char in enumerate("零一二三四五六七八九")}


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of members and each officer that is not of its time."""
    treaties = issue.facts("treaties", Treaties)
    bodies = [name for name in treaties.members if name in issue.words]
    offices = [name for name in treaties.holders if name in issue.words]
    pattern = lazy("|".join(map(re.escape, sorted(bodies, key=len, reverse=True)))) if bodies else None
    named = of_words((*bodies, *offices))
    for passage in issue.meeting(named) if named else ():
        text = passage.words
        for match in pattern.finditer(text) if pattern else ():
            counted = COUNT.match(text, match.end())
            if counted:
                yield from _counted(issue, passage, treaties, match.group(), counted)
        for office in offices:
            for found in re.finditer(re.escape(office) + r"(?P<name>[一-龥·\-]{2,8})", text):
                yield from _held(issue, passage, treaties, office, found)


def _day(issue: Issue, text: str, start: int, end: int) -> date | None:
    """The day that a sentence speaks of: the issue's, or the middle of the year that it names; none of the past."""
    today, year = issue.fields.issue.date, year_of(text, start, end)
    if PAST.search(sentence_around(text, start, end)):
        return None
    return today if year is None or year == today.year else date(year, 7, 1)


def _counted(issue: Issue, passage: Passage, treaties: Treaties, name: str,
             match: re.Match[str]) -> Iterator[At]:
    day = _day(issue, passage.words, *match.span())
    known = [count for since, count in treaties.members[name] if day and since <= day]
    said = _number(match["n"])
    if not known or said == known[-1] or said >= known[-1] * 2:
        return
    if said > known[-1] or WHOLE.search(match.group()):
        start, end = match.start("n"), match.end("count") if match["count"] else match.end("n")
        yield At.within(passage, start, end, f"这时{name}有{known[-1]}个成员",
                        str(known[-1]) + (match["count"] or "") if match["n"].isdecimal() else None)


def _held(issue: Issue, passage: Passage, treaties: Treaties, office: str, match: re.Match[str]) -> Iterator[At]:
    day = _day(issue, passage.words, *match.span())
    terms = treaties.holders[office]
    for holder in terms:
        name = holder[0]
        if not match["name"].startswith(name) or day is None:
            continue
        # Who held it twice is right in either term; the last months of a year are not told apart.
        if not any(one[0] == name and one[1].year <= day.year and (len(one) < 3 or day.year <= one[2].year)
                   for one in terms):
            now = next((one[0] for one in reversed(terms) if one[1] <= day), "")
            at = match.start("name")
            message = f"这时{office}是{now}，请核对" if now else "任期与时间不合，请核对"
            yield At.within(passage, at, at + len(name), message)
        return


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    tens, _, units = words.partition("十")
    return (NUMBERS.get(tens, 1) if "十" in words else 0) * 10 + NUMBERS.get(units if "十" in words else words, 0)


RULE = Rule("outdated-membership", Severity.WARNING, Issue, check)
