"""What a figure, a date or a period was meant to be where it was typed as a sheet or a speaker has it.

A suggestion is what to type in the place of the value, as TOML, and it is right when taken; where two
readings are likely there is none. ``certain`` says that there is no other reading at all.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bulletin_press.language.script import lazy

# A bare number of more characters than this was not meant as one.
MAX_TOKEN = 40
# Nor is a text of one line longer.
MAX_LINE = 1_000
# Beyond ten to this power no figure of an association goes.
MAX_POWER = 15

NO_FIGURE = "没有这个数，就在这一行的行首加 #；没有同比，就连前面的逗号一起删去"

_MINUS = str.maketrans(dict.fromkeys("−–—﹣－‐‑", "-") | {"＋": "+"})
_PLAIN = lazy(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = lazy(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}", re.ASCII)
_GROUPED = lazy(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SPACED = lazy(r"[+-]?\d{1,3}(?:[\s\u00a0\u2009\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
_BRACKETED = lazy(r"\((\d[\d,]*(?:\.\d+)?)\s*%?\)\s*%?", re.ASCII)
_ARROWED = lazy(r"(?:([↑↗⬆])|([↓↘⬇▼▽🔻]))\s*(\d+(?:\.\d+)?)\s*%?|(\d+(?:\.\d+)?)\s*%?\s*(?:([↑↗⬆])|([↓↘⬇▼▽🔻]))")
_TRIANGLE = lazy(r"[△▲]\s*(\d+(?:\.\d+)?)\s*%?|(\d+(?:\.\d+)?)\s*%?\s*[△▲]")
_RISE = lazy(r"(?:同比)?(?:(?:增长|增加|上升|上涨|提高|增|升|涨)了?|\+)(\d+(?:\.\d+)?)\s*%?")
_FALL = lazy(r"(?:同比)?(?:(?:下降|减少|降低|下滑|下跌|回落|降|减|跌)了?|(?:负|-))(\d+(?:\.\d+)?)\s*%?")
_TIMES = lazy(r"(?:同比)?(?:增长|增加)了?(\d+(?:\.\d+)?)倍")
_POINTS = lazy(r".*\d\s*个?(?:百分点|pct|pp)", re.I)
_ROUGH = lazy(r"(?:约|大约|近|超过?|逾|不足|不到|≈|~|>|<|≥|≤|≧|≦).*\d"
                    r"|.*\d.*(?:左右|上下|以上|以下|多|余|[+-])\Z")
_QUANTITY = lazy(r"([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\s*([^\d\s.,+%-][^\d\s]{0,11})\Z")
_MONEY = lazy(r"[¥￥$€£]\s*[\d,.]+")
_NONE = frozenset({
    "", "-", "--", "---", "/", "\\", "…", "……", "...", "..", "*", "x", "无", "没有", "暂无", "暂缺", "缺", "空",
    "空白", "未填", "待填", "待定", "待补", "未知", "不详", "未公布",
    "na", "n/a", "n.a.", "null", "none", "nil", "tbd", "?", "？", "_", "·"})
_LEVEL = frozenset({"持平", "与上年持平", "与上年同期持平", "同比持平", "基本持平", "不变", "无变化", "零增长", "平"})
_SHEET = re.compile(r"#(?:DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)", re.I)
_DATED = lazy(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_SHORT_DATED = lazy(r"(\d{4})(\d\d)(\d\d)", re.ASCII)

_Q = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Spans that begin in January: what a cumulative period is.
_SPANS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int]], ...] = (
    (re.compile(_YEAR + r"年?[-./\s]*[Qq](?P<q>[1-4])"), lambda m: _Q[m["q"]]),
    (re.compile(_YEAR + r"年?[-./\s]*第?(?P<q>[一1])季度?"), lambda m: _Q[m["q"]]),
    (re.compile(_YEAR + r"年?[-./\s]*前(?P<q>[一二三四1-4])个?季度"), lambda m: _Q[m["q"]]),
    (re.compile(_YEAR + r"年?[-./\s]*(?:[Hh]1|上半年)"), lambda m: 6),
    (re.compile(_YEAR + r"年?[-./\s]*(?:全年|年度|度)"), lambda m: 12),
    (re.compile(_YEAR + r"(?:年|[-./])\s*0?1月?份?\s*(?:[-—–~～－至到]{1,2})\s*(?P<m>1[0-2]|0?[2-9])\s*月(?:份|累计)?"),
     lambda m: int(m["m"])),
    (re.compile(_YEAR + r"年\s*0?1\s*(?:[-—–~～－至到]{1,2})\s*(?P<m>1[0-2]|0?[2-9])"), lambda m: int(m["m"])),
    (re.compile(_YEAR + r"\.0?1\s*(?:[—–~～至到]|--|-)\s*(?P<m>1[0-2]|0?[2-9])"), lambda m: int(m["m"])),
    (re.compile(_YEAR + r"年?[-./\s]*前(?P<m>1[0-2]|[1-9])个?月"), lambda m: int(m["m"])),
)
_MONTH = lazy(_YEAR + r"(?:\s*[-/年.—–－]\s*(?P<m>1[0-2]|0?[1-9])|(?P<mm>1[0-2]|0[1-9]))"
                    r"(?:月份?|/)?(?P<alone>当月|单月|/?\s*month)?", re.I)
PERIOD_FORMS = 'period 写成 "2022-06"（1月至6月累计）或 "2022-06/month"（6月当月），要加引号'


@dataclass(frozen=True)
class Advice:
    """What is wrong with a value, and what to type in its place, as TOML.

    ``quantity`` is a number typed with its unit: whether the number alone is right depends on the unit
    that is meant here, which a reader of the file's text does not know.
    """

    message: str
    suggestion: str | None = None
    certain: bool = False
    quantity: tuple[str, str] | None = field(default=None, compare=False)


def is_sheet_error(text: str) -> re.Match[str] | None:
    """The error value of a sheet that a text begins with (#DIV/0!, #N/A): to TOML a comment."""
    return _SHEET.match(text)


def is_sheet_value(text: str) -> bool:
    """Whether a text begins with a sheet's error value in a list's place for a value, and with no comment."""
    found = _SHEET.match(text)
    return bool(found and re.match(r"[ \t]*[,，\]］\t]", text[found.end() :]))


def _narrow(typed: str) -> str:
    """A text with full-width digits, marks and minus signs in ASCII."""
    return unicodedata.normalize("NFKC", typed.strip().translate(_MINUS)).replace("﹣", "-").strip()


def number_meant(typed: str, *, amount: bool = False) -> Advice | None:
    """What a value that should be a number was meant to be; None where nothing is known of it.

    Args:
        typed: the value without quotes, as typed.
        amount: it is no rate: a fall, a level or a percentage has no place here.
    """
    advice = _meant(typed)
    if amount and advice and advice.suggestion is not None:
        if "%" in _narrow(typed):
            return Advice("这里要写数值，不是百分比：同比写在它后面，例如 [986.35, 12.4]",
                          quantity=(advice.suggestion, "%"))
        if advice.suggestion.startswith("-"):
            return Advice("数值不能是负数；下降写在同比里，例如 [986.35, -12.4]")
        if _narrow(typed) in _LEVEL:
            return Advice("这里要写数值；“持平”是同比，写成 [数值, 0]")
    return advice


def _meant(typed: str) -> Advice | None:
    text = _narrow(typed.strip().lstrip("'‘’").strip() if typed.strip()[1:] else typed)
    lower = text.lower()
    if lower in _NONE or not text.strip("-—…./ "):
        return Advice(NO_FIGURE)
    if found := _SHEET.match(text):
        return Advice(f"“{found[0]}”是表格算不出来的错误值，不是数：回到原表核对；{NO_FIGURE}")
    if text in _LEVEL:
        return Advice("持平写 0", "0")
    if len(text) > MAX_TOKEN:
        return Advice("这个数太长了，请核对")
    return _plainly(text) or _in_words(text) or _with_unit(text)


def _plainly(text: str) -> Advice | None:
    """A number with marks about it that say nothing else."""
    body = text.rstrip("%").strip() if text.count("%") == 1 else text
    if _GROUPED.fullmatch(body):
        plain = body.replace(",", "").lstrip("+")
        return Advice(f"数字里不要写千分位逗号，写成 {plain}", plain, certain=True)
    if _SPACED.fullmatch(body):
        plain = re.sub(r"\s", "", body).lstrip("+")
        return Advice(f"数字里不要写空格，写成 {plain}", plain)
    if found := _BRACKETED.fullmatch(text):
        plain, right = "-" + found[1].replace(",", ""), "," not in found[1] or _GROUPED.fullmatch(found[1])
        return Advice(f"括号表示负数的，写成 {plain}", plain if right else None)
    if (stopped := re.fullmatch(r"(.*\d)[。.,;、]+", body)) and _PLAIN.fullmatch(stopped[1]) \
            and ("." in stopped[1] or body[len(stopped[1])] != "."):
        return Advice(f"数字后面多了“{body[len(stopped[1]) :]}”，写成 {stopped[1]}", stopped[1], certain=True)
    if _PLAIN.fullmatch(body):
        plain = _without_zeros(body.lstrip("+"))
        # A number with a leading zero may be a code, or have lost something.
        return Advice(f"只写数字，{'不写百分号 %' if '%' in text else '不加引号和别的符号'}", plain,
                      certain=plain == body.lstrip("+"))
    if re.fullmatch(r"[+-]?\.\d+", body):
        return Advice("小数点前面要有 0", body.replace(".", "0.", 1))
    if re.fullmatch(r"[+-]?\d+\.", body):
        return Advice("小数点后面缺数字", body.rstrip("."))
    if _SCIENTIFIC.fullmatch(body):
        return Advice("这是科学记数法，少了后几位：请按原表写全")
    return None


def _without_zeros(number: str) -> str:
    return re.sub(r"^([+-]?)0+(?=\d)", r"\1", number)


def _in_words(text: str) -> Advice | None:
    """A rise or a fall said in words or arrows."""
    if found := _TIMES.fullmatch(text):
        whole, _, part = found[1].partition(".")
        part = part.ljust(2, "0")
        percent = _without_zeros(whole + part[:2]) + (f".{part[2:]}" if part[2:].strip("0") else "")
        return Advice(f"增长{found[1]}倍就是增长{percent}%，写成 {percent}", percent)
    if text in ("翻番", "翻一番", "增长一倍", "增长1倍"):
        return Advice("翻一番就是增长100%，写成 100", "100")
    if found := _FALL.fullmatch(text):
        return Advice("下降写负数，不写“下降”", f"-{found[1]}")
    if found := _RISE.fullmatch(text):
        return Advice("增长只写数字，不写“增长”", found[1])
    if found := _ARROWED.fullmatch(text):
        plain = found[3] or found[4]
        signed = plain if found[1] or found[5] else f"-{plain}"
        return Advice(f"箭头不能写，上升写正数、下降写负数：{signed}", signed)
    if found := _TRIANGLE.fullmatch(text):
        plain = found[1] or found[2]
        return Advice(f"“△”“▲”在有的表里表示上升，有的表示下降：上升写 {plain}，下降写 -{plain}")
    return None


def _with_unit(text: str) -> Advice | None:
    """A number that is not exact, or that stands with its unit."""
    if _POINTS.fullmatch(text):
        return Advice("百分点是两个百分比相减的差，不是同比：这里要写同比（%），例如 12.4")
    if re.search(r"\d", text) and _ROUGH.fullmatch(text):
        return Advice("这里只写确定的数，不写“约”“近”“左右”等：请按原表写")
    if _MONEY.fullmatch(text):
        return Advice("只写数字，不写货币符号；单位照表头的，不同就先换算")
    if found := _QUANTITY.fullmatch(text):
        number, unit = found[1].replace(",", ""), found[2]
        return Advice(f"“{text}”不是一个数：只写数字，不写单位；单位与这里的不同，先换算", quantity=(number, unit))
    return None


def in_unit(advice: Advice, unit: str | None) -> Advice:
    """The advice on a number that was typed with its unit, where the unit wanted is known."""
    if advice.quantity is None or unit is None:
        return advice
    number, typed = advice.quantity
    if typed == "%" != unit:
        return Advice(advice.message)
    if typed == unit:
        return Advice(f"只写数字，不写单位，写成 {number}", number, certain=True)
    return Advice(f"只写数字，不写单位；这里的单位是{unit}，请把 {number}{typed} 换算成{unit}")


def scientific(token: str) -> str | None:
    """The plain digits of a number in scientific notation that TOML reads: 4.43E+05 is 443000; else None."""
    if not _SCIENTIFIC.fullmatch(token.replace("_", "")):
        return None
    from decimal import Decimal

    number = Decimal(token.replace("_", ""))
    return f"{number:f}" if not number or abs(number.adjusted()) <= MAX_POWER else None


# --- dates and periods ------------------------------------------------------------------------


def real_day(text: str) -> bool:
    """Whether a text is a day of the calendar as TOML writes it."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def date_meant(typed: str) -> Advice | None:
    """What a value that looks like a day was meant to be."""
    text = _narrow(typed)
    found = _DATED.fullmatch(text) or _SHORT_DATED.fullmatch(text)
    if not found:
        return None
    day = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if not real_day(day):
        return Advice(f"没有 {day} 这一天")
    return Advice("日期要写成 年-月-日，月和日各两位", day, certain=True)


def issue_meant(typed: str) -> str | None:
    """The number that a text such as 第8期 says; None where it says none."""
    found = re.fullmatch(r"第?\s*([1-9]\d{0,4})\s*期", _narrow(typed), re.ASCII)
    return found[1] if found else None


def serial_day(number: int) -> str | None:
    """The day of a sheet's serial number (days since 30 December 1899), in this century's first half; else None."""
    return f"{date(1899, 12, 30) + timedelta(number):%Y-%m-%d}" if 36526 <= number < 55154 else None


def period_meant(typed: str) -> Advice:
    """What a malformed period was meant to be; the message names the forms that are possible."""
    text = unicodedata.normalize("NFKC", typed).strip().strip("\"'“”‘’ ")
    text = re.sub(r"(?<=\d)\s+(?=[年月-])|(?<=[年月-])\s+(?=\d)|(?<!\s)\s+(?=/)|(?<=/)\s+", "", text)
    month, dated = None, None
    for pattern, last in _SPANS:
        if found := pattern.fullmatch(text):
            month = f"{found['year']}-{last(found):02}"
    if month is None and (found := _MONTH.fullmatch(text)) and not _trimmed(text):
        month = f"{found['year']}-{int(found['m'] or found['mm']):02}" + ("/month" if found["alone"] else "")
    if month is None and (dated := _DATED.fullmatch(text)):
        month = _month_of(int(dated[1]), int(dated[2]), int(dated[3]))
    if month:
        number = int(month[5:7])
        span = f"{number}月当月" if month.endswith("/month") else f"1月至{number}月累计" if number > 1 else "1月"
        return Advice(f"{PERIOD_FORMS}；这里写 \"{month}\"（{span}）", f'"{month}"', certain=dated is None)
    return Advice(_no_period(text))


def _trimmed(text: str) -> bool:
    """Whether a sheet may have cut a zero: 2022.1 is January, or October typed as 2022.10."""
    return bool(re.fullmatch(r"\d{4}\.1", text))


def _month_of(year: int, month: int, day: int) -> str | None:
    """The month of a day that stands for it: its first, as sheets have it, or its last."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    return f"{year:04}-{month:02}" if day in (1, calendar.monthrange(year, month)[1]) else None


def _no_period(text: str) -> str:
    if re.search(r"[Hh]2|下半年", text):
        return f"期间从1月算起，写不了下半年：全年累计写 \"2022-12\"，只报一个月写 \"2022-12/month\"；{PERIOD_FORMS}"
    if _trimmed(text):
        return f"“{text}”是1月还是10月？{PERIOD_FORMS}"
    if re.search(r"月|季|半年|年", text) and not re.search(r"\d{4}", text):
        return f"{PERIOD_FORMS}；要写上年份"
    found = re.fullmatch(r"\d{4}-(\d\d)(?:/month)?", text)
    if found and not 1 <= int(found[1]) <= 12:
        return f"没有 {int(found[1])} 月：月份写 01 到 12；{PERIOD_FORMS}"
    return PERIOD_FORMS
