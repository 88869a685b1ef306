"""Keys, dotted and quoted, and the mark behind them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import KeyPath, key_meant
from bulletin_press.toml.marks import VALUE_START
from bulletin_press.toml.strings import Strings
from bulletin_press.toml.typed_values import MAX_TOKEN

MAX_DEPTH = 20
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Two quotes that open a text as if they were three.
_TWO_QUOTES = lazy(r"[=＝][ \t]*(?:\'\'|\"\")[ \t]*\n[ \t\n]*\Z")


class Keys(Strings):
    """Reads what stands left of a value."""

    def _duplicate(self, path: KeyPath, start: int, shown: str) -> None:
        first = self.places[path].key[0] if path in self.places else self._tables.get(path, start)
        line = self.text.count("\n", 0, first) + 1
        hint = "：一节只写一次，把两处并成一节，或删去一处" if shown.startswith("[") else "：留一行，另一行删去"
        self._fault(start, self.pos, f"“{shown}”写了两次，第 {line} 行已经有了{hint}",
                    rule="duplicate-key")

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
        if self.pos > end and VALUE_START.match(self.text, self.pos):
            self._fault(end, self.pos, f"“{key}”后面缺少等号 =", " = ", certain=True)
            self._cut(end, self.pos, " = ")
            return
        raise self._stop(start, self._end_of_line(), f"“{key}”后面缺少等号 =")
