"""Brackets and quotation marks: which has no fellow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bulletin_press.language.script import is_latin

CLOSER = {"（": "）", "《": "》", "〈": "〉", "“": "”", "‘": "’", "【": "】", "〔": "〕", "「": "」", "『": "』"}
OPENER = {closer: opener for opener, closer in CLOSER.items()}
INNER = {"“": "引号里的引号用‘’", "《": "书名号里的书名号用〈〉"}
# Half-width brackets pair with full-width ones: their width is another rule's.
_SAME = str.maketrans("()", "（）")
_MARKS = re.compile("[()（）《》〈〉“”‘’【】〔〕「」『』]")
# Each mark closed before the next is opened.
_FLAT = re.compile("(?:" + "|".join(map("".join, CLOSER.items())) + ")*")
# A text so broken is not read to its end: the search in the stack stays short.
MAX_FAULTS = 20


def _marks(text: str) -> list[tuple[int, str]]:
    found = []
    for match in _MARKS.finditer(text):
        at = match.start()
        apostrophe = match.group() in "‘’" and is_latin(text[at + 1 : at + 2]) and (at == 0 or is_latin(text[at - 1]))
        if not apostrophe:
            found.append((at, match.group().translate(_SAME)))
    return found


def faults(text: str) -> Iterator[tuple[int, str]]:
    """The index of each mark without a fellow, or across another pair, and what is wrong."""
    if _FLAT.fullmatch("".join(_MARKS.findall(text)).translate(_SAME)):
        return
    for number, fault in enumerate(_faults(text)):
        if number == MAX_FAULTS:
            return
        yield fault


def _faults(text: str) -> Iterator[tuple[int, str]]:
    marks = _marks(text)
    ahead = Counter(char for _, char in marks)
    following = _following(marks)
    stack: list[tuple[int, str]] = []
    opened: Counter[str] = Counter()
    for number, (at, char) in enumerate(marks):
        ahead[char] -= 1
        if char in CLOSER:
            if char in INNER and opened[char]:
                if following[number] == CLOSER[char] * 2:
                    yield at, f"{char} 里又用了 {char}：{INNER[char]}"
                elif stack[-1][1] == char:
                    yield at, f"前面的 {char} 还没有收尾，这里又是一个 {char}"
                    opened[char] -= 1
                    stack.pop()
                    continue
            stack.append((at, char))
            opened[char] += 1
            continue
        opener = OPENER[char]
        if not opened[opener]:
            # A letter's apostrophe that no ‘ opened: the users’ data.
            if char != "’" or not is_latin(text[at - 1 : at]):
                yield at, f"{text[at]} 前面没有配对的 {opener}"
            continue
        opened[opener] -= 1
        while stack[-1][1] != opener:
            inner_at, inner = stack[-1]
            if ahead[CLOSER[inner]] > 0:
                yield at, f"{text[at]} 与里面的 {inner} 交叉了：先开的后收"
                index = max(i for i, (_, other) in enumerate(stack) if other == opener)
                del stack[index]
                break
            yield inner_at, f"{text[inner_at]} 后面没有配对的 {CLOSER[inner]}"
            opened[inner] -= 1
            stack.pop()
        else:
            stack.pop()
    yield from ((at, f"{text[at]} 后面没有配对的 {CLOSER[char]}") for at, char in stack)


def _following(marks: list[tuple[int, str]]) -> list[str]:
    """For each mark the next two of its kind."""
    found: list[str] = [""] * len(marks)
    seen: dict[str, str] = {}
    for number in range(len(marks) - 1, -1, -1):
        char = marks[number][1]
        kind = OPENER.get(char, char)
        found[number] = seen.get(kind, "")
        seen[kind] = (char + seen.get(kind, ""))[:2]
    return found
