"""Products in prose: so much each, so many of them, so much in all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin_press.language.amounts import Amount, Sentence
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

# What there may be several of. 年 and 月 are counted in few digits: all else of them is a date.
_OF = ("小时|分钟|课时|学时|平方米|立方米|公顷|公里|千米|公斤|千克|门店|车间|学员|企业|季度|星期|人|名|位|户|家"
       "|台|辆|套|件|箱|瓶|盒"
       "|袋|包|桶|亩|吨|斤|期|批|轮|次|场|班|届|个|项|所|条|村|站|列|张|册|本|头|只|株|间|床|天|日|周|月|年")
EACH = lazy(rf"每一?个?(?P<of>{_OF})|(?P<mean>[人户亩场月年日周村家])均|(?P<yield>[亩日年月])产(?!品|业|值)")
_COUNT = lazy(rf"(?<![\d.第每月均])(?P<n>\d{{1,6}}(?:\.\d{{1,4}})?"
              rf"|[一两二三四五六七八九十]{{1,3}})(?P<scale>万?)个?(?P<of>{_OF})"
              r"(?![月度级])")
# 每个展馆: of something that has no measure of its own.
_NOUN = lazy(r"每个?(?P<of>[一-龥]{2})(?:(?P<mean>(?!))|(?P<yield>(?!)))?")
_YEARS = lazy(r"(?P<first>(?:19|20)\d\d)年?(?:至|到|[—～-])(?P<last>(?:19|20)\d\d)年?")
_ALIKE = {"名": "人", "位": "人", "学员": "人", "户": "家", "企业": "家", "门店": "家", "日": "天", "星期": "周",
          "千克": "公斤",
          "千米": "公里"}
# How many of one unit another is.
_SIZES = {"吨": ("公斤", 1000.0), "公斤": ("公斤", 1.0), "千克": ("公斤", 1.0), "斤": ("公斤", 0.5),
          "克": ("公斤", 0.001),
          "升": ("升", 1.0), "毫升": ("升", 0.001), "立方米": ("升", 1000.0), "公里": ("公里", 1.0),
          "千米": ("公里", 1.0),
          "名": ("人", 1.0), "位": ("人", 1.0), "人": ("人", 1.0), "个工作日": ("天", 1.0)}
_SPANS = (("全年", 12), ("一年", 12), ("本年度", 12), ("上半年", 6), ("下半年", 6), ("半年", 6), ("前三季度", 9),
          ("一季度", 3),
          ("二季度", 3), ("三季度", 3), ("四季度", 3))
_DAYS = (("一周", 7), ("每周", 7))
# What bounds or changes a sum gives no product; nor do shares and several prices.
_OTHERWISE = lazy("最[高多低少大长]|至少|不[超低少高足到]|以[上下内]|上限|增[加长收]|新增|提高|同比|减[少免]"
                  "|下降|[%％折倍]|[一两二三四五六七八九]成|其中|不等|每[\\d几多逢隔]|增至|左右浮动"
                  "|起步|首[付期批]|剩余|已[完缴]|由.{1,12}[至到为]")
_SUM = lazy("共|总|合计|累计|全年|整|需|可|年产|产量|收入|投资|支出|费|金额|产值|计划|缴|发放|补贴")
# 每天依次为3200人次、4100人次、2700人次: of one of them each.
_SEVERAL = lazy("依次|分别")
_NO_THINGS = frozenset(("", "%", "百分点", "倍", "番"))
_FAR = 60


@dataclass(frozen=True, slots=True)
class Product:
    """That ``each``, by ``count``, is ``total``: numbers of a sentence; ``made`` is the product in the total's unit."""

    each: Amount
    start: int
    count: float
    total: Amount
    made: float

    @property
    def fits(self) -> bool:
        """Whether the three go together, as far as they were rounded or hedged."""
        each = self.each
        share = self.made / each.value if each.value else 0.0
        low, high = each.low * share, each.high * share
        if each.hedge:
            low, high = low * (0.88 if each.hedge != "over" else 1), high * (1.2 if each.hedge != "under" else 1)
        return self.total.allows(low, high)


