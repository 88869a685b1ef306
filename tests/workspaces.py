"""Small publications for the tests, and the words that a finding's span covers."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

from bulletin_press.ground.diagnostics import Finding, Span
from bulletin_press.pipeline import Checked, check
from bulletin_press.publication.workspace import ISSUE, PUBLICATION, Workspace

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "issues"
TODAY = date(2022, 9, 1)
# Every theme that the press brings along, by its folder.
THEMES = tuple(sorted(path.parent.name for path in (ROOT / "templates" / "themes").glob("*/theme.toml")))

PUBLICATION_TEXT = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n'
HEAD = "[issue]\nnumber = 8\ndate = 2022-08-26\n"


def png(width: int = 4, height: int = 3) -> bytes:
    """A picture that decodes."""
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(target, "PNG")
    return target.getvalue()


def write(root: Path, files: dict[str, str]) -> Workspace:
    """A workspace of some files; publication.toml is written where it is not given."""
    for name, text in {PUBLICATION: PUBLICATION_TEXT, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return Workspace(root, TODAY, root)


def checked(root: Path, issue: str, *, name: str = "2022-08", **kinds: object) -> Checked:
    """What the checks say of one issue's text in the workspace at ``root``."""
    workspace = write(root, {f"{name}/{ISSUE}": issue} | (
        {} if not (root / PUBLICATION).exists() else {PUBLICATION: (root / PUBLICATION).read_text("utf-8")}))
    return check(workspace, root / name / ISSUE, **kinds)  # type: ignore[arg-type]


def samples(target: Path) -> Path:
    """A copy of the sample publication, without what the press made of it."""
    shutil.copytree(SAMPLES, target, ignore=shutil.ignore_patterns("out"))
    return target


def covered(root: Path, span: Span) -> str:
    """The characters that a span covers, read from the file afresh."""
    lines = (root / span.file).read_text("utf-8").split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    middle = lines[span.line : span.end_line - 1]
    return "\n".join([lines[span.line - 1][span.column - 1 :], *middle,
                      lines[span.end_line - 1][: span.end_column - 1]])


def by_rule(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in findings if finding.rule == rule]
