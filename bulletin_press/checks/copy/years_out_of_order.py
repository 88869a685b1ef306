"""一句里依次说的几个年份，有一个颠倒了。

履历、沿革一年一年地说，中间的一年比前面的还早，多半打错了一位。

误：公司2015年成立，2012年搬入新厂区，2020年上市。
误：他1985年参加工作，1982年加入中国共产党，2010年当选为会长。
正：公司2015年成立，2018年搬入新厂区，2020年上市。
正：他1985年参加工作，1988年加入中国共产党，2010年当选为会长。前身1958年建厂，公司2015年成立，2020年上市
依据：编辑的通读：年份先后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import SENTENCE
from bulletin_press.language.script import lazy

# What happens once to a person or a firm, told behind the year.
DONE = ("参加工作|加入|入党|入伍|入职|毕业|考入|出生|进厂|担任|任职|当选|退休|成立|创办|创立|创建|建成|建厂"
        "|更名|改制|搬入|搬迁|迁入|迁至|迁往"
        "|上市|挂牌|投产|开业|开工|竣工|动工|启用|通车|获评|获得|荣获|入选|通过|取得|升格|并入|合并|设立|组建"
        "|注册|回国|返乡")
YEAR = lazy(rf"(?P<year>(?:19|20)\d\d)年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?[^，。；、\d]{{0,6}}?(?:{DONE})")
EARLIER = lazy("前身|追溯|源[于自]|始于|早在|曾|此前|原名|当年|其中|分别|回顾|相比|比|与|而")
LEAST = 3


def check(copy: Copy) -> Iterator[Mark]:
    """Yield the one year of a row of three or more that is earlier than the one before it."""
    if copy.words.count("年") < LEAST:
        return
    for sentence in SENTENCE.finditer(copy.words):
        found = list(YEAR.finditer(sentence.group())) if sentence.group().count("年") >= LEAST else []
        years = [int(match["year"]) for match in found]
        if len(years) < LEAST or years == sorted(years) or EARLIER.search(sentence.group()):
            continue
        for n in range(1, len(years)):
            rest = years[:n] + years[n + 1 :]
            if years[n] < years[n - 1] and rest == sorted(rest):
                yield Mark(sentence.start() + found[n].start(), sentence.start() + found[n].start() + 5,
                           f"前面已说到{years[n - 1]}年，这里又是{years[n]}年，请核对")
                break


RULE = Rule("years-out-of-order", Severity.WARNING, Copy, check, needs="年", cues=(YEAR,))
