"""说的数目与列举的不符。

“三个城市”列了四个，“四点意见”只有三条：改稿时增删了一项，忘了改数。

误：大连、沈阳、鞍山、营口3个城市入选试点
误：获奖的六家企业是：远卓、顺达、安捷、明驰和新岭。
误：抓好三件事：一是扩大出口；二是培育业态。
正：大连、沈阳和鞍山三个城市，大连、沈阳等四个城市。
正：获奖的五家企业是：远卓、顺达、安捷、明驰和新岭。
正：抓好两件事：一是扩大出口；二是培育业态。软件、集成电路设计两大类，省、市、县三级
依据：编辑的通读：数目与列举一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.markup import blocks_of
from bulletin_press.document.prose import Prose
from bulletin_press.document.tree import BulletList, Paragraph, text_nodes
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.familiar import SURNAMES
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy
from bulletin_press.toml.positions import Table

N = r"(?<![第\d.,一二三四五六七八九十百千万余多数几])(?P<count>[二两三四五六七八九十]|\d{1,2})"
LONGEST = 14
ITEM = rf"[^，。；：、！？（）“”《》\s\d]{{1,{LONGEST}}}"
THINGS = ("(?:大(?!学|会|厦|桥|家|类?型|[连数]|[^\u4e00-\u9fff]|街|道|部|量)|个(?!月|人|体|百分)|项|类|家|种|方面|"
          "国(?!家)|市(?!场|民|委|政)|省(?!委|政|级)|点|件|条|部分|位|部门|地(?!级)|届|所|座|款)")
COUNTED = lazy(rf"{N}{THINGS}")
BEFORE = lazy(rf"(?P<list>{ITEM}(?:、{ITEM})+)\Z")
LIST = rf"{ITEM}(?:、{ITEM})+(?:(?:以及|[和与及]){ITEM})?"
REACH = 90
ANNOUNCED = lazy(rf"{N}(?:个|项|点|件|条|大|方面|种|类|"
                 rf"步)[\u4e00-\u9fff]{{0,8}}[：。，](?P<rest>(?=[^。]{{0,4}}一是)[^\n]*)")
# 明确了五项任务：（一）…；（二）….
ROUND = lazy(rf"{N}(?:个|项|点|件|条|大|方面|种|类|步)[\u4e00-\u9fff]{{0,8}}[：，](?P<rest>(?=（一）)[^\n]*)")
ROUNDS = lazy("（(?P<number>[一二三四五六七八九十]{1,2})）")
ROW = lazy("(?:^|[，。；：、])(?P<number>[一二三四五六七八九十]{1,2})是")
# A colon after what somebody says opens no list.
NAMED = lazy(rf"{N}(?:个|项|点|件|条|大类?|方面|种|类|家|名|位|所)(?:(?!表示|认为|说|指出|强调|呼吁|透露|回答"
             rf"|坦言|感慨|同时|如下|[的等])"
              rf"[\u4e00-\u9fff“”]){{0,12}}(?:：|——)(?P<list>{LIST})(?=[。；—]|，(?:均|都|全部|分别|目前|现已|已|各))")
# 4个工作组分别负责会务、宣传、接待和安保: to each one of them.
EACH_ONE = lazy(rf"{N}(?:个|支|家|名|位|组)(?:[\u4e00-\u9fff]{{0,6}})分别(?:负责|承担|聚焦|讲授|主攻|设在"
                rf"|牵头)(?P<list>{LIST})"
                r"(?=[。；，])")
# 先进集体5个、…，先进集体分别是….
TAKEN_UP = lazy(r"(?P<noun>[\u4e00-\u9fff]{2,8})(?P<count>[二两三四五六七八九十]|\d{1,2})(?:个|名|家|项|位"
                r"|所)[^。；]{0,30}?(?P=noun)"
                rf"(?:分别是|分别为|为|是)(?P<list>{LIST})(?=[。；，])")
SERIES = lazy(rf"{N}(?:个|家|项|大|类|种|名|位|人(?=[，：])|所|座|条|国|市|县|区)"
              r"[\u4e00-\u9fff]{0,10}[，：]?(?:分别是|分别为"
              rf"|依次为|依次是|即)"
              rf"(?P<list>{LIST})(?=[。；，）])")
# 三项文件：《甲》《乙》和《丙》
TITLES = lazy(rf"{N}(?:个|项|份|部|件|条|种|篇)[\u4e00-\u9fff]{{0,6}}(?:：|，(?:分别)?(?:是|为"
              rf"|即))(?P<list>(?:《[^《》]{{2,30}}》(?:[、和及与]|以及)?){{2,12}})(?=[。；，])")
LISTED = lazy(rf"{N}(?:个|项|点|件|条|大|方面|种|类|步)[\u4e00-\u9fff]{{0,8}}：\Z")
LOOSE = lazy("[的等共]|提出|推出|首批|启动|方面|围绕|其中|分别|配套|新增|建成|开展")
FAR = 2
BEGINS = lazy("[一1首]、|其一")
COUNTED_SELF = lazy("[一二两三四五六七八九十百千万][家名位项个条类种件点所座款份人场次套台辆届国](?=、|\\Z)")
# 一、听取报告；二、审议预算: the row goes on behind its marks.
NUMERALS = lazy(rf"{N}(?:个|项|点|件|条|大|方面|种|类|步|部分)[\u4e00-\u9fff]{{0,8}}[：，](?P<rest>(?=一、)[^\n]*)")
HEADS = lazy("(?:^|(?<=[，。；：]))(?P<number>[一二三四五六七八九十]{1,2})、")
JOINERS = lazy("以及|[和与及]")


def check(issue: Issue) -> Iterator[At]:
    """Yield each number that differs from what is listed beside it."""
    for passage in issue.passages:
        for start, end, message in _beside(passage.words):
            yield At.within(passage, start, end, message)
    for table, prose in issue.prose():
        if prose.marked:
            yield from _before_lists(table, prose)


def _beside(text: str) -> Iterator[tuple[int, int, str]]:
    if "、" not in text and "：" not in text and "一是" not in text and "《" not in text and "（一）" not in text:
        return
    for match in COUNTED.finditer(text) if "、" in text else ():
        told = _read(match)
        # The last item ends here: its 、 is near, or there is no list.
        near = told > 1 and text.rfind("、", max(0, match.start() - LONGEST - 1), match.start()) >= 0
        before = BEFORE.search(text[max(0, match.start() - REACH) : match.start()]) if near else None
        if not before:
            continue
        words = before["list"].removesuffix("等")
        # 初级雪道6条、中级雪道5条、高级雪道3条: each has a number of its own.
        begun = max(0, match.start() - REACH) + before.start()
        if (begun and text[begun - 1] in "0123456789.,%") or COUNTED_SELF.search(words):
            continue
        least, most = _listed(words)
        fits = most <= told if words != before["list"] else least <= told <= most
        # A number that is far off counts something else: 来自亚洲、非洲的28个国家.
        if not fits and not LOOSE.search(words.rpartition("、")[2]) and least - FAR <= told <= most + FAR:
            yield match.start("count"), match.end("count") + 1, f"前面列了{most}项，这里说的是{told}"
    each = "、" in text and "分别" in text
    for match in (*(NAMED.finditer(text) if "：" in text or "——" in text else ()),
                  *((*EACH_ONE.finditer(text), *TAKEN_UP.finditer(text)) if each else ())):
        told, (least, most) = _read(match), _listed(match["list"])
        if BEGINS.match(match["list"]):
            continue
        # A semicolon may part what is listed in two.
        if text[match.end("list")] == "；" and most < told:
            continue
        if told > 1 and not least <= told <= most and "等" not in match["list"] and abs(told - most) <= FAR:
            yield *match.span("count"), f"说的是{told}，后面列了{most}项"
    for match in SERIES.finditer(text) if "分别" in text or "依次" in text or "即" in text else ():
        told, (least, most) = _read(match), _listed(match["list"])
        if told > 1 and not least <= told <= most and "等" not in match["list"] and abs(told - most) <= FAR:
            yield *match.span("count"), f"说的是{told}，后面列了{most}项"
    for match in TITLES.finditer(text) if "》" in text else ():
        told, most = _read(match), match["list"].count("《")
        if told > 1 and told != most and abs(told - most) <= FAR:
            yield *match.span("count"), f"说的是{told}，后面列了{most}种"
    for match in ROUND.finditer(text) if "（一）" in text else ():
        numbers = [read_chinese_number(found["number"]) for found in ROUNDS.finditer(match["rest"])]
        told, most = _read(match), _row(numbers)
        if told > 1 and most > 1 and told != most and "等" not in match.group()[:14]:
            yield *match.span("count"), f"说的是{told}，下面列了{most}条"
    for match in NUMERALS.finditer(text) if "一、" in text else ():
        numbers = [read_chinese_number(found["number"]) for found in HEADS.finditer(match["rest"])]
        told, most = _read(match), _row(numbers)
        if told > 1 and most > 1 and told != most and "等" not in match.group()[:14]:
            yield *match.span("count"), f"说的是{told}，下面列了{most}条"
    for match in ANNOUNCED.finditer(text) if "一是" in text else ():
        numbers = [read_chinese_number(found["number"]) for found in ROW.finditer(match["rest"])]
        told, most = _read(match), _row(numbers)
        if told > 1 and most > 1 and told != most and "等" not in match.group()[:14]:
            yield *match.span("count"), f"说的是{told}，下面列了{most}条"


def _read(match: re.Match[str]) -> int:
    return read_chinese_number(match["count"])


def _row(numbers: list[int]) -> int:
    """How many a row counts, up to where it begins anew; 0 where it has a gap of its own."""
    end = next((at for at, number in enumerate(numbers) if number == 1 and at), len(numbers))
    row = numbers[:end]
    return len(row) if row == list(range(1, len(row) + 1)) else 0


def _listed(text: str) -> tuple[int, int]:
    """The least and the greatest number of items that a list may have: 和 may join items, or be part of one."""
    *head, last = text.split("、")
    short = min((len(item) for item in head), default=1)
    # 瑞和器械和仁心护理院: where the others are longer, 瑞 is no name.
    joined = _joined(last, min(2, short))
    # 佳和涂料: one character alone is joined to nothing.
    inside = sum(_joined(item, 2) for item in head[1:])
    if not head:
        return 1 + joined, 1 + joined
    # In the last item 和 joins: A、B和C.
    # Of 孙和平 it is part of a name.
    named = len(last) == 3 and last[0] in SURNAMES and joined == 1
    least = len(head) + 1 + (0 if named else min(joined, 1))
    return least - inside, least + max(0, joined - 1) + inside


def _joined(words: str, least: int) -> int:
    """How many joiners may part the last item of a list: what they part has so many characters at least."""
    ends = [match.span() for match in JOINERS.finditer(words)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(words)]
    return sum(stops[n] - starts[n] >= least and stops[n + 1] - starts[n + 1] >= least for n in range(len(ends)))


def _before_lists(table: Table, prose: Prose) -> Iterator[At]:
    blocks = blocks_of(prose.text, prose.path)
    for block, following in pairwise(blocks):
        if not isinstance(block, Paragraph) or not isinstance(following, BulletList):
            continue
        nodes = tuple(text_nodes(block.inlines))
        match = LISTED.search("".join(node.text for node in nodes))
        if match and len(nodes) == 1 and 1 < _read(match) != len(following.entries):
            start = nodes[0].start
            yield At(prose.path, f"说的是{_read(match)}，下面列了{len(following.entries)}条", table=table,
                     characters=(start + match.start("count"), start + match.end("count") + 1))


RULE = Rule("count-contradicts-list", Severity.WARNING, Issue, check)
