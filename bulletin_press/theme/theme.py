"""Themes: a folder of CSS and a page template turns a document into HTML."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.ground.diagnostics import Finding, InputFault, Severity, Span, UsageFault
from bulletin_press.ground.resources import templates_folder
from bulletin_press.language.guesses import perhaps
from bulletin_press.theme.appearance import Appearance, read_appearance
from bulletin_press.theme.fit.choices import CHARTS, flags
from bulletin_press.theme.set_picture import SetPicture
from bulletin_press.toml.complaints import unfit
from bulletin_press.toml.positions import Table, scan_template, template_source
from bulletin_press.toml.source import Source

if TYPE_CHECKING:
    from bulletin_press.document.exhibits import Chart
    from bulletin_press.document.plots import AuthorsChart
    from bulletin_press.document.tree import Document, Picture
    from bulletin_press.theme.reckoning.settings import Reckoning

FOLDER = "themes"
TOML = "theme.toml"
SHEET = "style.css"
DRAFT = "draft.css"
MAX_NAME = 40
# [theme] fit = false: the pages are left as they come.
FIT = "fit"

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Theme:
    """A theme as read: its folder, what theme.toml says, the values of its options, and theme.toml as typed.

    ``fits`` tells whether the publication lets its pages be arranged, ``chosen`` which of the arrangements that the
    theme declares are taken.
    """

    name: str
    folder: Path
    file: Appearance
    values: Mapping[str, str]
    typed: Table
    fits: bool = True
    chosen: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> Reckoning:
        """What the theme's pages are reckoned with.

        Raises:
            InputFault: with a finding for every place of theme.toml that is wrong.
        """
        # Late: ``press check`` reckons no page.
        from bulletin_press.theme.theme_file import read_theme_file

        return read_theme_file(self.typed).reckoning

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """Everything the style sheet may read: options, what choices set, tones."""
        found = dict(self.values)
        for name, option in self.file.options.items():
            found |= option.sets.get(self.values[name], {})
        for name, tone in self.file.tones.items():
            found[name] = tone.made_of(self.values[tone.of])
        for name, value in self.chosen.items():
            found |= self.file.fit[name].values[value].sets
        # A theme that declares no arrangements may have an option of that name.
        return found | ({FIT: flags(self.chosen)} if self.file.fit else {})

    def arranged(self, chosen: Mapping[str, str]) -> Theme:
        """The theme with some of its arrangements chosen, by name."""
        return replace(self, chosen=dict(chosen))

    def drawing(self, chart: Chart | AuthorsChart, width: float, high: float = 1) -> str:
        """A chart as an SVG element; its rows and bars are so many times as high as they are.

        Raises:
            InputFault: the theme does not say how it draws charts.
        """
        if self.file.charts is None:
            raise InputFault(f"版式 {self.name} 的 theme.toml 没有写 [charts]，画不了图表")
        from bulletin_press.theme.charts import draw

        return draw(chart, self.file.charts.style(self.properties, high * float(self.properties.get(CHARTS, 1))), width)

    @property
    def bundled(self) -> bool:
        """Whether the theme is one of the press's own."""
        return _bundled(self.folder)

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
        return template_source(self.folder / SHEET, self.folder.parents[1])

    def places(self, words: str) -> Iterator[Span]:
        """Where words stand in the theme's own files, its style sheet first."""
        root = self.folder.parents[1]
        for path in (self.folder / SHEET, *sorted(self.folder.glob("*.j2"))):
            with suppress(InputFault):
                source = template_source(path, root)
                start = source.text.find(words)
                if start >= 0:
                    yield source.span(start, start + len(words.split("\n")[0]))

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
        from bulletin_press.theme.page import filled_page
        from bulletin_press.theme.templating import TemplateFolder

        places = [TemplateFolder(self.folder, self.folder.parents[1]),
                  *(TemplateFolder(folder / FOLDER, folder) for folder in folders)]
        sheet = css + self.css()
        if draft:
            place = next(place for place in places if (place.path / DRAFT).is_file())
            sheet += "\n" + template_source(place.path / DRAFT, place.root).text
        return filled_page(self.name, places, document, pictures, self.drawing, numbers=self.numbers,
                           properties=self.properties, created=created, css=sheet)


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
    # A pipe or a link in its place is refused, and named, when it is read.
    return next((path for path in paths if os.path.lexists(path / TOML)), None)


def require_theme(name: str, folders: Sequence[Path]) -> Path:
    """The folder of a theme that a command was given.

    Raises:
        UsageFault: there is no such theme; a close name is suggested.
    """
    if path := theme_folder(name, folders):
        return path
    raise UsageFault(_no_such_theme(name, folders)[0])


def _no_such_theme(name: str, folders: Sequence[Path]) -> tuple[str, str | None]:
    """What to say, and the name that was perhaps meant."""
    names = theme_names(folders)
    close = difflib.get_close_matches(name, names, n=1)
    hint = perhaps(close[0] if close else None, f"。可用的有：{'、'.join(names)}")
    return f"没有“{name[:80]}”这个版式{hint}", close[0] if close else None


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
    message, close = _no_such_theme(name, folders)
    findings = []
    if publication and ("publication", "theme") in publication.places:
        findings = [Finding("wrong-value", Severity.ERROR, message, publication.span(("publication", "theme")), close)]
    raise InputFault(message, findings)


def _read_theme(name: str, folder: Path, options: Mapping[str, object],
                publication: Table | None) -> Theme:
    typed = scan_template(folder / TOML, folder.parents[1])
    file = _read_file(folder, typed)
    findings, values = [], {key: option.default for key, option in file.options.items()}
    fits = options.get(FIT, True) if FIT not in file.options else True
    for key, value in options.items():
        if key == FIT and fits is value and isinstance(fits, bool):
            continue
        known = file.options.get(key)
        close = difflib.get_close_matches(key, (*file.options, FIT), n=1)
        refusal = known.refusal(value) if known else \
            "写 true（按版面调整）或 false（不调整），不要引号" if key == FIT else \
            f"不是版式 {name} 的选项；可用的：{'、'.join(file.options) or '（无）'}"
        if refusal is None:
            values[key] = str(value)
        elif publication:
            path = ("theme", key)
            span = publication.span(path) if known or key == FIT else publication.key_span(path)
            meant = known.meant(value) if known else close[0] if close and key != FIT else None
            findings.append(Finding("wrong-value" if known or key == FIT else "unknown-key", Severity.ERROR,
                                    f"{key} {refusal}", span, meant))
        else:
            raise InputFault(f"{key} {refusal}")
    if findings:
        raise unfit("[theme]", findings)
    return Theme(name, folder, file, values, typed, fits is True)


def _read_file(folder: Path, typed: Table) -> Appearance:
    if _bundled(folder):
        return read_appearance(typed)
    # Somebody's own theme is checked whole, and all that is wrong with it told at once.
    from bulletin_press.theme.theme_file import read_theme_file

    return read_theme_file(typed)


def _bundled(folder: Path) -> bool:
    return folder.parents[1] == templates_folder()
