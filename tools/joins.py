"""Builds templates/checks/joins.txt: which characters may stand doubled, from jieba's word list (MIT).

usage: pip download --no-deps --no-binary :all: jieba==0.42.1 && python tools/joins.py jieba-0.42.1.tar.gz

A row is a character and those that may stand before it where it is written twice: 国 and 中, for 中国国际 is two words.
The first row has the characters that are doubled as a word: 常常.
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from collections import defaultdict
from pathlib import Path

SHA256 = "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2"
TARGET = Path(__file__).resolve().parent.parent / "templates" / "checks" / "joins.txt"
# A word that is rarer joins nothing; a doubled one that is rarer is none.
COMMON, DOUBLED = 20, 3
LONGEST = 4
# Doubled in old books alone.
NEVER = frozenset("的在了是和与为将从把被就也都及或我你他它该其有以至用等来由行作")
HEAD = """\
# 哪些字可以叠用（第一行），哪些字之后可以叠用（其余各行：叠用的字，它前面的字）。
# 由 tools/joins.py 从 jieba 0.42.1 的词表生成；词表 © 2013 Sun Junyi，MIT 许可：
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
# documentation files (the "Software"), to deal in the Software without restriction, including without
# limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
# Software, and to permit persons to whom the Software is furnished to do so, subject to the following
# conditions: The above copyright notice and this permission notice shall be included in all copies or
# substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS
# OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE
# AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR
# OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
# WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def words(archive: Path) -> dict[str, int]:
    """Each word and how often it was counted."""
    content = archive.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{archive} is not jieba 0.42.1")
    with tarfile.open(archive) as files:
        member = files.extractfile("jieba-0.42.1/jieba/dict.txt")
        assert member is not None
        rows = (line.split() for line in member.read().decode("utf-8").splitlines())
        return {word: int(count) for word, count, *_ in rows}


def main() -> None:
    """Write the file."""
    joins: dict[str, set[str]] = defaultdict(set)
    doubled: set[str] = set()
    for word, count in words(Path(sys.argv[1])).items():
        if not all("\u4e00" <= char <= "\u9fff" for char in word):
            continue
        if 2 <= len(word) <= LONGEST and count >= COMMON:
            joins[word[-1]].add(word[-2])
        if len(word) == 2 and word[0] == word[1] and count >= DOUBLED:
            doubled.add(word[0])
        for at in range(len(word) - 1) if len(word) > 2 else ():
            if word[at] == word[at + 1]:
                if at:
                    joins[word[at]].add(word[at - 1])
                else:
                    doubled.add(word[0])
    rows = ["".join(sorted(doubled - NEVER))]
    rows += [char + "".join(sorted(before)) for char, before in sorted(joins.items())]
    TARGET.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")


if __name__ == "__main__":
    main()
