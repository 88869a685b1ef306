"""TOML with positions: the scanner against tomllib, faults in words, encodings."""

from __future__ import annotations

import codecs
import re
import string
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from growth import grows_by
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_press.authoring.conversion import convert
from bulletin_press.ground.diagnostics import Finding, InputFault
from bulletin_press.toml.positions import KeyPath, Table, parse_table, shown_path
from bulletin_press.toml.scanned import MAX_FAULTS
from bulletin_press.toml.source import MAX_BYTES, Source, decode, read_source

SAMPLES = Path(__file__).resolve().parents[1] / "issues"


def parse(text: str) -> Table:
    return parse_table(Source("x.toml", text))


def faults(text: str) -> tuple[Finding, ...]:
    with pytest.raises(InputFault) as caught:
        parse(text)
    assert caught.value.findings
    return caught.value.findings


# --- against tomllib ------------------------------------------------------------------------

# Characters that a basic string may hold as they are.
_RAW = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters='"\\')
_ESCAPED = st.sampled_from([r"\n", r"\t", r"\"", r"\\", r"\b", r"\f", r"\r", r"\u4e2d", r"\U0002000B"])
_PIECES = st.lists(st.one_of(_RAW, _ESCAPED), max_size=8)
_LITERAL = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="'"), max_size=12)
_LINES = st.sampled_from(["\n", "\n\n", "\t", " "])


@st.composite
def _texts(draw: st.DrawFn, multiline: bool = True) -> str:
    form = draw(st.sampled_from(["basic", "literal", "long basic", "long literal"] if multiline
                                else ["basic", "literal"]))
    if form == "basic":
        return '"' + "".join(draw(_PIECES)) + '"'
    if form == "literal":
        return f"'{draw(_LITERAL)}'"
    parts = draw(st.lists(st.one_of(_RAW, _ESCAPED, _LINES, st.just("\\\n  \n ")), max_size=8))
    if form == "long basic":
        return '"""' + draw(st.sampled_from(["", "\n"])) + "".join(parts) + '"""'
    body = re.sub(r"\\\n", "", "".join(parts)).replace("'", "")
    return "'''" + draw(st.sampled_from(["", "\n"])) + body + "'''"


_SCALARS = st.one_of(
    st.integers(-10**12, 10**12).map(str),
    st.decimals(-10**6, 10**6, places=2).map(str),
    st.sampled_from(["true", "false", "0x1F", "0o17", "0b101", "1_000", "+5", "1e3", "2022-08-26", "07:32:00",
                     "1979-05-27T07:32:00Z", "1979-05-27 07:32:00.5", "1979-05-27T00:32:00-07:00"]))


def _values(depth: int = 2, multiline: bool = True) -> st.SearchStrategy[str]:
    plain = st.one_of(_SCALARS, _texts(multiline))
    if depth == 0:
        return plain
    inner = _values(depth - 1, multiline)
    blank = st.sampled_from(["", " ", "\n", " # 注\n  "] if multiline else ["", " "])
    arrays = st.tuples(st.lists(inner, max_size=3), blank, st.booleans()).map(
        lambda t: "[" + t[1] + ("," + t[1]).join(t[0]) + (t[1] + "," if t[2] and t[0] else "") + t[1] + "]")
    flat = _values(depth - 1, multiline=False)
    tables = st.lists(flat, max_size=3).map(
        lambda values: "{" + ", ".join(f"k{i} = {value}" for i, value in enumerate(values)) + "}")
    return st.one_of(plain, arrays, tables)


_KEYS = st.one_of(st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=6),
                  _texts(multiline=False))


