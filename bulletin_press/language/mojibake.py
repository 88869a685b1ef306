"""Text in UTF-8 that was read as GBK: runs of rare hanzi whose bytes are a text again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bulletin_press.language.script import lazy

# So many characters of the first text must come out, all of them Chinese.
_LEAST = 3
_PROBE, _LONGEST = 6, 400


@cache
def _starts() -> re.Pattern[str]:
    """The characters of GBK whose two bytes begin a hanzi or a Chinese mark of UTF-8."""
    pairs = (bytes((lead, trail)) for lead in (*range(0xE3, 0xEA), 0xEF) for trail in range(0x80, 0xC0))
    return lazy("[" + "".join(pair.decode("gb18030") for pair in pairs) + "]")


def utf8_read_as_gbk(text: str) -> Iterator[tuple[int, int]]:
    """Where such runs stand: start and end."""
    at = 0
    while match := _starts().search(text, at):
        at = match.end()
        # A few characters tell: a run is read to its end only where they do.
        end = _end(text, match.start(), _PROBE) and _end(text, match.start(), _LONGEST)
        if end:
            yield match.start(), end
            at = end


def _end(text: str, start: int, longest: int) -> int | None:
    """Where the run that begins at a place ends; None if its bytes are no Chinese text."""
    data, ends = bytearray(), list[int]()
    for index in range(start, min(len(text), start + longest)):
        char = text[index]
        # In the code page of Windows, one byte; in GB 18030, two.
        plain = char < "\x80" or char == "\ufffd"
        read = b"\x80" if char == "€" else b"" if plain else char.encode("gb18030", "ignore")
        if not 1 <= len(read) <= 2:
            break
        data += read
        ends += [index + 1] * len(read)
    try:
        good = bytes(data).decode("utf-8")
        valid = len(data)
    except UnicodeDecodeError as error:
        valid = error.start
        good = data[:valid].decode("utf-8")
    if len(good) < _LEAST or not all("\u2014" <= char <= "\u9fff" or "\uff00" <= char <= "\uffee" for char in good):
        return None
    # What is left is part of a character that was cut off.
    end = ends[-1] if len(data) - valid <= 2 else ends[valid - 1]
    while text[end : end + 1] == "\ufffd":
        end += 1
    return end
