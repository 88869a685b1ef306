"""The desk answers this machine's browser alone, with its token, from its own pages."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from desk_asking import COOKIE, HOST, JSON, KEY_TOKEN, ORIGIN, PORT, Reply, ask, get, post

from bulletin_press.desk.server.app import application
from bulletin_press.desk.server.desk import Desk
from bulletin_press.desk.server.gate import MOST_TYPED, Key
from bulletin_press.desk.server.work import Place

SAMPLES = Path(__file__).parents[1] / "issues"
Pairs = Sequence[tuple[str, str]]
WRITE = (HOST, COOKIE, ORIGIN, JSON)
SAVE, REDRAW, LOOK = "/issue/2022-08/save", "/issue/2022-08/redraw", "/issue/2022-08/look"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The application over a copy of the samples; its processes are not started until they are asked."""
    root = tmp_path_factory.mktemp("desk") / "issues"
    shutil.copytree(SAMPLES, root, ignore=shutil.ignore_patterns("out"))
    (root.parent / "secret.png").write_bytes(b"\x89PNG outside")
    desk = Desk(Place(root, date(2022, 8, 27)))
    yield application(desk, Key(KEY_TOKEN, PORT), ending=lambda: None)
    desk.stop()


def without(pairs: Pairs, name: str) -> Pairs:
    return tuple(pair for pair in pairs if pair[0] != name)


def with_(pairs: Pairs, name: str, value: str) -> Pairs:
    return (*without(pairs, name), (name, value))


READ = (HOST, COOKIE)
HOSTS = ("localhost:8765", "127.0.0.1", "127.0.0.1:8766", "evil.example", "127.0.0.1:8765.evil.example", "[::1]:8765",
         "", "0.0.0.0:8765", "127.0.0.1:08765", "2130706433:8765")
ORIGINS = ("null", "http://localhost:8765", "https://127.0.0.1:8765", "http://127.0.0.1:8766", "http://127.0.0.1",
           "http://evil.example", "http://127.0.0.1:8765.evil.example", "http://127.0.0.1:8765/", "")
COOKIES = ("", f"desk-{PORT}=", f"desk-{PORT}=wrong", f"desk-{PORT + 1}={KEY_TOKEN}", f"desk={KEY_TOKEN}",
           f"desk-{PORT}={KEY_TOKEN[:-1]}", f"desk-{PORT}={KEY_TOKEN}x", f"xdesk-{PORT}={KEY_TOKEN}", "\x01=;;;")
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get")
PATHS = ("/../etc/passwd", "/issue/../../etc/passwd", "/assets/../app.py", "/assets/%2e%2e/app.py", "//evil.example",
         "/assets/desk.css/", "/issue/2022-08/..", "/.git/config", "/issue/.press/news", "/issue/2022-08\\news",
         "/issue/2022-08/news\x00", "/fonts/..", "/fonts/OFL-Noto-CJK.txt", "/assets/app.py", "/page/1.png",
         "/issue/2099-01/news", "/issue/2022-08/nothing", "/issue/2022-08/made/passwd", "/nothing", "/a" * 1100)
FILES = ("../secret.png", "../../secret.png", "/etc/passwd", "images/../../secret.png", "issue.toml", "", "images",
         "images/none.png", "../2022-07/issue.toml", "images/\x00.png")


