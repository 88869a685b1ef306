"""Memory of many renders in one process.

    python tests/proofs/memory.py [--count 200] [--theme classic] [--bound 0.2]

Renders a sample issue again and again and fits a line through the resident memory after the tenth
render; the slope must stay under the bound, MB a render.
"""

from __future__ import annotations

import argparse
import ctypes
import resource
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bulletin_press.edition import open_edition  # noqa: E402
from bulletin_press.issue.reading import read_issue  # noqa: E402
from bulletin_press.publication.workspace import Workspace  # noqa: E402
from bulletin_press.writers.pdf import write_pdf  # noqa: E402

WARM = 10


def resident() -> float:
    """The resident memory of this process, MB, without what the C library holds free for the next request.

    Whether it hands some 20 MB at the heap's end back or not changes from one render to the next.
    """
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def slope(values: list[float]) -> float:
    """The slope of the line of least squares through values at 0, 1, 2 …"""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    spread = sum((at - middle) ** 2 for at in range(len(values)))
    return sum((at - middle) * (value - mean) for at, value in enumerate(values)) / spread


def sizes(workspace: Workspace, name: str, theme: str, count: int) -> list[float]:
    """The resident memory after each of ``count`` renders of an issue, MB."""
    found = []
    for _ in range(count):
        write_pdf(open_edition(read_issue(workspace, workspace.issue_path(name)), theme))
        found.append(resident())
    return found


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--theme", default="classic")
    parser.add_argument("--issue", default="2022-08")
    parser.add_argument("--bound", type=float, default=0.2)
    options = parser.parse_args()
    issues = ROOT / "issues"
    start = time.perf_counter()
    found = sizes(Workspace(issues, date(2022, 9, 1), issues), options.issue, options.theme, options.count)
    taken = time.perf_counter() - start
    rise = slope(found[WARM:])
    print(f"{options.issue} in {options.theme}, {options.count} renders, {taken:.0f} s: resident after the first"
          f" {found[0]:.1f} MB, the tenth {found[WARM - 1]:.1f} MB, the last {found[-1]:.1f} MB;"
          f" slope after the tenth {rise:.3f} MB a render (bound {options.bound})")
    return 0 if rise < options.bound else 1


if __name__ == "__main__":
    sys.exit(main())
