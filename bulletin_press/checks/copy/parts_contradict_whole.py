"""总数与列举的各部分对不上。

“其中”后面用顿号列举的各部分不能比总数还多；写到“其他”“其余”，或者已经分完了的（男与女、线上与线下、一二三等奖、
一季的三个月），加起来就是总数。进口与出口相加是进出口，相减是顺差、逆差；各占百分之几，加起来不超过百分之百。

误：上半年共签约项目120个，其中软件类70个、设计类30个、其他类30个。
误：服务出口60亿元，进口30亿元，顺差40亿元。
误：ITO、BPO、KPO三类业务分别占45%、35%和30%。
正：上半年共签约项目130个，其中软件类70个、设计类30个、其他类30个。
正：服务出口60亿元，进口30亿元，顺差30亿元。
正：ITO、BPO、KPO三类业务分别占45%、35%和20%。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, gaps, sentences, worth
from bulletin_press.language.script import lazy

CUE = lazy(r"其中|占[^，。；\d]{0,4}成|\d[^，。；、]{0,6}：[^，。；、]{1,14}\d|组成|顺差|逆差|进出口"
           r"|[占率][^，。；\d]{0,6}\d|共[^，。；\d]{0,8}\d[^。]*[、，][^。]*\d|分别|[男女]")
AMONG = lazy(r"\A[^，。；]{0,6}[，,：:（(。；](?:其中|包括|分别为|分别是|有|含)?[：:，,]?(?P<label>(?:\d{1,2}月)?[^"
             r"，。；、\d]{0,14})\Z")
TOTAL = lazy(r"(?:共|招聘|招收|录取|录用|招录|培训|选派|聘任|派出|"
              r"总|合计|累计|一共|总计|全部|完成|达到?|有|为|作品|项目)[^，。；、\d]{0,14}\Z")
NEXT = lazy(r"\A(?:左右)?(?:[、，,和]|以及|及)(?P<label>(?:\d{1,2}月)?[^，。；、\d]{0,14})\Z")
ENUMERATED = lazy(r"\A[、和及]")
# 287人合格，25人不合格: what a part is called stands behind its number.
BEHIND = lazy(r"\A(?P<label>[^，。；、：（\d]{1,8})(?P<goes_on>[，、；]?)")
# What is not so: 不合格, 未通过.
NOT = ("不", "未", "没有", "没", "非", "无")
REST = lazy(r"其他|其它|其余|剩余|余下|另外的")
# Pairs that leave nothing out. Each is a piece of a part's name.
COMPLETE = (("男", "女"), ("上半年", "下半年"), ("盈利", "亏损"), ("在职", "退休"),
            ("公办", "民办"), ("老会员", "新会员"), ("开工", "未开工"), ("税收", "非税"),
            ("线上", "线下"), ("城镇", "农村"), ("城镇", "乡村"), ("国内", "国外"),
            ("境内", "境外"), ("市内", "市外"), ("省内", "省外"), ("在岸", "离岸"), ("合格", "不合格"),
            ("以上", "以下"), ("已", "未"),
            ("内资", "外资", "港澳台"), ("第一产业", "第二产业", "第三产业"), ("一等", "二等", "三等"),
            ("一产", "二产", "三产"), ("金奖", "银奖", "铜奖"), ("大型", "中型", "小型", "微型"),
            ("一季度", "二季度", "三季度", "四季度"),
            ("赞成", "反对", "弃权"), ("本科", "硕士", "博士"),
            ("网上", "现场"), ("电话", "现场"), ("书面", "口头"), ("内销", "外销"), ("内销", "出口"), ("内贸", "外贸"),
            ("新建", "续建"), ("新开工", "续建"), ("专职", "兼职"), ("全职", "兼职"), ("本地", "外地"),
            ("本市", "外市"),
            ("本省", "外省"), ("自有", "租赁"), ("单位会员", "个人会员"), ("团体会员", "个人会员"), ("客运", "货运"),
            ("地上", "地下"), ("室内", "室外"), ("白班", "夜班"), ("门诊", "住院"), ("成人", "儿童"), ("固定", "流动"),
            ("长期", "短期"), ("财政", "自筹"), ("中央", "地方"), ("理论", "实操"), ("理论", "实践"), ("必修", "选修"),
            ("早稻", "晚稻"), ("夏粮", "秋粮"), ("人工", "机械"), ("公路", "铁路", "水路"), ("甲方", "乙方"),
            ("会长", "副会长", "理事"), ("组长", "副组长", "成员"), ("主任", "副主任", "委员"),
            ("单选", "多选", "判断"), ("小学", "初中", "高中"), ("初级", "中级", "高级"), ("春茶", "夏茶", "秋茶"),
            ("线上", "现场"), ("国内", "境外"), ("首次", "再次"), ("甲级", "乙级", "丙级"))
# One thing cannot be both: what has such names apart shares no member.
APART = lazy(r"[一二三四五六甲乙丙丁东西南北上下前后ABCD①-⑥][厂期批队组区线部路班场馆号楼次轮档段]|第[一二三四五六]")
# A thing may be both: the parts of such names are no parts.
BOTH = lazy(r"高新|专精|规[上模]|规模|上市|大型|国有|骨干|限额|民[营企]|外[资贸企]|出口|[国省市]级|党员|女|博士"
            r"|高级|少数|新增|重点|龙头|小巨人|示范"
            r"|获|优|中小|小微|投[资产]|以上|首|创新|持证|专业|参[与加]|获得|青年|科技|[占与]|会员|连锁")
OPPOSITES = frozenset(("重轻", "男女", "新老", "新旧", "公私", "内外", "冷热", "干湿", "单双", "早晚", "软硬", "正副",
                       "有无", "已未", "是非", "上下", "长短", "高低"))
MADE_OF = lazy(r"\A[^，。；]{0,4}组成[，：]")
# What is of one level is of no other.
LEVEL = lazy(r"(?:国家|省|市|县|区|镇|村|部|校|院)级\Z")
# 高于八成的、五成至八成的、低于五成的: from the top to the bottom.
MOST, LEAST = lazy("(?:高于|超过|大于)[^、]*的|以上的?\\Z"), lazy("(?:低于|不足|不到|小于)[^、]*的|以下的?\\Z")
# 没有其他行业的学员.
NO_MORE = lazy("\\A[^。；，]{0,3}，(?:再无|别无|再?没有|无)(?:其他|其它|别的)")
# By what it does first a firm is of one trade.
TRADE = lazy("(?:制造|服务|建筑|农|金融|餐饮|零售|批发|采矿|运输|加工|种植|养殖|渔|林|工|商)业(?:企业|会员)?\\Z")
MORE = lazy("优秀奖|优胜奖|鼓励奖|特等|特别奖|单项奖|组织奖|提名|专科|大专|其中")
QUARTERS = {"一季度": (1, 2, 3), "二季度": (4, 5, 6), "三季度": (7, 8, 9), "四季度": (10, 11, 12)}
MONTH = lazy(r"(?<!\d)(\d{1,2})月份?\Z")
BALANCE = lazy(r"(?P<word>顺差|逆差)(?:额|为|达|约|是|共)*\Z")
FLOW = lazy(r"(?P<word>进出口|出口|进口)(?:总?[额值量]|总额|总值|为|达到?|约|是|完成|实现|合计|服务|货物|产品"
            r"|额为)*\Z")
SHARE = lazy(r"(?:占比?|比重|比例)(?:[^，。；、\d]{0,10}的)?(?:为|达|约|是|分别为|分别是|分别占)*\Z")
RATE = lazy(r"(?:满意|合格|达标|回收|出席|到会|参与|通过|覆盖|普及|入住|出租|出勤|及格|优良|就业|上座|准确|办结|入学|"
            r"自给|中签|退货|差错|废品|次品|达产|好评|履约|正点|利用|占用|使用|"
            r"参保|投保|到会|报到|升学|成活|复工|复产|开工|联网|收缴|缴纳|兑现|国产化|数字化|绿化|森林覆盖|治愈|接种|"
            r"在线|完好|识别|知晓|支持|信任|续约|续费|留存|履职|应答|成功|城镇化|打卡|投票|得票|电子化"
            r"|自动化)率(?:为|达到?|约|是|高达|超过?)*\Z")
# Answers of which one may give several; shares of shares.
# Answers that shut each other out.
EXCLUSIVE = (("上涨", "下跌"), ("上升", "下降"), ("增加", "减少"),
             ("看涨", "看跌"), ("满意", "不满意"), ("同意", "反对"))
SEVERAL = lazy("多选|认为|希望|表示|选择|受访|问卷|其中|均占|同时|兼|另|全国|全球|同比|上年|去年|同期")


# Words after the last part that are no more than what is counted.
LITTLE = 5


# 48名选手参赛，决出一等奖3名: the parts are of those that were chosen, and these are not told.
CHOSEN = lazy("决出|评出|评选出|选出|产生|录取|录用|聘用|结业|毕业|合格|通过|获奖|获得|授予|颁发|表彰|推荐|入选"
              "|入围|晋级|选拔"
              "|角逐|争夺|设|采纳|立项|中标|签约|成交|批准|办结|完成|取得|发放|颁出")
PRIZES = lazy("[一二三]等|[金银铜]奖|优秀")
WON = lazy("获奖|获评|奖项|授奖|奖励|表彰|入选|评出|获得|共设|设奖|设立")

SUMMED = lazy("(?:合计|共计|累计|合起来|加起来|总共|一共)[^，。；、\\d]{0,4}\\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each whole that its parts do not make up."""
    for sentence in sentences(copy.words):
        text, found, between, at = sentence.text, sentence.amounts, sentence.between, sentence.start
        if not CUE.search(text):
            continue
        if "其中" in text and "成" in text:
            # 高于八成的86家: 八成 names the part.
            found = tuple(one for n, one in enumerate(found) if not _names_part(one, between[n + 1]))
            between = tuple(gaps(text, found))
        told: set[int] = set()
        for first, last, message in (*_sums(text, found, between), *_balances(found, between),
                                     *_shares(text, found, between)):
            if first not in told:
                told.add(first)
                yield Mark(at + first, at + last, message)


