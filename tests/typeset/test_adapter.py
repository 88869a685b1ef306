import inspect
import io
import re
from pathlib import Path

import page
import pydyf
import pypdfium2
import pytest
import weasyprint

import bulletin_press
from bulletin_press.typeset import weasyprint_adapter
from bulletin_press.typeset.spacing import SOLID_GIVE
from bulletin_press.typeset.weasyprint_adapter import install, line_reports, names
from bulletin_press.typeset.weasyprint_adapter.writing import ending
from typeset.conftest import Render, line_boxes, typed_lines

LONG = "数字经济发展，推动2022年服务外包（RCEP国家）合同额增长238.15%。" * 4


def pdf_text(document: object) -> str:
    data = document.write_pdf(pdf_tags=True)  # type: ignore[attr-defined]
    pages = pypdfium2.PdfDocument(io.BytesIO(data))
    return "\n".join(each.get_textpage().get_text_range() for each in pages)


def test_private_names_are_where_they_were() -> None:
    """Fails loudly when WeasyPrint moves what the adapter holds on to."""
    assert weasyprint.__version__ == names.VERSION == weasyprint_adapter.KNOWN_VERSION
    for function, parameters in names.SIGNATURES.items():
        assert tuple(inspect.signature(function).parameters) == parameters, function


def test_private_names_are_touched_in_one_place() -> None:
    documented = r"(?!urls import|text\.fonts import FontConfiguration)"
    for path in Path(bulletin_press.__file__).parent.rglob("*.py"):
        if path.name != "names.py":
            found = re.search(rf"^ *(from|import) weasyprint\.{documented}", path.read_text("utf-8"), re.M)
            assert not found, path


def test_unknown_version_installs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = names.block.iter_line_boxes
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with install() as installed:
        assert not installed.active and installed.version == "71.0"
        assert names.block.iter_line_boxes is before


def test_uninstall_gives_all_back() -> None:
    modules = (names.block, names.inline, names.preferred, names.document, names.draw, names.PDF)
    before = [dict(vars(module)) for module in modules]
    installed = install()
    assert installed.active and names.block.iter_line_boxes is not before[0]["iter_line_boxes"]
    with pytest.raises(RuntimeError):
        install()
    installed.uninstall()
    installed.uninstall()
    assert [dict(vars(module)) for module in modules] == before


def test_references_to_pages_are_what_they_were() -> None:
    pdf, plain = names.PDF(), names.PDF.page_references.fget
    with install():
        for _ in range(3):
            pdf.add_page(pydyf.Dictionary())
            assert pdf.page_references == plain(pdf)
        assert pdf.page_references is pdf.page_references


def test_lines_are_flush(render: Render) -> None:
    document = render(f"<p>{LONG}</p>", "p { width: 80px }")
    lines = list(line_boxes(document))
    assert len(lines) > 5
    for line in lines[:-1]:
        assert line.width == pytest.approx(80, abs=0.01)


def test_what_is_composed_and_what_is_not(render: Render) -> None:
    document = render(
        "<p style='white-space: nowrap'>数字A经济</p><p style='white-space: pre'>数A</p>"
        "<p lang=en>数字A经济</p><p style='--setting: native'>数A</p><p>数字A</p>"
    )
    assert typed_lines(document) == ["数字A"]


@pytest.mark.parametrize("align", ["left", "center", "right", "start"])
def test_ragged_text_gets_its_gaps(render: Render, align: str) -> None:
    document = render(f"<p style='text-align: {align}'>数字A（数），“字”</p>")
    (line,) = line_boxes(document)
    assert line.width == pytest.approx(82.5)
    left = {"left": 0, "start": 0, "center": (100 - line.width) / 2, "right": 100 - line.width}
    assert line.position_x == pytest.approx(left[align])


def test_headings_are_balanced_never_justified(render: Render) -> None:
    document = render(f"<h2 style='text-align: justify'>{'数' * 13}</h2>")
    assert [line.width for line in line_boxes(document)] == [pytest.approx(70), pytest.approx(60)]


@pytest.mark.parametrize("inner", ["<b style='font-family: Tall'>{}</b>", "<sup>{}</sup>", "{}"])
def test_line_height_is_kept(render: Render, inner: str) -> None:
    body = "数字" + inner.format("经济") + "发展<small style='font-family: Tall'>甲</small>"
    document = render(f"<p>{body * 6}</p>", "small { font-size: 8px }")
    lines = list(line_boxes(document))
    assert {round(line.height, 6) for line in lines} == {15}
    assert [line.position_y for line in lines] == [
        pytest.approx(15 * number) for number in range(len(lines))
    ]


