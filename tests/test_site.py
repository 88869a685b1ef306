"""``press site``: addresses lead somewhere and go on doing so, feeds are what they say, errata show."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from commands import Press
from lxml import etree
from test_flowing import Page
from test_generated_docs import refusals
from workspaces import TODAY, samples

from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.made_folder import LIST
from bulletin_press.issue.reading import read_issue
from bulletin_press.pipeline import publish
from bulletin_press.publication.workspace import Workspace

ADDRESS = "https://www.example.org/tongxun"
DATA = Path(__file__).parent / "data"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = samples(tmp_path / "issues")
    publication = made / "publication.toml"
    publication.write_text(publication.read_text("utf-8") + f'\n[site]\naddress = "{ADDRESS}"\n', "utf-8")
    return made


def workspace(root: Path) -> Workspace:
    return Workspace(root, TODAY, root)


def test_every_link_on_the_site_leads_somewhere(root: Path) -> None:
    made = publish(workspace(root), root / "site")
    assert made.issues == ("2022-07", "2022-08") and not made.left_out
    folder = root / "site"
    pages = {path: Page(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    anchors = {path: {attributes["id"] for _, attributes in page.elements if "id" in attributes}
               for path, page in pages.items()}
    for path, page in pages.items():
        assert not page.faults, path
        for tag, attributes in page.elements:
            address = attributes.get("href") or (attributes.get("src") if tag in ("img", "script") else None)
            if not address or re.match(r"[a-z]+:", address):
                continue
            file, _, anchor = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), (path, address)
            assert not anchor or anchor in anchors[target], (path, address)


def test_feeds_and_sitemap(root: Path) -> None:
    issue = root / "2022-07" / "issue.toml"
    erratum = '\n[[errata]]\ndate = 2022-08-02\ntext = "甲应为乙 & <丙>。"\n'
    issue.write_text(issue.read_text("utf-8") + erratum, "utf-8")
    publish(workspace(root), root / "site")
    feed = ElementTree.parse(root / "site/feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{ADDRESS}/2022-08/", f"{ADDRESS}/2022-07/"]
    assert "有勘误" in (entries[1].findtext(f"{ATOM}title") or "")
    assert (entries[1].findtext(f"{ATOM}updated"), entries[1].findtext(f"{ATOM}published")) == (
        "2022-08-02T00:00:00+08:00", "2022-07-12T00:00:00+08:00")
    as_json = json.loads((root / "site/feed.json").read_text("utf-8"))
    assert [item["url"] for item in as_json["items"]] == [f"{ADDRESS}/2022-08/", f"{ADDRESS}/2022-07/"]
    tree = ElementTree.parse(root / "site/sitemap.xml").getroot()
    places = [node.text for node in tree.iter() if node.tag.endswith("loc")]
    assert places == [f"{ADDRESS}/", f"{ADDRESS}/2022-08/", f"{ADDRESS}/2022-07/"]
    page = Page((root / "site/2022-07/index.html").read_text("utf-8"))
    assert "甲应为乙&<丙>。" in page.text
    assert "勘误" not in Page((root / "site/2022-08/index.html").read_text("utf-8")).text


def test_feeds_are_what_their_standards_say(root: Path) -> None:
    publish(workspace(root), root / "site")
    schema = etree.RelaxNG(etree.parse(DATA / "atom.rng"))
    feed = etree.parse(root / "site/feed.xml")
    assert schema.validate(feed), schema.error_log
    for spoilt in ("id", "updated", "entry/title", "entry/link"):
        broken = etree.parse(root / "site/feed.xml")
        one = broken.getroot().find("/".join(ATOM + part for part in spoilt.split("/")))
        one.getparent().remove(one)
        assert not schema.validate(broken), spoilt
    known = json.loads((DATA / "json-feed.schema.json").read_text("utf-8"))
    as_json = json.loads((root / "site/feed.json").read_text("utf-8"))
    assert refusals(as_json, known) == []
    assert refusals({**as_json, "items": [{"id": 1}]}, known) and refusals({**as_json, "link": ""}, known)


def test_the_archive_goes_by_years_and_by_the_order_of_the_issue(root: Path) -> None:
    old = root / "2021-12" / "issue.toml"
    old.parent.mkdir()
    old.write_text('[issue]\nnumber = 12\ndate = 2021-12-20\n[[policy]]\ntitle = "旧政策"\nsource = "商务部"\n'
                   'body = "办法印发。"\n', "utf-8")
    for name in ("2022-07", "2022-08"):
        path = root / name / "issue.toml"
        without = re.sub(r"(?ms)^\[\[policy\]\].*?(?=^\[\[?(?!policy)\w+\]|\Z)", "", path.read_text("utf-8"))
        path.write_text(without, "utf-8")
    publish(workspace(root), root / "site")
    text = (root / "site/index.html").read_text("utf-8")
    bar = text[text.index('<nav class="chips"'):].partition("</nav>")[0]
    chips = re.findall(r">([^<>]+)(?:<span>\d+期</span>)?</a>", bar)
    assert chips[:2] == ["2022年", "2021年"]
    assert chips[2:] == ["数据月报", "行业资讯", "最新政策/研究报告", "会员风采", "协会动态", "知识小贴士"]


def test_the_search_has_every_item_and_nothing_can_end_its_script(root: Path) -> None:
    issue = root / "2022-07" / "issue.toml"
    issue.write_text(issue.read_text("utf-8").replace('title = "', 'title = "</script>', 1), "utf-8")
    publish(workspace(root), root / "site")
    text = (root / "site/search-data.js").read_text("utf-8")
    assert "</script>" not in text
    records = json.loads(text.removeprefix("window.SEARCH=").rstrip(";\n"))
    place = workspace(root)
    issues = [read_issue(place, place.issue_path(name)) for name in place.issue_names]
    items = [item for one in issues for section in one.document.sections
             for item in section.items]
    assert len(records) == len(items)
    assert all((root / "site" / record["u"].partition("#")[0]).is_file() for record in records)


def test_an_address_that_was_given_away_goes_on_leading_there(root: Path) -> None:
    publish(workspace(root), root / "site")
    old = (root / "site/2022-07/index.html").read_bytes()
    issue = root / "2022-07" / "issue.toml"
    issue.write_text(issue.read_text("utf-8").replace("[issue]", "[issue]\nnumbre = 3", 1), "utf-8")
    made = publish(workspace(root), root / "site")
    assert made.issues == ("2022-08",) and made.kept == ("2022-07",)
    assert [one.path.parent.name for one in made.left_out] == ["2022-07"]
    assert (root / "site/2022-07/index.html").read_bytes() == old
    assert (root / "site/2022-07/images").is_dir()


def test_nobody_elses_folder_is_taken(root: Path) -> None:
    (root / "site").mkdir()
    (root / "site/mine.html").write_text("我的", "utf-8")
    with pytest.raises(PressError):
        publish(workspace(root), root / "site")
    assert [path.name for path in (root / "site").iterdir()] == ["mine.html"]


def test_with_no_issue_to_show_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "publication.toml").write_text('[publication]\nname = "刊"\norganiser = "会"\n', "utf-8")
    with pytest.raises(UsageFault, match="没有一期"):
        publish(Workspace(tmp_path, TODAY, tmp_path), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_command(press: Press, tmp_path: Path) -> None:
    samples(tmp_path / "issues")
    ran = press("site", "网站")
    assert ran.status == 0 and "2 期" in ran.err and "[site] address" in ran.err
    files = {path.name for path in (tmp_path / "网站").iterdir()}
    assert {"index.html", "search.html", "style.css", LIST} <= files and "feed.xml" not in files
