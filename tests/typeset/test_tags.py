"""Tags of single forms: what becomes of lists, links, tables, decoration."""

import pytest
from tagged import Element, Tagged, tagged

from typeset.conftest import Render


def read(document: object) -> Tagged:
    found = tagged(document.write_pdf(pdf_tags=True))  # type: ignore[attr-defined]
    assert found.loose == []
    assert set(found.drawn) <= set(found.root.contents())
    return found


def shape(found: Tagged, element: Element | None = None) -> str:
    """An element as text: `P(数字Link(字))`; spans that say nothing of their own left out."""
    parts = []
    for kid in (element or found.root).kids:
        if isinstance(kid, Element) and kid.role == "Span" and "/Lang" not in kid.node:
            parts.append(shape(found, kid))
        elif isinstance(kid, Element):
            parts.append(f"{kid.role}({shape(found, kid)})")
        else:
            parts.append("".join((found.texts.get(kid) or "*").split()))
    return "".join(parts)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>数字<b>经<i>济</i></b></p>", "P(数字经济)"),
        ("<div>数字<div>经济</div>发展</div>", "P(数字)P(经济)P(发展)"),
        ("<section><h2>数字</h2>经济</section>", "Sect(H2(数字)P(经济))"),
        ("<h2><span style='display: block'>数</span>字</h2>", "H2(数字)"),
        ("<h2 style='display: flex'><span>数</span><span>字</span></h2>", "H2(数字)"),
        ("<p>见<a href='https://a.cn'>数<b>字</b></a>。</p>", "P(见Link(数字)。)"),
        ("<p><a href='#x'>数</a></p><p id=x>字</p>", "P(Link(数))P(字)"),
        ("<p><a href='#nowhere'>数</a>字</p>", "P(数字)"),
        ("<div><a href='https://a.cn'>数字</a></div>", "P(Link(数字))"),
        ("<ul style='list-style: none'><li>数<ul style='list-style: none'><li>字</ul></ul>",
         "L(LI(LBody(数L(LI(LBody(字))))))"),
        ("<ul style='list-style: none'><li class=dot>数</ul>", "L(LI(Lbl(·)LBody(数)))"),
        ("<dl><dt>数<dd>字<dd>经<dt>济<dd><p>发</p></dl>",
         "L(LI(Lbl(数)LBody(P(字)P(经)))LI(Lbl(济)LBody(Div(P(发)))))"),
        ("<dl><dt>数</dt></dl>", "L(LI(LBody(数)))"),
        ("<div role=list><p role=listitem>数</p></div>", "L(LI(LBody(数)))"),
        ("<p aria-hidden=true>数</p><p>字</p>", "P(字)"),
        ("<p>数<span style='--tag: artifact'>字</span></p>", "P(数)"),
        ("<p>数<span style='visibility: hidden'>字</span></p>", "P(数)"),
        ("<p>数<span lang=en>a</span></p>", "P(数Span(a))"),
        ("<p>数</p><p></p><div> </div><p>字</p>", "P(数)P(字)"),
        ("<p style='text-decoration: underline'>数字</p>", "P(数字)"),
        ("<p style='opacity: .5'>数字</p><p>经</p>", "P(数字)P(经)"),
        ("<p class=leads>数</p>", "P(数字)"),
        ("<p>数</p><p style='position: absolute; top: 0'>字</p><p>经</p>", "P(数)P(字)P(经)"),
        ("<p>数</p><p style='float: left; border: 1px solid'>字</p><p>经</p>", "P(数)P(字)P(经)"),
        ("<blockquote><p>数</p></blockquote>", "BlockQuote(P(数))"),
    ],
)  # fmt: skip
def test_one_element_is_one_element(render: Render, body: str, expected: str) -> None:
    css = (".leads::after { content: leader('.') '字' } .dot::before { content: '·'; position: absolute }"
           "@page { @top-center { content: '眉' } }")  # fmt: skip
    found = read(render(body, css))
    assert shape(found) == expected
    assert any("眉" in text for text in found.artifacts)


