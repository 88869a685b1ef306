"""An edition: an issue in a theme. Its HTML is laid out once, when first asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin_press.document.moved import moved
from bulletin_press.document.notes_at_foot import with_notes_at_foot
from bulletin_press.document.printed_links import with_addresses
from bulletin_press.document.tree import Document, Picture
from bulletin_press.ground.budget import Budget, Spent
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError, Severity, Span
from bulletin_press.issue.issue import Issue
from bulletin_press.pictures import PictureFault
from bulletin_press.pictures.screen import QUALITY
from bulletin_press.publication.settings import Printing
from bulletin_press.publication.workspace import template_folders
from bulletin_press.theme import codes
from bulletin_press.theme.set_picture import SetPicture
from bulletin_press.theme.theme import FIT, Theme, load_theme
from bulletin_press.typeset.assets import Assets

if TYPE_CHECKING:
    from bulletin_press.theme.fit.search import Arrangement, Found
    from bulletin_press.typeset.reports import PageFill
    from bulletin_press.typeset.setter import Pages

# What an issue may cost beyond importing the engine: processor time, seconds, for itself, for each unit of its
# size and for each picture; memory, bytes, likewise. Some four times what the bundled themes need.
_SECONDS, _SECONDS_OF_SIZE, _SECONDS_OF_PICTURE = 10.0, 0.006, 1.0
# The bundled themes are nobody's attack, and machines may be slow.
_PATIENCE = 3
_MEMORY, _MEMORY_OF_SIZE, _MEMORY_OF_PICTURE = 500_000_000, 15_000, 20_000_000
FAILS = "theme-fails"
# How many layouts an issue may cost beside its own: one is some .7 of a whole render. A number of pages that is asked
# for may cost more.
_LAYOUTS, _LAYOUTS_ASKED = 2, 3
_RELATIVE = re.compile(r"(?:Ignored `(?P<style>.*)` at .*)?Relative URI reference without a base URI: *(?P<place>.*)",
                       re.S)
_URL = re.compile(r"url\(\s*([\"']?)(?P<address>.*?)\1\s*\)", re.S)
_POSITION = re.compile(r" at \d+:\d+\Z")
_ALLOWED = re.compile(r"(?:https?|mailto|tel):", re.I)
_SHOWN = 80
# Pictures in print are coded once more, when they become inks.
_PRINT_QUALITY = 95

# The keyword in the metadata of a draft's PDF, by which it is told from the issue itself.
DRAFT = "校样"


@dataclass(frozen=True)
class Edition:
    """An issue in a theme.

    Args:
        issue: the issue.
        theme: the theme, as it comes.
        draft: whether every page is marked as a proof.
        fits: whether its pages may be arranged as the theme allows.
        budget: how many pages it should have; what the issue says, where nothing is said.
        printed: whether it is for the print shop: with bleed, pictures in full, links that paper can show.
    """

    issue: Issue
    theme: Theme
    draft: bool = False
    fits: bool = True
    budget: int | None = None
    printed: bool = False
    assets: Assets = field(default_factory=Assets)

    @cached_property
    def pictures(self) -> Mapping[Picture, SetPicture]:
        """The pictures as they are set: their addresses among ``assets``."""
        addresses: dict[Picture, SetPicture] = {}
        for index, (picture, loaded) in enumerate(self.issue.pictures.items()):
            if isinstance(loaded, PictureFault):
                addresses[picture] = SetPicture(None, f"图片缺失：{picture.typed}")
            else:
                addresses[picture] = SetPicture(
                    self.assets.add(f"picture-{index}", loaded.data, loaded.media_type), ratio=loaded.ratio)
        return addresses

    def address(self, picture: Picture) -> str | None:
        """The address that the pages load a picture from; None where it could not be read."""
        return self.pictures[picture].url

    @cached_property
    def html(self) -> str:
        """The issue as HTML that loads its pictures from ``assets``, as the theme has it."""
        return self.page(self.pictures)

    def page(self, addresses: Mapping[Picture, SetPicture], css: str = "",
             arrangement: Arrangement | None = None) -> str:
        """The issue as HTML, its pictures at the given addresses; as the theme has it, unless it is arranged."""
        whole = self.document
        document = moved(whole, arrangement.moved) if arrangement else whole
        if self.printed:
            css += f"@page {{ bleed: {self.printing.bleed:g}mm }}\n"
        theme = self.theme.arranged(arrangement.chosen) if arrangement else self.theme
        with self.spending():
            return theme.html(
                document, addresses, folders=template_folders(self.issue.workspace),
                created=self.issue.fields.issue.date.isoformat(), draft=self.draft, css=css)

    @property
    def printing(self) -> Printing:
        """How the publication is printed."""
        return self.issue.workspace.publication.print

    @cached_property
    def document(self) -> Document:
        """The issue as a tree of blocks, its notes with their calls; in print, links have their addresses in notes."""
        document = self.issue.document
        return with_notes_at_foot(
            with_addresses(document) if self.printed and self.printing.links != "none" else document)

    def for_print(self) -> Edition:
        """The same issue for the print shop; laid out for itself, once."""
        return self if self.printed else self._for_print

    @cached_property
    def _for_print(self) -> Edition:
        theme, option = self.theme, codes.OPTION
        if self.printing.links == "codes" and theme.values.get(option) not in (None, codes.NONE):
            theme = replace(theme, values={**theme.values, option: codes.ALL})
        return replace(self, theme=theme, printed=True, assets=Assets())

    @cached_property
    def _budget(self) -> Budget:
        size, pictures = self.issue.size, len(self.issue.pictures)
        seconds = _SECONDS + _SECONDS_OF_SIZE * size + _SECONDS_OF_PICTURE * pictures
        if self._arranges:
            seconds *= 1 + _LAYOUTS_ASKED
        return Budget(seconds * (_PATIENCE if self.theme.bundled else 1),
                      _MEMORY + _MEMORY_OF_SIZE * size + _MEMORY_OF_PICTURE * pictures)

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Do what the theme asks for, within the edition's budget.

        Raises:
            InputFault: it takes too long or too much memory; or a theme of the publication's own leads the
                engine into an error.
        """
        try:
            with self._budget.spending():
                yield
        except Spent:
            raise self._failed("排了很久，或用了很多内存，还没有排完：多半是样式表或模板里有没有尽头的写法") from None
        except PressError:
            raise
        except (RecursionError, MemoryError):
            raise self._failed("页面里一层套一层，太深或太大，排不下去") from None
        except Exception as error:
            if self.theme.bundled or os.environ.get("PRESS_DEBUG"):
                raise
            raise self._failed("排版引擎出错：样式表或模板里有它不支持的写法，请从最近改的地方查起"
                               f"（引擎的原话，供开发者查：{type(error).__name__}: {str(error)[:80]}）") from None

    def require_allowed(self, pages: Pages | None = None) -> None:
        """Refuse pages that asked for what they may not load, or lead where they may not.

        Some of it is asked for only when the pages are written: call ``pdf`` first, to hear of all.

        Args:
            pages: of an outlet that lays out its own; the theme's when not given.

        Raises:
            InputFault: with a finding in the theme's file that names the address, as far as one does.
        """
        pages = pages or self.pages
        # WeasyPrint swallows refusals inside SVG and CSS: ask our own list. A relative address never
        # reaches the fetcher, and is only logged.
        relative = (_relative(match) for match in map(_RELATIVE.match, pages.logged) if match)
        if refused := list(dict.fromkeys([*pages.assets.refused, *relative])):
            raise self._may_not_load(refused)
        if wrong := [target for target in pages.addresses() if not _ALLOWED.match(target)]:
            raise self._refused("里的链接只能用 http、https、mailto、tel，不能是", wrong, "请改正或删去")

    def _may_not_load(self, addresses: Sequence[str]) -> InputFault:
        return self._refused("要装载不在允许之列的文件", addresses, "请检查它的 CSS 和模板")

    def _refused(self, words: str, addresses: Sequence[str], advice: str) -> InputFault:
        shown = "、".join(f"{address[:_SHOWN]}{'…' if len(address) > _SHOWN else ''}" for address in addresses[:3])
        folder = self.issue.workspace.shown(self.theme.folder)
        message = f"版式{words}：{shown}。{advice}（版式 {self.theme.name}，在 {folder}）"
        found = (span for address in addresses for span in self.theme.places(address))
        return self._fault(message, next(found, None))

    def _failed(self, words: str) -> InputFault:
        return self._fault(f"版式 {self.theme.name} 的页面排不出来。{words}", None)

    def _fault(self, message: str, span: Span | None) -> InputFault:
        sheet = str(self.theme.folder / "style.css")
        return InputFault(message, [Finding(FAILS, Severity.ERROR, message, span or Span(sheet, 1, 1, 1, 2))])

    @cached_property
    def pages(self) -> Pages:
        """The laid-out pages, arranged so that they are full, where the theme declares how.

        Raises:
            EnvironmentFault: a system library or a font is missing.
        """
        return self._fitted[0]

    @property
    def fit(self) -> Found | None:
        """How the pages were arranged; None where they are as the theme has them."""
        return self._fitted[1]

    @property
    def arranged_html(self) -> str:
        """The issue as the HTML that its pages were laid out of."""
        best = self.fit.best.arrangement if self.fit else None
        return self.page(self.pictures, arrangement=best) if best and (best.chosen or best.moved) else self.html

    def fit_told(self) -> tuple[str, ...]:
        """How the pages were arranged, in words; nothing where they are as the theme has them."""
        from bulletin_press.theme.fit.words import told

        return tuple(told(self.fit, self.theme.file.fit)) if self.fit else ()

    def budget_missed(self, budget: int) -> str:
        """By how many lines the pages miss a number that they do not have, and what is cheapest to cut."""
        items = [item for section in self.issue.document.sections for item in section.items]
        titles = {"/".join(map(str, item.origin.path[:2])): item.title or f"第{item.number}则动态"
                  for item in items if item.origin and not item.exhibits and (item.title or item.number)}
        from bulletin_press.theme.fit.words import missed

        return missed(self.pages.fills(), budget, self.pages.item_lines(), titles)

    @property
    def page_budget(self) -> int | None:
        """How many pages there should be, if anybody said."""
        return self.budget or self.issue.fields.issue.pages

    @property
    def _arranges(self) -> bool:
        return self.fits and self.theme.fits and bool(self.theme.file.fit)

    @cached_property
    def _fitted(self) -> tuple[Pages, Found | None]:
        pages = self.laid_out(self.html)
        if not self._arranges:
            return pages, None
        # Late, as above: a check arranges nothing.
        from bulletin_press.theme.fit.search import Arrangement, search

        first = pages.fills()
        kept = {Arrangement().key: pages}

        def lay_out(arrangement: Arrangement) -> Sequence[PageFill] | None:
            try:
                made = self.laid_out(self.page(self.pictures, arrangement=arrangement), sweeps=False)
            except PressError:
                return None
            kept[arrangement.key] = made
            return made.fills()

        def forget(arrangement: Arrangement) -> None:
            del kept[arrangement.key]

        found = search(self.theme.file.fit, first, lay_out, forget, budget=self.page_budget,
                       most=_LAYOUTS_ASKED if self.page_budget else _LAYOUTS)
        return kept[found.best.arrangement.key], found

    def laid_out(self, html: str, *, sweeps: bool = True) -> Pages:
        """A page of HTML laid out within the edition's budget; it may load the edition's pictures and nothing else.

        Raises:
            EnvironmentFault: a system library or a font is missing.
            PressError: as ``setter.lay_out``; InputFault where it asks for what it may not load.
        """
        # Late: most of ``press check`` needs no pages.
        from bulletin_press.typeset.setter import lay_out

        loaded = {address: picture for drawn, picture in self.issue.pictures.items()
                  if not isinstance(picture, PictureFault) and (address := self.address(drawn))}
        lines = self.issue.workspace.publication.style.lines
        dpi, quality = (self.printing.dpi, _PRINT_QUALITY) if self.printed else (
            self.issue.thresholds.screen_dpi, QUALITY)
        try:
            with self.spending():
                return lay_out(html, self.assets, lines, loaded, dpi=dpi, quality=quality, sweeps=sweeps)
        except PressError:
            if self.assets.refused:
                raise self._may_not_load(self.assets.refused) from None
            raise

    def pdf(self, pages: Pages | None = None) -> bytes:
        """The pages as a PDF; a draft says so in its metadata.

        Args:
            pages: of an outlet that lays out its own; the theme's when not given.

        Raises:
            EnvironmentFault: a system library or a font is missing.
        """
        pages = pages or self.pages
        with self.spending():
            return pages.pdf([DRAFT] if self.draft else [])


def _relative(said: re.Match[str]) -> str:
    """The address in what WeasyPrint logs of one without a base; the rule that holds it, if that is all it says."""
    style = said["style"]
    if style is None:
        return _POSITION.sub("", said["place"])
    found = _URL.search(style)
    return found["address"] if found else style


def open_edition(issue: Issue, theme: str | None = None, *, draft: bool = False, fits: bool = True,
                 budget: int | None = None) -> Edition:
    """An issue in the theme named, else in its publication's; see ``Edition``.

    Raises:
        InputFault: there is no such theme, or an option is wrong.
    """
    workspace = issue.workspace
    publication = workspace.publication
    name = theme or publication.publication.theme
    folders = template_folders(workspace)
    if name == publication.publication.theme:
        loaded = load_theme(name, folders, publication.theme, None if theme else workspace.publication_table)
    else:
        # Another theme is tried: what it has of the publication's options it takes, the rest is its own.
        known = load_theme(name, folders, {}).file.options
        options = {key: value for key, value in publication.theme.items()
                   if (key in known and known[key].refusal(value) is None) or (key == FIT and isinstance(value, bool))}
        loaded = load_theme(name, folders, options)
    return Edition(issue, loaded, draft, fits, budget)