@st.composite
def _documents(draw: st.DrawFn) -> str:
    """Documents with every kind of statement; a few of them repeat a key and are no TOML."""
    lines = []
    for number in range(draw(st.integers(0, 8))):
        form = draw(st.sampled_from(["pair", "dotted", "table", "array", "sub", "comment"]))
        gap = draw(st.sampled_from(["", " ", "\t"]))
        if form == "pair":
            lines.append(f"{gap}{draw(_KEYS)}{gap}={gap}{draw(_values())}")
        elif form == "dotted":
            lines.append(f"d{number}{gap}.{gap}{draw(_KEYS)} = {draw(_values())} # 注")
        elif form == "table":
            lines.append(f"[{gap}t{number}{gap}]")
        elif form == "array":
            lines.append(f"[[{draw(st.sampled_from(['news', 'event', 'news.part']))}]]{gap}")
        elif form == "sub":
            lines.append(f"[news.s{number}.u]")
        else:
            lines.append(f"{gap}# “＝”，、")
    return draw(st.sampled_from(["\n", "\n\n"])).join(lines) + draw(st.sampled_from(["", "\n"]))


def _leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if path:
        yield path, value
    for part, child in children:
        yield from _leaves(child, (*path, part))


_LETTERS = {"n": "\n", "t": "\t", "b": "\b", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


def _stands(text: str, offset: int, char: str) -> bool:
    """Whether a character of a value stands at an offset, as itself or as an escape."""
    if text[offset] == char:
        return True
    escape = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))", re.S).match(text, offset)
    assert escape
    code = escape[1] or escape[2]
    return char == (chr(int(code, 16)) if code else _LETTERS[escape[3]])


def _literally(text: str, start: int, end: int, value: Any) -> bool:
    """Whether the source between two offsets is a value as tomllib reads it."""
    return bool(tomllib.loads(f"v = {text[start:end]}", parse_float=Decimal)["v"] == value)


@given(_documents())
@settings(max_examples=120, deadline=None)
def test_scanner_places_every_value_that_tomllib_reads(text: str) -> None:
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError:
        assert faults(text)
        return
    table = parse(text)
    assert table.values == values
    for path, value in _leaves(values):
        if isinstance(value, dict) and path not in table.places:
            assert any(place[: len(path)] == path for place in table.places)  # [a.b] makes a table a
            continue
        place = table.places[path]
        if isinstance(value, str):
            at = place.characters
            assert at is not None
            assert len(at) == len(value) + 1
            # In a literal string a backslash stands for itself.
            assert all(_stands(text, at[i], char) for i, char in enumerate(value))
            assert list(at) == sorted(at)
        if not isinstance(value, dict | list) or text[place.value[0]] == "{":
            assert _literally(text, *place.value, value)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
       | st.lists(st.sampled_from(list('a1=“”"\'[]{},，.。#\n\\ \u3000－:：')), max_size=30).map("".join))
@settings(max_examples=250, deadline=None)
def test_any_text_parses_as_tomllib_says_or_has_faults_inside_it(text: str) -> None:
    text = text.replace("\r\n", "\n")
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        expected = None
    try:
        table = parse(text)
    except InputFault as fault:
        lines = text.split("\n")
        for finding in fault.findings:
            assert 1 <= finding.span.line <= len(lines)
            assert 1 <= finding.span.column <= len(lines[finding.span.line - 1]) + 1
            assert "\n" not in finding.message
        assert expected is None or "inf" in text or "nan" in text
        return
    assert expected is not None
    assert set(table.values) == set(expected)


@pytest.mark.parametrize("name", ["2022-07", "2022-08"])
def test_every_character_of_the_samples_is_placed(name: str) -> None:
    table = parse_table(read_source(SAMPLES / name / "issue.toml"))
    for path, value in _leaves(table.values):
        if isinstance(value, str):
            for i, char in enumerate(value):
                start, end = table.offsets(path, i, i + 1)
                assert (table.source.text[start], end) == (char, start + 1)


def test_typed_decimals_keep_their_digits() -> None:
    assert str(parse("a = 29030.10").values["a"]) == "29030.10"


@pytest.mark.parametrize(("path", "shown"), [
    (("news", 1, "title"), "news[2].title"), (("report", "signed", "markets", 0, 1), "report.signed.markets[1][2]"),
    ((), ""), (("issue",), "issue")])
