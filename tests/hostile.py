"""Hostile fetches: the list, and a program that tries each with an audit hook looking on.

``python hostile.py FOLDER`` prints JSON: for each attack what was opened, connected to and leaked
with WeasyPrint as it comes, and the same with ours. ``python hostile.py WORKSPACE ISSUE OUTPUT``
renders an issue under the same watch.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MARK = "canary-7391"
SIZE = (73, 91)

# {u} is an address without its ending.
HTML = {
    "img": '<img src="{u}.png" alt="x">',
    "img-svg": '<img src="{u}.svg" alt="x">',
    "object": '<object data="{u}.png"></object>',
    "embed": '<embed src="{u}.png">',
    "link-stylesheet": '<link rel="stylesheet" href="{u}.css">',
    "link-stylesheet-case": '<LINK REL="StyleSheet" HREF="{u}.css">',
    "link-attachment": '<link rel="attachment" href="{u}.txt">',
    "a-attachment": '<a rel="attachment" href="{u}.txt">x</a>',
    "style-import": '<style>@import "{u}.css";</style>',
    "style-import-url": "<style>@import url({u}.css) print;</style>",
    "background": '<p style="background: url({u}.png)">x</p>',
    "background-svg": "<p style=\"background-image: url('{u}.svg'); height: 90px\">x</p>",
    "content": '<style>p::before {{ content: url("{u}.png") }}</style><p>x</p>',
    "content-element": '<p style="content: url({u}.png)">x</p>',
    "list-style": '<ul><li style="list-style: url({u}.png)">x</li></ul>',
    "list-style-image": '<ul style="list-style-image: url({u}.png)"><li>x</li></ul>',
    "border-image": '<p style="border: 9px solid; border-image: url({u}.png) 3">x</p>',
    "page-background": "<style>@page {{ background: url({u}.png) }}</style>",
    "margin-box": '<style>@page {{ @top-left {{ content: url("{u}.png") }} }}</style>',
    "font-face": '<style>@font-face {{ font-family: Z; src: url({u}.ttf) }}</style><p style="font-family: Z">aaa</p>',
    "color-profile": "<style>@color-profile device-cmyk {{ src: url({u}.icc) }}</style>"
                     '<p style="color: device-cmyk(0 0 0 1)">x</p>',
    "base": '<base href="{u}.png"><img src="canary.png" alt="x">',
    "svg-image": '<svg width="9" height="9"><image href="{u}.png" width="9" height="9"/></svg>',
    "svg-image-xlink": '<svg width="9" height="9"><image xlink:href="{u}.png" width="9" height="9"/></svg>',
    "svg-use": '<svg width="9" height="9"><use href="{u}.svg#a" width="9" height="9"/></svg>',
    "svg-style": '<svg width="9" height="9"><style>@import "{u}.css";</style><rect width="9" height="9"/></svg>',
    "data-svg": '<img alt="x" src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 width=%2773%27'
                ' height=%2791%27%3E%3Cimage href=%27{u}.png%27 width=%2773%27 height=%2791%27/%3E%3C/svg%3E">',
    "data-css": '<link rel="stylesheet" href="data:text/css,@import %22{u}.css%22;">',
    "picture": '<picture><source srcset="{u}.png"><img srcset="{u}.png 2x" alt="x"></picture>',
    "media": '<video poster="{u}.png" src="{u}.mp4"></video><audio src="{u}.mp3"></audio><iframe src="{u}.html">'
             '</iframe><script src="{u}.js"></script><input type="image" src="{u}.png">',
    "inherited": '<style>:root {{ --x: url({u}.png) }} p {{ background: var(--x) }}</style><p>x</p>',
    "css-filters": '<p style="mask: url({u}.png); filter: url({u}.svg#f); cursor: url({u}.png), auto;'
                   ' clip-path: url({u}.svg#c); shape-outside: url({u}.png)">x</p>',
}
# Ways of writing an address, tried with a few of the above.
ADDRESSES = {
    "one-slash": "file:{p}",
    "localhost": "file://localhost{p}",
    "case": "FiLe://{p}",
    "case-http": "HtTp://127.0.0.1:9/canary",
    "percent": "file://{q}",
    "query": "file://{p}.png?x=",
    "https": "https://127.0.0.1:9/canary",
    "ftp": "ftp://127.0.0.1:9/canary",
    "user": "http://asset:asset@127.0.0.1:9/canary",
    "metadata": "http://169.254.169.254/latest/canary",
    "v6": "http://[::1]:9/canary",
    "asset-path": "asset:../..{p}",
    "asset-host": "asset://localhost{p}",
    "unc": "file:////server/share/canary",
    "unc-back": "\\\\server\\share\\canary",
    "protocol-relative": "//127.0.0.1:9/canary",
    "absolute": "{p}",
    "parent": "../{n}/canary",
    "relative": "canary",
    "dotted": "./canary",
    "escaped-blank": "&#9;file://{p}",
    "jar": "jar:file://{p}!/x",
    "php": "php://filter/resource={p}",
    "gopher": "gopher://127.0.0.1:9/canary",
}
TRIED = ("img", "link-stylesheet", "a-attachment", "background", "svg-image")


def vectors(folder: str) -> Iterator[tuple[str, str]]:
    """Name and HTML of every attack on a folder."""
    path = f"{folder}/canary"
    encoded = "/".join("".join(f"%{ord(c):02X}" for c in part) for part in path.split("/"))
    for name, html in HTML.items():
        yield f"{name}/file", html.format(u=f"file://{path}")
        yield f"{name}/http", html.format(u="http://127.0.0.1:9/canary")
    for name, address in ADDRESSES.items():
        known = address.format(p=path, q=encoded, n=folder.rpartition("/")[2])
        for tried in TRIED:
            yield f"{tried}/{name}", HTML[tried].format(u=known)


def lay_bait(folder: Path) -> None:
    """Write the files that nothing may open."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "canary.txt").write_text(MARK, encoding="utf-8")
    (folder / "canary.css").write_text(f'p, a, h1 {{ bookmark-level: 1; bookmark-label: "{MARK}" }}',
                                       encoding="utf-8")
    Image.new("RGB", SIZE, "red").save(folder / "canary.png")
    (folder / "canary.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="73" height="91"><rect id="a" x="7.391" y="7.391"'
        ' width="73.917" height="9"/></svg>', encoding="utf-8")
    build_font(folder / "canary.ttf", "Canary", "a")


