"""The desk under load: what waits for pages keeps nobody from saving, and what is past already is not laid out."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from desk_asking import COOKIE, HOST, JSON, KEY_TOKEN, ORIGIN, PORT

from bulletin_press.desk.live.engine import Engine, EngineStopped
from bulletin_press.desk.live.pages import Whole
from bulletin_press.desk.server.app import application
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.gate import Key
from bulletin_press.desk.server.work import Place

SAMPLES = Path(__file__).parents[1] / "issues"
ISSUE = "/issue/2022-08"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a copy of the samples; no process of it is started."""
    shutil.copytree(SAMPLES, tmp_path / "issues", ignore=shutil.ignore_patterns("out", ".press"))
    made = Desk(Place(tmp_path / "issues", date(2022, 8, 27)))
    yield made
    made.stop()


async def asked(app: Any, method: str, target: str, sent: Any = None) -> Any:
    """One request; the JSON of its answer."""
    body = b"" if sent is None else json.dumps(sent).encode()
    path, _, query = target.partition("?")
    headers = [HOST, COOKIE, ORIGIN, JSON, ("content-length", str(len(body)))]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
             "headers": [(name.encode(), value.encode()) for name, value in headers]}
    given, got = [{"type": "http.request", "body": body}], list[bytes]()

    async def receive() -> Any:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        got.append(message.get("body", b""))

    await app(scope, receive, send)
    return json.loads(b"".join(got))


def test_who_waits_for_pages_keeps_nobody_from_saving(desk, monkeypatch):
    free, texts = Event(), list[str]()

    def laid_out(self, work, place, path, theme, width, text, known, **more):
        texts.append(text)
        free.wait(20)
        return Whole(text, False, None, None, None, (), (), 0.0)

    monkeypatch.setattr(Engine, "ask", laid_out)
    app = application(desk, Key(KEY_TOKEN, PORT), ending=lambda: None)

    async def main() -> tuple[list[Any], list[str]]:
        waiting, version, saves = [], desk.issue("2022-08").file.version, []
        for count in range(60):  # more than there are threads for
            waiting.append(asyncio.create_task(asked(app, "GET", f"{ISSUE}/pages")))
            await asyncio.sleep(0)
            edit = {"set": ["news", 0, "title"], "value": f"第{count}个题目"}
            saved = await asyncio.wait_for(asked(app, "POST", f"{ISSUE}/save", {"base": version, "edits": [edit]}), 10)
            version = saved["version"]
            saves.append(version)
        free.set()
        return await asyncio.gather(*waiting), saves

    told, saves = asyncio.run(main())
    # The first, which was under way, and one for all that waited: of the text as it was when their turn had come.
    assert len(texts) == 2 and "第59个题目" in texts[1]
    assert {one["version"] for one in told[1:]} == {saves[-1]}


def test_findings_and_covers_are_of_the_file_as_it_is_when_their_turn_comes(desk, monkeypatch):
    issue, texts = desk.issue("2022-08"), list[str]()

    def answered(self, work, place, path, text, **more):
        texts.append(text)
        return (b"a picture",)

    monkeypatch.setattr(Engine, "ask", answered)
    assert desk.cover(issue) == desk.cover(issue) == b"a picture" and len(texts) == 1
    # A page that was laid out is the cover: nothing is laid out for it again.
    leaf = type("Leaf", (), {"digest": "d"})
    issue.sheets.whole = Whole(issue.file.text, False, None, None, None, (leaf,), (), 0.0)
    desk.drawn.pictures["d"] = b"page 1"
    issue.cover = None
    assert desk.cover(issue) == b"page 1" and len(texts) == 1


def test_pages_that_are_shown_far_wider_are_drawn_anew_and_never_narrower(desk, monkeypatch):
    issue, widths = desk.issue("2022-08"), list[int]()

    def laid_out(self, work, place, path, theme, width, text, known, **more):
        widths.append(width)
        return Whole(text, False, None, None, None, (), (), 0.0)

    monkeypatch.setattr(Engine, "ask", laid_out)
    for asked_for in (494, 494, 560, 300, 728, 494, 9000):
        desk.draw(issue, asked_for)
    assert widths == [494, 728, 1600]


def test_an_engine_that_was_closed_answers_nobody_and_starts_no_other():
    engine = Engine()
    engine.start()
    engine.close()
    with pytest.raises(EngineStopped, match="正在关上"):
        engine.ask(len, "abc")
    assert engine.process_id is None and not engine.restarts