def test_paths_are_shown_with_indices_from_one(path: KeyPath, shown: str) -> None:
    assert shown_path(path) == shown


# --- positions ------------------------------------------------------------------------------

BODY = "[[news]]\ntitle = '甲'\nbody = '''\n𠮷野家“好”\n第二段  '''\nsource = \"\\u4e2d文\\n末\"\n"


@pytest.mark.parametrize(("path", "start", "end", "where"), [
    (("news", 0, "title"), 0, 1, (2, 10, 2, 11)),
    (("news", 0, "body"), 0, 1, (4, 1, 4, 2)),  # beyond the BMP: one column
    (("news", 0, "body"), 4, 5, (4, 5, 4, 6)),
    (("news", 0, "body"), 7, 10, (5, 1, 5, 4)),
    (("news", 0, "source"), 0, 1, (6, 11, 6, 17)),  # an escape: one character, six columns
    (("news", 0, "source"), 1, 2, (6, 17, 6, 18)),
    (("news", 0, "source"), 2, 3, (6, 18, 6, 20)),
    (("news", 0, "source"), 3, 4, (6, 20, 6, 21)),
    (("news", 0, "source"), 3, 99, (6, 10, 6, 22)),  # not that long: the whole value
    (("news", 0, "author"), 0, 1, (1, 1, 1, 9)),  # missing: its table's header
    (("news", 5), 0, 1, (1, 1, 1, 9)),
    (("tip",), 0, 1, (1, 1, 1, 2))])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_positions_hold_with_byte_order_mark_and_crlf(
        tmp_path: Path, mark: bytes, newline: str, path: KeyPath, start: int, end: int,
        where: tuple[int, ...]) -> None:
    file = tmp_path / "issue.toml"
    file.write_bytes(mark + BODY.replace("\n", newline).encode())
    span = parse_table(read_source(file, "issue.toml")).characters(path, start, end)
    assert (span.line, span.column, span.end_line, span.end_column) == where


def test_spans_of_keys_and_values_and_the_words_they_cover() -> None:
    table = parse('a.b = 1\n[t]\n"引 号" = ["x", { k = 2022-01-01 }]\n')
    assert table.marked(table.key_span(("a", "b"))) == "a.b"
    assert table.marked(table.span(("a", "b"))) == "1"
    assert table.marked(table.key_span(("t", "引 号"))) == '"引 号"'
    assert table.marked(table.span(("t", "引 号", 1, "k"))) == "2022-01-01"
    assert table.marked(table.key_span(("t", "引 号", 1, "k"))) == "k"
    assert table.marked(table.span(("t",))) == "[t]"


def test_a_quoted_key_with_escapes_has_its_place() -> None:
    table = parse('"a\\u0041" = 1\n')
    assert table.span(("aA",)).column == 13


def test_elements_of_arrays_of_tables_and_their_subtables_are_told_apart() -> None:
    table = parse("[[a]]\n[a.b]\nc = 1\n[[a.d]]\ne = 1\n[[a]]\n[a.b]\nc = 2\n[[a.d]]\n[[a.d]]\ne = 2\n")
    assert [table.span(path).line for path in ((("a", 0, "b", "c")), ("a", 1, "b", "c"), ("a", 0, "d", 0, "e"),
                                               ("a", 1, "d", 0), ("a", 1, "d", 1, "e"))] == [3, 8, 5, 9, 11]


# --- full-width marks -----------------------------------------------------------------------

