"""Where everything stands in a TOML file, and all that is wrong with its syntax.

``tomllib`` says what a file means but neither where nor, in words a secretary can use, what is
wrong with it. This scanner walks the same text and records the place of every key, value and
character of a string; it reads full-width marks as the ASCII marks they were meant to be and
reports each. After a fault it goes on at the next statement, and notes how the text must be mended
for ``tomllib`` to read the rest: values themselves are taken from ``tomllib`` alone.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from bulletin_press.toml.advice import (
    BUILT_IN,
    ENGLISH,
    KeyPath,
    SectionNames,
    bracketed,
    key_meant,
    quantity_meant,
    row_meant,
    value_meant,
    values_meant,
)
from bulletin_press.toml.picture_paths import advice, looks_like_picture
from bulletin_press.toml.typed_values import (
    MAX_POWER,
    MAX_TOKEN,
    Advice,
    is_sheet_error,
    is_sheet_value,
    real_day,
)

__all__ = ["LOST", "MAX_DEPTH", "MAX_FAULTS", "Comment", "Fault", "KeyPath", "Place", "Scanner"]

MAX_DEPTH = 20
# Past this many nobody reads on, and the file is most likely not what it should be.
MAX_FAULTS = 100
# Begins the names of what stands at a place that nobody knows; no file can have such a key typed.
LOST = "\x7f"
# A key of a table, which one is not known.
_ANY = "?"

_FOLD = {
    **dict.fromkeys("＝", "="), **dict.fromkeys("“”„‟〝〞＂", '"'), **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("，、﹐", ","), **dict.fromkeys("［【〔", "["), **dict.fromkeys("］】〕", "]"),
    "；": ";", "｛": "{", "｝": "}", "．": ".", "。": ".", "＋": "+", "＃": "#", "：": ":", "％": "%",
    **dict.fromkeys("−－–—﹣", "-"), "＿": "_",
    **dict.fromkeys("\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
                    "\u202f\u205f\ufeff\u2060", " "),
    **dict.fromkeys(map(chr, (*range(9), *range(14, 32), 127)), " "),
    **dict.fromkeys("\x0b\x0c\r\x85\u2028\u2029", "\n"),
    **{chr(0xFF10 + i): str(i) for i in range(10)},
    **{chr(0xFF21 + i): chr(0x41 + i) for i in range(26)},
    **{chr(0xFF41 + i): chr(0x61 + i) for i in range(26)},
}
_NAMES = {" ": "半角空格（或删去）", ",": "半角逗号 ,", "-": "半角减号 -", "=": "半角等号 =",
          '"': '半角引号 "', "'": "半角引号 '", ".": "半角小数点 ."}
# What breaks a line elsewhere (a soft return of Word's, an old Mac's line end), and is none to TOML.
_BREAKS = "\x0b\x0c\r\x85\u2028\u2029"

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(
    r"[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d+)?\Z|0[xob][0-9A-Fa-f_]+\Z", re.ASCII)
_DATE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?\Z"
    r"|\d{2}:\d{2}:\d{2}(?:\.\d+)?\Z", re.ASCII)
_ESCAPE = re.compile(r'\\(?:[btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_FOLDED_LINE = re.compile(r"\\[ \t]*\n\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LINE_END = re.compile(f"[\n{_BREAKS}]")
_LONG_CLOSE = {"'": re.compile("'''"), '"': re.compile(r'\\.|"""', re.S)}
_WRONG_CLOSE = {"'": re.compile(r"^[ \t]*([‘’＇']{3})[ \t]*$", re.M),
                '"': re.compile(r'^[ \t]*([“”＂"]{3})[ \t]*$', re.M)}
_OPENING_LINE = re.compile(r"(?:^|[\s{,])[A-Za-z_][\w-]*[ \t]*[=＝][ \t]*\Z")
_COMMENTED_END = re.compile(r"^[ \t]*#[ \t]*\][ \t]*(?:#.*)?$", re.M)
_TIME_OF_DAY = re.compile(r" \d{2}:\d{2}", re.ASCII)
_NEXT_PAIR = re.compile(r"[A-Za-z_][\w.-]*\s*[=＝]")
_NEXT_HEADER = re.compile(r"\[{1,2}[A-Za-z_][\w.-]*\]{1,2}\s*(?:#.*)?$", re.M)
# A line that can be nothing but the beginning of a statement: where reading goes on after a fault.
_STATEMENT = re.compile(
    r"^[ \t\u3000]*(?:"
    r"[\[［【]{1,2}[ \t]*[A-Za-z_][\w.-]*[ \t]*[\]］】]{1,2}[ \t]*(?:[#＃].*)?$"
    r"|[A-Za-z_][\w-]*(?:[ \t]*[.．][ \t]*[\w-]+)*[ \t]*[=＝]"
    r"|[A-Za-z_][\w-]*[ \t]*[:：][ \t]*[\"“'‘\d\[]"
    rf"|(?:{'|'.join(ENGLISH)})[ \t]*[=＝:：]"
    rf"|[\[［【]{{1,2}}(?:{'|'.join(ENGLISH)})[\]］】]{{1,2}})", re.M)
_ROW = re.compile(r"[ \t\u3000]*[\[［【\]］】{｛\"“'‘#＃\d]")
# A row of a ranking, and the end of its list.
_STRAY_ROW = re.compile(r"[ \t]*[\[［【][ \t]*[\"“'‘][^\n\]］]*[,，、\t]")
_STRAY_END = re.compile(r"[ \t]*[\]］】][ \t]*(?:[#＃].*)?$", re.M)
# Tables that there is one of.
_SINGLE = frozenset({"issue", "report", "tip", "allow", "publication", "theme", "sections", "charts", "style", "terms",
                     "rules"})
# Two quotes that open a text as if they were three.
_TWO_QUOTES = re.compile(r"[=＝][ \t]*(?:\'\'|\"\")[ \t]*\n[ \t\n]*\Z")
# One number with a space in it, or two numbers.
_ONE_OR_TWO = re.compile(r"\d{1,3} \d{3}(?!\d)", re.ASCII)
_COMMENT_AFTER = re.compile(r"\s#")
# A key and the mark after it: a second field on a line; and fields that are whole, up to the line's end.
_KEY = rf"(?:[A-Za-z_][\w-]*|{'|'.join(ENGLISH)})"
_FIELD = re.compile(rf"[,，;；、]?\s*({_KEY})[ \t]*[=＝]")
_FIELD_LATER = re.compile(rf"[\s\"'”’,，;；、]({_KEY})[ \t]*[=＝][ \t]*[\"“'‘\d]")
_FIELDS = re.compile(
    rf"""[,，;；、]?[ \t\u3000]*+"""
    rf"""(?:{_KEY}[ \t]*[=＝][ \t]*(?:"(?!"")[^"\\\n]*+"|'(?!'')[^'\n]*+'|[\d.+-]++|true|false"""
    r"""|\[[^\[\]\n]*+\]|\{[^{}\n]*+\})[ \t]*+[,，;；、]?[ \t\u3000]*+)*"""
    rf"""(?:{_KEY}[ \t]*[=＝][ \t]*(?:\'\'\'|\"\"\"))?[ \t]*(?:\#.*)?""")
