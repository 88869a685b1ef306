"""An issue's past: what was kept of it, what a state has that another has not, told by its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher, unified_diff
from typing import Any

from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.figures import definition_of
from bulletin_press.desk.server.forms import FORMS, HEAD, form_of, named
from bulletin_press.desk.server.made import state_of
from bulletin_press.desk.server.views import day_of, kind_named, label_of, publication_of, values_of
from bulletin_press.desk.store import Delete, Edit, Insert, Kept, Move, Set
from bulletin_press.desk.store.edits import differences, edited, value_at
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath, parse_table
from bulletin_press.toml.source import Source

_MOST = 400
_KINDS = {"saved": "", "outside": "在别处改的", "unplaced": "没有存进文件的"}
_WHOLE = {"image": "图片", "images": "图片", "caption": "图题", "alt": "图的说明", "file": "图片", "body": "正文",
          "intro": "简介", "chart": "图表", "dates": "关键日期", "allow": "保留", "period": "期间", "text": "自己的话",
          "source": "来源", "before": "月报前面的话", "after": "月报后面的话", "note": "注", "width": "宽"}
# Characters of a value that stay round a change.
_AROUND = 24


def history_view(desk: Desk, issue: Issue) -> dict[str, Any]:
    """What is kept of an issue, by day, the newest first."""
    values = values_of(issue)
    kept = issue.file.history()
    days: list[tuple[str, list[dict[str, Any]]]] = []
    for at, one in enumerate(kept[:_MOST]):
        when = one.when.astimezone()
        day = _day(when.date(), datetime.now().astimezone().date())
        if not days or days[-1][0] != day:
            days.append((day, []))
        days[-1][1].append({"id": one.id, "time": f"{when:%H:%M:%S}", "who": one.who, "what": _what(one),
                            "now": at == 0, "where": _where(desk.workspace(), values, one.place),
                            "kind": _KINDS.get(one.kind, "")})
    return {"publication": publication_of(desk.workspace()), "name": issue.name, "label": label_of(issue.name, values),
            "day": day_of(values), "days": days, "count": len(kept), "state": state_of(issue),
            "version": issue.file.version}


def _day(day: date, today: date) -> str:
    ago = (today - day).days
    return {0: "今天", 1: "昨天"}.get(ago, f"{day.month}月{day.day}日" if day.year == today.year else f"{day:%Y-%m-%d}")


def _what(one: Kept) -> str:
    return one.what or {"outside": "打开时的样子", "unplaced": "改在同一处，没有存进去的"}.get(one.kind, "改")


def compared(desk: Desk, issue: Issue, kept: str, against: str) -> dict[str, Any]:
    """What differs between a state and the present one ("now"), or the one that was kept before it ("before").

    Raises:
        PressError: there is no such state.
    """
    text = issue.file.read_kept(kept)
    other, words = issue.file.text, "现在"
    if against == "before":
        names = [one.id for one in issue.file.history()]
        at = names.index(kept)
        other, words = (issue.file.read_kept(names[at + 1]), "前一份") if at + 1 < len(names) else ("", "空的")
    old, new = (text, other) if against != "before" else (other, text)
    try:
        was, now = (parse_table(Source(issue.name, one)).values for one in (old, new))
    except InputFault:
        lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=1)
        return {"with": words, "text": text, "changes": [], "plain": "\n".join(list(lines)[2:2_000])}
    return {"with": words, "text": text, "plain": "", "changes": list(_changes(desk.workspace(), was, now))[:200]}


def _changes(workspace: Workspace, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    values = was
    for edit in differences(was, now):
        yield _change(workspace, values, edit)
        values = edited(values, edit)


def _change(workspace: Workspace, values: Mapping[str, Any], edit: Edit) -> dict[str, Any]:
    if isinstance(edit, Set):
        old, new = _told(value_at(values, edit.path)), _told(edit.value)
        return {"where": _where(workspace, values, edit.path), "parts": _parts(old, new)}
    path = (edit.section,) if isinstance(edit.section, str) else edit.section
    if isinstance(edit, Insert):
        return {"where": _where(workspace, values, path), "parts": [["ins", _told(edit.values)]]}
    held = value_at(values, (*path, edit.at))
    if isinstance(edit, Delete):
        return {"where": _where(workspace, values, (*path, edit.at)), "parts": [["del", _told(held)]]}
    assert isinstance(edit, Move)
    return {"where": _where(workspace, values, (*path, edit.at)), "parts": [["", f"移到第{edit.to + 1}"]]}


def _told(value: Any) -> str:
    """A value in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "　".join(_told(one) for one in value.values() if not isinstance(one, Mapping | list))
    if isinstance(value, list | tuple):
        return "；".join("，".join(map(_told, one)) if isinstance(one, list) else _told(one) for one in value)
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _parts(old: str, new: str) -> list[list[str]]:
    """Two texts as one: what both have, what went, what came; long stretches that stayed are shortened."""
    if not old or not new:
        return [*([["del", old]] if old else []), *([["ins", new]] if new else [])]
    if len(old) * len(new) > 4_000_000:
        return [["del", old], ["ins", new]]
    found: list[list[str]] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(["", _shortened(old[start:end], start > 0, end < len(old))])
            continue
        if end > start:
            found.append(["del", old[start:end]])
        if new_end > new_start:
            found.append(["ins", new[new_start:new_end]])
    return found


def _shortened(text: str, before: bool, after: bool) -> str:
    head, tail = _AROUND if before else 0, _AROUND if after else 0
    if len(text) <= head + tail + 6:
        return text
    return f"{text[:head]}……{text[len(text) - tail:] if tail else ''}"


def _where(workspace: Workspace, values: Mapping[str, Any], path: KeyPath | Sequence[str | int]) -> str:
    """Where a value is, as people call it: 行业资讯第2则“标题”，正文."""
    if not path:
        return ""
    section, rest = str(path[0]), tuple(path[1:])
    if section == "issue":
        return "期号与日期" + "".join(f"，{one.label}" for one in HEAD if rest[:1] == (one.key,))
    if section == "allow":
        return "已保留"
    try:
        kind = kind_named(workspace, section)
        if section == "report":
            return _of_report(workspace, rest)
    except PressError:
        kind = None
    if kind is None:
        return ".".join(map(str, path))
    form, said = FORMS.get(section) or form_of(kind), kind.title
    if rest and isinstance(rest[0], int):
        held = value_at(values, (section, rest[0]))
        title = named(held, form) if isinstance(held, Mapping) else ""
        said += f"第{rest[0] + 1}{form.word}" + (f"“{title[:16]}{'…' if len(title) > 16 else ''}”" if title else "")
        rest = rest[1:]
    labels = {one.key: one.label for one in (*form.fields, *form.more)}
    words = [labels.get(str(part)) or _WHOLE.get(str(part)) or str(part) for part in rest if isinstance(part, str)]
    return "，".join([said, *words])


def _of_report(workspace: Workspace, rest: tuple[str | int, ...]) -> str:
    definition = definition_of(workspace)
    words = ["数据月报"]
    for at, part in enumerate(rest):
        if not isinstance(part, str):
            continue
        known = definition and (definition.measures.get(part) or definition.items.get(part)) if at < 2 else None
        words.append(known.label if known else _WHOLE.get(part, part))
    return "，".join(words)
