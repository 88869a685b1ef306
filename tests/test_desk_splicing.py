"""Edits spliced into a file: the same values as edits of dicts, and every other byte as it was."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_press.desk.store.edits import Delete, Edit, Insert, Move, Set, differences, edited, pruned, same
from bulletin_press.desk.store.laid import Laid
from bulletin_press.desk.store.order import scaffold_order
from bulletin_press.desk.store.splicing import applied
from bulletin_press.ground.diagnostics import InputFault

SAMPLES = Path(__file__).resolve().parents[1] / "issues"
SAMPLE = (SAMPLES / "2022-08/issue.toml").read_bytes()
Path_ = tuple[str | int, ...]


def laid(text: str | bytes) -> Laid:
    return Laid(text.encode() if isinstance(text, str) else text, "issue.toml")


def after(text: str | bytes, *edits: Edit) -> str:
    return applied(laid(text), edits, scaffold_order).data.decode()


def read(data: bytes) -> dict[str, Any]:
    return tomllib.loads(data.removeprefix(codecs.BOM_UTF8).decode(), parse_float=Decimal)


# --- one thing at a time ----------------------------------------------------------------------

FIGURES = """\
# 一期
[report.signed]   # 万美元
total = [12.50, 3]  # 总额
markets = [
  ["日本", 33203, -12.93],   # 第一
  ["欧盟", 27292]  # 第二
]
rcep = { value = 1.10, growth = 2.0 } # 区域
"""


@pytest.mark.parametrize(("edit", "old", "new"), [
    (Set(("report", "signed", "total", 0), Decimal("12.500")), "12.50,", "12.500,"),
    (Set(("report", "signed", "total"), [Decimal("12.50"), 4]), "3]  #", "4]  #"),
    (Set(("report", "signed", "total"), [Decimal("12.50")]), ", 3]", "]"),
    (Set(("report", "signed", "rcep", "growth"), Decimal("-2.0")), "2.0 }", "-2.0 }"),
    (Set(("report", "signed", "rcep", "growth"), None), ", growth = 2.0", ""),
    (Set(("report", "signed", "rcep", "value"), None), "value = 1.10, ", ""),
    (Set(("report", "signed", "rcep", "share"), 5), "2.0 }", "2.0, share = 5 }"),
    (Set(("report", "signed", "markets", 0), None), '  ["日本", 33203, -12.93],   # 第一\n', ""),
    (Set(("report", "signed", "markets", 1), None), '  ["欧盟", 27292]  # 第二\n', ""),
    (Set(("report", "signed", "markets", 2), ["荷兰", 1]), "27292]  # 第二\n", '27292],  # 第二\n  ["荷兰", 1],\n'),
    (Set(("report", "signed", "foreign"), Decimal("7.10")), " # 区域\n", " # 区域\nforeign = 7.10\n"),
    (Set(("report", "signed", "total"), None), "total = [12.50, 3]  # 总额\n", ""),
    (Set(("report", "period"), "2022-06"), "[report.signed]", '[report]\nperiod = "2022-06"\n\n[report.signed]'),
    (Set(("allow", "mixed-decimals"), "已核"), "# 区域\n", '# 区域\n\n[allow]\nmixed-decimals = "已核"\n'),
])
def test_only_the_value_changes(edit: Edit, old: str, new: str) -> None:
    assert FIGURES.count(old) == 1
    assert after(FIGURES, edit) == FIGURES.replace(old, new)


@pytest.mark.parametrize(("before", "value", "new"), [
    ('"甲"', '说"乙"\\', '"说\\"乙\\"\\\\"'),
    ("'甲'", "乙", "'乙'"),
    ("'甲'", "it's", '"it\'s"'),
    ("'''\n甲\n'''", "乙\n\n丙  \n", "'''\n乙\n\n丙  \n'''"),
    ("'''甲'''", "乙", "'''乙'''"),
    ("'''甲'''", "\n乙", "'''\n\n乙'''"),
    ("'''\n甲\n'''", "有'''三个\n", '"""\n有\'\'\'三个\n"""'),
    ("'''\n甲\n'''", "末尾'", '"""\n末尾\'"""'),
    ('"""\n甲\n"""', '乙"""\\\n', '"""\n乙""\\"\\\\\n"""'),
    ('"""\n甲"""', '乙"', '"""\n乙\\""""'),
    ('"甲"', "两行\n文字", "'''\n两行\n文字'''"),
    ("'''\n甲\n'''", "", "'''\n'''"),
    ('"甲"', 3, "3"),
    ("2022-08-01", date(2022, 8, 12), "2022-08-12"),
    ("true", False, "false"),
    ("1.50", Decimal("1.500"), "1.500"),
    ("1_000", 2000, "2000"),
])
def test_a_value_keeps_its_quotes(before: str, value: Any, new: str) -> None:
    text = f"# 首\n[tip]\nbody = {before}   # 尾\n"
    made = after(text, Set(("tip", "body"), value))
    assert made == f"# 首\n[tip]\nbody = {new}   # 尾\n"
    assert same(read(made.encode())["tip"]["body"], value)


