"""What is said and asked: findings on stdout, all else on stderr."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bulletin_press import __version__
from bulletin_press.cli.options import FormatName, working_folder
from bulletin_press.ground.diagnostics import Finding, UsageFault

if TYPE_CHECKING:
    from bulletin_press.publication.workspace import Workspace


def say(words: str) -> None:
    """A line on stderr."""
    typer.echo(words, err=True)


def say_passed_over(place: Workspace) -> None:
    """The folders that look like issues and are none."""
    for said in (*place.unreadable, *place.misnamed):
        say(f"注意：{said}")


class _Lines:
    """Source lines for the text reporter; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, dict[str, list[str]]()

    def __call__(self, name: str, number: int) -> str:
        from bulletin_press.ground.reading import read_file
        from bulletin_press.toml.source import MAX_BYTES

        if name not in self.files:
            try:
                text = read_file(self.folder / name, MAX_BYTES).decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                text = ""
            self.files[name] = text.replace("\r\n", "\n").split("\n")
        lines = self.files[name]
        return lines[number - 1] if 0 < number <= len(lines) else ""


def print_findings(findings: Sequence[Finding], form: FormatName = FormatName.text, *, err: bool = False) -> None:
    """Findings in the form asked for."""
    from bulletin_press.authoring.reporters import as_github, as_json, as_text

    if form is FormatName.json:
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        typer.echo(as_json(findings, escaped=encoding != "utf8"), err=err)
    elif form is FormatName.sarif:
        from bulletin_press.authoring.sarif import as_sarif
        from bulletin_press.checks.explanations import summaries

        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        typer.echo(as_sarif(findings, summaries(), __version__, escaped=encoding != "utf8"), err=err)
    elif form is FormatName.github:
        if findings:
            typer.echo(as_github(findings), err=err)
    else:
        typer.echo(as_text(findings, _Lines(working_folder())), err=err)


def print_desk_report(place: Workspace, paths: Sequence[Path], findings: Sequence[Finding]) -> None:
    """Findings by item, what ``--fix`` would do, and what to do next."""
    from bulletin_press.authoring.desk_report import as_desk_report
    from bulletin_press.ground.diagnostics import InputFault
    from bulletin_press.toml.source import Source, read_source

    sources: dict[str, Source] = {}
    for path in paths:
        with suppress(InputFault):
            sources[place.shown(path)] = read_source(path, place.shown(path))
    own: dict[str, str] = {}
    with suppress(InputFault):
        own = {name: section.title for name, section in place.publication.sections.own.items()}
    names = [path.parent.name for path in paths]
    typer.echo(as_desk_report(findings, _Lines(working_folder()), sources, own, names))


@contextmanager
def watched(title: str) -> Iterator[Callable[[str], None]]:
    """A spinner for a person who waits; nothing for a script."""
    if not sys.stderr.isatty():
        yield lambda words: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(title) as status:
        yield lambda words: status.update(f"{title}：{words}…")


def answer_to(question: str) -> str | None:
    """The line typed in answer to a question; "" at the end of the input, None where it is no text."""
    # Not typer.prompt and typer.confirm: they write to stdout as well, and know no Chinese answer.
    typer.echo(question, err=True, nl=False)
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return None


_ANSWERS = {**dict.fromkeys(("是", "好", "y", "yes"), True), **dict.fromkeys(("否", "不", "n", "no", ""), False)}


def agreed(question: str) -> bool:
    """Ask until the answer is one of 是, 否, y, n; Enter alone is no."""
    while True:
        typed = answer_to(f"{question}（是/否，直接回车为否）")
        if typed == "":
            say("")
            raise UsageFault("没有读到回答，文件没有改动。不想回答，请加 --yes")
        answer = _ANSWERS.get(unicodedata.normalize("NFKC", typed or "?").strip().lower().rstrip("。."))
        if answer is not None:
            return answer
        say("请回答 是 或 否")
