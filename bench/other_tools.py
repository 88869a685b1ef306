"""How many planted faults AutoCorrect, zhlint, textlint and lint-md find, and how often they speak of right text.

    python bench/other_tools.py FOLDER FILE …

In FOLDER `npm i zhlint @lint-md/cli textlint textlint-rule-zh-half-and-full-width-bracket` and, for AutoCorrect,
`pip install autocorrect-py` in this Python were run. A FILE is lines with `〔wrong|right〕` (tests/data/), or JSON of
texts with `text`, `correct`, `spans`, or of documents with `items` and `chars`, that are right. A fault is found
where a complaint that the right twin has not touches it. Marks of a whole text count as no find.
"""

import collections
import json
import re
import shutil
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import autocorrect_py  # type: ignore[import-not-found, unused-ignore]

FAULT = re.compile(r"〔([^|〕]*)\|([^〕]*)〕")
Places = list[tuple[int, int, str]]


def read(path: Path) -> tuple[list[tuple[str, str, list[tuple[int, int]]]], list[str]]:
    """Planted texts, their twins and the faults' places; and texts that are right."""
    if path.suffix != ".json":
        planted = []
        for line in path.read_text("utf-8").splitlines():
            if (match := FAULT.search(line)) and not line.startswith("#"):
                end = match.start() + max(1, len(match[1]))
                planted.append((FAULT.sub(r"\1", line), FAULT.sub(r"\2", line), [(match.start(), end)]))
        return planted, []
    data = json.loads(path.read_text("utf-8"))
    if "items" in data[0]:
        return [], [part for one in data for _, parts in one["items"] for part in parts]
    if "bad" in data[0]:
        return [(one["bad"], one["good"], [(0, len(one["bad"])) if one["kind"].startswith("缺") else
                                           (max(one["pos"] - 1, 0), one["pos"] + 2)]) for one in data], []
    return [(one["text"], one["correct"], [(a, max(b, a + 1)) for a, b in one["spans"]] or [(0, len(one["text"]))])
            for one in data], []


def autocorrect(text: str) -> Places:
    """Where AutoCorrect would change a text."""
    made = autocorrect_py.format(text)
    return [(a, max(b, a + 1), made[c:d]) for tag, a, b, c, d in
            SequenceMatcher(None, text, made, autojunk=False).get_opcodes() if tag != "equal"]


def complaints(folder: Path, texts: list[str]) -> dict[str, list[Places]]:
    """What each tool says of each text."""
    script = shutil.copy(Path(__file__).with_suffix(".mjs"), folder)
    (folder / ".textlintrc.json").write_text('{"rules": {"zh-half-and-full-width-bracket": true}}', "utf-8")
    done = subprocess.run(["node", script], cwd=folder, input=json.dumps(texts), capture_output=True,
                          encoding="utf-8", check=True)
    others = {tool: [[(a, b, what) for a, b, what in found] for found in each]
              for tool, each in json.loads(done.stdout).items()}
    return {"autocorrect": [autocorrect(text) for text in texts], **others}


def told(found: Places, twin: Places, text: str, other: str, faults: list[tuple[int, int]]) -> bool:
    """Whether a complaint that the twin has not touches a fault."""
    known = collections.Counter((what, other[a:b]) for a, b, what in twin)
    for a, b, what in found:
        if known[what, text[a:b]] > 0:
            known[what, text[a:b]] -= 1
        elif any(a < end and b > start for start, end in faults):
            return True
    return False


def main() -> None:
    """Print a line a file and tool."""
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        planted, right = read(Path(name))
        bad = complaints(folder, [text for text, _, _ in planted])
        good = complaints(folder, [text for _, text, _ in planted])
        clean = complaints(folder, right)
        for tool in bad:
            if planted:
                hits = sum(told(*pair, text, other, faults) for *pair, (text, other, faults) in
                           zip(bad[tool], good[tool], planted, strict=True))
                print(f"{name} {tool}: {hits} of {len(planted)}, {hits / len(planted):.1%}")
            if right:
                said, size = sum(map(len, clean[tool])), sum(map(len, right))
                print(f"{name} {tool}: {said} complaints in {size} characters, {1000 * said / size:.2f} in 1,000")


if __name__ == "__main__":
    main()
