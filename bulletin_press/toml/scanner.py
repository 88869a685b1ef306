"""Where everything stands in a TOML file, and all that is wrong with its syntax.

``tomllib`` says what a file means but neither where nor, in words a secretary can use, what is
wrong with it. This scanner walks the same text and records the place of every key, value and
character of a string; it reads full-width marks as the ASCII marks they were meant to be and
reports each. After a fault it goes on at the next statement, and notes how the text must be mended
for ``tomllib`` to read the rest: values themselves are taken from ``tomllib`` alone.
"""

from __future__ import annotations

import re

from bulletin_press.toml.controls import Controls
from bulletin_press.toml.headers import Headers
from bulletin_press.toml.line_ends import LineEnds
from bulletin_press.toml.marks import STATEMENT
from bulletin_press.toml.scanned import ANY, LOST, Enough, Statement, Stop, lost_header
from bulletin_press.toml.values import Values

__all__ = ["Scanner"]

# A comment as other languages have it, or a line of marks; no key.
_FOREIGN_COMMENT = re.compile(r"(?:--+|//+|;+|%+|=+|\*+|[—－─━═]+)(?:[ \t]*(?=\n|\Z)|(?<=--)(?=[^\w\n-])"
                              r"|(?<=//)|(?<=[;%]))"
                              r"(?![^\n]*[=＝][ \t]*[\"'“\d\[])")


class Scanner(Headers, Values, LineEnds, Controls):
    """One pass over a TOML text: fills ``places``, ``faults`` and ``comments``.

    Each of its parts reads one thing; all of them move one place through one text.
    """

    def scan(self) -> None:
        """Walk the whole text; after a fault, on from the next statement."""
        try:
            self._controls()
            while True:
                try:
                    if not self._statement():
                        break
                except Stop:
                    self._go_on()
        except Enough:
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

    def _go_on(self) -> None:
        """Leave out the statement at fault; go on at the next line that begins one."""
        self._nested, self._row_closed = 0, False
        found = STATEMENT.search(self.text, self._resume)
        self.pos = found.start() if found else len(self.text)
        lost = self._statement_path == (ANY,) and self._prefix[:1] and str(self._prefix[0]).startswith(LOST)
        self._cut(self._statement_at, self.pos, f"{lost_header(self._prefix)}\n" if lost else "")
        self.damaged.add(self._statement_path)

    def _statement(self) -> bool:
        self._blank_lines(self._prefix)
        if self.pos >= len(self.text):
            return False
        self._statement_at, self._statement_path = self.pos, (*self._prefix, ANY)
        if self._foreign_comment():
            self._last_value = self.pos
        else:
            header = self._peek() == "["
            if header:
                self._header()
            else:
                self._pair(self._prefix)
            self.statements.append(Statement(self._statement_at, self.pos, self._statement_path, header))
        self._line_end()
        return True

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
