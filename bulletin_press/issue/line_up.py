"""The sections that a publication has: the built-in kinds under its titles, and those of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from pydantic import ConfigDict, ValidationError, create_model

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.issue import sections
from bulletin_press.issue.fields import RESERVED
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.publication.settings import Publication
from bulletin_press.publication.workspace import PUBLICATION, Workspace
from bulletin_press.toml.advice import SectionNames
from bulletin_press.toml.schema import Complaint, Model, close_match, complaints_of, keys_of, undamaged

# A name ends up in keys, anchors and class names: an allow-list.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}\Z", re.ASCII)
_OWN = ("sections", "own")
_HEADER = re.compile(r"^[ \t]*\[[ \t]*sections[ \t]*\.[ \t]*own[ \t]*\.[ \t]*(\w+)[ \t]*\]", re.M)


class _Named(Model):
    """The names in [sections], whatever else there is."""

    model_config = ConfigDict(extra="ignore")


def kinds_of(workspace: Workspace) -> tuple[Kind[Any], ...]:
    """Every section that a publication has: the built-in ones in their order, then its own.

    Raises:
        InputFault: publication.toml is wrong, in the names of sections or otherwise.
    """
    try:
        publication = workspace.publication
    except InputFault as fault:
        raise _with_names(workspace, fault) from None
    table = workspace.publication_table
    if complaints := _complaints(table.values.get("sections")):
        findings = sorted((one.placed(table) for one in complaints), key=lambda finding: finding.span)
        raise InputFault(f"{table.source.name} 有 {len(findings)} 处不合要求", findings)
    titles, own = publication.sections.titles, publication.sections.own
    built_in = {kind.name: kind for kind in sections.KINDS}
    found = [*sections.KINDS, *(_own(name, one.title, built_in[one.like]) for name, one in own.items())]
    return tuple(replace(kind, title=titles.get(kind.name, kind.title)) for kind in found)


def section_names(kinds: Iterable[Kind[Any]]) -> SectionNames:
    """What the scanner is told of the sections."""
    kinds = tuple(kinds)
    return SectionNames(frozenset(kind.name for kind in kinds if kind.several),
                        tuple((word, kind.name) for kind in kinds for word in kind.words))


def claimed(workspace: Workspace) -> frozenset[str]:
    """The names that a faulty publication.toml gives to sections of its own, as far as it can be read."""
    try:
        table = workspace.scanned(workspace.root / PUBLICATION)
    except InputFault:
        return frozenset()
    return frozenset(_table(_table(table.values.get("sections")).get("own"))) | frozenset(
        _HEADER.findall(table.source.text))


def printing_order(kinds: Iterable[Kind[Any]], order: Sequence[str] | None) -> tuple[Kind[Any], ...]:
    """Every kind, those of ``order`` first: no content is lost for want of a place.

    Of the others those without a numeral come last: a box closes the issue.
    """
    typed = {name: index for index, name in enumerate(order or ())}
    return tuple(sorted(kinds, key=lambda kind: (typed.get(kind.name, len(typed)),
                                                 kind.name not in typed and not kind.numbered)))


def _own(name: str, title: str, like: Kind[Any]) -> Kind[Any]:
    """A publication's own section: read, checked and set as the one that it is like."""
    return replace(like, name=name, title=title, words=(title,), untitled=None, like=like.like or like.name)


def _with_names(workspace: Workspace, fault: InputFault) -> InputFault:
    """A fault of publication.toml with what else is wrong in it: the names of sections."""
    try:
        table = workspace.scanned(workspace.root / PUBLICATION)
    except InputFault:
        return fault
    further = [one.placed(table) for one in undamaged(_complaints(table.values.get("sections")), table)]
    findings = [*fault.findings, *(one for one in further if one not in fault.findings)]
    if not fault.findings or len(findings) == len(fault.findings):
        return fault
    return InputFault(f"{table.source.name} 有 {len(findings)} 处不合要求",
                      sorted(findings, key=lambda finding: finding.span))


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _complaints(typed: object) -> list[Complaint]:
    """What is wrong with the names in [sections]; other faults are the settings' own matter."""
    settings = _table(typed)
    own = _table(settings.get("own"))
    found = [complaint for name, one in own.items() for complaint in _own_complaints(name, one)]
    names = (*(kind.name for kind in sections.KINDS), *own)
    order, titles = settings.get("order"), _table(settings.get("titles"))
    if all(one in names for one in (*(order if isinstance(order, list) else ()), *titles)):
        return found
    try:
        _named(names).model_validate(settings)
    except ValidationError as error:
        found += [one for one in complaints_of(error, ("sections",), lambda path: names)
                  if len(one.path) == 3 and one.rule in ("wrong-value", "unknown-key")]
    return found


@lru_cache(maxsize=16)
def _named(names: tuple[str, ...]) -> type[Model]:
    """A model of [sections] that knows names, for the words of what is wrong."""
    known: Any = Literal[names]
    made: type[Model] = create_model("Named", __base__=_Named, order=(tuple[known, ...] | None, None),
                                     titles=(dict[known, Any], {}))
    return made


def _own_complaints(name: str, one: object) -> Iterator[Complaint]:
    path = (*_OWN, name)
    if why := _why_no_name(name):
        yield Complaint("wrong-value", path, why, at_key=True)
    like, models = _table(one).get("like"), {kind.name: kind for kind in sections.KINDS if kind.authored}
    if like is not None and not (isinstance(like, str) and like in models):
        guess = _kind_meant(str(like), models.values())
        allowed = "、".join(f'"{name}"' for name in models)
        yield Complaint("wrong-value", (*path, "like"), f"like 写这一栏照哪一栏的样子，只能是 {allowed}",
                        guess and f'"{guess}"')


def _kind_meant(typed: str, kinds: Iterable[Kind[Any]]) -> str | None:
    by_words = {word: kind.name for kind in kinds for word in (kind.title, *kind.words)}
    return by_words.get(typed) or close_match(typed, by_words.values())


def _why_no_name(name: str) -> str | None:
    """Why a section of a publication's own may not be named so; None where it may."""
    if not _NAME.match(name):
        return f"“{name[:40]}”不能作栏目的键名：用小写英文字母开头，只含小写字母、数字和下划线，不超过 30 个字符，" \
               "例如 notice；中文名称写在 title"
    if built_in := next((kind for kind in sections.KINDS if kind.name == name), None):
        return f"“{name}”是通用栏目（{built_in.title}）的键名，请另取一个，例如 {name}_2；" \
               f"只改它的名称，写 titles = {{ {name} = \"…\" }}"
    if name in RESERVED or name in keys_of(Publication):
        return f"“{name}”是程序要用的名称，请另取一个，例如 own_{name}"[:200]
    return None