def test_a_text_that_looks_like_toml_comes_back_as_it_was() -> None:
    for value in ("[news]\nbody = '\n", "”””\n", "‘‘‘\n'''\n", "a\n[[news]]\ntitle = \n", "a\u2028b\x85c", "=\n\t\\\n"):
        made = after(SAMPLE, Set(("tip", "body"), value))
        assert read(made.encode())["tip"]["body"] == value


@pytest.mark.parametrize("value", ["响\x07铃", "软\x0b回车", "孤\r回车", "\ud800", "\x00"])
def test_control_characters_are_refused(value: str) -> None:
    with pytest.raises(InputFault, match="控制字符"):
        after(SAMPLE, Set(("tip", "body"), value))


def test_crlf_of_a_browser_is_a_line_end() -> None:
    assert read(after(SAMPLE, Set(("tip", "body"), "甲\r\n乙\r\n")).encode())["tip"]["body"] == "甲\n乙\n"


def test_crlf_and_the_mark_stay() -> None:
    data = codecs.BOM_UTF8 + SAMPLE.replace(b"\n", b"\r\n")
    value = read(SAMPLE)["tip"]["body"] + "又一行\n"
    made = applied(laid(data), [Set(("tip", "body"), value), Insert("event", 1, {"body": "甲\n"})], scaffold_order)
    plain = after(SAMPLE, Set(("tip", "body"), value), Insert("event", 1, {"body": "甲\n"}))
    assert made.data == codecs.BOM_UTF8 + plain.encode().replace(b"\n", b"\r\n")


def test_mixed_line_ends_stay() -> None:
    data = b"[tip]\r\nterm = 'a'\nbody = '''\r\nx\ny\r\n'''\r\n"
    made = applied(laid(data), [Set(("tip", "body"), "x\nz\n")], scaffold_order)
    assert made.data == data.replace(b"\ny\r", b"\nz\r")


def test_keys_go_where_the_scaffold_has_them() -> None:
    text = '[[news]]\ntitle = "甲"\n# 记\nbody = \'\'\'\n文\n\'\'\'\n'
    made = after(text, Set(("news", 0, "date"), date(2022, 8, 1)), Set(("news", 0, "source"), "乙"),
                 Set(("news", 0, "width"), "half"))
    keys = list(read(made.encode())["news"][0])
    assert keys == ["title", "source", "date", "width", "body"]


def test_a_line_that_waits_is_filled() -> None:
    text = '[[news]]\ntitle = "甲"\n# author = ""\n# qr = true                # 印成二维码\nbody = "文"\n'
    assert after(text, Set(("news", 0, "qr"), True), Set(("news", 0, "author"), "乙")) == \
        '[[news]]\ntitle = "甲"\nauthor = "乙"\nqr = true    # 印成二维码\nbody = "文"\n'


def test_a_list_that_waits_is_filled_with_its_remark() -> None:
    text = '[report.signed]\n# markets = [    # 由大到小\n#   ["日本", 数值],\n# ]\n# total = [数值, 同比]\n'
    assert after(text, Set(("report", "signed", "markets"), [["日本", Decimal("3.10")]])) == \
        '[report.signed]\nmarkets = [    # 由大到小\n  ["日本", 3.10],\n]\n# total = [数值, 同比]\n'


ITEMS = """\
# ── 二、资讯 ────
# 填法

# 头条
[[news]]
title = "甲"
# 甲之后

# 谁也不属于

[[news]]   # 乙行
title = "乙"
[news.chart]
kind = "bars"

# ── 三、动态 ────

[[event]]
body = "丙"
"""


