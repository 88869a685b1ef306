"""What stands behind a statement on its line."""

from __future__ import annotations

import re

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import KeyPath, quantity_meant, values_meant
from bulletin_press.toml.cursor import Cursor
from bulletin_press.toml.key_names import ENGLISH
from bulletin_press.toml.marks import COMMENT_AFTER, STATEMENT

# A key and the mark after it: a second field on a line; and fields that are whole, up to the line's end.
_KEY = rf"(?:[A-Za-z_][\w-]*|{'|'.join(ENGLISH)})"
_FIELD = lazy(rf"[,，;；、]?\s*({_KEY})[ \t]*[=＝]")
_FIELD_LATER = lazy(rf"[\s\"'”’,，;；、]({_KEY})[ \t]*[=＝][ \t]*[\"“'‘\d]")
_FIELDS = lazy(
    rf"""[,，;；、]?[ \t\u3000]*+"""
    rf"""(?:{_KEY}[ \t]*[=＝][ \t]*(?:"(?!"")[^"\\\n]*+"|'(?!'')[^'\n]*+'|[\d.+-]++|true|false"""
    r"""|\[[^\[\]\n]*+\]|\{[^{}\n]*+\})[ \t]*+[,，;；、]?[ \t\u3000]*+)*"""
    rf"""(?:{_KEY}[ \t]*[=＝][ \t]*(?:\'\'\'|\"\"\"))?[ \t]*(?:\#.*)?""")


class LineEnds(Cursor):
    """Reads on to the next line, or says what is too much on this one."""

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
        comment = COMMENT_AFTER.search(line)
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
        elif self.text[self._statement_at] in "[［【" and STATEMENT.match(rest):
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
        following = STATEMENT.search(self.text, self.pos)
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
