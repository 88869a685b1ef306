"""Headers of tables, and where a statement belongs."""

from __future__ import annotations

import re

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import KeyPath, bracketed
from bulletin_press.toml.keys import Keys
from bulletin_press.toml.marks import COMMENT_AFTER
from bulletin_press.toml.scanned import ANY, Place, lost_header

# A row of a ranking, and the end of its list.
_STRAY_ROW = re.compile(r"[ \t]*[\[［【][ \t]*[\"“'‘][^\n\]］]*[,，、\t]")
_STRAY_END = lazy(r"[ \t]*[\]］】][ \t]*(?:[#＃].*)?$", re.M)
# Tables that there is one of.
_SINGLE = frozenset({"issue", "report", "tip", "allow", "publication", "theme", "sections", "charts", "style", "terms",
                     "rules"})


class Headers(Keys):
    """Reads ``[table]`` and ``[[table]]``."""

    def _header(self) -> None:
        start = self.pos
        if _STRAY_ROW.match(self.text, start):
            self._stray_rows(start)
            return
        self._statement_path = (ANY,)
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
        comment = COMMENT_AFTER.search(line)
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
            self._cut(start, self.pos, lost_header(self._prefix))
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

    def _resolve(self, key: tuple[str, ...]) -> KeyPath:
        """A dotted header, with the index of the last element of every array of tables."""
        path: KeyPath = ()
        for part in key:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path
