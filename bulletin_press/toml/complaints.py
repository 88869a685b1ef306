"""What is wrong with a file's values, pydantic's errors included, in Chinese and placed in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bulletin_press.ground.diagnostics import Finding, InputFault, Severity
from bulletin_press.language.script import lazy
from bulletin_press.toml.key_names import alias_of, close_match
from bulletin_press.toml.picture_paths import OUTSIDE, advice
from bulletin_press.toml.positions import KeyPath, Table, shown_path
from bulletin_press.toml.scanned import LOST
from bulletin_press.toml.typed_values import MAX_LINE, issue_meant, number_meant

_HEADER = lazy(r"\[{1,2}[\w.]+\]{1,2}")


@dataclass(frozen=True)
class Complaint:
    """What is wrong with the value (or the key) at a path, before it has a position.

    ``within`` are the characters of a string that are at fault, from the first to before the second;
    ``certain`` says that the suggestion is beyond doubt.
    """

    rule: str
    path: KeyPath
    message: str
    suggestion: str | None = None
    at_key: bool = False
    within: tuple[int, int] | None = None
    certain: bool = False

    def placed(self, table: Table) -> Finding:
        """The complaint as a finding of the file that the table was read from."""
        span = table.key_span(self.path) if self.at_key else \
            table.characters(self.path, *self.within) if self.within else table.span(self.path)
        marked = table.marked(span)
        header = self.suggestion if self.suggestion and _HEADER.fullmatch(self.suggestion) else None
        if header and marked.strip("[] ") != header.strip("[]"):
            return Finding(self.rule, Severity.ERROR, self.message, span, None, marked)  # no header was typed
        return Finding(self.rule, Severity.ERROR, self.message, span, self._whole(marked) if self.at_key else
                       self.suggestion, marked, self.certain and self.suggestion is not None)

    def _whole(self, marked: str) -> str | None:
        """The suggestion for a key that is marked with its table or its brackets: the whole of that."""
        before, key, after = marked.rpartition(str(self.path[-1])) if self.path else ("", "", "")
        whole = key and self.suggestion and before.strip("\"'")
        return f"{before}{self.suggestion}{after}" if whole else self.suggestion


_EXPECTED: Mapping[str, str] = {
    **dict.fromkeys(("string_type", "string_sub_type", "string_unicode", "string_not_ascii", "url_type", "bytes_type"),
                    "文字，写在引号里"),
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size"), "整数，不加引号"), "int_from_float": "整数",
    **dict.fromkeys(("bool_type", "bool_parsing"), "true 或 false"),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type", "decimal_parsing", "fraction_type",
                     "fraction_parsing", "complex_type", "complex_str_parsing"), "数，不加引号"),
    **dict.fromkeys(("dict_type", "mapping_type", "frozen_dict_type", "ordered_dict_type", "counter_type"),
                    "一个表，例如 { 键 = 值 }"),
    **dict.fromkeys(("model_type", "dataclass_type", "dataclass_exact_type"), "一个表，例如 [名称] 或 { 键 = 值 }"),
    "model_attributes_type": "一个表", "is_instance_of": "另一种值",
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type", "deque_type", "iterable_type",
                     "named_tuple_type"), "一个列表，例如 [ … ]"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact",
                     "datetime_type", "datetime_parsing", "datetime_from_date_parsing", "datetime_object_invalid"),
                    "日期，例如 2022-08-26"),
    **dict.fromkeys(("time_type", "time_parsing", "time_delta_type", "time_delta_parsing"), "时刻，例如 09:30:00"),
}
# What a value may not be, by pydantic's name of the fault; whatever else there is has no better words.
_VALUE_WORDS: Mapping[str, str] = {
    "finite_number": "要写一个确定的数", "multiple_of": "要是规定的倍数", "string_pattern_mismatch": "的写法不对",
    "recursion_loop": "套着它自己", "recursion_depth_exceeded": "套得太深", "none_required": "不能有值",
    "decimal_max_digits": "位数太多", "decimal_max_places": "小数位数太多", "decimal_whole_digits": "整数位数太多",
    "set_item_not_hashable": "里有不能放在这里的值", "date_past": "要是过去的日子", "date_future": "要是将来的日子",
    **dict.fromkeys(("url_parsing", "url_syntax_violation", "url_too_long", "url_scheme"), "不是网址"),
}


def _typed(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "真假值"), (int, "数"), (float, "数"), (str, "文字"), (list, "列表"), (dict, "表"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "日期或小数")


# Whole tables that may be missing, and how each looks.
_TABLES_MISSED: Mapping[KeyPath, str] = {
    ("issue",): "缺少 [issue] 一节：文件开头先写一行 [issue]，下面一行 number = 8（期号），"
                "再一行 date = 2022-08-26（出刊日期）",
    ("publication",): "缺少 [publication] 一节：先写一行 [publication]，下面一行 name = \"刊名\"，"
                      "再一行 organiser = \"编印单位\"",
}


def _pictures(error: ErrorDetails, path: KeyPath) -> Complaint | None:
    """Paths of pictures typed where a list of tables is meant."""
    typed, among = error["input"], path[-2:-1] == ("images",)
    if not isinstance(typed, str) or not (among or path[-1:] == ("images",)):
        return None
    meant = advice(typed)[1] if OUTSIDE.search(typed) else None
    named = meant or f'"{typed if "/" in typed else f"images/{typed}"}"'
    one = f"{{ file = {named} }}"
    return Complaint("wrong-type", path, f"多张图片要写成表：images = [{one}]，几张就写几个，用逗号隔开",
                     one if among else f"[{one}]")


def _unknown_key(path: KeyPath, keys: Callable[[KeyPath], Iterable[str]],
                 homes: Callable[[str], Sequence[str]]) -> Complaint:
    key, known = str(path[-1]), sorted(keys(path[:-1]))
    guess, elsewhere = close_match(key, known), homes(key)
    if elsewhere and guess != alias_of(key):
        guess = None  # spelt right, and in the wrong place
    usable = f"。这里可用的键：{'、'.join(known) or '（无）'}"
    hint = f"，是不是要写 {guess}？" if guess else \
        f"：它写在 {'、'.join(elsewhere)} 里{usable}" if elsewhere else usable
    return Complaint("unknown-key", path, f"{'这里' if elsewhere and not guess else ''}没有“{key}”这个键{hint}", guess,
                     at_key=True)


def _worded(error: ErrorDetails, path: KeyPath, keys: Callable[[KeyPath], Iterable[str]],
            homes: Callable[[str], Sequence[str]]) -> Complaint:
    kind, context = error["type"], error.get("ctx", {})
    if path[-1:] == ("[key]",):  # how pydantic says that the key itself is wrong
        kind, path = "extra_forbidden", path[:-1]
    name = shown_path(path)
    if kind == "extra_forbidden":
        return _unknown_key(path, keys, homes)
    if kind == "missing":
        return Complaint("missing-key", path, _TABLES_MISSED.get(path, f"缺少 {path[-1]}"), None, at_key=True)
    if kind in ("tuple_type", "model_type") and (pictures := _pictures(error, path)):
        return pictures
    if kind == "tuple_type" and isinstance(error["input"], dict) and path and isinstance(path[-1], str):
        return Complaint("wrong-type", path, f"{name} 可以有几条，要用双方括号 [[{name}]]", f"[[{name}]]", certain=True)
    if kind == "model_type" and isinstance(error["input"], list) and path and isinstance(path[-1], str):
        if len(error["input"]) > 1:
            return Complaint("wrong-type", path, f"{name} 只有一个，这里写了 {len(error['input'])} 节：留下一节，"
                                                 f"用单方括号 [{name}]，其余的删去")
        return Complaint("wrong-type", path, f"{name} 只有一个，要用单方括号 [{name}]", f"[{name}]", certain=True)
    if kind in _EXPECTED:
        expected = _EXPECTED[kind]
        blank = " " if expected[:1].isascii() else ""
        meant = _retyped(kind, error["input"])
        return Complaint("wrong-type", path, f"{name} 要写{blank}{expected}，现在写的是{_typed(error['input'])}", meant,
                         certain=meant is not None)
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        limits = {"gt": "大于", "ge": "不小于", "lt": "小于", "le": "不大于"}
        words = "、".join(f"{limits[key]} {value}" for key, value in context.items() if key in limits)
        return Complaint("wrong-value", path, f"{name} 要{words}")
    if kind in ("literal_error", "enum"):
        allowed = str(context.get("expected", "")).replace("'", '"').replace(" or ", "、").replace(", ", "、")
        guess = close_match(str(error["input"]), re.findall(r'"([^"]+)"', allowed))
        return Complaint("wrong-value", path, f"{name} 只能是 {allowed}", guess and f'"{guess}"')
    if kind in _LENGTHS:
        return Complaint("wrong-value", path, f"{name} {_length(kind, context, error['input'])}")
    message = context.get("message")
    suggestion = context.get("suggestion")
    if message:
        return Complaint(kind, path, str(message), suggestion and str(suggestion), certain=bool(context.get("certain")))
    return Complaint("wrong-value", path, f"{name} {_VALUE_WORDS.get(kind, '的值不对，请照说明改正')}")


_LENGTHS = frozenset({"too_short", "too_long", "string_too_long", "string_too_short", "bytes_too_long",
                      "bytes_too_short"})


def _length(kind: str, limits: Mapping[str, Any], value: Any) -> str:
    """How much is allowed and how much there is."""
    unit = "字" if isinstance(value, str) else "项"
    there = f"现在有 {len(value)} {unit}" if isinstance(value, str | list | tuple | dict) else ""
    if kind.endswith("long"):
        return f"最多 {limits['max_length']} {unit}，{there or '现在太多了'}"
    if not there or not value:
        return f"至少要有 {limits['min_length']} {unit}，现在是空的"
    return f"至少要有 {limits['min_length']} {unit}，{there}"


def _retyped(kind: str, value: Any) -> str | None:
    """A number, or a truth value, that was typed in quotes, as TOML."""
    if not isinstance(value, str):
        return None
    if kind.startswith("int"):
        if number := issue_meant(value[:MAX_LINE]):
            return number
        meant = number_meant(value)
        return meant.suggestion if meant and meant.certain and re.fullmatch(r"\d+", meant.suggestion or "") else None
    return {"true": "true", "false": "false", "是": "true", "否": "false"}.get(value.strip().lower()) \
        if kind.startswith("bool") else None


# Said of one file, which may be no such file at all.
MOST_COMPLAINTS = 100


def complaints_of(error: ValidationError, prefix: KeyPath, keys: Callable[[KeyPath], Iterable[str]],
                  homes: Callable[[str], Sequence[str]] = lambda key: (),
                  most: int | None = None) -> Iterator[Complaint]:
    """Each of pydantic's errors in Chinese, but those that another one explains.

    Args:
        error: what a model raised.
        prefix: the path at which the model's input stands.
        keys: the keys allowed at a path, for suggestions.
        homes: the tables that allow a key, as they are typed, for a key in the wrong one.
        most: of so many errors, None of all.
    """
    yield from _causes([_worded(detail, prefix + tuple(detail["loc"]), keys, homes)
                        for detail in error.errors(include_url=False)[:most]])


def _causes(complaints: Sequence[Complaint]) -> list[Complaint]:
    """Complaints without those that another one explains.

    A missing key that was typed, and mistyped; a list too short because its elements are wrong.
    """
    typed = {(*one.path[:-1], one.suggestion) for one in complaints if one.rule == "unknown-key"}
    beneath = {one.path[:length] for one in complaints for length in range(len(one.path))}
    return [one for one in complaints if (one.rule != "missing-key" or one.path not in typed)
            and (one.path not in beneath or one.rule not in ("wrong-value", "wrong-type"))]


def undamaged(complaints: Iterable[Complaint], table: Table) -> list[Complaint]:
    """Complaints without those that come of what could not be read of the text."""
    damaged = table.damaged
    return [one for one in complaints if not _spoilt(one, damaged)]


def _spoilt(complaint: Complaint, damaged: Iterable[KeyPath]) -> bool:
    path = complaint.path
    if any(str(part).startswith(LOST) for part in path):
        return True
    for one in damaged:
        table = one[:-1] if one[-1:] == ("?",) else None
        if table is None and (path[: len(one)] == one or one[: len(path)] == path):
            return True
        if table is not None and (path == table or table[: len(path)] == path
                                  or (complaint.rule == "missing-key" and path[:-1] == table)):
            return True
    return False


def unfit(what: str, findings: Sequence[Finding], *, elsewhere: Sequence[Finding] = ()) -> InputFault:
    """The fault of a file, or a part of one, that is not what it should be.

    Args:
        what: the file's name, or its part's.
        findings: what is wrong with it; they are put in the order of the text.
        elsewhere: what is wrong with another file, and is told first.
    """
    return InputFault(f"{what} 有 {len(findings)} 处不合要求",
                      (*elsewhere, *sorted(findings, key=lambda finding: finding.span)))


def expect_right(table: Table, complaints: Iterable[Complaint]) -> None:
    """Let a file pass of which nothing is to be complained.

    Raises:
        InputFault: with a finding for every fault of the text and of what could be read of it, by place.
    """
    if findings := table.findings() + [one.placed(table) for one in undamaged(complaints, table)]:
        raise unfit(table.source.name, findings)
