"""几个数之间有算得出的关系，算出来不对。

净资产是资产减负债，应到减实到是请假的，总数减已完成的是余下的，原价打折是售价，首付三成是总价的三成；
由380家增到420家，要与新增、退出的数相合；平均数在最大与最小之间。

误：总资产52.3亿元，总负债31.8亿元，净资产21.5亿元。
误：全镇18个村中已有15个村通了燃气，还有4个村正在施工。
误：该款打印机原价2400元，现按八折销售，售价1960元。
误：合同总价款为860万元，首付30%，即268万元。
误：新发展会员42家，清退会员12家，会员总数由380家增至420家。
误：平均年龄38岁的团队中，最大的45岁，最小的39岁。
正：总资产52.3亿元，总负债31.8亿元，净资产20.5亿元。
正：全镇18个村中已有15个村通了燃气，还有3个村正在施工。
正：该款打印机原价2400元，现按八折销售，售价1920元。
正：合同总价款为860万元，首付30%，即258万元。
正：新发展会员42家，清退会员12家，会员总数由380家增至410家。
正：平均年龄38岁的团队中，最大的45岁，最小的29岁。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核；会计恒等式：资产＝负债＋所有者权益。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.amounts import Amount, Sentence, sentences
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

# What the first is, the second and the third together are.
SUMS = (
    ("总资产|资产总额|资产总计|资产合计", "总?负债|负债总额|负债合计|负债总计", "净资产|所有者权益|股东权益"),
    ("营业收入|营收|销售收入|收入", "营业成本|成本", "毛利润?"),
    ("营业收入|营收|销售收入|总收入|收入", "成本费用|总成本|总支出|成本|支出", "净利润?|利润总额?|盈利|净收益"),
    ("应到|应出席|应参会|应参加", "实到|实际出席|实际到会|实际参会|到会|出席", "请假|缺席|未到会?|未出席"),
    ("总价|总价款|合同价款?|合同总价|货款总额|货款|总额", "首付款?|首期款?|预付款?|已付款?|已支付"
                                     "|定金", "余款|尾款|剩余款项|未付"),
    ("总人口|常住人口", "城镇人口|城镇常住人口|城镇常住", "乡村人口|农村人口|乡村常住人口|农村常住"),
    ("出生人口", "死亡人口", "自然增长人口|自然增长|净增人口"),
    ("新设立?|新开办?|新登记|新增登记", "注销", "净增"),
    ("新开|新开业|新增门店", "关闭|关店|闭店", "净增"),
    ("综合成本率", "赔付率", "费用率"),
    ("毛重", "皮重|车重|包装", "净重"),
)
# One of the words that the first of them is called by stands in a sentence that tells it.
FIRSTS = tuple(tuple(re.sub(".[?]", "", name) for name in sums[0].split("|")) for sums in SUMS)
VERBS = r"[^，。；、\d]{0,6}"
ENDS = tuple(tuple(lazy(f"(?:{names}){VERBS}\\Z") for names in sums) for sums in SUMS)
BEHIND = tuple(lazy(f"[^，。；、\\d]{{0,4}}(?:{sums[2]})") for sums in SUMS)
CUE = lazy("正在|待办|[计测估推]算|尚有|仍有|现有|现存|结余|库存|存货|成本率|超额|未[能完达实]|没有完成|净|毛利"
           "|利润|盈利|请假|缺席|未到|未出席|余款|尾款|未付|剩|乡村|农村|自然增长|折|即|还有|其余|尚有|余下"
           "|总数|平均|中位")
LEFT = lazy(r"\A[^。；]{0,20}?[，,、]?(?P<rest>还有|正在|待办|其余|剩余|余下|剩下|尚有|其余的|还剩)(?:的"
            r"|未[^，。；、\d]{0,6}|[^，。；、\d]{0,4})?\Z")
RECKONED = lazy("[计测估推]算")
RATED = lazy(r"(?P<of>[一-龥]{2,3})率[^，。；、\d]{0,4}\Z")
INSIDE = lazy(r"\A[^，。；、\d]{0,6}(?:中|里|当中)[，,]?(?:目前|现|迄今|今年)?(?:已|有|已有"
              r"|已经有)?(?:经)?[^，。；、\d]{0,6}\Z")
# 计划建设12座，目前已建成7座，还有5座待建.
PLANNED = lazy(r"(?:计划|规划|目标|任务|拟|要建成?|要[一-龥]{2}|将建|共需|需要?)[^，。；、\d]{0,10}\Z")
SO_FAR = lazy(r"\A[^，。；、\d]{0,8}[，,](?:截至目前|到目前|目前|现|现在|迄今|至今|如今)?[，,]?(?:已经?|现已"
              r"|业已|完成)[^，。；、\d]{0,8}\Z")
CUT = lazy(r"(?P<n>[一二三四五六七八九]|\d(?:\.\d)?)(?P<half>[一二三四五六七八九])?折")
LIST_PRICE, SOLD = lazy("(?:原价|标价|定价|零售价|门市价|原售价)[^，。；、\\d]{0,4}\\Z"), lazy(
    "(?:(?<![零原])售价|现价|折后价?|优惠价|实付|实际支付|仅[需售]|到手价|成交价|只[需要])[^，。；、\\d]{0,4}\\Z")
THAT_IS = lazy(r"\A[，,（(]?[，,]?即(?:为|是)?[^，。；、\d]{0,3}\Z")
CHANGE = lazy("增|减|降|升|提高|涨|同比|超|高于|低于")
CAME, WENT = lazy("(?:新发展|新增|新入会|新加入|吸收|发展|入会)[^，。；、\\d]{0,6}\\Z"), lazy(
    "(?:清退|退会|退出|注销|除名|劝退|减少)[^，。；、\\d]{0,6}\\Z")
TO = lazy(r"\A[增升达扩减降][^，。；、\d]{0,2}[到至为]")
GREW = lazy(r"总?数(?:量)?由(?:[^，。；、\d]{0,6})\Z")
REMAINS = lazy(r"(?:尚有|还有|剩余|结余|余下|现有|现存|还剩|未[缴交收付还完办到]|仍有|剩下|库存|存货"
               r"|在册)[^，。；、\d]{0,6}\Z")
FIRST = lazy(r"(?:应|原有|原|共有|共|总数|计划|需|期初|年初|上年|拟|本应)[^，。；、\d]{0,16}\Z")
SPENT = lazy(r"(?:已|出库|出|完成|缴|支出|发放|使用|用去|售出|卖出|实到|办结|领取|归还|退|减少|注销"
             r"|消耗)[^，。；、\d]{0,6}\Z")
GOT = lazy(r"(?:入库|购进|新增|收入|进货|增加|补充|新进|调入|吸收)[^，。；、\d]{0,4}\Z")
# 批准14家企业入会，批准1家退会: said behind the number.
JOINED, LEFT_IT = (lazy(r"\A[^，。；、\d]{0,6}(?:入会|加入|入库|入职|到货|进货|入住)"),
                   lazy(r"\A[^，。；、\d]{0,6}(?:退会|退出|离会|离职|出库|退租|注销|退回|售出)"))
PLAN = lazy(r"(?:计划|目标|任务|安排|预算|指标)[^，。；、\d]{0,10}\Z")
DONE = lazy(r"\A[^，。；、\d]{0,4}[，,](?:实际|全年|最终|现已|已)?(?:共)?(?:完成|实现|达到|到位)[^，。；、\d]{0,6}\Z")
VERDICT = lazy(r"[，,][^，。；、\d]{0,4}?(?P<said>(?P<missed>未能?完成|没有完成|未达|未实现)|超额完成|超额实现)")
GREATEST, LEAST, MEAN = (lazy("最[大高长多](?:的|为|值|达|者|年龄|[^，。；、\\d最]{0,4})\\Z"),
                         lazy("最[小低短少](?:的|为|值|达|者|年龄"
                              "|[^，。；、\\d最]{0,4})\\Z"), lazy("平均[^，。；、\\d]{0,8}\\Z"))
AGE = lazy(r"(?P<label>平均[^，。；、\d]{0,4}|最[大小](?:的|者|年龄)?(?:为|是|仅|只有)?)(?P<n>\d{1,3}(?:\.\d)?)岁")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each figure that is not what others of its sentence make it."""
    for sentence in sentences(copy.words):
        few = len(sentence.amounts) < 3 and not ("折" in sentence.text or "完成" in sentence.text)
        if few or not CUE.search(sentence.text):
            continue
        told = set[int]()
        for relation in RELATIONS:
            for one, says in relation(sentence):
                if one.start in told:
                    continue
                told.add(one.start)
                yield Mark(sentence.start + one.start, sentence.start + one.end, says)
    if "岁" in copy.words and "平均" in copy.words:
        yield from _ages(copy.words)


