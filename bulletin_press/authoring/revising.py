"""``press revise``: what a reviser changed in the Word edition, and issue.toml with it.

The file tells of each paragraph where it came from and what it said (``writers.word.slots``), so that what the
reviser changed is known even where issue.toml has gone on since. Every change is tried: only one by which the
edition reads as the reviser has it, and nothing else differently, is offered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, product
from pathlib import Path

from bulletin_press.authoring.revised_text import (
    Edit,
    Unmapped,
    added_edit,
    figure_edit,
    figures_of,
    is_marked,
    number_pairs,
    removed_edit,
    text_edits,
    with_edits,
)
from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.intake.reading import ReadParagraph, read_paragraphs
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.change import Change
from bulletin_press.toml.positions import Table, parse_table, shown_path
from bulletin_press.toml.source import Source
from bulletin_press.writers.docx import slots_of
from bulletin_press.writers.word.slots import MARK, WHOLE, Slot, digest, digest_of, identity_of

# Combinations of figures that a changed number may be, tried one after the other.
_TRIALS = 12
# Characters shown round a change.
_AROUND = 16


@dataclass(frozen=True)
class Revision:
    """A change that has a place: ``figure`` tells whether numbers differ."""

    where: str
    shown: str
    edits: tuple[Edit, ...]
    figure: bool


@dataclass(frozen=True)
class Revised:
    """What a file has that issue.toml has not: changes that can be made, and in words those that cannot."""

    table: Table
    path: Path
    root: Path
    revisions: tuple[Revision, ...]
    left: tuple[str, ...]

    def change(self, chosen: Sequence[Revision]) -> Change:
        """The changes agreed to, as one of the file.

        Raises:
            PressError: they contradict each other.
        """
        before = self.table.source.text
        try:
            after = with_edits(before, [edit for one in chosen for edit in one.edits])
        except Unmapped as error:
            raise PressError(f"答应的几处{error}，什么也没有写；请分几次改") from None
        parse_table(Source(self.table.source.name, after))
        return Change(self.path, self.table.source.name, before, after, len(chosen), self.root)


def revised(workspace: Workspace, path: Path, file: Path, shown: str) -> Revised:
    """Compare a Word file with the issue that it was made of.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        file: the Word file.
        shown: what messages call it.

    Raises:
        PressError: one of them cannot be read, or the file was not made by the press.
    """
    paragraphs, notes = read_paragraphs(file, shown)
    if not any(name.startswith(MARK) for one in paragraphs for name in one.names):
        raise InputFault(f"{shown} 不是 press render --to docx 生成的（或另存时丢了记号），对不上；"
                         "请在它生成的文件里改，存成 .docx")
    work = _Work(workspace, path)
    work.compare(paragraphs)
    work.left += notes
    found = sorted(work.found, key=lambda one: not one.figure)
    return Revised(work.table, path, workspace.root, tuple(dict.fromkeys(found)), tuple(work.left))


class _Work:
    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace, self.path = workspace, path
        issue = read_issue(workspace, path)
        self.table = issue.table
        made, self.whole = slots_of(open_edition(issue))
        self.slots = made
        self.found: list[Revision] = []
        self.left: list[str] = []
        self._waiting: list[tuple[str, str]] = []

    def compare(self, paragraphs: Sequence[ReadParagraph]) -> None:
        """Go through a file's paragraphs."""
        seen: list[Slot] = []
        stale, last = set[str](), None
        whole = next((name for one in paragraphs for name in one.names if name.startswith(WHOLE)), "")
        for one in paragraphs:
            names = [name for name in one.names if name.startswith(MARK) and not name.startswith(WHOLE)]
            if not names:
                self._added(last, one.text)
                continue
            slot = self._slot(names[0])
            if slot is None:
                stale.add(identity_of(names[0]))
                self._stale(names[0], one.text)
            else:
                seen.append(slot)
                self._compared(slot, one)
            last = slot
        gone = [slot for slot in self.slots if slot not in seen and slot.identity not in stale and slot.text]
        self._missing(gone, same=whole == self.whole)
        self._order(seen)
        self._settle()

    def _slot(self, name: str) -> Slot | None:
        """The paragraph that a bookmark means: of that name, or else one of that text beside it."""
        group = identity_of(name).rpartition("_")[0]
        near = [slot for slot in self.slots
                if slot.identity.rpartition("_")[0] == group and digest_of(slot.name) == digest_of(name)]
        return next((slot for slot in near if slot.name == name), near[0] if near else None)

    def _compared(self, slot: Slot, one: ReadParagraph) -> None:
        if one.text != slot.text:
            if not one.text.strip():
                self._missing([slot], same=True)
            else:
                self._changed(slot, one.text)
        elif slot.path and is_marked(slot.path) and one.strong != slot.strong:
            self.left.append(f"{_where(slot)}：加粗的字有改动，请自己改 ** 记号：{_short(slot.text)}")

    def _stale(self, name: str, text: str) -> None:
        """A paragraph that issue.toml has no more as it was."""
        if digest(text) == digest_of(name):
            return
        now = next((slot for slot in self.slots if slot.identity == identity_of(name)), None)
        if now is None or now.text != text:
            self.left.append(f"冲突：Word 里改了这一段，issue.toml 里它也已经改过或删了，请自己定：{_short(text)}")

    def _changed(self, slot: Slot, new: str) -> None:
        shown = differences(slot.text, new)
        numbers = number_pairs(slot.text, new)
        try:
            edits = text_edits(self.table, slot, new)
            self._offer(Revision(_where(slot), shown, edits, bool(numbers)), slot, [new])
        except Unmapped as error:
            if not (numbers and self._figures(slot, new, numbers)):
                self._waiting.append((new, f"{_where(slot)}：{error}：{shown}"))

    def _figures(self, slot: Slot, new: str, numbers: Sequence[tuple[str, str]]) -> bool:
        """Find the figures of the report that make a changed sentence or cell; whether there were any."""
        choices = [list(figures_of(self.table, old)) for old, _ in numbers]
        for at, paths in enumerate(product(*choices)):
            if at >= _TRIALS:
                break
            try:
                edits = tuple(figure_edit(self.table, path, number)
                              for path, (_, number) in zip(paths, numbers, strict=True))
                made = self._tried(edits)
            except Unmapped:
                continue
            if made and any(one.identity == slot.identity and one.text == new for one in made) \
                    and _authors(made) == _authors(self.slots):
                words = "；".join(f"{shown_path(path)} {old} → {number}"
                                 for path, (old, number) in zip(paths, numbers, strict=True))
                # The same figure in a sentence and in the table is one change.
                if not any(one.edits == edits for one in self.found):
                    self.found.append(Revision(words, differences(slot.text, new), edits, True))
                return True
        return False

    def _added(self, last: Slot | None, text: str) -> None:
        text = text.strip()
        if not text:
            return
        try:
            if last is None:
                raise Unmapped("新加的一段不在正文里")
            edit = added_edit(self.table, last, text)
            self._offer(Revision(f"{_where(last)} 后面加一段", "{+" + text + "+}", (edit,), False), None, [text])
        except Unmapped as error:
            self.left.append(f"{error}：{_short(text)}")

    def _missing(self, gone: Sequence[Slot], *, same: bool) -> None:
        for slot in gone:
            try:
                if not same:
                    raise Unmapped("Word 里没有，是删了，还是生成以后才写的，看不出")
                if slot.path is None:
                    raise Unmapped("删去了程序写的字")
                edit = removed_edit(self.table, slot)
                self._offer(Revision(f"{_where(slot)} 删去一段", f"[-{slot.text}-]", (edit,),
                                     any(char.isdigit() for char in slot.text)), slot, [])
            except Unmapped as error:
                if same or slot.path is not None:
                    self.left.append(f"{_where(slot)}：{error}：{_short(slot.text)}")

    def _order(self, seen: Sequence[Slot]) -> None:
        places = [self.slots.index(slot) for slot in seen]
        for before, here in pairwise(places):
            if here < before:
                slot = self.slots[here]
                self.left.append(f"{_where(slot)}：换了地方，次序请自己改：{_short(slot.text)}")

    def _settle(self) -> None:
        """List what has no place, but for what comes of the changes that have: a title's line among the contents."""
        if not self._waiting:
            return
        try:
            made = self._tried([edit for one in self.found for edit in one.edits])
        except Unmapped:
            made = None
        texts = {one.text for one in made or ()}
        self.left += [words for new, words in self._waiting if new not in texts]

    # --- trying -----------------------------------------------------------------------------

    def _offer(self, revision: Revision, slot: Slot | None, new: Sequence[str]) -> None:
        """Take a change in, if by it the author's paragraphs are those meant, and no others.

        Raises:
            Unmapped: they are not.
        """
        wanted = _authors(self.slots) + Counter(new)
        if slot is not None:
            wanted -= Counter([slot.text])
        made = self._tried(revision.edits)
        if made is None or _authors(made) != +wanted:
            raise Unmapped("写进去以后读出来不一样，要自己改")
        self.found.append(revision)

    def _tried(self, edits: Sequence[Edit]) -> tuple[Slot, ...] | None:
        text = with_edits(self.table.source.text, list(edits))
        trial = replace(self.workspace, drafts={self.path: text})
        try:
            return slots_of(open_edition(read_issue(trial, self.path)))[0]
        except PressError:
            return None


