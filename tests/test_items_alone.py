"""Items of a section in every way out: one alone has no number, and the day of each is said."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rendering import pdf_text
from workspaces import HEAD, THEMES, write

from bulletin_press.edition import Edition, open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.writers import docx, mail, phone, text, web, wechat
from bulletin_press.writers.pdf import pdf_of

DAY = "2022年8月9日"
ONE = '[[event]]\ndate = 2022-08-09\nbody = "协会召开会议。"\n'
TWO = ONE + '[[event]]\ndate = 2022-08-10\nbody = "会员互访。"\n'
TITLED = '[[event]]\ntitle = "协会开会"\ndate = 2022-08-09\nbody = "会员都来了。"\n'
SAID = '[[event]]\ndate = 2022-08-09\nbody = "8月9日，协会召开会议。"\n'


def edition(root: Path, body: str, theme: str | None = None) -> Edition:
    workspace = write(root, {"2022-08/issue.toml": HEAD + body})
    return open_edition(read_issue(workspace, root / "2022-08/issue.toml"), theme)


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", re.sub(r"<(style|head)\b.*?</\1>", "", html, flags=re.S)))


def told(one: Edition) -> Iterator[tuple[str, str]]:
    """What each way out says of the events, without white."""
    files = web.write_web(one)
    whole = {"web": files["index.html"].decode(), "fragment": files["fragment.html"].decode(),
             "wechat": wechat.write_wechat(one)["article.html"].decode(), "mail": mail.mail_page(one)}
    with zipfile.ZipFile(io.BytesIO(docx.write_docx(one))) as made:
        whole["docx"] = made.read("word/document.xml").decode()
    for name, html in whole.items():
        yield name, plain(html).rpartition("协会动态")[2]
    yield "text", re.sub(r"\s+", "", text.write_text(one).decode()).rpartition("协会动态")[2]
    yield "phone", re.sub(r"\s+", "", "".join(pdf_text(pdf_of(one, phone.phone_pages(one))))).rpartition("协会动态")[2]


def test_one_alone_has_no_number(tmp_path: Path) -> None:
    for name, words in told(edition(tmp_path, ONE)):
        assert not re.search(r"1\D{0,2}协会召开会议|^1", words.replace(DAY, "")), (name, words)
        assert DAY in words, (name, words)


def test_two_have_theirs_and_their_days(tmp_path: Path) -> None:
    for name, words in told(edition(tmp_path, TWO)):
        assert DAY in words and "2022年8月10日" in words, (name, words)
        if name not in ("fragment", "docx"):  # Word counts itself
            assert "2" in words.replace(DAY, "").replace("2022年8月10日", ""), (name, words)


@pytest.mark.parametrize(("body", "times"), [(TITLED, 1), (SAID, 0)])
def test_a_day_is_said_once(tmp_path: Path, body: str, times: int) -> None:
    for name, words in told(edition(tmp_path, body)):
        # The colophon says the day of issue, another one.
        assert words.count(DAY) == times, (name, words)


@pytest.mark.parametrize("theme", THEMES)
def test_themes_number_no_lone_event(tmp_path: Path, theme: str) -> None:
    body = edition(tmp_path, ONE, theme).html.partition("<body")[2]
    assert not re.search(r'class="[^"]*\bordinal\b[^"]*">\s*\d|（1）', body)
    assert re.search(r"\b8\.9\b|8月9日", body)
