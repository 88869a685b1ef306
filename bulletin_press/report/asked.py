"""Which figures a definition asks for, and in which form each is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import Given, Key
from bulletin_press.report.sentence import Sentence, Statement

# The keys of a figure that a form has a place for, in the order of typing.
PARTS: Mapping[str, str] = {
    "value": "数值", "growth": "同比", "previous": "上年同期数", "month": "[当月数值, 当月同比]", "mom": "环比",
    "share": "占比", "share_change": "占比的变化", "contribution": "拉动的百分点"}
_TYPED: Mapping[Statement, str] = {
    "value": "value", "growth": "growth", "difference": "previous", "month": "month", "mom": "mom",
    "contribution": "contribution"}


def asked_of(definition: Definition, span: str | None = None) -> dict[Key, tuple[str, ...]]:
    """The figures that a report's sentences state, by (measure, item), each with the keys that it is typed with.

    What no sentence, but the table or a chart has, is asked for all the same: an item in every measure, a measure
    of every item.

    Args:
        definition: the report.
        span: another span of the year than the report's period.
    """
    found: dict[Key, set[str]] = {}
    sentences = [sentence for paragraph in definition.paragraphs for sentence in paragraph.sentences]
    for sentence in sentences:
        if sentence.span == span:
            for key, parts in _stated(definition, sentence):
                found.setdefault(key, set()).update(parts)
    if span is None:
        said = {name for sentence in sentences for name in (*sentence.items, *sentence.measures, sentence.total)}
        for measure in definition.measures:
            found |= {(measure, item): {"value", "growth"} for item in definition.items
                      if item not in said or measure not in said}
    return {(measure, item): tuple(part for part in PARTS if part in found[measure, item])
            for measure in definition.measures for item in definition.items if (measure, item) in found}


def _stated(definition: Definition, sentence: Sentence) -> Iterator[tuple[Key, set[str]]]:
    """The figures of a sentence; a share is asked for only where it cannot be reckoned."""
    for measure in sentence.measures:
        for item in (*sentence.items, *([sentence.total] if sentence.total else [])):
            parts = {"value", "growth"} if sentence.say is None else \
                {_TYPED[statement] for statement in sentence.say if statement in _TYPED}
            if sentence.form == "month":
                parts = {"value", "growth"} | ({"month"} if sentence.published is not None else set())
            whole = sentence.of or definition.items[item].within
            if sentence.say and "share" in sentence.say:
                parts |= {"value"} if whole and whole != item else {"share"}
            yield (measure, item), parts


def spans_of(definition: Definition) -> tuple[str, ...]:
    """The other spans of the year that a report's sentences speak of, in order."""
    return tuple(dict.fromkeys(sentence.span for paragraph in definition.paragraphs
                               for sentence in paragraph.sentences if sentence.span))


def typed_in(figure: Given) -> tuple[str, ...]:
    """The keys that a figure was typed with: the next one is likely to be of the same form."""
    return tuple(part for part in PARTS if getattr(figure, part) is not None)


def form_of(parts: tuple[str, ...], *, name: str | None = None, comparable: bool = False) -> str:
    """The form in which a figure is typed, with words for the numbers: [数值, 同比], { growth = 同比 }.

    Args:
        parts: the keys.
        name: of a place in a ranking, quoted.
        comparable: the growth is on comparable terms.
    """
    if set(parts) <= {"value", "growth"} and "value" in parts and not comparable:
        return "[" + ", ".join([*([name] if name else []), PARTS["value"], PARTS["growth"]]) + "]"
    pairs = [*([f"name = {name}"] if name else []), *(f"{part} = {PARTS[part]}" for part in parts),
             *(["comparable = true"] if comparable else [])]
    return "{ " + ", ".join(pairs) + " }"
