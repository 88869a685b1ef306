"""The same findings and files under every Python that the press is installed for here.

``make proofs`` installs it for each Python it finds, and compares the pages as well.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pythons import Interpreter, Made, differences, made, other_pythons

INSTALLED = [python for python in other_pythons() if (python.environment / "bin/press").exists()]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(Path(sys.executable), tmp_path_factory.mktemp("here"), pages=False)


@pytest.mark.parametrize("python", INSTALLED or [None], ids=lambda python: python.name if python else "none")
def test_another_python_makes_the_same(python: Interpreter | None, here: Made, tmp_path: Path) -> None:
    if python is None:
        pytest.skip("the press is installed for no other Python; make proofs installs and compares them")
    assert differences(here, made(python.environment / "bin/python", tmp_path, pages=False)) == []
