"""Where everything stands in a TOML file.

``tomllib`` says what a file means but neither where nor, in words a secretary can use, what is
wrong with it. This scanner walks the same text and records the place of every key, value and
character of a string; it reads full-width marks as the ASCII marks they were meant to be and
reports each. Values themselves are taken from ``tomllib`` alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date

from bulletin_press.picture_paths import advice, looks_like_picture
from bulletin_press.records import dataclass

KeyPath = tuple[str | int, ...]

MAX_DEPTH = 20
MAX_TOKEN = 40
# Past this many nobody reads on, and the file is most likely not what it should be.
MAX_FAULTS = 100

_FOLD = {
    **dict.fromkeys("＝", "="), **dict.fromkeys("“”„‟〝〞＂", '"'), **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("，、﹐", ","), **dict.fromkeys("［【〔", "["), **dict.fromkeys("］】〕", "]"),
    "｛": "{", "｝": "}", "．": ".", "。": ".", "＋": "+", "＃": "#", "：": ":", "％": "%",
    **dict.fromkeys("−－–—﹣", "-"), "＿": "_",
    **dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\ufeff\u2060", " "),
    **{chr(0xFF10 + i): str(i) for i in range(10)},
    **{chr(0xFF21 + i): chr(0x41 + i) for i in range(26)},
    **{chr(0xFF41 + i): chr(0x61 + i) for i in range(26)},
}
_NAMES = {" ": "半角空格（或删去）", ",": "半角逗号 ,", "-": "半角减号 -", "=": "半角等号 =",
          '"': '半角引号 "', "'": "半角引号 '", ".": "半角小数点 ."}

_ENGLISH = {
    "标题": "title", "题目": "title", "来源": "source", "作者": "author", "正文": "body", "内容": "body",
    "日期": "date", "期号": "number", "图片": "image", "网址": "url", "名称": "name", "类型": "role",
    "简介": "intro", "词条": "term", "期间": "period", "行业资讯": "news", "会员风采": "member",
    "协会动态": "event", "知识小贴士": "tip", "数据月报": "report",
}

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(
    r"[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d+)?\Z|0[xob][0-9A-Fa-f_]+\Z")
_DATE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?\Z"
    r"|\d{2}:\d{2}:\d{2}(?:\.\d+)?\Z")
_ESCAPE = re.compile(r'\\(?:[btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_FOLDED_LINE = re.compile(r"\\[ \t]*\n\s*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_LONG_CLOSE = {"'": re.compile("'''"), '"': re.compile(r'\\.|"""', re.S)}
_WRONG_CLOSE = {"'": re.compile(r"^[ \t]*([‘’＇']{3})[ \t]*$", re.M),
                '"': re.compile(r'^[ \t]*([“”＂"]{3})[ \t]*$', re.M)}
_OPENING_LINE = re.compile(r"(?:^|[\s{,])[A-Za-z_][\w-]*[ \t]*[=＝][ \t]*\Z")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}[,，]\s*\d{3}(?!\d)")
_BARE_VALUES = re.compile(r"[=＝]\s*([+-]?\d[\d.]*(?:\s*[,，]\s*[+-]?\d[\d.]*)+)\s*(?:#|\Z)")
_COMMENTED_END = re.compile(r"^[ \t]*#[ \t]*\][ \t]*(?:#.*)?$", re.M)
_TIME_OF_DAY = re.compile(r" \d{2}:\d{2}")
_NEXT_PAIR = re.compile(r"[A-Za-z_][\w.-]*\s*[=＝]")
_NEXT_HEADER = re.compile(r"\[{1,2}[A-Za-z_][\w.-]*\]{1,2}\s*(?:#.*)?$", re.M)


@dataclass(frozen=True)
class Fault:
    """A stretch of the text that TOML does not allow, in words for the person who typed it."""

    start: int
    end: int
    message: str
    suggestion: str | None = None
    rule: str = "toml-syntax"


@dataclass(frozen=True)
class Place:
    """Where a key and its value stand (0-based offsets, ends exclusive).

    ``characters`` maps the n characters of a string value to n + 1 offsets; None for others.
    """

    key: tuple[int, int]
    value: tuple[int, int]
    characters: Sequence[int] | None = None


class _Stop(Exception):
    """Scanning cannot go on; the fault is recorded."""


@dataclass
class _Table:
    path: KeyPath
    explicit: bool = False
    line_start: int = 0