@pytest.mark.parametrize(("text", "line", "column", "char", "meant"), [
    ("title ＝ 'x'", 1, 7, "＝", "="),
    ("title = “x”", 1, 9, "“", '"'),
    ("title = “x”", 1, 11, "”", '"'),
    ('title = "新闻”', 1, 12, "”", '"'),
    ("title = ‘x’", 1, 9, "‘", "'"),
    ("title = ‘x’", 1, 11, "’", "'"),
    ("title = ＂x＂", 1, 9, "＂", '"'),
    ("# 注\na = [1， 2]", 2, 7, "，", ","),
    ("a = [1、 2]", 1, 7, "、", ","),
    ("【issue】\nnumber = 1", 1, 1, "【", "["),
    ("【issue】\nnumber = 1", 1, 7, "】", "]"),
    ("［issue］", 1, 1, "［", "["),
    ("［issue］", 1, 7, "］", "]"),
    ("a = ［1, 2］", 1, 5, "［", "["),
    ("a = ｛ b = 1 }", 1, 5, "｛", "{"),
    ("a = { b = 1 ｝", 1, 13, "｝", "}"),
    ("a = 12．5", 1, 7, "．", "."),
    ("a．b = 1", 1, 2, "．", "."),
    ("a = ７", 1, 5, "７", "7"),
    ("date = ２022-08-26", 1, 8, "２", "2"),
    ("a = [1, −12.5]", 1, 9, "−", "-"),
    ("a = [1, –12.5]", 1, 9, "–", "-"),
    ("a = [1, —12.5]", 1, 9, "—", "-"),
    ("a = －5", 1, 5, "－", "-"),
    ("a = ＋5", 1, 5, "＋", "+"),
    ("date = 2022－08-26", 1, 12, "－", "-"),
    ("a\u00a0= 1", 1, 2, "\u00a0", " "),
    ("\u3000a = 1", 1, 1, "\u3000", " "),
    ("a = 1\u200b", 1, 6, "\u200b", " "),
    ("a = \ufeff1", 1, 5, "\ufeff", " "),
    ("a =\u2003'𠮷'\u3000", 1, 8, "\u3000", " "),
    ("a = 1 ＃ 注", 1, 7, "＃", "#"),
    ("ｎumber = 1", 1, 1, "ｎ", "n"),
    ("total＿number = 1", 1, 6, "＿", "_")])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fullwidth_marks_are_named_with_what_was_meant(
        newline: str, text: str, line: int, column: int, char: str, meant: str) -> None:
    source = Source("x.toml", decode((text + "\n").replace("\n", newline).encode(), "x.toml"))
    with pytest.raises(InputFault) as caught:
        parse_table(source)
    found = [f for f in caught.value.findings if (f.span.line, f.span.column) == (line, column)
             and f.span.end_column == column + 1]
    assert len(found) == 1
    assert found[0].suggestion == meant
    shown = f"U+{ord(char):04X}" if meant == " " else char
    assert shown in found[0].message
    if meant != " ":
        assert meant in found[0].message


def test_a_colon_for_an_equals_sign() -> None:
    for colon in ":：":
        (fault,) = faults(f"number {colon} 8")
        assert (fault.span.column, fault.suggestion) == (8, "=")


def test_fullwidth_marks_inside_strings_and_comments_are_text() -> None:
    table = parse("# ＝“”，\na = '＝“”，【】'\nb = '''\n［issue］\nx ＝ “y”\n'''\nc = \"‘好’\" # 、\n")
    assert table.values == {"a": "＝“”，【】", "b": "［issue］\nx ＝ “y”\n", "c": "‘好’"}


# --- faults in words ------------------------------------------------------------------------

FORGOTTEN = "[[news]]\ntitle = '一'\nbody = '''\n文字 x = 1\n\n[[news]]\ntitle = '二'\nbody = '''\n第二则\n'''\n"


