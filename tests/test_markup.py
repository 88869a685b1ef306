"""The author's marks: every visible character comes out once, in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from growth import grows_by
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_press.document.inline import refused_links
from bulletin_press.document.line_groups import MAX_COLUMNS
from bulletin_press.document.markup import TextBlock, parse_body, parse_inline, safe_href, stretches
from bulletin_press.document.tree import (
    BulletList,
    Call,
    Dotted,
    Grid,
    Inline,
    Link,
    Paragraph,
    Ruby,
    Strong,
    Subheading,
    Text,
    plain_text,
    text_nodes,
)

PATH = ("news", 0, "body")


def shown(inlines: tuple[Inline, ...]) -> str:
    """Inlines in a short notation: <b>…</b>, <a href>…</a>."""
    def each(inline: Inline) -> str:
        if isinstance(inline, Text | Call):
            return inline.text
        if isinstance(inline, Dotted):
            return f"<em>{shown(inline.children)}</em>"
        if isinstance(inline, Ruby):
            return shown(inline.children) + inline.reading
        if isinstance(inline, Strong):
            return f"<b>{shown(inline.children)}</b>"
        return f"<a {inline.href}>{shown(inline.children)}</a>"
    return "".join(map(each, inlines))


def nodes(blocks: tuple[TextBlock, ...]) -> list[Text]:
    return [node for block in blocks for inlines in stretches(block) for node in text_nodes(inlines)]


def sketch(body: str) -> list[str | list[str] | list[list[str]]]:
    """Blocks in a short notation: text, # text, a list of entries, a table of rows."""
    out: list[str | list[str] | list[list[str]]] = []
    for block in parse_body(body, PATH):
        if isinstance(block, BulletList):
            out.append([shown(entry) for entry in block.entries])
        elif isinstance(block, Grid):
            out.append([[shown(cell) for cell in row] for row in (block.head, *block.rows)])
        else:
            out.append(("# " if isinstance(block, Subheading) else "") + shown(block.inlines))
    return out


# --- bold -----------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "result"), [
    ("他说**“好”**了", "他说<b>“好”</b>了"), ("**《意见》**公布", "<b>《意见》</b>公布"),
    ("共**28项**，**（一）**", "共<b>28项</b>，<b>（一）</b>"), ("**2025年，**实现", "<b>2025年，</b>实现"),
    ("**甲**乙**丙**", "<b>甲</b>乙<b>丙</b>"), ("**甲** **乙**", "<b>甲</b> <b>乙</b>"),
    ("** 甲**", "** 甲**"), ("**甲 **", "**甲 **"), ("**甲", "**甲"), ("甲**", "甲**"), ("****", "****"),
    ("138****5678、139****1234", "138****5678、139****1234"), ("**号138****5678**", "<b>号138****5678</b>"),
    ("甲****乙**丙**", "甲****乙<b>丙</b>"), ("*****甲*****", "*****甲*****"),
    ("2**3", "2**3"), ("2*3*4", "2*3*4"), ("**a*b**", "<b>a*b</b>"), (r"\**甲**", "**甲**"), (r"\*\*甲\*\*", "**甲**"),
    ("**见[文](https://a.cn)**", "<b>见<a https://a.cn>文</a></b>"),
    ("[**文**](https://a.cn)", "<a https://a.cn><b>文</b></a>"),
    ("**见https://a.cn。**", "<b>见<a https://a.cn>https://a.cn</a>。</b>")])
def test_bold(text: str, result: str) -> None:
    assert shown(parse_inline(text)) == result


# --- emphasis dots ---------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "result"), [
    ("会议==必须==公开", "会议<em>必须</em>公开"), ("==“好”==，==（一）==", "<em>“好”</em>，<em>（一）</em>"),
    ("==**必须**==", "<em><b>必须</b></em>"), ("**甲==乙==丙**", "<b>甲<em>乙</em>丙</b>"),
    ("[见==文==](https://a.cn)", "<a https://a.cn>见<em>文</em></a>"), ("==增长2倍==", "<em>增长2倍</em>"),
    # None: programs, rulings, blanks, escapes, three, none closed, over a line.
    ("a==b且c==d", "a==b且c==d"), ("当甲==1时乙==2", "当甲==1时乙==2"), ("== 甲 ==", "== 甲 =="),
    (r"\==甲==", "==甲=="),
    ("===甲===", "===甲==="), ("==甲", "==甲"), ("====", "====")])
