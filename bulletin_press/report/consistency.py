"""What can be wrong between the parts of a report definition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from bulletin_press.language.guesses import perhaps
from bulletin_press.report.definition import ChartSpec, Definition
from bulletin_press.report.sentence import SHAPED, USED, Sentence
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Complaint, close_match

_PLACEHOLDERS = frozenset({"according", "source", "period", "region", "short_region", "month", "months", "earlier"})
# What publication.toml may turn off beside the charts.
EXHIBIT_NAMES = ("key_figures", "table")
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
# The placeholders of a sentence's words beside those that are known everywhere.
_OWN: Mapping[str, frozenset[str]] = {
    "opening": frozenset({"item"}), "published": frozenset({"item"}),
    "subject": frozenset({"item", "measure", "short"}), "tally": frozenset({"count", "tally", "measure"}),
    "one": frozenset({"names", "count", "measure", "values", "sum", "share"}),
    "many": frozenset({"names", "count", "measure", "values", "sum", "share"})}
# Statements whose words a definition may choose.
_WORDED = ("share", "share_change", "gap", "contribution")


def inconsistencies(definition: Definition) -> Iterator[Complaint]:
    """What is wrong between the parts of a definition, each where it stands."""
    yield from _names(definition)
    for i, paragraph in enumerate(definition.paragraphs):
        yield from _placeholders(paragraph.lead, ("paragraphs", i, "lead"))
        for j, sentence in enumerate(paragraph.sentences):
            yield from _sentence(definition, sentence, ("paragraphs", i, "sentences", j))
    yield from _exhibits(definition)
    if definition.headline:
        yield from _placeholders(definition.headline.text, ("headline", "text"), {"measure", "growth", "item"})
    for i, whole in enumerate(definition.wholes):
        if whole.rest and not whole.within:
            yield Complaint("wrong-value", ("wholes", i, "rest"),
                            "写了 rest（余下的部分），要用 within 说明是从哪一项里余下的")


def _names(definition: Definition) -> Iterator[Complaint]:
    """Each name of an item, a measure or a scope that is not defined."""
    items: list[tuple[str | None, KeyPath]] = []
    measures: list[tuple[str | None, KeyPath]] = []
    for i, paragraph in enumerate(definition.paragraphs):
        for j, sentence in enumerate(paragraph.sentences):
            path: KeyPath = ("paragraphs", i, "sentences", j)
            items += [*_each(sentence.items, (*path, "items")), (sentence.of, (*path, "of")),
                      (sentence.total, (*path, "total"))]
            measures += _each(sentence.measures, (*path, "measures"))
    for i, whole in enumerate(definition.wholes):
        items += [(whole.item, ("wholes", i, "item")), (whole.within, ("wholes", i, "within"))]
        items += _each(whole.blocs, ("wholes", i, "blocs"))
        items += [named for j, parts in enumerate(whole.partitions)
                  for named in _each(parts, ("wholes", i, "partitions", j))]
        measures += _each(whole.measures, ("wholes", i, "measures"))
    for i, overlap in enumerate(definition.overlaps):
        items += [(overlap.ranking, ("overlaps", i, "ranking")), (overlap.item, ("overlaps", i, "item"))]
    for i, identity in enumerate(definition.identities):
        named = measures if identity.between == "measures" else items
        named.append((identity.result, ("identities", i, "result")))
        named += _each(identity.plus, ("identities", i, "plus")) + _each(identity.minus, ("identities", i, "minus"))
    items += [(item.within, ("items", name, "within")) for name, item in definition.items.items()]
    if definition.headline:
        items.append((definition.headline.item, ("headline", "item")))
        measures += _each(definition.headline.measures, ("headline", "measures"))
    for key in ("lead", "more"):
        for i, (measure, item) in enumerate(getattr(definition.key_figures, key)):
            measures.append((measure, ("key_figures", key, i, 0)))
            items.append((item, ("key_figures", key, i, 1)))
    items += [named for i, group in enumerate(definition.table.groups if definition.table else ())
              for named in _each(group, ("table", "groups", i))]
    for name, spec in definition.charts.items():
        items += _each(spec.items, ("charts", name, "items"))
        measures += _each(spec.measures, ("charts", name, "measures"))
    yield from _unknown(items, definition.items, "项目")
    yield from _unknown(measures, definition.measures, "指标")
    yield from _unknown([(item.scope, ("items", name, "scope")) for name, item in definition.items.items()],
                        definition.scopes, "口径")


def _sentence(definition: Definition, sentence: Sentence, path: KeyPath) -> Iterator[Complaint]:
    used = USED[sentence.form]
    for key in SHAPED:
        if key in used:
            if key in _OWN and (text := getattr(sentence, key)) is not None:
                yield from _placeholders(text, (*path, key), _OWN[key])
        elif key in sentence.model_fields_set:
            hint = f"这种句子可写的文字：{'、'.join(used)}"
            if key == "opening":
                hint = f"{hint}；引出的话写在这一段的 lead 里"
            yield Complaint("unknown-key", (*path, key), f"form = \"{sentence.form}\" 的句子不用 {key}，写了也不会"
                            f"印出来，请删去；{hint}", at_key=True)
    for statement, text in sentence.words.items():
        yield from _words(statement, text, (*path, "words", statement))
    if isinstance(sentence.of_which, str):
        yield from _placeholders(sentence.of_which, (*path, "of_which"))
    yield from _placeholders(sentence.whole or "", (*path, "whole"))
    several = len(sentence.items) > 1
    if sentence.form in ("measures", "month", "ranking") and several:
        yield Complaint("wrong-value", (*path, "items"),
                        f"form = \"{sentence.form}\" 一句只能说一个项目；几个项目用 items 或 parallel")
    if sentence.over == "measures" and several:
        yield Complaint("wrong-value", (*path, "items"), "over = \"measures\" 一句只能说一个项目")
    if sentence.form == "tally" and not {"growth", "mom"} & set(sentence.said):
        yield Complaint("wrong-value", (*path, "say"), "form = \"tally\" 数的是同比或环比的升降，"
                        "say 里要有 growth 或 mom")
    yield from _ranked(definition, sentence.items, path, ranking=sentence.form == "ranking", key="form")


def _words(statement: str, text: str, path: KeyPath) -> Iterator[Complaint]:
    """A statement in other words must have a place for its amount, once."""
    if statement not in _WORDED:
        yield Complaint("wrong-value", path, f"words 只能改 {'、'.join(_WORDED)} 的说法", at_key=True)
    elif text.count("{amount}") != 1:
        yield Complaint("wrong-value", path, "要写一个 {amount}：数就印在那里")
    else:
        yield from _placeholders(text, path, {"amount", "whole"})


def _each(names: Iterable[str], path: KeyPath) -> list[tuple[str | None, KeyPath]]:
    """Names of a list with the path of each."""
    return [(name, (*path, index)) for index, name in enumerate(names)]


def _unknown(named: Iterable[tuple[str | None, KeyPath]], known: Mapping[str, object],
             kind: str) -> Iterator[Complaint]:
    for name, path in named:
        if name is not None and name not in known:
            guess = close_match(name, known)
            hint = perhaps(guess, f"；有的是：{'、'.join(known) or '（无）'}")
            yield Complaint("wrong-value", path, f"用到了没有定义的{kind}“{name}”{hint}", guess and f'"{guess}"')


def _ranked(definition: Definition, items: Sequence[str], path: KeyPath, *, ranking: bool,
            key: str) -> Iterator[Complaint]:
    """Items that are rankings where none may stand, and the other way round."""
    for index, item in enumerate(items):
        if item in definition.items and definition.items[item].ranking != ranking:
            yield Complaint("wrong-value", (*path, "items", index),
                            f"{key} = \"ranking\" 只能、也必须用于排名项目（“{item}”）")


def _exhibits(definition: Definition) -> Iterator[Complaint]:
    """What is shown must be of a kind that can be shown so."""
    for name, spec in definition.charts.items():
        path: KeyPath = ("charts", name)
        if name in EXHIBIT_NAMES:
            yield Complaint("wrong-value", path, f"图表不能叫 {name}：这个名称留给表格或要目数字", at_key=True)
        if spec.kind != "composition" and len(spec.items) > 1:
            yield Complaint("wrong-value", (*path, "items"), f"kind = \"{spec.kind}\" 的图只能画一个项目")
        yield from _ranked(definition, spec.items, path, ranking=spec.kind == "ranking", key="kind")
        if spec.kind == "composition":
            yield from _no_whole(definition, spec, path)
        counted = {"count", "measure"} if spec.kind == "ranking" else set()
        yield from _placeholders(spec.title, (*path, "title"), counted)
        yield from _placeholders(spec.one or "", (*path, "one"), {"measure"})
        yield from _placeholders(spec.subject or "", (*path, "subject"))
    shown: list[tuple[str | None, KeyPath]] = [
        (item, ("key_figures", key, i, 1)) for key in ("lead", "more")
        for i, (_, item) in enumerate(getattr(definition.key_figures, key))]
    for i, group in enumerate(definition.table.groups if definition.table else ()):
        shown += _each(group, ("table", "groups", i))
    for item, where in shown:
        if item in definition.items and definition.items[item].ranking:
            yield Complaint("wrong-value", where, f"“{item}”是排名，不能列在要目数字或表格里")


def _no_whole(definition: Definition, spec: ChartSpec, path: KeyPath) -> Iterator[Complaint]:
    """Shares are shares of something: the items must be all the parts of a whole, in every measure."""
    for measure in spec.measures:
        if not any(sorted(spec.items) == sorted(parts) for whole in definition.wholes
                   if not whole.measures or measure in whole.measures for parts in whole.partitions):
            yield Complaint("wrong-value", (*path, "items"),
                            f"占比图的项目（{'、'.join(spec.items)}）要合成一个整体："
                            f"指标 {measure} 的 [[wholes]] partitions 里没有这一组")
            return


def _placeholders(template: str, path: KeyPath, own: Set[str] = frozenset()) -> Iterator[Complaint]:
    """Each placeholder of a text that is not known, under its very characters."""
    allowed = _PLACEHOLDERS | own
    known = f"可用的：{'、'.join(f'{{{name}}}' for name in sorted(allowed))}"
    for found in _BRACES.finditer(template):
        inside = found[1]
        if found[0] in ("{{", "}}") or inside in allowed:
            continue
        if inside is None:
            message = f"花括号没有配对；{known}"
        elif re.search(r"[!:]", inside):
            message = f"占位符里不能有 ! 和 :，这里写了“{inside}”；{known}"
        else:
            message = f"占位符 {{{inside}}} 不认识；{known}"
        guess = close_match(inside, allowed) if inside else None
        yield Complaint("wrong-value", path, message, f"{{{guess}}}" if guess else None, within=found.span())
