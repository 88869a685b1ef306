"""An edition: an issue in a theme. Its HTML is laid out once, when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from bulletin_press.assets import Assets
from bulletin_press.document import Picture
from bulletin_press.issue import Issue, template_folders
from bulletin_press.pictures import PictureFault
from bulletin_press.records import dataclass
from bulletin_press.theme import SetPicture, Theme, load_theme

if TYPE_CHECKING:
    from bulletin_press.typeset.layout import Pages

# The keyword in the metadata of a draft's PDF, by which it is told from the issue itself.
DRAFT = "校样"


@dataclass(frozen=True)
class Edition:
    """An issue in a theme; ``draft`` marks every page as a proof."""

    issue: Issue
    theme: Theme
    draft: bool = False
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
        """The issue as HTML that loads its pictures from ``assets``."""
        return self.page(self.pictures)

    def page(self, addresses: Mapping[Picture, SetPicture], css: str = "") -> str:
        """The issue as HTML, its pictures at the given addresses."""
        return self.theme.html(
            self.issue.document, addresses, folders=template_folders(self.issue.workspace),
            created=self.issue.fields.issue.date.isoformat(), draft=self.draft, css=css)

    @cached_property
    def pages(self) -> Pages:
        """The laid-out pages.

        Raises:
            EnvironmentFault: a system library or a font is missing.
        """
        # Late: most of ``press check`` needs no pages.
        from bulletin_press.typeset.layout import lay_out

        loaded = {address: picture for drawn, picture in self.issue.pictures.items()
                  if not isinstance(picture, PictureFault) and (address := self.address(drawn))}
        return lay_out(self.html, self.assets, self.issue.workspace.publication.style.lines, loaded,
                       dpi=self.issue.thresholds.screen_dpi)


def open_edition(issue: Issue, theme: str | None = None, *, draft: bool = False) -> Edition:
    """An issue in the theme named, else in its publication's.

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
                   if key in known and known[key].refusal(value) is None}
        loaded = load_theme(name, folders, options)
    return Edition(issue, loaded, draft)