def test_dots(text: str, result: str) -> None:
    assert shown(parse_inline(text)) == result


# --- notes ----------------------------------------------------------------------------------

def test_notes_are_numbered_as_they_are_called() -> None:
    assert sketch("甲[^b]，**乙[^1]**和[^b]。\n\n[^1]: 先**写**\n[^b]: 后写\n\n丙") == [
        "甲〔1〕，<b>乙〔2〕</b>和〔1〕。", "丙", "〔1〕后写", "〔2〕先<b>写</b>"]


@pytest.mark.parametrize("body", ["甲[^1]。", "甲。\n\n[^1]: 注", "甲[^2]。\n\n[^1]: 注", r"甲\[^1]。\n\n[^1]: 注"])
def test_no_word_of_a_note_is_lost(body: str) -> None:
    assert "".join(node.text for node in nodes(parse_body(body, PATH))) == re.sub(r"\n|\\(?=\[)", "", body)


# --- links ----------------------------------------------------------------------------------

@pytest.mark.parametrize(("typed", "href"), [
    ("https://a.cn", "https://a.cn"), ("HTTP://A.cn/x", "HTTP://A.cn/x"), (" https://a.cn/ ", "https://a.cn/"),
    ("mailto:a@b.cn", "mailto:a@b.cn"), ("www.ibm.com", "https://www.ibm.com"), ("ibm.com/a?b=1", "https://ibm.com/a?b=1"),
    ("www.a.com:8080/x", "https://www.a.com:8080/x"), ("https://中国.cn/路", "https://中国.cn/路"),
    ("https://a.cn:443/#x", "https://a.cn:443/#x")])
def test_addresses_that_are_linked(typed: str, href: str) -> None:
    assert safe_href(typed) == href


REFUSED = [
    "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", "javascript://a.cn/%0a",
    "vbscript:x", "data:text/html,x", "DATA:text/html;base64,x", "file:///etc/passwd", "FILE:///c:/x", "file:a.cn",
    "//evil.cn/x", "///a.cn", "\\\\host\\share", "/etc/passwd", "../x.png", "images/a.jpg", "#top", "?q=1", "", " ",
    "ftp://a.cn", "tel:110", "blob:https://a.cn/x", "about:blank", "view-source:https://a.cn", "https:a.cn", "https://",
    "https:///x", "http://?x", "https://a.cn/x y", "https://a.cn\n/x", "https://a.cn/\x00", "https://a.cn/\x7f",
    "https://a.cn/\u202egpj.exe", "https://a.cn/\u200b", "https://[::1", "https://a.cn:port/", "https://a.cn:99999/",
    "mailto:", "mailto:a", "mailto:a@b", "asset:x", "chrome://settings", "jar:https://a.cn!/x", "a", "localhost"]


@pytest.mark.parametrize("typed", REFUSED)
def test_addresses_that_are_refused(typed: str) -> None:
    assert safe_href(typed) is None


@pytest.mark.parametrize("typed", [typed for typed in REFUSED if not re.search(r"[\s()]", typed)])
def test_refused_links_leave_their_text_and_are_told(typed: str) -> None:
    text = f"见[原文]({typed})。"
    assert shown(parse_inline(text)) == "见原文。"
    assert [(text[a:b], address) for a, b, address in refused_links(text)] == [(typed, typed)]


@pytest.mark.parametrize(("text", "result"), [
    ("见[原文](https://a.cn/x_(y))。", "见<a https://a.cn/x_(y)>原文</a>。"),
    ("[甲](https://a.cn)[乙](https://b.cn)", "<a https://a.cn>甲</a><a https://b.cn>乙</a>"),
    ("[1] (https://a.cn)", "[1] (<a https://a.cn>https://a.cn</a>)"), ("[甲]()", "甲"),
    ("[](https://a.cn)", "[](<a https://a.cn>https://a.cn</a>)"),
    (r"\[甲](乙)", "[甲](乙)"), ("[甲", "[甲"), ("[https://a.cn](https://b.cn)", "<a https://b.cn>https://a.cn</a>"),
    ("[甲](javascript:x)", "甲")])
def test_links(text: str, result: str) -> None:
    assert shown(parse_inline(text)) == result