def bad() -> Iterator[tuple[str, str, str, Pairs, bytes, str | None]]:
    """Requests that nobody's browser sends, or that somebody else's page makes it send."""
    for host in HOSTS:
        yield "host", "GET", "/", with_(READ, "host", host), b"", ""
    yield "no host", "GET", "/", without(READ, "host"), b"", ""
    yield "two hosts", "GET", "/", (*READ, ("host", "evil.example")), b"", ""
    for cookie in COOKIES:
        yield "cookie", "GET", "/issue/2022-08/news", with_(READ, "cookie", cookie), b"", ""
        yield "cookie", "POST", SAVE, with_(WRITE, "cookie", cookie), b"{}", ""
    for query in ("key=", "key=wrong", f"key={KEY_TOKEN}x", f"key={KEY_TOKEN}&key=x", f"token={KEY_TOKEN}"):
        yield "key", "GET", f"/?{query}", (HOST,), b"", ""
    for origin in ORIGINS:
        yield "origin", "POST", SAVE, with_(WRITE, "origin", origin), b"{}", ""
    yield "no origin", "POST", SAVE, without(WRITE, "origin"), b"{}", ""
    yield "two origins", "POST", SAVE, (*WRITE, ("origin", "http://evil.example")), b"{}", ""
    for site in ("cross-site", "same-site"):
        yield "site", "GET", "/", with_(READ, "sec-fetch-site", site), b"", ""
        yield "site", "POST", SAVE, with_(WRITE, "sec-fetch-site", site), b"{}", ""
    for method in METHODS:
        yield "method", method, "/", WRITE, b"", ""
    for target in ("/", "/issue/2022-08/news", "/assets/desk.css", "/issue/2022-08/findings"):
        yield "no write here", "POST", target, WRITE, b"{}", ""
    for target in (SAVE, "/end", "/new", "/issue/2022-08/undo"):
        yield "no read here", "GET", target, READ, b"", ""
    for path in PATHS:
        yield "path", "GET", path, READ, b"", ""
    for name in FILES:
        yield "file", "GET", f"/issue/2022-08/image?file={name}", READ, b"", ""
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        yield "kind", "POST", SAVE, with_(WRITE, "content-type", kind), b"{}", ""
    for length in ("-1", "abc", "1e3", "9" * 20, str(MOST_TYPED + 1), None):
        yield "length", "POST", SAVE, WRITE, b"{}", length
    yield "longer than said", "POST", SAVE, WRITE, b"[" * (MOST_TYPED + 1), "2"
    for body in (b"", b"[]", b"{", b"null", b"\xff", b"[" * 5000, b'{"base": 1}', b'{"base": "", "edits": {}}',
                 b'{"base": "", "edits": [{"set": [], "value": "x"}]}', b'{"base": "", "edits": [{"delete": "news"}]}',
                 b'{"base": "", "edits": [{"set": ["news", 0, "title"], "value": {"a": 1}}]}'):
        yield "body", "POST", SAVE, WRITE, body, ""


    yield from _bad_typing()


def _bad_typing() -> Iterator[tuple[str, str, str, Pairs, bytes, str | None]]:
    """What is typed and not saved yet is asked about as strictly as it is saved."""
    for target in (REDRAW, LOOK):
        for host in HOSTS:
            yield "host of what is typed", "POST", target, with_(WRITE, "host", host), b"{}", ""
        for cookie in COOKIES:
            yield "cookie of what is typed", "POST", target, with_(WRITE, "cookie", cookie), b"{}", ""
        for origin in ORIGINS:
            yield "origin of what is typed", "POST", target, with_(WRITE, "origin", origin), b"{}", ""
        yield "no origin", "POST", target, without(WRITE, "origin"), b"{}", ""
        yield "site of what is typed", "POST", target, with_(WRITE, "sec-fetch-site", "cross-site"), b"{}", ""
        for method in ("GET", "HEAD", *METHODS):
            yield "method for what is typed", method, target, WRITE, b"{}", ""
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/octet-stream"):
            yield "kind of what is typed", "POST", target, with_(WRITE, "content-type", kind), b"{}", ""
        for length in ("-1", str(MOST_TYPED + 1), None):
            yield "length of what is typed", "POST", target, WRITE, b"{}", length
        yield "more typed than said", "POST", target, WRITE, b"[" * (MOST_TYPED + 1), "2"
        for body in (b"", b"[]", b'{"base": 1}', b'{"base": "", "edits": {}}', b'{"base": "no such", "edits": []}',
                     b'{"base": "", "edits": [{"set": [], "value": "x"}]}'):
            yield "what is typed", "POST", target, WRITE, body, ""
        yield "no such issue", "POST", target.replace("2022-08", "2099-01"), WRITE, b"{}", ""
    for target in ("/bin/issue", "/bin/item", "/new-theme", "/new-report", "/convert/2022-08", "/repair/2022-08",
                   "/issue/2022-08/drop", "/issue/2022-08/items", "/issue/2022-08/mail", "/issue/2022-08/mail-send",
                   "/issue/2022-08/mail-trial", "/issue/2022-08/mend-all", "/file/mail/save", "/file/mail/undo",
                   "/mail-greet"):
        yield "origin", "POST", target, with_(WRITE, "origin", "http://evil.example"), b"{}", ""
        yield "cookie", "POST", target, without(WRITE, "cookie"), b"{}", ""
        yield "no read here", "GET", target, READ, b"", ""
    for target, body in (("/bin/issue", b'{"name": "../../2022-08"}'), ("/bin/issue", b'{"name": ""}'),
                         ("/bin/item", b'{"name": "../issue.toml"}'),
                         ("/new-theme", b'{"name": "../x", "from": "classic"}'),
                         ("/new-theme", b'{"name": "ours", "from": "../.."}'), ("/new-report", b'{"name": "a/b"}'),
                         ("/convert/secret", b"{}"), ("/issue/2022-08/mail-trial", b'{"address": "no address"}'),
                         ("/issue/2022-08/mail-send", b'{"count": "1"}'),
                         ("/issue/2022-08/items", b'{"at": "0", "items": []}'),
                         ("/issue/2022-08/mend-all", b'{"findings": [{"rule": "x", "span": []}, 1]}')):
        yield "what is sent", "POST", target, WRITE, body, ""