def build_font(path: Path, family: str, characters: str) -> None:
    """A font that shows a triangle for each of some characters; its PostScript name is Decoy."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000, isTTF=True)
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    builder.setupGlyphOrder([".notdef", "triangle"])
    builder.setupCharacterMap(dict.fromkeys(map(ord, characters), "triangle"))
    builder.setupGlyf(dict.fromkeys((".notdef", "triangle"), pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "triangle"), (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": "Decoy"})
    builder.setupOS2()
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)


def leaks(data: bytes) -> list[str]:
    """What of the bait a PDF holds."""
    import pikepdf

    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                if (item.get("/Width"), item.get("/Height")) == SIZE:
                    found.append("image")
                try:
                    content = item.read_bytes()
                except pikepdf.PdfError:
                    content = item.read_raw_bytes()
                found += [name for name, mark in (("text", MARK.encode()), ("drawing", b"73.917"))
                          if mark in content]
            elif isinstance(item, pikepdf.Dictionary):
                found += [key for key in ("/BaseFont", "/Title") if any(
                    mark in str(item.get(key, "")) for mark in (MARK, "Canary"))]
    return found


class Watch:
    """An audit hook: notes the bait's files as they are opened, and stops every connection."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.connected: list[str] = []
        sys.addaudithook(self)

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        if event == "open" and "canary" in str(values[0]):
            self.opened.append(str(values[0]))
        elif event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
            self.connected.append(str(values[:2]))
            raise OSError("no connections here")

    def taken(self) -> dict[str, list[str]]:
        """What happened since the last time."""
        taken = {"opened": self.opened, "connected": self.connected}
        self.opened, self.connected = [], []
        return taken


def render(workspace: Path, issue: str, output: Path) -> None:
    """Render an issue under watch: what authors type must reach nothing."""
    from datetime import date

    from bulletin_press.pipeline import render
    from bulletin_press.publication.workspace import Workspace

    watch = Watch()
    place = Workspace(workspace, date(2022, 9, 1), workspace)
    rendered = render(place, place.issue_path(issue), output=output, draft=True)
    read = rendered.checked.readable
    pages = sum(made.pages for made in rendered.outputs)
    print(json.dumps(watch.taken() | {
        "unread": [] if read else [str(found) for found in rendered.checked.findings], "pages": pages}))


def main(folder: Path) -> None:
    """Try every attack both ways."""
    from bulletin_press.ground.diagnostics import PressError
    from bulletin_press.typeset.assets import Assets
    from bulletin_press.typeset.setter import lay_out

    logging.disable(logging.NOTSET)
    lay_out("<p>x", Assets(), "gentle").pdf()
    import weasyprint
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())

    watch, outcomes = Watch(), {}
    for name, body in vectors(folder.as_posix()):
        html = f'<!doctype html><html lang="zh"><title>x</title><body><h1>x</h1>{body}</body></html>'
        assets, refused = Assets(), []
        try:
            pages = lay_out(html, assets, "gentle")
            data = pages.pdf()
            refused = [line for line in pages.logged if "Relative URI reference" in line]
        except PressError:
            data = b""
        ours = watch.taken() | {"leaked": leaks(data) if data else [], "refused": [*assets.refused, *refused]}
        try:
            data = weasyprint.HTML(string=html, base_url=f"{folder.as_uri()}/page.html").write_pdf()
        except Exception:
            data = b""
        outcomes[name] = {"ours": ours, "theirs": watch.taken() | {"leaked": leaks(data) if data else []}}
    print(json.dumps(outcomes))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        render(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]))