def test_copied_text_is_typed_text(render: Render) -> None:
    typed = "数字 A 经济 发展2022 年，<b>RCEP</b>国家<a href='https://a.cn'>5 %</a>， 见 “甲”——乙。"
    found = pdf_text(render(f"<p>{typed}</p>", "@page { size: 600px }"))
    assert found.strip() == "数字A经济 发展2022年，RCEP国家5 %， 见 “甲”——乙。"


@pytest.mark.parametrize("width", range(120, 240, 8))
def test_addresses_keep_their_hyphens_when_copied(render: Render, width: int) -> None:
    typed = "网站https://www.a-long-name.cn/about-us/contact-page.html，邮件digital-trade@dalian-online-service.cn。"
    document = render(f"<p>{typed}</p>", f"@page {{ size: {width}px 600px }}")
    assert "".join(pdf_text(document).split()) == typed


def test_images_leave_no_space_behind(render: Render) -> None:
    image = "<img alt=i style='width: 8px; height: 8px' src='data:image/svg+xml,<svg/>'>"
    document = render(f"<p>{('数字' + image + '经济') * 8}</p>")
    assert [line.width for line in list(line_boxes(document))[:-1]] == [pytest.approx(100)] * 3
    assert " " not in pdf_text(document)


def test_forced_breaks_and_empty_lines(render: Render) -> None:
    document = render("<p>数字<br><br>经济</p>")
    assert [line.height for line in line_boxes(document)] == [15, 15, 15]


def test_padding_of_inline_boxes_is_counted(render: Render) -> None:
    span = "<span style='padding: 0 3px; border: 1px solid'>数字经济发展数字经济发展</span>"
    document = render(f"<p>数字经济{span}数字经济发展数字</p>")
    lines = list(line_boxes(document))
    assert all(line.width == pytest.approx(100, abs=0.01) for line in lines[:-1])


def test_a_page_of_another_width(render: Render) -> None:
    css = "@page :first { size: 200px 30px } " + "@page { size: 100px 30px }"
    document = render(f"<p>{'数字经济' * 20}</p>", css + "p { orphans: 1; widows: 1 }")
    widths = [round(line.width) for line in line_boxes(document)]
    assert widths == [200, 200, 100, 100, 100, 100]
    assert "".join(typed_lines(document)) == "数字经济" * 20


def test_beside_a_float(render: Render) -> None:
    floated = "<div style='float: right; width: 40px; height: 30px'></div>"
    document = render(f"{floated}<p>{'数字经济' * 6}</p>")
    assert [round(line.width) for line in line_boxes(document)] == [60, 60, 100, 20]
    assert line_reports(document) == ()


def test_a_float_in_the_first_line(render: Render) -> None:
    document = render(f"<p><span style='float: left; width: 20px'>甲</span>{'数字经济' * 6}</p>")
    assert [round(line.width) for line in line_boxes(document)][:3] == [10, 80, 100]


def test_columns_cells_and_notes(render: Render) -> None:
    note = "<span style='float: footnote'>注释文字2022年</span>"
    document = render(
        f"<div style='columns: 2; column-gap: 0'><p>数字经济{note}发展数字经济发展</p></div>"
        "<table><tr><td>数字A</td><td>2022年</td></tr></table>",
    )
    lines = typed_lines(document)
    assert "注释文字2022年" in "".join(lines)
    assert "数字A" in lines and "2022年" in lines


def test_a_cell_is_as_wide_as_its_text(render: Render) -> None:
    document = render("<table><tr><td>数字A经济B发展</td></tr></table>", "@page { size: 300px }")
    assert typed_lines(document) == ["数字A经济B发展"]


def test_contents_lines_keep_their_leaders(render: Render) -> None:
    css = "p { text-align: left } p::after { content: leader('.') '12' }"
    (line,) = line_boxes(render("<p>数字A经济</p>", css))
    assert line.width == pytest.approx(100)


def test_max_lines_ends_with_an_ellipsis(render: Render) -> None:
    css = "p { max-lines: 1; block-ellipsis: auto; continue: discard; text-align: left }"
    assert pdf_text(render(f"<p>{'数字经济' * 6}</p>", css)).strip().endswith("…")


