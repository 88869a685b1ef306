"""A process that types into an issue, killed (SIGKILL) 300 times: nothing older than a second lost, no broken file.

``python tests/proofs/desk_kills.py [--kills 300]``. The typist changes a body letter by letter, and now and then
adds, moves or deletes an item, or undoes; it says of each save that has come back which version it made. After each
kill the file must hold, byte for byte, what was said last or the save that was under way, and the history both. The
next typist goes on from there, under a lock that nobody holds; at the end all is undone, each step to the very bytes,
to the first ones as far as the stack reaches.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bulletin_press.desk.store import Delete, Insert, IssueFile, Move, Set  # noqa: E402
from bulletin_press.desk.store.laid import version_of  # noqa: E402
from bulletin_press.desk.store.stack import MOST  # noqa: E402

ISSUE = """# 一期
[issue]
number = 8
date = 2022-08-26

# ── 五、协会动态 ────

[[event]]
body = '''
协会举办座谈会。
'''
"""


def typed(path: Path, seed: int, pipe: int) -> None:
    """Type until killed; into the pipe a line for each save that has come back."""
    chance, file = random.Random(seed), IssueFile(path, f"打字的人{seed}")
    while True:
        events = file.values().get("event", [])
        count, kind = len(events), chance.random()
        at = chance.randrange(count) if count else 0
        if kind < 0.05:
            saved = file.undo()
        elif not count or (kind < 0.1 and count < 30):
            saved = file.save([Insert("event", at, {"body": "新的一则\n"})])
        elif kind < 0.15 and count > 1:
            saved = file.save([Delete("event", at)])
        elif kind < 0.2:
            saved = file.save([Move("event", at, chance.randrange(count))])
        else:
            saved = file.save([Set(("event", at, "body"), str(events[at]["body"])[:300] + "字")])
        os.write(pipe, f"{saved.version}\n".encode())


def killed(path: Path, seed: int, after: float) -> tuple[str, ...]:
    """What is wrong after a typist was killed some seconds after he began; his last words are the measure."""
    out, pipe = os.pipe()
    typist = os.fork()
    if not typist:
        try:
            typed(path, seed, pipe)
        finally:
            os._exit(1)
    os.close(pipe)
    time.sleep(after)
    os.kill(typist, signal.SIGKILL)
    os.waitpid(typist, 0)
    with os.fdopen(out, "rb") as said_all:
        said = said_all.read().decode().split("\n")[:-1]
    file, wrong = IssueFile(path), []
    try:
        file.values()
    except Exception as error:  # whatever it is, it is what this is to find
        return (f"broken: {error}",)
    data = path.read_bytes()
    last = said[-1] if said else None
    kept = {one.version for one in file.history()}
    if last and last not in kept:
        wrong.append("the last save is not in the history")
    # One save may have been under way: then the history has it, written before the file.
    if last and version_of(data) != last and version_of(data) != file.history()[0].version:
        wrong.append("neither the last save nor the one under way")
    left = [one.name for one in path.parent.iterdir() if one.name not in ("issue.toml",)]
    if len(left) > 1:
        wrong.append(f"left over: {left}")
    return tuple(wrong)


def main() -> int:
    """Kill, look, and say what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=300)
    chosen = options.parse_args()
    root = Path(tempfile.mkdtemp(prefix="desk-kills-"))
    path, chance, wrong = root / "2022-08" / "issue.toml", random.Random(1), 0
    try:
        path.parent.mkdir()
        path.write_text(ISSUE, encoding="utf-8")
        (root / "publication.toml").write_text('[publication]\nname = "测试月刊"\n', encoding="utf-8")
        for number in range(chosen.kills):
            for one in killed(path, number, chance.uniform(0.0, 0.4)):
                wrong += 1
                print(f"kill {number}: {one}")
        file = IssueFile(path)
        file.save([])
        left = [one.name for one in path.parent.iterdir() if one.name != "issue.toml"]
        steps, saves = 0, len(file.history())
        while (undone := file.undo()).what:
            steps += 1
            if undone.conflicts or undone.merged:
                wrong += 1
                print(f"undo {steps}: not the very bytes")
        print(f"kills {chosen.kills}\nsaves kept {saves}\nundone after them {steps}\nwrong {wrong}\n"
              f"left beside the file {len(left)}")
        # The stack forgets its oldest steps beyond MOST, and one that was undone may stand above the last: whether it
        # reaches the beginning is told by how much was ever saved, not by how many steps could be undone.
        bottom = file._stack.steps[0].before if file._stack.steps else version_of(ISSUE.encode())
        if version_of(path.read_bytes()) != bottom:
            wrong += 1
            print("undoing all did not give the bytes before the oldest step")
        if saves <= MOST and path.read_text(encoding="utf-8") != ISSUE:
            wrong += 1
            print("undoing all did not give the first bytes")
    finally:
        shutil.rmtree(root, ignore_errors=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