@pytest.mark.parametrize(("text", "address"), [
    ("网址https://a.cn。", "https://a.cn"), ("https://a.cn，即", "https://a.cn"), ("https://a.cn.", "https://a.cn"),
    ("（https://a.cn）", "https://a.cn"), ("(https://a.cn)", "https://a.cn"), ("https://a.cn/?b=1&c=%20", "https://a.cn/?b=1&c=%20"),
    ("https://a.cn/!", "https://a.cn/"), ("见 http://a.cn/#x, 再", "http://a.cn/#x"), ("“https://a.cn/x”", "https://a.cn/x"),
    ("https://a.cn/;", "https://a.cn/"), ("https://a.cn网站", "https://a.cn"), ("https://a.cn/x-1_2~", "https://a.cn/x-1_2~")])
def test_bare_addresses_end_before_trailing_marks(text: str, address: str) -> None:
    links = [inline for inline in parse_inline(text) if isinstance(inline, Link)]
    assert [(link.href, plain_text(link.children)) for link in links] == [(address, address)]
    assert plain_text(parse_inline(text)) == text


@pytest.mark.parametrize("text", ["https://", "https:// a.cn", "ftp://a.cn", "http:/a.cn"])
def test_what_is_no_address_stays_text(text: str) -> None:
    assert shown(parse_inline(text)) == text


# --- blocks ---------------------------------------------------------------------------------

@pytest.mark.parametrize(("body", "blocks"), [
    ("甲\n\n乙", ["甲", "乙"]), ("甲\n乙", ["甲乙"]), ("one\ntwo", ["one two"]), ("甲\ntwo", ["甲two"]),
    ("\n\n　　甲　\n \n", ["甲"]),
    ("甲\n\u3000\n乙", ["甲", "乙"]), ("", []), ("\n \n", []),
    ("### 小标题\n甲", ["# 小标题", "甲"]), ("## 一\n#### 二", ["# 一", "# 二"]),
    ("甲\n### 乙\n丙", ["甲", "# 乙", "丙"]),
    ("###无空格", ["###无空格"]), ("###　全角空格", ["# 全角空格"]), ("####### 七", ["####### 七"]), ("#", ["#"]),
    (r"\# 甲", ["# 甲"]), ("### **甲**", ["# <b>甲</b>"]),
    ("- 甲\n- 乙", [["甲", "乙"]]), ("* 甲\n• 乙", [["甲", "乙"]]), ("甲\n- 乙\n\n丙", ["甲", ["乙"], "丙"]),
    ("- 甲\n  续\n- 乙", [["甲续", "乙"]]), ("- 甲\n\n- 乙", [["甲"], ["乙"]]), ("-甲", ["-甲"]), ("- ", ["-"]),
    ("-1.5%", ["-1.5%"]), (r"\- 甲", ["- 甲"]), ("——甲", ["——甲"]),
    ("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", [[["甲", "乙"], ["1", "2"]]]),
    ("| 甲 | 乙 |\n| 1 | 2 |", [[["甲", "乙"], ["1", "2"]]]),
    ("|甲|乙|\n|--|:-:|\n|1|2|\n尾", [[["甲", "乙"], ["1", "2"]], "尾"]),
    ("| 甲 | 乙\n| 1 | 2", [[["甲", "乙"], ["1", "2"]]]),
    ("| 甲 |\n| 1 | 2 | 3 |\n| |", [[["甲", "", ""], ["1", "2", "3"], ["", "", ""]]]),
    (r"| a\|b | c |", [[["a|b", "c"]]]), ("| a | b \\|", [[["a", "b |"]]]),
    (r"| 甲 | **乙** |", [[["甲", "<b>乙</b>"]]]),
    ("| 甲 | 乙 |\n| --- | --- |\n| -- | -- |", [[["甲", "乙"], ["--", "--"]]]),
    ("| --- | --- |", [[["---", "---"]]]), ("| 只有一根", ["| 只有一根"]), ("甲 | 乙", ["甲 | 乙"]),
    ("- 甲\n| a | b |\n### 丙", [["甲"], [["a", "b"]], "# 丙"])])
def test_blocks(body: str, blocks: list[object]) -> None:
    assert sketch(body) == blocks


@pytest.mark.parametrize(("rule", "figures", "alignments"), [
    ("", "1 | 2.5", ("right", "right")), ("", "甲 | 2.5%", ("left", "right")), ("|--|--|", "1 | 乙", ("right", "left")),
    ("|:--|--:|", "1 | 乙", ("left", "right")), ("|:-:|:-:|", "1 | 乙", ("center", "center")),
    ("|--|", "−3,000 | —", ("right", "right"))])
