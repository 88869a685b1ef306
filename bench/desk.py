"""How fast the desk shows what is typed: a 12-page issue in each theme, in a Chromium; memory over many edits.

usage: python bench/desk.py [--keys 40] [--edits 500] [--themes classic modern gongwen annual]

1. A key to the redrawn page on the screen, and a key that makes or mends a fault to the list of findings that says so,
   seconds: median and 95th percentile.
2. The whole layout beside it, seconds.
3. Seconds of the processor for a changed word anywhere in the issue, how often that is left to the whole layout,
   and the memory of the process that redraws, over many edits, MB (so many in the first theme, 60 in the others).
4. From the start of ``press desk`` to its first answer, seconds; and the processor's share of it.
5. The memory of the desk's server and of its processes over many edits asked over HTTP, each drawn and checked, every
   25th saved and laid out whole, MB (in the first theme).

Times are the wall's: other work on the machine lengthens them; its load is told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
THEMES = ("classic", "modern", "gongwen", "annual")
ISSUE = "2022-08"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAGES = 12
PAGE_AIM, LATE_AIM, FINDINGS_AIM, START_AIM = 0.25, 0.5, 0.2, 1.0


def workspace(folder: Path, theme: str) -> Path:
    """A copy of the samples in a theme, with an issue of twelve pages."""
    from bulletin_press.desk.live.pages import LivePages
    from bulletin_press.publication.workspace import Workspace

    root = folder / theme
    shutil.copytree(ROOT / "issues", root, ignore=shutil.ignore_patterns("out", ".press"))
    settings = root / "publication.toml"
    text = settings.read_text("utf-8")
    text = re.sub(r"(?m)^theme = .*\n", "", text).replace("[publication]\n", f'[publication]\ntheme = "{theme}"\n', 1)
    settings.write_text(re.sub(r"(?ms)^\[theme\]\n.*?(?=^\[|\Z)", "", text), "utf-8")
    path = root / ISSUE / "issue.toml"
    text = path.read_text("utf-8")
    items = re.findall(r"(?ms)^\[\[policy\]\]\n.*?(?=^\[|^# ──)", text)
    pages = LivePages(Workspace(root, date(2022, 9, 30), root), path, width=500)
    for at in range(12):
        count = len(pages.lay_out(text).leaves)
        if count >= PAGES:
            break
        one = items[at % len(items)].replace("[[policy]]", "[[news]]", 1)
        one = one.replace('title = "', f'title = "再论之{at + 1}：', 1)
        text = text.replace("[[policy]]", f"{one}\n[[policy]]", 1)
    path.write_text(text, "utf-8")
    print(f"{theme}: {count} pages")
    return root


def typed(root: Path, keys: int) -> tuple[dict[str, object], float]:
    """What a browser saw of keys that were typed, and how long the desk took to start."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    begun = time.perf_counter()
    command = [sys.executable, "-m", "bulletin_press", "-w", str(root), "desk", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
                          ) as process:
        assert process.stderr
        try:
            address = process.stderr.readline().split()[-1]
            urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(address).read()
            start = time.perf_counter() - begun
            ran = subprocess.run(["node", "bench/desk.mjs", browser, address, ISSUE, str(keys)], cwd=ROOT, text=True,
                                 stdout=subprocess.PIPE, timeout=900, check=True)
        finally:
            process.terminate()
            process.wait(20)
    return json.loads(ran.stdout), start


def told(name: str, values: list[float], *aims: float) -> None:
    """A line of figures: milliseconds given, seconds shown."""
    some = sorted(one / 1000 for one in values)
    if not some:
        print(f"  {name}: nothing")
        return
    late = some[min(len(some) - 1, round(0.95 * (len(some) - 1)))]
    print(f"  {name}: median {statistics.median(some):.2f}, 95th {late:.2f}, of {len(some)}"
          + (f"  (aims {', '.join(map(str, aims))})" if aims else ""))


