"""Tables of a web page: what many systems hand out as .xls."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bulletin_press.intake.grid import Area, Place, RawBook, RawCell, RawSheet
from bulletin_press.intake.readers.delimited import decoded
from bulletin_press.intake.readers.limits import MAX_CELLS, MAX_CHARACTERS, TOO_LARGE, Refused

_SPAN = re.compile(r"\s*(\d{1,4})")


class _Tables(HTMLParser):
    """Collects the cells of the outermost tables, spans resolved."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[tuple[dict[Place, RawCell], list[Area]]] = []
        self.depth = 0
        self.row = self.column = 0
        self.taken: set[Place] = set()
        self.words: list[str] | None = None
        self.spans = (1, 1)
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.sheets.append(({}, []))
                self.row, self.taken = 0, set()
        elif self.depth == 1 and tag == "tr":
            self._close()
            self.row, self.column = self.row + 1, 1
        elif self.depth == 1 and tag in ("td", "th"):
            self._close()
            self.row = self.row or 1
            given = dict(attrs)
            self.spans = (_span(given.get("rowspan")), _span(given.get("colspan")))
            while (self.row, self.column) in self.taken:
                self.column += 1
            self.words = []
        elif tag == "br" and self.words is not None:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif tag == "table":
            if self.depth == 1:
                self._close()
            self.depth = max(0, self.depth - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self.words is not None and not self.silent:
            self.words.append(data)

    def _close(self) -> None:
        if self.words is None:
            return
        cells, merged = self.sheets[-1]
        text = re.sub(r"[ \t\r\f\n]+", " ", "".join(self.words)).strip()[:MAX_CHARACTERS]
        rows, columns = self.spans
        if text:
            cells[self.row, self.column] = RawCell("text", text)
        if rows > 1 or columns > 1:
            merged.append((self.row, self.column, self.row + rows - 1, self.column + columns - 1))
            self.taken.update((row, column) for row in range(self.row, self.row + rows)
                              for column in range(self.column, self.column + columns))
        self.column, self.words = self.column + columns, None
        if len(cells) > MAX_CELLS or len(self.taken) > MAX_CELLS:
            raise Refused(TOO_LARGE)


def _span(value: str | None) -> int:
    found = _SPAN.match(value or "")
    return min(max(1, int(found[1])), 500) if found else 1


def read_web(data: bytes) -> RawBook:
    """Read the tables of a page; every cell is a text.

    Raises:
        Refused: there is no table, or too much of it.
    """
    tables = _Tables()
    tables.feed(decoded(data)[0])
    tables.close()
    found = [(cells, merged) for cells, merged in tables.sheets if cells]
    if not found:
        raise Refused("这个文件其实是网页，里面没有表格：也许是登录过期了，请重新下载")
    several = len(found) > 1
    return RawBook("web", tuple(
        RawSheet(f"表{number}" if several else "", cells, tuple(merged))
        for number, (cells, merged) in enumerate(found, 1)), ("文件其实是网页（HTML），已照网页里的表格读",))
