"""Mutation testing: do the tests notice when a line of the program is changed?

    python tools/mutants [MODULE…] [--workers N] [--sample N] [--doubt]

MODULE is a path of `modules.toml`, such as typeset/spacing.py; all of them without. Exit status: 0 each module reaches
the bar, 1 one does not, 2 usage or a table that is out of date.

Only what stands in functions is changed: the numbers and word lists at the head of a module are matters of taste,
held by the golden pages. mutmut does not serve here: it leaves every decorated function alone, and so all of
`glue_between`, and knows no reasons for a mutant that nothing can kill.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mutation import Module, Mutant
from running import End, run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "bulletin_press"
BAR = 90.0


def main() -> int:
    """Judge the modules named, each in a process of its own."""
    table = tomllib.loads((HERE / "modules.toml").read_text("utf-8"))
    options = _options(list(table))
    if len(options.modules) == 1:
        return judge(options.modules[0], table[options.modules[0]]["tests"], options)
    rest = [argument for argument in sys.argv[1:] if argument not in table]
    return max(subprocess.run([sys.executable, str(HERE), module, *rest], check=False).returncode
               for module in options.modules or table)


def _options(modules: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description="Run the tests against mutants of the program.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", choices=[*modules, []], help=", ".join(modules))
    parser.add_argument("--workers", type=int, default=1, help="forks at a time")
    parser.add_argument("--sample", type=int, help="take so many mutants by lot, the same ones each time")
    parser.add_argument("--only", default="", help="take the mutants of functions whose name begins so")
    parser.add_argument("--doubt", action="store_true", help="run those that are named as equivalent too")
    return parser.parse_args()


def judge(name: str, tests: Sequence[str], options: argparse.Namespace) -> int:
    """Run the tests of a module against its mutants and print what was not found."""
    module = Module(PACKAGE / name)
    named = equivalents(name)
    equal, unknown = match(module.mutants, named)
    for entry in unknown:
        print(f"equivalents.toml: {name} has no such mutant: {entry['before']} → {entry['after']}", file=sys.stderr)
    if unknown:
        return 2
    chosen = [mutant for mutant in module.mutants
              if (options.doubt or id(mutant) not in equal) and mutant.function.startswith(options.only)]
    if options.sample and options.sample < len(chosen):
        kept = set(random.Random(0).sample(range(len(chosen)), options.sample))
        chosen = [mutant for number, mutant in enumerate(chosen) if number in kept]
    start, done = time.monotonic(), Counter[End]()

    def tell(mutant: Mutant, end: End) -> None:
        done[end] += 1
        if sys.stderr.isatty():
            print(f"\r{name} {done.total()}/{len(chosen)}", end="", file=sys.stderr, flush=True)
        if not end.found and id(mutant) not in equal:
            print(f"{end} {name}:{mutant}", flush=True)
        if end.found and id(mutant) in equal:
            print(f"not equivalent {name}:{mutant}", flush=True)

    run(module, [str(ROOT / "tests" / test) for test in tests], chosen, options.workers, tell)
    for entry in named:
        print(f"equivalent {name}: {entry['function']}: {entry['before']}  →  {entry['after']}: {entry['reason']}")
    found = done[End.KILLED] + done[End.ENDLESS]
    share = 100 * found / max(done.total(), 1)
    print(f"{name}: {done.total()} of {len(module.mutants)} mutants run in {time.monotonic() - start:.0f} s, "
          f"{len(equal)} equivalent; {found} found ({done[End.ENDLESS]} of them endless), "
          f"{done[End.SURVIVED]} survived, {done[End.UNTESTED]} in untested lines: {share:.1f} %", flush=True)
    return int(share < BAR)


def equivalents(name: str) -> list[dict[str, Any]]:
    """The mutants of a module that no test can tell from it, with the reasons."""
    entries: list[dict[str, Any]] = tomllib.loads((HERE / "equivalents.toml").read_text("utf-8")).get(name, [])
    return entries


def match(mutants: Sequence[Mutant], named: Sequence[dict[str, Any]]) -> tuple[set[int], list[dict[str, Any]]]:
    """The ids of the mutants that are named, and the entries that name none."""
    equal, unknown = set(), []
    for entry in named:
        wanted = entry["function"], entry["before"], entry["after"]
        found = [mutant for mutant in mutants if (mutant.function, mutant.before, mutant.after) == wanted
                 and mutant.source.startswith(entry.get("source", ""))]
        found = found[entry["nth"] - 1:entry["nth"]] if "nth" in entry else found
        equal.update(map(id, found))
        if not found:
            unknown.append(entry)
    return equal, unknown


if __name__ == "__main__":
    sys.exit(main())
