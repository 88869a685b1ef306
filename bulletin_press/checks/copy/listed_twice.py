"""同一项列了两次。

一串并列里有一项重复了，多半是该换的没有换。

误：发包市场主要有日本、美国、韩国、日本。
误：参会的有银行、律所、保险公司、律所等
正：日本、韩国和美国，红、绿、红相间？日本对美国、韩国对美国
正：上午、下午，甲、乙
依据：编辑的通读。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# From where a word begins: else each of its characters would be tried.
LIST = lazy(r"(?<![\u4e00-\u9fffA-Za-z])[\u4e00-\u9fffA-Za-z]+(?:、[\u4e00-\u9fffA-Za-z]+){2,}")
LAST = lazy("(?:以及|[和与及])|等")
MIXED = lazy("[或者的等和与及]")
LONGEST = 8


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each item that stands twice in a list."""
    for match in copy.finds(LIST) if copy.words.count("、") > 1 else ():
        at = match.start()
        parts = match.group().split("、")
        # Two lists in one clause: 报纸、期刊等刊登其他报纸、期刊的文章.
        seen: set[str] = set()
        if any(MIXED.search(part) or len(part) > LONGEST for part in parts[1:-1]):
            continue
        for number, part in enumerate(parts):
            item = LAST.split(part)[0] if number == len(parts) - 1 else part
            # The first has words before it that belong to no item.
            last = number == len(parts) - 1 and len(parts[0]) > len(item) and parts[0].endswith(item)
            if len(item) > 1 and (item in seen or last):
                yield Mark(at, at + len(item), f"“{item}”列了两次")
            seen.add(item)
            at += len(part) + 1


RULE = Rule("listed-twice", Severity.WARNING, Copy, check, needs="、", cues=(LIST,))