def _authors(slots: Sequence[Slot]) -> Counter[str]:
    """The texts that come from an author, not from figures."""
    return Counter(slot.text for slot in slots if slot.text and slot.path and slot.path != ("report", "period"))


def _where(slot: Slot) -> str:
    return "数据月报" if slot.path == ("report", "period") else shown_path(slot.path) if slot.path else "程序写的"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "……"


def differences(old: str, new: str) -> str:
    """What differs between two texts, with some words round it: [-旧-]{+新+}."""
    return "".join(_marked(old, new))


def _marked(old: str, new: str) -> Iterator[str]:
    codes = SequenceMatcher(None, _words(old), _words(new), autojunk=False).get_opcodes()
    olds, news = _words(old), _words(new)
    for at, (tag, start, end, new_start, new_end) in enumerate(codes):
        kept = "".join(olds[start:end])
        if tag == "equal":
            head = kept[:_AROUND] if at else ""
            tail = kept[-_AROUND:] if at < len(codes) - 1 else ""
            yield kept if len(kept) <= len(head) + len(tail) + 1 else f"{head}……{tail}"
            continue
        added = "".join(news[new_start:new_end])
        yield (f"[-{kept}-]" if kept else "") + (f"{{+{added}+}}" if added else "")


def _words(text: str) -> list[str]:
    """A text in characters, its numbers whole."""
    return re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+|.", text, re.ASCII | re.S)
