"""Are pages that are redrawn from a page on the same as the whole layout's, to the pixel? Random edits in every theme.

Each edit is made in the issue as it was laid out last: typed characters, characters taken away, a paragraph more or
less, another title, figures of a table, another order. Redrawn pages are held against a whole layout in the same
arrangement. What was not redrawn so must have said so (``settled``). Arguments: edits a theme, a seed, themes.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from live_edits import edited, whole_leaves

from bulletin_press.desk.live.pages import LivePages
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.publication.workspace import Workspace

ROOT = Path(__file__).parents[2]
THEMES = ("classic", "modern", "gongwen", "annual")
ISSUES = ("2022-07", "2022-08")
WIDTH = 600


def prove(folder: Path, issue: str, theme: str, edits: int, chance: random.Random) -> tuple[Counter[str], list[str]]:
    """Make edits one after the other; what came of them, and which were wrong."""
    path = folder / issue / "issue.toml"
    text = path.read_text("utf-8")
    pages = LivePages(Workspace(folder, date(2022, 9, 30), folder), path, theme, width=WIDTH)
    whole = pages.lay_out(text)
    told, wrong = Counter[str](), list[str]()
    for at in range(edits):
        kind, new = edited(text, chance)
        try:
            drawn = pages.update(new)
            true = whole_leaves(pages, new)
        except PressError as fault:
            told[f"cannot be set: {fault.message[:20]}"] += 1
            pages.adopt(whole)
            continue
        told["edits"] += 1
        if drawn.refused:
            told[f"refused: {re.sub('[0-9]+', '', drawn.refused)[:60]}"] += 1
            pages.adopt(whole)
            continue
        told["settled" if drawn.settled else "not settled"] += 1
        off = [number for number, (one, other) in enumerate(zip(drawn.leaves, true, strict=False), 1)
               if one.digest != other.digest]
        same_count = len(drawn.leaves) == len(true)
        if drawn.settled and (off or not same_count):
            wrong.append(f"{theme} {issue} edit {at} ({kind}): pages {off} of {len(true)} differ")
        redrawn = [number for number in drawn.pages if number <= len(true)]
        told["redrawn pages"] += len(redrawn)
        told["of these as the whole layout has them"] += sum(number not in off for number in redrawn)
        # Typing goes on from what was laid out last; now and then the whole layout has caught up.
        if at % 5 == 4 and whole.text != new:
            try:
                whole, text = pages.lay_out(new), new
            except PressError:
                pages.adopt(whole)
        else:
            pages.adopt(whole)
    return told, wrong


def main() -> int:
    edits, seed = int(sys.argv[1]) if sys.argv[1:] else 40, int(sys.argv[2]) if sys.argv[2:] else 1
    themes = sys.argv[3:] or THEMES
    faults = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "issues"
        shutil.copytree(ROOT / "issues", folder, ignore=shutil.ignore_patterns("out", ".press"))
        for theme in themes:
            told = Counter[str]()
            for issue in ISSUES:
                some, wrong = prove(folder, issue, theme, edits // 2, random.Random(f"{seed} {theme} {issue}"))
                told += some
                faults += wrong
            print(theme, dict(told), flush=True)
    print("\n".join(faults) if faults else "every page that was said to be final is")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
