"""Figures, lists and periods in Chinese words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from bulletin_press.language.numerals import (
    Period,
    PeriodStyle,
    chinese_date,
    chinese_number,
    count_word,
    decimals,
    joined,
    plain,
    rounded,
)

MOFCOM = ("1月", "1—2月", "一季度", "1—4月", "1—5月", "上半年", "1—7月", "1—8月", "前三季度", "1—10月",
          "1—11月", "全年")
NBS = ("1月份", "1—2月份", "1—3月份", "1—4月份", "1—5月份", "1—6月份", "1—7月份", "1—8月份", "1—9月份", "1—10月份",
       "1—11月份", "1—12月份")


@pytest.mark.parametrize(("style", "words"), [("mofcom", MOFCOM), ("nbs", NBS)])
def test_cumulative_periods(style: PeriodStyle, words: tuple[str, ...]) -> None:
    assert tuple(Period.parse(f"2022-{month:02}").words(style) for month in range(1, 13)) == words


@pytest.mark.parametrize(("style", "ending"), [("mofcom", "月"), ("nbs", "月份")])
def test_single_months(style: PeriodStyle, ending: str) -> None:
    assert [Period.parse(f"2022-{month:02}/month").words(style) for month in range(1, 13)] == [
        f"{month}{ending}" for month in range(1, 13)]


@pytest.mark.parametrize(("period", "today", "words"), [
    ("2022-06", date(2022, 8, 26), "今年上半年"), ("2022-06", date(2023, 1, 5), "2022年上半年"),
    ("2022-12", date(2023, 1, 20), "2022年全年"), ("2022-12", date(2022, 12, 31), "今年全年"),
    ("2021-09", date(2022, 1, 1), "2021年前三季度"), ("2022-01/month", date(2022, 2, 1), "今年1月"),
    ("2023-01", date(2022, 12, 31), "2023年1月")])
def test_this_year_is_said_only_in_the_year_of_the_issue(period: str, today: date, words: str) -> None:
    assert Period.parse(period).dated("mofcom", today) == words


@pytest.mark.parametrize("text", [
    "2022-13", "2022-00", "2022-6", "22-06", "2022-06/", "2022-06/Month", "2022-06/month ", "2022-06\n", " 2022-06",
    "2022/06", "２０２２-06", "2022-06-01", "", "2022-06/month/month", "-2022-06"])
def test_other_forms_are_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=rf"\A{re.escape(text)}\Z"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["2022-06", "2022-12", "2022-01/month", "0999-03"])
def test_a_period_prints_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize(("period", "following"), [
    ("2022-06", "2022-07"), ("2022-12", "2023-01"), ("2022-12/month", "2023-01/month")])
def test_the_next_period(period: str, following: str) -> None:
    assert str(Period.parse(period).next()) == following


@pytest.mark.parametrize(("one", "other", "before"), [
    ("2022-05", "2022-06", True), ("2022-01", "2022-12", True), ("2022-06", "2022-06", False),
    ("2022-07", "2022-06", False), ("2021-05", "2022-06", False), ("2022-05/month", "2022-06", False),
    ("2022-05", "2022-06/month", False)])
def test_only_cumulative_periods_of_one_year_compare(one: str, other: str, before: bool) -> None:
    assert Period.parse(one).before(Period.parse(other)) is before


@pytest.mark.parametrize(("number", "words"), [
    (0, "零"), (1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"),
    (30, "三十"), (99, "九十九")])
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [-1, 100])
def test_chinese_numbers_beyond_the_range(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_number(number)


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (2, "两"), (3, "三"), (10, "十"), (12, "十二"), (100, "100")])
def test_counts(number: int, words: str) -> None:
    assert count_word(number) == words


@pytest.mark.parametrize(("items", "words"), [
    ([], ""), (["日本"], "日本"), (["日本", "欧盟"], "日本和欧盟"), (["日本", "欧盟", "荷兰"], "日本、欧盟和荷兰")])
def test_lists(items: list[str], words: str) -> None:
    assert joined(items) == words


@pytest.mark.parametrize(("figure", "digits", "places"), [
    ("29030.10", "29030.10", 2), ("1E+3", "1000", 0), ("1E-7", "0.0000001", 7), ("-20.080", "20.080", 3),
    ("-0", "0", 0),    ("442826", "442826", 0)])
def test_digits_stay_as_typed(figure: str, digits: str, places: int) -> None:
    assert (plain(Decimal(figure)), decimals(Decimal(figure))) == (digits, places)


@pytest.mark.parametrize(("figure", "result"), [
    ("2.005", "2.01"), ("2.0049", "2.00"), ("-2.005", "-2.01"), ("0.995", "1.00"), ("1", "1.00")])
def test_rounding_is_half_up(figure: str, result: str) -> None:
    assert str(rounded(Decimal(figure), 2)) == result


def test_dates() -> None:
    assert chinese_date(date(2022, 8, 6)) == "2022年8月6日"
