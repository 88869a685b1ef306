"""Themes: a folder of CSS and a page template turns a document into HTML."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, ValidationError, model_validator

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
from bulletin_press.fonts import load_manifest
from bulletin_press.positions import KeyPath, Table, read_template
from bulletin_press.records import dataclass
from bulletin_press.schema import Complaint, Line, Model, close_match, complaints_of, keys_of, refuse
from bulletin_press.source import Source, read_source
from bulletin_press.tabulation import columns_of, is_figure
from bulletin_press.templating import filled

if TYPE_CHECKING:
    import jinja2

    from bulletin_press.arrangement import Row
    from bulletin_press.charts import ChartStyle
    from bulletin_press.exhibits import Chart

FOLDER = "themes"
TOML = "theme.toml"
DRAFT = "draft.css"
MAX_NAME = 40

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")
_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
# A custom property's name: hanzi too.
_PROPERTY = re.compile(r"[^\W\d][\w-]*\Z")
# What a choice is and may set: lengths, colours, names and numbers, nothing that could leave its place.
_VALUE = re.compile(r"(?!.*/\*)[\w .,%#+*/()-]+\Z")
_LENGTH = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:pt|mm|cm|em|%)\Z")


class Option(Model):
    """Something about a theme that publication.toml may set.

    ``contrast`` is the least contrast with white that a colour may have (WCAG 2): letters in it stand on
    white, or white ones on it. ``sets`` gives, for each of the ``choices``, further properties that the
    style sheet reads.
    """

    label: Line
    kind: Literal["color", "length", "choice"]
    default: Line
    choices: tuple[Line, ...] = ()
    contrast: Annotated[float, Field(ge=1, le=21)] = 1
    sets: dict[Line, dict[Line, Line]] = {}

    def meant(self, value: object) -> str | None:
        """The value that one of another type, or a colour without its mark, was meant to be, as TOML."""
        typed = value.strip() if isinstance(value, str) else str(value)
        if self.kind == "color":
            typed = "#" + typed.lstrip("#＃")
        return f'"{typed}"' if self.refusal(typed) is None else None

    @model_validator(mode="after")
    def _consistent(self) -> Option:
        if refusal := self.refusal(self.default):
            refuse("wrong-value", f"default {refusal}")
        for choice in self.choices:
            if not _VALUE.match(choice):
                refuse("wrong-value", f"choices 里的只能是名称、数和长度：{choice}")
        for choice, properties in self.sets.items():
            if choice not in self.choices:
                refuse("wrong-value", f"sets 里的“{choice}”不在 choices 里")
            for name, value in properties.items():
                if not _KEY.match(name) or not _VALUE.match(value):
                    refuse("wrong-value", f"sets 里的 {name} 只能是长度、颜色和名称：{value}")
        return self

    def refusal(self, value: object) -> str | None:
        """Why a value is not allowed, or None. Only what passes ever reaches the CSS."""
        if not isinstance(value, str):
            return "要写在引号里"
        if self.kind == "color" and not _COLOR.match(value):
            return "要写成颜色，例如 \"#1E4B57\""
        if self.kind == "color" and _contrast(value) < self.contrast:
            return f"太浅了（{value}）：印在白纸上，或者上面压白字，都看不清，请换深一些的"
        if self.kind == "length" and not _LENGTH.match(value):
            return "要写成长度，例如 \"12pt\" 或 \"3mm\""
        if self.kind == "choice" and value not in self.choices:
            return f"只能是 {'、'.join(self.choices)}"
        return None


class Tone(Model):
    """A colour made from an option's: with a share of white (0 to 1), or of black, mixed in."""

    of: Line
    white: Annotated[float, Field(ge=0, le=1)] = 0
    black: Annotated[float, Field(ge=0, le=1)] = 0

    def made_of(self, color: str) -> str:
        """The tone of a colour."""
        # Late, as below: ``press check`` draws nothing.
        from bulletin_press.charts.style import mixed

        return mixed(mixed(color, "#FFFFFF", self.white), "#000000", self.black)


