"""A render away from home: a bundle is unpacked, made, and comes back as bytes; nothing of it stays."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin_press.batch.bundle import Bundle
from bulletin_press.batch.freshness import release
from bulletin_press.ground.diagnostics import Finding, PressError
from bulletin_press.ground.made_folder import list_of
from bulletin_press.pipeline import Job, Made, Output, Rendered, make
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers import outlet_of
from bulletin_press.writers.outlet import Files
from bulletin_press.writers.target import leaves_path, targets

# It leads to files of the machine that made it.
_AT_HOME = frozenset({"html"})
# What stands for the publication's folder in what comes back.
_HERE = "\ufdd0publication\ufdd0"


@dataclass(frozen=True)
class Errand:
    """A job as it travels: the bundle, how it is to be made, and the press that asked."""

    bundle: Bundle
    job: Job
    release: str


@dataclass(frozen=True)
class Brought:
    """What comes back: what was found, the outputs' bytes, and their SHA-256, in the order of the outputs."""

    rendered: Rendered
    files: tuple[Files, ...]
    hashes: tuple[str, ...]


def refuse_at_home(job: Job) -> None:
    """Refuse a job that only this machine can do.

    Raises:
        PressError: it is one.
    """
    for name in job.to:
        if name in _AT_HOME:
            raise PressError(f"{outlet_of(name).label} 里是本机的路径，不能交给别的机器做；去掉 --scheduler")


def bring(errand: Errand) -> Brought:
    """Do an errand, where it was sent to.

    Raises:
        PressError: the press there is another one, or the issue cannot be made.
    """
    if release() != errand.release:
        raise PressError("worker 的 bulletin-press 与派活的机器上的不同，没有做；请装成同一版，再运行一次")
    job = errand.job
    with tempfile.TemporaryDirectory(prefix="press-errand-") as temporary:
        root = Path(temporary).resolve() / "publication"
        # Shown from elsewhere, every path is in full, and can be told from other words.
        place = Workspace(root, job.today, root.parent / "elsewhere")
        path = errand.bundle.unpack(root)
        made = make(place, path, to=job.to, options=job.options, theme=job.theme, draft=job.draft, fits=job.fits,
                    pages=job.pages, png=job.png)
        rendered = _moved(made.rendered, str(root), _HERE)
    return Brought(rendered, made.files, tuple(map(fingerprint, made.files)))


def fingerprint(files: Files) -> str:
    """The SHA-256 of an output: of a file, or of the names and contents of a folder's."""
    if isinstance(files, bytes):
        return hashlib.sha256(files).hexdigest()
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return whole.hexdigest()


def unpacked(brought: Brought, job: Job) -> Made:
    """What came back, as if it had been made here: to be written.

    Raises:
        PressError: the bytes are not those that were sent, or go where nothing was asked for.
    """
    place = Workspace(job.root, job.today, job.shown_from)
    path = place.issue_path(job.issue)
    names = tuple(dict.fromkeys(job.to))
    expected = dict(zip(names, targets(place, path, [outlet_of(name) for name in names], job.output), strict=True))
    rendered = _moved(brought.rendered, _HERE, place.shown(job.root), path)
    outputs = list[Output]()
    if not len(rendered.outputs) == len(brought.files) == len(brought.hashes):
        raise PressError("从 worker 取回的结果不全，没有写入；请再运行一次")
    for output, files, hashed in zip(rendered.outputs, brought.files, brought.hashes, strict=True):
        target = expected.get(output.outlet)
        if target is None or fingerprint(files) != hashed or not _has_right_names(files):
            raise PressError("从 worker 取回的文件不对，没有写入；请再运行一次")
        taken = any(other.path == target for other in outputs)
        outputs.append(replace(output, path=leaves_path(target) if taken else target))
    return Made(replace(rendered, outputs=tuple(outputs)), brought.files)


def _has_right_names(files: Files) -> bool:
    try:
        list_of(files if isinstance(files, Mapping) else ())
    except ValueError:
        return False
    return True


def _moved(rendered: Rendered, old: str, new: str, path: Path | None = None) -> Rendered:
    """The same with another folder in all that is said of it."""
    def words(text: str) -> str:
        # Where paths start from the folder itself, nothing stands before them.
        return (text.replace(f"{old}/", "") if new == "." else text.replace(f"{old}/", f"{new}/")).replace(old, new)

    def finding(one: Finding) -> Finding:
        return replace(one, message=words(one.message), span=replace(one.span, file=words(one.span.file)),
                       suggestion=one.suggestion and words(one.suggestion))

    checked = rendered.checked
    return replace(
        rendered, checked=replace(checked, path=path or checked.path, findings=tuple(map(finding, checked.findings))),
        notices=tuple(map(words, rendered.notices)), told=tuple(map(words, rendered.told)))
