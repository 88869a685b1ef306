"""Other people's readers over what the press makes: ``make readers``.

A browser, a checker of accessibility and one of markup, a reader of feeds, Python's of mail, LibreOffice. What is not
to be had on a machine is said (SKIPPED) and passed over. Exit status: 0 all that ran found nothing, 1 a fault.
"""

from __future__ import annotations

import email
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from email import policy
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ADDRESS = "https://www.example.org/tongxun/"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ATOM = "{http://www.w3.org/2005/Atom}"
# Nothing is to come from the network but what npm itself installs.
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


# An issue of other shapes than the samples': no report, many pictures, a broad table, lists, notes, long words.
OTHER = "2022-09"
TABLE = "| 地区 | 一月 | 二月 | 三月 | 四月 | 五月 | 六月 |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n" + (
    "| 大连高新技术产业园区 | 12345.67 | 12345.67 | 12345.67 | 12345.67 | 12345.67 | 12345.67 |\n" * 3)
BODY = f"首段有注[^1]，见 [原文](https://example.org/a/very/long/path/that/does/not/break/anywhere/index.html)。\n\n" \
    f"- 一项\n- 二项\n\n{TABLE}\n末段 supercalifragilisticexpialidocious-and-longer-still 完。\n\n[^1]: 注文。\n"
# What each reader must find in pages made to be wrong: one that finds nothing there has not looked.
PLANTED = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>t</title></head><body><main><h1>h</h1>
<p id="a">甲</p><p id="a">乙</p><img src="none.png">
<div style="width:2000px;color:#eee;background:#fff">看不清的一行字</div>
<script>console.error("planted")</script></main></body></html>"""
PLANTED_ARTICLE = '<section style="position:absolute;color:red"><ul><li>甲</li></ul><img src="https://x.example/a.png"></section>'
MUST_FIND = ("html-validate no-dup-id", "console: planted", "px too wide", "not found: ", "axe image-alt",
             "axe color-contrast", "elements are lost", "a style is lost", "a picture from outside",
             "only 1 characters")


class Skipped(Exception):
    """A reader that this machine does not have; says which."""


def made(work: Path) -> Path:
    """The sample publication with all its outlets and its site, in a folder."""
    place = work / "issues"
    shutil.copytree(ROOT / "issues", place, ignore=shutil.ignore_patterns("out", ".press"))
    publication = place / "publication.toml"
    publication.write_text(publication.read_text("utf-8") + f'\n[site]\naddress = "{ADDRESS}"\n', "utf-8")
    issue = place / OTHER
    (issue / "images").mkdir(parents=True)
    for name, size in (("tall", (600, 900)), ("broad", (1600, 300)), ("plain", (900, 600))):
        Image.new("RGB", size, (70, 110, 120)).save(issue / "images" / f"{name}.png")
    news = "".join(f"[[news]]\ntitle = \"第{at}条：关于推动服务外包加快转型升级的指导意见发布\"\nsource = \"某报\"\n"
                   f'image = "images/{("tall", "broad", "plain")[at % 3]}.png"\ncaption = "图片说明{at}"\n'
                   f"body = \'\'\'\n{BODY}\'\'\'\n" for at in range(1, 13))
    (issue / "issue.toml").write_text(f"[issue]\nnumber = 9\ndate = 2022-09-26\n{news}", "utf-8")
    outlets = [word for name in ("web", "wechat", "mail", "docx") for word in ("--to", name)]
    for command in (["render", "2022-08", *outlets], ["render", OTHER, "--to", "web", "--theme", "modern"], ["site"]):
        subprocess.run([sys.executable, "-m", "bulletin_press", "-w", str(place), *command], check=True,
                       stderr=subprocess.DEVNULL)
    return place


def pages(work: Path) -> Iterator[str]:
    """The browser's, axe's and html-validate's faults."""
    if not (shutil.which("npm") and shutil.which("node")):
        raise Skipped("no npm: browser, axe, html-validate, WeChat's editor")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise Skipped("no Chromium: browser, axe, html-validate, WeChat's editor")
    if not (HERE / "node_modules" / ".package-lock.json").exists() and subprocess.run(INSTALL, cwd=HERE).returncode:
        raise Skipped("npm could not install: browser, axe, html-validate, WeChat's editor")
    (work / "planted.html").write_text(PLANTED, "utf-8")
    (work / "planted-article.html").write_text(PLANTED_ARTICLE, "utf-8")
    found = "\n".join(_read(browser, work, [work / "planted.html"], work / "planted-article.html"))
    yield from (f"blind: the planted fault “{one}” is not found" for one in MUST_FIND if one not in found)
    out, site = work / "issues" / "2022-08" / "out", work / "issues" / "site"
    shown = [out / "2022-08-web" / "index.html", work / "issues" / OTHER / "out" / f"{OTHER}-web" / "index.html",
             *(site / name for name in ("index.html", "search.html", "2022-07/index.html", f"{OTHER}/index.html"))]
    yield from _read(browser, work, shown, out / "2022-08-wechat" / "article.html")


