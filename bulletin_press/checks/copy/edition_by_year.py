"""展会、会议的届次与年份对不上。

进博会2018年是第一届，每年一届；第五届在2022年，2021年的是第四届。人大、政协的届次也按年份核对。

误：第五届中国国际进口博览会于2021年11月在上海举行
误：2023年3月，十三届全国人大一次会议在北京召开
正：第四届中国国际进口博览会于2021年11月在上海举行
正：2023年3月，十四届全国人大一次会议在北京召开
依据：各展会官方网站、全国人大和全国政协公报；届次和年份见 events.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.period_words import sentence_around
from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import chinese_number, read_chinese_number
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Events

EDITION = lazy(r"第(?P<n>[一二三四五六七八九十百]{1,6}|\d{1,3})届(?P<name>“?[一-龥][一-龥—”]{2,18})")
SESSION = lazy("第?(?P<term>十[二三四])届全国(?:人大|人民代表大会|政协)第?(?P<n>[一二三四五])次会议")
YEAR = lazy(r"(?<!\d)((?:19|20)\d\d)年(?!代)")
HELD = lazy("举行|举办|召开|开幕|闭幕|开展|收官|落幕|启幕|亮相|参加|参展|在京|拉开帷幕|圆满")
OTHER = lazy("上届|首届|下届|历届|筹备|将于|报名|自.{0,12}以来|至今|比|较|回顾|期间提出|提出")


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of a fair or session that another year had."""
    for passage, match in issue.matches(EDITION):
        events = issue.facts("events", Events)
        name = max((one for one in events.editions if match["name"].startswith(one)), key=len, default=None)
        year = _year(passage.words, match)
        if name is None or year is None:
            continue
        first, *years = events.editions[name]
        number = int(match["n"]) if match["n"].isdecimal() else read_chinese_number(match["n"])
        right = [first + at for at, one in enumerate(years) if one == year]
        if right and number not in right:
            meant = str(right[0]) if match["n"].isdecimal() else chinese_number(right[0])
            yield At.within(passage, match.start(), match.end("n") + 1, f"{year}年的是第{meant}届{name}")
    for passage, match in issue.matches(SESSION):
        sessions = issue.facts("events", Events).sessions
        year, held = _year(passage.words, match), sessions.get(f"{match['term']}届{match['n']}次")
        if held and year and held != year:
            yield At.within(passage, *match.span(), f"这次会议在{held}年，与{year}年不合")


def _year(text: str, match: re.Match[str]) -> int | None:
    """The only year of a sentence that tells when something was held."""
    sentence = sentence_around(text, *match.span())
    years = set(YEAR.findall(sentence))
    if len(years) != 1 or not HELD.search(sentence) or OTHER.search(sentence) or len(
            re.findall("第[一二三四五六七八九十百0-9]{1,6}届", sentence)) > 1:
        return None
    return int(years.pop())


RULE = Rule("edition-by-year", Severity.WARNING, Issue, check)
