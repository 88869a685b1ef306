"""What the section kinds share: fields for pictures, and their blocks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from bulletin_press.document.markup import blocks_of, link_target, safe_href
from bulletin_press.document.tree import (
    Block,
    Origin,
    Paragraph,
    Picture,
    Pictures,
)
from bulletin_press.pictures.kinds import HEIC, by_suffix, heic_is_read, words_on
from bulletin_press.toml.picture_paths import OUTSIDE, advice, unescaped
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Line, Model, refuse

_PICTURE = re.compile(r".+\.(?:png|jpe?g|webp)\Z", re.I)
# What ``read_issue`` adds the name of the file to, if there is one that was meant.
NO_EXTENSION = "图片要写全文件名，连扩展名（.jpg、.png 或 .webp）一起"


def _picture_path(value: Any) -> Any:
    if isinstance(value, str):
        if read := unescaped(value):
            message, suggestion = advice(read[0])
            refuse("wrong-value", read[1] + message, suggestion)
        value = value.strip()
        if not value or value.endswith("/"):
            refuse("wrong-value", "这里没有写图片的文件名：填上文件名，例如 images/照片.jpg，或删去这一行")
        if OUTSIDE.search(value):
            refuse("wrong-value", *advice(value))
        if "." not in value.rpartition("/")[2]:
            refuse("wrong-value", NO_EXTENSION)
        if not _PICTURE.match(value):
            kind = by_suffix(value)
            if kind is None:
                refuse("wrong-value", "图片只用 PNG、JPEG 或 WebP；SVG、PDF 等请先导出为 PNG")
            elif kind is not HEIC or not heic_is_read():
                refuse("wrong-value", f"图片只用 PNG、JPEG 或 WebP。{words_on(kind, value)}")
    return value


def _address(value: Any) -> Any:
    if isinstance(value, str) and safe_href(value) is None:
        refuse("wrong-value", f"“{value[:60]}”不是网址；要以 https:// 或 http:// 开头")
    return value


def _source_address(value: Any) -> Any:
    return value if isinstance(value, str) and link_target(value) else _address(value)


PicturePath = Annotated[Line, BeforeValidator(_picture_path)]
Address = Annotated[Line, BeforeValidator(_address)]
SourceAddress = Annotated[Line, BeforeValidator(_source_address)]
"""An address, or an issue of the publication's own: issue:2022-07#news-2."""


class PictureFields(Model):
    """One of several pictures."""

    file: PicturePath
    caption: Line | None = None
    alt: Line | None = None
    width: Literal["full", "half"] | None = None


# A caption is read with its picture and describes it; the picture then says where (WCAG 2.2, 1.1.1,
# technique G74), lest the same words be heard twice.
SEE_CAPTION = "图片，说明见图题"


class IllustratedFields(Model):
    """Fields of anything that may have pictures."""

    image: PicturePath | None = None
    caption: Line | None = None
    alt: Line | None = None
    images: tuple[PictureFields, ...] = ()

    @model_validator(mode="after")
    def _caption_has_picture(self) -> IllustratedFields:
        if self.image is None and (self.caption or self.alt):
            refuse("wrong-value", "写了图片说明（caption 或 alt），却没有 image；多张图片的说明写在 images 里")
        return self

    def pictures(self, folder: Path, path: KeyPath, fallback: str) -> tuple[Pictures, ...]:
        """The pictures as a block, none where there are none.

        Args:
            folder: the folder that the paths start from.
            path: where the fields stand.
            fallback: the alternative text of a picture that has neither alt nor caption.
        """
        def picture(typed: str, caption: str | None, alt: str | None, width: Literal["full", "half"] | None,
                    *where: str | int) -> Picture:
            words = alt or (SEE_CAPTION if caption else fallback)
            return Picture(folder / typed, typed, words, caption, width, Origin((*path, *where)), bool(alt or caption))

        found = [picture(self.image, self.caption, self.alt, None, "image")] if self.image else []
        found += [picture(one.file, one.caption, one.alt, one.width, "images", index, "file")
                  for index, one in enumerate(self.images)]
        return (Pictures(tuple(found)),) if found else ()


def with_pictures(blocks: tuple[Block, ...], pictures: tuple[Pictures, ...]) -> tuple[Block, ...]:
    """Body blocks with the pictures after the first paragraph, where readers expect them."""
    if not pictures:
        return blocks
    first = next((i for i, block in enumerate(blocks) if isinstance(block, Paragraph)), len(blocks) - 1)
    return blocks[: first + 1] + pictures + blocks[first + 1 :]


def body_blocks(fields: IllustratedFields, body: str, folder: Path, path: KeyPath,
                fallback: str, key: str = "body") -> tuple[Block, ...]:
    """A body, typed under a key, with its pictures in place."""
    return with_pictures(blocks_of(body, (*path, key)), fields.pictures(folder, path, fallback))