_GROUPED_FIELD = re.compile(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?=[ \t]*[,，}｝])", re.ASCII)
_THOUSANDS_MARK = re.compile(r"\d[，﹐]\d{3}", re.ASCII)
_WHOLE_VALUE = re.compile(r"[\d.+-]+|true|false|\"[^\"]*\"|'[^']*'")
# A comment as other languages have it, or a line of marks; no key.
_FOREIGN_COMMENT = re.compile(r"(?:--+|//+|;+|%+|=+|\*+|[—－─━═]+)(?:[ \t]*(?=\n|\Z)|(?<=--)(?=[^\w\n-])"
                              r"|(?<=//)|(?<=[;%]))"
                              r"(?![^\n]*[=＝][ \t]*[\"'“\d\[])")
_VALUE_START = re.compile(r"[\"“'‘\[［【{｛\d０-９+＋−－-]|true|false")


@dataclass(frozen=True)
class Fault:
    """A stretch of the text that TOML does not allow, in words for the person who typed it.

    ``certain`` says that the suggestion is beyond doubt. ``path`` is the key whose value is at fault, and
    ``advice`` what is known of that value.
    """

    start: int
    end: int
    message: str
    suggestion: str | None = None
    rule: str = "toml-syntax"
    certain: bool = False
    path: KeyPath = ()
    advice: Advice | None = None


@dataclass(frozen=True)
class Place:
    """Where a key and its value stand (0-based offsets, ends exclusive).

    ``characters`` maps the n characters of a string value to n + 1 offsets; None for others.
    """

    key: tuple[int, int]
    value: tuple[int, int]
    characters: Sequence[int] | None = None


@dataclass(frozen=True)
class Comment:
    """A comment, from its # to the end of its line; ``path`` is the table or list that it stands in."""

    start: int
    end: int
    path: KeyPath


class _Stop(Exception):
    """The statement cannot be read on; the fault, from where reading must go on, is recorded."""


class _Enough(Exception):
    """There are more faults than anybody reads."""


