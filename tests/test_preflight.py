"""Preflight: what a print shop would refuse of anybody's PDF."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from rendering import press

from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import InputFault, Severity
from bulletin_press.issue.reading import read_issue
from bulletin_press.prepress.preflight import Limits, preflight
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers.booklet import OUTLET as booklet_outlet
from bulletin_press.writers.pdf import OUTLET as pdf_outlet
from bulletin_press.writers.print import OUTLET as print_outlet

ISSUES = Path(__file__).resolve().parent.parent / "issues"

BLEED, TRIM = 10.0, 200.0
FONT = {"/Font": Dictionary({"/F": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)})}
OVER = {"/ExtGState": Dictionary({"/o": Dictionary(op=True, OP=True, OPM=1), "/half": Dictionary(ca=0.5)})}


def made(content: bytes, resources: dict[str, Any] | None = None, *, pages: int = 4, boxes: bool = True,
         intent: bool = True, picture: tuple[str, bytes, int] | None = None) -> bytes:
    """A PDF of some pages of one content; ``picture``: colour space, pixels, their side."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(TRIM + 2 * BLEED, TRIM + 2 * BLEED))
        page = pdf.pages[-1].obj
        if boxes:
            page.TrimBox = Array([BLEED, BLEED, BLEED + TRIM, BLEED + TRIM])
        page.Resources = Dictionary(resources or {})
        if picture:
            space, pixels, side = picture
            page.Resources.XObject = Dictionary({"/P": pdf.make_stream(
                pixels, Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side, BitsPerComponent=8,
                ColorSpace=Name(space))})
        page.Contents = pdf.make_stream(content)
    if intent:
        pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX)])
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def rules(data: bytes, limits: Limits | None = None) -> set[str]:
    return {one.rule for one in preflight(data, limits)}


def test_render_looks_through_the_file_that_it_has_made() -> None:
    workspace = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    edition = open_edition(read_issue(workspace, ISSUES / "2022-08" / "issue.toml"))
    # What the outlet writes is set elsewhere; here a file stands for it that print shops refuse.
    broken = made(b"1 0 0 rg 30 30 9 9 re f", boxes=False)
    for outlet in (print_outlet, booklet_outlet):
        told = outlet.findings(edition, broken)
        assert any("rgb-colour" in one.message and one.severity is Severity.ERROR for one in told)
        assert all(one.rule == "print-refused" and one.message.startswith("付印检查") for one in told)
        assert not outlet.findings(edition, made(b"0 0 0 .5 k 30 30 100 100 re f"))
    assert not pdf_outlet.findings(edition, broken)


CLEAN = b"0 0 0 .5 k 30 30 100 100 re f"


def test_a_clean_file_passes() -> None:
    assert rules(made(CLEAN)) == set()


@pytest.mark.parametrize(("content", "resources", "rule"), [
    (b"1 0 0 rg 30 30 9 9 re f", {}, "rgb-colour"),
    (b"1 0 0 RG 30 30 m 90 90 l S", {}, "rgb-colour"),
    (b"/C cs 1 0 0 scn 30 30 9 9 re f", {"/ColorSpace": Dictionary({"/C": Array([Name.CalRGB, Dictionary()])})},
     "rgb-colour"),
    (b"1 1 .8 .4 k 30 30 90 90 re f", {}, "ink-limit"),
    (b"0 0 0 1 K .1 w 30 30 m 90 90 l S", {}, "hairline"),
    (b"0 0 0 1 k 30 30 100 .1 re f", {}, "hairline"),
    (b"BT /F 9 Tf .6 .5 .5 1 k (a) Tj ET", FONT, "rich-black-text"),
    (b"BT /F 9 Tf 1 0 0 1 30 30 Tm .6 .5 .5 0 k (a) Tj ET", FONT, "small-text-inks"),
    (b"BT /F 9 Tf 0 0 0 1 k (a) Tj ET", FONT, "black-knocks-out"),
    (b"BT /F 9 Tf 0 0 0 1 k (a) Tj ET", FONT, "font-not-embedded"),
    (b"/half gs 0 0 0 1 k 30 30 90 90 re f", OVER, "transparency"),
    (b"0 0 0 .5 k 10 10 200 50 re f", {}, "short-of-bleed"),
])
def test_what_is_refused(content: bytes, resources: dict[str, Any], rule: str) -> None:
    assert rule in rules(made(content, resources))


@pytest.mark.parametrize(("content", "resources", "rule"), [
    (b"0 0 0 1 K .25 w 30 30 m 90 90 l S", {}, "hairline"),
    (b"0 0 0 1 K .1 w 0 5 m 9 5 l S", {}, "ink-limit"),
    (b"BT /F 20 Tf 1 0 0 1 30 30 Tm .6 .5 .5 0 k (a) Tj ET", FONT, "small-text-inks"),
    (b"/o gs BT /F 9 Tf 0 0 0 1 k (a) Tj ET", FONT | OVER, "black-knocks-out"),
    (b"0 0 0 .5 k 0 0 220 50 re f", {}, "short-of-bleed"),
    (b"0 0 0 .5 k 0 0 220 50 re f 0 0 0 .2 k 10 10 200 20 re f", {}, "short-of-bleed"),
    (b"1 0 0 rg 30 30 9 9 re n", {}, "rgb-colour"),
])
def test_what_is_not(content: bytes, resources: dict[str, Any], rule: str) -> None:
    assert rule not in rules(made(content, resources))


def test_pictures() -> None:
    drawn = b"q 100 0 0 100 50 50 cm /P Do Q"
    assert rules(made(drawn, picture=("/DeviceRGB", bytes(300 * 300 * 3), 300))) == {"rgb-picture"}
    assert rules(made(drawn, picture=("/DeviceGray", bytes(100 * 100), 100))) == {"low-resolution"}
    heavy = b"\xff\xff\xff\x80" * 300 * 300
    assert rules(made(drawn, picture=("/DeviceCMYK", heavy, 300))) == {"ink-limit"}
    assert rules(made(drawn, picture=("/DeviceCMYK", heavy, 300)), Limits(ink=3.6)) == set()


def test_the_file_as_a_whole() -> None:
    found = preflight(made(CLEAN, pages=5, boxes=False, intent=False))
    assert {one.rule for one in found} == {"no-trim-box", "no-bleed", "page-count", "no-output-intent"}
    assert next(one for one in found if one.rule == "no-bleed").place == "第1—5页"


def test_what_is_no_pdf() -> None:
    for data in (b"", b"%PDF-1.7\nnothing", b"PK\x03\x04"):
        with pytest.raises(InputFault, match="不是 PDF"):
            preflight(data)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made(b"1 0 0 rg 30 30 9 9 re f"))
    said = press("preflight", tmp_path / "a.pdf", "--format", "json")
    assert said.returncode == 1
    one, = json.loads(said.stdout)
    assert one["rule"] == "rgb-colour" and one["pages"] == [1, 2, 3, 4]
    assert press("preflight", tmp_path / "none.pdf").returncode == 2
