"""The shapes of a sentence: one by one, side by side, ranked, counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.language.numerals import Period, count_word, plain
from bulletin_press.report.definition import Definition
from bulletin_press.report.facts import Direction, Rate
from bulletin_press.report.phrases import Phrase, Phraser, ReportStyle, listed, side_by_side
from bulletin_press.report.plan import Fact, PlannedSentence, RankingSum
from bulletin_press.report.sentence import Sentence, Statement

DERIVED = "据累计数推算，"
_OF_DERIVED = re.compile(r"(?:据|按|由|根据)[^，。]*推算，?")
_BEFORE_VALUES = re.compile(r"(?:分别|依次)?(?:为|是|达|完成|实现)?\{values\}")
_FOLLOWED = "按可比口径"
_THE_SAME = "下同"
# What the house style lets be said of one figure is not said of several side by side.
_ALONE: tuple[Statement, ...] = ("change",)


@dataclass(frozen=True)
class Terms:
    """Comparable terms in a report: whether every rate from the first such one on is on them, and there are more."""

    uniform: bool


class Shapes(Phraser):
    """Planned sentences as Chinese ones. It goes through a report in order: what was said once is remembered."""

    def __init__(self, definition: Definition, style: ReportStyle, period: Period,
                 earlier: Period | None = None, terms: Terms = Terms(uniform=False)) -> None:
        super().__init__(definition, style, period, earlier)
        self.terms, self.terms_said = terms, False
        # What the rates since the last full stop are against, once said: 同比, 按可比口径同比.
        self.against = ""

    # --- parts ------------------------------------------------------------------------------

    def label(self, fact: Fact) -> str:
        """The name of a fact's measure: its own below nought."""
        measure = self.definition.measures[fact.measure]
        return measure.negative if measure.negative and fact.value is not None and fact.value < 0 else measure.label

    def measure(self, fact: Fact, *, note: bool = False) -> str:
        """The measure of a fact, with what its scope puts before and after it."""
        scope = self.definition.scope_of(fact.item)
        if scope is None:
            return self.label(fact)
        return scope.prefix + self.label(fact) + (scope.note if note else "")

    def item(self, fact: Fact) -> str:
        """The label of a fact's item in the report's period, or its name in a ranking."""
        return fact.name or self.definition.items[fact.item].label_in(self.period)

    def subject(self, spec: Sentence, fact: Fact, default: str, *, items: str = "", measures: str = "") -> str:
        """What stands before the figures of a fact, or of several side by side."""
        if spec.subject is None:
            return default
        measure = self.definition.measures[fact.measure]
        return self.filled(spec.subject, spec.span, item=items or self.item(fact),
                           measure=measures or self.measure(fact), short=measure.short or measure.label)

    def _terms_of(self, facts: Sequence[Fact]) -> tuple[bool, bool]:
        """Whether to say that rates are on comparable terms, and that all further ones are."""
        comparable = all(fact.comparable for fact in facts)
        if not comparable or not self.terms.uniform:
            return comparable, False
        first, self.terms_said = not self.terms_said, True
        return first, first

    def _once(self, phrase: Phrase, spec: Sentence) -> Phrase:
        """A rate without 同比 where the sentence has said that."""
        against = phrase.before
        if phrase.whole:
            against = against.replace("与上年同期", "同比").removesuffix("持平").removesuffix("基本")
        if spec.once and self.against and self.against == against:
            level = Phrase(phrase.before.partition("上年同期")[2], whole=True)
            return level if phrase.whole else phrase.without(against)
        self.against = against
        return phrase

    def said(self, spec: Sentence, fact: Fact, *, bracketed: bool = False) -> list[str]:
        """What is said of a figure behind its value."""
        texts = []
        for statement in fact.says:
            if statement == "value":
                continue
            comparable, further = self._terms_of([fact]) if statement == "growth" and fact.rate else (False, False)
            phrase = self.statement(statement, fact, spec, comparable=comparable)
            if statement == "growth":
                phrase = self._once(phrase, spec)
            elif statement in ("mom", "month"):
                self.against = ""  # what follows is of the year again, and must say so
            texts.append(phrase.text + (("，" + _THE_SAME if bracketed else f"（{_THE_SAME}）") if further else ""))
        return texts

    def clause(self, spec: Sentence, fact: Fact, subject: str) -> str:
        """A figure: its subject, its value, and what is said behind it, in brackets or after commas."""
        value = self.value(fact) if "value" in fact.says else ""
        said = self.said(spec, fact, bracketed=spec.bracket is not None)
        if spec.bracket == "figures":
            return f"{subject}（{_after_commas([value, *said] if value else said)}）"
        if not value:
            return subject + _after_commas(said)
        head = subject + self.link(fact) + value
        if spec.bracket == "growth" and said:
            return f"{head}（{_after_commas(said)}）"
        return _after_commas([head, *said])

    def abreast(self, spec: Sentence, facts: Sequence[Fact]) -> str | None:
        """The figures of several facts side by side, without their subject; None where they do not go together."""
        explicit = spec.change is True or spec.say is not None
        facts = [fact if explicit else _without(fact, _ALONE) for fact in facts]
        valued = [fact for fact in facts if "value" in fact.says]
        if 0 < len(valued) < len(facts):
            return None
        kinds = [statement for statement in facts[0].says if statement != "value"]
        alike = all(tuple(fact.says) == tuple(facts[0].says) for fact in facts)
        if not valued:
            return self._spread(spec, facts, kinds) if alike else None
        apart = self._apart(spec)
        if apart is None:
            if alike and (spread := self._spread(spec, facts, kinds) if kinds else "") is not None:
                return listed([self.value(fact) for fact in facts], spec.last) + ("，" + spread if spread else "")
            apart = "（"
        each = []
        for fact in facts:
            said = self.said(spec, fact, bracketed=apart == "（")
            texts = [self.value(fact), *said]
            each.append(f"{texts[0]}（{_after_commas(said)}）" if said and apart == "（" else _after_commas(texts))
        return listed(each, spec.last) if apart == "（" else apart.join(each)

    def _apart(self, spec: Sentence) -> str | None:
        """How each value takes what is said of it, where a sentence wants that: in brackets, or up to a mark."""
        if spec.bracket == "growth":
            return "（"
        return spec.between if "between" in spec.model_fields_set and spec.bracket is None else None

    def _spread(self, spec: Sentence, facts: Sequence[Fact], kinds: Sequence[Statement]) -> str | None:
        """Statements of several facts, kind by kind: 同比分别增长A和B，占比分别为C和D."""
        remembered = self.terms_said, self.against
        texts = []
        for kind in kinds:
            growth = kind == "growth"
            comparable, further = self._terms_of(facts) if growth else (False, False)
            phrases = [self.statement(kind, fact, spec, comparable=comparable or (
                growth and not self.terms.uniform and fact.comparable)) for fact in facts]
            against = phrases[0].before
            if growth and spec.once and self.against == against:
                phrases = [phrase.without(against) for phrase in phrases]
            text = side_by_side(phrases, spec.last)
            if text is None:
                self.terms_said, self.against = remembered
                return None
            self.against = against if growth else self.against
            texts.append(text + (f"（{_THE_SAME}）" if further else ""))
        return "，".join(texts)

    # --- shapes -----------------------------------------------------------------------------

    def sentence(self, planned: PlannedSentence) -> str:
        """A sentence without its full stop, and without what joins it to the one before."""
        spec, groups = planned.sentence, planned.groups
        match spec.form:
            case "ranking":
                return self.ranking(spec, groups, planned.sums)
            case "parallel":
                return self.parallel(spec, groups)
            case "items":
                return spec.between.join(self.enumerated(spec, group) for group in groups)
            case "tally":
                return spec.between.join(self.tally(spec, group) for group in groups)
            case "measures" | "month":
                return self.measures(planned)

    def measures(self, planned: PlannedSentence) -> str:
        """The measures of one item, behind an opening."""
        spec, groups = planned.sentence, planned.groups
        first = groups[0][0]
        opening = spec.begins
        if spec.form == "month" and planned.published:
            opening = spec.published if spec.published is not None else _OF_DERIVED.sub("", opening)
        elif spec.form == "month" and "推算" not in opening:
            opening = DERIVED + opening
        note = spec.form == "measures"
        clauses = [self.clause(spec, fact, self.subject(spec, fact, self.measure(fact, note=note and fact is first)))
                   for group in groups for fact in group]
        return self.filled(opening, spec.span, item=self.item(first)) + spec.between.join(clauses)

    def enumerated(self, spec: Sentence, facts: Sequence[Fact]) -> str:
        """Item by item, the measure named once."""
        clauses, named = [], ""
        for fact in facts:
            # A growth alone says nothing without its measure.
            measure = "" if named == self.label(fact) and "value" in fact.says else self.measure(fact)
            clauses.append(self.clause(spec, fact, self.subject(spec, fact, self.item(fact) + measure)))
            named = self.label(fact)
        return spec.between.join(clauses)

    def parallel(self, spec: Sentence, groups: Sequence[Sequence[Fact]]) -> str:
        """Several items at once, 分别; the items are named again where they differ."""
        clauses, named = [], ""
        for facts in groups:
            over = spec.over == "measures"
            items = self.item(facts[0]) if over else listed([self.item(fact) for fact in facts], spec.last)
            measures = listed([self.measure(fact, note=fact is facts[0]) for fact in facts], spec.last) if over \
                else self.measure(facts[0])
            figures = self.abreast(spec, facts) if len(facts) > 1 and spec.bracket != "figures" else None
            if figures is None or (len({self.label(fact) for fact in facts}) > 1 and not over):
                clauses.append(self._one_by_one(spec, facts, named=items == named))
            else:
                subject = self.subject(spec, facts[0], ("" if items == named else items) + measures,
                                       items=items, measures=measures)
                apart = "分别为" if "value" in facts[0].says else ""
                clauses.append(subject + apart + figures)
            named = items
        return "；".join(clauses)

    def _one_by_one(self, spec: Sentence, facts: Sequence[Fact], *, named: bool) -> str:
        """What cannot stand side by side, or stands alone."""
        if len(facts) > 1 and spec.over == "measures":
            names = [self.item(facts[0]), *([""] * (len(facts) - 1))]
            return spec.between.join(self.clause(spec, fact, self.subject(spec, fact, name + self.measure(fact)))
                                     for name, fact in zip(names, facts, strict=True))
        if len(facts) > 1:
            return self.enumerated(spec, facts)
        item = "" if named else self.item(facts[0])
        return self.clause(spec, facts[0], self.subject(spec, facts[0], item + self.measure(facts[0])))

    def ranking(self, spec: Sentence, groups: Sequence[Sequence[Fact]], sums: Sequence[RankingSum]) -> str:
        """The first n of a ranking, measure by measure."""
        clauses = list[str]()
        for facts in groups:
            place = spec.measures.index(facts[0].measure)
            known = next((one for one in sums[place : place + 1]), RankingSum(None, None)) \
                if len(sums) == len(spec.measures) else (sums[len(clauses)] if len(clauses) < len(sums) else
                                                         RankingSum(None, None))
            by = f"按{self.measure(facts[0])}计，" if len(groups) > 1 else ""
            clauses.append(by + self._ranked(spec, facts, known))
        return "；".join(clauses)

    def _ranked(self, spec: Sentence, facts: Sequence[Fact], known: RankingSum) -> str:
        template = spec.one if len(facts) == 1 else spec.many
        if spec.bracket == "figures":
            if len(facts) > 1 and "many" not in spec.model_fields_set:
                template = "前{count}位为{names}"
            elif len(facts) == 1 and "one" not in spec.model_fields_set:
                template = "第一位为{names}"
            names = listed([self.clause(spec, fact, fact.name or "") for fact in facts], spec.last)
            values: str | None = ""
        else:
            names = listed([fact.name or "" for fact in facts], spec.last)
            if "{values}" not in template:
                values = ""
            elif len(facts) > 1:
                values = self.abreast(spec, facts)
            else:
                values = self.clause(spec, facts[0], "")
            if values is None:
                return spec.between.join(self.clause(spec, fact, (fact.name or "") + (
                    "" if index else self.measure(fact))) for index, fact in enumerate(facts))
            if "value" not in facts[0].says:
                template = _BEFORE_VALUES.sub("{values}", template)
        unit = self.definition.unit_of(facts[0].measure, self.style.unit)
        fields = {"sum": None if known.value is None else plain(known.value) + unit,
                  "share": None if known.share is None else f"{plain(known.share)}%"}
        template = _without_missing(template, [name for name, text in fields.items() if text is None])
        return self.filled(template, spec.span, names=names, count=count_word(len(facts)),
                           measure=self.measure(facts[0]), values=values or "",
                           **{name: text for name, text in fields.items() if text is not None})

    def tally(self, spec: Sentence, facts: Sequence[Fact]) -> str:
        """How many rose and how many fell: 六涨一降."""
        rates = [fact.rate if spec.counted == "growth" else Rate(fact.numbers["mom"]) for fact in facts]
        ways = [rate.direction for rate in rates if rate]
        verbs = self.definition.measures[facts[0].measure].moves
        up, down = verbs.marks
        counts = [(ways.count(Direction.RISE), up, verbs.rise),
                  (ways.count(Direction.LEVEL) + ways.count(Direction.NEARLY), "平", "持平"),
                  (ways.count(Direction.FALL), down, verbs.fall)]
        given = [(count, mark, word) for count, mark, word in counts if count]
        words = f"均{given[0][2]}" if len(given) == 1 else "".join(count_word(n) + mark for n, mark, _ in given)
        return self.filled(spec.tally, spec.span, count=count_word(len(facts)), tally=words,
                           measure=self.measure(facts[0]))


def _without(fact: Fact, statements: Sequence[Statement]) -> Fact:
    kept = tuple(statement for statement in fact.says if statement not in statements)
    return fact if kept == fact.says else Fact(**{**fact.__dict__, "says": kept})


def _after_commas(texts: Sequence[str]) -> str:
    """Statements after commas; one in brackets of its own follows as it is."""
    return "".join(("" if index == 0 or text.startswith("（") else "，") + text for index, text in enumerate(texts))


def _without_missing(template: str, missing: Sequence[str]) -> str:
    """A template without the clauses that have a placeholder for what is not known."""
    clauses = template.split("，")
    return "，".join(clause for clause in clauses if not any(f"{{{name}}}" in clause for name in missing))
