"""What the words at the edge of a sheet say of its numbers: kind, span, period, unit — and a name that is left over."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from bulletin_press.language.numerals import Period

# "points" is a difference in percentage points; "other" what no report of ours has: a rank, a month before, an index.
Role = Literal["value", "growth", "previous", "mom", "share", "share_change", "contribution", "points", "other"]
# "quarter" is a quarter of its own but the first, which is cumulative as well.
Span = Literal["cumulative", "month", "quarter"]

_DAY = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")
_DASH = "[-—–~～至到]{1,2}"
_UNIT_WORDS = (r"(?:元/[^\s()（）/]{1,4}|"
               r"[十百千万亿]{0,2}(?:美元|元人民币|元|人民币|件|吨|个|家|人次|人公里|吨公里|立方米|人|户|票|单|间|"
               r"笔|次|台套|台|套|"
               r"项|千瓦时|平方米|公里|标准箱|辆|箱)"
               r"|[千万亿]|%|‰|百分比|-)")
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_UNIT = re.compile(rf"(?:金额|计量)?(?:单位)?[:：]?({_UNIT_WORDS})\Z")
_UNIT_SAID = re.compile(rf"(?:金额|计量)?单位\s*[:：]\s*({_UNIT_WORDS})(?:[、,，/]\s*%)?")
_CODE = re.compile(r"_[A-Za-z]+(?:_[A-Za-z]+)*\Z")
# What an index is reckoned from: of 上年同月=100 and 上月=100 the rate is the index less 100.
_BASE = re.compile(r"以?(?:(?P<month>上月|上期)|(?P<year>上年同月|去年同月)|(?P<cumulative>上年|去年|同期))?.{0,6}?"
                   r"(?:=|为)\s*100")
_INDEX = re.compile(r"(?:价格)?(?:总|分类)?指数")
_UNIT_BEHIND = re.compile(rf"(.+?)\s*[:：]\s*({_UNIT_WORDS})")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])(?:\s*月(?:份)?|(?![\d]))(?!\s*日)")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?(?!\d)")
_RANGE = re.compile(rf"(?:((?:19|20)\d\d)\s*[年.]?\s*)?(?<!\d)0?1\s*月?(?:份)?\s*{_DASH}\s*(1[0-2]|0?[2-9])"
                    r"\s*月?(?:份)?(?!\d)(累计)?")
_QUARTERS = {"一季度": 3, "上半年": 6, "前三季度": 9, "前3季度": 9, "全年": 12}
_QUARTER = re.compile("|".join(_QUARTERS))
_ONE_QUARTER = re.compile(r"第?([一二三四1-4])\s*季度?|[Qq]([1-4])(?!\d)")
_MONTH = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s*月(?:份)?(?!\s*\d+\s*日)")
_OTHER = re.compile(r"(?<![比较与])上月|增减额|增加额|净增额?|差额|贡献率|指数|排名|位次|序号|名次|"
                    r"代码|科目号|完成率|进度|去年全年|上年全年|目标|计划|预期|.{0,3}100\)?\Z|均价|单价")
_PREVIOUS = re.compile(r"(?:上年|去年)(?:同期|同月)?(?:累计)?(?:数|值|额|完成)?|同期(?:数|值|额)?")
_GROWTH = re.compile(
    r"(?:与|比|较)?(?:上年|去年)?(?:同期|同月)?(?:相比)?(?:同比|累计)?实?际?(?:增长率?|增速|增幅|增减率?|增减幅度?|升降|涨跌幅?|±|变化率)"
    r"(?:速度|幅度)?(?:\(?±?%\)?)?|同比(?:\(?±?%\)?)?|同期比|±%?")
_SHARE = r"(?:所?占.{0,10}?(?:比重|比例|比|份额)|比重|所占份额|构成(?:比)?)"
_POINTS = r"(?:同比|[比较]上年同期|[比较]上年)?(?:增减|提高|变化|变动|升降|增长|上升)?[(（]?个?百分点[)）]?"
# What stands beside a value, by the words that say so; the first that fits.
_BESIDE: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("contribution", re.compile(r"(?:对.{1,12})?(?:拉动|影响)(?:.{0,10}?百分点[)）]?|点数|程度|\Z)")),
    ("share_change", re.compile(rf"{_SHARE}.{{0,8}}?(?:变化|变动|增减|提高|升降|{_POINTS})(?:{_POINTS})?")),
    ("share", re.compile(_SHARE)), ("mom", re.compile(r"环比|[比较与]上月末?(?:相比)?")),
    ("points", re.compile(_POINTS)))
_CUMULATIVE = re.compile(r"(?:截[至止])?(?:本年|今年|自年初|年初|当年|本期|本月|报告期)?(?:以来|至今|起|止|末)?"
                         r"累计(?:值|数|额)?|"
                         r"年初至今|年初以来|自年初|本年以来|_累计")
_MONTHLY = re.compile(r"当月(?:值|数|额)?|本月(?:值|数|额)?|当期(?:值|数|额)?|"
                      r"本期(?:值|数|额)?|单月(?:值|数)?|_当[月期]")
_NUMBERING = re.compile(r"\A(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4})[)、.．:]+\s*|"
                        r"[①-⑳⑴-⒇]|[*·•●■◆▪▲△—-]+\s*)+", re.I)
_LEAD = re.compile(r"\A(?:其中|其他|其|按|分|一是|二是|#)?[:：、]|\A其中|\A#")
_NOTE = re.compile(r"\[\d+\]|注\d*|[①-⑳]|\*+\Z")
_JUNK: Final = re.compile(r"[\s\"“”‘’'「」『』《》、，,。.：:；;_/|＊*]+")
_FREQUENCIES = frozenset({"年", "季", "月", "周", "日", "年度", "季度", "月度"})
# Words about a figure that say nothing of which it is.
FILLERS: Final = (
    "金额", "数额", "数值", "数量", "实绩", "完成额", "完成", "实现", "情况", "指标名称", "指标", "项目名称", "项目",
    "名称", "类别", "合计数", "的", "额", "值", "时间", "单位", "来源", "本年", "今年", "期末", "按", "分",
    "绝对值", "绝对量", "绝对额", "绝对数", "总")
TOTALS: Final = ("合计", "总计", "总额", "总量", "总数", "总值", "总体", "全部", "全市", "全省", "全行业")


@dataclass(frozen=True)
class Label:
    """What one text says.

    ``name`` is what is left, normalised: without blanks, quotes, numbering and what the other fields took.
    ``bracket`` holds what stood in brackets and said none of that; it is part of ``name`` too. ``index`` is the role
    that the number has once 100 is taken off: of 上年同月=100 growth, of 上月=100 mom.
    """

    text: str
    name: str
    role: Role | None = None
    span: Span | None = None
    year: int | None = None
    month: int | None = None
    unit: str | None = None
    percent: bool = False
    bracket: str = ""
    previous_year: bool = False
    index: Role | None = None


def narrowed(text: str) -> str:
    """A text with full-width letters, digits and brackets in ASCII."""
    return unicodedata.normalize("NFKC", text).replace("—", "—").strip()


def bare_name(text: str) -> str:
    """A name without numbering, blanks, quotes and brackets: what is compared."""
    plain = _LEAD.sub("", _NUMBERING.sub("", narrowed(text)).strip())
    plain = _NUMBERING.sub("", plain)
    return _JUNK.sub("", re.sub(r"[()\[\]【】〔〕]", "", plain)).lower()


def without_index(name: str) -> str:
    """A name without 价格指数, 总指数, 指数."""
    return _INDEX.sub("", name)


def unit_of(text: str) -> str | None:
    """The unit that a text consists of, or that it names after 单位."""
    plain = re.sub(r"\s", "", narrowed(text)).strip("()[]")
    found = _UNIT.fullmatch(plain) or _UNIT_SAID.search(plain)
    return found[1] if found and found[1] != "-" else None


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label:
    """Read a head, a row's label or a title."""
    plain = narrowed(text)[:200]
    if plain.isascii() and (plain.isdecimal() or _DAY.fullmatch(plain)):
        return _counted(text, plain)
    # The names that data services hang on: 进出口总额_当月(亿美元)_TotExpImp_Mon.
    unit, percent, rest, bracket = None, False, _CODE.sub("", plain), []
    base: re.Match[str] | None = None
    if found := _UNIT_SAID.search(re.sub(r"[ \t]", "", plain)):
        unit = found[1]
        rest = re.sub(r"[（(]?(?:金额|计量)?单位\s*[:：]\s*\S+", "", plain)
    for inside in _BRACKET.finditer(rest):
        word = re.sub(r"\s", "", inside[1])
        if found := _UNIT.fullmatch(word):
            unit = unit or found[1]
        elif _NOTE.fullmatch(word) or not word:
            pass
        elif found := _BASE.fullmatch(word):
            base = found
        else:
            bracket.append(word)
            continue
        rest = rest.replace(inside[0], "", 1)
    rest = re.sub(r"\[\d+\]|[①-⑳](?!\S)", "", rest)
    if base is None and (base := _BASE.fullmatch(re.sub(r"\s", "", rest))):
        rest = ""
    if unit == "-":
        unit = None
    elif unit in ("%", "百分比"):
        unit, percent = None, True
    if unit is None and (found := _UNIT_BEHIND.fullmatch(rest.strip())):
        rest, unit = found[1], found[2]
    rest = _NUMBERING.sub("", _LEAD.sub("", _NUMBERING.sub("", rest.strip())))
    if (whole := _UNIT.fullmatch(re.sub(r"\s", "", rest))) and len(rest) > 0 and unit is None and whole[1] != "-":
        unit, percent, rest = (None, True, "") if whole[1] == "%" else (whole[1], percent, "")
    label = _with_words(text, rest, unit, percent, "".join(bracket))
    # 同比增速（上年同月=100） is a rate all the same; without such a word it is an index.
    return label if base is None or label.role not in (None, "other") else _of_index(label, rest, base)


