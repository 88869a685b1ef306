"""Numbers, dates and truth values, and what was meant where one cannot be read."""

from __future__ import annotations

import re

from bulletin_press.language.script import lazy
from bulletin_press.toml.advice import KeyPath, value_meant, values_meant
from bulletin_press.toml.cursor import Cursor
from bulletin_press.toml.marks import COMMENT_AFTER, FOLD
from bulletin_press.toml.typed_values import MAX_POWER, MAX_TOKEN, is_sheet_error, real_day

_NUMBER = re.compile(
    r"[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d+)?\Z|0[xob][0-9A-Fa-f_]+\Z", re.ASCII)
_DATE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})?)?\Z"
    r"|\d{2}:\d{2}:\d{2}(?:\.\d+)?\Z", re.ASCII)
_TIME_OF_DAY = re.compile(r" \d{2}:\d{2}", re.ASCII)
_GROUPED_FIELD = lazy(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?(?=[ \t]*[,，}｝])", re.ASCII)


class Tokens(Cursor):
    """Reads what stands without quotes."""

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
            found = next((i for i, char in enumerate(line) if FOLD.get(char, char) in ",;]}#"), len(line))
            return start + found
        comment = COMMENT_AFTER.search(line)
        return start + (comment.start() if comment else len(line))


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