def test_an_item_goes_with_its_comments() -> None:
    assert after(ITEMS, Delete("news", 0)) == ITEMS.replace('# 头条\n[[news]]\ntitle = "甲"\n# 甲之后\n\n', "")
    assert after(ITEMS, Delete("news", 1)) == ITEMS.replace(
        '[[news]]   # 乙行\ntitle = "乙"\n[news.chart]\nkind = "bars"\n\n', "")
    one = '# 头条\n[[news]]\ntitle = "甲"\n# 甲之后'
    two = '[[news]]   # 乙行\ntitle = "乙"\n[news.chart]\nkind = "bars"'
    assert after(ITEMS, Move("news", 0, 1)) == ITEMS.replace(one, "@").replace(two, one).replace("@", two)


def test_a_section_comes_back_under_its_heading() -> None:
    text = SAMPLE.decode()
    gone = after(text, Delete("event", 0), Delete("event", 0))
    assert "event" not in read(gone.encode())
    back = after(gone, Insert("event", 0, {"body": "甲\n"}))
    head = back.index("五、协会动态")
    assert head < back.index("[[event]]") < back.index("知识小贴士 ──")
    assert "\n\n\n" not in back


def test_items_of_a_list_in_brackets() -> None:
    text = 'event = [\n  { body = "甲" }, # 一\n  { body = "乙" }\n]\n'
    assert read(after(text, Insert("event", 1, {"body": "丙"})).encode())["event"] == \
        [{"body": "甲"}, {"body": "丙"}, {"body": "乙"}]
    assert after(text, Delete("event", 0)) == text.replace('  { body = "甲" }, # 一\n', "")