def test_a_paragraph_over_columns_and_pages_is_one(render: Render) -> None:
    text = "数字经济发展" * 60
    found = read(render(f"<div style='columns: 2; column-gap: 0'><p>{text}</p></div>", "@page { size: 100px 90px }"))
    assert shape(found) == f"P({text})"
    assert len({page for page, _, _ in found.root.contents()}) > 1


def test_a_table_over_pages_is_one_and_its_head_is_read_once(render: Render) -> None:
    rows = "".join(f"<tr><th scope=row>数{at}<td>{at}" for at in range(12))
    found = read(render(
        f"<figure><figcaption>经</figcaption><table><thead><tr><th>名<th>值</thead><tbody>{rows}</table></figure>",
        "@page { size: 100px 60px } figure { margin: 0 }"))  # fmt: skip
    body = "".join(f"TR(TH(数{at})TD({at}))" for at in range(12))
    assert shape(found) == f"Div(Table(Caption(经)THead(TR(TH(名)TH(值)))TBody({body})))"
    assert "".join(found.artifacts).count("名") > 3
    cells = found.root.all("TH", "TD")
    assert [cell.attribute("/Scope") for cell in cells[:4]] == ["/Column", "/Column", "/Row", None]
    heads = {cell.node["/ID"]: shape(found, cell) for cell in found.root.all("TH")}
    assert [[heads[name] for name in cell.attribute("/Headers")] for cell in found.root.all("TD")] == [
        [f"数{at}", "值"] for at in range(12)]  # fmt: skip


def test_heads_over_several_columns_and_rows(render: Render) -> None:
    found = read(render(
        "<table><thead><tr><th rowspan=2>甲<th colspan=2>乙<tr><th>丙<th>丁</thead>"
        "<tr><th scope=row rowspan=2>戊<td>1<td>2<tr><td>3<td>4</table>"))  # fmt: skip
    heads = {cell.node["/ID"]: shape(found, cell) for cell in found.root.all("TH")}
    expected = [["戊", "乙", "丙"], ["戊", "乙", "丁"]] * 2
    assert [[heads[name] for name in cell.attribute("/Headers")] for cell in found.root.all("TD")] == expected


def test_links_are_clicked_once_a_line(render: Render) -> None:
    found = read(render(
        f"<p><a class=leads href='#x'>数<b>字</b></a></p><p><a href='https://a.cn'>{'经' * 15}</a></p><p id=x>济</p>",
        ".leads::after { content: leader('.') '9' }"))  # fmt: skip
    assert [len(link.notes) for link in found.root.all("Link")] == [1, 2]


def test_pictures_and_their_words(render: Render) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}<rect width='9' height='9'/></svg>"
    found = read(render(
        f"<figure style='margin: 0'>{svg.format('<title>数</title>')}<figcaption>字</figcaption></figure>"
        f"<p>经{svg.format('').replace('<svg', '<svg aria-hidden=true')}</p>"))  # fmt: skip
    assert shape(found) == "Div(Figure(*)Caption(字))P(经)"
    assert found.root.all("Figure")[0].node["/Alt"] == "数"


def test_text_of_a_faint_paragraph_is_found_in_its_drawing(render: Render) -> None:
    found = read(render("<p style='opacity: .5'>数字</p>"))
    ((page, stream, _),) = found.root.contents()
    assert (page, bool(stream)) == (0, True)
    (paragraph,) = found.root.all("P")
    assert [paragraph.node["objgen"]] in found.claimed.values()


def test_what_covers_something_is_drawn_over_it(render: Render) -> None:
    """Where order would show, CSS's own order stays: a label over a later paragraph."""
    css = "div { position: absolute; top: 0; background: #fff }"
    found = read(render("<section><div>数</div><p>字</p></section>", css))
    assert shape(found) == "Sect(P(数)P(字))"
    assert [found.texts[one] for one in found.drawn] == ["字", "数"]
    found = read(render("<section><div>数</div><p>字</p></section>", css + "p { margin-top: 50px }"))
    assert [found.texts[one] for one in found.drawn] == ["数", "字"]
