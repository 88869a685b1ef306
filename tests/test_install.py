"""The lines of the guide that install the press, run as printed in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from workspaces import ROOT

from bulletin_press import __version__

GUIDE = (ROOT / "docs/guide/01-install.md").read_text("utf-8")


def printed() -> list[str]:
    """The lines of the block that follows 安装 and names Debian."""
    found = re.search(r"\n\*\*Debian.*?\n```sh\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1].splitlines()


def script(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make wheel` makes, by the same command."""
    folder = tmp_path_factory.mktemp("dist")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipe = re.search(r"^wheel:.*\n\t\$\(BIN\)/python (.*) --wheel-dir dist \.$", makefile, re.MULTILINE)
    assert recipe
    subprocess.run([sys.executable, *recipe[1].split(), "--wheel-dir", folder, "."], cwd=ROOT, check=True,
                   capture_output=True, timeout=170)
    (made,) = folder.iterdir()
    return made


def test_the_guide_names_the_file(wheel: Path) -> None:
    assert f"`{wheel.name}`" in GUIDE
    assert "`make wheel`" in GUIDE and "`dist/`" in GUIDE


def test_the_system_packages_are_those_of_the_set_up() -> None:
    wanted = re.search(r'^DEBIAN_LIBRARIES="(.*)"', (ROOT / "tools/setup.sh").read_text("utf-8"), re.MULTILINE)
    assert wanted
    (line,) = [line for line in printed() if line.startswith("sudo apt install")]
    assert set(wanted[1].split()) | {"python3-venv"} == set(line.split()) - {"sudo", "apt", "install", "-y"}


def test_the_printed_lines_work(tmp_path: Path, wheel: Path) -> None:
    """All but apt, which is said aloud instead; the dependencies come from this environment, not from the network."""
    programs, home, empty = tmp_path / "programs", tmp_path / "home of 某人", tmp_path / "空 folder"
    for folder in (programs, home, empty):
        folder.mkdir()
    script(programs, "sudo", 'echo "sudo $*"')
    script(programs, "python3", f'exec "{sys._base_executable}" "$@"')  # type: ignore[attr-defined]
    (empty / wheel.name).symlink_to(wheel)
    ran = subprocess.run(
        ["sh", "-e", "-c", "\n".join([*printed(), "command -v press", "press new-issue 2022-09 --yes"])], cwd=empty,
        capture_output=True, encoding="utf-8", check=False, timeout=170,
        env={key: value for key, value in os.environ.items() if not key.startswith(("PRESS_", "PYTHON", "PIP_"))}
        | {"HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": sysconfig.get_path("purelib"),
           "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_CONFIG_FILE": os.devnull,
           "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.splitlines()
    assert [line for line in printed() if line.startswith("sudo")] == said[:2]
    assert said[-2:] == [f"press {__version__}", str(home / "press/bin/press")]
    assert (empty / "issues/2022-09/issue.toml").exists()


def test_the_readme_installs_as_the_guide_does() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    lines = re.findall(r"```sh\n(.*?)```", readme, re.DOTALL)[0].splitlines()
    assert [line for line in lines if line not in printed()] == ["~/press/bin/press new-issue"]


def test_an_environment_behind_a_link_is_left_alone(tmp_path: Path) -> None:
    project, other = tmp_path / "project", tmp_path / "other"
    for folder in (project / "tools", project / "requirements", other):
        folder.mkdir(parents=True)
    script(project / "tools", "setup.sh", (ROOT / "tools/setup.sh").read_text("utf-8"))
    (other / "kept").touch()
    (project / ".venv").symlink_to(other)
    made = subprocess.run(["sh", "tools/setup.sh"], cwd=project, capture_output=True, encoding="utf-8", timeout=60)
    assert made.returncode == 3 and "是链接" in made.stderr
    assert [path.name for path in other.iterdir()] == ["kept"]