def _sums(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    found = sentence.amounts
    if len(found) < 3:
        return
    labels = [re.split("[，；、：（]", gap)[-1] for gap in sentence.between]
    for firsts, ends, behind in zip(FIRSTS, ENDS, BEHIND, strict=True):
        if not any(first in sentence.text for first in firsts):
            continue
        told = [[n for n, label in enumerate(labels[:-1]) if pattern.search(label)] for pattern in ends]
        told[1] = [n for n in told[1] if n not in told[0]]
        told[2] = [n for n in told[2] if n not in told[1]] or [
            n for n in range(len(found)) if behind.match(sentence.between[n + 1])]
        if any(len(one) != 1 for one in told):
            continue
        whole, part, rest = (found[one[0]] for one in told)
        exact, slack = whole.value - part.value, whole.half + part.half
        hedged = whole.hedge or part.hedge
        if whole.unit == part.unit == rest.unit and not hedged and not rest.allows(exact - slack, exact + slack) \
                and whole.value >= part.value and len({one[0] for one in told}) == 3:
            yield rest, _less(whole, part, rest, exact)


def _rests(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """A 个中已有 B 个, 还有 C 个."""
    found, between = sentence.amounts, sentence.between
    for n in range(len(found) - 2):
        whole, part, rest = found[n : n + 3]
        if not whole.unit == part.unit == rest.unit or whole.unit in ("%", "") or any(
                one.hedge for one in (whole, part, rest)):
            continue
        inside = INSIDE.match(between[n + 1]) or (PLANNED.search(between[n]) and SO_FAR.match(between[n + 1]))
        if inside and (left := LEFT.match(between[n + 2])):
            exact, slack = whole.value - part.value, whole.half + part.half + rest.half
            more = rest.value > exact + slack
            if more or (rest.value < exact - slack and left["rest"] not in ("还有", "尚有", "正在", "待办")):
                yield rest, _less(whole, part, rest, exact)


def _less(whole: Amount, part: Amount, rest: Amount, exact: float) -> str:
    """What to say of a rest that is not the whole less the part."""
    return f"与前后的数对不上：{whole.shown(whole.value)}减{part.shown(part.value)}是{rest.shown(exact)}"


def _left(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """What is left of so many, after what came and went: told last, of the same unit as two or three before it."""
    found, between = sentence.amounts, sentence.between
    for n, rest in enumerate(found):
        if n < 2 or not REMAINS.search(between[n]) or rest.hedge or rest.unit in ("", "%"):
            continue
        alike = [k for k in range(n) if found[k].unit == rest.unit]
        if len(alike) not in (2, 3) or any(found[k].hedge for k in alike) or not FIRST.search(between[alike[0]]):
            continue
        signs = [_sign(between[k], between[k + 1]) for k in alike[1:]]
        if 0 in signs or (len(alike) == 2 and signs[0] > 0):
            continue
        exact = found[alike[0]].value + sum(sign * found[k].value for sign, k in zip(signs, alike[1:], strict=True))
        if abs(exact - rest.value) > rest.half + sum(found[k].half for k in alike):
            yield rest, f"与前后的数对不上：按前面的数应为{rest.shown(exact)}"


def _sign(before: str, behind: str) -> int:
    """Whether a number came to the first, 1, or went from it, -1, by the words about it; 0 where they do not say."""
    if LEFT_IT.match(behind) or JOINED.match(behind):
        return -1 if LEFT_IT.match(behind) else 1
    return -1 if SPENT.search(before) else 1 if GOT.search(before) else 0


def _prices(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """What a price is after a discount; what so much per cent is: 首付30%，即258万元."""
    found, between = sentence.amounts, sentence.between
    cut = CUT.search(sentence.text) if "折" in sentence.text else None
    if cut and len(CUT.findall(sentence.text)) == 1:
        share = (float(cut["n"]) if cut["n"][0].isdecimal() else read_chinese_number(cut["n"])) * 10
        share += read_chinese_number(cut["half"]) if cut["half"] else 0
        full = [one for one, gap in zip(found, between, strict=False) if LIST_PRICE.search(gap)]
        sold = [one for one, gap in zip(found, between, strict=False) if SOLD.search(gap)]
        if len(full) == len(sold) == 1 and full[0].unit == sold[0].unit and not (full[0].hedge or sold[0].hedge):
            exact = full[0].value * share / 100
            if not sold[0].allows(exact * 0.995, exact * 1.005):
                yield sold[0], f"{full[0].shown(full[0].value)}打{worth_of(share)}折是{sold[0].shown(exact)}"
    for n, rate in enumerate(found[1:-1], 1):
        made, whole = found[n + 1], found[n - 1]
        if rate.unit != "%" or not THAT_IS.match(between[n + 1]) or made.unit != whole.unit or made.unit in ("", "%"):
            continue
        exact = whole.value * rate.value / 100
        others = [one for one in found[:n] if one.unit == made.unit]
        # 首批40%，即800万元，第二批60%，即1200万元: the whole is what the first is so much of.
        others += [Amount(0, 0, one.value / part.value * 100, one.half / part.value * 100, one.unit)
                   for part, one in pairwise(found[:n])
                   if part.unit == "%" and one.unit == made.unit and part.value > 0]
        fits = any(made.allows(one.low * rate.low / 100, one.high * rate.high / 100) for one in others)
        if rate.hedge or fits or CHANGE.search(between[n]):
            continue
        yield made, f"与前后的数对不上：{whole.shown(whole.value)}的{rate.shown(rate.value)}是{made.shown(exact)}"


def worth_of(share: float) -> str:
    """A share as a discount is told: 八 of 80, 八五 of 85."""
    return f"{share / 10:g}"


def _plans(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """A plan that was passed is not missed, and one that was missed is not passed."""
    found, between = sentence.amounts, sentence.between
    for n in range(len(found) - 1):
        plan, done = found[n : n + 2]
        if plan.unit != done.unit or plan.unit in ("", "%"):
            continue
        if not PLAN.search(between[n]) or not DONE.search(between[n + 1]):
            continue
        verdict = VERDICT.match(between[n + 2])
        if verdict and (verdict["missed"] is None) != (done.value > plan.value) and done.value != plan.value:
            told = "超过" if done.value > plan.value else "没有达到"
            yield done, f"{done.shown(done.value)}{told}了{plan.shown(plan.value)}，与“{verdict['said']}”不合"


def _rated(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """净利润率为8%，以营业收入5亿元计算，净利润约4000万元: what a rate makes of one other figure."""
    found, between = sentence.amounts, sentence.between
    rates = [n for n, one in enumerate(found) if one.unit == "%"]
    if len(found) != 3 or len(rates) != 1 or not RECKONED.search(sentence.text):
        return
    said = RATED.search(between[rates[0]])
    if not said:
        return
    rate, rest = found[rates[0]], [n for n in range(3) if n != rates[0]]
    made = [n for n in rest if re.search(f"{said['of']}[^，。；、\\d]{{0,4}}\\Z", between[n])]
    if len(made) != 1 or found[rest[0]].unit != found[rest[1]].unit or rate.hedge:
        return
    one, whole = found[made[0]], found[rest[0] if made[0] == rest[1] else rest[1]]
    if one.value < whole.value and not one.allows(whole.low * rate.low / 100, whole.high * rate.high / 100):
        yield one, f"{whole.shown(whole.value)}的{rate.shown(rate.value)}是{one.shown(whole.value * rate.value / 100)}"


def _flows(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """新发展42家，清退12家，总数由380家增至410家."""
    found, between = sentence.amounts, sentence.between
    for n in range(len(found) - 3):
        came, went, before, now = found[n : n + 4]
        alike = came.unit == went.unit == before.unit == now.unit and not any(one.hedge for one in found[n : n + 4])
        told = all(pattern.search(between[n + k]) for k, pattern in enumerate((CAME, WENT, GREW, TO)))
        if alike and told:
            exact = before.value + came.value - went.value
            if abs(exact - now.value) > sum(one.half for one in found[n : n + 4]):
                yield now, f"与前后的数对不上：{before.shown(before.value)}加{came.shown(came.value)}减" \
                           f"{went.shown(went.value)}是{now.shown(exact)}"


def _means(sentence: Sentence) -> Iterator[tuple[Amount, str]]:
    """A mean that is not between the greatest and the least of its kind."""
    found = sentence.amounts
    told = [[one for one, gap in zip(found, sentence.between, strict=False) if pattern.search(gap)]
            for pattern in (GREATEST, LEAST, MEAN)]
    if any(len(one) != 1 for one in told) or len({one[0].unit for one in told}) != 1 or len(found) != 3:
        return
    most, least, mean = (one[0] for one in told)
    if not least.low <= mean.value <= most.high:
        yield mean, f"平均数应在{least.shown(least.value)}与{most.shown(most.value)}之间"


def _ages(text: str) -> Iterator[Mark]:
    for sentence in re.finditer("[^。；！？\n]+", text):
        told = list(AGE.finditer(sentence.group()))
        by = {match["label"][:2]: match for match in told}
        if len(told) == 3 and by.keys() == {"平均", "最大", "最小"}:
            least, mean, most = (float(by[name]["n"]) for name in ("最小", "平均", "最大"))
            if not least <= mean <= most:
                wrong = by["最小"] if mean < least else by["最大"]
                yield Mark(sentence.start() + wrong.start("n"), sentence.start() + wrong.end(),
                           f"平均{mean:g}岁，应在最大与最小之间")


RELATIONS = (_sums, _rests, _prices, _flows, _plans, _left, _rated, _means)
RULE = Rule("balance-broken", Severity.WARNING, Copy, check, needs="0", cues=(CUE,))
