"""A person types at the desk while it is killed (SIGKILL) 300 times: nothing older than a second lost, no broken file.

``python tests/proofs/desk_typing.py [--kills 300] [--seed 1]``. The desk's server runs as it is, behind its gate. The
typist is the desk's own client code (``tools/desk/src/saving.js`` in Node, without a browser) over HTTP: letters at a
person's pace, with pauses, and now and then another field. After each kill, at a moment of chance, the file must be an
issue that can be read, must hold every letter that was typed a second or more before, and of the others none that was
not typed; the history must hold the file. The next desk goes on from there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bulletin_press.desk.store import IssueFile  # noqa: E402
from bulletin_press.desk.store.laid import version_of  # noqa: E402
from bulletin_press.toml.positions import parse_table  # noqa: E402
from bulletin_press.toml.source import Source  # noqa: E402

SKIPPED = 77
# Seconds of typing before which nothing may be lost.
SECOND = 1.0
ISSUE = "2022-08"
# The server alone: pages and checks are not asked for, and their processes need not be started 300 times.
SERVER = """
import sys
from datetime import date
from pathlib import Path
from bulletin_press.desk.live.place import Place
from bulletin_press.desk.server import running
running.Desk.start = lambda self: None
running.run(Place(Path(sys.argv[1]), date(2022, 8, 27)), browser=False, tell=lambda words: print(words, flush=True))
"""
TYPIST = """
import { Saving } from "%s";
const [, , origin, cookie, issue, version, seed] = process.argv;
const real = globalThis.fetch;
const ours = { Cookie: cookie, Origin: origin };
globalThis.fetch = (path, how = {}) => real(origin + path, { ...how, headers: { ...how.headers, ...ours } });
const box = { hidden: true, replaceChildren() {} };
const made = { append() {}, setAttribute() {}, addEventListener() {} };
globalThis.document = { getElementById: () => box, createElement: () => made };
let state = +seed;
const chance = () => { state = (state * 1103515245 + 12345) %% 2147483648; return state / 2147483648; };
const saving = new Saving(issue, version, () => {}, () => {});
const fields = [["news", 0, "title"], ["news", 1, "source"], ["policy", 0, "body"]];
const words = "数据要素市场建设取得进展各地加快布局企业认为政策及时有效";
let at = 0, typed = "", count = 0;
function type() {
  if (chance() < 0.04) { at = (at + 1) %% fields.length; typed = ""; }
  typed += words[Math.floor(chance() * words.length)];
  count += 1;
  console.log(JSON.stringify({ at, text: typed, when: Date.now() / 1000 }));
  saving.put(fields[at], at === 2 ? `${typed}\\n` : typed);
  setTimeout(type, chance() < 0.08 ? 300 + 500 * chance() : 20 + 160 * chance());
}
type();
"""


def run(root: Path, typist: Path, seed: int, after: float) -> tuple[list[str], float, int]:
    """What is wrong after a desk was killed some seconds into the typing; the oldest letter that was lost; letters."""
    path = root / ISSUE / "issue.toml"
    before = [shown(path.read_bytes(), field) for field in FIELDS]
    command = [sys.executable, "-c", SERVER, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, cwd=ROOT) as server:
        assert server.stdout
        address = server.stdout.readline().split()[-1]
        jar = CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        origin = address.partition("/?")[0]
        browser.open(address, timeout=20).read()
        page = browser.open(f"{origin}/issue/{ISSUE}/news", timeout=20).read().decode()
        found = re.search(r'data-version="([0-9a-f]+)"', page)
        assert found
        cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
        with subprocess.Popen(["node", str(typist), origin, cookie, ISSUE, found[1], str(seed)], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as node:
            assert node.stdout
            first = node.stdout.readline()  # the first letter: it types
            time.sleep(after)
            killed = time.time()
            os.killpg(server.pid, signal.SIGKILL)
            node.kill()
            lines = [first, *node.stdout.read().splitlines()]
    keys = [json.loads(line) for line in lines if line.rstrip().endswith("}")]
    return judged(path, before, [one for one in keys if one["when"] <= killed], killed)


FIELDS = (("news", 0, "title"), ("news", 1, "source"), ("policy", 0, "body"))


def shown(data: bytes, field: tuple[str | int, ...]) -> str:
    """What stands in a field."""
    return str(parse_table(Source("issue.toml", data.decode())).value(field)).removesuffix("\n")


def judged(path: Path, before: list[str], keys: list[dict[str, object]], killed: float
           ) -> tuple[list[str], float, int]:
    """The file against what stood there before and what was typed since."""
    data, wrong, oldest = path.read_bytes(), [], 0.0
    for at, field in enumerate(FIELDS):
        try:
            there = shown(data, field)
        except Exception as error:  # whatever it is, it is what this is to find
            return [f"broken: {error}"], 0.0, len(keys)
        mine = [one for one in keys if one["at"] == at]
        if there != before[at] and all(one["text"] != there for one in mine):
            wrong.append(f"{field} holds what nobody typed: {there[:40]}")
        held = max((one["when"] for one in mine if one["text"] == there), default=0.0)
        lost = [one["when"] for one in mine if one["when"] > held]  # type: ignore[operator]
        if lost:
            oldest = max(oldest, killed - min(lost))  # type: ignore[type-var, operator]
    if oldest > SECOND:
        wrong.append(f"a letter of {oldest:.2f} seconds before is lost")
    if version_of(data) not in {one.version for one in IssueFile(path).history()[:3]}:
        wrong.append("the file is not in its history")
    left = {one.name for one in path.parent.iterdir()} - {"issue.toml", "images"}
    if len(left) > 1:  # of the write under way
        wrong.append(f"left over: {left}")
    return wrong, oldest, len(keys)


def main() -> int:
    """Kill, look, and say what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    if not shutil.which("node") or not hasattr(os, "killpg"):
        print("no Node here, or no process groups: skipped")
        return SKIPPED
    root, chance = Path(tempfile.mkdtemp(prefix="desk-typing-")), random.Random(chosen.seed)
    wrong, letters, oldest = 0, 0, list[float]()
    try:
        shutil.copytree(ROOT / "issues", root / "ws", ignore=shutil.ignore_patterns("out", ".press"))
        typist = root / "typist.mjs"
        typist.write_text(TYPIST % (ROOT / "tools" / "desk" / "src" / "saving.js"), "utf-8")
        for number in range(chosen.kills):
            faults, lost, keys = run(root / "ws", typist, 1000 * chosen.seed + number, chance.uniform(0.1, 2.5))
            letters += keys
            oldest.append(lost)
            for one in faults:
                wrong += 1
                print(f"kill {number}: {one}", flush=True)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    oldest.sort()
    print(f"kills {chosen.kills}\nletters typed {letters}\nwrong {wrong}\n"
          f"oldest letter lost, seconds: median {oldest[len(oldest) // 2]:.2f}, most {oldest[-1]:.2f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
