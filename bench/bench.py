"""How fast the press is: ratios within one run, medians of runs by turns.

usage: python bench/bench.py [--runs 10] [--pages 50 150 450]

Commands are measured one at a time, in the processor's seconds (user and system) of the process: other work on the
machine lengthens those less than it does the wall's. Byte code is compiled before; a Python that may write none
(PYTHONDONTWRITEBYTECODE) would compile the package anew for each command.

1. press check, cold ÷ importing typer and pydantic.
2. press render, cold ÷ the weasyprint command (PDF/UA-1) on the same HTML, cold.
3. Charts: a render with the report's charts ÷ one without, both from a publication in memory to the
   PDF's bytes in one process; what the drawing alone of a chart costs, ms.
4. A second render of the same issue in one process ÷ the first, imports included.
5. Long issues: seconds, peak memory, and what a page costs at the end of the issue over the start; a page
   of the size at which it costs most ÷ one of the size at which it costs least.
6. web, wechat, mail, docx and text in one command ÷ the command that makes the PDF, both cold; and the print
   edition ÷ the PDF.
7. All rules that read an issue's text, but spelling, on 30,000 characters: at first, and again where no passage
   changed; wrong-character on them: its model's loading, at first, again; the rules of figures on a report with
   its earlier ones. All in ms.
"""

import argparse
import compileall
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ISSUES = ROOT / "issues"
PRESS = [sys.executable, "-m", "bulletin_press.cli"]
CHECK_AIM, RATIO_AIM, SLOPE_AIM, GROWTH_AIM = 3.5, 0.95, 1.5, 1.3
AGAIN_AIM = 0.5
CHARTS_AIM, CHART_AIM = 1.25, 5.0
SECONDS_AIM, MEMORY_AIM = 10.0, 400.0  # for 450 pages
SCREENS_AIM, PRINT_AIM = 0.5, 1.3
COPY_AIM, FIGURES_AIM = 60.0, 10.0  # ms
SPELLING_AIM, LOADING_AIM, UNCHANGED_AIM = 150.0, 60.0, 5.0  # ms
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}

PARAGRAPH = ("2022年上半年，我市服务外包产业继续保持增长，企业承接离岸业务的结构有所变化，信息技术外包所占比重"
             "略有下降，业务流程外包和知识流程外包稳步上升。协会走访了部分会员单位，了解到人才培养、数据跨境流动和"
             "知识产权保护是企业最关心的三个问题，有关情况已向主管部门反映，下一步将组织专题培训和对接活动。")
# Renders an issue and reports its pages, seconds, the time at each page and the peak memory, MB.
LONG = """
import gc, json, resource, sys, time
from datetime import date
from pathlib import Path
from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf
import weasyprint.layout.page as layout

made, times = layout.remake_page, []
def timed(*arguments):
    page = made(*arguments)
    times.append(time.perf_counter())
    return page
layout.remake_page = timed
gc.set_threshold(20_000, 50, 50)  # as the command does
root = Path(sys.argv[1])
start, begun = time.perf_counter(), time.process_time()
edition = open_edition(read_issue(Workspace(root, date(2022, 9, 1), root), root / "2022-08" / "issue.toml"))
data = write_pdf(edition)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(json.dumps({"pages": len(edition.pages), "seconds": seconds, "processor": time.process_time() - begun,
                  "peak": peak, "times": times}))
"""


# Renders 2022-08 some times, each from its file to the PDF's; reports the processor's seconds of each, from the
# start of the process on.
AGAIN = """
import gc, json, sys, time
from datetime import date
from pathlib import Path
from bulletin_press.pipeline import render
from bulletin_press.publication.workspace import Workspace

gc.set_threshold(20_000, 50, 50)  # as the command does
root, target = map(Path, sys.argv[1:3])
ends, written = [0.0], []
for _ in range(4):
    render(Workspace(root, date(2022, 9, 1), root), root / "2022-08" / "issue.toml", output=target)
    ends.append(time.process_time())
    written.append(target.read_bytes())
print(json.dumps({"seconds": [end - start for start, end in zip(ends, ends[1:])],
                  "same": all(one == written[0] for one in written)}))
"""


