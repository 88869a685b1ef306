"""The same input gives the same bytes, whatever the environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rendering import ISSUES, SAMPLES, environment, press

# Each differs from the first in several ways; together in all that a render could see.
ENVIRONMENTS: Mapping[str, Mapping[str, str]] = {
    "plain": {},
    "zone": {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"},
    "far zone": {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2", "LC_ALL": "C"},
    "locale": {"LANG": "zh_CN.GBK", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "3", "COLUMNS": "20"},
    "epoch": {"SOURCE_DATE_EPOCH": "1", "PYTHONHASHSEED": "4", "TERM": "dumb", "NO_COLOR": "1"},
    "later epoch": {"SOURCE_DATE_EPOCH": "1700000000", "PYTHONOPTIMIZE": "1", "PYTHONUTF8": "0", "LC_ALL": "C"},
    "unbuffered": {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "5", "USER": "秘书"},
    "fonts elsewhere": {"FONTCONFIG_FILE": "/none", "FONTCONFIG_PATH": "/none", "XDG_DATA_DIRS": "/none",
                        "PANGOCAIRO_BACKEND": "x"},
}

# Run with every change; the others differ from the first in the zone, the seed and the locale.
QUICK = ("plain", "later epoch", "fonts elsewhere")


def digest(name: str, folder: Path) -> dict[str, str]:
    """Render both samples in a copy of the workspace of its own age and place; the digests."""
    workspace = folder / "一 份" / "issues"
    shutil.copytree(ISSUES, workspace, ignore=shutil.ignore_patterns("out"))
    age = 1_000_000_000 + len(name) * 10_000_000
    for path in workspace.rglob("*"):
        os.utime(path, (age, age))
    for part in ("home", "temporary"):
        (folder / part).mkdir()
    variables = environment(HOME=str(folder / "home"), TMPDIR=str(folder / "temporary"), **ENVIRONMENTS[name])
    variables.pop("XDG_CACHE_HOME", None)
    mask = 0o077 if len(name) % 2 else 0o002
    done = subprocess.run(
        [sys.executable, "-c", f"import os, runpy, sys; os.umask({mask}); sys.argv[0] = 'press'\n"
         "runpy.run_module('bulletin_press.cli', run_name='__main__')",
         "-w", str(workspace), "render", *SAMPLES],
        env=variables, cwd=folder if len(name) % 2 else workspace / SAMPLES[0], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return {issue: hashlib.sha256((workspace / issue / "out" / f"{issue}.pdf").read_bytes()).hexdigest()
            for issue in SAMPLES}


def digests_in(names: Iterable[str], factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The digests in some of the environments."""
    folders = {name: factory.mktemp(name.replace(" ", "-")) for name in names}
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return dict(zip(folders, pool.map(digest, folders, folders.values()), strict=True))


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    return digests_in(QUICK, tmp_path_factory)


def test_the_same_bytes_in_an_environment_as_unlike_as_can_be(digests: dict[str, dict[str, str]]) -> None:
    first, *others = digests.values()
    assert others and all(one == first for one in others), digests


@pytest.mark.slow
def test_the_same_bytes_everywhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    every = digests_in(ENVIRONMENTS, tmp_path_factory)
    assert len(every) >= 8
    assert all(one == every["plain"] for one in every.values()), every


def test_another_input_gives_other_bytes(digests: dict[str, dict[str, str]], tmp_path: Path) -> None:
    assert digests["plain"][SAMPLES[0]] != digests["plain"][SAMPLES[1]]
    workspace = tmp_path / "issues"
    shutil.copytree(ISSUES, workspace, ignore=shutil.ignore_patterns("out"))
    path = workspace / "2022-07" / "issue.toml"
    path.write_text(path.read_text("utf-8").replace("2022-07-12 ", "2022-07-13 "), encoding="utf-8")
    done = press("-w", workspace, "render", "2022-07", "-o", tmp_path / "out.pdf")
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256((tmp_path / "out.pdf").read_bytes()).hexdigest() != digests["plain"]["2022-07"]
