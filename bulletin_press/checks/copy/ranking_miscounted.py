"""写了“前三”，列出的却不是三项。

说“前几”就要列出几项；多一项少一项，不是数字错了，就是抄漏了。

误：前三大市场分别是日本、欧盟。
误：排名前五的城市依次为北京、上海、深圳、杭州。
正：前三大市场分别是日本、欧盟、荷兰。
正：前三季度为增长期；前五名包括日本、韩国等；前两位为日本和美国。
依据：排名的通例；文中的数与列举相符。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.diagnostics import Severity

COUNTS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
RANKING = re.compile(
    r"(?:(?<![年月日以之目此提从空])前)[ \t]?(?P<count>[两二三四五六七八九十]|\d{1,2})[ \t]?"
    r"(?!季度|[个天日周月年期届轮批次半]|十|百|千|万)(?P<noun>[^，。；：、！？（）\d]{0,14}?)"
    r"(?:(?:分别|依次)(?:是|为|有)?：?|是|为|：)(?P<list>[^。；：！？\n]{2,160})")
BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each ranking that lists another number of items than it says."""
    for match in RANKING.finditer(copy.words):
        count = COUNTS.get(match["count"]) or int(match["count"])
        listed = BRACKETS.sub("", match["list"]).split("，")[0]
        joins, commas = len(re.findall("[和与及]", listed)), listed.count("、")
        if not joins + commas or re.search("等|其中|以及其他", listed):
            continue
        # 和 joins the last two, or stands inside a name.
        counts = range(commas + 1, commas + 2 + joins)
        if count not in counts:
            end = match.start("list") + len(match["list"].split("，")[0])
            yield Mark(match.start(), end, f"写的是“前{match['count']}”，列出的是{max(counts)}项")


RULE = Rule("ranking-miscounted", Severity.ERROR, Copy, check)
