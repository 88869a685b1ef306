"""Figures, lists and periods in Chinese words.

Sources: GB/T 15835—2011 (numerals) and the practice of the statistics bureaus and of the
ministry of commerce in their monthly releases.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

PeriodStyle = Literal["mofcom", "nbs"]

_DIGITS = "零一二三四五六七八九"
_PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(/month)?\Z", re.ASCII)
_MOFCOM = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


def chinese_number(number: int) -> str:
    """A whole number from 0 to 99 in Chinese numerals: 12 is 十二.

    Raises:
        ValueError: the number is outside that range.
    """
    if not 0 <= number <= 99:
        raise ValueError(number)
    tens, units = divmod(number, 10)
    if tens == 0:
        return _DIGITS[units]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[units] if units else "")


def read_chinese_number(text: str) -> int:
    """A whole number from 1 to 99 in Chinese numerals, or in digits, as a number: 十二 is 12; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("两", "二").replace("〇", "零")
    tens, ten, units = text.rpartition("十")
    if any(char not in _DIGITS for char in tens + units) or max(len(tens), len(units)) > 1:
        return 0
    return (10 * (_DIGITS.index(tens) if tens else 1) if ten else 0) + (_DIGITS.index(units) if units else 0)


def count_word(number: int) -> str:
    """A count before a measure word: 两 for two, else as ``chinese_number``; digits past 99."""
    return "两" if number == 2 else chinese_number(number) if number <= 99 else str(number)


def joined(items: Sequence[str]) -> str:
    """A list as Chinese joins it: A、B和C."""
    if len(items) < 2:
        return "".join(items)
    return "、".join(items[:-1]) + "和" + items[-1]


def plain(figure: Decimal) -> str:
    """A figure's digits as typed, never in scientific notation, without its sign."""
    return format(figure.copy_abs(), "f")


def signed(figure: Decimal) -> str:
    """A figure's digits as typed with its sign, a minus where it is below nought."""
    return ("-" if figure < 0 else "") + plain(figure)


def hundred_million(unit: str) -> Decimal:
    """How many of a unit are one 亿 of it: 10 000 where the unit is 万 of something."""
    return Decimal(10) ** (4 if unit.startswith("万") else 8)


def in_hundred_millions(figure: Decimal, unit: str, least: Decimal = Decimal(1)) -> tuple[str, str]:
    """A figure and its unit in 亿, to two decimals, for where a large one is to be read at a glance.

    Args:
        figure: the value as typed.
        unit: its unit: 万美元, 元.
        least: the least that it is worth in 亿.

    Returns:
        442826.44 and 万美元 as 44.28 and 亿美元; as they are where it is less than ``least``, or the unit is 亿
        itself or none that it could stand before.
    """
    scale = hundred_million(unit)
    if unit in ("", "%") or unit.startswith(("亿", "千", "百")) or abs(figure) < least * scale:
        return signed(figure), unit
    return signed(rounded(figure / scale, 2)), "亿" + unit.removeprefix("万")


def decimals(figure: Decimal) -> int:
    """The number of decimals that a figure was typed with."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(figure: Decimal, places: int) -> Decimal:
    """A figure rounded half up, as statistics are (GB/T 8170 allows it for published tables)."""
    return figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, order=True)
class Period:
    """The time a report covers: January to ``month`` of ``year``, or that month alone."""

    year: int
    month: int
    single: bool = False

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2022-05`` (cumulative) or ``2022-05/month``.

        Raises:
            ValueError: another form.
        """
        match = _PERIOD.match(text)
        if not match:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]), bool(match[3]))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}{'/month' if self.single else ''}"

    def next(self) -> Period:
        """The same kind of period a month later."""
        year, month = (self.year + 1, 1) if self.month == 12 else (self.year, self.month + 1)
        return Period(year, month, self.single)

    def unfinished(self, day: date) -> bool:
        """Whether the period ends after a day."""
        month, last = (day.year, day.month), monthrange(day.year, day.month)[1]
        return (self.year, self.month) > month or ((self.year, self.month) == month and day.day < last)

    def before(self, other: Period) -> bool:
        """Whether both are cumulative in one year and this one ends earlier: comparable."""
        return (not self.single and not other.single
                and self.year == other.year and self.month < other.month)

    def words(self, style: PeriodStyle) -> str:
        """The period without its year: 上半年 or 1—6月份."""
        if self.single:
            return f"{self.month}月" if style == "mofcom" else f"{self.month}月份"
        return self.months + "份" if style == "nbs" else _MOFCOM.get(self.month, self.months)

    @property
    def months(self) -> str:
        """January to its month, whatever it covers: 1—8月; 1月 of January."""
        return "1月" if self.month == 1 else f"1—{self.month}月"

    def dated(self, style: PeriodStyle, today: date) -> str:
        """The period with its year: 今年 only where it is the year of ``today`` (出刊日期)."""
        year = "今年" if self.year == today.year else f"{self.year}年"
        return year + self.words(style)


def chinese_date(day: date) -> str:
    """2022年8月26日."""
    return f"{day.year}年{day.month}月{day.day}日"
