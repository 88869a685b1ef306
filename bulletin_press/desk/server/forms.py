"""The fields of each section as people see them: what they are called, what is typed in them, which stand together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bulletin_press.issue.sections.kind import Kind
from bulletin_press.toml.positions import KeyPath

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?\Z", re.ASCII)


@dataclass(frozen=True)
class Field:
    """A field: its key, its label, an example where it is empty, how it is typed.

    ``kind`` is line, title, date, number, switch, choice (then ``choices`` name them), or body: text with marks.
    """

    key: str
    label: str
    hint: str = ""
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    wide: bool = False


_SWITCH = "switch"
HEAD: tuple[Field, ...] = (
    Field("number", "期号", "一年之内从1数起", "number"),
    Field("date", "出刊日期", "2022-08-26", "date"),
    Field("total_number", "总期号", "没有可不填", "number"),
    Field("label", "代替“第几期”的叫法", "例如 7—8月合刊、增刊"),
    Field("pages", "页数上限", "付印的页数，超了会提醒", "number"),
    Field("signatory", "签发人", "不写就用刊物的"),
    Field("copies_to", "抄送", "不写就用刊物的", wide=True),
    Field("cover", "首页的图片", "例如 images/封面.jpg（杂志、通讯版式）", wide=True),
    Field("cover_caption", "首页图片的说明", wide=True),
)
_ARTICLE = (
    Field("title", "标题", "标题", "title"),
    Field("source", "来源", "报社、网站、机关"),
    Field("author", "作者", "没有可不填"),
    Field("date", "原文日期", "2022-08-22", "date"),
)
_ARTICLE_MORE = (
    Field("url", "原文网址", "https://", wide=True),
    Field("more", "具体内容详见", "印成“具体内容详见……”", wide=True),
    Field("quote", "摘一句排大", "与正文一字不差", wide=True),
    Field("quote_by", "这句话是谁说的"),
    Field("qr", "网址印成二维码", kind=_SWITCH),
)
_BODY = Field("body", "正文", "", "body")
_PICTURE = (
    Field("caption", "图题", "印在图下面"),
    Field("alt", "说明", "给看不见图的人"),
)


@dataclass(frozen=True)
class Form:
    """A section's form: the fields at hand, the body, those behind “网址等”; how its items are counted and named."""

    fields: tuple[Field, ...]
    more: tuple[Field, ...] = ()
    body: Field | None = _BODY
    word: str = "则"
    named_by: tuple[str, ...] = ("title",)


FORMS: Mapping[str, Form] = {
    "news": Form(_ARTICLE, _ARTICLE_MORE),
    "policy": Form(_ARTICLE, _ARTICLE_MORE),
    "event": Form((_ARTICLE[0], _ARTICLE[3]), _ARTICLE_MORE[2:4]),
    "member": Form((
        Field("name", "会员名称", "会员名称", "title"), Field("ref", "名录里的代号", "名录里有的，写代号就够"),
        Field("role", "类型", "例如 理事单位"), Field("website", "网址", "https://"),
    ), (Field("contact", "联系人、电话"), Field("logo", "标志", "例如 images/logo.png", wide=True),
        Field("intro", "简介", "", "body", wide=True)), word="家", named_by=("name", "ref")),
    "tip": Form((Field("term", "词条", "词条", "title"), _ARTICLE[1]), _ARTICLE_MORE[2:4], named_by=("term",)),
}
# What the narrow rail calls a section.
SHORT = {"report": "月报", "news": "资讯", "policy": "政策", "member": "会员", "event": "动态", "tip": "贴士"}


def form_of(kind: Kind[Any]) -> Form:
    """A section's form; one of a publication's own has that of the section it is like."""
    return FORMS.get(kind.name) or FORMS.get(kind.like or "") or FORMS["news"]


def shown(value: Any) -> str:
    """A value as it stands in a field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, str | int | float) else ""


@dataclass(frozen=True)
class Filled:
    """A field with what is typed in it."""

    field: Field
    path: KeyPath
    value: str


def filled(fields: Sequence[Field], values: Mapping[str, Any], path: KeyPath) -> list[Filled]:
    """Fields with what is typed in them."""
    return [Filled(one, (*path, one.key), shown(values.get(one.key))) for one in fields]


@dataclass(frozen=True)
class Picture:
    """A picture of an item: its file, its fields, where it is typed."""

    file: str
    path: KeyPath
    fields: tuple[Filled, ...]
    width: str


def pictures_of(values: Mapping[str, Any], path: KeyPath) -> list[Picture]:
    """An item's pictures: the one of its own, and those in its list."""
    found = []
    if isinstance(values.get("image"), str):
        found.append(Picture(values["image"], (*path, "image"), tuple(filled(_PICTURE, values, path)), ""))
    several = values.get("images")
    for index, one in enumerate(several if isinstance(several, list) else ()):
        if isinstance(one, Mapping) and isinstance(one.get("file"), str):
            at = (*path, "images", index)
            found.append(Picture(one["file"], at, tuple(filled(_PICTURE, one, at)), shown(one.get("width"))))
    return found


def named(values: Mapping[str, Any], form: Form) -> str:
    """What an item is called in a list."""
    return next((text for key in form.named_by if (text := shown(values.get(key)).strip())), "")


def remark(values: Mapping[str, Any]) -> str:
    """Whence and when, at the end of an item's line."""
    day = values.get("date")
    parts = [shown(values.get("source")) or shown(values.get("author")),
             f"{day.month}月{day.day}日" if isinstance(day, date) else shown(day)]
    pictures = len(pictures_of(values, ()))
    return "　".join([*(part for part in parts if part), *([f"{pictures}图"] if pictures else [])])


def typed_value(text: str) -> str | int | Decimal | date:
    """What a field that is no text means: a date, a number with its digits; the text itself where it is neither yet."""
    if _NUMBER.match(text):
        return Decimal(text) if "." in text else int(text)
    if _DATE.match(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    return text
