"""The whole way from a file to findings or to a file: this floor alone knows all stages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.checks.engine import review
from bulletin_press.checks.rule import Family
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError, Severity, UsageFault
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.output import write_whole
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace

if TYPE_CHECKING:
    from bulletin_press.writers import Format

OUT = "out"
# What authors put into a workspace: a mistyped -o must not take its place.
_TYPED = frozenset({".toml", ".png", ".jpg", ".jpeg", ".webp", ".css", ".j2"})
_SUFFIXES: Mapping[str, tuple[str, ...]] = {"pdf": (".pdf",), "html": (".html", ".htm")}
_AS_IT_IS = "网页里会照样带上版式里的脚本和外部地址，来路不明的版式不要在浏览器里打开"
# Everything that needs no pages.
TEXT_FAMILIES = frozenset({Family.DATA, Family.COPY, Family.ISSUE, Family.GLYPH})


@dataclass(frozen=True)
class Checked:
    """The outcome of checking one issue: ``issue`` is None where it could not be read."""

    path: Path
    findings: tuple[Finding, ...]
    issue: Issue | None

    def has(self, severity: Severity) -> bool:
        """Whether there is a finding of that severity."""
        return any(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True)
class Rendered:
    """The outcome of rendering one issue: ``output`` is None where nothing was written.

    ``notice`` is what the person should know of the setting itself.
    """

    checked: Checked
    output: Path | None
    pages: int = 0
    notice: str | None = None


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
    families |= {Family.LAYOUT} if layout else frozenset()
    try:
        issue = read_issue(workspace, path)
        edition = open_edition(issue, theme)
        return Checked(path, (*review(issue, edition, families), *_refusals(edition, families)), issue)
    except InputFault as fault:
        if not fault.findings:
            raise
        return Checked(path, fault.findings, None)


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


def output_path(workspace: Workspace, path: Path, form: Format) -> Path:
    """Where an issue's output goes unless the user says otherwise."""
    name = path.parent.name
    return path.parent / OUT / f"{name}.{form}"


def render(workspace: Workspace, path: Path, *, form: Format = "pdf", output: Path | None = None,
           theme: str | None = None, draft: bool = False,
           progress: Callable[[str], None] = lambda words: None) -> Rendered:
    """Check an issue and, where it has no errors, write it.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        form: the outlet.
        output: the file to write; ``out/<issue>.<form>`` in the issue's folder when not given.
        theme: a theme other than the publication's.
        draft: write it in spite of errors, marked as a proof.
        progress: told, in words, what is being done.

    Raises:
        UsageFault: the output's suffix is not that of the outlet.
        PressError: the environment lacks something, or the file cannot be written.
    """
    # A check writes nothing.
    from bulletin_press.writers import WRITERS

    target = output or output_path(workspace, path, form)
    if target.suffix.lower() in _TYPED:
        raise PressError(f"不能把结果写到 {workspace.shown(target)}：{target.suffix} 是你写的内容和图片")
    if target.suffix.lower() not in _SUFFIXES[form]:
        raise UsageFault(f"{workspace.shown(target)} 的扩展名与要生成的 {form.upper()} 不符：文件名要以 "
                         f"{' 或 '.join(_SUFFIXES[form])} 结尾，或改 --to")
    if output is None and not (is_inside(target.parent, path.parent) or is_inside(target.parent, workspace.root)):
        raise PressError(f"{workspace.shown(target.parent)} 是指到刊物文件夹以外的链接，不往那里写。"
                         "要写到别处，请用 -o 写明")
    progress("检查")
    checked = check(workspace, path, theme=theme)
    if checked.issue is None or (checked.has(Severity.ERROR) and not draft):
        return Rendered(checked, None)
    edition = open_edition(checked.issue, theme, draft=draft)
    progress("排版")
    data = WRITERS[form](edition)
    pages = len(edition.pages) if form == "pdf" else 0
    progress("写入")
    # Rules about pages run on the pages that were laid out anyway.
    paged = review(checked.issue, edition, {Family.LAYOUT}) if form == "pdf" else ()
    # What the engine itself says (of a waiver's name, say) comes with both.
    findings = tuple(sorted(dict.fromkeys(checked.findings + paged), key=lambda found: (found.span, found.rule)))
    write_whole(target, data)
    notice = edition.pages.notice if form == "pdf" else None if edition.theme.bundled else _AS_IT_IS
    return Rendered(Checked(path, findings, checked.issue), target, pages, notice)
