"""Proof: every attack, every bomb and every snippet of ``tests/strangers``; prints figures, fails on any fault.

Takes some minutes. ``python tests/proofs/strangers.py``; with ``-v`` it prints each fault in full.
"""

from __future__ import annotations

import collections
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]
LEAST = {"attacks": 1000, "bombs": 120, "snippets": 300}


def outcomes(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """What the laboratory prints, from two processes."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "strangers.lab",
                *arguments,
                str(folder / f"{'-'.join(arguments)}{half}"),
                str(half),
                "2",
            ],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
        )
        for half in range(2)
    ]
    texts = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise SystemExit("the laboratory has failed")
    return [json.loads(line) for text in texts for line in text.splitlines()]


def plain(folder: Path) -> tuple[int, list[str], list[str]]:
    """How many snippets of plain HTML render; what is said of the others; what is a fault."""
    from datetime import date

    from rendering import make_workspace, read
    from strangers.attacks import PAGE, PLAIN_PAGE, PLAIN_THEME, SHEET, THEME_TOML
    from strangers.snippets import snippets

    from bulletin_press.edition import open_edition
    from bulletin_press.ground.diagnostics import InputFault
    from bulletin_press.publication.workspace import Workspace

    make_workspace(folder)
    rendered, told, faults = 0, list[str](), list[str]()
    for html, css in snippets(LEAST["snippets"]):
        for name, text in {
            THEME_TOML: PLAIN_THEME,
            PAGE: PLAIN_PAGE % ("{% raw %}" + html + "{% endraw %}"),
            SHEET: css,
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        try:
            edition = open_edition(read(Workspace(folder, date(2022, 9, 1), folder)), "evil")
            edition.pdf()
            edition.pages.lines(loose=0.1)
            rendered += 1
        except InputFault as fault:
            told.append(fault.message)
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}: {html[:200]!r}")
    return rendered, told, faults


def main() -> int:
    """Prove it; returns the exit status."""
    from strangers.lab import faults

    wrong, verbose = list[str](), "-v" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for kind, found in (("attacks", outcomes(folder)), ("bombs", outcomes(folder, "bombs"))):
            families = collections.Counter(one["family"] for one in found)
            wrong += [
                f"{one['family']} {one['name']}: {fault}" + (f"\n{one['said']}" if verbose else "")
                for one in found
                for fault in faults(one)
            ]
            wrong += [f"{len(found)} {kind} are too few"] if len(found) < LEAST[kind] else []
            seconds, memory = (
                max((one.get(key, 0) for one in found), default=0) for key in ("seconds", "memory")
            )
            print(
                f"{kind}: {len(found)}, refused {sum(any(one['status']) for one in found)},"
                f" slowest {seconds:.1f} s of CPU"
                + (f", largest {memory / 1e6:.0f} MB" if memory else "")
            )
            print("  " + ", ".join(f"{family} {count}" for family, count in families.items()))
            print(
                "  "
                + ", ".join(
                    f"{what} {sum(bool(one.get(what)) for one in found)}"
                    for what in ("opened", "wrote", "started", "connected", "leaked")
                )
            )
        rendered, told, failed = plain(folder / "plain")
        wrong += failed
        print(
            f"snippets: {rendered + len(told)}, rendered {rendered}, told by name {len(told)}, failed {len(failed)}"
        )
    print(f"faults: {len(wrong)}")
    print("\n".join(wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