def test_columns_of_figures_stand_right(rule: str, figures: str, alignments: tuple[str, ...]) -> None:
    (grid,) = parse_body("\n".join(filter(None, ["| 甲 | 乙 |", rule, f"| {figures} |"])), PATH)
    assert isinstance(grid, Grid)
    assert grid.alignments == alignments


def test_a_line_of_countless_bars_is_no_table() -> None:
    assert isinstance(parse_body("| a " * (MAX_COLUMNS + 1), PATH)[0], Grid)
    assert isinstance(parse_body("| a " * (MAX_COLUMNS + 2), PATH)[0], Paragraph)


def test_origins_and_offsets() -> None:
    body = "　　甲**乙**\n丙\n\n- 丁\n- [戊](https://a.cn)\n\n| 己 | 庚 |\n"
    blocks = parse_body(body, PATH)
    assert [block.origin.start if block.origin else None for block in blocks] == [2, 12, 37]
    assert [block.origin.path if block.origin else None for block in blocks] == [PATH] * 3
    assert [(node.text, body[node.start : node.start + len(node.text)]) for node in nodes(blocks)] == [
        (text, text) for text in ("甲", "乙", "丙", "丁", "戊", "己", "庚")]


# --- random text ----------------------------------------------------------------------------

_BODY = st.lists(st.sampled_from([
    "甲", "“好”", "，", "。", "a", "B1", " ", "\u3000", "\n", "\n\n", "**", "*", "[", "]", "(", ")", "[文](https://a.cn)",
    "[x](file:y)", "https://b.cn/x", "|", "| ", " |", "\n| ", "\n|--|--|\n", "\n- ", "\n### ", "\\", "\\|",
    "\\*", "#", "-", "𠮷",
    "é"]),
    max_size=40).map("".join)
# What the marks are made of; everything else must come out.
_MARKS = set("*[]()|\\#-:• \u3000\n") | set("https://a.cn") | set("file:y")


@given(_BODY)
@settings(max_examples=300, deadline=None)
def test_every_visible_character_comes_out_once_in_its_place(body: str) -> None:
    blocks = parse_body(body, PATH)
    seen = -1
    for node in nodes(blocks):
        assert node.text
        for i, char in enumerate(node.text):
            at = node.start + i
            assert at > seen
            assert body[at] == char or (char == " " and body[at] in " \u3000\n")
            seen = at
    visible = [char for char in body if char not in _MARKS]
    assert [char for node in nodes(blocks) for char in node.text if char not in _MARKS] == visible


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="*[]()|\\#-:•/ \u3000"), max_size=80))
@settings(max_examples=200, deadline=None)
def test_text_without_marks_stays_as_it_is(text: str) -> None:
    typed = text.strip()
    assert "".join(node.text for node in nodes(parse_body(typed, PATH))) == typed


HOSTILE: dict[str, Callable[[int], str]] = {
    "lines": lambda n: "a\n" * n, "list lines": lambda n: "- a\n" + "b\n" * n,
    "blanks": lambda n: "|--" + " " * n + "x|",
    "bars": lambda n: "|" * n + "\n" + "||\n" * n, "stars": lambda n: "**" * n, "open bold": lambda n: "**a " * n,
    "brackets": lambda n: "[" * n, "links cut short": lambda n: "[a](" * n, "links open": lambda n: "[a](()" * n,
    "nested links": lambda n: "[a](" + "[a](x)" * n, "links": lambda n: "[a](http://b)" * n,
    "schemes": lambda n: "https://" * n, "no address": lambda n: "https://" + "." * n, "escapes": lambda n: "\\*" * n,
    "bold": lambda n: "**a**" * n, "rules": lambda n: "|--|--|\n" * n, "dashes": lambda n: "|" + "-" * n + "x|",
    "heads": lambda n: "### a\n" * n, "notes": lambda n: "# a\n" * n,
    "figures": lambda n: "| a |\n| " + "1," * n + "x |",
    "tight table": lambda n: "|a|b|\n" * n}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear_in_hostile_text(name: str) -> None:
    texts = {count: HOSTILE[name](count) for count in (1_000, 8_000)}
    assert grows_by(lambda count: parse_body(texts[count], PATH), 1_000, 8_000) < 3
