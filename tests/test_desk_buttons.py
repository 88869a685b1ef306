"""What stands behind the desk's buttons: looking for words, the bin, copies, Word's pictures, settings, mail."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from desk_asking import COOKIE, HOST, KEY_TOKEN, ORIGIN, PORT, ask, get, post
from mail_server import Postbox, serving
from PIL import Image

from bulletin_press.desk.server.app import application
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.gate import Key
from bulletin_press.desk.server.own_tables import charts_of
from bulletin_press.desk.server.work import Place

SAMPLES = Path(__file__).parents[1] / "issues"
ISSUE = "/issue/2022-08"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Any]:
    """The application over a copy of the samples; its processes start when they are asked."""
    shutil.copytree(SAMPLES, tmp_path / "issues", ignore=shutil.ignore_patterns("out", ".press"))
    desk = Desk(Place(tmp_path / "issues", date(2022, 8, 27)))
    made = application(desk, Key(KEY_TOKEN, PORT), ending=lambda: None)
    made.state.desk = desk
    yield made
    desk.stop()


def file_of(app: Any, name: str = "2022-08/issue.toml") -> Path:
    return Path(app.state.root) / name


def version(app: Any) -> str:
    return str(app.state.desk.issue("2022-08").file.version)


# --- words looked for -------------------------------------------------------------------------


def test_words_are_found_in_every_section_and_in_figures(app):
    hits = get(app, f"{ISSUE}/find?words=DEPA").json["hits"]
    sections = {one["path"][0] for one in get(app, f"{ISSUE}/find?words={quote('数据')}").json["hits"]}
    assert len(hits) > 1 and len(sections) > 2
    for one in hits:
        value = app.state.desk.issue("2022-08").file.values()
        for part in one["path"]:
            value = value[part]
        assert value[one["start"] : one["end"]] == one["words"] == "DEPA"
    # Wide and narrow, upper and lower are the same.
    assert len(get(app, f"{ISSUE}/find?words=depa").json["hits"]) == len(hits)
    assert get(app, f"{ISSUE}/find?words=442826.44").json["hits"][0]["path"][:2] == ["report", "signed"]
    assert get(app, f"{ISSUE}/find?words=").json["hits"] == []
    assert {one["issue"] for one in get(app, "/find?words=RCEP").json["hits"]} == {"2022-07", "2022-08"}


def test_a_reason_that_was_given_before_is_offered_again(app):
    allowed = app.state.desk.issue("2022-07").file.values()["allow"]
    rule, said = next(iter(allowed.items()))
    offered = get(app, f"/reasons/{rule}").json["reasons"]
    given = [str(one) for one in said.values()] if isinstance(said, dict) else [str(said)]
    assert set(given) & set(offered) and len(offered) == len(set(offered)) <= 6
    # A rule for which nothing was kept yet: those of others.
    assert get(app, "/reasons/no-such-rule").json["reasons"]


# --- the bin ----------------------------------------------------------------------------------


def test_an_item_that_was_deleted_is_put_back_with_all_it_had(app):
    before = app.state.desk.issue("2022-08").file.values()["news"]
    assert post(app, f"{ISSUE}/save", {"base": version(app), "edits": [{"delete": "news", "at": 2}]}).status == 200
    assert len(app.state.desk.issue("2022-08").file.values()["news"]) == len(before) - 1
    (one,) = app.state.desk.bin.items()
    assert "数字中国发展报告" in get(app, "/bin").text
    back = post(app, "/bin/item", {"name": one.id}).json
    assert back["issue"] == "2022-08" and back["place"] == ["news", 2]
    assert app.state.desk.issue("2022-08").file.values()["news"] == before  # dates, tables and charts as well
    assert app.state.desk.bin.items() == [] and post(app, "/bin/item", {"name": one.id}).status == 422


def test_what_undoing_brought_back_is_not_shown_in_the_bin(app):
    post(app, f"{ISSUE}/save", {"base": version(app), "edits": [{"delete": "news", "at": 0}]})
    assert "data-back-item" in get(app, "/bin").text
    post(app, f"{ISSUE}/undo", {})
    assert "data-back-item" not in get(app, "/bin").text


def test_an_issue_goes_to_the_bin_as_it_is_and_comes_back(app):
    before = file_of(app).read_bytes()
    name = post(app, f"{ISSUE}/drop", {}).json["name"]
    assert not file_of(app).exists() and get(app, f"{ISSUE}/news").status == 404
    assert "2022-08" in get(app, "/bin").text
    # Another has its name by now: nothing is put over it.
    post(app, "/new", {"name": "2022-08"})
    there = file_of(app).read_bytes()
    refused = post(app, "/bin/issue", {"name": name})
    assert refused.status == 422 and "另有一期" in refused.json["error"] and file_of(app).read_bytes() == there
    shutil.rmtree(file_of(app).parent)
    assert post(app, "/bin/issue", {"name": name}).json == {"issue": "2022-08"}
    assert file_of(app).read_bytes() == before


# --- copies, encodings, figures over time -----------------------------------------------------


def test_a_theme_and_a_report_are_copied_into_the_publication(app):
    assert post(app, "/new-theme", {"name": "ours", "from": "modern"}).json["name"] == "ours"
    assert (file_of(app, "templates/themes/ours/theme.toml")).is_file()
    assert "data-theme=\"ours\"" in get(app, "/themes").text
    made = post(app, "/new-report", {"name": "our-report", "from": "service-outsourcing"}).json
    assert made["name"] == "our-report" and file_of(app, f"{made['path']}").is_file()
    assert "our-report" in get(app, "/settings").text
    again = post(app, "/new-theme", {"name": "ours", "from": "modern"})
    assert again.status == 422 and again.json["error"]


def test_a_file_in_another_encoding_is_converted_and_one_typed_wrongly_is_put_right(app):
    file = file_of(app)
    text = file.read_text("utf-8")
    file.write_bytes(text.encode("gb18030"))
    shown = get(app, f"{ISSUE}/news")
    assert shown.status == 422 and "data-convert" in shown.text
    assert post(app, "/convert/2022-08", {}).json["kept"] == "issue.toml.gbk"
    assert file.read_text("utf-8") == text and get(app, f"{ISSUE}/news").status == 200
    file.write_text(text.replace('title = "', 'title ＝ "', 1), "utf-8")
    shown = get(app, f"{ISSUE}/news")
    assert shown.status == 422 and "data-repair" in shown.text
    assert post(app, "/repair/2022-08", {}).json["what"] == "改好 1 处写法"
    assert file.read_text("utf-8") == text


def test_figures_over_time_are_shown_and_saved_as_a_sheet(app):
    shown = get(app, "/series").text
    assert "442826.44" in shown and "405832.99" in shown and "推算" in shown
    sheet = get(app, "/series-file?measure=executed")
    assert sheet.status == 200 and sheet.body[:2] == b"PK"
    assert get(app, "/series-file?measure=none").status == 422
    assert "2022年第7期" in get(app, "/batch").text


# --- Word files with pictures -----------------------------------------------------------------


def word_file(*pictures: bytes) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("第一条新闻", 1)
    document.add_paragraph("协会举办座谈会，三十家企业参加。")
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    document.add_heading("第二条新闻", 1)
    document.add_paragraph("另一段。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def test_pictures_of_a_word_file_become_pictures_of_their_item(app):
    data = word_file(picture("red"), picture("blue"))
    headers = (HOST, COOKIE, ORIGIN, ("content-type", "application/octet-stream"))
    found = ask(app, "POST", f"{ISSUE}/word", headers, data).json
    assert [len(one["pictures"]) for one in found["items"]] == [2, 0] and found["told"] == []
    before, items = version(app), [{"values": {"title": one["title"], "source": "本会", "body": one["body"]},
                                    "pictures": one["pictures"]} for one in found["items"]]
    sent = {"base": before, "section": "news", "at": 4, "items": items}
    assert post(app, f"{ISSUE}/items", sent).status == 200
    news = app.state.desk.issue("2022-08").file.values()["news"]
    assert [one["title"] for one in news[4:]] == ["第一条新闻", "第二条新闻"] and "images" not in news[5]
    files = [one["file"] for one in news[4]["images"]]
    assert [(file_of(app, f"2022-08/{one}")).read_bytes() for one in files] == [picture("red"), picture("blue")]
    # One step.
    post(app, f"{ISSUE}/undo", {})
    assert version(app) == before


def test_one_picture_is_typed_as_the_guide_has_it_and_one_that_cannot_be_read_is_told(app):
    data = word_file(picture("red"))
    headers = (HOST, COOKIE, ORIGIN, ("content-type", "application/octet-stream"))
    item = ask(app, "POST", f"{ISSUE}/word", headers, data).json["items"][0]
    sent = {"base": version(app), "section": "news", "at": 4,
            "items": [{"values": {"title": "题", "body": "文\n"}, "pictures": [{"at": item["pictures"][0]["at"]}]}]}
    assert post(app, f"{ISSUE}/items", sent).status == 200
    assert app.state.desk.issue("2022-08").file.values()["news"][4]["image"].startswith("images/")
    bad = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as was, ZipFile(bad, "w") as now:
        for name in was.namelist():
            now.writestr(name, b"no picture" if name.endswith(".png") else was.read(name))
    told = ask(app, "POST", f"{ISSUE}/word", headers, bad.getvalue()).json
    assert "1张图读不出来" in told["told"][0] and told["items"][0]["pictures"] == []


# --- settings ---------------------------------------------------------------------------------


def put(app: Any, *edits: tuple[list[str], Any]) -> Any:
    shown = get(app, "/settings").text
    base = shown.partition('data-version="')[2].partition('"')[0]
    return post(app, "/file/publication/save", {"base": base, "edits": [
        {"set": path, "value": value} for path, value in edits]})


def test_sections_rules_and_charts_of_the_publication_are_its_settings(app):
    assert put(app, (["sections", "own", "own_1", "title"], "通知公告"),
               (["sections", "own", "own_1", "like"], "event")).status == 200
    assert put(app, (["rules", "base-drifts"], "off")).status == 200
    assert put(app, (["charts", "table"], False)).status == 200
    assert get(app, "/file/publication/findings").json["findings"] == []
    assert get(app, f"{ISSUE}/own_1").status == 200
    shown = get(app, "/settings").text
    assert "通知公告" in shown and 'value="base-drifts"' not in shown
    charts = {one["name"]: one["on"] for one in charts_of(app.state.desk.workspace(), {"charts": {"table": False}})}
    assert charts["table"] is False and all(on for name, on in charts.items() if name != "table")
    assert put(app, (["sections", "own", "own_1"], None)).status == 200
    assert get(app, f"{ISSUE}/own_1").status == 404


# --- mail -------------------------------------------------------------------------------------


def test_mail_without_settings_says_what_to_write_and_where(app, monkeypatch, tmp_path):
    monkeypatch.setenv("PRESS_SETTINGS", str(tmp_path / "none.toml"))
    told = post(app, f"{ISSUE}/mail", {})
    assert told.status == 422
    assert "还没有写发信的设置" in told.json["error"] and "smtp.example.org" in told.json["error"]


def test_mail_is_sent_once_to_each_and_never_another_number_than_was_shown(app, monkeypatch, tmp_path):
    box = Postbox()
    with serving(box) as port:
        settings = tmp_path / "settings.toml"
        settings.write_text(f'[mail]\nserver = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
                            'sender = "a@example.org"\nlist = "list.csv"\nper_minute = 6000\nretries = 0\n', "utf-8")
        (tmp_path / "list.csv").write_text("姓名,邮箱\n甲,one@example.org\n乙,two@example.org\n", "utf-8")
        monkeypatch.setenv("PRESS_SETTINGS", str(settings))
        plan = post(app, f"{ISSUE}/mail", {}).json
        assert plan["count"] == 2 and not plan["sent"] and plan["waiting"][0] == "甲 <one@example.org>"
        assert post(app, f"{ISSUE}/mail-send", {"count": 3}).status == 422 and not box.taken
        assert post(app, f"{ISSUE}/mail-trial", {"address": "me@example.org"}).json == {"sent": 1}
        assert post(app, f"{ISSUE}/mail-send", {"count": 2}).json["sent"] == 2
        after = post(app, f"{ISSUE}/mail", {}).json
    assert (after["count"], after["sent"]) == (0, 2)
    assert box.counts == {"me@example.org": 1, "one@example.org": 1, "two@example.org": 1}


# --- the first time ---------------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Any]:
    """The application where there is no publication yet, not even its folder."""
    desk = Desk(Place(tmp_path / "期刊", date(2022, 9, 27)))
    made = application(desk, Key(KEY_TOKEN, PORT), ending=lambda: None)
    made.state.desk = desk
    yield made
    desk.stop()


def test_the_first_time_a_few_questions_make_a_publication_and_its_first_issue(empty):
    assert 'data-page="first"' in get(empty, "/").text
    answered = {"name": "滨海数字贸易", "organiser": "滨海市数字贸易协会", "region": "滨海市", "report": "none",
                "theme": "modern"}
    assert post(empty, "/first", answered | {"name": " "}).status == 422 and get(empty, "/").status == 200
    assert post(empty, "/first", answered | {"theme": "../x"}).status == 422
    assert post(empty, "/first", answered).json == {"name": "2022-09"}
    settings = file_of(empty, "publication.toml").read_text("utf-8")
    assert 'name = "滨海数字贸易"' in settings and 'theme = "modern"' in settings
    assert "滨海数字贸易" in get(empty, "/").text and get(empty, "/issue/2022-09/head").status == 200
    # Nothing is made twice.
    assert post(empty, "/first", answered).status == 422
    assert file_of(empty, "publication.toml").read_text("utf-8") == settings


def test_what_a_new_issue_was_begun_with_makes_room_and_is_taken_out_at_once(empty):
    post(empty, "/first", {"name": "甲", "organiser": "乙", "report": "none"})
    file = empty.state.desk.issue("2022-09").file
    sent = {"base": file.version, "section": "event", "at": len(file.values()["event"]),
            "items": [{"values": {"title": "座谈会", "body": "文。\n"}, "pictures": []}]}
    assert post(empty, "/issue/2022-09/items", sent).json["first"] == 0
    assert [one["title"] for one in file.values()["event"]] == ["座谈会"]
    assert post(empty, "/issue/2022-09/unfilled", {}).status == 200
    assert set(file.values()) - {"allow"} == {"issue", "event"} and "【请填写" not in str(dict(file.values()))
    assert post(empty, "/issue/2022-09/unfilled", {}).status == 422


def test_a_list_of_news_is_parted_at_its_blank_lines(app):
    text = "第一条的标题\n正文一句。\n\n第二条的标题\n正文两句。又一句。\n"
    items = post(app, "/paste", {"html": "", "text": text}).json["items"]
    assert [(one["title"], one["body"]) for one in items] == [("第一条的标题", "正文一句。\n"),
                                                           ("第二条的标题", "正文两句。又一句。\n")]
    assert len(post(app, "/paste", {"html": "", "text": "一句话。\n\n又一句话。"}).json["items"]) == 1
