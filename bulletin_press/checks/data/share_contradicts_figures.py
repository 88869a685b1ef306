"""文中的占比与旁边的两个数对不上。

既有总数和其中的一部分，又有占比，三者要能互相推算；总数在前面一句里的也算，别的数说得通的、四舍五入带来的
出入不算。

误：共1108项任务，其中已完成911项，占六成左右。
误：吸纳从业人员1440万人，其中大学及以上学历927万人，占74.4%。
误：政企市场收入911亿元，占数字化转型收入1108亿元的六成左右。
误：执行额200亿元，其中离岸80亿元，占30.0%；在岸120亿元，占60.0%。
误：共有会员40家，其中服务外包企业30家，占六成。
误：发放问卷500份。回收有效问卷460份，有效回收率为82%。
正：政企市场收入911亿元，占数字化转型收入1108亿元的八成以上。
正：发放问卷500份。回收有效问卷460份，有效回收率为92%。
正：共1108项任务，其中已完成911项，占八成以上。
正：承接RCEP成员国执行额877亿元，增长8.9%，占离岸执行额的24.3%。
正：离岸执行额为11.34亿美元，占执行总额的60.0%；在岸执行额为7.56亿美元，占40.0%。
正：表示订单增加的企业有114家，占37.5%；表示基本持平的有106家，占34.9%；表示减少的有84家，占27.6%。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, gaps, sentences, worth
from bulletin_press.language.script import lazy

_HEDGES = r"(?:约|近|将近|接近|大约|超|超过|逾|达到?|为|是|高达|仅|只|了|不足|不到|还|已|到|在)"
SHARE = lazy(
    rf"(?P<mark>(?:占比?|比重|比例)(?P<whole>[^，。；、！？\d]{{0,14}}?)){_HEDGES}{{0,3}}\Z"
    r"|(?P<rate>(?P<stem>[一-龥]{2})(?:发现|检出)?(?:率|比例)|完成总?(?:工程|工作)量的?)"
    rf"(?P<rates>){_HEDGES}{{0,3}}\Z"
    rf"|(?P<plan>完成[^，。；、！？\d]{{0,6}}(?:计划|目标|任务)[^，。；、！？\d]{{0,3}}?的?){_HEDGES}{{0,3}}\Z")
# What the words 占…的 may be of without being named: the whole just given.
PLAIN = lazy(r"(?:全部|总数|总额|总量|其|合计|总体|总)?(?:的|比|为|约|近|达|到|超过?|了|比重|比例|在|股|股份)*\Z")
CUE = lazy(r"(?:[占比重例率]|的)[^，。；、\d一二三四五六七八九]{0,16}(?:\d|[一二三四五六七八九]成"
           r"|[二三四五六七八九]分之)|[一二三四五六七八九]成")
INSIDE = lazy(r"其中|中[，有]|当中|占|内有|里[，有]")
EXPLICIT = lazy(r"\A[^，。；、！？\d]{0,6}[，,]?(?:已|约)?(?:占(?:了|到)?(?P<whole>[^，。；、！？\d]{2,14})"
                r"|完成[^，。；、！？\d]{0,8}(?:计划|目标|任务|预算)[^，。；、！？\d]{0,4})\Z")
# 占员工总数: of the staff that was told.
SUMMED = ("总人数", "总户数", "总家数", "总数", "总量", "总额", "人数", "家数", "户数", "件数")
OF = lazy(rf"\A的{_HEDGES}{{0,3}}\Z")
PLANNED = lazy(r"计划|目标|任务|拟|预计")
BARE = lazy(r"[，,（(]\Z")
NOT_SHARE = lazy(r"增|降|升|涨|跌|减|提高|回落|同比|环比|折|满")
NEGATED = lazy(r"(?:不|未|没有|非|缺)[^，。；、\d]{0,6}\Z")
STOP = lazy("[。！？]")
# Rates of what goes before by whatever name: 实到 makes 出席率.
KNOWN = frozenset(("完成", "达标", "合格", "回收", "出席", "参与", "到会", "通过", "签约", "入驻", "中标",
                   "录取", "兑现", "办结", "有效"))
# What is told is what is wrong, and the rate of what is right.
GOOD = frozenset(("合格", "达标", "通过", "优良", "完好", "正确", "及格", "准时", "正点", "守约", "履约", "良品",
                  "成品", "成活",
                  "出席", "到会", "出勤", "留存", "续约", "续费", "准确", "满意", "达产", "安全", "存活"))
FAULTY = lazy("(?:问题|隐患|缺陷|超标|违规|违约|投诉|差错|错误|异常|破损|退[货回会]|请假|缺[席勤]|迟到|死亡|死株"
              "|枯死|流失|次品|废品|返工|误点"
              "|晚点|事故|瑕疵|整改|淘汰)[^，。；、\\d]{0,6}\\Z")
COUNTED = frozenset("家个份名人位户件")
AMONG = lazy(r"\A[^，。；、]{0,8}中[，,]有?\Z")
# 五成至八成的, 四成以上的: a name of a part.
RANGE = lazy("(?:多|以[上下])?(?:至|到|的|[～—])")
SAID_OF = lazy("其中|其|合计|共计|[约已共占]|(?:[两三四五六]|\\d)[者项]")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each share that no two figures of its passage give."""
    text = copy.words
    if not CUE.search(text):
        return
    found = [replace(one, start=one.start + sentence.start, end=one.end + sentence.start)
             for sentence in sentences(text) for one in sentence.amounts]
    if len(found) > 60:
        return
    between = gaps(text, found)
    for n in range(1, len(found)):
        if found[n].unit == "%":
            yield from _judged(text, found, between, n)


