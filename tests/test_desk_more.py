"""The desk's further pages: figures and rankings, the past, copies, settings, pictures in order, what comes in."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from desk_asking import COOKIE, HOST, KEY_TOKEN, ORIGIN, PORT, ask, get, post
from PIL import Image

from bulletin_press.desk.server.app import application
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.gate import Key
from bulletin_press.desk.server.report import grid_of
from bulletin_press.desk.server.work import Place
from bulletin_press.desk.server.written import written
from bulletin_press.ground.diagnostics import PressError

SAMPLES = Path(__file__).parents[1] / "issues"
ISSUE = "/issue/2022-08"
DROP = (HOST, COOKIE, ORIGIN, ("content-type", "application/octet-stream"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "issues"
    shutil.copytree(SAMPLES, place, ignore=shutil.ignore_patterns("out", ".press"))
    return place


@pytest.fixture
def app(root: Path) -> Iterator[object]:
    desk = Desk(Place(root, date(2022, 8, 27)))
    yield application(desk, Key(KEY_TOKEN, PORT), ending=lambda: None)
    desk.stop()


def text(root: Path, name: str = "2022-08/issue.toml") -> str:
    return (root / name).read_text("utf-8")


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that only one of two texts has."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_beside_a_value_stand_last_issue_last_year_and_the_month(root):
    workspace = Place(root, date(2022, 8, 27)).workspace()
    grid = grid_of(workspace, "2022-08", workspace.plain("2022-08"))
    cell = grid["rows"][0]["cells"][0]
    # 442826.44 grew by 164.14 %; the last issue had 405832.99 for January to May.
    assert (cell["last"], cell["year"], cell["month"]) == ("405832.99", "167648.38", "36993.45")
    assert cell["reckoned"] == {"year", "month"} and grid["last"] == {"issue": "2022-07", "covers": "1—5月"}


@pytest.mark.parametrize(("cell", "gone", "come"), [
    ({"item": "total", "growth": ""}, "total = [442826.44, 164.14]", "total = 442826.44"),
    ({"item": "foreign", "value": ""}, "foreign = 183310.75", ""),
    ({"item": "foreign", "growth": "1.5%"}, "foreign = 183310.75", "foreign = [183310.75, 1.5]"),
])
def test_a_number_is_taken_away_or_put_in_and_nothing_else(app, root, cell, gone, come):
    before = text(root)
    assert post(app, f"{ISSUE}/figures", {"cells": [{"measure": "signed", **cell}]}).status == 200
    old, new = changed(before, text(root))
    assert [line.partition("  ")[0] for line in old] == [gone]
    assert [line.partition("  ")[0] for line in new] == ([come] if come else [])
    post(app, f"{ISSUE}/undo", {})
    assert text(root) == before


def test_a_ranking_is_edited_by_its_rows(app, root):
    before = text(root)
    rows = [{"from": 0, "name": "日本", "value": "33203", "growth": "-12.93"},
            {"from": 2, "name": "荷兰", "value": "24192", "growth": "-20.08"},
            {"from": None, "name": "美国", "value": "1,200.50", "growth": ""},
            {"from": None, "name": "", "value": "", "growth": ""}]
    sent = {"measure": "executed", "item": "markets", "rows": rows}
    assert post(app, f"{ISSUE}/ranking", sent).status == 200
    assert changed(before, text(root)) == (['  ["欧盟", 27292, -23.08],'], ['  ["美国", 1200.50],'])
    nameless = post(app, f"{ISSUE}/ranking", sent | {"rows": [{"from": None, "name": "", "value": "1"}]})
    assert nameless.status == 422 and "名称" in nameless.json["error"]
    assert post(app, f"{ISSUE}/ranking", sent | {"item": "total"}).status == 422


def test_the_text_of_the_report_does_not_wait_for_titles(root):
    place, path = Place(root, date(2022, 8, 27)), root / "2022-08" / "issue.toml"
    lines, why = written(place, path, text(root).replace('title = "中国加入DEPA工作组成立"', ""))
    assert not why and "442826.44万美元" in lines[0]
    lines, why = written(place, path, text(root).replace('period = "2022-06"', 'period = "六月"'))
    assert lines == () and why


def test_the_past_is_compared_by_fields_and_brought_back(app, root):
    before = text(root)
    get(app, f"{ISSUE}/news")
    edit = {"set": ["news", 0, "title"], "value": "另一个标题"}
    post(app, f"{ISSUE}/save", {"base": "", "edits": [edit]})
    if text(root) == before:  # an unknown base is a conflict: asked again on the present one
        version = get(app, f"{ISSUE}/news").text.partition('data-version="')[2].partition('"')[0]
        post(app, f"{ISSUE}/save", {"base": version, "edits": [edit]})
    page = get(app, f"{ISSUE}/history").text
    kept = [part.partition('"')[0] for part in page.split('data-kept="')[1:]]
    assert len(kept) >= 2 and "行业资讯第1则" in page
    told = get(app, f"{ISSUE}/compare?id={kept[-1]}&with=now").json
    assert told["changes"][0]["where"].startswith("行业资讯第1则") and told["changes"][0]["where"].endswith("标题")
    assert ["ins", "另一个标题"] in told["changes"][0]["parts"] or any(kind == "ins" for kind, _ in
                                                              told["changes"][0]["parts"])
    assert post(app, f"{ISSUE}/restore", {"id": kept[-1]}).status == 200
    assert text(root) == before
    assert get(app, f"{ISSUE}/compare?id=../../x&with=now").status == 422


def test_two_windows_are_told_of_each_other(app):
    assert post(app, f"{ISSUE}/here", {"tab": "1", "section": "news"}).json == {"others": []}
    others = post(app, f"{ISSUE}/here", {"tab": "2", "section": "report"}).json["others"]
    assert [one["title"] for one in others] == ["行业资讯"]
    post(app, f"{ISSUE}/here", {"tab": "1", "section": "news", "leaving": True})
    assert post(app, f"{ISSUE}/here", {"tab": "2", "section": "report"}).json == {"others": []}


def test_an_issue_is_copied_with_its_pictures_and_a_new_head(app, root):
    (root / "2022-08" / "images" / "a.txt").write_text("x", "utf-8")
    assert post(app, "/new", {"name": "2022-09", "copy": "2022-08"}).json == {"name": "2022-09"}
    assert (root / "2022-09" / "images" / "a.txt").exists()
    old, new = changed(text(root), text(root, "2022-09/issue.toml"))
    assert len(old) == len(new) == 2 and new[0].startswith("number = 9") and new[1].startswith("date = 2022-")
    assert post(app, "/new", {"name": "2022-09", "copy": "2022-08"}).status == 422
    assert post(app, "/new", {"name": "../x", "copy": "2022-08"}).status == 422
    assert post(app, "/new", {"special": True}).json == {"name": "2022-special-1"}
    assert post(app, "/new", {"special": True}).json == {"name": "2022-special-2"}


def test_an_issue_that_cannot_be_read_does_not_keep_the_shelf_shut(app, root):
    for name, data in (("2022-06", text(root).encode("gb18030")), ("2022-05", b'[issue]\nnumber = "'),
                       ("2022-10", b"\x80\xff\x00")):
        (root / name).mkdir()
        (root / name / "issue.toml").write_bytes(data)
    shelf, batch = get(app, "/"), get(app, "/batch")
    assert shelf.status == batch.status == 200
    assert shelf.text.count("读不出来</span>") == 3 and "2022年第？期" not in shelf.text + batch.text
    for name, words in (("2022-06", "转成UTF-8"), ("2022-05", "改好有把握的写法")):
        broken = get(app, f"/issue/{name}/news")
        assert broken.status == 422 and words in broken.text
        assert "press " not in broken.text and str(root) not in broken.text


def test_where_there_is_nothing_a_person_gets_a_page_and_a_script_words(app):
    html = (HOST, COOKIE, ("accept", "text/html,*/*"))
    for target in ("/issue/2099-01", f"{ISSUE}/nothing"):
        page = ask(app, "GET", target, html)
        assert page.status == 404 and 'href="/">回书架</a>' in page.text
        plain = get(app, target)
        assert plain.status == 404 and "<" not in plain.text


def test_settings_are_written_where_they_stand_and_looked_at(app, root):
    before = text(root, "publication.toml")
    for path in ("/settings", "/members?open=pactera", "/themes"):
        assert get(app, path).status == 200
    version = get(app, "/settings").text.partition('data-version="')[2].partition('"')[0]
    edits = [{"set": ["sections", "order"], "value": ["news", "report"]}]
    assert post(app, "/file/publication/save", {"base": version, "edits": edits}).status == 200
    assert changed(before, text(root, "publication.toml"))[1] == ['order = ["news", "report"]']
    bad = [{"set": ["site", "address"], "value": "不是网址"}]
    post(app, "/file/publication/save", {"base": "", "edits": bad})
    version = get(app, "/settings").text.partition('data-version="')[2].partition('"')[0]
    post(app, "/file/publication/save", {"base": version, "edits": bad})
    found = get(app, "/file/publication/findings").json["findings"]
    assert [one["path"] for one in found] == [["site", "address"]]
    assert post(app, "/file/passwd/save", {"base": "", "edits": []}).status == 404


def _photo(kind: str = "JPEG", turned: int = 0) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = turned
    Image.new("RGB", (40, 20), (200, 30, 30)).save(out, kind, exif=exif)
    return out.getvalue()


def test_pictures_are_put_in_ordered_and_taken_out(app, root):
    before = text(root)
    item = ("x-item", quote(json.dumps(["news", 1])))
    for name in ("甲.jpg", "乙.jpg"):
        reply = ask(app, "POST", f"{ISSUE}/picture", (*DROP, item, ("x-name", quote(name))), _photo(turned=6))
        assert reply.status == 200
    with Image.open(root / "2022-08" / reply.json["file"]) as image:
        assert image.size == (20, 40)
    assert 'image = "images/甲.jpg"' in text(root) and 'file = "images/甲-2.jpg"' not in text(root)
    assert post(app, f"{ISSUE}/pictures", {"path": ["news", 1], "at": 1, "to": 0}).status == 200
    assert 'image = "images/乙.jpg"' in text(root)
    for _ in range(2):
        assert post(app, f"{ISSUE}/pictures", {"path": ["news", 1], "at": 0, "to": None}).status == 200
    assert "甲.jpg" not in text(root) and "乙.jpg" not in text(root)
    assert post(app, f"{ISSUE}/pictures", {"path": ["news", 1], "at": 0, "to": None}).status == 422
    assert changed(before, text(root)) == ([], [])


def test_a_sheet_is_shown_before_it_is_written(app, root):
    sheet = "指标,数值（万美元）,同比（%）\n接包合同执行额,143309.75,2.4\n合同签约额,442827.44,164.14\n".encode()
    before = text(root)
    found = ask(app, "POST", f"{ISSUE}/sheet", (*DROP, ("x-name", quote("6月.csv"))), sheet)
    assert found.status == 200 and text(root) == before
    assert {"entries", "doubts", "notices", "left"} <= found.json.keys()
    assert found.json["file"] == "6月.csv"
    assert post(app, f"{ISSUE}/revised-in", {"entries": [0]}).status == 422


def test_a_sheet_that_is_none_is_refused(app):
    found = ask(app, "POST", f"{ISSUE}/sheet", (*DROP, ("x-name", "a.xlsx")), b"PK nothing")
    assert found.status == 422 and found.json["error"]


def test_what_is_stopped_says_so():
    from threading import Timer
    from time import sleep

    from bulletin_press.desk.live.engine import Engine

    engine = Engine()
    engine.start()
    Timer(1.0, engine.interrupt).start()
    with pytest.raises(PressError, match="停了"):
        engine.ask(sleep, 60)
    assert engine.ask(abs, -1) == 1
    engine.stop()
