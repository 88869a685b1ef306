"""由前面的数一算便知的数，算出来不对。

毛利率由收入和成本来，增长率由两年的数来，年均增长率由首尾两年来，派发的总额由股本和每股来，合计的缴费由基数和比例来。

误：五家玩具企业合计出口1250万美元，平均每家出口260万美元。
误：培训共分三期举办，每期招收学员60人，全年计划培训240人。
误：销售额40万元，减按1%征收率计算，应缴纳增值税4万元。
误：进口乳清粉2.4万吨，金额4800万美元，平均每吨200美元。
误：货物完税价格为100万元，关税税率为8%，应缴纳关税80万元。
误：营业收入24.6亿元，营业成本为18.45亿元，综合毛利率为35%。
误：由2020年的100亿元增至2022年的121亿元，年均复合增长率为10.5%。
误：以总股本4亿股为基数，每10股派发现金红利1.5元（含税），合计派发6亿元。
误：月缴费基数6000元，单位缴费比例为16%，个人缴费比例为8%，每月合计缴费1340元。
误：出口额为52.5亿元，与上年的50亿元相比增长7%。
误：全年生产制动盘240万片，平均每月生产24万片。
正：五家玩具企业合计出口1250万美元，平均每家出口250万美元。
正：培训共分三期举办，每期招收学员60人，全年计划培训180人。
正：销售额40万元，减按1%征收率计算，应缴纳增值税4000元。
正：进口乳清粉2.4万吨，金额4800万美元，平均每吨2000美元。
正：货物完税价格为100万元，关税税率为8%，应缴纳关税8万元。
正：营业收入24.6亿元，营业成本为18.45亿元，综合毛利率为25%。
正：由2020年的100亿元增至2022年的121亿元，年均复合增长率为10%。
正：以总股本4亿股为基数，每10股派发现金红利1.5元（含税），合计派发6000万元。
正：月缴费基数6000元，单位缴费比例为16%，个人缴费比例为8%，每月合计缴费1440元。
正：出口额为52.5亿元，与上年的50亿元相比增长5%。
正：全年生产制动盘240万片，平均每月生产20万片。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核；毛利率＝（收入－成本）÷收入。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

SCALES = {"": 1.0, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
N = r"\d{1,9}(?:,\d{3}){0,4}(?:\.\d{1,4})?"
SCALE = "(?:[百千]?万|亿)?"
CUE = lazy("每[^，。；\\d]{1,3}[^，。；\\d]{0,10}[下降节省减增多]|[户人家]均|税率|每[吨辆件套平立公]"
            "|每[家户名人个所条台期批轮次场]|[税征]收?率|毛利率|年均|每10股|每十股"
           "|缴费|[上去]年|每月|月均")


def _money(name: str) -> str:
    return rf"(?P<{name}>{N})(?P<{name}_scale>{SCALE})元"


MARGIN = lazy(rf"(?:营业收入|营收|销售收入)[^，。；\d]{{0,8}}{_money('income')}[^。；\d]{{0,14}}"
              rf"成本[^，。；\d]{{0,6}}{_money('cost')}[^。；\d]{{0,12}}毛利率[^，。；\d]{{0,5}}(?P<told>{N})%")
MEAN = lazy(rf"(?P<first>(?:19"
            rf"|20)\d\d)年的?[^，。；\d]{{0,6}}(?P<before>{N})(?P<unit>[^，。；、\d%]{{1,4}}?)[^，。；\d]{{0,8}}"
            rf"(?:至|到|为)(?P<last>(?:19|20)\d\d)年的?[^，。；\d]{{0,6}}(?P<after>{N})(?P=unit)[^。；\d]{{0,8}}"
            rf"年均(?:复合)?(?:增长率|增长|增速|增幅)[^，。；\d]{{0,5}}(?P<told>{N})%")
SHARES = lazy(rf"股本[^，。；\d]{{0,6}}(?P<shares>{N})(?P<shares_scale>{SCALE})股[^。；\d]{{0,10}}每(?:10"
              rf"|十)股[^，。；\d]{{0,14}}"
              rf"(?P<each>{N})元[^。；\d]{{0,20}}(?:合计|共计|总计|共|总额)[^，。；\d]{{0,8}}{_money('told')}")
PAID = lazy(rf"基数[^，。；\d]{{0,8}}(?P<base>{N})元[^。；\d]{{0,24}}(?P<one>{N})%[^。；\d]{{0,14}}(?P<two>{N})%"
            rf"[^。；\d]{{0,10}}合计[^，。；\d]{{0,6}}(?P<told>{N})元")
# 与上年的50亿元相比增长5%; 全年240万片，平均每月20万片.
GROWN = lazy(rf"(?P<after>{N})(?P<unit>[^，。；、\d%]{{1,4}}?)[，]?[与同比较](?:上年|去年|(?:19"
             rf"|20)\d\d年)(?:同期)?的?(?P<before>{N})(?P=unit)(?:相比)?[，]?"
             rf"(?P<way>增长|上升|提高|下降|减少)了?(?P<told>{N})%")
MONTHLY = lazy(rf"(?:全年|本年度"
               rf"|一年)[^，。；\d]{{0,16}}(?P<total>{N})(?P<unit>[^，。；、\d%]{{1,4}}?)[，、][^。；\d]{{0,4}}"
               rf"(?:平均每月|每月平均|月均|每个月平均)[^，。；\d]{{0,6}}(?P<told>{N})(?P=unit)")
# 五家企业合计出口1250万美元，平均每家出口250万美元; 分三期举办，每期60人，共180人;
# 销售额40万元，减按1%征收率，应缴4000元.
C = r"(?:\d{1,5}|[两二三四五六七八九十]{1,3})"
EVERY = lazy(rf"(?P<n>{C})(?P<who>[家户名人个所条台])[^，。；\d]{{0,8}}(?:合计|共计|累计|总共"
             rf"|共)[^，。；\d]{{0,6}}(?P<total>{N})"
             rf"(?P<unit>[^，。；、\d%]{{1,4}}?)[，、](?:平均)?每(?P=who)[^，。；\d]{{0,6}}(?P<told>{N})(?P=unit)")
TIMES = lazy(rf"(?P<n>{C})(?P<who>期|批|轮|次|场)[^。；\d]{{0,8}}每(?P=who)[^，。；\d]{{0,6}}(?P<each>{N})(?P<unit>人"
             rf"|名|家|户"
             rf"|课时|学时|个)"
             rf"[，、](?:全年|共|合计|总共|累计|总计)[^，。；\d]{{0,6}}(?P<told>{N})(?P=unit)")
LEVIED = lazy(rf"(?:销售额|计税依据|应税收入|营业额){_money('base')}[^。；\d]{{0,10}}(?P<rate>{N})%(?:的)?(?:征收率"
              rf"|税率)[^。；\d]{{0,16}}"
              rf"(?:应?缴纳?|应纳)[^，。；\d]{{0,8}}{_money('told')}")
# 2.4万吨，金额4800万美元，平均每吨2000美元; 为2.5万户提供保障50亿元，户均20万元
PRICE = lazy(rf"(?<![\d.])(?P<n>{N})(?P<n_scale>{SCALE})(?P<who>吨|台|辆|件|户|人|家|套|平方米|立方米"
             rf"|公斤)[^。；\d]{{0,16}}?(?P<total>{N})(?P<total_scale>{SCALE})"
             rf"(?P<unit>元|美元)，[^。；\d]{{0,4}}(?:(?:平均)?每(?P=who)"
            rf"|(?P=who)均)[^，。；\d]{{0,8}}(?P<told>{N})(?P<told_scale>{SCALE})(?P=unit)")
# 每吨成本下降12元，按年处理8万吨计算，每年可节约96万元.
SAVED = lazy(rf"每(?P<who>吨|台|辆|件|户|人|套|亩|只|平方米|立方米|公斤|千克|米|张|份|本|度)[^，。；\d]{{0,12}}"
             rf"(?:下降|降低|节约|节省|减少|增加|增收|少用|少花"
            rf"|多卖)了?{_money('each')}，[^，。；\d]{{0,12}}(?P<n>{N})(?P<n_scale>{SCALE})(?P=who)"
             rf"(?:计算|测算|估算|计|算)?，[^，。；\d]{{0,6}}(?:可|能|共|合计)?[^，。；\d]{{0,3}}(?:节约|节省|减少"
            rf"|增收|降低|增加)[^，。；\d]{{0,6}}{_money('told')}")
LONGER = lazy("[次公月]|均|[日年](?![，。；、])")
OF_EACH = lazy("(?:每[一-龥]{1,4}|[户人家年月日]均|平均|其中|新增|增加|减少|比[上去]年"
               "|较[上去]年)[^，。；、\\d]{0,4}\\Z")
DUTY = lazy(rf"(?:完税价格|计税价格|计税依据"
            rf"|销售额)[^，。；\d]{{0,4}}{_money('base')}，[^。；\d]{{0,6}}税率[为是]?(?P<rate>{N})%[^。；\d]{{0,24}}"
            rf"(?:应?缴纳?|应纳)[^，。；\d]{{0,8}}{_money('told')}")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each amount that the numbers before it do not give."""
    text = copy.words
    if not CUE.search(text):
        return
    for match in copy.finds(MARGIN):
        income, cost = _read(match, "income"), _read(match, "cost")
        if income > cost:
            yield from _compared(match, (1 - cost / income) * 100, "%", "按前面的收入和成本，毛利率是")
    for match in copy.finds(MEAN):
        years, before, after = int(match["last"]) - int(match["first"]), _read(match, "before"), _read(match, "after")
        if 1 < years < 40 and 0 < before < after:
            yield from _compared(match, ((after / before) ** (1 / years) - 1) * 100, "%", "按首尾两年的数，年均增长是")
    for match in copy.finds(GROWN):
        before, after = _read(match, "before"), _read(match, "after")
        if before > 0:
            rate = (after / before - 1) * 100
            risen = match["way"] in ("增长", "上升", "提高")
            yield from _compared(match, rate if risen else -rate, "%", "按这两年的数，是")
    for match in copy.finds(MONTHLY):
        yield from _compared(match, _read(match, "total") / 12, match["unit"], "全年的数按12个月平均是")
    for match in copy.finds(EVERY):
        if count := _count(match["n"]):
            yield from _compared(match, _read(match, "total") / count, match["unit"], "按总数和个数平均是")
    for match in copy.finds(TIMES):
        if count := _count(match["n"]):
            yield from _compared(match, _read(match, "each") * count, match["unit"], "按每次的数和次数，是")
    for match in (*copy.finds(LEVIED), *copy.finds(DUTY)):
        yield from _compared(match, _read(match, "base") * _read(match, "rate") / 100 / SCALES[match["told_scale"]],
                             f"{match['told_scale']}元", "按税率算是")
    for match in copy.finds(PRICE):
        if _counts_otherwise(match):
            continue
        reckoned = _read(match, "total") / _read(match, "n") / SCALES[match["told_scale"]]
        yield from _compared(match, reckoned, f"{match['told_scale']}{match['unit']}", "按总额和数量，平均是")
    for match in copy.finds(SAVED):
        yield from _compared(match, _read(match, "each") * _read(match, "n") / SCALES[match["told_scale"]],
                             f"{match['told_scale']}元", "按每一份的数和数量，是")
    for match in copy.finds(SHARES):
        made = _read(match, "shares") * _read(match, "each") / 10
        scale = SCALES[match["told_scale"]]
        yield from _compared(match, made / scale, f"{match['told_scale']}元", "按股本和每10股的数，是")
    for match in copy.finds(PAID):
        yield from _compared(match, _read(match, "base") * (_read(match, "one") + _read(match, "two")) / 100, "元",
                             "按基数和两个比例，合计是")