def _judged(text: str, found: Sequence[Amount], between: Sequence[str], n: int) -> Iterator[Mark]:
    # In most sentences one share stands alone.
    beside = list(_beside(text, found, between, n)) if any(one.unit == "%" for one in found[1 : n - 1]) else []
    if any(_fits_beside(*one, found[n - 1], found[n]) for one in beside):
        return
    read = _whole_and_part(text, found, between, n)
    if read is None and beside and not found[n].hedge:
        # 720份，占72%；70份，占17%: of one whole, which is told, or of one capital.
        part, share = beside[0]
        whole = next((one for one in found[:n] if one.unit == part.unit and all(
            _fits(one, other, rate) for other, rate in beside)), None)
        if whole or "股" in between[n]:
            exact = worth(found[n - 1].value / (whole.value if whole else part.value / share.value * 100) * 100)
            yield Mark(found[n].start, found[n].end, f"与前面的占比对不上："
                                                     f"{found[n - 1].shown(found[n - 1].value)}应占{exact}%")
    if read is None:
        return
    whole, part, start = read
    share = found[n]
    others = [one for one in found[:n] if one.unit == part.unit and one.value > 0]
    said_rate = SHARE.search(between[n])
    gone = said_rate and said_rate["rate"] and not re.search("[不未没]", between[n][max(0, said_rate.start() - 2) :])
    lacking = NEGATED.search(between[found.index(part)]) or (
        said_rate and said_rate["stem"] in GOOD and FAULTY.search(between[found.index(part)]))
    if gone and lacking and whole.value > part.value:
        # 不合格12批次，合格率94%; 发现问题15项，合格率95%: the rest is meant.
        part = replace(part, value=whole.value - part.value)
    pairs = [(whole, part), *((one, other) for one in others for other in others if other.value < one.value)]
    # 收回有效问卷432份，324家表示…，占有效问卷的75%: a whole may be counted otherwise than its part.
    pairs += [(one, part) for one in found[:n] if {one.unit, part.unit} <= COUNTED and one.value > part.value]
    if any(_fits(one, other, share) for one, other in pairs[:150]):
        return
    exact = worth(part.value / whole.value * 100)
    said = text[start : share.end]
    after = re.match("左右|上下|以上|多", text[share.end : share.end + 2])
    end = share.end + (after.end() if after else 0)
    yield Mark(start, end, f"“{said}”与前后的数对不上：{part.shown(part.value)}占{whole.shown(whole.value)}的{exact}%")


def _beside(text: str, found: Sequence[Amount], between: Sequence[str], n: int) -> Iterator[tuple[Amount, Amount]]:
    """Parts of the unit of a share's own, each with the share that stands behind it, in the same sentence before it."""
    said = SHARE.search(between[n])
    if not said or said["rate"] or not PLAIN.match(said["whole"] or "") or found[n - 1].unit == "%":
        return
    for k in range(1, n - 1):
        other = SHARE.search(between[k]) if found[k].unit == "%" and found[k - 1].unit == found[n - 1].unit else None
        if other and not other["rate"] and PLAIN.match(other["whole"] or "") and found[k].value > 0 and not STOP.search(
                text, found[k].end, found[n].start):
            yield found[k - 1], found[k]


def _fits_beside(part: Amount, share: Amount, own: Amount, told: Amount) -> bool:
    """Whether a share is to its part as another to its own."""
    if part.low <= 0 or share.low <= 0:
        return True
    return told.allows(own.low * share.low / part.high, own.high * share.high / part.low)


