"""疑有错字：音同、音近、形近的字换错了。

拼音输入选错了字，或扫描、手写认错了字，整个词就不通了，如“推动高制量发展”。按字词模型（spelling/）看上下文，
改一个字、换一个同音词、补一个字会通顺得多的才指出来；拿不太准的只作提示；以前各期里同一处写作改后的词，就更拿得准。
本期别处也这样写的、以前各期和名录、[terms] 里有的、引号和书名号里的、人名地名，都不疑；
刊物常用的新词可以写进 templates/checks/familiar.toml。

误：推动高制量发展取得新成效。
误：进一步扩大对外开方。
正：推动高质量发展取得新成效。
正：进一步扩大对外开放。
依据：《出版物汉字使用管理规定》、《图书质量管理规定》附件（错别字计错）。
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, replace
from operator import attrgetter

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.ground.kept import Kept
from bulletin_press.issue.issue import Issue
from bulletin_press.language.familiar import Familiar, taught
from bulletin_press.language.suspects import LEAST, Suspect
from bulletin_press.language.wrong_characters import model_stamp, wrong_characters
from bulletin_press.publication.shelf import shelf

# By the curve in bench/spelling.md; what is unsure is a hint.
SURE, UNSURE = -0.4, -1.2
# What no neighbour speaks for is mostly a name, or a word of a trade, in the prose of strangers.
STRANGE = 1.6
# What it counts that an earlier issue has what was meant in the same place.
TAUGHT = UNSURE - LEAST
PAIR = 2
NUMERALS = frozenset("〇零一二三四五六七八九十百千万两几数半")
# To be raised whenever other suspects are found with the same model.
VERSION = 11
_VALUES = attrgetter(*(field.name for field in fields(Suspect)))
# What was found in passages, by their words: of some ten thousand at most.
_FOUND: Kept[str, tuple[Suspect, ...]] = Kept(1_000_000, lambda found: 100 + 100 * len(found))


def check(issue: Issue) -> Iterator[At]:
    """Yield each character that was probably typed for another."""
    found = list(_suspects(issue))
    if not found:
        return
    others = _others(issue)
    # Of thousands of words most begin with two characters that the issue has nowhere side by side.
    words = [word for word in issue.lexicon("familiar").words if len(word) < PAIR or word[:PAIR] in issue.pairs]
    familiar = Familiar(issue.words, others, words)
    for passage, suspect in found:
        # A number may be any other: 五月底 is no slip for 三月底.
        if _numbers(passage.words, suspect):
            continue
        told = taught(passage.words, suspect, others)
        certainty = suspect.certainty + (TAUGHT if told else 0.0)
        if certainty > UNSURE and not familiar.protects(passage.words, suspect):
            certainty -= familiar.doubts(passage.words, suspect)
            certainty -= STRANGE if suspect.strange and not told else 0.0
        else:
            continue
        if certainty > UNSURE:
            yield _marked(passage, replace(suspect, instead=told or suspect.instead), certainty > SURE)


def _numbers(text: str, suspect: Suspect) -> bool:
    """Whether a number stands where another would."""
    return all(char in NUMERALS for char in text[suspect.start : suspect.end] + suspect.instead)


def _suspects(issue: Issue) -> Iterator[tuple[Passage, Suspect]]:
    """Each passage with what is suspicious by itself; the model is asked only of those not seen before."""
    workspace = issue.workspace
    with shelf(workspace.root if workspace.keeps else None, "wrong-character", f"{VERSION}-{model_stamp()}") as kept:
        for passage in issue.passages:
            key = hashlib.blake2b(passage.words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
            values = kept.known(key)
            known = _FOUND.known(passage.words) if values is None else _read(values, len(passage.words))
            if known is None:
                known = tuple(one for one in wrong_characters().suspects(passage.words) if one.certainty > LEAST)
            if values is None:
                kept.keep(key, [_VALUES(one) for one in known])
            _FOUND.keep(passage.words, known)
            for suspect in known:
                yield passage, suspect


def _read(values: object, size: int) -> tuple[Suspect, ...] | None:
    """Suspects that were kept, or None where what was kept is none."""
    try:
        found = tuple(Suspect(*value) for value in values)  # type: ignore[attr-defined]
        # What somebody wrote into the file must not break a check.
        right = all(0 <= one.left <= one.start < one.end <= one.right <= size and one.certainty > LEAST
                    and isinstance(one.instead, str) for one in found)
    except (TypeError, ValueError, IndexError):
        return None
    return found if right else None


def _marked(passage: Passage, suspect: Suspect, sure: bool) -> At:
    text = passage.words
    typed = text[suspect.left : suspect.right]
    meant = text[suspect.left : suspect.start] + suspect.instead + text[suspect.end : suspect.right]
    said = f"“{typed}”疑漏了一个字，应为“{meant}”" if suspect.lacks else f"“{typed}”疑为“{meant}”之误"
    at = At.within(passage, suspect.start, suspect.end, said, suspect.instead)
    return at if sure else replace(at, severity=Severity.INFO)


def _others(issue: Issue) -> str:
    """What the publication has settled or printed before."""
    workspace = issue.workspace
    terms = workspace.publication.terms
    listed = (part for entry in workspace.members.values() for part in (entry.name, entry.intro, entry.contact) if part)
    before = (part for one in issue.printed_before for part in (*one.sentences, *one.names, *one.sources))
    return "\n".join((*terms, *terms.values(), *listed, *before))


RULE = Rule("wrong-character", Severity.WARNING, Issue, check)