@pytest.mark.parametrize(("text", "where", "words", "suggestion"), [
    ("a = 1\nb = 2\na = 3", (3, 1, 2), "第 1 行", None),
    ("a = { x = 1, x = 2 }", (1, 14, 15), "写了两次", None),
    ("a.b = 1\na.b = 2", (2, 1, 4), "写了两次", None),
    ("[a]\n[b]\n[a]", (3, 1, 4), "一节只写一次", None),
    ("[a]\n[[a]]", (1, 1, 4), "第 2 行还有一个 [[a]]", "[[a]]"),
    ("[[a]]\n[a]", (2, 1, 4), "写了两次", "[[a]]"),
    ("a = 1\n[a]", (2, 3, 4), "重复", None),
    ("[[news]\ntitle = 'x'", (1, 1, 8), "少了]]", "[[news]]"),
    ("[issue\nnumber = 1", (1, 1, 7), "少了]", "[issue]"),
    ("[news]]", (1, 1, 8), "少了 [", "[[news]]"),
    ("[issue]]", (1, 8, 9), "多了一个 ]", ""),
    ("a = [1, 2\nb = 3", (1, 5, 6), "没有配对的 ]", None),
    ("a = [1, 2\n[issue]\nb = 3", (1, 5, 6), "没有配对的 ]", None),
    ("a = [[1, 2]", (1, 5, 6), "没有配对的 ]", None),
    ("a = { b = 1\nc = 2", (1, 5, 6), "没有配对的 }", None),
    ("a = { b = 1,\n c = 2 }", (1, 5, 6), "同一行", None),
    ("a = { b = 1, }", (1, 12, 13), "多了一个逗号", ""),
    ("a = [1,, 2]", (1, 8, 9), "多了一个逗号", None),
    ("a = [1 2]", (1, 7, 8), "缺少逗号", ", "),
    ("a = ['x' 'y']", (1, 9, 10), "缺少逗号", ", "),
    ("a = ['x''y']", (1, 8, 9), "缺少逗号", "',"),
    ("a = [\n  [1]\n  [2]\n]", (2, 5, 6), "缺少逗号", "],"),
    ("a = [1, 12.5％]", (1, 9, 14), "百分号", "12.5"),
    ("]", (1, 1, 2), "左括号", None),
    ("= 1", (1, 1, 2), "缺少键名", None),
    ("a == 1", (1, 4, 5), "等号写了两个", ""),
    ("number 8", (1, 7, 8), "缺少等号", " = "),
    ("number", (1, 1, 7), "缺少等号", None),
    ("a =\nb = 1", (1, 1, 2), "没有值", None),
    ("a = # 以后填", (1, 1, 2), "没有值", None),
    ('a = "没有结尾\nb = 1', (1, 5, 10), "引号没有配对", '"没有结尾"'),
    ('a = "没有结尾\n这一行才完"', (1, 5, 10), "要放在 \'\'\' 和 \'\'\' 之间", None),
    ('a = "没有结尾 # 注', (1, 5, 14), "引号没有配对", None),
    ("a = '123.5", (1, 5, 11), "不加引号", "123.5"),
    ('source = 宁波市商务局"', (1, 10, 17), "前面少了引号", '"宁波市商务局"'),
    ('source = 宁波市，商务局” # 注', (1, 10, 18), "前面少了引号", '"宁波市，商务局"'),
    ("a = '没有结尾", (1, 5, 10), "引号没有配对", "'没有结尾'"),
    ('"k = 1', (1, 1, 7), "键名的引号", None),
    ('a = "他说"好"了"', (1, 5, 13), "半角引号", '"他说“好”了"'),
    ("a = '''\n没有结尾\n", (1, 5, 8), "没有结束", None),
    ('a = """\n没有结尾\n', (1, 5, 8), '"""', None),
    (FORGOTTEN, (3, 8, 11), "没有结束", None),
    (FORGOTTEN.replace("'''", '"""'), (3, 8, 11), '从这里开始的 """ 没有结束', None),
    ("a = '''\n正文\n’’’\nb = 1", (3, 1, 4), "半角 '''", "'''"),
    ('a = """\n正文\n”””\nb = 1', (3, 1, 4), '半角 """', '"""'),
    ("body = '''\n[注]\nx = 1\n'''\ntitle = '没完", (5, 9, 12), "引号没有配对", "'没完'"),
    ("中文 = 1", (1, 1, 7), "英文字母", None),
    ("今天天气很好，我们开了会。", (1, 1, 14), "'''", None),
    ("a = 405,832.99", (1, 5, 15), "千分位", "405832.99"),
    ("a = 405，832.99", (1, 5, 15), "千分位", "405832.99"),
    ("a = 1,234,567", (1, 5, 14), "千分位", "1234567"),
    ("a = 444489.26, 14.34", (1, 5, 21), "方括号里：[444489.26, 14.34]", "[444489.26, 14.34]"),
    ("a = 444489.26，-4.3 # 注", (1, 5, 19), "方括号", "[444489.26, -4.3]"),
    ("a = 'x', 'y'", (1, 8, 13), "方括号", None),
    ("markets = [\n  ['日本', 1],\n# ]  # 完\n[tip]", (1, 11, 12), "第 3 行的 ] 前面还有 #", None),
    ("markets = [\n  ['日本', 1],\n# ]\n", (1, 11, 12), "第 3 行的 ] 前面还有 #", None),
    ("a = 12万", (1, 5, 8), "不写单位", None),
    ("a = 442826.44万美元 # 注", (1, 5, 17), "不写单位", None),
    ("a = [1, 2.4%]", (1, 9, 13), "百分号", "2.4"),
    ("a = 2022-8-26", (1, 5, 14), "各两位", "2022-08-26"),
    ("a = 2022/08/26", (1, 5, 15), "各两位", "2022-08-26"),
    ("a = 2022.8.26", (1, 5, 14), "各两位", "2022-08-26"),
    ("a = 2022年8月26日", (1, 5, 15), "各两位", "2022-08-26"),
    ("a = 2022-02-30", (1, 5, 15), "没有 2022-02-30 这一天", None),
    ("a = 2022-13-01", (1, 5, 15), "没有 2022-13-01 这一天", None),
    ("a = 2022年2月30日", (1, 5, 15), "没有 2022-02-30 这一天", None),
    ("a = 2022-08-26 10:30", (1, 5, 21), "不写钟点", "2022-08-26"),
    ("a = inf", (1, 5, 8), "确定的数", None),
    ("a = [-nan]", (1, 6, 10), "确定的数", None),
    ("a = +inf", (1, 5, 9), "确定的数", None),
    ("a = 1e400", (1, 5, 10), "超出了范围", None),
    ("a = " + "9" * 41, (1, 5, 46), "太长", None),
    ("a = 007", (1, 5, 8), "0 开头", "7"),
    ("a = .5", (1, 5, 7), "前面要有 0", "0.5"),
    ("a = 5.", (1, 5, 7), "后面缺数字", "5"),
    ("a = True", (1, 5, 9), "小写", "true"),
    ("a = 日本", (1, 5, 7), "引号", '"日本"'),
    ("a = -", (1, 5, 6), "没有这个数", None),
    (r'a = "C:\data"', (1, 8, 10), "转义", r"\\d"),
    (r'a = "\ud800"', (1, 6, 12), "不是一个字符的编码", None),
    (r'a = "\UFFFFFFFF"', (1, 6, 16), "不是一个字符的编码", None),
    (r'image = "images\photo.jpg"', (1, 9, 27), "写成 images/photo.jpg", '"images/photo.jpg"'),
    (r'image = "C:\Users\张三\照片.jpg"', (1, 9, 29), "放进这一期的 images/ 文件夹，写成 images/照片.jpg",
     '"images/照片.jpg"'),
    (r'a = "\u12"', (1, 6, 8), "4 位十六进制", None),
    (r'a = "\u', (1, 5, 8), "引号没有配对", None),
    (r'a = """\U12"""', (1, 8, 10), "8 位十六进制", None),
    ("a = 1\x0c", (1, 6, 7), "U+000C", "\n"),
    ("a = 1\x0bb = 2", (1, 6, 7), "U+000B", "\n"),
    ("a = 1\u2028b = 2", (1, 6, 7), "U+2028", "\n"),
    ("a = '''\n甲\x0b乙\n'''", (2, 2, 3), "U+000B", "\n"),
    ("a = '甲\x0b乙'", (1, 7, 8), "U+000B", ""),
    ("a = 'x\x0by'", (1, 7, 8), "U+000B", " "),
    ("a = 'x\x1by'", (1, 7, 8), "U+001B", ""),
    ("a = 1\rb = 2", (1, 6, 7), "CR", "\n"),
    (".".join("a" * 21) + " = 1", (1, 1, 42), "20 层", None)])
