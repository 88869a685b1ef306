"""Reading on character by character: full-width marks as the ASCII ones that were meant, faults, and how to go on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import BUILT_IN, KeyPath, SectionNames
from bulletin_press.toml.marks import BREAKS, CONTROL, FOLD, OPENING_LINE
from bulletin_press.toml.scanned import LOST, MAX_FAULTS, Comment, Enough, Fault, Place, Statement, Stop
from bulletin_press.toml.typed_values import MAX_TOKEN, Advice, is_sheet_value

_NAMES = {" ": "半角空格（或删去）", ",": "半角逗号 ,", "-": "半角减号 -", "=": "半角等号 =",
          '"': '半角引号 "', "'": "半角引号 '", ".": "半角小数点 ."}
_LINE_END = re.compile(f"[\n{BREAKS}]")
_THOUSANDS_MARK = lazy(r"\d[，﹐]\d{3}", re.ASCII)


@dataclass
class Cursor:
    """What all parts of the scanner share: the text, the place in it, and what was found so far.

    ``statements`` are in order, and of use only where there are no faults.

    ``damaged`` are the paths of which a fault has left no certain value; ``ANY`` ends the path of a table
    in which some key could not be read. The fields with an underscore are the parts' own.
    """

    text: str
    sections: SectionNames = BUILT_IN
    places: dict[KeyPath, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
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

    def _cut(self, start: int, end: int, new: str) -> None:
        """Mend a stretch; what was mended inside it has gone with it."""
        while self._edits and self._edits[-1][0] >= start:
            self._edits.pop()
        self._edits.append((start, end, new))

    def _lost_key(self) -> str:
        self._lost += 1
        return f"{LOST}{self._lost}"

    def _peek(self, ahead: int = 0) -> str:
        at = self.pos + ahead
        if at >= len(self.text):
            return ""
        char = self.text[at]
        return FOLD.get(char, char)

    def _take(self) -> str:
        """The next character as meant; a full-width one is recorded as a fault."""
        char, meant = self.text[self.pos], self._peek()
        if char != meant and not CONTROL.match(char):
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
            raise Enough

    def _stop(self, start: int, end: int, message: str, suggestion: str | None = None, *,
              certain: bool = False) -> Stop:
        swallowed = self._swallowed()
        if swallowed is not None:
            start, end = swallowed
            message, suggestion = self._unended(start), None
            self._forget(start)
        self._resume = self._line_after(start)
        self._fault(start, end, message, suggestion, certain=certain)
        return Stop()

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
        quotes = (FOLD.get(self.text[start], self.text[start])) * 3
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
        return (start, start + 3) if OPENING_LINE.search(before) else None

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

    def _end_of_line(self) -> int:
        start, end = self._line_seen
        if not start <= self.pos <= end:  # one line of a megabyte must not be searched anew each time
            found = _LINE_END.search(self.text, self.pos)
            end = found.start() if found else len(self.text)
            self._line_seen = (self.pos, end)
        return end

    def _end_of(self, at: int) -> int:
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found
