"""What the tests of whole renders share: workspaces, the command, what a PDF holds."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import bulletin_press
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace

ROOT = Path(bulletin_press.__file__).resolve().parents[1]
ISSUES = Path(__file__).resolve().parents[1] / "issues"
SAMPLES = ("2022-07", "2022-08")
TESTS = Path(__file__).resolve().parent


def environment(**changed: str) -> dict[str, str]:
    """This process's environment with the package to be found."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path, **changed}


def python(*arguments: str | Path, timeout: float = 300, limit: int | None = None,
           **options: Any) -> subprocess.CompletedProcess[str]:
    """Run Python; ``limit`` bounds its memory, bytes."""
    def bounded() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit or 0, limit or 0))

    options.setdefault("env", environment())
    return subprocess.run([sys.executable, *map(str, arguments)], capture_output=True, encoding="utf-8",
                          timeout=timeout, preexec_fn=bounded if limit else None, **options)


def press(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``press``."""
    return python("-m", "bulletin_press.cli", *arguments, **options)


def quoted(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{quoted(key)} = {quoted(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(quoted, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_toml(tables: Mapping[str, Any]) -> str:
    """Tables, and lists of tables, as TOML."""
    lines = []
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            lines.append(f"[[{name}]]" if isinstance(table, list) else f"[{name}]")
            lines += [f"{quoted(key)} = {quoted(value)}" for key, value in one.items()]
    return "\n".join(lines) + "\n"


PUBLICATION: Mapping[str, Any] = {"publication": {"name": "试刊", "organiser": "试刊协会"}}
ISSUE: Mapping[str, Any] = {
    "issue": {"number": 1, "date": date(2022, 8, 26)},
    "news": [{"title": "标题", "source": "来源", "body": "正文。"}],
}


def make_workspace(folder: Path, issue: Mapping[str, Any] | str = ISSUE,
                   publication: Mapping[str, Any] | str = PUBLICATION,
                   members: Mapping[str, Any] | str | None = None) -> Workspace:
    """A workspace with one issue, 2022-08."""
    def text(tables: Mapping[str, Any] | str) -> str:
        return tables if isinstance(tables, str) else as_toml(tables)

    (folder / "2022-08" / "images").mkdir(parents=True, exist_ok=True)
    (folder / "publication.toml").write_text(text(publication), encoding="utf-8")
    (folder / "2022-08" / "issue.toml").write_text(text(issue), encoding="utf-8")
    if members is not None:
        (folder / "members.toml").write_text(text(members), encoding="utf-8")
    return Workspace(folder, date(2022, 9, 1), folder)


def read(workspace: Workspace, name: str = "2022-08") -> Issue:
    """An issue of a workspace."""
    return read_issue(workspace, workspace.issue_path(name))


def pdf_text(data: bytes) -> list[str]:
    """The text of each page without white space."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        textpage = page.get_textpage()
        pages.append("".join(textpage.get_text_range().split()))
        textpage.close()
        page.close()
    document.close()
    return pages


def outline(data: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks: level from 0, title, page from 0."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    return marks


def links(data: bytes) -> Iterator[tuple[int, str, Any]]:
    """Page from 0, "page" or "uri", and the page from 0 or the address, of each link."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        names = pdf.Root.get("/Names", {}).get("/Dests") if "/Names" in pdf.Root else None
        places = dict(pikepdf.NameTree(names)) if names is not None else {}
        for index, page in enumerate(pdf.pages):
            for note in page.get("/Annots", ()):
                if note.get("/Subtype") != "/Link":
                    continue
                action = note.get("/A")
                if action is not None and "/URI" in action:
                    yield index, "uri", str(action.URI)
                    continue
                place = note.get("/Dest") if "/Dest" in note else action.D
                place = places[str(place)] if isinstance(place, pikepdf.String) else place
                yield index, "page", numbers[place[0].objgen]


def fonts_of(data: bytes) -> set[str]:
    """The PostScript names of the font programs in a PDF (a PDF's own names are the families')."""
    import pikepdf
    from fontTools.ttLib import TTFont

    names = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if isinstance(item, pikepdf.Dictionary) and key in item:
                    with TTFont(io.BytesIO(item[key].read_bytes())) as font:
                        names.add(font["name"].getDebugName(6))
    return names


def chunks(words: Sequence[str], length: int) -> list[str]:
    """Words joined by blanks in as few texts of at most ``length`` characters as their order allows."""
    texts = [""]
    for word in words:
        if len(texts[-1]) + len(word) >= length and texts[-1]:
            texts.append("")
        texts[-1] = f"{texts[-1]} {word}".strip()
    return texts
