"""Links from one issue to another: followed where there is something to follow, words everywhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_flowing import Page
from workspaces import TODAY, samples

from bulletin_press.document.references import Reference, reference_of
from bulletin_press.document.tree import Link, Paragraph, plain_text
from bulletin_press.edition import open_edition
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.reading import read_issue
from bulletin_press.pipeline import publish
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers import outlet_of

SITE = '\n[site]\naddress = "https://www.example.org/tongxun"\n'
ITEM = """
[[news]]
title = "手册再版"
source = "本刊"
url = "issue:2022-07#news-2"
body = '''
详见[此前的报道](issue:2022-07#news-2)，**[第7期](issue:2022-07)**，[本期小贴士](issue:2022-08#tip-1)和[旧闻](issue:2019-01)。

| 见 | 数 |
| --- | --- |
| [七月](issue:2022-07#s-news) | 1 |
'''
"""
TAIL = "（见本刊2022年第7期）"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = samples(tmp_path_factory.mktemp("referring") / "issues")
    path = made / "2022-08" / "issue.toml"
    path.write_text(path.read_text("utf-8").replace("[[news]]", ITEM.lstrip() + "\n[[news]]", 1), "utf-8")
    return made


def read(root: Path) -> Issue:
    workspace = Workspace(root, TODAY, root)
    return read_issue(workspace, workspace.issue_path("2022-08"))


@pytest.mark.parametrize(("typed", "reference"), [
    ("issue:2022-07", Reference("2022-07")), (" issue:2022-07#news-2", Reference("2022-07", "news-2")),
    ("Issue:2022-special-1#s-news", Reference("2022-special-1", "s-news")), ("issue:", None),
    ("issue:2022-07#", None), ("issue:../2022-07", None), ("https://a.cn/issue:2022-07", None)])
def test_what_is_a_reference(typed: str, reference: Reference | None) -> None:
    assert reference_of(typed) == reference


def test_without_an_address_the_words_say_where_to_look(root: Path) -> None:
    item = read(root).document.sections[1].items[0]
    first = item.blocks[0]
    assert isinstance(first, Paragraph)
    # Who wrote the number himself is not told it again; what is not there is not promised.
    assert plain_text(first.inlines) == f"详见此前的报道{TAIL}，第7期，本期小贴士和旧闻。"
    assert not any(isinstance(one, Link) for one in first.inlines)
    assert (item.attribution.source, item.attribution.url) == ("本刊（本刊2022年第7期）", None)


@pytest.mark.parametrize("outlet", ["wechat", "mail", "text", "docx"])
def test_no_outlet_has_a_dead_link(root: Path, outlet: str) -> None:
    files = outlet_of(outlet).files(open_edition(read(root)), outlet_of(outlet).chosen({}))
    for data in [files] if isinstance(files, bytes) else files.values():
        assert b"issue:2022" not in data


def test_the_chairman_sees_no_change_of_his_own_in_the_press_s_words(root: Path) -> None:
    from bulletin_press.writers.docx import slots_of

    slot = next(one for one in slots_of(open_edition(read(root)))[0] if TAIL in one.text)
    at = slot.text.index(TAIL)
    assert slot.at[at : at + len(TAIL)] == (None,) * len(TAIL) and slot.at[at - 1] and slot.at[at + len(TAIL)]


def test_on_the_site_they_are_followed_from_a_disk(root: Path) -> None:
    publish(Workspace(root, TODAY, root), root / "site")
    page = Page((root / "site/2022-08/index.html").read_text("utf-8"))
    found = [attributes["href"] for tag, attributes in page.elements if tag == "a" and attributes.get("href")]
    assert found.count("../2022-07/index.html#news-2") == 2  # the words, and the source
    assert {"../2022-07/index.html", "../2022-07/index.html#s-news", "#tip-1"} <= set(found)
    assert not any("2019-01" in address or address.startswith("issue:") for address in found)
    there = Page((root / "site/2022-07/index.html").read_text("utf-8"))
    anchors = {attributes["id"] for _, attributes in there.elements if "id" in attributes}
    assert {"news-2", "s-news"} <= anchors


def test_an_issue_that_keeps_its_old_page_is_still_led_to(root: Path) -> None:
    publish(Workspace(root, TODAY, root), root / "site")
    path = root / "2022-07" / "issue.toml"
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("[issue]", "[issue]\nnumbre = 3", 1), "utf-8")
    try:
        assert publish(Workspace(root, TODAY, root), root / "site").kept == ("2022-07",)
        assert 'href="../2022-07/index.html"' in (root / "site/2022-08/index.html").read_text("utf-8")
    finally:
        path.write_text(whole, "utf-8")


def test_a_page_alone_leads_to_the_site_if_there_is_one(root: Path) -> None:
    web = outlet_of("web")
    files = web.files(open_edition(read(root)), {})
    assert not isinstance(files, bytes)
    assert TAIL in Page(files["index.html"].decode()).text and TAIL in Page(files["fragment.html"].decode()).text
    publication = root / "publication.toml"
    whole = publication.read_text("utf-8")
    publication.write_text(whole + SITE, "utf-8")
    try:
        files = web.files(open_edition(read(root)), {})
    finally:
        publication.write_text(whole, "utf-8")
    assert not isinstance(files, bytes)
    for name in ("index.html", "fragment.html"):
        assert re.findall(r'href="(https://www\.example\.org/tongxun/2022-07/[^"]*)"', files[name].decode())[:2] == [
            "https://www.example.org/tongxun/2022-07/#news-2"] * 2
