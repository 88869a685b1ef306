"""An issue by e-mail, to a real server on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import Press, Ran
from hypothesis import given
from hypothesis import strategies as st
from mail_server import SECRET, USER, Postbox, certificate, serving
from workspaces import HEAD, write

from bulletin_press.dispatch.addresses import as_sent, fault_of
from bulletin_press.dispatch.ledger import Entry, Ledger, Step, open_ledger, read_ledger
from bulletin_press.dispatch.messages import Letter, message_to
from bulletin_press.dispatch.recipients import Recipient, read_recipients
from bulletin_press.dispatch.sending import Clock, send_all, settle, standing
from bulletin_press.dispatch.server import Outcome, Result, Server
from bulletin_press.dispatch.settings import MailSettings, settings_path
from bulletin_press.ground.diagnostics import InputFault, PressError

ISSUE = HEAD + '[[event]]\nbody = "协会召开会议。"\n'
LETTER = Letter("主题", b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain", b"a\r\n.b\r\n", "2022-08.0")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    root = tmp_path / "刊物"
    write(root, {"2022-08/issue.toml": ISSUE})
    return root


def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: int, **more: object) -> Path:
    """A settings file for the server at a port, named in the environment."""
    values = {"server": "127.0.0.1", "port": port, "security": "none", "sender": "press@example.org",
              "from_name": "测试协会", "per_minute": 6000, "retry_after": 0, **more}
    path = tmp_path / "own" / "settings.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[mail]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
                                         for key, value in values.items()), "utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("PRESS_SETTINGS", str(path))
    return path


def people(tmp_path: Path, count: int = 3) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,邮箱\n" + "".join(f"会员{at},m{at}@example.org\n" for at in range(count)), "utf-8")
    return path


def send(press: Press, place: Path, listed: Path, *more: str) -> Ran:
    return press("-w", str(place), "send", "2022-08", "--list", str(listed), *more)


# --- the command ----------------------------------------------------------------------------


def test_each_gets_one_of_their_own(press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox()
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port, unsubscribe_url="https://example.org/u?a={address}",
                reply_to="r@example.org")
        listed = people(tmp_path)
        dry = send(press, place, listed)
        assert dry.status == 0 and "一封也没有发" in dry.err and "要发　3 封" in dry.err and not box.taken
        assert not (place / ".press" / "sent").exists()
        ran = send(press, place, listed, "--really")
        assert ran.status == 0 and "已发 3 封" in ran.err and ran.out == ""
        assert box.counts == {f"m{at}@example.org": 1 for at in range(3)}
        again = send(press, place, listed, "--really")
        assert again.status == 0 and "3 人上次已经发过" in again.err and len(box.taken) == 3
    first, second = box.message(), box.message(1)
    assert first["To"] == "会员0 <m0@example.org>" and first["From"] == "测试协会 <press@example.org>"
    assert first["Reply-To"] == "r@example.org" and "X-Unsent" not in first
    assert first["Subject"] == "测试月刊 2022年第8期" and first["MIME-Version"] == "1.0"
    assert first["Message-ID"] != second["Message-ID"] and first["Message-ID"].endswith("@example.org>")
    assert abs((first["Date"].datetime - datetime.now(UTC)).total_seconds()) < 600
    assert first["List-Unsubscribe"].startswith("<https://example.org/u?a=m0%40example.org>, <mailto:r@example.org?")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "协会召开会议" in first.get_body(("plain",)).get_content()
    assert "协会召开会议" in first.get_body(("html",)).get_content()
    assert not first.defects and box.taken[0][1].isascii()


def test_without_an_address_for_it_nobody_promises_one_click() -> None:
    own = MailSettings(server="x", sender="press@example.org")
    made = message_to(LETTER, Recipient("", "m@example.org"), own, datetime.now(UTC))
    assert b"List-Unsubscribe: <mailto:press@example.org?subject=" in made.replace(b"\r\n ", b" ")
    assert b"List-Unsubscribe-Post" not in made


def test_an_issue_with_errors_is_not_sent(press: Press, place: Path, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox()
    (place / "2022-08" / "issue.toml").write_text(ISSUE + '[[event]]\nbody = "见"\nimage = "无.png"\n', "utf-8")
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port)
        ran = send(press, place, people(tmp_path), "--really")
    assert ran.status == 1 and "有错误，没有发" in ran.err and not box.taken
    assert not (place / ".press" / "sent").exists()


def test_a_list_with_one_wrong_address_sends_nothing(press: Press, place: Path, tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    box, listed = Postbox(), people(tmp_path)
    listed.write_text(listed.read_text("utf-8") + "东康,dk＠example.org\n", "utf-8")
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port)
        ran = send(press, place, listed, "--really")
    assert ran.status == 1 and not box.taken
    assert "名单.csv:5:4: 错误 wrong-address 邮箱地址里的“＠”是全角的，是不是 dk@example.org？" in ran.err


def test_a_trial_goes_to_one_and_is_not_noted(press: Press, place: Path, tmp_path: Path,
                                              monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox()
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port)
        assert press("-w", str(place), "send", "2022-08", "--trial", "me@example.org").status == 0
        assert not box.taken
        assert press("-w", str(place), "send", "2022-08", "--trial", "me@example.org", "--really").status == 0
    assert box.counts == {"me@example.org": 1} and not (place / ".press" / "sent").exists()


# --- what the server says -------------------------------------------------------------------


def test_what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_told(
        press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox(refusals={"m0@example.org": ["451 later"], "m1@example.org": ["550 no such user"],
                            "m2@example.org": ["450 busy"] * 9})
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port, retries=2)
        listed = people(tmp_path, 4)
        ran = send(press, place, listed, "--really")
        assert ran.status == 1 and box.counts == {"m0@example.org": 1, "m3@example.org": 1}
        assert "服务器退回：m1@example.org（550 no such user）" in ran.err
        assert "暂时没有发成：m2@example.org（450 busy）" in ran.err and "已发 2 封" in ran.err
        box.refusals.clear()
        ran = send(press, place, listed, "--really")
        assert ran.status == 1 and box.counts["m2@example.org"] == 1 and "退回过，不再发：m1@example.org" in ran.err
        ran = send(press, place, listed, "--really", "--again", "m1@example.org")
        assert ran.status == 0 and box.counts == {f"m{at}@example.org": 1 for at in range(4)}


def test_a_message_that_is_refused_itself_ends_the_run_and_blames_nobody(
        press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox(at_end=["554 spam"] * 3)
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port)
        listed = people(tmp_path, 5)
        ran = send(press, place, listed, "--really")
        assert ran.status == 1 and "连着 3 次不收这封邮件：554 spam" in ran.err and not box.taken
        assert send(press, place, listed, "--really").status == 0
    assert box.counts == {f"m{at}@example.org": 1 for at in range(5)}


@pytest.mark.parametrize("starttls", [False, True])
def test_encrypted_and_logged_in(press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                 starttls: bool) -> None:
    box, pair = Postbox(), certificate(tmp_path)
    security = "starttls" if starttls else "tls"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of aiosmtpd, of logins before STARTTLS
        with serving(box, pair=pair, starttls=starttls, login=True) as port:
            kind = {"security": security, "server": "localhost", "user": USER}
            settled(tmp_path, monkeypatch, port, **kind, password=SECRET)
            listed = people(tmp_path, 1)
            ran = send(press, place, listed, "--really")
            assert ran.status == 1 and "证书不可信" in ran.err and not box.taken
            settled(tmp_path, monkeypatch, port, **kind, password="xx-wrong-xx", ca=str(pair[0]))
            ran = send(press, place, listed, "--really")
            assert ran.status == 1 and "不认用户名或密码（535）" in ran.err and "xx-wrong-xx" not in ran.err + ran.out
            settled(tmp_path, monkeypatch, port, **kind, password="xx-wrong-xx", ca=str(pair[0]))
            monkeypatch.setenv("PRESS_MAIL_PASSWORD", SECRET)
            ran = send(press, place, listed, "--really")
            assert ran.status == 0, ran.err
    assert len(box.taken) == 1
    assert not any(SECRET.encode() in path.read_bytes() for path in place.rglob("*") if path.is_file())


def test_a_server_that_does_not_encrypt_gets_nothing(press: Press, place: Path, tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    box = Postbox()
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port, security="starttls", server="localhost")
        ran = send(press, place, people(tmp_path, 1), "--really")
    assert ran.status == 1 and "STARTTLS" in ran.err and not box.taken


def test_nobody_is_there(press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Postbox()) as port:
        pass
    settled(tmp_path, monkeypatch, port, retries=1)
    ran = send(press, place, people(tmp_path, 2), "--really")
    assert ran.status == 1 and ran.err.count("暂时没有发成") == 2 and "拒绝连接" in ran.err


# --- interruptions --------------------------------------------------------------------------


def _begin(place: Path, listed: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bulletin_press", "-w", str(place), "send", "2022-08", "--list",
                             str(listed), "--really"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _until(is_so: object) -> None:
    end = time.monotonic() + 60
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_killed_between_two_messages(press: Press, place: Path, tmp_path: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    box, listed = Postbox(), people(tmp_path, 6)
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port, per_minute=30)
        running = _begin(place, listed)
        _until(lambda: len(box.taken) == 2)
        time.sleep(0.3)  # it waits for its next turn now
        running.kill()
        running.wait()
        settled(tmp_path, monkeypatch, port)
        ran = send(press, place, listed, "--really")
    assert ran.status == 0 and "2 人上次已经发过" in ran.err
    assert box.counts == {f"m{at}@example.org": 1 for at in range(6)}


def test_killed_while_the_server_thinks_nobody_gets_two_and_the_one_is_asked_for(
        press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box, listed = Postbox(delay=30), people(tmp_path, 4)
    with serving(box) as port:
        settled(tmp_path, monkeypatch, port)
        running = _begin(place, listed)
        _until(lambda: box.taken)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        box.delay = 0
        ran = send(press, place, listed)
        assert ran.status == 1 and "说不准收到没有" in ran.err and "m0@example.org" in ran.err
        ran = send(press, place, listed, "--really")
        assert ran.status == 1 and "--done m0@example.org" in ran.err
        assert box.counts == {f"m{at}@example.org": 1 for at in range(4)}
        ran = send(press, place, listed, "--really", "--done", "m0@example.org")
        assert ran.status == 0 and len(box.taken) == 4


class _Crash(BaseException):
    """The process is gone."""


@given(st.lists(st.integers(0, 40), min_size=1, max_size=4))
def test_wherever_it_dies_nobody_gets_two_and_nobody_is_forgotten(tmp_path_factory: pytest.TempPathFactory,
                                                                 deaths: list[int]) -> None:
    root = tmp_path_factory.mktemp("post")
    own = MailSettings(server="x", sender="press@example.org", per_minute=6000, retries=0)
    clock = Clock(lambda: datetime(2022, 9, 1, tzinfo=UTC), lambda: 0.0, lambda wait: None)
    everyone = [Recipient("", f"m{at}@example.org") for at in range(6)]
    got: list[str] = []

    class Dying(Server):
        """Dies at the n-th of its steps: before the handing over, before the end arrives, after it."""

        steps = 0

        def _step(self) -> None:
            self.steps -= 1
            if self.steps < 0:
                raise _Crash

        def send(self, address: str, message: bytes, handing: object) -> Outcome:
            self._step()
            handing()  # type: ignore[operator]
            self._step()
            got.append(address)
            self._step()
            return Outcome(Result.SENT)

    for steps in [*deaths, 1000]:
        server = Dying(own, root)
        server.steps = steps
        with open_ledger(root, "2022-08") as ledger, suppress(_Crash):
            send_all(standing(everyone, ledger).waiting, LETTER, own, server, ledger, clock)
    after = standing(everyone, read_ledger(root, "2022-08"))
    assert len(got) == len(set(got)) and not after.waiting
    assert {one.address for one in everyone} == set(got) | {one.address for one in after.unsure}
    with open_ledger(root, "2022-08") as ledger:
        settle(ledger, [one for one in after.unsure if one.address not in got],
               [one for one in after.unsure if one.address in got], clock)
        assert not standing(everyone, ledger).unsure


def test_a_log_line_cut_short_is_no_message_sent(tmp_path: Path) -> None:
    one = Recipient("", "m@example.org")
    with open_ledger(tmp_path, "2022-08") as ledger:
        ledger.note(Entry(one.address, Step.HANDED, "t"))
        ledger.note(Entry(one.address, Step.SENT, "t"))
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole[:-7])
    assert standing([one], read_ledger(tmp_path, "2022-08")).unsure == (one,)
    with open_ledger(tmp_path, "2022-08") as mended:
        mended.note(Entry(one.address, Step.SENT, "t"))
    assert standing([one], read_ledger(tmp_path, "2022-08")).sent == (one,)
    assert (tmp_path / ".press" / ".gitignore").read_text("utf-8").endswith("\n*\n")


def test_two_runs_at_once(tmp_path: Path) -> None:
    with open_ledger(tmp_path, "2022-08"), pytest.raises(PressError, match="另一个窗口"), \
            open_ledger(tmp_path, "2022-08"):
        pass


def test_the_pace(tmp_path: Path) -> None:
    waited: list[float] = []

    class Quick(Server):
        def send(self, address: str, message: bytes, handing: object) -> Outcome:
            return Outcome(Result.SENT)

    own = MailSettings(server="x", sender="press@example.org", per_minute=20)
    clock = Clock(lambda: datetime(2022, 9, 1, tzinfo=UTC), lambda: sum(waited), waited.append)
    with open_ledger(tmp_path, "2022-08") as ledger:
        send_all([Recipient("", f"m{at}@example.org") for at in range(5)], LETTER, own, Quick(own, tmp_path), ledger,
                 clock)
    assert waited == [3.0] * 4


# --- lists, addresses, settings -------------------------------------------------------------


@pytest.mark.parametrize(("typed", "meant"), [
    ("a@b.org", None), ("a.b+c@xn--fiq228c.cn", None), ("info@中文.cn", None), ("A_1@sub.b-c.com.cn", None)])
def test_right_addresses(typed: str, meant: None) -> None:
    assert fault_of(typed) is meant and as_sent(typed).isascii()


@pytest.mark.parametrize(("typed", "words", "meant"), [
    ("", "缺少", None), ("ab.org", "没有 @", None), ("a@@b.org", "两个 @", None), ("a@b", "不完整", None),
    ("a＠b.org", "全角", "a@b.org"), ("a@b。org", "全角", "a@b.org"), ("a @b.org", "空格", "a@b.org"),
    ("a@b.con", "“.con”", "a@b.com"), ("a@b.org,c@d.org", "只写一个", None), ("a@b.org；c@d.org", "只写一个", None),
    ("张三<a@b.org>", "@ 前面", "a@b.org"), ("mailto:a@b.org", "前面的部分", "a@b.org"), ("张@b.org", "@ 前面", None),
    (".a@b.org", "前面的部分", None), ("a@-b.org", "域名", None), ("a@b.org.", "域名", "a@b.org"),
    ("a\u200b@b.org", "看不见", "a@b.org"), ("a@1.2.3.4", "不完整", None), ("a\r\nBcc: x@b.org", "", None)])
def test_wrong_addresses(typed: str, words: str, meant: str | None) -> None:
    fault = fault_of(typed)
    assert fault and words in fault.message and fault.meant == meant


@given(st.text(max_size=40))
def test_no_address_carries_a_line_of_its_own(typed: str) -> None:
    if fault_of(typed) is None:
        assert as_sent(typed).isascii() and not set(typed) & set("\r\n\t <>,;")


def _list(tmp_path: Path, text: str, name: str = "名单.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.mark.parametrize("text", [
    "姓名,邮箱\n甲,a@b.org\n乙,c@d.org\n",
    "\ufeff邮箱,姓名\r\na@b.org,甲\r\nc@d.org,乙\r\n", "甲,a@b.org\n\n# 注\n乙,c@d.org",
    "a@b.org\t甲\nc@d.org\t乙\n", '单位;Email\n"甲";"a@b.org"\n乙 ; c@d.org \n'])
def test_lists_in_csv(tmp_path: Path, text: str) -> None:
    assert read_recipients(_list(tmp_path, text), "名单.csv").recipients == (
        Recipient("甲", "a@b.org"), Recipient("乙", "c@d.org"))


def test_a_list_in_toml(tmp_path: Path) -> None:
    text = '[[recipient]]\nname = "甲"\naddress = "a@b.org"\n[[recipient]]\naddress = "c@d.con"\n'
    with pytest.raises(InputFault) as raised:
        read_recipients(_list(tmp_path, text, "l.toml"), "l.toml")
    found = raised.value.findings[0]
    assert (found.span.line, found.span.column, found.suggestion) == (5, 12, "c@d.com")
    right = text.replace("con", "com")
    assert read_recipients(_list(tmp_path, right, "l.toml"), "l.toml").recipients[1] == Recipient("", "c@d.com")


@pytest.mark.parametrize(("text", "place", "rule"), [
    ('甲,"a@b.org\n', (1, 3), "csv-syntax"), ("姓名,电话\n甲,1\n", (1, 1), "missing-key"), ("", (1, 1), "wrong-value"),
    ('姓名,邮箱\n"甲,乙",a b@c.org\n', (2, 7), "wrong-address"), ("甲\n", (1, 1), "wrong-address")])
def test_faults_of_lists_stand_where_they_are(tmp_path: Path, text: str, place: tuple[int, int], rule: str) -> None:
    with pytest.raises(InputFault) as raised:
        read_recipients(_list(tmp_path, text), "名单.csv")
    found = raised.value.findings[0]
    assert (found.rule, (found.span.line, found.span.column)) == (rule, place)


def test_the_same_mailbox_twice_is_one(tmp_path: Path) -> None:
    read = read_recipients(_list(tmp_path, "甲,a@b.org\n乙,A@B.org\n"), "名单.csv")
    assert len(read.recipients) == 1 and read.findings[0].rule == "duplicate-address"
    assert (read.findings[0].span.line, read.findings[0].span.column) == (2, 3)


@pytest.mark.parametrize("line", [
    "password = 12345678", 'password = "unclosed-12345678', "pasword = \"12345678\"", 'passwort = 12345678x'])
def test_no_fault_shows_the_password(press: Press, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     line: str) -> None:
    path = settled(tmp_path, monkeypatch, 25)
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    ran = send(press, place, people(tmp_path))
    assert ran.status == 1 and "12345678" not in ran.err + ran.out and "settings.toml:" in ran.err


@pytest.mark.parametrize(("data", "words"), [
    (None, "文件夹，不是文件"), ("[mail]\nfrom_name = \"大连市数字贸易协会\"\n".encode("gb18030"), "GBK"),
    (b"\x80\x81\xff\x00", "既不是 UTF-8"), (b"", "缺少 mail"), (b"[mail]\n", "缺少 server")])
def test_settings_that_cannot_be_read_are_told(press: Press, place: Path, tmp_path: Path, data: bytes | None,
                                               words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "own"
    path.mkdir() if data is None else path.write_bytes(data)
    monkeypatch.setenv("PRESS_SETTINGS", str(path))
    ran = send(press, place, people(tmp_path))
    assert ran.status == 1 and words in ran.err and "password" not in ran.err


@pytest.mark.parametrize(("data", "words"), [
    (b"", "没有收件人"), ("姓名,邮箱\n".encode(), "没有收件人"), ("姓名,邮箱\n甲,\n".encode(), "缺少邮箱地址"),
    ("姓名,电话\n甲,1\n".encode(), "没有“邮箱”这一列"), (b"\x80\x81\xff\x00\x01", "既不是 UTF-8"),
    ("姓名,邮箱\n会员甲,a@b.org\n".encode("gb18030"), "press convert"),
    ("\ufeff姓名,邮箱\n甲,a@b.org\n".encode("utf-16"), "press convert")])
def test_lists_that_are_none_are_told(press: Press, place: Path, tmp_path: Path, data: bytes, words: str,
                                      monkeypatch: pytest.MonkeyPatch) -> None:
    settled(tmp_path, monkeypatch, 25)
    listed = tmp_path / "名单.csv"
    listed.write_bytes(data)
    ran = send(press, place, listed)
    assert ran.status == 1 and words in ran.err and "错误 1" in ran.err
    if words == "press convert":
        assert press("convert", str(listed)).status == 0
        assert send(press, place, listed).status == 0


def test_settings_belong_to_the_user(press: Press, place: Path, tmp_path: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_SETTINGS", str(tmp_path / "none.toml"))
    ran = send(press, place, people(tmp_path))
    assert ran.status == 2 and "还没有写发信的设置" in ran.err and "[mail]" in ran.err
    inside = settled(tmp_path, monkeypatch, 25).rename(place / "settings.toml")
    monkeypatch.setenv("PRESS_SETTINGS", str(inside))
    assert "在刊物的文件夹里" in send(press, place, people(tmp_path)).err
    path = settled(tmp_path, monkeypatch, 25, user="u", password="p")
    path.chmod(0o644)
    assert "chmod 600" in send(press, place, people(tmp_path)).err
    settled(tmp_path, monkeypatch, 25, server="smtp.example.org")
    assert "只能用于本机" in send(press, place, people(tmp_path)).err
    assert settings_path({"XDG_CONFIG_HOME": "/c"}, Path("/h")) == Path("/c/bulletin-press/settings.toml")
    assert settings_path({}, Path("/h")) == Path("/h/.config/bulletin-press/settings.toml")


def test_a_ledger_for_looking_at_writes_nothing(tmp_path: Path) -> None:
    looked = read_ledger(tmp_path, "2022-08")
    assert isinstance(looked, Ledger) and not list(tmp_path.iterdir())