BAD = tuple(bad())


def test_there_are_enough_bad_requests():
    assert len(BAD) >= 60


@pytest.mark.parametrize("case", BAD, ids=[f"{one[0]}-{at}" for at, one in enumerate(BAD)])
def test_a_bad_request_is_refused_and_changes_nothing(app, case):
    why, method, target, headers, body, length = case
    file = Path(app.state.root) / "2022-08" / "issue.toml"
    before = file.read_bytes()
    reply: Reply = ask(app, method, target, headers, body, length)
    assert 400 <= reply.status < 500, f"{why}: {reply.status}"
    assert b"outside" not in reply.body and b"root:" not in reply.body
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert file.read_bytes() == before


def test_the_first_address_gives_the_cookie_and_hides_the_token(app):
    reply = ask(app, "GET", f"/?key={KEY_TOKEN}", (HOST,))
    assert (reply.status, reply.headers["location"]) == (303, "/")
    assert "HttpOnly" in reply.headers["set-cookie"] and "SameSite=strict" in reply.headers["set-cookie"]


def test_pages_run_no_script_and_no_style_of_their_own(app):
    for target in ("/", "/issue/2022-08/news", "/issue/2022-08/report", "/issue/2022-08/output"):
        reply = get(app, target)
        assert reply.status == 200
        policy = reply.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "<style" not in reply.text and "style=" not in reply.text and "onclick" not in reply.text
        assert reply.text.count("<script") == 1 and "http://" not in reply.text.replace("http://127.0.0.1", "")


def test_what_is_typed_is_what_the_file_says(app):
    before = (Path(app.state.root) / "2022-08" / "issue.toml").read_text("utf-8")
    version = _version(app)
    saved = post(app, SAVE, {"base": version, "edits": [{"set": ["news", 0, "title"], "value": "改了“标题”"}]})
    assert saved.status == 200 and saved.json["version"] != version
    after = (Path(app.state.root) / "2022-08" / "issue.toml").read_text("utf-8")
    changed = [(one, two) for one, two in zip(before.split("\n"), after.split("\n"), strict=True) if one != two]
    assert changed == [('title = "中国加入DEPA工作组成立"', 'title = "改了“标题”"')]
    assert post(app, "/issue/2022-08/undo", {}).json["place"] == ["news", 0, "title"]
    assert (Path(app.state.root) / "2022-08" / "issue.toml").read_text("utf-8") == before


def test_what_another_wrote_is_merged_or_asked_about(app):
    file = Path(app.state.root) / "2022-08" / "issue.toml"
    before, version = file.read_text("utf-8"), _version(app)
    file.write_text(before.replace("source = \"商务部\"", "source = \"新华社\"", 1), "utf-8")
    edit = {"set": ["news", 0, "source"], "value": "人民日报"}
    saved = post(app, SAVE, {"base": version, "edits": [edit]}).json
    assert saved["conflicts"] == [["news", 0, "source"]] and "新华社" in file.read_text("utf-8")
    saved = post(app, SAVE, {"base": version, "edits": [{"set": ["news", 0, "author"], "value": "王静"}]}).json
    assert saved["merged"] and "新华社" in file.read_text("utf-8") and 'author = "王静"' in file.read_text("utf-8")
    file.write_text(before, "utf-8")


def _version(app: object) -> str:
    text = get(app, "/issue/2022-08/news").text
    return text.partition('data-version="')[2].partition('"')[0]


def test_the_real_thing_starts_serves_this_machine_alone_and_ends(tmp_path):
    root = tmp_path / "issues"
    shutil.copytree(SAMPLES, root, ignore=shutil.ignore_patterns("out"))
    command = [sys.executable, "-m", "bulletin_press", "--workspace", str(root), "desk", "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr
        address = process.stderr.readline().split()[-1]
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        assert "大连数字贸易" in browser.open(address, timeout=20).read().decode()
        port = int(address.partition("127.0.0.1:")[2].partition("/")[0])
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20)
        other = socket.socket()
        with other, pytest.raises(ConnectionRefusedError):
            other.connect((_own_address(), port))
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
    assert process.returncode == 0 and "都在文件里" in said
    for _ in range(100):  # the helper of Python's own that counts shared things goes when it sees us gone
        if not _group(process.pid):
            break
        select.select([], [], [], 0.1)
    assert not _group(process.pid)
    left = {path.name for path in root.iterdir()} - {".press"}
    assert left == {"2022-07", "2022-08", "members.toml", "publication.toml"}


def _own_address() -> str:
    """An address of this machine that is not 127.0.0.1: nothing of ours may listen there."""
    return "127.0.0.2"


def _group(leader: int) -> bool:
    """Whether any process of a group is left."""
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
