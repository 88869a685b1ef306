"""What was meant where a TOML text is wrong, in words for the person who typed it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from bulletin_press.language.script import lazy
from bulletin_press.toml.key_names import ENGLISH
from bulletin_press.toml.typed_values import (
    MAX_TOKEN,
    PERIOD_FORMS,
    Advice,
    date_meant,
    issue_meant,
    number_meant,
    period_meant,
    scientific,
)

KeyPath = tuple[str | int, ...]

# The sections of issue.toml that hold several items, each under double brackets.
SEVERAL = frozenset({"news", "policy", "member", "event"})


@dataclass(frozen=True)
class SectionNames:
    """What the sections of an issue are called: ``several`` hold several items, ``words`` lead to keys."""

    several: frozenset[str] = SEVERAL
    words: tuple[tuple[str, str], ...] = ()


BUILT_IN = SectionNames()

_NUMBERS = frozenset({"number", "pages", "total_number"})
# Keys that hold a text and can hold nothing else.
_TEXTS = frozenset({
    "title", "source", "author", "name", "role", "label", "caption", "more", "term", "subtitle", "organiser", "editor",
    "address", "recipients", "printer", "region", "short_region", "unit", "contact", "alt"})
_GRADES = ("off", "info", "warning", "error")
_AMOUNTS = frozenset({"value", "previous"})
_MONTH = lazy(r"\d{4}-\d{2}(?:/month)?")
_TIMED = lazy(r"(\d{4}-\d{2}-\d{2})[Tt ]\d")
_SEPARATED = lazy(r"[ ]*\t\s*|[ ]{2,}|\s*[,，、]\s+|\s*[，、]\s*")
_GROUPED = lazy(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?")


def bracketed(name: str, *, double: bool) -> str:
    """A table's header: [issue], [[news]]."""
    return f"[[{name}]]" if double else f"[{name}]"


def is_number(path: KeyPath) -> bool:
    """Whether issue.toml has a number, and no text, at a path."""
    if path[:1] != ("report",):
        return path[-1:] != () and path[-1] in _NUMBERS
    return len(path) > 2 and path[-1] != "name" and not (len(path) == 5 and path[-1] == 0)


def is_amount(path: KeyPath) -> bool:
    """Whether a report has a value, and no rate, at a path."""
    if path[:1] != ("report",) or len(path) < 3:
        return False
    if isinstance(path[-1], str):
        return len(path) == 3 or path[-1] in _AMOUNTS
    return path[-1] == (1 if len(path) == 5 and isinstance(path[3], int) else 0)


def value_meant(token: str, path: KeyPath) -> Advice:
    """What is wrong with a value that TOML cannot read, and what to type instead.

    Args:
        token: the value as typed.
        path: the key that it stands at.
    """
    token = token.strip()
    if token in ("数值", "同比"):
        whole = "" if token == "数值" else "；没有同比就连前面的逗号一起删去"
        return Advice(f"这里还没有填：把“{token}”换成数字{whole}")
    if path[-1:] == ("date",):
        day = date_meant(token.strip(".。,，;；\"'“”‘’ "))
        return _special(token) or day or Advice("日期要写成 年-月-日，例如 2022-08-26，不加引号")
    if path == ("report", "period"):
        return period_meant(token) if not _MONTH.fullmatch(token) else _quoted_month(token)
    if path[:1] == ("rules",) and len(path) == 2:
        close = difflib.get_close_matches(token.strip("\"'“”").lower(), _GRADES, n=1)
        return Advice("规则的轻重只能写 \"off\"、\"info\"、\"warning\" 或 \"error\"，要加引号",
                      f'"{close[0]}"' if close else None)
    return (_special(token) or (date_meant(token) if not is_number(path) else None) or _number(token, path)
            or _text(token, path))


def quantity_meant(typed: str, path: KeyPath) -> Advice | None:
    """What a number with its unit behind a blank was meant to be; None where the text is no such thing."""
    typed = typed.strip()
    if not is_number(path) or not re.fullmatch(r"[+-]?[\d,.]*\d\s+[^\d\s()（）,，=＝\"'#]+", typed):
        return None
    return value_meant(typed, path)


def _quoted_month(token: str) -> Advice:
    advice = period_meant(token)
    return Advice("年月要加引号", f'"{token}"', certain=True) if advice.suggestion == f'"{token}"' else advice


def _special(token: str) -> Advice | None:
    """Truth values, issue numbers, times of day: each is told apart at a glance."""
    if token in ("是", "否"):
        return Advice("只能写 true（是）或 false（否）", "true" if token == "是" else "false")
    if token.lower() in ("true", "false"):
        return Advice("真假要用小写", token.lower(), certain=True)
    if token.lstrip("+-").lower() in ("inf", "nan", "infinity"):
        return Advice("这里要写一个确定的数")
    if number := issue_meant(token):
        return Advice("只写数字", number, certain=True)
    if _MONTH.fullmatch(token):
        return Advice("年月要加引号", f'"{token}"')
    if found := _TIMED.match(token):
        return Advice("只写日期，不写钟点", found[1])
    if re.fullmatch(r"[+-]?\d[\d._]*[eE][+-]?\d+", token) and scientific(token) is None:
        return Advice("这个数超出了范围，请核对")
    return None


