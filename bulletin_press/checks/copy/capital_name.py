"""首都、省会写成了别的城市。

哈萨克斯坦首都是阿斯塔纳，澳大利亚首都是堪培拉；辽宁省会是沈阳，山东省会是济南。

误：哈萨克斯坦首都阿拉木图举办论坛
误：代表团访问了福建省会厦门
正：哈萨克斯坦首都阿斯塔纳举办论坛，代表团访问了福建省会福州
正：澳大利亚首都堪培拉、阿根廷首都附近的城市
依据：外交部网站“国家和组织”；GB/T 2260《中华人民共和国行政区划代码》；见 countries.toml、divisions.toml。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Countries, Divisions

SEAT = lazy("(?P<what>首都|省会|首府)(?:城市)?[，：是为]?(?P<town>[一-龥]{2,8})")
AHEAD = lazy("(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区)?的?\\Z")
# So far before it the state is named.
REACH = 16
# 努尔苏丹 was its name for three years.
PAST = frozenset(("努尔苏丹",))


def check(issue: Issue) -> Iterator[At]:
    """Yield each capital that is another town."""
    for passage, match in issue.matches(SEAT):
        countries, divisions = issue.facts("countries", Countries), issue.facts("divisions", Divisions)
        abroad = match["what"] == "首都"
        seats = countries.capitals if abroad else divisions.capitals
        before = passage.words[max(0, match.start() - REACH) : match.start()]
        ahead, behind = AHEAD.sub("", before), match["town"]
        state = max((name for name in seats if ahead.endswith(name)), key=len, default=None)
        if state is None or behind.startswith(seats[state]):
            continue
        others = {*countries.capitals.values(), *countries.towns.get("names", ())} - PAST if abroad else {
            town for several in divisions.cities.values() for town in several}
        town = max((name for name in others if behind.startswith(name)), key=len, default=None)
        if town:
            start = match.start("town")
            yield At.within(passage, start, start + len(town), f"{state}的{match['what']}是{seats[state]}", None)


RULE = Rule("capital-name", Severity.WARNING, Issue, check)