def test_reports(render: Render) -> None:
    body = (
        "<section data-origin=a><p data-origin=b>1234567890123456789012345</p><p>{}</p></section>"
    )
    document = render(body.format("数字12345678901234567数字经济"))
    reports = line_reports(document, loose=0.2)
    assert [(each.kind, each.origin) for each in reports] == [("overfull", "b"), ("loose", "a")]
    assert reports[0].amount == pytest.approx(2.5 - 24 * SOLID_GIVE) and reports[0].page == 1
    document = render("<p data-origin=c>数字שלום经济</p>")
    (report,) = line_reports(document)
    assert (report.kind, report.origin) == ("native", "c") and "right to left" in report.reason


@pytest.mark.parametrize(
    ("body", "css", "reason"),
    [
        ("<p>数字经济</p>", "p::first-letter { font-size: 20px }", "a first line or letter"),
        ("<p>数<i style='display: inline-flex'><b>甲</b></i></p>", "", "InlineFlexBox"),
        ("<p>数<i style='display: inline-grid'><b>甲</b></i></p>", "", "InlineGridBox"),
        ("<p>{}<i style='float: left'>甲</i>数字</p>".format("数字经济" * 9), "", "a float inside"),
    ],
)
def test_what_is_left_to_weasyprint_is_reported(
    render: Render, body: str, css: str, reason: str
) -> None:
    reports = line_reports(render(f"<div data-origin=a>{body}</div>", css))
    assert {(each.kind, each.origin) for each in reports} == {("native", "a")}
    assert all(reason in each.reason for each in reports)


def test_a_tagged_document_is_accessible(render: Render) -> None:
    body = (
        f"<h1>标题</h1><p>{LONG}<b>RCEP</b>国家<a href='https://a.cn'>链接</a>。</p>"
        "<ul><li>数字A经济</li></ul>"
    )
    options = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
    data = render(body, **options).write_pdf(**options)
    failures = page.validate_pdf_bytes(data, profile="ua1").failures
    assert [(each.rule_id, each.message) for each in failures] == []


def test_the_same_input_gives_the_same_bytes(render: Render) -> None:
    first, second = (render(f"<p>{LONG}</p>").write_pdf(pdf_identifier=b"x") for _ in range(2))
    assert first == second


def test_a_pdf_is_written_as_pydyf_writes_it_but_serialised_once() -> None:
    asked = []

    class Counted(pydyf.Stream):
        @property
        def data(self) -> bytes:
            asked.append(self)
            return super().data

    def written(*, installed: bool) -> bytes:
        pdf, target = pydyf.PDF(), io.BytesIO()
        for number in range(3):
            stream = Counted([b"0 0 m", number], {"Extra": number}, compress=True)
            pdf.add_object(stream)
            pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Contents": stream.reference}))
        pdf.info["Title"] = pydyf.String("月刊")
        if installed:
            with install():
                pdf.write(target, b"1.7", identifier=True, compress=True)
        else:
            pdf.write(target, b"1.7", identifier=True, compress=True)
        return target.getvalue()

    plain, twice = written(installed=False), len(asked)
    asked.clear()
    assert written(installed=True) == plain
    assert (twice, len(asked)) == (6, 3)


def test_a_strut_is_the_one_that_weasyprint_finds(render: Render) -> None:
    document = render(f"<h2>{LONG}</h2><p>{LONG}<b style='line-height: 3'>{LONG}</b>")
    styles = [box.style for page in document.pages for box in page._page_box.descendants() if hasattr(box, "style")]
    known = [style for style in styles if "known_strut" in vars(style)]
    assert known
    for style in known:
        assert style.known_strut == names.strut(style)
        assert "known_strut" not in vars(style.copy())


def test_a_stream_that_ends_in_a_carriage_return_is_closed_by_two_bytes() -> None:
    """A reader that takes CR LF before ``endstream`` for the end of a line finds all that /Length counts."""
    def closed(last: bytes) -> bytes:
        return ending(lambda _: b"<</Length 2>>\nstream\nx" + last + b"\nendstream")(None)

    assert closed(b"\r") == b"<</Length 2>>\nstream\nx\r\r\nendstream"
    assert closed(b"\n") == b"<</Length 2>>\nstream\nx\n\nendstream"


def test_spaced_letters_stand_at_even_distances(render: Render) -> None:
    """Pango leaves the first letter of a line where it was and moves the others."""
    document = render("<p>本期导读</p>", "p { letter-spacing: 4px; text-align: left }")
    shown = re.search(rb"^\[(<[0-9a-f]+>-.*)\] TJ$", document.write_pdf(uncompressed_pdf=True), re.M)
    assert shown is not None
    gaps = [sum(map(float, gap.split())) for gap in re.split(r"<\w+>", shown[1].decode())[1:]]
    assert gaps == [-400] * 4