def products(sentence: Sentence) -> Iterator[Product]:
    """Each price, yield or mean of a sentence with the one count and the one total that can belong to it.

    Nothing is told where several totals may be meant and one of them fits, where a figure of the sentence is a share
    or a bound, or where it is not said how many there are.
    """
    text, found = sentence.text, sentence.amounts
    if _OTHERWISE.search(text):
        return
    eaches = [each for n, one in enumerate(found) if (each := _each(sentence.between[n], one))]
    counts = list(_COUNT.finditer(text))
    eaches = [each for each in eaches if all(_counted(text, counts, key, each[0]) for key in each[2])]
    for one, start, keys, mean in eaches:
        number, used = 1.0, list[tuple[int, int]]()
        for key in keys:
            told = _counted(text, counts, key, one)
            if told is None:
                break
            number *= told[0]
            used.append(told[1])
        else:
            yield from _with_totals(sentence, one, start, number, used, [each[0] for each in eaches], mean)


def _each(gap: str, one: Amount) -> tuple[Amount, int, list[str], bool] | None:
    """An amount that is of each thing: where its words begin, the things, and whether it is a mean."""
    label = re.split("[，；：（）]", gap)[-1]
    said = list(EACH.finditer(label)) or list(_NOUN.finditer(label))
    if not said or _SEVERAL.search(label, said[-1].end()):
        return None
    if one.hedge == "over" or len(label) - said[-1].end() > 12 or one.unit in _NO_THINGS:
        return None
    keys = [match["of"] or match["mean"] or match["yield"] for match in said]
    mean = any(not match["of"] for match in said) or "平均" in label
    return one, one.start - len(label) + said[0].start(), keys, mean


def _counted(text: str, counts: Sequence[re.Match[str]], key: str,
             each: Amount) -> tuple[float, tuple[int, int]] | None:
    """How many there are of a thing, and where that stands; None where it is told not at all, or twice."""
    key = _ALIKE.get(key, key)
    found = {}
    for match in counts:
        of = _ALIKE.get(match["of"], match["of"])
        if of == key and match.start() != each.start and not (key in "年月" and len(match["n"]) > 2):
            n = match["n"]
            value = float(n) if n[0].isdecimal() else float(read_chinese_number(n))
            if not (key == "月" and "个" not in match.group()) and value > 1:
                found[value * (1e4 if match["scale"] else 1)] = match.span()
    if key not in _OF.split("|") and (named := re.search(
            rf"(?<![\d.第])(?P<n>\d{{1,5}}|[两二三四五六七八九十]{{1,3}})[个家所座支条项]?{key}", text)):
        n = named["n"]
        found = {float(n) if n.isdecimal() else float(read_chinese_number(n)): named.span()}
    if key == "年" and not found and (years := _YEARS.search(text)):
        found = {float(int(years["last"]) - int(years["first"]) + 1): years.span()}
    if len(found) == 1:
        return next(iter(found.items()))
    known = {"月": _SPANS, "天": _DAYS}.get(key, ()) if not found else ()
    spans = [(number, at) for name, number in known if (at := text.find(name)) >= 0]
    return (float(spans[0][0]), (spans[0][1], spans[0][1])) if spans else None


def _with_totals(sentence: Sentence, each: Amount, start: int, count: float, used: Sequence[tuple[int, int]],
                 eaches: Sequence[Amount], mean: bool) -> Iterator[Product]:
    unit, size = _SIZES.get(each.unit, (each.unit, 1.0))
    made = []
    for n, one in enumerate(sentence.amounts):
        other, measure = _SIZES.get(one.unit, (one.unit, 1.0))
        taken = any(one in (each, *eaches) or begun <= one.start < end for begun, end in used)
        if taken or one in eaches or other != unit or abs(one.start - each.start) > _FAR or one.hedge == "over":
            continue
        label = re.split("[，；：]", sentence.between[n])[-1]
        if mean or _SUM.search(label) or any(end == one.start - len(label) for _, end in used):
            made.append(Product(each, start, count, one, each.value * count * size / measure))
    if len(made) == 1:
        yield made[0]
