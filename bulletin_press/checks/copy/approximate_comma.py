"""相邻两个数字表示约数时用了顿号。

“七八家”是七家或八家；写成“七、八家”读成两项并列。

误：走访了七、八家软件企业
误：活动为期三、四天，只有三、五户人家
正：走访了七八家企业，第七、八条，二、三产业
正：三、四年级，一、二等奖，三、四季度，一、二线城市
依据：GB/T 15834—2011《标点符号用法》4.5.3.4；GB/T 15835—2011《出版物上数字用法》5.1.4。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# Counted, not numbered: 三、四季度 are two of them.
MEASURE = ("(?:[十百千万亿]{0,2}(?:[家名位项个天台套件吨亩次遍趟篇里岁本张户人成米元份只辆幅场处间栋株棵桌箱袋瓶斤倍"
           "尺]|多|来|余|分钟|小时|十[余多]?年(?!代)|个月|公里|种|万|亿|百|千))")
PAIR = lazy(rf"(?<![一二三四五六七八九十第、])(?P<number>(?:[二三四五六七八九]?十)?(?P<first>[一二两三四五六七八])、"
            rf"(?P<second>[二三四五六七八九]))(?={MEASURE})(?!、)"
            # 三、四名决赛 is for two places, 三、四批次 of a plan are two of them.
            r"(?!名(?:决赛|争夺|之争|排位|的(?:决赛|争夺|排名))|位(?:小数|数字?|有效)|本(?:院校|批|线|招)|台(?:机组|锅炉|炉)"
            r"|[天场次轮户间幅张栋个](?:日程|议程|赛程|比赛|考试|半决赛|号)|栋(?:居民|住户|业主|楼))")
RANKED = lazy("(?:列|居|获得?|夺得?|取得|决出|争夺|排名|名次|别为|别是|别获)\\Z")
# What is in a row of numbers before it counts places: 获得一、二名.
PLACE = "名位"
ARABIC = lazy(r"(?<![\d.、第])(?P<first>[1-8])、(?P<second>[2-9])"
              r"(?=[十百千万亿]+[家名位项个天台套件吨亩元人]|[余多]?(?:家|[名位个](?=[一-龥])|人(?!民)|次|种|件|台|套|吨|亩|天|年(?![级代])"
              r"|岁|公里|小时|分钟|倍|间|户|箱|只|场|遍|趟|篇))")
# 图3、4个 has its numbers from what stands before.
NUMBERED = ("第", "图", "表", "附件", "条", "款", "项", "例", "题", "栋", "楼", "组", "区", "号", "期", "届", "月",
            "年", "班")
DIGITS = "一二三四五六七八九"


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each pair of neighbouring numerals with a 顿号 between them."""
    for match in copy.finds(PAIR) if "、" in copy.words else ():
        first = DIGITS.index(match["first"].replace("两", "二"))
        placed = copy.words[match.end() : match.end() + 1] in PLACE and RANKED.search(
            copy.words, max(0, match.start() - 4), match.start())
        if placed:
            continue
        if DIGITS.index(match["second"]) - first == 1 or match.group() == "三、五":
            yield Mark(*match.span("number"), "相邻的两个数字表示约数，中间不用顿号", match["number"].replace("、", ""))
    for match in copy.finds(ARABIC) if "、" in copy.words else ():
        first, second = int(match["first"]), int(match["second"])
        if second == first + 1 and not copy.words.endswith(NUMBERED, 0, match.start()):
            yield Mark(*match.span(), "相邻的两个数字表示约数，用汉字，中间不用顿号",
                       DIGITS[first - 1] + DIGITS[second - 1])


RULE = Rule("approximate-comma", Severity.WARNING, Copy, check, needs="、", cues=(PAIR, ARABIC))