@dataclass
class Scanner:
    """One pass over a TOML text: fills ``places``, ``faults`` and ``comments``.

    ``damaged`` are the paths of which a fault has left no certain value; ``_ANY`` ends the path of a table
    in which some key could not be read.
    """

    text: str
    sections: SectionNames = BUILT_IN
    places: dict[KeyPath, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    damaged: set[KeyPath] = field(default_factory=set)
    pos: int = 0

    _prefix: KeyPath = ()
    _counts: dict[KeyPath, int] = field(default_factory=dict)
    _tables: dict[KeyPath, int] = field(default_factory=dict)
    _long_string: tuple[int, int] | None = None
    _line_seen: tuple[int, int] = (0, -1)
    _text_line_end: int = -1
    _edits: list[tuple[int, int, str]] = field(default_factory=list)
    _strings: list[tuple[int, int, bool]] = field(default_factory=list)
    _statement_at: int = 0
    _statement_path: KeyPath = ()
    _last_value: int = 0
    _nested: int = 0
    _resume: int = 0
    _lost: int = 0
    _row_closed: bool = False

    def scan(self) -> None:
        """Walk the whole text; after a fault, on from the next statement."""
        try:
            self._controls()
            while True:
                try:
                    if not self._statement():
                        break
                except _Stop:
                    self._go_on()
        except _Enough:
            pass
        self._place_controls()

    def mended(self) -> str:
        """The text with what could not be read left out, and slips corrected: what tomllib can read of it.

        What a key is called that nobody can know begins with ``LOST``.
        """
        parts, at = [], 0
        for start, end, new in sorted(self._edits, key=lambda edit: (edit[0], -edit[1])):
            if start >= at:
                parts += [self.text[at:start], new]
                at = end
        return "".join([*parts, self.text[at:]])

    # --- going on after a fault ---------------------------------------------------------------

    def _go_on(self) -> None:
        """Leave out the statement at fault; go on at the next line that begins one."""
        self._nested, self._row_closed = 0, False
        found = _STATEMENT.search(self.text, self._resume)
        self.pos = found.start() if found else len(self.text)
        lost = self._statement_path == (_ANY,) and self._prefix[:1] and str(self._prefix[0]).startswith(LOST)
        self._cut(self._statement_at, self.pos, f"{_lost_header(self._prefix)}\n" if lost else "")
        self.damaged.add(self._statement_path)

    def _cut(self, start: int, end: int, new: str) -> None:
        """Mend a stretch; what was mended inside it has gone with it."""
        while self._edits and self._edits[-1][0] >= start:
            self._edits.pop()
        self._edits.append((start, end, new))

    def _lost_key(self) -> str:
        self._lost += 1
        return f"{LOST}{self._lost}"

    # --- characters -------------------------------------------------------------------------

    def _controls(self) -> None:
        for match in _CONTROL.finditer(self.text):
            self._fault(*match.span(), "")

    def _place_controls(self) -> None:
        """Say of each control character what it was meant to be, which its surroundings tell."""
        starts, old = [start for start, _, _ in self._strings], list[int]()
        for index, fault in enumerate(self.faults):
            if fault.message:
                continue
            char = self.text[fault.start]
            inside = bisect_left(starts, fault.end) - 1
            start, end, several = self._strings[inside] if inside >= 0 else (0, 0, False)
            line = start < fault.start < end and not several
            meant = "\n" if char in _BREAKS and not line else ""
            if char in _BREAKS and line and self._between_words(fault.start):
                meant = " "
            if char == "\r" and meant == "\n":
                self._edits.append((fault.start, fault.end, meant))
                old.append(index)
                continue
            name = \
                f"这里有软回车或分页符（U+{ord(char):04X}），{'改为换行' if meant == chr(10) else '请删去'}" \
                if char in _BREAKS else f"这里有看不见的控制字符（U+{ord(char):04X}），请删去"
            self.faults[index] = Fault(fault.start, fault.end, name, meant, certain=True)
            self._edits.append((fault.start, fault.end, meant))
        for index in reversed(old[1:]):
            del self.faults[index]
        if old:
            first = self.faults[old[0]]
            others = f"（连这里共 {len(old)} 处）" if len(old) > 1 else ""
            self.faults[old[0]] = Fault(first.start, first.end, f"这里的换行是旧式写法（只有 CR）{others}：运行 press "
                                        "check --fix 一次改好，或用编辑器另存为 LF 换行", "\n", certain=True)

    def _between_words(self, at: int) -> bool:
        """Whether both neighbours of a character are ASCII: a space is needed between words."""
        return self.text[at - 1 : at].isascii() and self.text[at + 1 : at + 2].isascii()

    def _peek(self, ahead: int = 0) -> str:
        at = self.pos + ahead
        if at >= len(self.text):
            return ""
        char = self.text[at]
        return _FOLD.get(char, char)

    def _take(self) -> str:
        """The next character as meant; a full-width one is recorded as a fault."""
        char, meant = self.text[self.pos], self._peek()
        if char != meant and not _CONTROL.match(char):
            code = f"U+{ord(char):04X}"
            name = f"看不见的特殊空格（{code}）" if meant == " " else f"看不见的换行符（{code}）" if meant == "\n" \
                else f"全角字符 {char}（{code}）"
            wanted = "普通的换行" if meant == "\n" else _NAMES.get(meant, f"半角 {meant}")
            grouped = meant == "," and _THOUSANDS_MARK.fullmatch(self.text, max(0, self.pos - 1), self.pos + 4)
            hint = "；若是千分位的逗号，就删去" if grouped else ""
            self._fault(self.pos, self.pos + 1, f"这里是{name}，应改为{wanted}{hint}", meant, certain=True)
            self._edits.append((self.pos, self.pos + 1, meant))
        self.pos += 1
        return meant

    def _fault(self, start: int, end: int, message: str, suggestion: str | None = None,
               rule: str = "toml-syntax", *, certain: bool = False, path: KeyPath = (),
               advice: Advice | None = None) -> None:
        self.faults.append(Fault(start, end, message, suggestion, rule, certain, path, advice))
        if len(self.faults) >= MAX_FAULTS:
            raise _Enough

    def _stop(self, start: int, end: int, message: str, suggestion: str | None = None, *,
              certain: bool = False) -> _Stop:
        swallowed = self._swallowed()
        if swallowed is not None:
            start, end = swallowed
            message, suggestion = self._unended(start), None
            self._forget(start)
        self._resume = self._line_after(start)
        self._fault(start, end, message, suggestion, certain=certain)
        return _Stop()

    def _forget(self, start: int) -> None:
        """Go back to the statement that a swallowing string belongs to: what was read since is wrong."""
        line = self.text.rfind("\n", 0, start) + 1
        self.faults = [fault for fault in self.faults if fault.end <= line or not fault.message]
        path = self._string_path
        self._statement_at, self._statement_path, self._prefix = min(self._statement_at, line), path, path[:-1]
        self._long_string = None
        for stale in [stale for stale, place in self.places.items() if place.key[0] > start]:
            del self.places[stale]
            self._tables.pop(stale, None)
        for several, count in self._counts.items():
            while count and (*several, count - 1) not in self.places:
                count -= 1
            self._counts[several] = count

    @property
    def _string_path(self) -> KeyPath:
        at = self._long_string[0] if self._long_string else -1
        return next((path for path, place in reversed(self.places.items()) if place.value[0] == at),
                    self._statement_path)

    def _line_after(self, start: int) -> int:
        found = self.text.find("\n", start)
        return len(self.text) if found < 0 else found + 1

    def _unended(self, start: int) -> str:
        quotes = (_FOLD.get(self.text[start], self.text[start])) * 3
        return f"从这里开始的 {quotes} 没有结束：正文写完后，要另起一行写 {quotes}"

    def _swallowed(self) -> tuple[int, int] | None:
        """The opening of the last long string, if it seems to have run over its end.

        A forgotten ''' makes the next one, an opening one, close the string; the fault shows
        far below.
        """
        if self._long_string is None:
            return None
        start, end = self._long_string
        last_line = self.text.rfind("\n", start, end) + 1
        before = self.text[last_line : end - 3] if last_line else ""
        return (start, start + 3) if _OPENING_LINE.search(before) else None

    def _blank(self) -> None:
        while self._peek() in (" ", "\t") and self.pos < len(self.text):
            self._take()

    def _comment(self, path: KeyPath) -> None:
        if self._peek() == "#" and not (self._nested and is_sheet_value(self.text[self.pos : self.pos + MAX_TOKEN])):
            start = self.pos
            self._take()
            found = _LINE_END.search(self.text, self.pos)
            self.pos = found.start() if found else len(self.text)
            self.comments.append(Comment(start, self.pos, path))

    def _blank_lines(self, path: KeyPath) -> None:
        while True:
            self._blank()
            self._comment(path)
            if self._peek() != "\n":
                return
            self._take()

    def _line_end(self) -> None:
        before = self.pos
        self._blank()
        self._comment(self._prefix)
        if self.pos >= len(self.text):
            return
        if self._peek() != "\n":
            self._left_over(before)
        if self._peek() == "\n" and self.pos < len(self.text):
            self._take()

    def _left_over(self, before: int) -> None:
        """What stands behind a statement on its line: several values, or what should be a line of its own."""
        if self._swallowed():
            raise self._stop(self.pos, self.pos + 1, "")
        end = self._end_of_line()
        rest = self.text[self.pos : end].strip()
        start, line = self._last_value, self.text[self.pos : end]
        comment = _COMMENT_AFTER.search(line)
        stop = self.pos + len((line[: comment.start()] if comment else line).rstrip())
        typed = self.text[start:stop]
        # What was a mark of one number before the whole was seen is a part of it now.
        self.faults = [fault for fault in self.faults if fault.start < start or not fault.message]
        path, instead = self._statement_path, ""
        quote = self.text[before - 1 : before]
        if self._body_goes_on(start, before):
            return
        if start < before and (field := _FIELD.match(rest)):
            self._two_fields(before, field, certain=_FIELDS.fullmatch(rest) is not None)
            return
        if rest in (",", "，", ";", "；", "。", "、"):
            self._fault(self.pos, stop, f"行末多了“{rest}”", "", certain=True)
        elif rest.startswith("//"):
            self._fault(self.pos, self.pos + 2, "注释用 #，不用 //", "#", certain=True)
        elif self.text[self._statement_at] in "[［【" and _STATEMENT.match(rest):
            self._fault(before, self.pos, "表名要单独占一行，后面的内容另起一行", "\n", certain=True)
            self._cut(before, self.pos, "\n")
            return
        elif start < before and quote in ("'", '"') and rest.endswith(quote) and self._inner_quotes(start, stop):
            pass
        elif start < before and (meant := values_meant(typed, path)):
            self._fault(start, stop, meant.message, meant.suggestion, certain=meant.certain, path=path)
            if meant.suggestion:
                before, instead = start, meant.suggestion
        elif start < before and (unit := quantity_meant(typed, path)):
            self._fault(start, stop, unit.message, unit.suggestion, certain=unit.certain, path=path, advice=unit)
            before, instead = start, unit.suggestion or self.text[start:before]
        elif start < before and re.fullmatch(r"[(（][^()（）]*[)）]", rest):
            self._fault(self.pos, stop, f"数字和文字后面的说明“{rest[:12]}”：删去，或在它前面加 #", f"# {rest}")
        elif self._peek() == ",":
            self._fault(self.pos, end, "几个值要放在方括号里，例如 [102670.76, 2.1]")
        elif start >= before and rest in ("]", "］", "】") and path:
            self._closed_twice(path)
        elif start < before and (field := _FIELD_LATER.search(rest)):
            self._fault(self.pos, end, f"两项写在一行：从“{field[1]}”起另起一行；文字里面的引号改成中文的“ ”")
        else:
            self._fault(self.pos, end, f"这一行到“{rest[:12]}”之前已经完整，多出来的内容要另起一行，或用 # 写成注释")
        self.damaged.add(path)
        self._cut(before, stop, instead)
        self.pos = stop
        self._blank()
        self._comment(self._prefix)
        self.pos = max(self.pos, end)

    def _body_goes_on(self, start: int, before: int) -> bool:
        """Three quotes inside a body, which end it for TOML: where it was meant to end, in a line of its own."""
        quotes = self.text[before - 3 : before]
        if quotes not in ("'''", '"""') or self.text[start : start + 3] != quotes \
                or _FIELD.match(self.text, self.pos):
            return False
        close = re.compile(rf"^[ \t]*{quotes}[ \t]*$", re.M).search(self.text, self.pos)
        following = _STATEMENT.search(self.text, self.pos)
        if not close or (following and following.start() < close.start()):
            return False
        self._fault(before - 3, before, f"正文里面有 {quotes}，正文到这里就断了：里面的引号改成中文的“ ”")
        self.damaged.add(self._statement_path)
        self._cut(start, close.end(), '""')
        self.pos = close.end()
        return True

    def _two_fields(self, before: int, field: re.Match[str], *, certain: bool) -> None:
        """Two fields on one line, the second of which is read as a line of its own."""
        at = self.pos + field.start(1)
        self._fault(before, at, f"两项写在一行：从“{field[1]}”起另起一行", "\n" if certain else None, certain=certain)
        self._cut(before, at, "\n")
        self.pos = at

    def _inner_quotes(self, start: int, stop: int) -> bool:
        """Quotes within quotes: inside, Chinese ones are meant; False where several texts stand in a row."""
        quote, inner = self.text[start], self.text[start + 1 : stop - 1]
        if field := re.search(rf"{quote}[\s,，;；]*+({_KEY})[ \t]*[=＝][ \t]*{quote}", inner):
            self._fault(start, stop, f"两项写在一行：从“{field[1]}”起另起一行；文字里面的引号改成中文的“ ”")
            return True
        parts = inner.split(quote)
        if any(not re.search(r"\w", part) for part in parts[1:-1:2]) or "\\" in inner:
            return False
        if quote == "'":
            double = f'"{inner}"' if '"' not in inner else None
            self._fault(start, stop, "引号里面又有同样的引号：外面改用双引号", double)
            return True
        meant = "".join(part + ("" if i == len(parts) - 1 else "”" if i % 2 else "“") for i, part in enumerate(parts))
        self._fault(start, stop, "引号里面又有半角引号：里面的引号改成中文的“ ”",
                    f'"{meant}"' if len(parts) % 2 else None)
        return True

    def _closed_twice(self, path: KeyPath) -> None:
        """[news]]: one bracket too many at the end, or one too few at the beginning."""
        self._fault(self.pos, self._end_of_line(), "这一行到“]”之前已经完整，多了一个 ]", "")

    def _end_of_line(self) -> int:
        start, end = self._line_seen
        if not start <= self.pos <= end:  # one line of a megabyte must not be searched anew each time
            found = _LINE_END.search(self.text, self.pos)
            end = found.start() if found else len(self.text)
            self._line_seen = (self.pos, end)
        return end

    # --- statements -------------------------------------------------------------------------

    def _statement(self) -> bool:
        self._blank_lines(self._prefix)
        if self.pos >= len(self.text):
            return False
        self._statement_at, self._statement_path = self.pos, (*self._prefix, _ANY)
        if self._foreign_comment():
            self._last_value = self.pos
        elif self._peek() == "[":
            self._header()
        else:
            self._pair(self._prefix)
        self._line_end()
        return True

    def _header(self) -> None:
        start = self.pos
        if _STRAY_ROW.match(self.text, start):
            self._stray_rows(start)
            return
        self._statement_path = (_ANY,)
        self._prefix = (self._lost_key(),)  # until the header is read: what follows belongs to none
        self._take()
        double = self._peek() == "["
        if double:
            self._take()
        self._blank()
        key, _, _ = self._key(header=True)
        double = self._closed(key, start, double)
        path = self._resolve(key[:-1])
        self._deep(path + key, start)
        self._enter((*path, key[-1]), start, double=double, shown=".".join(key))
        self._statement_path, self._last_value = self._prefix, self.pos

    def _stray_rows(self, start: int) -> None:
        """Rows of a list whose beginning is missing: one fault for all of them."""
        end = self._end_of_line()
        self._fault(start, end, "这一行像是列表里的一行，上面却没有开头：前面要先有一行 键 = [，例如 markets = [")
        self.damaged.add(self._statement_path)
        at = end
        while _STRAY_ROW.match(self.text, at + 1) or _STRAY_END.match(self.text, at + 1):
            at = self._end_of(at + 1)
        self._cut(start, at, "")
        self.pos = at

    def _closed(self, key: tuple[str, ...], start: int, double: bool) -> bool:
        """Read the end of a header; returns whether double brackets were meant."""
        name = ".".join(key)
        close = "]]" if double else "]"
        for number in range(len(close)):
            self._blank()
            if self._peek() != "]":
                return self._unclosed_header(name, start, double=double, half=number == 1)
            self._take()
        if not double and self._peek() == "]" and name in self.sections.several:
            self.pos += 1
            self._fault(start, self.pos, f"“{self.text[start:self.pos]}”少了 [", bracketed(name, double=True),
                        certain=True)
            self._edits.append((start, self.pos, bracketed(name, double=True)))
            return True
        return double

    def _unclosed_header(self, name: str, start: int, *, double: bool, half: bool) -> bool:
        end = self._end_of_line()
        line = self.text[start:end]
        comment = _COMMENT_AFTER.search(line)
        line = (line[: comment.start()] if comment else line).rstrip()
        meant = double and (not half or name not in _SINGLE)
        what = "多了一个 [" if double and not meant else f"少了{']]' if double else ']'}"
        self._fault(start, start + len(line), f"“{line.strip()}”{what}",
                    bracketed(name, double=meant), certain=half or line.rstrip() == line[:1] + name)
        self.pos = start + len(line)
        self._cut(start, self.pos, bracketed(name, double=meant))
        return meant

    def _enter(self, path: KeyPath, start: int, *, double: bool, shown: str) -> None:
        """Stand in a table from here on."""
        if double:
            if path in self._tables:
                self._make_several(path, start, shown)
            index = self._counts.get(path, 0)
            self._counts[path] = index + 1
            self._prefix = (*path, index)
            self.places.setdefault(path, Place((start, self.pos), (start, self.pos)))
        elif path in self._counts or (path in self._tables and shown in self.sections.several):
            self._several_again(path, start, shown)
        elif path in self._tables:
            self._duplicate(path, start, f"[{shown}]")
            self._prefix = (self._lost_key(),)
            self._cut(start, self.pos, _lost_header(self._prefix))
        else:
            self._prefix = path
            self._tables[path] = start
        for length in range(1, len(self._prefix)):
            self.places.setdefault(self._prefix[:length], Place((start, self.pos), (start, self.pos)))
        self.places[self._prefix] = Place((start, self.pos), (start, self.pos))

    def _make_several(self, path: KeyPath, start: int, shown: str) -> None:
        """[news] and then [[news]]: the first was meant as one of several."""
        first = self._tables.pop(path)
        place = self.places[path].key
        line = self.text.count("\n", 0, start) + 1
        self._fault(*place, f"第 {line} 行还有一个 [[{shown}]]：每一则都用双方括号，这里也写 [[{shown}]]",
                    f"[[{shown}]]", "duplicate-key", certain=shown in self.sections.several)
        self._edits.append((*place, f"[[{shown}]]"))
        self._edits.sort()
        self._counts[path] = 1
        length = len(path)
        for old in [old for old in self.places if old[:length] == path]:
            self.places[(*path, 0, *old[length:])] = self.places.pop(old)
        self.damaged = {(*path, 0, *old[length:]) if old[:length] == path else old for old in self.damaged}
        for table in [table for table in self._tables if table[:length] == path]:
            self._tables[(*path, 0, *table[length:])] = self._tables.pop(table)
        self.places[path] = Place((first, place[1]), (first, place[1]))

    def _several_again(self, path: KeyPath, start: int, shown: str) -> None:
        """[news] after [[news]], or a second [news]: one more was meant."""
        if path in self._tables:
            self._make_several(path, start, shown)
        line = self.text.count("\n", 0, self.places[path].key[0]) + 1
        self._fault(start, self.pos, f"“[{shown}]”写了两次，第 {line} 行已经有了；如果要写第二条，请用双方括号 "
                    f"[[{shown}]]", f"[[{shown}]]", "duplicate-key", certain=shown in self.sections.several)
        self._cut(start, self.pos, f"[[{shown}]]")
        self._prefix = (*path, self._counts[path])
        self._counts[path] += 1

    def _duplicate(self, path: KeyPath, start: int, shown: str) -> None:
        first = self.places[path].key[0] if path in self.places else self._tables.get(path, start)
        line = self.text.count("\n", 0, first) + 1
        hint = "：一节只写一次，把两处并成一节，或删去一处" if shown.startswith("[") else "：留一行，另一行删去"
        self._fault(start, self.pos, f"“{shown}”写了两次，第 {line} 行已经有了{hint}",
                    rule="duplicate-key")

    def _resolve(self, key: tuple[str, ...]) -> KeyPath:
        """A dotted header, with the index of the last element of every array of tables."""
        path: KeyPath = ()
        for part in key:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _deep(self, path: KeyPath, start: int) -> None:
        if len(path) > MAX_DEPTH:
            raise self._stop(start, min(self.pos, start + 60), f"嵌套超过 {MAX_DEPTH} 层")

    def _key(self, *, header: bool = False) -> tuple[tuple[str, ...], int, int]:
        """A dotted key: its parts, and the offsets around it."""
        start, parts = self.pos, []
        while True:
            char = self._peek()
            if char in ('"', "'"):
                quote_at = self.pos
                characters = self._short_string()
                if characters is None:
                    raise self._stop(quote_at, self._end_of_line(), "键名的引号没有配对")
                parts.append(self._quoted_key(quote_at, characters))
            else:
                parts.append(self._bare_key(start, header=header))
            end = self.pos
            self._blank()
            if len(parts) > MAX_DEPTH:
                raise self._stop(start, min(end, start + 60), f"键名超过 {MAX_DEPTH} 层")
            if self._peek() != ".":
                return tuple(parts), start, end
            self._take()
            self._blank()

    def _quoted_key(self, start: int, characters: Sequence[int]) -> str:
        typed = self.text[characters[0] : characters[-1]]
        if "\\" not in typed or self.text[start] != '"':
            return typed
        try:
            return str(tomllib.loads(f'key = "{typed}"')["key"])
        except tomllib.TOMLDecodeError:
            return typed

    def _bare_key(self, start: int, *, header: bool) -> str:
        typed = []
        while self.pos < len(self.text) and _BARE_KEY.fullmatch(self._peek() or " "):
            if self._peek() == "-" and self.text[self.pos] in "—–":
                break
            typed.append(self._take())
        if typed:
            return "".join(typed)
        known = key_meant(self.text[self.pos : self.pos + 12], self.sections)
        after = self.text[self.pos + len(known[0]) : self.pos + len(known[0]) + 1] if known else ""
        if known and (after in " \t=＝:：" or (header and after in "]］】")) and after:
            self._fault(self.pos, self.pos + len(known[0]), f"键名用英文：“{known[0]}”写 {known[1]}", known[1],
                        certain=True)
            self._edits.append((self.pos, self.pos + len(known[0]), known[1]))
            self.pos += len(known[0])
            return known[1]
        raise self._stop(*self._unknown_statement(start))

    def _foreign_comment(self) -> bool:
        """Read a line that another language takes for a comment, or that is nothing but a rule; False if it is none."""
        found = _FOREIGN_COMMENT.match(self.text, self.pos)
        if not found:
            return False
        start, end = self.pos, self._end_of_line()
        marks = found[0].rstrip()
        ruled = found.end() == end
        self._fault(start, start + len(marks), "分隔线前面要加 #" if ruled else f"注释用 #，不用 {marks}",
                    f"# {marks}" if ruled else "#", certain=True)
        self._cut(start, end, "")
        self.pos = end
        return True

    def _unknown_statement(self, start: int) -> tuple[int, int, str]:
        end = self._end_of_line()
        line = self.text[start:end].strip()
        if self._peek() == "=":
            return start, start + 1, "等号左边缺少键名"
        if self._peek() in ("]", "}"):
            return start, start + 1, f"多了一个 {self._peek()}，或前面少了对应的左括号"
        if _TWO_QUOTES.search(self.text, max(0, start - MAX_TOKEN), start):
            return start, end, "正文要放在 \'\'\' 和 \'\'\' 之间：前后各三个引号，上面只有两个"
        return (start, end, f"“{line[:16]}{'…' if len(line) > 16 else ''}”看不懂：键名要用英文字母，"
                            "写成 键 = 值；正文要放在 body = ''' 和 ''' 之间；说明文字前面加 #")

    def _pair(self, prefix: KeyPath) -> None:
        start = self.pos
        key, key_start, key_end = self._key()
        path = prefix + key
        if not self._nested:
            self._statement_path = path
        self._deep(path, start)
        self._equals(".".join(key), key_start, key_end)
        self._blank()
        if path in self.places:
            value_at, self.pos = self.pos, key_end
            self._duplicate(path, key_start, ".".join(key))
            self.pos = value_at
            path = (*prefix, self._lost_key())
            self._cut(key_start, key_end, _typed_lost(path[-1]))
        for depth in range(1, len(key)):
            parent = prefix + key[:depth]
            self.places.setdefault(parent, Place((key_start, key_end), (key_start, key_end)))
        self._value(path, (key_start, key_end))

    def _equals(self, key: str, start: int, end: int) -> None:
        """The mark between a key and its value, or one of those that are typed for it."""
        if self._peek() == "=":
            self._take()
            if self._peek() == "=":
                self._fault(self.pos, self.pos + 1, "等号写了两个", "", certain=True)
                self._edits.append((self.pos, self.pos + 1, ""))
                self.pos += 1
            return
        if self._peek() == ":":
            self._fault(self.pos, self.pos + 1, "键和值之间用 =，不用冒号", "=", certain=True)
            self._edits.append((self.pos, self.pos + 1, "="))
            self.pos += 1
            return
        if self.pos > end and _VALUE_START.match(self.text, self.pos):
            self._fault(end, self.pos, f"“{key}”后面缺少等号 =", " = ", certain=True)
            self._cut(end, self.pos, " = ")
            return
        raise self._stop(start, self._end_of_line(), f"“{key}”后面缺少等号 =")

    # --- values -----------------------------------------------------------------------------

    def _value(self, path: KeyPath, key: tuple[int, int]) -> None:
        start, char = self.pos, self._peek()
        self._last_value = start
        characters: Sequence[int] | None = None
        if char == "#" and is_sheet_error(self.text[start : start + 12]):
            self._token(start, path)
        elif char in ("", "\n", "#"):
            self._missing_value(path, key)
        elif char in ('"', "'"):
            characters = self._string(start, path)
        elif char == "[":
            self._array(path, start)
        elif char == "{":
            self._inline_table(path, start)
        else:
            self._token(start, path)
        if not self._nested:
            self._last_value = start
        self.places[path] = Place(key, (start, self.pos), characters)

    def _missing_value(self, path: KeyPath, key: tuple[int, int]) -> None:
        if self._nested:
            raise self._stop(*key, "等号右边没有值；没有内容就删去这一行，或在行首加 # ")
        if self._swallowed():
            raise self._stop(*key, "")
        follows = self._text_below()
        if follows is None:
            self._fault(*key, "等号右边没有值；没有内容就删去这一行，或在行首加 # ")
        else:
            name = self.text[slice(*key)]
            line = self.text[follows : self._end_of(follows)].strip()
            self._fault(*key, f"值要和等号写在同一行：{name} = {line}" if _WHOLE_VALUE.fullmatch(line) else
                        f"正文要放在 ''' 和 ''' 之间：这一行写成 {name} = '''，正文写完后另起一行写 '''")
            found = _STATEMENT.search(self.text, follows)
            self.pos = (found.start() if found else len(self.text) + 1) - 1
        self.damaged.add(path)
        self._cut(self._statement_at, self.pos, "")

    def _text_below(self) -> int | None:
        """Where the text begins that stands in the line below a key without a value; None where none does."""
        end = self._end_of(self.pos)
        if self.text[self.pos : end].strip():
            return None
        start = end + 1
        line = self.text[start : self._end_of(start)].strip()
        other = not line or line[0] in "#＃[［" or _STATEMENT.match(self.text, start) or line.strip("'\"") == ""
        return None if other else start

    def _string(self, start: int, path: KeyPath) -> Sequence[int] | None:
        quote = self._peek()
        if self._peek(1) == quote and self._peek(2) == quote:
            return self._multiline(start, quote)
        characters = self._short_string()
        if characters is None:
            self.pos = start
            self._unpaired(start, quote, path)
        return characters

    def _unpaired(self, start: int, quote: str, path: KeyPath) -> None:
        """A quote that has no fellow on its line."""
        end = self._end_of_line()
        shown = self.text[start:end].strip()
        # A sheet puts ' before a number that is to be text.
        if quote == "'" and re.match(r"['‘’][+-]?\d", shown):
            self._token(start, path)
            return
        other = '"' if quote == "'" else "'"
        bare = shown[1:-1] if _FOLD.get(shown[-1:], shown[-1:]) == other and len(shown) > 2 else shown[1:]
        # A text that goes on in the next line has its other quote there.
        following = self.text[end + 1 : self._line_after(end + 1)].rstrip()
        broken = bool(following.strip()) and following.lstrip()[0] not in "#＃" and not _STATEMENT.match(following)
        safe = not re.search(r"[#\\\"']", bare) and bool(bare.strip()) and not self._nested and not broken
        if self._swallowed():
            raise self._stop(start, end, "")
        if path[-1:] in (("date",), ("number",), ("pages",)):
            self._token(start, path)
            return
        if safe:
            self._fault(start, start + len(shown),
                        f"引号没有配对：{shown[:20]}。文字要以 {quote} 开头，以 {quote} 结尾",
                        f"{quote}{bare}{quote}", certain=True, path=path)
            self._cut(start, start + len(shown), f"{quote}{bare}{quote}")
            self.damaged.add(path)
            self.pos = end
            return
        hint = "；一段文字分成几行的，要放在 ''' 和 ''' 之间" if broken else ""
        raise self._stop(start, end, f"引号没有配对：{shown[:20]}。文字要以 {quote} 开头，以 {quote} 结尾{hint}")

    def _short_string(self) -> Sequence[int] | None:
        """A one-line string: the offsets of its characters, or None if it never ends."""
        chinese = self.text[self.pos] not in "\"'"
        start, mark, edits = self.pos, len(self.faults), len(self._edits)
        quote = self._take()
        basic, offsets = quote == '"', []
        end = self._end_of_text_line()
        close = self._closing(quote, chinese, end)
        if close is None:
            del self.faults[mark:], self._edits[edits:]
            return None
        if basic and self._windows_path(close):
            basic = False
        while self.pos < close:
            offsets.append(self.pos)
            self.pos += self._escape() if basic and self.text[self.pos] == "\\" else 1
        offsets.append(self.pos)
        self._take()
        self._strings.append((start, self.pos, False))
        return offsets

    def _end_of_text_line(self) -> int:
        """Where the line ends for a string: only a real line end ends one."""
        end = self._end_of_line()
        if self.text[end : end + 1] in ("", "\n"):
            return end
        if not end <= self._text_line_end:
            found = self.text.find("\n", end)
            self._text_line_end = len(self.text) if found < 0 else found
        return self._text_line_end

    def _windows_path(self, close: int) -> bool:
        """Whether a picture's path was typed with backslashes that TOML cannot read; that is one fault."""
        typed = self.text[self.pos : close]
        if not looks_like_picture(typed) or not _ESCAPE.sub("", typed).count("\\"):
            return False
        message, suggestion = advice(typed.replace("\\\\", "\\"))
        self._fault(self.pos - 1, close + 1, message, suggestion)
        self._edits.append((self.pos - 1, close + 1, suggestion or "''"))
        self.damaged.add(self._statement_path)
        return True

    def _closing(self, quote: str, chinese: bool, end: int) -> int | None:
        """Where a one-line string closes: an ASCII quote, or the Chinese one typed for it."""
        at = self.pos
        while at < end:
            char = self.text[at]
            if char == "\\" and quote == '"':
                at += 2
                continue
            if char == quote or (chinese and _FOLD.get(char) == quote):
                return at
            at += 1
        # Opened in ASCII, closed with a Chinese quote: the last one on the line was meant.
        tail = self.text[self.pos : end]
        return next((self.pos + i for i in range(len(tail) - 1, -1, -1)
                     if _FOLD.get(tail[i]) == quote), None)

    def _escape(self) -> int:
        """The length of the escape at the position; an unknown one is a fault."""
        known = _ESCAPE.match(self.text, self.pos)
        kind = self.text[self.pos + 1 : self.pos + 2]
        if known:
            if kind in ("u", "U") and not _scalar(int(known[0][2:], 16)):
                self._bad_escape(self.pos, known.end(), f"“{known[0]}”不是一个字符的编码，请删去或改正")
            return len(known[0])
        if kind in ("u", "U"):
            self._bad_escape(self.pos, self.pos + 2, f"“\\{kind}”后面要有 {4 if kind == 'u' else 8} 位十六进制数")
        else:
            shown = kind if kind.isprintable() and kind.strip() else "（空白）"
            self._fault(self.pos, self.pos + 2,
                        f"“\\{shown}”不是转义写法；反斜线本身写成 \\\\，或改用单引号 '…'", f"\\\\{kind}")
            self._edits.append((self.pos, self.pos + 1, "\\\\"))
        return 1

    def _bad_escape(self, start: int, end: int, message: str) -> None:
        self._fault(start, end, message)
        self._edits.append((start, end, ""))
        self.damaged.add(self._statement_path)

    def _multiline(self, start: int, quote: str) -> Sequence[int]:
        for _ in range(3):
            self._take()
        if self._peek() == "\n":
            self.pos += 1
        body = self.pos
        close = next((match.start() for match in _LONG_CLOSE[quote].finditer(self.text, body)
                      if match[0] == quote * 3), -1)
        wrong = _WRONG_CLOSE[quote].search(self.text, body, len(self.text) if close < 0 else close)
        if wrong:
            close = wrong.start(1)
            self._fault(close, close + 3, f"结束正文的引号要用半角 {quote * 3}", quote * 3, certain=True)
            self._edits.append((close, close + 3, quote * 3))
        if close < 0 or self._runs_over(body, close):
            self._long_string = None
            raise self._stop(start, start + 3, self._unended(start))
        while self.text[close + 3 : close + 4] == quote:
            close += 1
        offsets: Sequence[int]
        offsets = range(body, close + 1) if quote == "'" else self._basic_offsets(body, close)
        self.pos = close + 3
        self._long_string = (start, self.pos)
        self._strings.append((start, self.pos, True))
        return offsets

    def _runs_over(self, body: int, close: int) -> bool:
        """Whether what closes a long string opens the next: a header and a key stand right before it."""
        line = self.text.rfind("\n", body, close) + 1
        if not line or not _OPENING_LINE.search(self.text[line:close]):
            return False
        return any(_NEXT_HEADER.match(self.text, found.start()) for found in
                   re.compile(r"^\[", re.M).finditer(self.text, body, close))

    def _basic_offsets(self, body: int, close: int) -> list[int]:
        offsets, self.pos = [], body
        while self.pos < close:
            if self.text[self.pos] != "\\":
                offsets.append(self.pos)
                self.pos += 1
                continue
            folded = _FOLDED_LINE.match(self.text, self.pos, close)
            if folded:
                self.pos = folded.end()
                continue
            offsets.append(self.pos)
            self.pos += self._escape()
        offsets.append(close)
        return offsets

    def _array(self, path: KeyPath, start: int) -> None:
        self._deep((*path, 0), start)
        self._take()
        self._nested += 1
        index = 0
        while True:
            self._blank_lines((*path, index))
            char = self._peek()
            if char == "]":
                self._take()
                self._nested -= 1
                return
            self._unclosed(start, char, "[", "]")
            if char == ",":
                raise self._stop(self.pos, self.pos + 1, "多了一个逗号")
            if self._element((*path, index)):
                self._separator(start, "[", "]")
            index += 1
            if self._row_closed:
                self._nested -= 1
                return

    def _element(self, path: KeyPath) -> bool:
        """One element of a list; False where it was left out with the rest of its line."""
        at, nested, faults = self.pos, self._nested, len(self.faults)
        if nested == 1 and (row := self._pasted_row(at)):
            self._fault(at, row[0], row[1].message, row[1].suggestion, certain=row[1].certain, path=path)
            return self._leave_out(path, at)
        try:
            self._value(path, (at, at))
        except _Stop:
            line = self._resume
            # A row that cannot be read takes no other row with it.
            if nested != 1 or len(self.faults) <= faults or self.faults[-1].start < at \
                    or "\n" in self.text[at : line - 1] \
                    or not _ROW.match(self.text, line) or _STATEMENT.match(self.text, line):
                raise
            return self._leave_out(path, at)
        place = self.places[path]
        self.places[path] = Place(place.value, place.value, place.characters)
        closed, self._row_closed = self._row_closed, False
        return not closed

    def _leave_out(self, path: KeyPath, start: int) -> bool:
        self._nested = 1
        self.pos = max(start, self._end_of(start))
        self._cut(start, self.pos, "0,")
        self.damaged.add(path)
        self.places[path] = Place((start, self.pos), (start, self.pos))
        return False

    def _end_of(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def _pasted_row(self, at: int) -> tuple[int, Advice] | None:
        """The end of a row that was pasted from a sheet, and what was meant."""
        before = self.text[max(0, at - MAX_TOKEN) : at].rstrip(" \t\u3000")
        if self._peek() in "[]{}#" or before[-1:] != "\n":
            return None
        end = self._end_of(at)
        line = self.text[at:end]
        if "\t" not in line and (self._statement_path[:1] != ("report",) or not re.search("[,，]", line)):
            return None
        meant = row_meant(line.partition("#")[0])
        return (at + len(line.partition("#")[0].rstrip()), meant) if meant else None

    def _separator(self, start: int, opening: str, closing: str) -> None:
        """The comma after an element, or the bracket that ends the list."""
        before = self.pos
        if closing == "]":
            self._blank_lines(self._statement_path)
        else:
            self._blank()
        if self._peek() == ",":
            self._take()
            return
        if self._peek() == ";":
            self._semicolon()
            return
        if self._peek() == closing:
            return
        if closing == "]" or self._peek() not in ("", "\n"):
            self._unclosed(start, self._peek(), opening, closing)
        at, end, new = (before, self.pos, ", ") if before < self.pos and "\n" not in self.text[before : self.pos] else \
            (before - 1, before, self.text[before - 1] + ",")
        message = "两项之间缺少逗号 ,"
        if self._nested == 2 and self._peek() == "[" and at == before - 1:
            self._fault(at, end, "这一行的末尾少了 ]", self.text[at] + "],", certain=True)
            self._edits.append((at, end, self.text[at] + "],"))
            self._row_closed = True
            return
        if not (_VALUE_START.match(self.text, self.pos) or closing == "}") or self._is_break(before - 1):
            raise self._stop(self.pos, self.pos + 1, message)
        split = before < self.pos and _ONE_OR_TWO.match(self.text, max(0, before - 3))
        hint = "；若是一个数，中间的空格删去" if split else ""
        columns = "\t" in self.text[at:end] and not split and self.text[at - 1 : at].isdigit()
        self._fault(at, end, message + hint, None if split else new, certain=columns)
        self._edits.append((at, end, new))
        if split:
            self.damaged.add(self._statement_path)

    def _semicolon(self) -> None:
        self._fault(self.pos, self.pos + 1, "两项之间用逗号，不用分号", ",", certain=True)
        self._edits.append((self.pos, self.pos + 1, ","))
        self.pos += 1

    def _is_break(self, at: int) -> bool:
        return self.text[at] in "\n" + _BREAKS

    def _unclosed(self, start: int, char: str, opening: str, closing: str) -> None:
        """Stop if what follows shows that a bracket was never closed."""
        if char == "" or _NEXT_PAIR.match(self.text, self.pos) or _NEXT_HEADER.match(self.text, self.pos):
            hidden = _COMMENTED_END.search(self.text, start, self.pos) if closing == "]" else None
            line = self.text.count("\n", 0, hidden.start()) + 1 if hidden else 0
            hint = f"：第 {line} 行的 ] 前面还有 #，把 # 删去" if hidden else ""
            stop = self._stop(start, start + 1, f"这个 {opening} 没有配对的 {closing}{hint}", None)
            self._resume = max(self._resume, self.pos if char else 0)
            raise stop

    def _inline_table(self, path: KeyPath, start: int) -> None:
        self._take()
        self._nested += 1
        self._blank()
        if self._peek() == "}":
            self._take()
            self._nested -= 1
            return
        while True:
            self._blank()
            if self._peek() in ("", "\n"):
                raise self._stop(start, start + 1, "这个 { 没有配对的 }；花括号里的内容要写在同一行")
            self._pair(path)
            before = self.pos
            self._blank()
            if self._peek() == "}":
                self._take()
                self._nested -= 1
                return
            if self._peek() != ",":
                if self._peek() in ("", "\n"):
                    raise self._stop(start, start + 1, "这个 { 没有配对的 }；花括号里的内容要写在同一行")
                if self._peek() == ";":
                    self._semicolon()
                    continue
                if before < self.pos and _NEXT_PAIR.match(self.text, self.pos):
                    self._fault(before, self.pos, "两项之间缺少逗号 ,", ", ", certain=True)
                    self._edits.append((before, self.pos, ", "))
                    continue
                raise self._stop(self.pos, self.pos + 1, "两项之间缺少逗号 ,")
            comma = self.pos
            self._take()
            self._blank()
            if self._peek() == "}":
                self._fault(comma, comma + 1, "右花括号 } 前面多了一个逗号", "", certain=True)
                self._edits.append((comma, comma + 1, ""))
                self._take()
                self._nested -= 1
                return

    def _token(self, start: int, path: KeyPath) -> None:
        """A number, a date or a truth value."""
        mark, edits = len(self.faults), len(self._edits)
        if self._nested and isinstance(path[-1], str) and (grouped := _GROUPED_FIELD.match(self.text, start)):
            self._grouped(grouped, path)
            return
        token = self._plain_token()
        if _valid(token):
            return
        # What it was meant to be is said of the whole, not of its marks one by one.
        del self.faults[mark:], self._edits[edits:]
        self.pos = start
        end = self._end_of_value(start)
        typed = self.text[start:end].rstrip()
        advice = (values_meant(typed, path) if not self._nested else None) or value_meant(typed, path)
        if not typed:
            raise self._stop(start, start + 1, advice.message)
        self._fault(start, start + len(typed), advice.message, advice.suggestion, certain=advice.certain, path=path,
                    advice=advice)
        self.damaged.add(path)
        self.pos = start + len(typed)
        self._cut(start, self.pos, advice.suggestion or "0")

    def _grouped(self, grouped: re.Match[str], path: KeyPath) -> None:
        """Commas of thousands inside braces, where a key follows each comma."""
        advice = value_meant(grouped[0], path)
        self._fault(*grouped.span(), advice.message, advice.suggestion, certain=advice.certain, path=path,
                    advice=advice)
        self.damaged.add(path)
        self._edits.append((*grouped.span(), advice.suggestion or "0"))
        self.pos = grouped.end()

    def _plain_token(self) -> str:
        typed = []
        while self.pos < len(self.text) and self._peek() not in (" ", "\t", "\n", ",", ";", "]", "}", "#"):
            char = self._peek()
            if char == self.text[self.pos] or char in "0123456789.-+%:eE_":
                typed.append(self._take())
            else:
                typed.append("?")
                break
        token = "".join(typed)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", token) and self._peek() == " " \
                and _TIME_OF_DAY.match(self.text, self.pos):
            while self.pos < len(self.text) and self._peek() not in ("\n", ",", "]", "}", "#"):
                token += self._take()
            token = token.rstrip()
        return token

    def _end_of_value(self, start: int) -> int:
        """Where a value ends that TOML cannot read: at its line's end, or where a list goes on."""
        end = self._end_of(start)
        line = self.text[start:end]
        if sheet := is_sheet_error(line):
            return start + sheet.end()
        if closed := re.match(r"[(（][^()（）\n]*[)）]", line):
            after = line[closed.end() :]
            if not after.strip() or after.lstrip()[0] in ",，]］#%％":
                return start + closed.end() + (1 if after[:1] in "%％" and after else 0)
        if self._nested:
            found = next((i for i, char in enumerate(line) if _FOLD.get(char, char) in ",;]}#"), len(line))
            return start + found
        comment = _COMMENT_AFTER.search(line)
        return start + (comment.start() if comment else len(line))


def _typed_lost(key: str | int) -> str:
    return f'"\\u007f{str(key)[1:]}"'


def _lost_header(path: KeyPath) -> str:
    return f"[{_typed_lost(path[0])}]"


def _scalar(code: int) -> bool:
    """Whether a number is the code of a character: no surrogate, none past the last."""
    return code < 0xD800 or 0xDFFF < code <= 0x10FFFF


def _valid(token: str) -> bool:
    if len(token) > MAX_TOKEN:
        return False
    if _NUMBER.match(token):
        exponent = re.search(r"[eE]([+-]?\d+)\Z", token)
        return _based(token) if token[:2] in ("0x", "0o", "0b") else \
            not exponent or abs(int(exponent[1])) <= MAX_POWER
    dated = _DATE.match(token)
    return token in ("true", "false") or bool(dated and (dated[1] is None or real_day(dated[1])))


def _based(token: str) -> bool:
    """Whether a number to another base has only digits of that base."""
    digits = {"x": r"[0-9A-Fa-f]", "o": "[0-7]", "b": "[01]"}[token[1]]
    return bool(re.fullmatch(f"0.{digits}(?:_?{digits})*", token))


