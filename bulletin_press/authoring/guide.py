"""The user's guide: its chapters as pages for a browser, or as text for a terminal.

The Markdown in docs/guide/ and docs/reference/ is the one source; a wheel carries both.
"""

from __future__ import annotations

import base64
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.output import write_whole
from bulletin_press.ground.resources import docs_folder

if TYPE_CHECKING:
    from markdown_it.token import Token

CONTENTS = "README.md"
_REFERENCE = "reference"
# The order that a month's work meets them in.
_REFERENCES = ("issue", "publication", "members", "theme", "definition", "settings", "recipients")
_NUMBER = re.compile(r"\d+-")
# What leads out of the guide, or stays on its page.
_ELSEWHERE = re.compile(r"[a-z]+:|#")


@dataclass(frozen=True)
class Chapter:
    """One chapter, in Markdown; the table of contents is one as well."""

    path: Path

    @cached_property
    def text(self) -> str:
        """The Markdown."""
        return self.path.read_text("utf-8")

    @property
    def title(self) -> str:
        """Its first heading."""
        return self.text.partition("\n")[0].lstrip("# ")

    @property
    def is_reference(self) -> bool:
        """Whether it is a table of keys."""
        return self.path.parent.name == _REFERENCE

    @property
    def page(self) -> str:
        """The name of its page."""
        return _page(self.path.relative_to(self.path.parents[1]).as_posix())

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, in small letters: 填写, 04-writing, 04, 4, writing."""
        stem = self.path.stem
        number, _, word = stem.rpartition("-")
        return (self.title.lower(), stem, word, *((number, number.lstrip("0")) if number else ()))


def _page(target: str) -> str:
    """The name of the page that a link inside the guide means: ../reference/issue.md is reference-issue.html."""
    path, _, fragment = target.partition("#")
    name = path.rpartition("/")[2]
    stem = "index" if name == CONTENTS else name.removesuffix(".md")
    page = f"{_REFERENCE}-{stem}.html" if _REFERENCE in path.split("/") else f"{stem}.html"
    return f"{page}#{fragment}" if fragment else page


def chapters() -> tuple[Chapter, ...]:
    """The contents, the chapters by number, the tables of keys.

    Raises:
        EnvironmentFault: the installation lacks the guide.
    """
    folder = docs_folder()
    numbered = sorted(path for path in (folder / "guide").glob("*.md") if _NUMBER.match(path.name))
    tables = [folder / _REFERENCE / f"{name}.md" for name in _REFERENCES]
    return tuple(map(Chapter, (folder / "guide" / CONTENTS, *numbered, *tables)))


def chapter_called(word: str | None) -> Chapter:
    """The chapter of a name, a number or a part of a title; the contents where there is none.

    Raises:
        UsageFault: no chapter is called so, or several are; the message lists them all.
    """
    there = chapters()
    if word is None:
        return there[0]
    typed = unicodedata.normalize("NFKC", word).strip().lower()
    ranks = ([one for one in there if typed in one.names],
             [one for one in there if typed and one.title.lower().startswith(typed)],
             [one for one in there if typed and typed in one.title.lower()])
    close = next(filter(None, ranks), [])
    if len(close) == 1:
        return close[0]
    known = "；".join(one.title for one in (close or there[1:]))
    raise UsageFault(f"手册里{'不止一章叫' if close else '没有'}“{word[:20]}”{'' if close else '这一章'}：{known}")


# --- pages ----------------------------------------------------------------------------------


def pages() -> Mapping[str, bytes]:
    """Every page by its name, with its pictures and its style in it.

    Raises:
        EnvironmentFault: the installation lacks the guide.
    """
    there = chapters()
    return {one.page: _html(one, there).encode("utf-8") for one in there}


def _html(chapter: Chapter, there: Sequence[Chapter]) -> str:
    style = (docs_folder() / "guide" / "guide.css").read_text("utf-8")
    rows = "".join(_entry(one, current=one is chapter) for one in there)
    return (f'<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(chapter.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
            f"<nav>{rows}</nav>\n<main>\n{_body(chapter)}</main>\n</body>\n</html>\n")


def _entry(chapter: Chapter, *, current: bool) -> str:
    marks = ' aria-current="page"' if current else ""
    kind = ' class="reference"' if chapter.is_reference else ""
    return f'<a href="{chapter.page}"{kind}{marks}>{escape(chapter.title)}</a>\n'


def _body(chapter: Chapter) -> str:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(chapter.text)
    for token in _every(tokens):
        if token.type == "image":
            token.attrs["src"] = _data(chapter.path.parent / str(token.attrs["src"]))
        elif token.type == "link_open" and not _ELSEWHERE.match(str(token.attrs["href"])):
            token.attrs["href"] = _page(str(token.attrs["href"]))
    return str(reader.renderer.render(tokens, reader.options, {}))


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _data(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode('ascii')}"


def written(folder: Path | None = None) -> Path:
    """Write the pages; those that are there already are left alone.

    Args:
        folder: where to; without it a folder of our own, which the next time writes over.

    Returns:
        The folder.

    Raises:
        EnvironmentFault: the installation lacks the guide.
        PressError: the folder cannot be written.
    """
    made = pages()
    for place in (folder,) if folder else _own_folders():
        try:
            for name, data in made.items():
                path = place / name
                if not path.is_file() or path.read_bytes() != data:
                    write_whole(path, data)
        except (PressError, OSError):
            if folder:
                raise
        else:
            return place
    raise PressError("找不到可写的文件夹放手册。请用 -o 指定一个，或加 --text 在终端里看")


def _own_folders() -> Iterator[Path]:
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        base = base if base.is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        base = Path()
    if base.is_absolute():
        yield base / "bulletin-press" / "guide"
    try:
        yield Path(tempfile.mkdtemp(prefix="press-guide-"))
    except OSError:
        return


def show(page: Path) -> bool:
    """Open a page in the browser; returns whether there was one to open it in."""
    import webbrowser

    # Without a display a browser for terminals would take the terminal over.
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        return webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        return False


# --- the terminal ---------------------------------------------------------------------------


def print_text(chapter: Chapter) -> None:
    """Print a chapter: set for the width of a terminal, or as Markdown where it is piped."""
    if not sys.stdout.isatty():
        sys.stdout.write(chapter.text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(chapter.text))
