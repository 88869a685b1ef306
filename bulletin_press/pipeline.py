"""The whole way from a file to findings or to files: this floor alone knows all stages.

What it returns is small and goes from one process to another: no issue, no pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bulletin_press.checks.engine import review
from bulletin_press.checks.rule import Family
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import Finding, InputFault, Severity, UsageFault
from bulletin_press.ground.made_folder import files_under, listed
from bulletin_press.ground.output import write_whole
from bulletin_press.ground.output_folder import replace_folder
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers import DEFAULT

if TYPE_CHECKING:
    from bulletin_press.writers.outlet import Chosen, Files, Outlet

# Everything that needs no pages.
TEXT_FAMILIES = frozenset({Family.DATA, Family.COPY, Family.ISSUE, Family.GLYPH})


@dataclass(frozen=True)
class Checked:
    """The outcome of checking one issue; ``label`` and ``day`` (of issue) are None where it could not be read."""

    path: Path
    findings: tuple[Finding, ...]
    label: str | None = None
    day: date | None = None

    @property
    def readable(self) -> bool:
        """Whether the issue could be read, be it with errors."""
        return self.label is not None

    def has(self, severity: Severity) -> bool:
        """Whether there is a finding of that severity."""
        return any(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True)
class Seconds:
    """What the stages took, seconds."""

    checking: float = 0.0
    setting: float = 0.0
    writing: float = 0.0


@dataclass(frozen=True)
class Output:
    """What an outlet has made: a file, or a folder that holds others; ``pages`` is 0 where it has none."""

    outlet: str
    path: Path
    holds: tuple[str, ...] = ()
    pages: int = 0


@dataclass(frozen=True)
class Rendered:
    """The outcome of rendering one issue: no ``outputs`` where it has errors.

    ``notices`` are what the person should know of the setting itself, ``told`` what who asks may hear of it.
    """

    checked: Checked
    outputs: tuple[Output, ...] = ()
    notices: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    seconds: Seconds = field(default=Seconds(), compare=False)


@dataclass(frozen=True)
class Made:
    """What was made of an issue and not yet written: the bytes apart, in the order of the outputs."""

    rendered: Rendered
    files: tuple[Files, ...] = ()


def check(workspace: Workspace, path: Path, *, only: Iterable[Family] | None = None,
          layout: bool = False, theme: str | None = None) -> Checked:
    """Read an issue and run the rules over it.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        only: the families to run; all that need no pages when not given.
        layout: run the rules about pages too.
        theme: a theme other than the publication's.

    Raises:
        PressError: a fault that has no place in a file (no such theme, no font).
    """
    families = frozenset(only) if only is not None else TEXT_FAMILIES
    return _opened(workspace, path, families | ({Family.LAYOUT} if layout else frozenset()), theme)[0]


def _opened(workspace: Workspace, path: Path, families: Collection[Family], theme: str | None,
            draft: bool = False, fits: bool = True, pages: int | None = None) -> tuple[Checked, Edition | None]:
    """What the rules say of an issue, and it in its theme; None where it could not be read."""
    try:
        issue = read_issue(workspace, path)
        edition = open_edition(issue, theme, draft=draft, fits=fits, budget=pages)
        findings = (*review(issue, edition, families), *_refusals(edition, families))
        return Checked(path, findings, issue.issue_label, issue.fields.issue.date), edition
    except InputFault as fault:
        if not fault.findings:
            raise
        return Checked(path, fault.findings), None


def _refusals(edition: Edition, families: Collection[Family]) -> tuple[Finding, ...]:
    """Why the pages of a publication's own theme would not be written, where pages are checked."""
    if Family.LAYOUT not in families or edition.theme.bundled:
        return ()
    try:
        edition.pdf()
        edition.require_allowed()
    except InputFault as fault:
        return fault.findings
    return ()