def _whole_and_part(text: str, found: Sequence[Amount], between: Sequence[str],
                    n: int) -> tuple[Amount, Amount, int] | None:
    """The whole, the part, and where the words of the share begin; None where the text does not say which."""
    share, gap = found[n], between[n]
    if n >= 2 and OF.match(gap) and found[n - 2].unit == found[n - 1].unit and EXPLICIT.match(between[n - 1]):
        whole, part = found[n - 1], found[n - 2]
        return (whole, part, share.start) if 0 < part.value <= whole.value else None
    said = SHARE.search(gap)
    tenths = text[share.start] in "一二三四五六七八九"
    if not said:
        # 其中已完成911项，六成…: in tenths a share needs no word.
        bare = tenths and BARE.search(gap)
        if not bare:
            return None
    if tenths and RANGE.match(text, share.end):
        return None
    start = share.start if tenths or said is None else share.start - len(gap) + said.start()
    subject = SAID_OF.sub("", gap[: said.start()].rpartition("，")[2]) if said and not said["rate"] else ""
    if len(subject) > 1 and (named := _named_before(found, between, n, subject)):
        # 新增45辆，更新30辆，两项合计75辆，其中新增车辆占60%.
        return found[n - 1], named, start
    if said and (STOP.search(gap[: said.start()]) or NOT_SHARE.search(gap[: said.start()].rpartition("，")[2])):
        return None
    if len(subject) > 1 and "，" in gap and subject[-2:] not in text[: share.start - len(gap)] + gap.partition("，")[0]:
        # 平均每家出口250万美元，其中新兴市场占比近四成: of what has no figure.
        return None
    part = found[n - 1]
    if "）" in gap and n > 1 and "（" in between[n - 1]:
        return None
    if part.unit in ("%", "百分点", "倍", "番") and n >= 2 and said and not said["plan"]:
        # 877亿元，增长8.9%，占24.3%
        part = found[n - 2]
    if said and part.unit and _of_other_measure(found, between, n, part):
        return found[n - 2], part, start
    wholes = [one for one in found[:n] if one.end <= part.start and one.unit == part.unit and one.unit not in ("%", "")]
    if not wholes or part.value <= 0 or part.unit in ("%", "百分点", "倍", "番"):
        return None
    if said and said["plan"]:
        planned = [one for one, gap in zip(found, between, strict=False) if one in wholes and PLANNED.search(gap)]
        return (planned[-1], part, start) if planned and planned[-1].value >= part.value else None
    named = ((said["whole"] or "") if said else "").removeprefix("比").rstrip("的")
    whole = wholes[-1]
    if said and said["stem"] and whole.value < part.value and said["stem"] in between[found.index(whole)]:
        # 中标3家，投标25家，中标率: the part was told first.
        return part, whole, start
    # 离岸11.34亿美元，占60.0%；在岸7.56亿美元，占40.0%: what has a share of its own is no whole, but stands beside.
    at = found.index(whole)
    if not named and found[at + 1].unit == "%" and found[at + 1] is not share and SHARE.search(between[at + 1]):
        return None
    link = text[whole.end : part.start]
    ahead = text[: share.start - len(gap)]
    of = next((named.removesuffix(one) for one in SUMMED if named.endswith(one)), named)
    known = PLAIN.match((said["whole"] or "") if said else "") or (of and of in ahead) or (
        of != named and _apart(of, between[at].rpartition("，")[2] + link))
    if not known or whole.value < part.value or part.value == whole.value:
        return None
    if said and said["stem"] and said["stem"] not in KNOWN:
        around = between[found.index(part)][-14:] + gap[: said.start()]
        if said["stem"] not in around:
            return None
    linked = INSIDE.search(link) or (said and len(link) <= 24 and (said["rate"] or not STOP.search(link)))
    return (whole, part, start) if linked else None


def _named_before(found: Sequence[Amount], between: Sequence[str], n: int, subject: str) -> Amount | None:
    """The one part told before its whole that a share behind the whole is of, by its name."""
    whole = found[n - 1]
    if "其中" not in between[n] or whole.unit in ("", "%", "百分点", "倍", "番"):
        return None
    named = [one for one, gap in zip(found[: n - 1], between, strict=False)
             if one.unit == whole.unit and subject[:2] in gap.rpartition("，")[2] and one.value < whole.value]
    return named[0] if len(named) == 1 else None


def _apart(name: str, near: str) -> bool:
    """Whether the words of a name stand apart: 200家企业参展，其中80家…，占参展企业总数的40%."""
    return len(name) > 3 and name[:2] in near and name[-2:] in near


def _of_other_measure(found: Sequence[Amount], between: Sequence[str], n: int, part: Amount) -> bool:
    """Whether a part stands in a whole that is counted otherwise: 120份问卷中，有78家表示愿意，占65%."""
    return (n == 2 and part is found[1] and found[0].unit != part.unit and {found[0].unit, part.unit} <= COUNTED
            and found[0].value > part.value and AMONG.match(between[1]) is not None)


def _fits(whole: Amount, part: Amount, share: Amount) -> bool:
    if whole.low <= 0:
        return True
    low, high, exact = 100 * part.low / whole.high, 100 * part.high / whole.low, 100 * part.value / whole.value
    # 2万 of 8万 may stand for 1.6 of 8.4: two figures that leave so much open are taken as they are, where they divide.
    open_ = min(high - exact, exact - low) > 2 and abs(share.value - exact) > max(2.5, share.half)
    return share.allows(low, high) and not (open_ and not share.hedge and exact == round(exact))


RULE = Rule("share-contradicts-figures", Severity.WARNING, Copy, check, needs="0成番倍分半", cues=(CUE,))
