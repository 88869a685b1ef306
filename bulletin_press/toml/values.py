"""A key and its value: lists, inline tables, and what else may stand right of the mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import KeyPath, row_meant
from bulletin_press.toml.keys import Keys
from bulletin_press.toml.marks import BREAKS, NEXT_HEADER, STATEMENT, VALUE_START
from bulletin_press.toml.scanned import Place, Stop, typed_lost
from bulletin_press.toml.typed_values import MAX_TOKEN, Advice, is_sheet_error

_COMMENTED_END = lazy(r"^[ \t]*#[ \t]*\][ \t]*(?:#.*)?$", re.M)
_NEXT_PAIR = re.compile(r"[A-Za-z_][\w.-]*\s*[=＝]")
_ROW = lazy(r"[ \t\u3000]*[\[［【\]］】{｛\"“'‘#＃\d]")
# One number with a space in it, or two numbers.
_ONE_OR_TWO = lazy(r"\d{1,3} \d{3}(?!\d)", re.ASCII)
_WHOLE_VALUE = lazy(r"[\d.+-]+|true|false|\"[^\"]*\"|'[^']*'")


class Values(Keys):
    """Reads a pair and all that is nested in it."""

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
            self._cut(key_start, key_end, typed_lost(path[-1]))
        for depth in range(1, len(key)):
            parent = prefix + key[:depth]
            self.places.setdefault(parent, Place((key_start, key_end), (key_start, key_end)))
        self._value(path, (key_start, key_end))

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
            found = STATEMENT.search(self.text, follows)
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
        other = not line or line[0] in "#＃[［" or STATEMENT.match(self.text, start) or line.strip("'\"") == ""
        return None if other else start

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
        except Stop:
            line = self._resume
            # A row that cannot be read takes no other row with it.
            if nested != 1 or len(self.faults) <= faults or self.faults[-1].start < at \
                    or "\n" in self.text[at : line - 1] \
                    or not _ROW.match(self.text, line) or STATEMENT.match(self.text, line):
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
        if not (VALUE_START.match(self.text, self.pos) or closing == "}") or self._is_break(before - 1):
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
        return self.text[at] in "\n" + BREAKS

    def _unclosed(self, start: int, char: str, opening: str, closing: str) -> None:
        """Stop if what follows shows that a bracket was never closed."""
        if char == "" or _NEXT_PAIR.match(self.text, self.pos) or NEXT_HEADER.match(self.text, self.pos):
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
