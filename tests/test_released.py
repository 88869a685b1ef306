"""What a released version left on a publication's disk opens, passes and prints as it did."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import Press
from released_pages import FOLDER, PAGE, PRINTED, WORKSPACE, copied, page_texts, path

VERSIONS = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
BLANK = re.compile(r"\s+")


def strings(value: object) -> Iterator[str]:
    """What an author typed, wherever it stands, that is printed; `alt` is for those who do not see."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "alt":
                yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("version", VERSIONS)
def test_every_released_workspace_is_printed_here(version: str) -> None:
    assert {one for one, _, _ in PRINTED} == set(VERSIONS)
    themes = {folder.name for folder in (FOLDER / version / WORKSPACE / "templates/themes").iterdir()}
    assert themes <= {theme for one, _, theme in PRINTED if one == version}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_released_workspace_has_no_new_error(version: str, tmp_path: Path, press: Press) -> None:
    workspace = copied(version, tmp_path / "issues")
    for issue in sorted({name for one, name, _ in PRINTED if one == version}):
        ran = press("-w", str(workspace.root), "check", issue)
        assert ran.status == 0, ran.out + ran.err


@pytest.mark.parametrize(("version", "name", "theme"), PRINTED)
def test_a_released_workspace_prints_as_it_did(version: str, name: str, theme: str, tmp_path: Path) -> None:
    pages = list(page_texts(copied(version, tmp_path / "issues"), name, theme))
    assert pages == path(version, name, theme).read_text("utf-8").split(PAGE), \
        "if the new pages are the better ones: python tests/released_pages.py"


@pytest.mark.parametrize(("version", "name"), sorted({(version, name) for version, name, _ in PRINTED}))
def test_what_was_typed_is_in_the_texts_kept(version: str, name: str) -> None:
    """So that a text written anew after a loss is noticed."""
    typed = tomllib.loads((FOLDER / version / WORKSPACE / name / "issue.toml").read_text("utf-8"))
    wanted = [BLANK.sub("", part) for key in ("news", "policy", "event", "tip") if key in typed
              for text in strings(typed[key]) for part in re.split(r"[*#|\[\]()\n-]|https?:\S+", text)]
    for one, issue, theme in PRINTED:
        if (one, issue) == (version, name):
            printed = BLANK.sub("", path(version, name, theme).read_text("utf-8"))
            missing = [part for part in wanted if re.search(r"[一-鿿]{4}", part) and part not in printed
                       and not part.endswith((".png", ".jpg"))]
            assert not missing, theme


def test_a_released_workspace_is_never_changed() -> None:
    sums = {}
    for version in VERSIONS:
        root = FOLDER / version / WORKSPACE
        whole = hashlib.sha256()
        for file in sorted(file for file in root.rglob("*") if file.is_file() and "out" not in file.parts):
            whole.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
        sums[version] = whole.hexdigest()
    assert sums == {version: (FOLDER / version / "sha256").read_text("ascii").strip() for version in VERSIONS}