def _names_part(one: Amount, behind: str) -> bool:
    """Whether a share names a part of a whole, and is none."""
    return one.unit == "%" and re.fullmatch("(?:及?以[上下])?的[^，。；、]{0,4}|至|到|[～—]", behind) is not None


def _sums(text: str, found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Wholes whose listed parts are more, or, where nothing is left out, other than they are."""
    for n, whole in enumerate(found[:-2]):
        first = AMONG.match(between[n + 1])
        if not first or not whole.unit or whole.unit == "%" or not (
                re.search("其中|包括|分别|：", between[n + 1]) or TOTAL.search(between[n])):
            continue
        parts, labels = [found[n + 1]], [first["label"]]
        for one, gap in zip(found[n + 2 :], between[n + 2 :], strict=False):
            following = NEXT.match(gap)
            if not following or one.unit != whole.unit:
                break
            parts.append(one)
            labels.append(following["label"])
        if len(parts) < 2 and not labels[0]:
            parts, labels = _named_behind(found, between, n)
        if len(parts) < 2 or parts[0].unit != whole.unit or any(one.hedge for one in (whole, *parts)):
            continue
        listed = all(ENUMERATED.match(gap) for gap in between[n + 2 : n + 1 + len(parts)])
        total, slack = sum(one.value for one in parts), whole.half + sum(one.half for one in parts)
        named = between[n].rpartition("，")[2]
        past = n + 1 + len(parts)
        goes_on = past < len(found) and found[past].unit == whole.unit
        complete = _complete(labels, between[n], text[parts[-1].end : parts[-1].end + 12], goes_on) or (
            _told_out(between[n + 1], between[past]) and not goes_on)
        exceeds = total > whole.value + slack and all(one.value < whole.value for one in parts) and (
            (listed and len(parts) > 2) or complete or all(map(LEVEL.search, labels)) or _apart(labels)
            or ("其中" in between[n + 1] and _mistyped(whole, parts, labels)))
        # 500名消费者中，看重速度的有210人，价格的165人，服务的125人: itself a part of what was told before.
        if n and abs(total + whole.value - found[n - 1].value) <= slack:
            continue
        # 每部32万元，十部合计320万元，其中甲240万元，其余80万元: the first is the whole of the others.
        if len(parts) > 2 and abs(total - 2 * parts[0].value) <= slack:
            continue
        if abs(total - whole.value) <= slack or not (complete or exceeds) or "增" in named or "增" in "".join(labels):
            continue
        if any(abs(total - one.value) <= slack for one in found[:n]):
            continue
        if total < whole.value and _chosen(between[n], between[n + 1], labels):
            continue
        # Where one digit of the whole would mend it, that is where to look first.
        end = whole.end if _one_digit(whole, total) else parts[-1].end
        yield whole.start, end, f"各部分加起来是{whole.shown(total)}，与总数对不上"


def _named_behind(found: Sequence[Amount], between: Sequence[str], n: int) -> tuple[list[Amount], list[str]]:
    """The parts behind a whole that are named after their numbers, 287人合格，25人不合格, and their names."""
    parts, labels = list[Amount](), list[str]()
    for one, gap in zip(found[n + 1 :], between[n + 2 :], strict=True):
        named = BEHIND.match(gap)
        if not named or one.unit != found[n].unit:
            break
        parts.append(one)
        labels.append(named["label"])
        if not named["goes_on"] or named.end() < len(gap):
            break
    return parts, labels


def _mistyped(whole: Amount, parts: Sequence[Amount], labels: Sequence[str]) -> bool:
    """Whether three parts or more, of which nothing tells that one thing is two of them, lack one digit of the whole."""
    if len(parts) < 3 or len(set(labels)) < len(labels) or not all(labels) or any(map(BOTH.search, labels)):
        return False
    over = sum(one.value for one in parts) - whole.value
    return any(_one_digit(one, one.value - over) for one in (whole, *parts) if one.value > over) or _one_digit(
        whole, whole.value + over)


def _chosen(before: str, opened: str, labels: Sequence[str]) -> bool:
    """Whether what is listed may be only what was chosen among the whole: prizes among those that took part."""
    if "其中" in opened or opened.startswith("："):
        return all(map(PRIZES.search, labels)) and not WON.search(before + opened)
    return CHOSEN.search(opened.partition("，")[2] or opened) is not None and not WON.search(
        before.rpartition("，")[2] + opened.partition("，")[0])


def _one_digit(whole: Amount, total: float) -> bool:
    """Whether the whole, as written, differs in one digit from what it should be."""
    typed, meant = whole.shown(whole.value), whole.shown(total)
    return len(typed) == len(meant) and sum(one != other for one, other in zip(typed, meant, strict=True)) == 1


def _told_out(opened: str, after: str) -> bool:
    """Whether a list that a colon opens, or of what something is made, goes to the end of its sentence."""
    return (opened[:8].rpartition("：")[1] == "：" or MADE_OF.match(opened) is not None) and "其中" not in opened \
        and len(after) < LITTLE and "等" not in after


def _apart(labels: Sequence[str]) -> bool:
    """Whether nothing can be of two of the parts, by their names."""
    if any(BOTH.search(label) for label in labels):
        return False
    numbered = all(APART.search(label) for label in labels) and len(set(labels)) == len(labels)
    # 工业企业、商贸企业: of one kind, told apart by what stands before it.
    kind = len({label[-2:] for label in labels}) == 1 and len(set(labels)) == len(labels) and len(labels[0]) > 2
    return numbered or kind or (all(map(TRADE.search, labels)) and len(set(labels)) == len(labels))


def _opposed(labels: Sequence[str]) -> bool:
    """Whether two names are alike but for a character and its opposite: 重型卡车, 轻型卡车."""
    if len(labels) == 2 and any(labels[1] == word + labels[0] or labels[0] == word + labels[1] for word in NOT):
        return True
    if len(labels) != 2 or len(labels[0]) != len(labels[1]):
        return False
    apart = [one + other for one, other in zip(*labels, strict=True) if one != other]
    return len(apart) == 1 and (apart[0] in OPPOSITES or apart[0][::-1] in OPPOSITES)


def _complete(labels: Sequence[str], before: str, after: str, goes_on: bool) -> bool:
    """Whether the parts of a whole leave nothing out."""
    if REST.search(labels[-1]) or (MOST.search(labels[0]) and LEAST.search(labels[-1])):
        return True
    if NO_MORE.search(after):
        return True
    if MORE.search(after) or (goes_on and re.match(r"[、，和及][^，。、\d]{0,12}\d", after)):
        return False
    if _opposed(labels):
        return True
    for pieces in COMPLETE:
        if len(pieces) == len(labels) and all(any(_names(label, piece) for label in labels) for piece in pieces):
            return True
    months = [int(match[1]) for label in labels if (match := MONTH.search(label))]
    quarter = next((of for name, of in QUARTERS.items() if name in before), ())
    return len(months) == len(labels) and tuple(months) == quarter


def _names(label: str, piece: str) -> bool:
    return piece in label and not (piece == "合格" and "不合格" in label)


def _balances(found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Balances of trade, and both ways together, in one sentence with the two of which they are made."""
    flows: dict[str, Amount] = {}
    for one, gap in zip(found, between, strict=False):
        match = FLOW.search(gap) or BALANCE.search(gap)
        if match and one.unit.endswith("元") and match["word"] not in flows:
            flows[match["word"]] = one
    out, into = flows.get("出口"), flows.get("进口")
    if not out or not into or out.unit != into.unit:
        return
    for word, exact in (("顺差", out.value - into.value), ("逆差", into.value - out.value),
                        ("进出口", out.value + into.value)):
        said = flows.get(word)
        slack = out.half + into.half
        if said and said.unit == out.unit and not said.allows(exact - slack, exact + slack):
            yield said.start, said.end, f"与进口、出口对不上：{word}应为{said.shown(exact)}"


def _shares(text: str, found: Sequence[Amount], between: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Shares of one whole that are more than it; a rate above a hundred."""
    group, labels = list[Amount](), list[str]()
    for n, one in enumerate(found):
        if one.unit == "%" and one.low > 100 and RATE.search(between[n]) and "拨备" not in between[n]:
            yield one.start, one.end, "不会超过100%"
        follows = bool(group) and re.fullmatch("[、和及]|以及", between[n])
        if one.unit != "%" or not (SHARE.search(between[n]) or follows):
            if group and one.unit == "%":
                break
            continue
        if "增" in between[n] or "提高" in between[n]:
            break
        # 合计占七成: of those before.
        if group and SUMMED.search(between[n]):
            break
        group.append(one)
        labels.append(SHARE.sub("", between[n]).rpartition("，")[2])
    total = sum(one.value for one in group)
    least = 2 if "分别占" in text or "各占" in text or re.search("(?:男|女).*占.*(?:男|女).*占", text) else 3
    if len(labels) == 2 and all(labels) and _apart(labels):
        # 网上报名占七成，现场报名占四成.
        least = 2
    several = SEVERAL.search(text) and not _shut_out(text)
    if len(group) < least or several or total <= 100 + sum(one.half for one in group) + 0.1 or any(
            one.hedge for one in group):
        return
    yield group[0].start, group[-1].end, f"各占的份额加起来是{worth(total)}%，超过了100%"


def _shut_out(text: str) -> bool:
    """Whether a question was asked to which one answer could be given: 上涨, 持平 or 下跌."""
    if len(re.findall(r"\d岁", text)) > 1 and "多选" not in text:
        return True
    middle = re.search("持平|不变|一般|弃权|说不清|不确定|基本满意|比较满意|较满意", text)
    return bool(middle) and "多选" not in text and any(one in text and other in text for one, other in EXCLUSIVE)


RULE = Rule("parts-contradict-whole", Severity.WARNING, Copy, check, needs="0成番倍分半", cues=(CUE,))
