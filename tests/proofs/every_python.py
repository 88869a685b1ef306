"""The same findings and bytes under every Python of this machine, and the quick tests under the system's own.

Each gets an environment of its own in build/pythons, kept for the next time.

    PYTHONS="3.12.1"    those versions alone
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pythons import Interpreter, differences, made, other_pythons
from workspaces import ROOT

SKIPPED = 77

# Of every floor something, above all what regular expressions decide; under two minutes on two cores.
QUICK = ("brackets", "patterns", "lexicon", "markup", "numerals", "positions", "reporters", "rules",
         "tabulation", "fixing", "no_traceback", "issue")


def install(python: Interpreter, kind: str) -> bool:
    """Make an environment ready; says what went wrong."""
    ran = subprocess.run(["sh", "tools/setup.sh", kind], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         text=True, check=False, env={**os.environ, "PYTHON": str(python.path), "PRESS_VENV": str(
                             python.environment.relative_to(ROOT))})
    if ran.returncode:
        print(ran.stdout)
    return ran.returncode == 0


def quick_tests(python: Interpreter) -> bool:
    """Run them under a Python."""
    files = [f"tests/test_{name}.py" for name in QUICK if (ROOT / f"tests/test_{name}.py").exists()]
    ran = subprocess.run([python.environment / "bin/python", "-m", "pytest", "-n", "auto", "--dist", "worksteal",
                          "-p", "no:cacheprovider", *files], cwd=ROOT, check=False)
    return ran.returncode == 0


def main() -> None:
    """Go through them."""
    wanted = os.environ.get("PYTHONS", "").split()
    pythons = [python for python in other_pythons() if not wanted or python.name in wanted]
    if not pythons:
        print("SKIPPED: no other Python from 3.11 on is found here")
        sys.exit(SKIPPED)
    if not wanted and not any(python.is_debian for python in pythons):
        print("SKIPPED: the quick tests; the system has no Python of its own from 3.11 on, or it runs this")
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        reference = made(Path(sys.executable), Path(folder) / "reference")
        for python in pythons:
            begun = time.monotonic()
            if not install(python, "dev" if python.is_debian else "runtime"):
                failed.append(python.name)
                print(f"{python.name}: the environment was not made")
                continue
            installed = time.monotonic()
            other = made(python.environment / "bin/python", Path(folder) / python.name)
            differing = differences(reference, other)
            if other.pango != reference.pango:
                print(f"SKIPPED: {python.name}: pages, for its Pango is another ({other.pango}, {reference.pango})")
            number = len(other.findings) + len(other.files) + len(other.pdfs)
            print(f"{python.name} ({python.path}): {number} compared, {len(differing)} differ {differing or ''}; "
                  f"set-up {installed - begun:.0f} s, press {time.monotonic() - installed:.0f} s", flush=True)
            well = not differing and (not python.is_debian or quick_tests(python))
            if not well:
                failed.append(python.name)
    sys.exit(f"failed: {', '.join(failed)}" if failed else None)


if __name__ == "__main__":
    main()
