"""Lines that are no prose: code and rows of cells, whose half-width marks are their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What looks like code once its strings are empty: a call or an assignment with a string or a list; a statement of a
# well-known language; an entry or a row of data; a prompt.
_CODE = re.compile(
    r"""[A-Za-z_][\w.]*[(\[][^()\[\]]*""[^()\[\]]*[)\]]"""
    r"""|^\s*[A-Za-z_][\w.]*\s*(?:[+*/-]?=|:=|==|!=)\s*(?:["\[{]|\w+\()"""
    r"""|^\s*(?:def|class|function|func|fn|public|private|static|void|int|var|let|const|elif|else\s+if|while|for|if)\b.*[:{(]"""
    r"""|^\s*(?:import\s+[\w.]+\s*;?\s*$|from\s+[\w.]+\s+import\b|return\b|\#include\b)"""
    r"""|^\s*(?:SELECT|INSERT\s+INTO|UPDATE|DELETE\s+FROM|CREATE\s+TABLE)\s"""
    r"""|^\s*[{\[]?\s*""\s*:\s*(?:["\[{\d-]|true|false|null)"""
    r"""|^\s*[\[{(]?\s*(?:""\s*,\s*)+""\s*[\])}]?\s*[,;]?\s*$"""
    r"""|"".*[;{}]\s*$|^\s*(?:>>>|\$)\s""")
# No line of code or of cells that anybody prints is longer, in characters.
_LONGEST = 300
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_REMARK = re.compile(r"(?:#|//|--).*")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_NUMBER = re.compile(r"(?:^|,)[+-]?\d+(?:\.\d+)?%?(?:,|\s*$)")
_SENTENCE = re.compile(r"[。！？；：，、]")


def is_verbatim(lines: Sequence[str], at: int) -> bool:
    """Whether a line of a body is code, or one of several rows whose cells commas part.

    Args:
        lines: the lines of the whole text.
        at: which of them, from 0.
    """
    return _is_code(lines[at]) or _is_row(lines, at)


def _is_row(lines: Sequence[str], at: int) -> bool:
    """Whether a line and its neighbours have as many cells, one of them a number: prose has none."""
    cells = _cells(lines[at])
    beside = [lines[other] for other in (at - 2, at - 1, at + 1, at + 2)
              if cells and 0 <= other < len(lines) and _cells(lines[other]) == cells]
    return bool(beside) and any(_NUMBER.search(line) for line in (lines[at], *beside))


def _is_code(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    bare = _STRING.sub('""', line)
    # A sentence may name a call or end in a mark of code; its own words show that it is one.
    return not _CHINESE.search(_REMARK.sub("", bare)) and bool(_CODE.search(bare))


def _cells(line: str) -> int:
    """How many commas part a row of cells: none has a blank beside it, and no mark of a sentence is near."""
    if _SENTENCE.search(line) or re.search(r",\s|\s,|[=:]|\d,\d{3}(?!\d)", line) or len(line) > _LONGEST:
        return 0
    return line.count(",")