def test_faults_are_placed_and_worded(text: str, where: tuple[int, int, int], words: str,
                                      suggestion: str | None) -> None:
    first = faults(text)[0]
    assert words in first.message
    assert (first.span.line, first.span.column) == where[:2]
    assert first.span.end_column == where[2]
    assert first.suggestion == suggestion


def test_a_lone_escape_at_the_end_of_the_file() -> None:
    assert "十六进制" in faults('a = "\\u"')[0].message


def test_every_fault_of_a_file_is_told_up_to_a_limit() -> None:
    assert len(faults("a ＝ 1\nb ＝ 2\nc = 3%\n")) == 3
    assert len(faults("".join(f"k{i} ＝ 1\n" for i in range(500)))) == MAX_FAULTS


# --- bombs ----------------------------------------------------------------------------------

@pytest.mark.parametrize("text", [
    ".".join("a" * 20_000) + " = 1", "[" + ".".join("a" * 20_000) + "]", "a = " + "[" * 400_000,
    "a = " + "{ b = " * 150_000, "[" * 500_000, "a = 1" + "\u3000" * 300_000, "a = \"" + "\\x" * 300_000 + '"',
    "a = '''" + "\n[[news]]" * 100_000, 'a = """' + '\\"""' * 200_000, "#\n" * 200_000 + "a = 1\n" * 90_000,
    "=" * 900_000, "a = " + "9" * 900_000, "“" * 300_000, "a = [" + "{b = 1 " * 100_000])