# --- whatever comes ---------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("甲乙“”‘’'\"\\#=[]{}., \n\tab12。，【】-|*`"), max_size=24)
LINES = TEXTS.map(lambda text: text.replace("\n", " "))
NUMBERS = st.one_of(st.integers(-999, 999999), st.decimals(-9999, 9999, places=2), st.decimals(0, 9, places=4))
SCALARS = st.one_of(TEXTS, NUMBERS, st.booleans(), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
VALUES = st.one_of(SCALARS, st.lists(NUMBERS, min_size=1, max_size=3),
                   st.lists(st.tuples(LINES, NUMBERS).map(list), min_size=1, max_size=3),
                   st.dictionaries(st.sampled_from(["value", "growth", "month", "一项"]), NUMBERS, min_size=1))
KEYS = st.sampled_from(["title", "source", "body", "date", "url", "more", "图 片", "image"])
ITEM = st.dictionaries(KEYS, SCALARS, min_size=1, max_size=4)
COMMENT = st.sampled_from(["", "", "# 说明\n", "\n# 说明 = 甲\n\n", "\n\n", "# ── 一节 ────\n\n"])
TAIL = st.sampled_from(["", "  # 尾", "\t#“尾”"])


@st.composite
def typed(draw: st.DrawFn) -> str:
    """A value as somebody may have typed it."""
    return draw(st.sampled_from([
        '"甲"', "'乙'", "'''\n文\n\n文\n'''", '"""\n文 \\"\n"""', "'''文'''", '"a\\tb\\u4e2d"',
        "12.50", "-3", "1_000", "true",
        "2022-08-01", "[1, 2.50]", '[\n  ["日本", 1.0], # 一\n  # 二\n  ["欧盟", 2]\n]', "[ 1,2 ,]",
        '{ value = 1.20, growth = -3.0 }', "{a = 'x', b = [1]}", '["甲", "乙",\n "丙"]', '""', "[]"]))


@st.composite
def issues(draw: st.DrawFn) -> bytes:
    """A file of sections with comments, in some order, with some line ends, perhaps with a mark."""
    parts = [draw(COMMENT)]

    def table(header: str, keys: st.SearchStrategy[str]) -> None:
        parts.append(f"{draw(COMMENT)}{header}{draw(TAIL)}\n")
        for key in draw(st.lists(keys, unique=True, max_size=4)):
            shown = f'"{key}"' if " " in key else key
            parts.append(f"{draw(COMMENT)}{shown} = {draw(typed())}{draw(TAIL)}\n")

    if draw(st.booleans()):
        table("[issue]", st.sampled_from(["number", "date", "label"]))
    if draw(st.booleans()):
        table("[report.signed]", st.sampled_from(["total", "rcep", "a.b", "markets"]))
    for name in draw(st.permutations(["news", "event", "policy"])):
        for _ in range(draw(st.integers(0, 3))):
            table(f"[[{name}]]", KEYS)
            if draw(st.integers(0, 4)) == 0:
                table(f"[{name}.chart]", st.sampled_from(["kind", "data"]))
    if draw(st.booleans()):
        table("[allow]", st.sampled_from(["a-b", "c"]))
    text = "".join(parts)
    text = text.removesuffix("\n") if draw(st.integers(0, 5)) == 0 else text
    ends = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return (codecs.BOM_UTF8 if draw(st.booleans()) else b"") + text.replace("\n", ends).encode()


def leaves(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from leaves(one, (*path, at))
    if path:
        yield path


def an_edit(draw: st.DrawFn, values: dict[str, Any]) -> Edit:
    """An edit that can be made of some values."""
    several = [name for name, one in values.items() if isinstance(one, list) and one]
    kind = draw(st.sampled_from(["set", "set", "remove", "add", "insert", "move", "delete"]))
    paths = [path for path in leaves(values) if len(path) > 1]
    if kind in ("move", "delete") and several:
        name = draw(st.sampled_from(several))
        at = draw(st.integers(0, len(values[name]) - 1))
        return Delete(name, at) if kind == "delete" else Move(name, at, draw(st.integers(0, len(values[name]) - 1)))
    if kind == "set" and paths:
        path = draw(st.sampled_from(paths))
        if not (len(path) == 2 and isinstance(path[1], int)):
            return Set(path, draw(VALUES))
    if kind == "remove" and paths:
        return Set(draw(st.sampled_from(paths)), None)
    if kind == "add":
        tables = [path for path in leaves(values) if isinstance(at_path(values, path), dict)]
        path = draw(st.sampled_from([*tables, ("tip",), ("allow",), ("report", "executed")]))
        return Set((*path, draw(st.sampled_from(["title", "more", "新 键", "value", "b-c"]))), draw(VALUES))
    name = draw(st.sampled_from(["news", "event", "member"]))
    return Insert(name, draw(st.integers(0, len(values.get(name, [])))), draw(ITEM))


def at_path(values: Any, path: Path_) -> Any:
    for part in path:
        values = values[part]
    return values


def is_within(small: list[str], large: list[str]) -> bool:
    """Whether some lines stand among others, in order."""
    rest = iter(large)
    return all(line in rest for line in small)


@settings(max_examples=60)
@given(st.data())
def test_any_edits_of_any_file_are_those_of_its_values(data: st.DataObject) -> None:
    file = laid(data.draw(issues()))
    values = read(file.data)
    assert same(file.table.values, values)
    for _ in range(data.draw(st.integers(1, 4))):
        edit = data.draw(st.composite(an_edit)(values))
        made = applied(file, [edit], scaffold_order)
        values = edited(values, edit)
        assert same(pruned(read(made.data)), pruned(values))
        _nothing_else(file, made, edit)
        file, values = made, read(made.data)


def _nothing_else(before: Laid, made: Laid, edit: Edit) -> None:
    """What an edit is not about is there as it was."""
    assert made.data.startswith(codecs.BOM_UTF8) == before.data.startswith(codecs.BOM_UTF8)
    if b"\r\n" in before.data and b"\n" not in before.data.replace(b"\r\n", b""):
        assert b"\n" not in made.data.replace(b"\r\n", b"")
    old, new = before.raw.split("\n"), made.raw.split("\n")
    bare = [[line.rstrip("\r") for line in lines if line.strip()] for lines in (old, new)]
    if isinstance(edit, Insert) and isinstance(before.table.value((str(edit.section),)), list | None):
        assert is_within(bare[0], bare[1])
    elif isinstance(edit, Delete):
        assert is_within(bare[1], bare[0])
    elif isinstance(edit, Move):
        assert sorted(bare[0]) == sorted(bare[1])
    elif isinstance(edit, Set):
        _value_alone(before, made, edit)


def _value_alone(before: Laid, made: Laid, edit: Set) -> None:
    place = before.table.places.get(edit.path)
    # A table's or a list's place is its header: what is set key by key is looked at key by key.
    typed_here = place is not None and (place.characters is not None or not isinstance(
        before.table.value(edit.path), dict | list))
    if typed_here and place and edit.value is not None:
        start, end = before.raw_at(place.value[0]), before.raw_at(place.value[1])
        assert made.raw.startswith(before.raw[:start])
        assert made.raw.endswith(before.raw[end:])
    comments = [[one.source.text[c.start : c.end] for c in one.comments] for one in (before.table, made.table)]
    if edit.value is not None and typed_here:
        assert comments[0] == comments[1]


@settings(max_examples=25)
@given(issues(), issues())
def test_differences_lead_from_one_state_to_the_other(one: bytes, other: bytes) -> None:
    old, new = read(one), read(other)
    values = old
    for edit in differences(old, new):
        values = edited(values, edit)
    assert same(pruned(values), pruned(new))
