"""publication.toml: the masthead, the sections, the house style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SkipValidation

from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Line, Model, keys_of, refuse

MAX_PRINT_RUN = 10_000_000
Grade = Literal["off", "info", "warning", "error"]

MAX_OWN_SECTIONS = 30
INKS = 4

# The report that a publication prints where it names no other.
DEFAULT_REPORT = "service-outsourcing"


_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_ADDRESS = re.compile(r"https?://[^\s/?#\"<>]+[^\s?#\"<>]*\Z")


def _print_run(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str):
        refuse("wrong-type", "印数写成数，例如 500，或写成文字，例如 \"500册\"")
    if not (value.strip() if isinstance(value, str) else 1 <= value <= MAX_PRINT_RUN):
        refuse("wrong-value", "印数不对，请核对")
    return value


PrintRun = Annotated[int | str, BeforeValidator(_print_run)]


class Masthead(Model):
    """What names the publication and who answers for it."""

    name: Line
    subtitle: Line | None = None
    organiser: Line
    editor: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    website: Line | None = None
    permit: Line | None = None
    recipients: Line | None = None
    copies_to: Line | None = None
    signatory: Line | None = None
    printer: Line | None = None
    print_run: PrintRun | None = None
    profile: Literal["electronic", "internal-print"] = "electronic"
    theme: Line = "classic"


def _distinct(order: object) -> object:
    if isinstance(order, list):
        twice = [kind for i, kind in enumerate(order) if kind in order[:i]]
        if twice:
            refuse("wrong-value", f"“{twice[0]}”在 order 里写了两次")
    return order


class OwnSection(Model):
    """A section of the publication's own: what it is called, and the built-in one that it is like."""

    title: Line
    like: Annotated[str, SkipValidation]


class Sections(Model):
    """The order of the sections, the titles that differ from the built-in ones, and sections of one's own.

    The names are as typed: which sections there are is known further up.
    """

    order: Annotated[tuple[Annotated[str, SkipValidation], ...] | None, BeforeValidator(_distinct)] = None
    titles: dict[str, Line] = {}
    own: Annotated[dict[str, OwnSection], Field(max_length=MAX_OWN_SECTIONS)] = {}


class ReportSettings(Model):
    """Which report the publication prints, and whose figures they are."""

    definition: Line = DEFAULT_REPORT
    region: Line = "本市"
    short_region: Line = "我市"
    source: Line = "商务部服务外包统一平台"
    unit: Line = "万美元"


def _site_address(value: object) -> object:
    if isinstance(value, str) and not _ADDRESS.match(value.strip()):
        refuse("wrong-value", "网站的地址要写全，例如 \"https://www.example.org/tongxun/\"")
    return value.strip().rstrip("/") + "/" if isinstance(value, str) else value


class Site(Model):
    """Where the publication's own website will be, for links that lead there."""

    address: Annotated[Line, BeforeValidator(_site_address)] | None = None


def _hex(value: object) -> object:
    if isinstance(value, dict):
        for name in value:
            if not _COLOUR.match(str(name)):
                refuse("wrong-value", f"inks 里左边写屏幕上的颜色，例如 \"#1E4B57\"，不是“{str(name)[:20]}”")
        return {str(name).upper(): inks for name, inks in value.items()}
    return value


def _inks(value: object) -> object:
    numbers = [float(one) for one in value if isinstance(one, int | float | Decimal) and not isinstance(one, bool)] \
        if isinstance(value, list | tuple) else []
    if len(numbers) != INKS or not isinstance(value, list | tuple) or len(value) != INKS:
        refuse("wrong-value", "油墨写青、品红、黄、黑四个百分数，例如 [85, 20, 0, 60]")
    if not all(0 <= one <= 100 for one in numbers):
        refuse("wrong-value", "每种油墨是 0 到 100")
    return tuple(numbers)


def _between(least: float, most: float, words: str) -> BeforeValidator:
    def check(value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            refuse("wrong-type", f"{words}，写成数，不加引号")
        if not least <= value <= most:
            refuse("wrong-value", words)
        return float(value)

    return BeforeValidator(check)


Inks = Annotated[tuple[float, float, float, float], BeforeValidator(_inks)]
"""Percentages of cyan, magenta, yellow and black."""


class Printing(Model):
    """How the publication is printed: for the outlets ``print`` and ``booklet``.

    Lengths are millimetres, ``ink_limit`` a percentage; ``profile`` is a file, from the publication's folder.
    """

    bleed: Annotated[float, _between(0, 3, "出血是 0 到 3 毫米")] = 3.0
    ink_limit: Annotated[float, _between(200, 400, "总墨量是 200 到 400（%），问印刷厂")] = 300.0
    profile: Line | None = None
    grey: bool = False
    dpi: Annotated[int, _between(150, 600, "图片的精度是每英寸 150 到 600 点")] = 300
    paper_thickness: Annotated[float, _between(0, 0.5, "纸厚是 0 到 0.5 毫米，例如 0.1")] = 0.1
    marks: bool = True
    links: Literal["codes", "notes", "none"] = "codes"
    inks: Annotated[dict[str, Inks], BeforeValidator(_hex)] = {}


class Style(Model):
    """House style of the report and of the setting."""

    period: Literal["mofcom", "nbs"] = "mofcom"
    over_100: Literal["percent", "times"] = "percent"
    change: bool = False
    month: bool = False
    lead: Literal["显示", "根据"] = "显示"
    lines: Literal["gentle", "compact"] = "gentle"
    marks: Literal["gb", "newspaper"] | None = None


class Publication(Model):
    """The whole of publication.toml."""

    publication: Masthead
    theme: dict[str, object] = {}
    sections: Sections = Sections()
    report: ReportSettings = ReportSettings()
    site: Site = Site()
    style: Style = Style()
    print: Printing = Printing()
    charts: dict[str, Annotated[bool, Field(strict=True)]] = {}
    terms: dict[str, Line] = {}
    rules: dict[str, Grade] = {}


def allowed_keys(path: KeyPath) -> Iterable[str]:
    """The keys that publication.toml allows at a path."""
    tables: dict[KeyPath, type[Model]] = {
        (): Publication, ("publication",): Masthead, ("sections",): Sections,
        ("report",): ReportSettings, ("site",): Site, ("style",): Style, ("print",): Printing}
    model = OwnSection if len(path) == 3 and path[:2] == ("sections", "own") else tables.get(path)
    return keys_of(model) if model else ()