def test_bombs_end_fast_in_short_faults(text: str) -> None:
    before = time.process_time()
    found = faults(text)
    assert time.process_time() - before < 10
    assert all(len(finding.message) < 150 and "\n" not in finding.message for finding in found)


@pytest.mark.parametrize("make", [
    lambda n: "a = [" + '"x", ' * n + "]", lambda n: "".join(f"a{i} = '''x'''\n" for i in range(n)),
    lambda n: 'a = """' + '\\"""' * n + '"""', lambda n: "".join(f"d{i} = 2022-01-01 # x\n" for i in range(n)),
    lambda n: "[[a]]\n[[a.b]]\n" * n])
def test_time_grows_with_length_not_with_its_square(make: Any) -> None:
    texts = {count: make(count) for count in (1_500, 12_000)}
    assert grows_by(lambda count: parse(texts[count]), 1_500, 12_000) < 3


def test_files_over_one_megabyte_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "issue.toml"
    file.write_bytes(b"#" * MAX_BYTES)
    assert parse_table(read_source(file)).values == {}
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(InputFault, match="1 MB"):
        parse_table(read_source(file))


# --- encodings ------------------------------------------------------------------------------

SAMPLE = (SAMPLES / "2022-08" / "issue.toml").read_bytes()
GREETING = "# 说明\ntitle = \"我国服务外包合同额增长\"\n"


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "gb2312"])
@pytest.mark.parametrize("text", [GREETING, SAMPLE.decode()], ids=["short", "issue"])
def test_gbk_is_recognised_and_conversion_offered(tmp_path: Path, encoding: str, text: str) -> None:
    data = text.replace("\u2014", "-").replace("\u2500", "-").encode(encoding, "ignore")
    file = tmp_path / "issue.toml"
    file.write_bytes(data)
    with pytest.raises(InputFault, match=r"GBK.*press convert") as caught:
        read_source(file)
    assert caught.value.findings[0].span.line == 1
    kept = convert(file)
    assert kept is not None
    assert kept.read_bytes() == data
    assert file.read_text("utf-8") == data.decode(encoding)
    assert convert(file) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_recognised_by_its_mark(tmp_path: Path, encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    file = tmp_path / "issue.toml"
    file.write_bytes(mark + GREETING.encode(encoding))
    with pytest.raises(InputFault, match=r"UTF-16.*press convert"):
        read_source(file)
    convert(file)
    assert read_source(file).text == GREETING


def _with(data: bytes, at: int, byte: bytes) -> bytes:
    return data[:at] + byte + data[at + 1 :]


@pytest.mark.parametrize("data", [
    "新聞標題，討論服務外包的發展問題。這是一段繁體中文的文字。".encode("big5"),
    "サービス貿易の統計データを公表しました。大連市の会議が開催された。".encode("shift_jis"),
    "サービス貿易の統計データを公表しました。".encode("euc_jp"),
    'title = "café à la crème"'.encode("latin-1"), "é è à ü".encode("latin-1"), bytes(range(128, 256)),
    _with(SAMPLE, 2000, b"\xff"), SAMPLE[:2501] + SAMPLE[2502:], SAMPLE + "标题".encode("gbk"),
    _with(GREETING.encode(), 3, b"\xe9"), GREETING.encode()[:-4] + b"\n", "中文".encode("utf-16-le") + b"\xd8"],
    ids=["big5", "shift-jis", "euc-jp", "latin-1", "accents", "bytes", "damaged", "lost-byte", "mixed",
         "damaged-short", "cut", "utf-16-no-mark"])
def test_ambiguous_bytes_are_refused_and_never_converted(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "issue.toml"
    file.write_bytes(data)
    with pytest.raises(InputFault, match="认不出"):
        read_source(file)
    with pytest.raises(InputFault, match="没有改动"):
        convert(file)
    assert [path.name for path in tmp_path.iterdir()] == ["issue.toml"]
    assert file.read_bytes() == data


def test_utf32_is_not_converted_as_utf16(tmp_path: Path) -> None:
    file = tmp_path / "issue.toml"
    file.write_bytes(codecs.BOM_UTF32_LE + GREETING.encode("utf-32-le"))
    with pytest.raises(InputFault, match="没有改动"):
        convert(file)


def test_a_wrong_byte_is_placed() -> None:
    with pytest.raises(InputFault) as caught:
        decode(b"a = 1\n# \xe4\xb8\xad\xff", "x")
    assert (caught.value.findings[0].span.line, caught.value.findings[0].span.column) == (2, 4)


def test_nul_bytes_are_refused_with_their_line() -> None:
    with pytest.raises(InputFault, match="空字节") as caught:
        decode(b"a = 1\nb = '\0'\n", "x.toml")
    assert caught.value.findings[0].span.line == 2


@pytest.mark.parametrize(("make", "words"), [
    (lambda path: None, "找不到"), (lambda path: path.mkdir(), "文件夹"),
    (lambda path: path.symlink_to(path), "读不出来")], ids=["missing", "folder", "loop"])
def test_unreadable_files(tmp_path: Path, make: Any, words: str) -> None:
    make(tmp_path / "issue.toml")
    with pytest.raises(InputFault, match=words):
        read_source(tmp_path / "issue.toml")


def test_dates_stay_dates() -> None:
    assert parse("a = 2022-08-26").values["a"] == date(2022, 8, 26)


@pytest.mark.parametrize("typed", ['"“"', '"“”"', '"“”甲"  # 注', '["“", "””"]', "'‘’'", "{b = '‘'}"])
def test_a_text_may_begin_with_chinese_quotes(typed: str) -> None:
    text = f"a = {typed}\nb = 1\n"
    assert parse(text).values == tomllib.loads(text)
