"""The regular expressions of the press: run as a program it prints all that its modules and a month's work compile.

    python tests/patterns.py FOLDER     FOLDER is a publication that is checked and rendered

One JSON list of ``[pattern, flags, file]``. ``matches`` is the other half: it needs only the standard library,
so that any Python can be asked what it makes of those patterns.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import random
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

Pattern = tuple[str, int, str]

# What our patterns look for, and what they must not trip over.
ALPHABET = ("0123456789", "０１２３．，％", "年月日至到亿元万%‰.,-–—~～/:@#", "，。；：、？！“”‘’（）《》「」…",
            " \t\u3000\n", "下降减少增长了近约超过倍多余一二两十百", "abcXYZ_+`![]()<>*", "推进平台建设中国大连")


def collected(publication: str) -> list[Pattern]:
    """All text patterns that are compiled, or are to be when first used, while the press works.

    Those of the libraries it uses are among them: they must be right as well.
    """
    from re import _parser  # type: ignore[attr-defined]  # the one place that all patterns pass

    found: dict[Pattern, None] = {}
    parse = _parser.parse

    def caller() -> str:
        frame = sys._getframe(2)
        while frame.f_back and frame.f_globals["__name__"] in ("re", "re._compiler", "bulletin_press.language.script"):
            frame = frame.f_back
        return frame.f_code.co_filename

    def watched(pattern: Any, flags: int = 0, state: Any = None) -> Any:
        if isinstance(pattern, str):
            found[pattern, int(flags), caller()] = None
        return parse(pattern, flags, state)

    _parser.parse = watched

    from bulletin_press.language import script

    lazily = script._Lazy.__init__

    def put_off(self: script._Lazy, pattern: str, flags: int) -> None:
        found[pattern, int(flags), caller()] = None
        lazily(self, pattern, flags)

    script._Lazy.__init__ = put_off  # type: ignore[method-assign]

    import bulletin_press

    for module in pkgutil.walk_packages(bulletin_press.__path__, "bulletin_press."):
        importlib.import_module(module.name)

    from bulletin_press import cli

    for command in (["check", "--all", "--layout"], ["check", "--all", "--fix", "--yes"], ["list"], ["themes"],
                    ["explain", "parts-do-not-sum"], ["report"], ["new-issue", "--yes"], ["render", "--draft"],
                    *(["render", "2022-07", "--theme", theme, "-o", f"{publication}/{theme}.pdf"]
                      for theme in ("modern", "gongwen"))):
        assert cli.run(["--workspace", publication, *command]) in (0, 1), command
    return list(found)


def texts(number: int, seed: int = 1) -> Iterator[str]:
    """Random texts of the kind that the patterns are for."""
    chance = random.Random(seed)
    for _ in range(number):
        kinds = chance.sample(ALPHABET, chance.randint(1, 4))
        yield "".join(chance.choice(chance.choice(kinds)) for _ in range(chance.randint(1, 24)))


def matches(patterns: Sequence[Pattern], number: int) -> list[list[list[tuple[int, int]]]]:
    """The spans of every match and group of each pattern in each of some random texts."""
    samples = list(texts(number))
    answers = []
    for pattern, flags, _ in patterns:
        compiled = re.compile(pattern, flags)
        answers.append([[span for match in compiled.finditer(text) for span in match.regs] for text in samples])
    return answers


if __name__ == "__main__":
    import contextlib
    import io

    if sys.argv[1:2] == ["--matches"]:
        import hashlib

        asked = json.load(sys.stdin)
        print(json.dumps([hashlib.sha256(repr(answer).encode()).hexdigest()
                          for answer in matches(asked, int(sys.argv[2]))]))
    else:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            patterns = collected(sys.argv[1])
        json.dump(patterns, sys.stdout)