def redrawing(root: Path, edits: int) -> None:
    """What the process that redraws spends on characters typed one after the other, and its memory over them."""
    from live_edits import edited

    from bulletin_press.desk.live.engine import Engine
    from bulletin_press.desk.live.place import Place
    from bulletin_press.desk.live.work import laid_out, redrawn
    from bulletin_press.ground.diagnostics import PressError

    engine, quick, chance = Engine(), Engine(), random.Random(1)
    place, path = Place(root, date(2022, 9, 30)), root / ISSUE / "issue.toml"
    text = path.read_text("utf-8")
    whole = engine.ask(laid_out, place, path, None, 494, text, ()).without_pictures()
    quick.start()
    quick.ask(redrawn, place, path, None, 494, text, whole)
    seen, spent, unsettled = list[int](), list[float](), 0
    while len(spent) < edits:
        kind, new = edited(text, chance)
        if kind not in ("type", "cut"):
            continue
        try:
            drawn = quick.ask(redrawn, place, path, None, 494, new, None)
        except PressError:  # an edit that leaves no issue
            continue
        assert drawn is not None
        spent.append(1000 * drawn.processor)
        unsettled += not drawn.settled
        if len(spent) % max(1, edits // 5) == 0 and quick.process_id:
            status = Path(f"/proc/{quick.process_id}/status")
            if status.exists():
                seen.append(round(int(re.findall(r"VmRSS:\s+(\d+)", status.read_text())[0]) / 1024))
    told("of the processor, for a changed word anywhere", spent)
    print(f"  left to the whole layout: {unsettled} of {edits}; the whole layout {whole.seconds:.1f} s;"
          f" memory, MB: {seen}; started anew: {quick.restarts}")
    engine.stop()
    quick.stop()


def _resident(process: int) -> int:
    """The memory of a process, MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return round(int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024)


def _children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def served(root: Path, edits: int) -> None:
    """What the desk's processes hold in memory over edits asked as a browser asks them."""
    command = [sys.executable, "-m", "bulletin_press", "-w", str(root), "desk", "--no-browser"]
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
                          ) as process:
        assert process.stderr
        try:
            address = process.stderr.readline().split()[-1]
            origin = address.partition("/?")[0]
            page = browser.open(address).read()
            spent = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            ticks = os.sysconf("SC_CLK_TCK")
            seconds = (int(spent[11]) + int(spent[12])) / ticks
            print(f"  of the processor from the start to the first answer: {seconds:.2f} s")
            page = browser.open(f"{origin}/issue/{ISSUE}/news").read().decode()
            version = re.findall(r'data-version="([0-9a-f]+)"', page)[0]

            def ask(what: str, sent: object) -> dict[str, object]:
                request = urllib.request.Request(f"{origin}/issue/{ISSUE}/{what}", json.dumps(sent).encode(), {
                    "Content-Type": "application/json", "Origin": origin})
                return json.loads(browser.open(request, timeout=120).read())  # type: ignore[no-any-return]

            browser.open(f"{origin}/issue/{ISSUE}/pages?width=494", timeout=180).read()
            chance, title, seen = random.Random(2), "题目", []
            for count in range(1, edits + 1):
                title = title[-30:] + chance.choice("数据要素市场建设取得进展各地加快布局")
                sent = {"base": version, "edits": [{"set": ["news", count % 3, "title"], "value": title}]}
                ask("redraw", sent)
                ask("look", sent)
                if count % 25 == 0:
                    version = str(ask("save", sent)["version"])
                    browser.open(f"{origin}/issue/{ISSUE}/pages?width=494", timeout=180).read()
                if count % max(1, edits // 5) == 0:
                    seen.append([_resident(one) for one in (process.pid, *_children(process.pid))])
                    print(f"  memory after {count} edits, MB: the server and its processes {seen[-1]}", flush=True)
        finally:
            process.terminate()
            process.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--themes", nargs="*", default=THEMES)
    asked = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as scratch:
        for theme in asked.themes:
            root = workspace(Path(scratch), theme)
            if asked.keys:
                seen, start = typed(root, asked.keys)
                told("a key to the page", seen["shown"], PAGE_AIM, LATE_AIM)  # type: ignore[arg-type]
                told("a key to the findings", seen["looked"], FINDINGS_AIM)  # type: ignore[arg-type]
                told("the whole layout", seen["wholes"])  # type: ignore[arg-type]
                print(f"  not within six seconds: {seen['missed']} pages, {seen['unseen']} findings;"
                      f" first pages after {seen['first']} ms;"
                      f" start {start:.2f} s (aim {START_AIM}); load {os.getloadavg()[0]:.1f}")
            if asked.edits:
                redrawing(root, asked.edits if theme == asked.themes[0] else min(asked.edits, 60))
                if theme == asked.themes[0]:
                    served(root, asked.edits)


if __name__ == "__main__":
    main()
