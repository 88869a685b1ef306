"""The file of an issue on the desk: read, saved, undone, brought back; never broken, nobody's work overwritten."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulletin_press.authoring.syntax_fixing import repaired
from bulletin_press.desk.store.edits import Edit, Set, differences, place_of, words_of
from bulletin_press.desk.store.history import OUTSIDE, SAVED, UNPLACED, History, Kept
from bulletin_press.desk.store.laid import Laid, version_of
from bulletin_press.desk.store.locking import locked
from bulletin_press.desk.store.merging import Conflict, merged
from bulletin_press.desk.store.order import Order, scaffold_order
from bulletin_press.desk.store.presence import BEAT, Other, Presence
from bulletin_press.desk.store.splicing import applied, clean
from bulletin_press.desk.store.stack import Stack, step_between
from bulletin_press.desk.store.writing import Unwritable, real_path, require_writable, write
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError
from bulletin_press.ground.output import Changed
from bulletin_press.ground.reading import read_file
from bulletin_press.publication.shelf import FOLDER
from bulletin_press.publication.workspace import ISSUE, PUBLICATION
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.source import MAX_BYTES, Source, read_source

__all__ = ["IssueFile", "Saved", "Unsaved", "Unwritable"]

# Versions whose bytes are held in memory: what open pages were made of.
_HELD = 64
# How often another program may write while one save is under way.
_ATTEMPTS = 5
# Seconds between two thinnings of the history.
_THINNED = 60.0


class Unsaved(InputFault):
    """The file is not what it can be saved into: gone, or no TOML any more. Nothing in it was touched.

    ``kept`` is where the history has what was to be saved; None where it is not kept, and must be sent again.
    """

    def __init__(self, message: str, findings: Sequence[Finding], kept: str | None) -> None:
        super().__init__(message, findings)
        self.kept = kept


@dataclass(frozen=True)
class Saved:
    """What has come of a save, or of something undone.

    Attributes:
        version: the file's from now on.
        merged: whether others had changed the file since the base: what is shown of it must be read again.
        conflicts: what was not put into the file, since others had changed the same.
        place: where the first change is; None where there was none.
        what: what was done, in words: 改, 添一则 …
        changed: whether the file was written.
        kept: where the history has what was not put in.
    """

    version: str
    merged: bool
    conflicts: tuple[Conflict, ...]
    place: KeyPath | None
    what: str = ""
    changed: bool = True
    kept: str | None = None


class IssueFile:
    """An issue's file; several objects, processes and machines may have the same one open.

    Args:
        path: the TOML file.
        who: the name under which others see the one who is at it.
        order: where keys belong that are added: ``scaffold_order`` where not given.
        clock: seconds of the epoch.

    What raises ``InputFault`` could not read the file; ``Unwritable`` could not write it.
    """

    def __init__(self, path: Path, who: str = "", *, order: Order = scaffold_order,
                 clock: Callable[[], float] = time.time) -> None:
        self.path, self.who, self._order, self._clock = Path(path), who, order, clock
        folder = self.path.absolute().parent
        self.root = next((one for one in (folder, *folder.parents) if (one / PUBLICATION).is_file()), folder)
        self.name = _name(self.path.absolute().relative_to(self.root))
        own = self.root / FOLDER / "history" / self.name
        self._history, self._stack = History(own, self.root), Stack(own / "undo.jsonl")
        self._presence = Presence(self.root / FOLDER / "here" / self.name, self.root, who)
        self._lock = own / "lock"
        self._held: OrderedDict[str, Laid] = OrderedDict()
        self._kept = ""
        self._thinned = self._beat = -1e9

    # --- reading ------------------------------------------------------------------------------

    def read(self) -> Laid:
        """The file as it is now: text, version and table of one and the same moment.

        Raises:
            InputFault: it cannot be read as a file; its ``table`` raises where it is no TOML.
        """
        try:
            data = read_file(self.path, MAX_BYTES + 1)
        except OSError:
            read_source(self.path)  # says why, in words
            data = read_file(self.path, MAX_BYTES + 1)
        # What was read before keeps its table.
        return self._hold(self._held.get(version_of(data)) or Laid(data, str(self.path)))

    def _hold(self, laid: Laid) -> Laid:
        self._held[laid.version] = laid
        self._held.move_to_end(laid.version)
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        if self._kept != laid.version:
            if self._history.newest() != laid.version:
                self._keep(laid, OUTSIDE, {"what": "别处改的，或打开时的样子"})
            self._kept = laid.version
        return laid

    @property
    def text(self) -> str:
        """The text with LF line ends."""
        return self.read().text

    @property
    def version(self) -> str:
        """What tells the file's bytes from others."""
        return self.read().version

    def values(self) -> Mapping[str, Any]:
        """What is typed: decimals with their digits; it need not be a valid issue.

        Raises:
            InputFault: the file is no TOML, or cannot be read.
        """
        return self.read().table.values

    def preview(self, edits: Sequence[Edit], base: str) -> str:
        """The text of a version as edits would leave it; nothing is written.

        Raises:
            InputFault: as ``save``; PressError: nobody knows the version any more.
        """
        was = self._of(base)
        if was is None:
            raise PressError("这一版已经不在了，请重新打开")
        return applied(was, edits, self._order).text

    # --- saving -------------------------------------------------------------------------------

    def save(self, edits: Sequence[Edit], base: str | None = None, *, whole: bool = False) -> Saved:
        """Put edits into the file: each into its own place, all or none but for conflicts.

        Args:
            edits: each to be made after the one before it.
            base: the version of which they were made; the present one where not given.
            whole: with one conflict none of them is put in.

        Raises:
            Unwritable: the file or its folder is read-only, the disk is full.
            Unsaved: the file is gone, or no TOML any more.
            InputFault: a value holds what no file may, or cannot be put in its place safely.
            Misplaced: an edit is of what is not there.
        """
        cleaned = [clean(edit) for edit in edits]
        return self._attempted(lambda: self._save(cleaned, base, whole))

    def _attempted(self, work: Callable[[], Saved]) -> Saved:
        """Work under the lock, begun anew where another program writes at the very moment."""
        require_writable(self.path, self.root)
        with self._writing():
            for _ in range(_ATTEMPTS):
                try:
                    return work()
                except Changed:
                    continue
        raise Unwritable(f"{self.path} 一直有别的程序在写，没有存进去；请稍后再试")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._history.ready():
            yield
            return
        with locked(self._lock):
            yield

    def _save(self, edits: Sequence[Edit], base: str | None, whole: bool) -> Saved:
        try:
            current = self.read()
            values = current.table.values
        except InputFault as fault:
            raise self._unsaved(fault, edits, base) from None
        others = base is not None and base != current.version
        todo, conflicts = tuple(edits), tuple[Conflict, ...]()
        kept = None
        if others:
            was = self._of(base or "")
            todo, conflicts = _brought_over(was, values, edits)
            if conflicts and was:
                kept = self._keep(applied(was, edits, self._order), UNPLACED, self._told(edits))
            todo = () if conflicts and whole else todo
        after = applied(current, todo, self._order)
        place = place_of(todo[0]) if todo else conflicts[0].path if conflicts else None
        what = _words(todo)
        if after.data != current.data:
            typing = len(edits) == 1 and isinstance(edits[0], Set) and edits[0].value is not None
            self._push(current, after, what, place or (), typing=typing)
            self._put(current, after, what, place)
        return Saved(after.version, others, conflicts, place, what, after.data != current.data, kept)

    def _push(self, current: Laid, after: Laid, what: str, place: KeyPath, *, typing: bool) -> None:
        """Journal a step: typing that goes on in one place is one with what was typed before."""
        now = self._clock()
        self._stack.load(current.version)
        last = self._stack.continued(self.who, place, current.version, now) if typing else None
        before, began = last.undone(current.data) if last else None, last.began if last else now
        step = step_between(before or current.data, after.data, who=self.who, what=what, place=place, typing=typing,
                            began=began if before else now, ended=now)
        self._stack.push(step, more=before is not None)

    def _put(self, current: Laid, after: Laid, what: str, place: KeyPath | None) -> None:
        """Keep a new state and write it."""
        self._keep(after, SAVED, {"who": self.who, "what": what, "place": list(place or ())})
        write(real_path(self.path, self.root), after.data, current.data)
        self._kept = after.version
        self._hold(after)

    def _of(self, version: str) -> Laid | None:
        """The file as it was in a version, if anybody knows."""
        held = self._held.get(version)
        if held is None and (data := self._history.of_version(version)) is not None:
            held = Laid(data, str(self.path))
        return held

    def _told(self, edits: Sequence[Edit]) -> dict[str, Any]:
        return {"who": self.who, "what": _words(edits), "place": list(place_of(edits[0])) if edits else []}

    def _keep(self, laid: Laid, kind: str, told: Mapping[str, Any]) -> str | None:
        now = self._clock()
        kept = self._history.keep(laid.data, now, kind, told)
        if kept and not 0 <= now - self._thinned < _THINNED:
            self._thinned = now
            self._history.thin(now)
        return kept

    def _unsaved(self, fault: InputFault, edits: Sequence[Edit], base: str | None) -> Unsaved:
        """Why nothing can be saved; what was to be is kept."""
        was, kept = self._of(base) if base else None, None
        if was is not None:
            try:
                kept = self._keep(applied(was, edits, self._order), UNPLACED, self._told(edits))
            except PressError:
                kept = None
        where = "；您的改动收在历史里" if kept else ""
        return Unsaved(f"文件在别处被改成现在读不懂的样子，或者不在了，没有覆盖它{where}。{fault.message}",
                       fault.findings, kept)

    # --- undoing ------------------------------------------------------------------------------

    def undo(self) -> Saved:
        """Undo the last step, to the very bytes; what others changed since stays.

        Nothing to undo gives a result with ``changed`` false. Raises what ``save`` raises.
        """
        return self._attempted(lambda: self._turn(-1))

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether there is anything to undo, and to do again."""
        # Between a step's journal and the file's writing it would be taken for one that never happened.
        with self._writing():
            self._stack.load(self.version)
            return self._stack.done > 0, self._stack.done < len(self._stack.steps)

    def redo(self) -> Saved:
        """Do again what was undone last; as ``undo``."""
        return self._attempted(lambda: self._turn(1))

    def _turn(self, by: int) -> Saved:
        current = self.read()
        self._stack.load(current.version)
        at = self._stack.done - (by < 0)
        if not 0 <= at < len(self._stack.steps):
            return Saved(current.version, False, (), None, "", False)
        step = self._stack.steps[at]
        what = ("撤销：" if by < 0 else "重做：") + step.what
        data = step.undone(current.data) if by < 0 else step.redone(current.data)
        conflicts = tuple[Conflict, ...]()
        if data is not None:
            after = Laid(data, current.name)
        else:
            was, wanted = self._of(step.after), self._of(step.before)
            was, wanted = (was, wanted) if by < 0 else (wanted, was)
            if was is None or wanted is None:
                self._stack.move(by)
                raise PressError("文件后来在别处改过，这一步已经回不去；请到历史里找当时的样子")
            found = merged(was.table.values, current.table.values,
                           tuple(differences(was.table.values, wanted.table.values)))
            after, conflicts = applied(current, found.edits, self._order), found.conflicts
        self._stack.move(by)
        if after.data != current.data:
            self._put(current, after, what, step.place)
        return Saved(after.version, data is None, conflicts, step.place or None, what, after.data != current.data)

    # --- the history --------------------------------------------------------------------------

    def history(self) -> tuple[Kept, ...]:
        """What is kept of the file, newest first."""
        return self._history.entries()

    def read_kept(self, kept: str) -> str:
        """The text of what is kept, by its id.

        Raises:
            PressError: there is none of that id, or it is damaged.
        """
        return Laid(self._history.read(kept), str(self.path)).text

    def restore(self, kept: str) -> Saved:
        """Make the file again what it was, as one step that can be undone.

        Raises:
            PressError: there is none of that id; or what ``save`` raises.
        """
        after = Laid(self._history.read(kept), str(self.path))
        try:
            _ = after.table
        except InputFault as fault:
            raise InputFault(f"历史里的这一份当时就读不懂，没有恢复。{fault.message}", fault.findings) from None
        when = next(one.when for one in self.history() if one.id == kept)
        return self._attempted(lambda: self._whole(after, f"恢复成{when.astimezone():%m-%d %H:%M}的"))

    def mend(self) -> Saved:
        """Put right what keeps the file from being read, where it is beyond doubt; one step that can be undone.

        Raises:
            InputFault: what is wrong with it is not beyond doubt.
        """
        before = self.read()
        text, count = repaired(Source(before.name, before.text))
        made = before.retyped(text)
        _ = made.table
        if not count:
            return Saved(before.version, False, (), None, "", False)
        return self._attempted(lambda: self._whole(made, f"改好 {count} 处写法"))

    def _whole(self, after: Laid, what: str) -> Saved:
        current = self.read()
        if after.data != current.data:
            self._push(current, after, what, (), typing=False)
            self._put(current, after, what, None)
        return Saved(after.version, False, (), None, what, after.data != current.data)

    # --- others -------------------------------------------------------------------------------

    def here(self, place: KeyPath | None = None) -> None:
        """Give a sign of life, at least every half minute, and say where one is."""
        self._beat = self._clock()
        self._presence.beat(place)

    def others(self) -> tuple[Other, ...]:
        """Who else has the file open, in other processes and on other machines."""
        if not 0 <= self._clock() - self._beat < BEAT:
            self.here()
        return self._presence.others()

    def close(self) -> None:
        """Take one's sign away; the file can be used on."""
        self._presence.leave()


def _name(path: Path) -> str:
    """What the folders of a file are called: by the issue."""
    parts = path.parts[:-1] if path.name == ISSUE and len(path.parts) > 1 else path.parts
    name = "+".join(parts)
    return name if len(name.encode()) <= 150 else version_of(name.encode())


def _words(edits: Sequence[Edit]) -> str:
    first = words_of(edits[0]) if edits else ""
    return first if len(edits) < 2 else f"{first}等 {len(edits)} 处"


def _brought_over(was: Laid | None, values: Mapping[str, Any], edits: Sequence[Edit]
                  ) -> tuple[tuple[Edit, ...], tuple[Conflict, ...]]:
    """Edits of an older version as edits of the present one; all are conflicts where that one is forgotten."""
    if was is None:
        return (), tuple(Conflict(place_of(edit), None, getattr(edit, "value", None), None) for edit in edits)
    found = merged(was.table.values, values, edits)
    return found.edits, found.conflicts