# Renders 2022-08 by turns with charts, without, and with empty drawings in the charts' places;
# reports the processor's seconds of each turn, and what a chart's drawing takes.
CHARTS = """
import json, re, sys, time
from datetime import date
from pathlib import Path
from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.typeset.setter import lay_out
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.pdf import write_pdf

def edition(root):
    return open_edition(read_issue(Workspace(root, date(2022, 9, 1), root), root / "2022-08" / "issue.toml"))

def whole(root):
    one = edition(root)
    start = time.process_time()
    write_pdf(one)
    return time.process_time() - start

def set_and_written(html, assets):
    start = time.process_time()
    lay_out(html, assets, "gentle").pdf()
    return time.process_time() - start

with_charts, without = map(Path, sys.argv[1:3])
full = edition(with_charts)
charts = full.issue.exhibits.charts
emptied = re.sub(r"(<svg[^>]*><title>).*?</svg>", r"\\1x</title></svg>", full.html, flags=re.S)
whole(with_charts)
turns = [[whole(with_charts), whole(without)] for _ in range(int(sys.argv[3]))]
drawn = [[set_and_written(full.html, full.assets), set_and_written(emptied, full.assets)]
         for _ in range(int(sys.argv[3]))]
start = time.process_time()
for _ in range(100):
    for chart in charts:
        full.theme.drawing(chart, 396)
drawing = (time.process_time() - start) / 100 / len(charts)
print(json.dumps({"turns": turns, "drawn": drawn, "charts": len(charts), "drawing": drawing}))
"""


# The least of so many runs: rules that read an issue's text on 30,000 characters of passages that none has seen,
# then the same again; rules of figures on a report. The prose is that of the planted faults' right twins.
RULES = """
import json, sys, time
from datetime import date
from pathlib import Path
from bulletin_press.checks.engine import Review, _found, entries
from bulletin_press.checks.rule import Copy, Data, Family
from bulletin_press.document.passages import Passage
from bulletin_press.issue.issue import Issue
from bulletin_press.language.wrong_characters import wrong_characters
from bulletin_press.publication.thresholds import load_thresholds
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace

root = Path(sys.argv[1])
issue = read_issue(Workspace(root, date(2022, 9, 1), root), root / "2022-08" / "issue.toml")
families = frozenset((Family.COPY, Family.ISSUE))
rules = [entry.rule for entry in entries().values()]
text = [entry.rule for entry in entries(families).values() if entry.rule.subject is Copy
        or entry.family is Family.COPY and entry.rule.subject is Issue]
spelling = [rule for rule in text if rule.name == "wrong-character"]
text = [rule for rule in text if rule not in spelling]
# 30,000 characters of prose of many kinds, two sentences a passage, none twice; each run's begin otherwise.
sentences = json.load(sys.stdin)
def passages(run):
    made, size = [], 0
    group = "甲乙丙丁戊己庚辛壬癸"[run % 10] * (run // 10 + 1)
    for one, other in zip(sentences[::2], sentences[1::2]):
        text = f"据{group}组反映，{one}{other}"
        if size + len(text) > 30_000:
            break
        where = issue.passages[len(made) % len(issue.passages)]
        made.append(Passage(text, where.path, where.table, range(len(text) + 1)))
        size += len(text)
    return tuple(made)

# The processor's ms of some rules on passages, made ready.
def seconds(rules, held):
    fresh = read_issue(Workspace(root, date(2022, 9, 1), root), root / "2022-08" / "issue.toml")
    fresh.__dict__["passages"] = held
    review = Review(fresh, families)
    start = time.process_time()
    for rule in rules:
        list(_found(rule, review, None))
    return (time.process_time() - start) * 1000

start = time.process_time()
wrong_characters()
times = {"loading": (time.process_time() - start) * 1000}
runs = [passages(run) for run in range(int(sys.argv[2]))]
for name, some in (("copy", text), ("spelling", spelling)):
    times[name] = min(seconds(some, held) for held in runs)
    times[name + " again"] = min(seconds(some, held) for held in runs[-2:])
data = [rule for rule in rules if rule.subject is Data]
earlier = list(issue.earlier_reports)
figures = Data(issue.figures, issue.definition, earlier, load_thresholds())

def least(rules, subject):
    best = 1e9
    for _ in range(int(sys.argv[2])):
        start = time.process_time()
        for rule in rules:
            list(rule.check(subject()))
        best = min(best, time.process_time() - start)
    return best * 1000

print(json.dumps({**times, "figures": least(data, lambda: figures)}))
"""