def make(workspace: Workspace, path: Path, *, to: Sequence[str] = (DEFAULT,),
         options: Mapping[str, Chosen] | None = None, output: Path | None = None, theme: str | None = None,
         draft: bool = False, fits: bool = True, pages: int | None = None, png: int | None = None,
         progress: Callable[[str], None] = lambda words: None) -> Made:
    """Check an issue and, where it has no errors, make what is to be written; nothing is written.

    The issue is opened once and its pages are laid out once, however many outlets there are.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        to: the outlets' names.
        options: values of outlets' options, by outlet and name.
        output: where to (see ``targets``); ``out/`` in the issue's folder when not given.
        theme: a theme other than the publication's.
        draft: make it in spite of errors, marked as a proof.
        fits: arrange the pages so that they are full, where the theme declares how.
        pages: how many pages there should be; what the issue says when not given.
        png: pixels to the inch of the pages as pictures beside each PDF; none are made when not given.
        progress: told, in words, what is being done.

    Raises:
        UsageFault: there is no such outlet or option, or the output's name does not fit the outlet.
        PressError: the environment lacks something, or the issue cannot be set.
    """
    # A check writes nothing.
    from bulletin_press.writers import outlet_of
    from bulletin_press.writers.target import targets

    chosen = [(outlet := outlet_of(name), outlet.chosen((options or {}).get(name, {}))) for name in dict.fromkeys(to)]
    places = targets(workspace, path, [outlet for outlet, _ in chosen], output)
    if png is not None and not any(outlet.has_leaves for outlet, _ in chosen):
        raise UsageFault("--png 是把 PDF 的每一页另存成图片，要和生成 PDF 的 --to 一起用，例如 --to pdf、--to phone")
    begun = perf_counter()
    progress("检查")
    checked, edition = _opened(workspace, path, TEXT_FAMILIES, theme, draft, fits, pages)
    seen = perf_counter()
    if edition is None or (checked.has(Severity.ERROR) and not draft):
        return Made(Rendered(checked, seconds=Seconds(seen - begun)))
    made: list[tuple[Output, Files]] = []
    limits, beyond = list[Finding](), False
    for at, ((outlet, values), place) in enumerate(zip(chosen, places, strict=True), 1):
        progress(f"排版 {outlet.label}" + (f"（{at}/{len(chosen)}）" if len(chosen) > 1 else ""))
        files, found = _within_limits(edition, outlet, values)
        limits += found
        beyond = beyond or files is None or (not draft and any(one.severity is Severity.ERROR for one in found))
        if files is not None:
            made += _outputs(edition, outlet, place, files, png, progress)
    if limits:
        checked = _with(checked, limits)
    if beyond:
        return Made(Rendered(checked, seconds=Seconds(seen - begun, perf_counter() - seen)))
    notices = tuple(dict.fromkeys(
        words for outlet, _ in chosen if (words := outlet.notice(outlet.edition(edition)))))
    told: tuple[str, ...] = ()
    # Rules about pages run on the pages that were laid out anyway.
    laid_out = {id(one := outlet.edition(edition)): one for outlet, _ in chosen if outlet.paged}
    if laid_out:
        told = tuple(dict.fromkeys(words for one in laid_out.values() for words in one.fit_told()))
        # What the engine itself says (of a waiver's name, say) comes with both.
        checked = _with(checked, [found for one in laid_out.values()
                                  for found in review(edition.issue, one, {Family.LAYOUT})])
    seconds = Seconds(seen - begun, perf_counter() - seen)
    return Made(Rendered(checked, tuple(output for output, _ in made), notices, told, seconds),
                tuple(files for _, files in made))


def _within_limits(edition: Edition, outlet: Outlet, values: Chosen) -> tuple[Files | None, Sequence[Finding]]:
    """What an outlet makes and what its limits say of it; None where it cannot be made within them."""
    from bulletin_press.writers.limits import BeyondLimits

    try:
        made = outlet.files(edition, values)
    except BeyondLimits as fault:
        return None, fault.findings
    return made, outlet.findings(edition, made)


def _with(checked: Checked, found: Iterable[Finding]) -> Checked:
    """What was checked, with more findings, each once and where it stands."""
    findings = sorted(dict.fromkeys((*checked.findings, *found)), key=lambda one: (one.span, one.rule))
    return replace(checked, findings=tuple(findings))


def _outputs(edition: Edition, outlet: Outlet, place: Path, made: Files, png: int | None,
             progress: Callable[[str], None]) -> Iterator[tuple[Output, Files]]:
    """What an outlet has made, and its pages as pictures where they are asked for."""
    from bulletin_press.writers.target import leaves_path

    yield _output(edition, outlet, place, made), made
    if png is not None and outlet.has_leaves and isinstance(made, bytes):
        progress(f"画 {outlet.label} 的各页")
        leaves = _leaves(made, png)
        yield Output(outlet.name, leaves_path(place), tuple(sorted(leaves))), leaves


def _output(edition: Edition, outlet: Outlet, place: Path, made: Files) -> Output:
    pages = len(outlet.edition(edition).pages) if outlet.paged else 0
    if outlet.has_leaves and not outlet.paged and isinstance(made, bytes):
        # Late: only outlets that lay out pages of their own.
        from bulletin_press.writers.flow.raster import page_count

        pages = page_count(made)
    return Output(outlet.name, place, () if isinstance(made, bytes) else tuple(sorted(made)), pages)