class ChartSettings(Model):
    """How a theme draws charts: sizes in pt, font stacks, colours by option, tone or #rrggbb."""

    unit: Annotated[float, Field(gt=4, le=60)]
    size: Annotated[float, Field(ge=5, le=20)] = 9
    bar: Annotated[float, Field(gt=1, le=60)] = 11
    labels: Line
    figures: Line
    weight: Literal[400, 700] = 400
    tones: Annotated[tuple[Line, ...], Field(min_length=1)]
    ink: Line
    faint: Line
    rise: Line
    fall: Line
    outline: Line | None = None

    def style(self, colors: Mapping[str, str]) -> ChartStyle:
        """The style with the colours that a publication chose."""
        from bulletin_press.charts import ChartStyle

        def color(name: str) -> str:
            return colors.get(name, name)

        return ChartStyle(
            self.unit, self.size, self.bar, _stack(self.labels), _stack(self.figures),
            tuple(map(color, self.tones)), color(self.ink), color(self.faint), color(self.rise),
            color(self.fall), color(self.outline) if self.outline else None, self.weight)


class ThemeFile(Model):
    """theme.toml."""

    title: Line
    description: Line
    fonts: tuple[Line, ...]
    options: dict[Line, Option] = {}
    tones: dict[Line, Tone] = {}
    charts: ChartSettings | None = None

    def complaints(self) -> Iterator[Complaint]:
        """Names that no style sheet can read; colours and fonts that are named and not there."""
        for table, names in (("options", self.options), ("tones", self.tones)):
            for name in names:
                if not _PROPERTY.match(name):
                    yield Complaint("wrong-value", (table, name), f"“{name}”不能作名称：只能用字母、汉字、数字和 -，"
                                    "不能以数字开头", at_key=True)
        bundled = load_manifest().families
        for index, family in enumerate(self.fonts):
            if family not in bundled:
                yield Complaint("wrong-value", ("fonts", index),
                                f"没有“{family}”这个字体；随附的有：{'、'.join(bundled)}", close_match(family, bundled))
        colors = {name for name, option in self.options.items() if option.kind == "color"}
        for name, tone in self.tones.items():
            if tone.of not in colors:
                yield Complaint("wrong-value", ("tones", name, "of"), f"“{tone.of}”不是颜色选项",
                                close_match(tone.of, colors))
        charts = self.charts
        if charts is None:
            return
        named: list[tuple[KeyPath, str | None]] = [
            (("charts", key), getattr(charts, key)) for key in ("ink", "faint", "rise", "fall", "outline")]
        named += [(("charts", "tones", index), color) for index, color in enumerate(charts.tones)]
        known = colors | set(self.tones)
        for path, color in named:
            if color and color not in known and not _COLOR.match(color):
                yield Complaint("wrong-value", path, f"“{color}”不是颜色，也不是颜色选项或 tones 里的名称",
                                close_match(color, known))
        for key in ("labels", "figures"):
            for family in _stack(getattr(charts, key)):
                if family not in self.fonts:
                    yield Complaint("wrong-value", ("charts", key), f"字体“{family}”没有列在 fonts 里",
                                    close_match(family, self.fonts))


def _contrast(color: str) -> float:
    # Late, as below: most checks need no colour.
    from bulletin_press.charts.style import luminance

    return 1.05 / (luminance(color) + 0.05)


