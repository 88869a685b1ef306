"""What a designer may write in a template: plain HTML, with blanks, empty elements and unclosed tags as they fall."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from rendering import make_workspace, pdf_text, read
from shares import share
from workspaces import ROOT, THEMES

from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.publication.workspace import Workspace

# Each holds 甲 and 乙, in that order.
FRAGMENTS = (
    '<span style="display:inline-block">甲</span>\n  <span style="display:inline-block">乙</span>\n',
    ' <span style="display:inline-block"> <span style="display:inline-block"> 甲</span> <b> </b>乙</span> ',
    '<span style="display:inline-block"></span> <span></span>甲<!-- 注 --><b> </b><i></i>乙',
    "<p></p><h4></h4><div> </div><p>甲</p> <!-- 注 --> <p>乙</p>",
    '<div style="display:grid"><div><div style="float:left;width:50%">甲</div></div> <!-- 注 --> 乙<p></p></div>',
    '<div style="display:flex;flex-wrap:wrap"> <span>甲</span> <!-- 注 --> 乙<b style="float:right"></b>\n</div>',
    "<br>甲<br><br> <br>乙<br>", "<p><br>甲<br>乙<br></p><br>",
    "<table><tr><td>甲<td><tr><td colspan=2>乙</table>", "<table> <caption>甲</caption><tr></tr><tr><td>乙</table>",
    "<table></table><table><tr></tr></table>甲乙", '甲<table style="display:inline-table"><td>乙</table>',
    "甲&nbsp;&amp;&lt;&#8203;&#x3000;&copy;&shy;乙", "<p>甲<p>乙", "<ul><li>甲<li>乙<ul><li></ul></ul><ol></ol>",
    "<dl><dt>甲<dd>乙<dt></dl><li>", '<a href="">甲</a> <a></a> <wbr><b><div>乙</div></b>', "<b><i>甲</b>乙</i>",
    '<span style="float:left">甲</span> 乙 <span style="display:inline-flex"><i></i> <i></i></span>',
    '<div style="columns:2">甲 <p></p> <span style="display:inline-block"> </span> 乙</div>',
    '甲<p style="text-align:justify"><span style="display:inline-block;width:100%"></span></p>乙',
    '<li style="display:inline-block">甲</li> <li style="display:inline-block">乙</li>',
    '甲<img alt=""> <hr> <svg width="9" height="9"></svg>乙', "<pre>\n 甲\n\n 乙</pre>",
)
AROUND = ("{}", "<p>{}</p>", '<div style="display:flex">{}</div>', '<div style="display:grid"> {} </div>',
          "<table><tr><td> {} </table>", "<ul><li>{}</ul>", '<span style="display:inline-block"> {} </span>',
          '<div style="float:left"> {} </div>', '<p style="text-align:justify">{}</p>', "<h4>{}</h4>",
          '<div style="--snap:block">{}</div>')


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("plain")
    make_workspace(folder, publication={"publication": {"name": "试刊", "organiser": "协会", "theme": "ours"}})
    return Workspace(folder, date(2022, 9, 1), folder)


def edition(place: Workspace, start: str, html: str) -> Edition:
    """An issue in a copy of a theme whose template has more HTML at its end."""
    folder = place.root / "templates" / "themes" / "ours"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "templates" / "themes" / start, folder)
    page = folder / "page.html.j2"
    page.write_text(page.read_text("utf-8").replace("</body>", html + "</body>"), "utf-8")
    return open_edition(read(place))


def mixed() -> Iterator[str]:
    """Every fragment as it is and in one of the others' surroundings, all of them by and by."""
    for at, one in enumerate(FRAGMENTS):
        for step in range(3):
            yield AROUND[(4 * at + 3 * step) % len(AROUND)].replace("{}", one)


@pytest.mark.parametrize("start", share(THEMES, ["modern"]))
def test_plain_html_is_set(place: Workspace, start: str) -> None:
    fragments = [*FRAGMENTS, *mixed()]
    # Each kept on a page, after a line: WeasyPrint may lose a float in a grid that would begin on a page's end.
    html = "\n".join(f'<div style="break-inside: avoid"><p>例</p>{one}</div>' for one in fragments)
    text = "".join("".join(pdf_text(edition(place, start, html).pdf())).split())
    assert text.count("甲") == text.count("乙") == len(fragments)


def test_what_the_engine_cannot_set_is_told_with_the_theme(place: Workspace) -> None:
    html = '<table><tr><td><footer style="position: running(x)">甲</footer></table>'
    with pytest.raises(InputFault, match="版式 ours 的页面排不出来。排版引擎出错") as caught:
        edition(place, "classic", html).pdf()
    assert [finding.rule for finding in caught.value.findings] == ["theme-fails"]