def _leaves(data: bytes, dpi: int) -> Mapping[str, bytes]:
    """The pages of a PDF as pictures, by their names."""
    from bulletin_press.writers.flow.raster import page_files

    return page_files(data, dpi)


def write(made: Made) -> Rendered:
    """Write what was made, each output whole or not at all.

    Raises:
        PressError: one cannot be written; it is as it was, those before it are new.
    """
    begun = perf_counter()
    for output, files in zip(made.rendered.outputs, made.files, strict=True):
        if isinstance(files, bytes):
            write_whole(output.path, files)
        else:
            replace_folder(output.path, files)
    rendered = made.rendered
    return replace(rendered, seconds=replace(rendered.seconds, writing=perf_counter() - begun))


def render(workspace: Workspace, path: Path, *, to: Sequence[str] = (DEFAULT,),
           options: Mapping[str, Chosen] | None = None, output: Path | None = None, theme: str | None = None,
           draft: bool = False, fits: bool = True, pages: int | None = None, png: int | None = None,
           progress: Callable[[str], None] = lambda words: None) -> Rendered:
    """Check an issue and, where it has no errors, write it; the arguments are those of ``make``.

    All is made before anything is written: where one outlet fails, the old output of all stays.

    Raises:
        UsageFault: there is no such outlet or option, or the output's name does not fit the outlet.
        PressError: the environment lacks something, the issue cannot be set, or a file cannot be written.
    """
    made = make(workspace, path, to=to, options=options, output=output, theme=theme, draft=draft, fits=fits,
                pages=pages, png=png, progress=progress)
    if made.rendered.outputs:
        progress("写入")
    return write(made)


@dataclass(frozen=True)
class Published:
    """A website as written: the issues on it, those left out for their errors, and the pages ``kept`` as they were."""

    path: Path
    issues: tuple[str, ...]
    files: int
    left_out: tuple[Checked, ...] = ()
    kept: tuple[str, ...] = ()


def publish(workspace: Workspace, folder: Path, *, progress: Callable[[str], None] = lambda words: None) -> Published:
    """Write the website of a publication: all issues without errors, one folder, replaced whole.

    An issue whose page is there already and that has errors now, or is gone, keeps the page that it had: addresses
    that were given away go on leading somewhere.

    Args:
        workspace: the publication.
        folder: where to.
        progress: told, in words, what is being done.

    Raises:
        UsageFault: no issue can be put on it.
        PressError: the folder is not one that the press made, or cannot be written.
    """
    from bulletin_press.writers.site import site_files

    editions, left_out = list[Edition](), list[Checked]()
    for name in workspace.issue_names:
        progress(f"检查 {name}")
        checked, edition = _opened(workspace, workspace.issue_path(name), TEXT_FAMILIES, None)
        if edition is None or checked.has(Severity.ERROR):
            left_out.append(checked)
        else:
            editions.append(edition)
    if not editions:
        raise UsageFault("没有一期可以放到网站上：都有错误，或一期也没有")
    progress("写入")
    made = {one.issue.name for one in editions}
    kept = sorted({first for name in listed(folder) or () if (first := name.partition("/")[0]) not in made
                   and name.endswith("/index.html")})
    files = dict(site_files(editions, kept))
    for name in kept:
        files |= files_under(folder, name)
    replace_folder(folder, files)
    return Published(folder, tuple(one.issue.name for one in editions), len(files), tuple(left_out), tuple(kept))


@dataclass(frozen=True)
class Job:
    """One issue to be rendered, as it is handed to another process: ``run`` needs nothing else.

    Args:
        root: the publication's folder.
        issue: as the command line names it: a folder's name, a folder or a TOML file.
        today: the day of the work.
        shown_from: the folder that shown paths and relative ones of ``issue`` start from.
        to, options, output, theme, draft, fits, pages, png: see ``make``.
    """

    root: Path
    issue: str
    today: date
    shown_from: Path
    to: tuple[str, ...] = (DEFAULT,)
    options: Mapping[str, Chosen] = field(default_factory=dict)
    output: Path | None = None
    theme: str | None = None
    draft: bool = False
    fits: bool = True
    pages: int | None = None
    png: int | None = None


def run(job: Job) -> Rendered:
    """Do a job.

    Raises:
        PressError: as ``render`` does; or there is no such issue.
    """
    workspace = Workspace(job.root, job.today, job.shown_from)
    return render(workspace, workspace.issue_path(job.issue), to=job.to, options=job.options, output=job.output,
                  theme=job.theme, draft=job.draft, fits=job.fits, pages=job.pages, png=job.png)
