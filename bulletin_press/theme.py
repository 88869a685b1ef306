"""Themes: a folder of CSS and a page template turns a document into HTML."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from bulletin_press.arrangement import Row, picture_rows
from bulletin_press.diagnostics import Finding, InputFault, Severity
from bulletin_press.document import (
    BulletList,
    Document,
    Entry,
    Grid,
    Link,
    Paragraph,
    Picture,
    Pictures,
    Strong,
    Subheading,
)
from bulletin_press.positions import Table, read_template
from bulletin_press.schema import Line, Model, complaints_of, keys_of

if TYPE_CHECKING:
    import jinja2

FOLDER = "themes"
DRAFT = "draft.css"

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")
_LENGTH = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:pt|mm|cm|em|%)\Z")


class Option(Model):
    """Something about a theme that publication.toml may set."""

    label: Line
    kind: Literal["color", "length", "choice"]
    default: Line
    choices: tuple[Line, ...] = ()

    def refusal(self, value: object) -> str | None:
        """Why a value is not allowed, or None. Only what passes ever reaches the CSS."""
        if not isinstance(value, str):
            return "要写在引号里"
        if self.kind == "color" and not _COLOR.match(value):
            return "要写成颜色，例如 \"#1E4B57\""
        if self.kind == "length" and not _LENGTH.match(value):
            return "要写成长度，例如 \"12pt\" 或 \"3mm\""
        if self.kind == "choice" and value not in self.choices:
            return f"只能是 {'、'.join(self.choices)}"
        return None


class ThemeFile(Model):
    """theme.toml."""

    title: Line
    description: Line
    fonts: tuple[Line, ...]
    options: dict[Line, Option] = {}


@dataclass(frozen=True)
class SetPicture:
    """A picture as a template needs it: its address, or why there is none; its width over its height."""

    url: str | None
    fault: str | None = None
    ratio: float = 3.0


@dataclass(frozen=True)
class Theme:
    """A theme as read: its folder, what theme.toml says, and the values of its options."""

    name: str
    folder: Path
    file: ThemeFile
    values: Mapping[str, str]

    @property
    def fonts(self) -> Sequence[str]:
        """The font families that the theme sets text in."""
        return self.file.fonts

    def css(self) -> str:
        """The theme's style sheet with its options as custom properties."""
        variables = "".join(f"  --{name}: {value};\n" for name, value in self.values.items())
        return f":root {{\n{variables}}}\n" + (self.folder / "style.css").read_text("utf-8")

    def html(self, document: Document, pictures: Mapping[Picture, SetPicture], *,
             folders: Sequence[Path], created: str, draft: bool = False, css: str = "") -> str:
        """The document as one HTML page.

        Args:
            document: the issue.
            pictures: the address of each of its pictures.
            folders: template folders, for what themes share; the first that has a file wins.
            created: the issue's date, ISO 8601.
            draft: mark every page as a proof.
            css: rules to put before the theme's own.
        """
        # Late: ``press check`` fills no template.
        from markupsafe import Markup

        shared = [folder / FOLDER for folder in folders]
        environment = _environment([self.folder, *shared])
        sheet = css + self.css()
        if draft:
            mark = next(folder / DRAFT for folder in (self.folder, *shared) if (folder / DRAFT).is_file())
            sheet += "\n" + mark.read_text("utf-8")
        return environment.get_template("page.html.j2").render(
            document=document, pictures=pictures, created=created, css=Markup(sheet))


def _rows(block: Pictures, pictures: Mapping[Picture, SetPicture], measure: float = 396) -> list[Row]:
    """The pictures of a block in rows, for a measure in points."""
    return picture_rows(block, {picture: pictures[picture].ratio for picture in block.pictures}, measure)


def _environment(folders: Sequence[Path]) -> jinja2.Environment:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # autoescape by flag: select_autoescape() goes by file name and would skip .html.j2
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]), autoescape=True,
        undefined=jinja2.StrictUndefined, auto_reload=False)
    kinds = {"paragraph": Paragraph, "subheading": Subheading, "bullets": BulletList, "grid": Grid,
             "pictures": Pictures, "entry": Entry, "strong": Strong, "link": Link}
    for name, kind in kinds.items():
        environment.tests[name] = lambda value, kind=kind: isinstance(value, kind)
    environment.globals["picture_rows"] = _rows
    return environment


def theme_names(folders: Sequence[Path]) -> list[str]:
    """The themes there are, by name."""
    return sorted({path.parent.name for folder in folders
                   for path in (folder / FOLDER).glob("*/theme.toml")})


def load_theme(name: str, folders: Sequence[Path], options: Mapping[str, object],
               publication: Table | None = None) -> Theme:
    """Read a theme and the options that a publication sets.

    Args:
        name: the theme's folder name.
        folders: template folders; the first that has the theme wins.
        options: what publication.toml sets under [theme].
        publication: publication.toml, to place findings in.

    Raises:
        InputFault: there is no such theme, it is broken, or an option is not allowed.
    """
    for folder in folders:
        path = folder / FOLDER / name
        if _NAME.match(name) and (path / "theme.toml").is_file():
            return _read_theme(name, path, options, publication)
    names = theme_names(folders)
    close = difflib.get_close_matches(name, names, n=1)
    hint = f"，是不是 {close[0]}？" if close else f"。可用的有：{'、'.join(names)}"
    findings = []
    if publication and ("publication", "theme") in publication.places:
        findings = [Finding("wrong-value", Severity.ERROR, f"没有“{name}”这个版式{hint}",
                            publication.span(("publication", "theme")), close[0] if close else None)]
    raise InputFault(f"没有“{name}”这个版式{hint}", findings)


def _read_theme(name: str, folder: Path, options: Mapping[str, object],
                publication: Table | None) -> Theme:
    table = read_template(folder / "theme.toml")
    try:
        file = ThemeFile.model_validate(table.values)
    except ValidationError as error:
        complaints = complaints_of(error, (), lambda path: keys_of(Option if path else ThemeFile))
        raise InputFault(f"版式 {name} 的 theme.toml 不合要求",
                         [complaint.placed(table) for complaint in complaints]) from None
    findings, values = [], {key: option.default for key, option in file.options.items()}
    for key, value in options.items():
        known = file.options.get(key)
        close = difflib.get_close_matches(key, file.options, n=1)
        refusal = known.refusal(value) if known else \
            f"不是版式 {name} 的选项；可用的：{'、'.join(file.options) or '（无）'}"
        if refusal is None:
            values[key] = str(value)
        elif publication:
            path = ("theme", key)
            span = publication.span(path) if known else publication.key_span(path)
            findings.append(Finding("wrong-value" if known else "unknown-key", Severity.ERROR,
                                    f"{key} {refusal}", span, close[0] if close and not known else None))
        else:
            raise InputFault(f"{key} {refusal}")
    if findings:
        raise InputFault(f"[theme] 有 {len(findings)} 处不合要求", findings)
    return Theme(name, folder, file, values)