def timed(command: list[str]) -> float:
    """The processor's seconds of a command; its failure ends the bench."""
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return used.ru_utime + used.ru_stime


def row(name: str, value: str, aim: str, good: bool) -> None:
    print(f"{name:<34}{value:>12}   {'≤ ' + aim:<9} {'ok' if good else 'MISSED'}", flush=True)


def short(runs: int, folder: Path) -> None:
    """Check and render of a sample issue."""
    page, target = folder / "issue.html", folder / "issue.pdf"
    workspace = ["-w", str(ISSUES)]
    check = [*PRESS, *workspace, "check", "2022-08"]
    render = [*PRESS, *workspace, "render", "2022-08", "-o", str(target)]
    timed([*render[:-1], str(page), "--to", "html"])
    plain = [sys.executable, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", str(page), str(folder / "plain.pdf")]
    least = [sys.executable, "-c", "import typer, pydantic"]
    kinds = (least, check, plain, render)
    for command in kinds:
        timed(command)  # warm the disk
    rounds = [[timed(command) for command in kinds] for _ in range(runs)]
    for name, part, whole, aim in (("press check ÷ its imports, cold", 1, 0, CHECK_AIM),
                                   ("press render ÷ weasyprint, cold", 3, 2, RATIO_AIM)):
        ratio = statistics.median(one[part] / one[whole] for one in rounds)
        row(name, f"{ratio:.2f}", f"{aim}", ratio <= aim)
        ours, theirs = ([one[which] for one in rounds] for which in (part, whole))
        print(f"  {statistics.median(ours):.2f} s, at least {min(ours):.2f}; beside"
              f" {statistics.median(theirs):.2f} s, at least {min(theirs):.2f}")


def again(runs: int, folder: Path) -> None:
    """What a process keeps is worth."""
    ratios = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", AGAIN, str(ISSUES), str(folder / "again.pdf")], env=ENVIRONMENT,
                              check=True, stdout=subprocess.PIPE, encoding="utf-8")
        result = json.loads(done.stdout)
        if not result["same"]:
            raise SystemExit("a second render gave other bytes than the first")
        ratios.append(statistics.median(result["seconds"][1:]) / result["seconds"][0])
    ratio = statistics.median(ratios)
    row("second render ÷ first", f"{ratio:.2f}", f"{AGAIN_AIM}", ratio <= AGAIN_AIM)


def charts(runs: int, folder: Path) -> None:
    """What the charts of a sample issue cost."""
    roots = [folder / "with", folder / "without"]
    for root in roots:
        shutil.copytree(ISSUES, root, ignore=shutil.ignore_patterns("out"))
    path = roots[1] / "publication.toml"
    names = ("run", "markets", "ownership", "business")
    off = "".join(f"{name} = false\n" for name in names)
    text = re.sub(rf"(?m)^({'|'.join(names)}) = true.*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text.replace("[charts]\n", "[charts]\n" + off), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", CHARTS, *map(str, roots), str(runs)], env=ENVIRONMENT, check=True,
                          stdout=subprocess.PIPE, encoding="utf-8")
    result = json.loads(done.stdout)
    ratio = statistics.median(one / two for one, two in result["turns"])
    setting = statistics.median(one - two for one, two in result["drawn"]) / result["charts"]
    each = (setting + result["drawing"]) * 1000
    row("render with charts ÷ without", f"{ratio:.2f}", f"{CHARTS_AIM}", ratio <= CHARTS_AIM)
    row("a chart: drawn, set, written, ms", f"{each:.1f}", f"{CHART_AIM}", each <= CHART_AIM)
    print(f"  of which drawing {result['drawing'] * 1000:.2f} ms")


def outlets(runs: int, folder: Path) -> None:
    """What other outlets take beside the PDF: whole commands on 2022-08, by turns."""
    shutil.copytree(ISSUES, folder, ignore=shutil.ignore_patterns("out"))
    asked = (["pdf"], ["web", "wechat", "mail", "docx", "text"], ["print"])
    commands = [[*PRESS, "--workspace", str(folder), "render", "2022-08", *(part for name in names
                                                                           for part in ("--to", name))]
                for names in asked]
    turns = [[timed(command) for command in commands] for _ in range(runs)]
    for name, at, aim in (("web, wechat, mail, docx, text ÷ the PDF", 1, SCREENS_AIM),
                          ("print edition ÷ the PDF", 2, PRINT_AIM)):
        ratio = statistics.median(turn[at] / turn[0] for turn in turns)
        row(name, f"{ratio:.2f}", f"{aim}", ratio <= aim)


