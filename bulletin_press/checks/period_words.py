"""Which time a sentence speaks of, for rules about names and facts that changed."""

from __future__ import annotations

from datetime import date

from bulletin_press.language.script import lazy

_YEAR = lazy(r"(?<!\d)((?:19|20)\d{2})年(?!代)")
_MONTH = lazy(r"(?<!\d)((?:19|20)\d{2})年(\d{1,2})月")
_ENDS = "。；！？\n"
PAST = lazy(r"原(?![则因料始创本材油有来定籍先动子产点意])|时任|前身|曾(?!经理)|当时|历任|更名|改名|改为|合并"
            r"|组建|不再保留|撤销|整合|以前|过去|年代|废止|历史|历任|前任|(?<![废老陈新破怀])旧(?![动电家衣货房改机车物设金小书手])"
            r"|成立于|改组|升格|并入|重新组建")


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that characters ``start`` to ``end`` stand in."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[first:last]


def year_of(text: str, start: int, end: int) -> int | None:
    """The year that a sentence names, the latest where several; none where it names none."""
    years = [int(year) for year in _YEAR.findall(sentence_around(text, start, end))]
    return max(years) if years else None


def after(text: str, start: int, end: int, today: date, turn: date) -> bool:
    """Whether what a sentence says is later than a day: by the year that it names, else by the issue's date.

    A sentence that looks back on purpose (原, 前身, 更名为) is not.
    """
    sentence = sentence_around(text, start, end)
    if PAST.search(sentence):
        return False
    year = year_of(text, start, end)
    if year == turn.year:
        months = [int(month) for one, month in _MONTH.findall(sentence) if int(one) == year]
        return bool(months) and min(months) > turn.month
    return year > turn.year if year is not None else (today - turn).days > 180


def before(text: str, start: int, end: int, today: date, turn: date) -> bool:
    """Whether what a sentence says is earlier than a day: by the year that it names, else by the issue's date."""
    year = year_of(text, start, end)
    return year < turn.year if year is not None else today < turn


def inside_title(text: str, start: int) -> bool:
    """Whether a place lies between 《 and 》."""
    opened = text.rfind("《", 0, start)
    return opened >= 0 and text.find("》", opened, start) < 0
