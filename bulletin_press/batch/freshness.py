"""Whether an issue must be rendered again.

What was rendered leaves a mark in ``.press/`` of its publication: what it was made from and how, and what its files
were like. Sizes and times of change tell a file from what it was, in either direction: a backup that was put back is
older and a change all the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bulletin_press
from bulletin_press import __version__
from bulletin_press.fonts.manifest import MANIFEST
from bulletin_press.ground.made_folder import listed
from bulletin_press.ground.resources import fonts_folder, templates_folder
from bulletin_press.publication.shelf import shelf
from bulletin_press.publication.workspace import ISSUE, Workspace
from bulletin_press.writers.target import OUT

if TYPE_CHECKING:
    from bulletin_press.pipeline import Job, Rendered

_SHELF = "batch"
_SOURCE = Path(bulletin_press.__file__).parent
# A publication that lies in a folder with so much else is rendered each time.
_MOST = 20_000


@cache
def release() -> str:
    """The press, its fonts and its templates: with others, every issue is made anew.

    The number of the version is that of many states of the source: the source itself counts.
    """
    fonts = hashlib.sha256((fonts_folder() / MANIFEST).read_bytes()).hexdigest()[:12]
    return f"{__version__}-{fonts}-{_digest(templates_folder(), '*')}-{_digest(_SOURCE, '*.py')}"


def unlike(other: str) -> str:
    """In what another press's release differs from the one here, in words."""
    ours, theirs = release().split("-"), other.split("-")
    if len(ours) != len(theirs) or ours[0] != theirs[0]:
        return f"版本不同：它是 {theirs[0]}，这里是 {ours[0]}"
    differing = [name for name, mine, its in zip(("字体", "版式", "程序"), ours[1:], theirs[1:], strict=True)
                 if mine != its]
    return f"{'、'.join(differing)}与这里的不同"


def _digest(folder: Path, names: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(names)):
        name = path.relative_to(folder)
        if path.is_file() and {"__pycache__", "_data"}.isdisjoint(name.parts):
            digest.update(f"{name.as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:12]


def sources(job: Job) -> str | None:
    """A digest of all that a job reads: sizes and times of change; None where that is too much to look at.

    It reads the issue's folder, issue.toml of the issues before it, and whatever else lies in the publication's
    folder: settings, members, pictures, templates. Not what the press made, nor what is hidden.
    """
    place = Workspace(job.root, job.today, job.shown_from)
    path = place.issue_path(job.issue)
    digest = hashlib.sha256()
    for count, (name, state) in enumerate(_states(place, path)):
        if count >= _MOST:
            return None
        digest.update(f"{name}\0{state}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _states(place: Workspace, path: Path) -> Iterator[tuple[str, Any]]:
    own, earlier = path.parent, frozenset(place.earlier(path.parent.name))
    for at, folders, files in os.walk(place.root):
        here = Path(at)
        entered = []
        for name in sorted(folders):
            folder = here / name
            if name.startswith(".") or folder == own / OUT or listed(folder) is not None:
                continue
            if folder != own and (folder / ISSUE).is_file():
                if name in earlier:
                    yield f"{name}/{ISSUE}", _state(folder / ISSUE)
                continue
            entered.append(name)
            if folder.is_symlink():  # it is not entered
                yield f"{(folder).relative_to(place.root)}/", _state(folder)
        folders[:] = entered
        for name in sorted(files):
            if not name.startswith("."):
                yield str((here / name).relative_to(place.root)), _state(here / name)


def _state(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _key(job: Job) -> str:
    how = (job.to, sorted(job.options.items()), job.output and str(job.output), job.theme, job.draft, job.fits,
           job.pages, job.png)
    return f"{Path(job.issue).parent.name} {hashlib.sha256(repr(how).encode()).hexdigest()[:16]}"


def is_fresh(job: Job, digest: str | None) -> bool:
    """Whether a job was done before, from the same sources, and what it wrote is as it was."""
    if digest is None:
        return False
    with shelf(job.root, _SHELF, release()) as kept:
        mark = kept.known(_key(job))
    if not isinstance(mark, dict) or mark.get("sources") != digest:
        return False
    made = mark.get("made")
    return isinstance(made, list) and bool(made) and all(
        isinstance(one, list) and len(one) == 2 and isinstance(one[0], str) and one[1]
        and _state(Path(one[0])) == one[1] for one in made)


def remember(job: Job, digest: str | None, rendered: Rendered) -> None:
    """Leave the mark of a job that was done; nothing where the folder cannot be written."""
    if digest is None or not rendered.outputs:
        return
    made = [[str(path), _state(path)] for output in rendered.outputs
            for path in ((output.path / name for name in output.holds) if output.holds else (output.path,))]
    with shelf(job.root, _SHELF, release()) as kept:
        kept.keep(_key(job), {"sources": digest, "made": made})