def _stack(families: str) -> tuple[str, ...]:
    return tuple(family.strip().strip("\"'") for family in families.split(","))


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

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """Everything the style sheet may read: options, what choices set, tones."""
        found = dict(self.values)
        for name, option in self.file.options.items():
            found |= option.sets.get(self.values[name], {})
        for name, tone in self.file.tones.items():
            found[name] = tone.made_of(self.values[tone.of])
        return found

    def drawing(self, chart: Chart, width: float) -> str:
        """A chart as an SVG element.

        Raises:
            InputFault: the theme does not say how it draws charts.
        """
        if self.file.charts is None:
            raise InputFault(f"版式 {self.name} 的 theme.toml 没有写 [charts]，画不了图表")
        from bulletin_press.charts import draw

        return draw(chart, self.file.charts.style(self.properties), width)

    @property
    def fonts(self) -> Sequence[str]:
        """The font families that the theme sets text in."""
        return self.file.fonts

    @cached_property
    def sheet(self) -> Source:
        """The theme's own style sheet.

        Raises:
            InputFault: it is missing or unreadable.
        """
        return read_source(self.folder / "style.css")

    def css(self) -> str:
        """The theme's style sheet with its options as custom properties.

        Raises:
            InputFault: it is missing or unreadable.
        """
        variables = "".join(f"  --{name}: {value};\n" for name, value in self.properties.items())
        return f":root {{\n{variables}}}\n" + self.sheet.text

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

        Raises:
            InputFault: the theme's template or style sheet is wrong.
        """
        # Late: ``press check`` fills no template.
        from markupsafe import Markup

        shared = [folder / FOLDER for folder in folders]
        environment = _environment([self.folder, *shared])
        sheet = css + self.css()
        if draft:
            mark = next(folder / DRAFT for folder in (self.folder, *shared) if (folder / DRAFT).is_file())
            sheet += "\n" + mark.read_text("utf-8")
        return filled(
            environment, "page.html.j2", document=document, pictures=pictures, created=created, css=Markup(sheet),
            options=self.properties, drawing=lambda chart, width: Markup(self.drawing(chart, width)))


def points(length: str) -> float:
    """A length of an option in pt.

    Raises:
        ValueError: it has no absolute unit.
    """
    for unit, factor in (("pt", 1.0), ("mm", 72 / 25.4), ("cm", 72 / 2.54)):
        if length.endswith(unit):
            return float(length.removesuffix(unit)) * factor
    raise ValueError(length)


def _rows(block: Pictures, pictures: Mapping[Picture, SetPicture], measure: float = 396) -> list[Row]:
    """The pictures of a block in rows, for a measure in points."""
    # Late, as above.
    from bulletin_press.arrangement import picture_rows

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
    environment.globals["points"] = points
    environment.globals["columns_of"] = columns_of
    environment.tests["figure"] = is_figure
    return environment


def valid_name(name: str) -> bool:
    """Whether a theme's folder may be named so: small letters, digits and hyphens."""
    return len(name) <= MAX_NAME and bool(_NAME.match(name))


def theme_names(folders: Sequence[Path]) -> list[str]:
    """The themes there are, by name."""
    return sorted({path.parent.name for folder in folders
                   for path in (folder / FOLDER).glob(f"*/{TOML}") if valid_name(path.parent.name)})


def theme_folder(name: str, folders: Sequence[Path]) -> Path | None:
    """The folder of a theme; the first template folder that has it wins. None where there is none."""
    paths = (folder / FOLDER / name for folder in folders) if valid_name(name) else ()
    return next((path for path in paths if (path / TOML).is_file()), None)


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
    if path := theme_folder(name, folders):
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
    table = read_template(folder / TOML)
    try:
        file = ThemeFile.model_validate(table.values)
        complaints = list(file.complaints())
    except ValidationError as error:
        complaints = list(complaints_of(error, (), _keys))
    if complaints:
        raise InputFault(f"版式 {name} 的 theme.toml 不合要求",
                         [complaint.placed(table) for complaint in complaints])
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
            meant = known.meant(value) if known else close[0] if close else None
            findings.append(Finding("wrong-value" if known else "unknown-key", Severity.ERROR,
                                    f"{key} {refusal}", span, meant))
        else:
            raise InputFault(f"{key} {refusal}")
    if findings:
        raise InputFault(f"[theme] 有 {len(findings)} 处不合要求", findings)
    return Theme(name, folder, file, values)


def _keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that theme.toml allows at a path."""
    tables: dict[str, type[Model]] = {"options": Option, "tones": Tone, "charts": ChartSettings}
    return keys_of(tables.get(str(path[0]), ThemeFile) if path else ThemeFile)