def _counts_otherwise(match: re.Match[str]) -> bool:
    """Whether what a price is of may be counted by another number: 1500人次，每年300人次，450万元，每人次3000元."""
    text, who = match.string, match["who"]
    # 人次 and 人, 吨公里 and 吨 are counted apart.
    if LONGER.match(text, match.end("who")) or OF_EACH.search(text, max(0, match.start() - 12), match.start()):
        return True
    start = max(text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
    others = re.findall(rf"({N})({SCALE}){who}(?![次公月])", text[start : match.start()])
    told, total = _read(match, "told"), _read(match, "total")
    return any(abs(told * float(n.replace(",", "")) * SCALES[scale] - total) <= 0.01 * total for n, scale in others)


def _count(words: str) -> int:
    return int(words) if words.isdigit() else read_chinese_number(words)


def _read(match: re.Match[str], name: str) -> float:
    scale = match.groupdict().get(f"{name}_scale") or ""
    return float(match[name].replace(",", "")) * SCALES[scale]


def _compared(match: re.Match[str], reckoned: float, unit: str, says: str) -> Iterator[Mark]:
    """A mark where what is told is not what was reckoned, to its last place, with a little for what was rounded."""
    told = float(match["told"].replace(",", ""))
    places = len(match["told"].partition(".")[2])
    if abs(told - reckoned) > max(0.6 * 10.0 ** -places, 0.004 * abs(reckoned), 0.15 if unit == "%" else 0.0):
        end = match.end("told") + len(unit)
        yield Mark(match.start("told"), end, f"{says}{reckoned:.{max(places, 1)}f}{unit}，请核对")


RULE = Rule("reckoned-amount", Severity.WARNING, Copy, check, needs="0",
            cues=(MARGIN, MEAN, SHARES, PAID, GROWN, MONTHLY, EVERY, TIMES, LEVIED, PRICE, DUTY, SAVED))