def _number(token: str, path: KeyPath) -> Advice | None:
    advice = number_meant(token, amount=is_amount(path))
    if advice and path[:1] == ("publication",):
        return None  # 500册, a house number: a text without its quotes
    if advice and re.fullmatch(r"[+-]?0\d+(\.\d+)?", token):
        return Advice("数字不能以 0 开头", advice.suggestion)
    return advice


def _text(token: str, path: KeyPath) -> Advice:
    """A text without its quotes, or with one of them."""
    shown = f"“{token[:16]}{'…' if len(token) > 16 else ''}”"
    if is_number(path):
        return Advice(f"{shown}看不懂：这里要写数字，只能用半角")
    if len(token) > MAX_TOKEN and re.fullmatch(r"[\d.,+-]+", token):
        return Advice("这个数太长了，请核对")
    half = token[-1:] in "\"'”’＂＇" and token[:1] not in "\"'"
    bare = token[:-1].rstrip() if half else token
    if not bare or re.search(r"[\"\\\x00-\x1f\x7f]", bare):
        return Advice(f"{shown}看不懂：文字要放在引号里，数字只能用半角")
    message = f"{shown}的前面少了引号" if half else f"{shown}看不懂：文字要放在引号里，数字只能用半角"
    sure = half or (path[-1] in _TEXTS and bool(re.search(r"[\u4e00-\u9fff]", bare)) and "," not in bare)
    return Advice(message, f'"{bare}"', certain=sure)


def values_meant(typed: str, path: KeyPath) -> Advice | None:
    """What several bare values after an equals sign were meant to be: a list, or one number.

    Args:
        typed: all that stands to the right of the equals sign, without a comment.
        path: the key.
    """
    typed = typed.strip().rstrip("]］】")
    if _GROUPED.fullmatch(typed):
        return number_meant(typed)
    parts = _SEPARATED.split(typed)
    if len(parts) < 2:
        parts = re.split(r"(?<=[\d%％)）])\s+(?=[-+−(（\d])", typed)
        if len(parts) == 2 and re.fullmatch(r"\d{3}(?:\.\d+)?", parts[1]):
            return Advice(f"“{typed}”是一个数还是两个数？一个数中间不空格，两个数写成 [{parts[0]}, {parts[1]}]")
    if not 2 <= len(parts) <= 3 or not path:
        return None
    figures = [_figure(part, amount=index == 0) for index, part in enumerate(parts)]
    if any(figure is None for figure in figures) or (figures[0] == "" or "" in figures[1:-1]):
        return None
    listed = [figure for figure in figures if figure]
    meant = f"[{', '.join(listed)}]" if len(listed) > 1 else listed[0]
    return Advice(f"几个值要写在方括号里：{meant}" if len(listed) > 1 else f"只有数值，没有同比，写成 {meant}", meant)


def _figure(part: str, *, amount: bool) -> str | None:
    """A figure as TOML; "" where a mark says that there is none; None where it is no figure."""
    if re.fullmatch(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?", part, re.ASCII):
        return part
    advice = number_meant(part, amount=amount)
    if advice is None:
        return None
    if advice.suggestion is not None:
        return advice.suggestion
    return "" if not amount and advice.message.startswith("没有这个数") else None


def row_meant(line: str) -> Advice | None:
    """What a row of a ranking was meant to be that was pasted from a sheet: name, value, growth by tabs."""
    line = line.strip().rstrip(",，")
    # A comma between cells, unless it may be one of thousands.
    border = r"\t" if "\t" in line else r"[,，]\s+|，" if re.search(r"[,，]\d{3}(?!\d)", line) else r"[,，]"
    parts = [part.strip() for part in re.split(border, line)]
    if not 2 <= len(parts) <= 3:
        return None
    name, figures = parts[0].strip("\"'“”"), [_figure(part, amount=not index) for index, part in enumerate(parts[1:])]
    if not re.search(r"[^\W\d_]", name) or re.search(r"[\"\\\[\]{}=\x00-\x1f]", name) or None in figures \
            or not figures[0]:
        return None
    meant = "[" + ", ".join([f'"{name}"', *(figure for figure in figures if figure)]) + "],"
    return Advice(f"排名的一行要写成 {meant}", meant, certain=[*filter(None, figures)] == parts[1:])


def key_meant(line: str, sections: SectionNames) -> tuple[str, str] | None:
    """A key or header typed in Chinese that is known: as typed, and in English."""
    found = re.match(r"(?:[\[［【]{1,2}\s*)?([\u4e00-\u9fff]+)", line)
    known = {**ENGLISH, **dict(sections.words)}
    return (found[1], known[found[1]]) if found and found[1] in known else None


__all__ = ["BUILT_IN", "PERIOD_FORMS", "SEVERAL", "KeyPath", "SectionNames", "bracketed", "is_amount", "is_number",
           "key_meant", "quantity_meant", "row_meant", "value_meant", "values_meant"]