def _read(browser: str, work: Path, shown: list[Path], article: Path) -> list[str]:
    """What the browser's reader says of some pages and of an article."""
    (work / "job.json").write_text(json.dumps({"pages": [*map(str, shown)], "article": str(article)}), "utf-8")
    ran = subprocess.run(["node", "read.mjs", browser, str(work)], cwd=HERE, stdout=subprocess.PIPE, text=True,
                         timeout=900, env={**os.environ, "HOME": str(work)})
    faults = ran.stdout.splitlines()
    return faults or ([f"the browser's reader ended with status {ran.returncode}"] if ran.returncode else [])


def desk(work: Path) -> Iterator[str]:
    """What a Chromium finds that types, moves, pastes and mends in the desk, on a copy of the samples."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not (HERE / "node_modules" / ".package-lock.json").exists():
        raise Skipped("no Chromium or no npm: the desk")
    for driver in ("desk.mjs", "desk-pages.mjs", "desk-keys.mjs"):
        yield from _driven(work, browser, driver)
    yield from _driven(work, browser, "desk-first.mjs", samples=False)


def _driven(work: Path, browser: str, driver: str, *, samples: bool = True) -> Iterator[str]:
    """What one driver finds, on a copy of the samples or in an empty folder of its own."""
    root = work / driver.removesuffix(".mjs")
    if samples:
        shutil.copytree(ROOT / "issues", root, ignore=shutil.ignore_patterns("out", ".press"))
    else:
        root.mkdir()
    command = [sys.executable, "-m", "bulletin_press", "-w", str(root), "desk", "--no-browser"]
    # Settings of mail are the user's: the drivers have their own.
    own = {**os.environ, "PRESS_SETTINGS": str(work / "config" / f"{root.name}.toml")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=own) as process:
        assert process.stderr
        address = process.stderr.readline().split()[-1]
        try:
            ran = subprocess.run(["node", driver, browser, address, str(root), ""], cwd=HERE, text=True,
                                 stdout=subprocess.PIPE, timeout=900, env={**os.environ, "HOME": str(work)})
            yield from ran.stdout.splitlines()
            if ran.returncode:
                yield f"desk: {driver} ended with status {ran.returncode}"
            yield from _ended(process, driver)
        finally:
            process.kill()


def _ended(process: subprocess.Popen[str], driver: str) -> Iterator[str]:
    """Whether the desk ends as its button says; else by Ctrl-C, where that was not pressed or not heard."""
    for signalled in (0, signal.SIGINT):
        if signalled:
            yield f"desk: {driver} is through and the desk goes on"
            process.send_signal(signalled)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=30)
            if process.returncode:
                yield f"desk: ended with status {process.returncode} after {driver}"
            return
    yield f"desk: still at it after {driver} and Ctrl-C"


def assets(work: Path) -> Iterator[str]:
    """Whether the desk's script is what its sources make, with the packages of the lock."""
    if not shutil.which("npm"):
        raise Skipped("no npm: the desk's script")
    copied = work / "assets" / "tools" / "desk"
    shutil.copytree(ROOT / "tools" / "desk", copied, ignore=shutil.ignore_patterns("node_modules"))
    made = Path("bulletin_press") / "desk" / "server" / "assets" / "desk.js"
    (work / "assets" / made).parent.mkdir(parents=True)
    if subprocess.run(INSTALL, cwd=copied).returncode:
        raise Skipped("npm could not install: the desk's script")
    if subprocess.run(("npm", "run", "--silent", "build"), cwd=copied, stderr=subprocess.DEVNULL).returncode:
        yield "assets: they cannot be built"
    elif (work / "assets" / made).read_bytes() != (ROOT / made).read_bytes():
        yield "assets: desk.js is not what tools/desk makes; run make assets"


