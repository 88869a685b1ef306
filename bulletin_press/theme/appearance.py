"""What theme.toml may say beside its numbers: the options of a theme, its tones, how it draws charts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from bulletin_press.fonts import load_manifest
from bulletin_press.language.script import lazy
from bulletin_press.theme.colours import luminance, mixed
from bulletin_press.theme.fit.choices import Choice, complaints
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.schema import Complaint, Line, Model, close_match, keys_of, read_model, refuse

if TYPE_CHECKING:
    from bulletin_press.theme.charts import ChartStyle

# Names of a kind: what is wrong with one is looked for among all of them.
MOST = 200

_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")
_KEY = re.compile(r"[a-z][a-z0-9-]*\Z")
# A custom property's name: hanzi too.
_PROPERTY = re.compile(r"[^\W\d][\w-]*\Z")
# What a choice is and may set: lengths, colours, names and numbers, nothing that could leave its place.
_VALUE = re.compile(r"(?!.*/\*)[\w .,%#+*/()-]+\Z")
_LENGTH = lazy(r"\d{1,4}(?:\.\d{1,3})?(?:pt|mm|cm|em|%)\Z")


Ink = Annotated[float, Field(ge=0, le=100)]


class Option(Model):
    """Something about a theme that publication.toml may set.

    ``contrast`` is the least contrast with white that a colour may have (WCAG 2): letters in it stand on
    white, or white ones on it. ``sets`` gives, for each of the ``choices``, further properties that the
    style sheet reads.
    """

    label: Line
    kind: Literal["color", "length", "choice"]
    default: Line
    choices: Annotated[tuple[Line, ...], Field(max_length=MOST)] = ()
    contrast: Annotated[float, Field(ge=1, le=21)] = 1
    sets: Annotated[dict[Line, Annotated[dict[Line, Line], Field(max_length=MOST)]], Field(max_length=MOST)] = {}

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
        return mixed(mixed(color, "#FFFFFF", self.white), "#000000", self.black)


class ChartSettings(Model):
    """How a theme draws charts: sizes in pt, font stacks, colours by option, tone or #rrggbb."""

    unit: Annotated[float, Field(gt=4, le=60)]
    size: Annotated[float, Field(ge=5, le=20)] = 9
    bar: Annotated[float, Field(gt=1, le=60)] = 11
    labels: Line
    figures: Line
    weight: Literal[400, 700] = 400
    tones: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST)]
    ink: Line
    faint: Line
    rise: Line
    fall: Line
    outline: Line | None = None

    def style(self, colors: Mapping[str, str], scale: float = 1) -> ChartStyle:
        """The style with the colours that a publication chose, its units and bars so many times as high."""
        # Late: ``press check`` draws nothing.
        from bulletin_press.theme.charts import ChartStyle

        def color(name: str) -> str:
            return colors.get(name, name)

        return ChartStyle(
            self.unit * scale, self.size, self.bar * scale, _stack(self.labels), _stack(self.figures),
            tuple(map(color, self.tones)), color(self.ink), color(self.faint), color(self.rise),
            color(self.fall), color(self.outline) if self.outline else None, self.weight)


class PrintSettings(Model):
    """What a theme says of printing: where empty pages go, and the inks of its colours, by #RRGGBB, percent."""

    blanks: Literal["end", "before-last"] = "end"
    inks: Annotated[dict[Line, Annotated[tuple[Ink, Ink, Ink, Ink], Field()]], Field(max_length=MOST)] = {}


class Appearance(Model):
    """theme.toml without ``[reckoning]``: all that a check needs of a theme that is known to be right."""

    model_config = ConfigDict(extra="ignore")

    title: Line
    description: Line
    fonts: Annotated[tuple[Line, ...], Field(max_length=MOST)]
    options: Annotated[dict[Line, Option], Field(max_length=MOST)] = {}
    tones: Annotated[dict[Line, Tone], Field(max_length=MOST)] = {}
    charts: ChartSettings | None = None
    fit: Annotated[dict[Line, Choice], Field(max_length=MOST)] = {}
    print: PrintSettings = PrintSettings()

    def complaints(self) -> Iterator[Complaint]:
        """Names that no style sheet can read; colours and fonts that are named and not there."""
        for table, names in (("options", self.options), ("tones", self.tones)):
            for name in names:
                if not _PROPERTY.match(name):
                    yield Complaint("wrong-value", (table, name), f"“{name}”不能作名称：只能用字母、汉字、数字和 -，"
                                    "不能以数字开头", at_key=True)
        yield from complaints(self.fit, frozenset(self.options))
        for name in self.print.inks:
            if not _COLOR.match(name) or len(name) != len("#RRGGBB"):
                yield Complaint("wrong-value", ("print", "inks", name), f"“{name}”要写成颜色，例如 \"#1E4B57\"",
                                at_key=True)
        manifest = load_manifest()
        bundled = manifest.families
        for index, family in enumerate(self.fonts):
            if family not in bundled and family not in manifest.former_families:
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
    return 1.05 / (luminance(color) + 0.05)


def _stack(families: str) -> tuple[str, ...]:
    return tuple(family.strip().strip("\"'") for family in families.split(","))


def read_appearance(table: Table) -> Appearance:
    """A theme.toml but for its ``[reckoning]``, whatever that holds.

    Raises:
        InputFault: with a finding for every place that is wrong in the rest.
    """
    return read_model(table, Appearance, lambda path: keys_of(Appearance), more=Appearance.complaints)
