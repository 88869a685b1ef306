"""Words found in the issues, wherever they stand; reasons that were given before."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bulletin_press.desk.server.asked import Answers, json_of, list_in, saved_in
from bulletin_press.desk.server.desk import Desk, Issue
from bulletin_press.desk.server.forms import form_of, named
from bulletin_press.desk.server.views import kind_named, label_of, values_of
from bulletin_press.desk.store import Saved
from bulletin_press.desk.store.findings import fix
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath

# Places that are told, and characters beside each.
_MOST, _BESIDE = 300, 18
_MOST_REASONS = 6


def answers(desk: Desk) -> Answers:
    """The addresses of what is looked for."""

    async def in_issue(request: Request) -> Response:
        issue, words = desk.issue(request.path_params["issue"]), request.query_params.get("words", "")
        return JSONResponse({"hits": await run_in_threadpool(found_in, desk.workspace(), issue, words)})

    async def in_all(request: Request) -> Response:
        words = request.query_params.get("words", "")

        def work() -> list[dict[str, Any]]:
            workspace, found = desk.workspace(), list[dict[str, Any]]()
            for name in reversed(workspace.issue_names):
                issue = desk.issue(name)
                label = label_of(name, values_of(issue))
                found += [{**one, "issue": name, "label": label} for one in found_in(workspace, issue, words)]
            return found[:_MOST]

        return JSONResponse({"hits": await run_in_threadpool(work)})

    async def reasons(request: Request) -> Response:
        return JSONResponse({"reasons": await run_in_threadpool(reasons_for, desk, request.path_params["rule"])})

    async def mend_all(request: Request) -> Response:
        issue, sent = desk.issue(request.path_params["issue"]), await json_of(request)
        chosen = [(one.get("rule"), one.get("span")) for one in list_in(sent, "findings") if isinstance(one, Mapping)]

        def work() -> Saved:
            some = [one for one in desk.findings(issue) if one.fixable and (
                one.rule, [one.span.line, one.span.column, one.span.end_line, one.span.end_column]) in chosen]
            if len(some) != len(chosen):
                raise PressError("有几处刚才改过，没有动；请再看一遍")
            laid = issue.file.read()
            return issue.file.save(fix(laid, some), laid.version, whole=True)

        return JSONResponse(await run_in_threadpool(saved_in, issue, work))

    return Answers({"/issue/{issue}/find": in_issue, "/find": in_all, "/reasons/{rule}": reasons},
                   {"/issue/{issue}/mend-all": mend_all})


def _plain(text: str) -> str:
    """A text as it is compared: full and half width, upper and lower case are the same; no character more or less."""
    return "".join(found if len(found := unicodedata.normalize("NFKC", one).casefold()) == 1 else one for one in text)


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _texts(one, (*path, at))
    elif isinstance(value, str | int | date) and not isinstance(value, bool):
        yield path, str(value)
    elif value is not None:
        yield path, f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def found_in(workspace: Workspace, issue: Issue, words: str) -> list[dict[str, Any]]:
    """Where words stand in an issue: the key, the place in its text, the words round it."""
    wanted, hits = _plain(words.strip()), list[dict[str, Any]]()
    if not wanted:
        return []
    values = values_of(issue)
    for path, text in _texts(values, ()):
        plain, at = _plain(text), -1
        while (at := plain.find(wanted, at + 1)) >= 0 and len(hits) < _MOST:
            start, end = max(0, at - _BESIDE), at + len(wanted)
            hits.append({"path": list(path), "start": at, "end": end, "where": _where(workspace, values, path),
                         "before": ("……" if start else "") + text[start:at].replace("\n", " "),
                         "words": text[at:end], "after": text[end : end + _BESIDE].replace("\n", " ")})
    return hits


def _where(workspace: Workspace, values: Mapping[str, Any], path: KeyPath) -> str:
    name = str(path[0])
    kind = kind_named(workspace, name)
    title = kind.title if kind else {"issue": "期号与日期", "allow": "已保留", "report": "数据月报"}.get(name, name)
    held = values.get(name)
    at = path[1] if len(path) > 1 else None
    if kind and isinstance(held, list) and isinstance(at, int) and isinstance(held[at], Mapping):
        return f"{title}　{at + 1}　{named(held[at], form_of(kind))}"
    return title


def reasons_for(desk: Desk, rule: str) -> list[str]:
    """Reasons for which findings were kept before, those of the same rule first, each once; newest issues first."""
    own, others = list[str](), list[str]()
    for name in reversed(desk.workspace().issue_names):
        allowed = values_of(desk.issue(name)).get("allow")
        for kept, said in (allowed.items() if isinstance(allowed, Mapping) else ()):
            texts = [str(one) for one in said.values()] if isinstance(said, Mapping) else [str(said)]
            (own if kept == rule else others).extend(texts)
    return list(dict.fromkeys([*own, *others]))[:_MOST_REASONS]
