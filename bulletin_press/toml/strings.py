"""Strings of one line and of several; every character with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import KeyPath
from bulletin_press.toml.marks import FOLD, NEXT_HEADER, OPENING_LINE, STATEMENT
from bulletin_press.toml.picture_paths import advice, looks_like_picture
from bulletin_press.toml.tokens import Tokens

_ESCAPE = lazy(r'\\(?:[btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_FOLDED_LINE = lazy(r"\\[ \t]*\n\s*")
_LONG_CLOSE = {"'": re.compile("'''"), '"': re.compile(r'\\.|"""', re.S)}
_WRONG_CLOSE = {"'": re.compile(r"^[ \t]*([‘’＇']{3})[ \t]*$", re.M),
                '"': re.compile(r'^[ \t]*([“”＂"]{3})[ \t]*$', re.M)}


class Strings(Tokens):
    """Reads what stands in quotes."""

    def _string(self, start: int, path: KeyPath) -> Sequence[int] | None:
        quote = self._peek()
        if self._peek(1) == quote and self._peek(2) == quote and not self._quotes_inside(start):
            return self._multiline(start, quote)
        characters = self._short_string()
        if characters is None:
            self.pos = start
            self._unpaired(start, quote, path)
        return characters

    def _quotes_inside(self, start: int) -> bool:
        """Whether a text of one line begins with Chinese quotes, which are no part of its own: "“" or "“”"."""
        ascii_quotes = [char in "\"'" for char in self.text[start : start + 3]]
        return ascii_quotes[:2] == [True, False] and (
            ascii_quotes[2] or bool(self.text[start + 3 : self._end_of_line()].strip()))

    def _unpaired(self, start: int, quote: str, path: KeyPath) -> None:
        """A quote that has no fellow on its line."""
        end = self._end_of_line()
        shown = self.text[start:end].strip()
        # A sheet puts ' before a number that is to be text.
        if quote == "'" and re.match(r"['‘’][+-]?\d", shown):
            self._token(start, path)
            return
        other = '"' if quote == "'" else "'"
        bare = shown[1:-1] if FOLD.get(shown[-1:], shown[-1:]) == other and len(shown) > 2 else shown[1:]
        # A text that goes on in the next line has its other quote there.
        following = self.text[end + 1 : self._line_after(end + 1)].rstrip()
        broken = bool(following.strip()) and following.lstrip()[0] not in "#＃" and not STATEMENT.match(following)
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
            if char == quote or (chinese and FOLD.get(char) == quote):
                return at
            at += 1
        # Opened in ASCII, closed with a Chinese quote: the last one on the line was meant.
        tail = self.text[self.pos : end]
        return next((self.pos + i for i in range(len(tail) - 1, -1, -1)
                     if FOLD.get(tail[i]) == quote), None)

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
        if not line or not OPENING_LINE.search(self.text[line:close]):
            return False
        return any(NEXT_HEADER.match(self.text, found.start()) for found in
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


def _scalar(code: int) -> bool:
    """Whether a number is the code of a character: no surrogate, none past the last."""
    return code < 0xD800 or 0xDFFF < code <= 0x10FFFF