def feeds(work: Path) -> Iterator[str]:
    """What feed readers and the formats' own rules (RFC 4287, JSON Feed 1.1, Sitemaps 0.9) say."""
    import feedparser

    site = work / "issues" / "site"
    read = feedparser.parse(str(site / "feed.xml"))
    if read.bozo or read.version != "atom10" or len(read.entries) != 3:
        yield f"feed.xml: {read.get('bozo_exception')} {read.version} {len(read.entries)} entries"
    yield from _atom(ElementTree.parse(site / "feed.xml").getroot())
    yield from _json_feed(json.loads((site / "feed.json").read_text("utf-8")))
    places = [node.text or "" for node in ElementTree.parse(site / "sitemap.xml").getroot().iter(
        "{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    for place in places:
        target = site / place.removeprefix(ADDRESS) / "index.html"
        if not place.startswith(ADDRESS) or not target.exists():
            yield f"sitemap.xml: {place} leads nowhere"


def _atom(feed: ElementTree.Element) -> Iterator[str]:
    """Section 4.1: what a feed and an entry have once, and what an entry has at most once."""
    for node in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            if len(node.findall(ATOM + name)) != 1:
                yield f"feed.xml: {node.tag} has not one {name}"
        for name in ("updated", "published"):
            for one in node.findall(ATOM + name):
                if datetime.fromisoformat(one.text or "").tzinfo is None:
                    yield f"feed.xml: {one.text} has no zone"
        alternates = [(one.get("type"), one.get("hreflang")) for one in node.findall(f"{ATOM}link")
                      if one.get("rel", "alternate") == "alternate"]
        if len(alternates) != len(set(alternates)):
            yield "feed.xml: two alternates of one kind"
    if not feed.findall(f"{ATOM}author") and not all(one.findall(f"{ATOM}author") for one in feed.iter(f"{ATOM}entry")):
        yield "feed.xml: nobody wrote it"
    if not any(one.get("rel") == "self" for one in feed.findall(f"{ATOM}link")):
        yield "feed.xml: no link to itself"
    names = [one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")]
    if len(set(names)) != len(names):
        yield "feed.xml: an id twice"


def _json_feed(feed: dict[str, object]) -> Iterator[str]:
    items = feed.get("items")
    version = feed.get("version")
    if version != "https://jsonfeed.org/version/1.1" or not feed.get("title") or not isinstance(items, list):
        yield "feed.json: version, title or items"
        return
    for item in items:
        if not isinstance(item.get("id"), str) or not (item.get("content_text") or item.get("content_html")):
            yield f"feed.json: {item.get('id')} has no id or no content"
        for name in ("date_published", "date_modified"):
            if datetime.fromisoformat(item[name]).tzinfo is None:
                yield f"feed.json: {item[name]} has no zone"


def mail(work: Path) -> Iterator[str]:
    """The message as a mail program takes it apart."""
    data = (work / "issues" / "2022-08" / "out" / "2022-08-mail.eml").read_bytes()
    found = email.message_from_bytes(data, policy=policy.default)
    faults = [*found.defects, *(fault for part in found.walk() for fault in part.defects)]
    yield from (f"mail: {fault}" for fault in faults)
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data) or max(map(len, data.split(b"\r\n"))) > 998 or not data.isascii():
        yield "mail: line ends, a line of over 998 bytes, or bytes that are no ASCII"
    kinds = [part.get_content_type() for part in found.walk()]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        yield f"mail: {kinds}"
    plain, page = (found.get_body((kind,)) for kind in ("plain", "html"))
    if plain is None or page is None or len(plain.get_content()) < 500 or "</html>" not in page.get_content():
        yield "mail: a part is missing"


def word(work: Path) -> Iterator[str]:
    """The Word edition as LibreOffice lays it out."""
    office = shutil.which("libreoffice") or shutil.which("soffice")
    if office is None:
        raise Skipped("no LibreOffice: the Word edition")
    import pypdfium2

    out = work / "issues" / "2022-08" / "out"
    subprocess.run([office, f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", "pdf",
                    "--outdir", str(work), str(out / "2022-08-docx.docx")],
                   check=True, capture_output=True, timeout=120)
    document = pypdfium2.PdfDocument(work / "2022-08-docx.pdf")
    words = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    if not 5 <= len(document) <= 14:
        yield f"docx: {len(document)} pages"
    source = (work / "issues" / "2022-08" / "issue.toml").read_text("utf-8")
    for title in re.findall(r'(?m)^title\s*=\s*"([^"]+)"', source):
        if "".join(title.split()) not in words:
            yield f"docx: “{title}” is not on its pages"


def main() -> int:
    """Have all of them read; returns the exit status."""
    failed = skipped = passed = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        made(work)
        readers: tuple[Callable[[Path], Iterator[str]], ...] = (pages, desk, assets, feeds, mail, word)
        for reader in readers:
            try:
                faults = list(reader(work))
            except Skipped as why:
                print(f"SKIPPED: {why}")
                skipped += 1
                continue
            except subprocess.TimeoutExpired as late:
                faults = [f"{reader.__name__}: still at it after {late.timeout} s"]
            print("\n".join([f"{reader.__name__}: {len(faults)} faults", *faults]), flush=True)
            failed, passed = failed + bool(faults), passed + (not faults)
    print(f"readers: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