def _of_index(label: Label, rest: str, base: re.Match[str]) -> Label:
    """A label that names an index: one against the year or the month before says a rate, another nothing of ours."""
    if not (base["month"] or base["year"] or base["cumulative"]):
        return replace(label, role="other")
    span: Span | None = "month" if base["month"] or base["year"] else None
    name = without_index(bare_name(rest)) if label.role == "other" else label.name
    return replace(label, role=None, index="mom" if base["month"] else "growth", span=label.span or span, name=name)


def _counted(text: str, plain: str) -> Label:
    """A label that is a date, a year, a month — or a code, which says nothing."""
    if day := _DAY.fullmatch(plain):
        return Label(text, "", year=int(day[1]), month=int(day[2]))
    if len(plain) == 4 and 1949 <= int(plain) <= 2100:
        return Label(text, "", year=int(plain))
    return Label(text, "", month=int(plain) if plain[0] != "0" and len(plain) < 3 and int(plain) <= 12 else None)


def _with_words(text: str, rest: str, unit: str | None, percent: bool, bracket: str) -> Label:
    """Take the words of kind, span and period out of what is left of a text."""
    role: Role | None = None
    span: Span | None = None
    year = month = None
    before_year = bool(re.search(r"上年|去年", rest)) and not _GROWTH.search(rest)
    if found := _RANGE.search(rest):
        span, month = "cumulative", int(found[2])
        year = int(found[1]) if found[1] else None
        rest = rest.replace(found[0], "", 1)
    elif found := _YEAR_MONTH.search(rest):
        year, month = int(found[1]), int(found[2])
        rest = rest.replace(found[0], "", 1)
    if year is None and (found := _YEAR.search(rest)):
        year, rest = int(found[1]), rest.replace(found[0], "", 1)
    if month is None and (found := _QUARTER.search(rest)):
        span, month, rest = "cumulative", _QUARTERS[found[0]], rest.replace(found[0], "", 1)
    if month is None and (found := _ONE_QUARTER.search(rest)):
        number = "一二三四".find(found[1] or "-") + 1 or int(found[1] or found[2])
        span, month, rest = "cumulative" if number == 1 else "quarter", 3 * number, rest.replace(found[0], "", 1)
    if month is None and (found := _MONTH.search(rest)):
        month, rest = int(found[1]), rest.replace(found[0], "", 1)
    if _OTHER.search(rest):
        role = "other"
    elif beside := next(((kind, found) for kind, words in _BESIDE if (found := words.search(rest))), None):
        role, rest = beside[0], _GROWTH.sub("", rest.replace(beside[1][0], "", 1))
    elif found := _GROWTH.search(rest):
        role, rest = "growth", rest.replace(found[0], "累计" if "累计" in found[0] else "", 1)
        rest = _GROWTH.sub("", rest)
    elif found := _PREVIOUS.search(rest):
        role, rest = "previous", rest.replace(found[0], "累计" if "累计" in found[0] else "", 1)
    if found := _CUMULATIVE.search(rest):
        span, rest = "cumulative", _CUMULATIVE.sub("", rest)
    elif found := _MONTHLY.search(rest):
        span, rest = "month", _MONTHLY.sub("", rest)
    name = _JUNK.sub("", re.sub(r"[()\[\]【】〔〕%±]", "", rest)).lower()
    if name in _FREQUENCIES:
        name = ""
    return Label(text, name, role, span, year, month, unit, percent, bare_name(bracket), before_year)


def period_in(text: str) -> tuple[Period | None, bool]:
    """The period that a title or a file's name speaks of, and whether it says that it is cumulative."""
    label = label_of(text)
    if label.year is None or label.month is None:
        return None, False
    return Period(label.year, label.month), label.span == "cumulative"
