"""Many renders in one process keep nothing: the quick share of ``proofs/memory.py``."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from proofs.memory import slope
from rendering import make_workspace, python, read

from bulletin_press.edition import open_edition
from bulletin_press.writers.pdf import write_pdf

# Renders a small issue, and prints the resident memory after each, MB.
PROGRAM = """
import sys
sys.path[:0] = [{tests!r}]
from datetime import date
from pathlib import Path
from proofs.memory import sizes
from bulletin_press.publication.workspace import Workspace
root = Path({root!r})
print(*sizes(Workspace(root, date(2022, 9, 1), root), "2022-08", "classic", 30))
"""


@pytest.mark.slow
def test_memory_is_flat(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    done = python("-c", PROGRAM.format(tests=str(Path(__file__).parent), root=str(tmp_path)))
    assert done.returncode == 0, done.stderr
    sizes = [float(size) for size in done.stdout.split()]
    assert len(sizes) == 30
    # Twenty renders are few for a slope: a leak of fonts was 23 MB a render.
    assert slope(sizes[10:]) < 0.2
    assert sizes[-1] - sizes[9] < 4


def test_a_render_that_is_done_with_goes(tmp_path: Path) -> None:
    edition = open_edition(read(make_workspace(tmp_path)))
    write_pdf(edition)
    document = weakref.ref(edition.pages.document)
    del edition
    gc.collect()
    assert document() is None


def test_a_slope_is_found() -> None:
    assert slope([1.0, 1.5, 2.0, 2.5]) == 0.5
    assert slope([3.0, 3.0, 3.0]) == 0