@dataclass
class Scanner:
    """One pass over a TOML text: fills ``places`` and ``faults``."""

    text: str
    places: dict[KeyPath, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    pos: int = 0

    _prefix: KeyPath = ()
    _counts: dict[KeyPath, int] = field(default_factory=dict)
    _tables: dict[KeyPath, int] = field(default_factory=dict)
    _long_string: tuple[int, int] | None = None
    _line_seen: tuple[int, int] = (0, -1)

    def scan(self) -> None:
        """Walk the whole text; stops early at a fault that hides what follows."""
        try:
            self._controls()
            while self._statement():
                pass
        except _Stop:
            pass

    # --- characters -------------------------------------------------------------------------

    def _controls(self) -> None:
        for match in _CONTROL.finditer(self.text):
            self._fault(*match.span(), f"这里有看不见的控制字符（U+{ord(match[0]):04X}），请删去"
                        if match[0] != "\r" else "这里的换行是旧式写法（只有 CR），请用编辑器另存为 LF 换行")
        if self.faults:
            raise _Stop

    def _peek(self, ahead: int = 0) -> str:
        at = self.pos + ahead
        if at >= len(self.text):
            return ""
        char = self.text[at]
        return _FOLD.get(char, char)

    def _take(self) -> str:
        """The next character as meant; a full-width one is recorded as a fault."""
        char, meant = self.text[self.pos], self._peek()
        if char != meant:
            code = f"U+{ord(char):04X}"
            name = f"看不见的特殊空格（{code}）" if meant == " " else f"全角字符 {char}（{code}）"
            self._fault(self.pos, self.pos + 1,
                        f"这里是{name}，应改为{_NAMES.get(meant, f'半角 {meant}')}", meant)
        self.pos += 1
        return meant

    def _fault(self, start: int, end: int, message: str, suggestion: str | None = None,
               rule: str = "toml-syntax") -> None:
        self.faults.append(Fault(start, end, message, suggestion, rule))
        if len(self.faults) >= MAX_FAULTS:
            raise _Stop

    def _stop(self, start: int, end: int, message: str, suggestion: str | None = None) -> _Stop:
        swallowed = self._swallowed()
        if swallowed is not None:
            start, end = swallowed
            message, suggestion = self._unended(start), None
        self._fault(start, end, message, suggestion)
        return _Stop()

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

    def _comment(self) -> None:
        if self._peek() == "#":
            self._take()
            end = self.text.find("\n", self.pos)
            self.pos = len(self.text) if end < 0 else end

    def _blank_lines(self) -> None:
        while True:
            self._blank()
            self._comment()
            if self._peek() != "\n":
                return
            self.pos += 1

    def _line_end(self) -> None:
        self._blank()
        self._comment()
        if self.pos >= len(self.text):
            return
        if self._peek() != "\n":
            start, end = self.pos, self._end_of_line()
            rest = self.text[start:end].strip()
            line_start = self.text.rfind("\n", 0, start) + 1
            bare = _BARE_VALUES.search(self.text[line_start:end])
            if self._peek() == "," and any(found.end() > start for found in _THOUSANDS.finditer(
                    self.text, max(line_start, start - MAX_TOKEN), min(end, start + MAX_TOKEN))):
                message = "数字里不要写千分位逗号，例如 405832.99"
            elif self._peek() == "," and bare:
                listed = "[" + ", ".join(re.split(r"\s*[,，]\s*", bare[1])) + "]"
                raise self._stop(line_start + bare.start(1), line_start + bare.end(1),
                                 f"几个值要写在方括号里：{listed}", listed)
            elif self._peek() == ",":
                message = "几个值要放在方括号里，例如 [102670.76, 2.1]"
            elif self.text[start - 1] == '"' and rest.endswith('"'):
                message = "引号里面又有半角引号：里面的引号改成中文的“ ”"
            else:
                message = f"这一行到“{rest[:12]}”之前已经完整，多出来的内容要另起一行，或用 # 写成注释"
            raise self._stop(start, end, message)
        self.pos += 1

    def _end_of_line(self) -> int:
        start, end = self._line_seen
        if not start <= self.pos <= end:  # one line of a megabyte must not be searched anew each time
            end = self.text.find("\n", self.pos)
            end = len(self.text) if end < 0 else end
            self._line_seen = (self.pos, end)
        return end

    # --- statements -------------------------------------------------------------------------

    def _statement(self) -> bool:
        self._blank_lines()
        if self.pos >= len(self.text):
            return False
        if self._peek() == "[":
            self._header()
        else:
            self._pair(self._prefix)
        self._line_end()
        return True

    def _header(self) -> None:
        start = self.pos
        self._take()
        double = self._peek() == "["
        if double:
            self._take()
        self._blank()
        key, _, _ = self._key()
        close = "]]" if double else "]"
        for _ in close:
            self._blank()
            if self._peek() != "]":
                line = self.text[start:self._end_of_line()]
                raise self._stop(start, self._end_of_line(), f"“{line.strip()}”少了{close}",
                                 f"{'[[' if double else '['}{'.'.join(key)}{close}")
            self._take()
        path = self._resolve(key[:-1])
        self._deep(path + key, start)
        if double:
            index = self._counts.get(path + key[-1:], 0)
            if path + key[-1:] in self._tables:
                self._duplicate(path + key[-1:], start, f"[[{'.'.join(key)}]]")
            self._counts[path + key[-1:]] = index + 1
            self._prefix = (*path, key[-1], index)
            self.places.setdefault(self._prefix[:-1], Place((start, self.pos), (start, self.pos)))
        else:
            self._prefix = (*path, key[-1])
            if self._prefix in self._tables or self._prefix in self._counts:
                self._duplicate(self._prefix, start, f"[{'.'.join(key)}]")
            self._tables[self._prefix] = start
        self.places[self._prefix] = Place((start, self.pos), (start, self.pos))

    def _duplicate(self, path: KeyPath, start: int, shown: str) -> None:
        first = self.places[path].key[0] if path in self.places else self._tables.get(path, start)
        line = self.text.count("\n", 0, first) + 1
        hint = ""
        if shown.startswith("[") and not shown.startswith("[["):
            hint = "；如果要写第二条，请用双方括号，例如 [[news]]"
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

    def _key(self) -> tuple[tuple[str, ...], int, int]:
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
                parts.append(self._bare_key(start))
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

    def _bare_key(self, start: int) -> str:
        typed = []
        while self.pos < len(self.text) and _BARE_KEY.fullmatch(self._peek() or " "):
            if self._peek() == "-" and self.text[self.pos] in "—–":
                break
            typed.append(self._take())
        if not typed:
            raise self._stop(*self._unknown_statement(start))
        return "".join(typed)

    def _unknown_statement(self, start: int) -> tuple[int, int, str]:
        end = self._end_of_line()
        line = self.text[start:end].strip()
        if self._peek() == "=":
            return start, start + 1, "等号左边缺少键名"
        if self._peek() in "]}":
            return start, start + 1, f"多了一个 {self._peek()}，或前面少了对应的左括号"
        chinese = re.match(r"(?:\[{1,2})?([\u4e00-\u9fff]+)", line)
        if chinese and chinese[1] in _ENGLISH:
            return start, end, f"键名用英文：“{chinese[1]}”写 {_ENGLISH[chinese[1]]}"
        return (start, end, f"“{line[:16]}{'…' if len(line) > 16 else ''}”看不懂：键名要用英文字母，"
                            "写成 键 = 值；正文要放在 body = ''' 和 ''' 之间；说明文字前面加 #")

    def _pair(self, prefix: KeyPath) -> None:
        start = self.pos
        key, key_start, key_end = self._key()
        path = prefix + key
        self._deep(path, start)
        if self._peek() != "=":
            end = self._end_of_line()
            if self._peek() == ":":
                raise self._stop(self.pos, self.pos + 1, "键和值之间用 =，不用冒号", "=")
            raise self._stop(key_start, end, f"“{'.'.join(key)}”后面缺少等号 =")
        self._take()
        self._blank()
        if path in self.places:
            value_at, self.pos = self.pos, key_end
            self._duplicate(path, key_start, ".".join(key))
            self.pos = value_at
        for depth in range(1, len(key)):
            parent = prefix + key[:depth]
            self.places.setdefault(parent, Place((key_start, key_end), (key_start, key_end)))
        self._value(path, (key_start, key_end))

    # --- values -----------------------------------------------------------------------------

    def _value(self, path: KeyPath, key: tuple[int, int]) -> None:
        start, char = self.pos, self._peek()
        characters: Sequence[int] | None = None
        if char in ("", "\n", "#"):
            raise self._stop(*key, "等号右边没有值；没有内容就删去这一行，或在行首加 # ")
        if char == "=":
            raise self._stop(start, start + 1, "等号写了两个")
        if char in ('"', "'"):
            characters = self._string(start)
        elif char == "[":
            self._array(path, start)
        elif char == "{":
            self._inline_table(path, start)
        else:
            self._token(start)
        self.places[path] = Place(key, (start, self.pos), characters)

    def _string(self, start: int) -> Sequence[int]:
        quote = self._peek()
        if self._peek(1) == quote and self._peek(2) == quote:
            return self._multiline(start, quote)
        characters = self._short_string()
        if characters is None:
            shown = self.text[start:self._end_of_line()].strip()
            raise self._stop(start, self._end_of_line(),
                             f"引号没有配对：{shown[:20]}。文字要以 {quote} 开头，以 {quote} 结尾")
        return characters

    def _short_string(self) -> Sequence[int] | None:
        """A one-line string: the offsets of its characters, or None if it never ends."""
        chinese = self.text[self.pos] not in "\"'"
        quote = self._take()
        basic, offsets = quote == '"', []
        end = self._end_of_line()
        close = self._closing(quote, chinese, end)
        if close is None:
            return None
        if basic and self._windows_path(close):
            basic = False
        while self.pos < close:
            offsets.append(self.pos)
            self.pos += self._escape() if basic and self.text[self.pos] == "\\" else 1
        offsets.append(self.pos)
        self._take()
        return offsets

    def _windows_path(self, close: int) -> bool:
        """Whether a picture's path was typed with backslashes that TOML cannot read; that is one fault."""
        typed = self.text[self.pos : close]
        if not looks_like_picture(typed) or not _ESCAPE.sub("", typed).count("\\"):
            return False
        message, suggestion = advice(typed.replace("\\\\", "\\"))
        self._fault(self.pos - 1, close + 1, message, suggestion)
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
        if known:
            return len(known[0])
        kind = self.text[self.pos + 1 : self.pos + 2]
        if kind in ("u", "U"):
            self._fault(self.pos, self.pos + 2, f"“\\{kind}”后面要有 {4 if kind == 'u' else 8} 位十六进制数")
        else:
            self._fault(self.pos, self.pos + 2,
                        f"“\\{kind}”不是转义写法；反斜线本身写成 \\\\，或改用单引号 '…'", "\\\\")
        return 1

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
            self._fault(close, close + 3, f"结束正文的引号要用半角 {quote * 3}", quote * 3)
        if close < 0:
            self._fault(start, start + 3, self._unended(start))
            raise _Stop
        while self.text[close + 3 : close + 4] == quote:
            close += 1
        offsets: Sequence[int]
        offsets = range(body, close + 1) if quote == "'" else self._basic_offsets(body, close)
        self.pos = close + 3
        self._long_string = (start, self.pos)
        return offsets

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
        index = 0
        while True:
            self._blank_lines()
            char = self._peek()
            if char == "]":
                self._take()
                return
            self._unclosed(start, char, "[", "]")
            if char == ",":
                raise self._stop(self.pos, self.pos + 1, "多了一个逗号")
            at = self.pos
            self._value((*path, index), (at, at))
            place = self.places[*path, index]
            self.places[*path, index] = Place(place.value, place.value, place.characters)
            index += 1
            self._blank_lines()
            if self._peek() == ",":
                self._take()
            elif self._peek() != "]":
                self._unclosed(start, self._peek(), "[", "]")
                raise self._stop(self.pos, self.pos + 1, "两项之间缺少逗号 ,", ",")

    def _unclosed(self, start: int, char: str, opening: str, closing: str) -> None:
        """Stop if what follows shows that a bracket was never closed."""
        if char == "" or _NEXT_PAIR.match(self.text, self.pos) or _NEXT_HEADER.match(self.text, self.pos):
            hidden = _COMMENTED_END.search(self.text, start, self.pos) if closing == "]" else None
            line = self.text.count("\n", 0, hidden.start()) + 1 if hidden else 0
            hint = f"：第 {line} 行的 ] 前面还有 #，把 # 删去" if hidden else ""
            raise self._stop(start, start + 1, f"这个 {opening} 没有配对的 {closing}{hint}", None)

    def _inline_table(self, path: KeyPath, start: int) -> None:
        self._take()
        self._blank()
        if self._peek() == "}":
            self._take()
            return
        while True:
            self._blank()
            if self._peek() in ("", "\n"):
                raise self._stop(start, start + 1, "这个 { 没有配对的 }；花括号里的内容要写在同一行")
            self._pair(path)
            self._blank()
            if self._peek() == "}":
                self._take()
                return
            if self._peek() != ",":
                if self._peek() in ("", "\n"):
                    raise self._stop(start, start + 1, "这个 { 没有配对的 }；花括号里的内容要写在同一行")
                raise self._stop(self.pos, self.pos + 1, "两项之间缺少逗号 ,", ",")
            comma = self.pos
            self._take()
            self._blank()
            if self._peek() == "}":
                raise self._stop(comma, comma + 1, "右花括号 } 前面多了一个逗号")

    def _token(self, start: int) -> None:
        """A number, a date or a truth value."""
        typed = []
        while self.pos < len(self.text) and self._peek() not in (" ", "\t", "\n", ",", "]", "}", "#"):
            char = self._peek()
            if char == self.text[self.pos] or char in "0123456789.-+%:eE_":
                typed.append(self._take())
            else:
                break
        token = "".join(typed)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", token) and self._peek() == " " \
                and _TIME_OF_DAY.match(self.text, self.pos):
            while self.pos < len(self.text) and self._peek() not in ("\n", ",", "]", "}", "#"):
                token += self._take()
            token = token.rstrip()
        if not self._valid(token):
            while self._peek() not in ("", "\n", ",", "]", "}", "#"):
                self.pos += 1
            token = self.text[start : self.pos].rstrip()
            message, suggestion = _explain(token)
            self._fault(start, start + max(len(token), 1), message, suggestion)
            if not token:
                raise _Stop

    @staticmethod
    def _valid(token: str) -> bool:
        if len(token) > MAX_TOKEN:
            return False
        if _NUMBER.match(token):
            exponent = re.search(r"[eE]([+-]?\d+)\Z", token)
            return token[:2] in ("0x", "0o", "0b") or not exponent or abs(int(exponent[1])) <= 15
        dated = _DATE.match(token)
        return token in ("true", "false") or bool(dated and (dated[1] is None or _real_day(dated[1])))


def _real_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _explain(token: str) -> tuple[str, str | None]:
    """What is wrong with a bare value, in words, and what to type instead."""
    number = re.match(r"[+-]?\d[\d_,]*(?:\.\d+)?", token)
    dated = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", token)
    day = f"{dated[1]}-{int(dated[2]):02}-{int(dated[3]):02}" if dated else ""
    fall = re.fullmatch(r"(?:同比)?(?:下降|减少|降低|降|减)了?(\d+(?:\.\d+)?)[%％]?", token)
    rise = re.fullmatch(r"(?:同比)?(?:增长|增加|上升|增|升)了?(\d+(?:\.\d+)?)[%％]?", token)
    ordinal = re.fullmatch(r"第(\d+)期", token)
    month = re.fullmatch(r"\d{4}-\d{2}(?:/month)?", token)
    timed = re.match(r"\d{4}-\d{2}-\d{2}(?=[Tt ]\d)", token)
    checks: list[tuple[object, Callable[[], tuple[str, str | None]]]] = [
        (token == "数值", lambda: ("这里还没有填：把“数值”换成数字", None)),
        (token == "同比", lambda: ("这里还没有填：把“同比”换成数字；没有同比就连前面的逗号一起删去", None)),
        (token in ("无", "没有", "-", "—", "/"), lambda: (
            "没有这个数，就在这一行的行首加 #；没有同比，就连前面的逗号一起删去", None)),
        (token in ("是", "否"), lambda: ("只能写 true（是）或 false（否）", "true" if token == "是" else "false")),
        (fall, lambda: ("下降写负数，不写“下降”", fall and f"-{fall[1]}")),
        (rise, lambda: ("增长只写数字，不写“增长”", rise and rise[1])),
        (ordinal, lambda: ("只写数字", ordinal and ordinal[1])),
        (month, lambda: ("年月要加引号", f'"{token}"')),
        (len(token) > MAX_TOKEN, lambda: ("这个数太长了，请核对", None)),
        (dated and not _real_day(day), lambda: (f"没有 {day} 这一天", None)),
        (dated, lambda: ("日期要写成 年-月-日，月和日各两位", day)),
        (timed, lambda: ("只写日期，不写钟点", timed and timed[0])),
        (token.endswith("%"), lambda: ("只写数字，不写百分号 %", token.rstrip("%"))),
        (token.lower() in ("true", "false"), lambda: ("真假要用小写", token.lower())),
        (token.lstrip("+-").lower() in ("inf", "nan"), lambda: ("这里要写一个确定的数", None)),
        (re.fullmatch(r"[+-]?0\d+(\.\d+)?", token), lambda: (
            "数字不能以 0 开头", re.sub(r"^([+-]?)0+(?=\d)", r"\1", token))),
        (re.fullmatch(r"[+-]?\.\d+", token), lambda: ("小数点前面要有 0", token.replace(".", "0.", 1))),
        (re.fullmatch(r"[+-]?\d+\.", token), lambda: ("小数点后面缺数字", token.rstrip("."))),
        (re.fullmatch(r"[+-]?\d[\d.]*[eE][+-]?\d+", token), lambda: ("这个数超出了范围，请核对", None)),
        (number and number.group() != token, lambda: (
            f"“{token}”不是一个数：只写数字，不写单位", number.group() if number else None)),
    ]
    for condition, answer in checks:
        if condition:
            return answer()
    return f"“{token}”看不懂：文字要放在引号里，数字只能用半角", f'"{token}"'
