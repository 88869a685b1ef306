"""The form of mail's settings: written into the user's own file, checked field by field, the password never shown."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from desk_asking import KEY_TOKEN, PORT, get, post
from mail_server import SECRET, USER, Postbox, certificate, serving

from bulletin_press.desk.server.app import application
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.gate import Key
from bulletin_press.desk.server.mail_settings import GROUPS
from bulletin_press.desk.server.work import Place
from bulletin_press.dispatch.settings import MailSettings
from bulletin_press.toml.schema import keys_of

SAMPLES = Path(__file__).parents[1] / "issues"
WORDS = "shou-quan-ma-97531"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's settings are: not there yet."""
    path = tmp_path / "config" / "settings.toml"
    monkeypatch.setenv("PRESS_SETTINGS", str(path))
    monkeypatch.delenv("PRESS_MAIL_PASSWORD", raising=False)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "issues"
    shutil.copytree(SAMPLES, place, ignore=shutil.ignore_patterns("out", ".press"))
    return place


@pytest.fixture
def app(root: Path, own: Path) -> Iterator[object]:
    desk = Desk(Place(root, date(2022, 8, 27)))
    yield application(desk, Key(KEY_TOKEN, PORT), ending=lambda: None)
    desk.stop()


def put(app: object, key: str, value: object, *, bare: bool = False) -> dict[str, object]:
    version = get(app, "/mail").text.partition('data-version="')[2].partition('"')[0]
    edits = [{"set": ["mail", key], "value": value, "bare": bare}]
    return post(app, "/file/mail/save", {"base": version, "edits": edits}).json


def faults(app: object) -> dict[str, str]:
    return {one["path"][-1] if one["path"] else "": one["message"] for one in
            get(app, "/file/mail/findings").json["findings"]}


def test_every_key_of_the_settings_can_be_typed():
    typed = {field.key for _, _, fields in GROUPS for field in fields}
    assert typed | {"password"} == set(keys_of(MailSettings))


def test_to_look_at_the_form_makes_no_file_and_the_first_key_does(app, own):
    assert get(app, "/mail").status == 200 and get(app, "/file/mail/findings").json["findings"] == []
    assert not own.exists()
    put(app, "server", "smtp.example.org")
    assert '[mail]\nserver = "smtp.example.org"\n' in own.read_text("utf-8")
    assert faults(app) == {"sender": "还没有写发件人的邮箱"}
    put(app, "sender", "tongxun@example.org")
    assert put(app, "port", "587", bare=True)["version"]
    assert "port = 587\n" in own.read_text("utf-8") and faults(app) == {}


def test_only_what_is_typed_is_changed_and_can_be_taken_back(app, own):
    before = "# 我的\r\n[mail]\r\nserver = 'smtp.example.org'   # 协会的\r\nsender = \"a@b.org\"\r\n"
    own.parent.mkdir()
    own.write_bytes(before.encode())
    put(app, "from_name", "某某协会")
    assert own.read_bytes().decode() == before + 'from_name = "某某协会"\r\n'
    assert post(app, "/file/mail/undo", {}).json["version"] and own.read_bytes().decode() == before
    assert post(app, "/file/mail/redo", {}).json["version"] and "某某协会" in own.read_text("utf-8")


def test_the_password_is_in_that_file_and_nowhere_else(app, own, root):
    put(app, "server", "smtp.example.org")
    own.chmod(0o644)
    answers = [put(app, "password", WORDS), put(app, "sender", "a@b.org"), put(app, "user", "a@b.org")]
    assert f'password = "{WORDS}"' in own.read_text("utf-8")
    if os.name != "nt":
        assert own.stat().st_mode & 0o777 == 0o600
    answers += [post(app, "/file/mail/undo", {}).json, get(app, "/file/mail/findings").json]
    shown = get(app, "/mail").text
    assert WORDS not in str(answers) + shown and "写好了，要换再填" in shown and "data-drop-secret" in shown
    folders = (own.parent, root / ".press")
    elsewhere = [one for folder in folders for one in folder.rglob("*") if one.is_file() and one != own]
    assert [one for one in own.parent.rglob("*") if one != own] == []
    assert not any(WORDS.encode() in one.read_bytes() for one in elsewhere)
    put(app, "password", None)
    assert WORDS not in own.read_text("utf-8") and "data-drop-secret" not in get(app, "/mail").text


@pytest.mark.parametrize(("line", "key"), [
    ('password = 97531', "password"), ("security = \"none\"", "security"), ("port = 99999", "port"),
    ("user = \"u\"", "password"), ("reply_to = \"nobody\"", "reply_to"), ("unsubscribe_url = \"x\"", "unsubscribe_url"),
    ("password = \"97531", "")])
def test_a_fault_is_told_beside_its_field_and_shows_no_password(app, own, line, key):
    own.parent.mkdir()
    own.write_text(f'[mail]\nserver = "smtp.example.org"\nsender = "a@b.org"\n{line}\n', "utf-8")
    found = faults(app)
    assert [*found] == [key] and "97531" not in str(found) + get(app, "/mail").text


def test_a_password_of_the_environment_is_enough_and_said(app, own, monkeypatch):
    monkeypatch.setenv("PRESS_MAIL_PASSWORD", WORDS)
    for key, value in (("server", "smtp.example.org"), ("sender", "a@b.org"), ("user", "a@b.org")):
        put(app, key, value)
    shown = get(app, "/mail").text
    assert faults(app) == {} and "PRESS_MAIL_PASSWORD" in shown and WORDS not in shown + own.read_text("utf-8")


def test_settings_inside_the_publication_are_not_written(app, root, monkeypatch):
    inside = root / "settings.toml"
    monkeypatch.setenv("PRESS_SETTINGS", str(inside))
    assert "在刊物的文件夹里" in get(app, "/mail").text
    told = post(app, "/file/mail/save", {"base": "", "edits": [{"set": ["mail", "server"], "value": "x"}]})
    assert told.status == 422 and "在刊物的文件夹里" in told.json["error"] and not inside.exists()


def test_how_many_the_list_names_or_what_is_wrong_with_it(app, own):
    put(app, "list", "名单.csv")
    assert "名单.csv" in get(app, "/file/mail/findings").json["said"]
    (own.parent / "名单.csv").write_text("姓名,邮箱\n甲,a@b.org\n乙,c@d.org\n", "utf-8")
    assert get(app, "/file/mail/findings").json["said"] == "名单里有2人"
    (own.parent / "名单.csv").write_text("姓名,邮箱\n甲,a\n", "utf-8")
    assert get(app, "/file/mail/findings").json["said"].startswith("第2行：")


def test_the_server_is_asked_and_nothing_is_sent(app, own, tmp_path):
    box, pair = Postbox(), certificate(tmp_path)
    with warnings.catch_warnings(action="ignore"), serving(box, pair=pair, login=True) as port:
        own.parent.mkdir()
        own.write_text(f'[mail]\nserver = "localhost"\nport = {port}\nca = {str(pair[0])!r}\n'
                       f'sender = "{USER}"\nuser = "{USER}"\npassword = "{SECRET}"\n', "utf-8")
        told = post(app, "/mail-greet", {})
        assert told.status == 200 and "用户名和密码都对" in told.json["said"], told.text
        put(app, "password", "another-97531")
        told = post(app, "/mail-greet", {})
        assert told.status == 422 and "不认用户名或密码" in told.json["error"] and "97531" not in told.text
    told = post(app, "/mail-greet", {})
    assert told.status == 422 and "拒绝连接" in told.json["error"] and not box.taken