def write_long(folder: Path, pages: int) -> None:
    """An issue of about so many pages: short articles, and members with long introductions."""
    lines = ["[issue]", "number = 8", "date = 2022-08-26"]
    for kind in ("news", "policy"):
        for number in range(max(1, pages * 200 // 450)):
            lines += [f"[[{kind}]]", f'title = "第{number + 1}则：服务外包产业动态"', 'source = "协会秘书处"',
                      'body = """', *["- 产业动态\n"] * 8, PARAGRAPH, '"""']
    for number in range(max(1, pages * 190 // 450)):
        lines += ["[[member]]", f'name = "第{number + 1}家会员"', 'ref = "m"']
    (folder / "2022-08").mkdir(parents=True)
    shutil.copy(ISSUES / "publication.toml", folder)
    intro = "\n\n".join([PARAGRAPH] * 7)
    (folder / "members.toml").write_text(f'[m]\nname = "会员"\nintro = """\n{intro}\n"""\n', encoding="utf-8")
    (folder / "2022-08" / "issue.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def long(pages: int, folder: Path) -> float:
    """One long issue; returns what a page cost, the processor's seconds."""
    write_long(folder, pages)
    done = subprocess.run([sys.executable, "-c", LONG, str(folder)], env=ENVIRONMENT, check=True,
                          stdout=subprocess.PIPE, encoding="utf-8")
    result = json.loads(done.stdout)
    # The first pass over the pages; what is made again for page numbers comes after it.
    times = result["times"][: result["pages"]]
    part = max(2, len(times) // 5)
    first, last = times[part] - times[1], times[-1] - times[-part]
    slope = last / first
    share = result["pages"] / 450
    row(f"{result['pages']} pages, s", f"{result['seconds']:.1f}", f"{SECONDS_AIM * share:.1f}",
        result["seconds"] <= SECONDS_AIM * share)
    row(f"{result['pages']} pages, peak MB", f"{result['peak']:.0f}", f"{MEMORY_AIM:.0f}", result["peak"] <= MEMORY_AIM)
    row(f"{result['pages']} pages, s/page last ÷ first", f"{slope:.2f}", f"{SLOPE_AIM}", slope <= SLOPE_AIM)
    each: float = result["processor"] / result["pages"]
    print(f"  {each * 1000:.1f} ms of the processor's time a page")
    return each


def rules(runs: int) -> None:
    """What the rules take for a month's copy and figures."""
    files = sorted((ROOT / "tests" / "data").glob("planted-*.toml"))
    sentences = list(dict.fromkeys(fault["right"] for file in files
                                   for fault in tomllib.loads(file.read_text("utf-8"))["fault"]))
    random.Random(3).shuffle(sentences)
    done = subprocess.run([sys.executable, "-c", RULES, str(ISSUES), str(runs)], env=ENVIRONMENT, check=True,
                          input=json.dumps(sentences), stdout=subprocess.PIPE, encoding="utf-8")
    result = json.loads(done.stdout)
    for name, found, aim in (("copy rules, 30,000 characters, ms", result["copy"], COPY_AIM),
                             ("the same, unchanged, ms", result["copy again"], UNCHANGED_AIM),
                             ("wrong-character: loading, ms", result["loading"], LOADING_AIM),
                             ("wrong-character, 30,000, ms", result["spelling"], SPELLING_AIM),
                             ("the same, unchanged, ms", result["spelling again"], UNCHANGED_AIM),
                             ("rules of figures, a report, ms", result["figures"], FIGURES_AIM)):
        row(name, f"{found:.1f}", f"{aim:.0f}", found <= aim)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 150, 450])
    options = parser.parse_args()
    compileall.compile_dir(ROOT / "bulletin_press", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        short(options.runs, Path(folder))
        again(options.runs, Path(folder))
        charts(options.runs, Path(folder) / "charts")
        outlets(options.runs, Path(folder) / "outlets")
        rules(options.runs)
        costs = [long(pages, Path(folder) / str(pages)) for pages in options.pages]
        if len(costs) > 1:
            growth = max(costs) / min(costs)
            row("a page, dearest size ÷ cheapest", f"{growth:.2f}", f"{GROWTH_AIM}", growth <= GROWTH_AIM)


if __name__ == "__main__":
    main()
