"""What a screen reader is told: one element of HTML is one element of the PDF, in the order of reading."""

from __future__ import annotations

import io
import itertools
import re

import outloud
import pikepdf
import pytest
from rendering import SAMPLES, outline
from shares import share
from stretched import CASES, Made, sample_or_case
from tagged import Tagged, rising, tagged
from workspaces import THEMES

STRETCHED = ("exhibits", "pictures", "members", "internal-print", "report-alone")
NAMES = [(theme, name) for theme in THEMES for name in (*SAMPLES, *STRETCHED)]
# A sample and one of the stretched issues in each theme.
QUICK = [one for theme, stretched in zip(THEMES, STRETCHED, strict=False)
         for one in ((theme, SAMPLES[1]), (theme, stretched))]
# Chinese is no language to it where most characters of a chart's words are figures; an address in
# the imprint, or in running text, is printed as its author typed it.
EXPLAINED = {"FIG-012", "LNK-010"}
# The stretched issues say one sentence over and over, on the first line of three pages too.
REPEATED = {"PAG-001"}
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "LBody", "Table", "TR", "TD", "TH", "Caption", "Div",
          "Sect", "Art", "Figure"}


@pytest.fixture(scope="module", params=share(NAMES, QUICK, fixture=True), ids="-".join)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return sample_or_case(*request.param, tmp_path_factory)


@pytest.fixture(scope="module")
def structure(made: Made) -> Tagged:
    return tagged(made.data)


def test_cases_are_there() -> None:
    assert set(STRETCHED) <= set(CASES)


def test_everything_drawn_is_read_or_an_artifact(structure: Tagged) -> None:
    assert structure.loose == []
    read = list(structure.root.contents())
    assert len(read) == len(set(read))
    assert set(structure.drawn) <= set(read)
    assert len(structure.drawn) > 20


def test_the_way_back_leads_to_the_element(structure: Tagged) -> None:
    for element in structure.root.elements():
        for kid in element.kids:
            if isinstance(kid, tuple) and kid[1] == 0:
                page, _, number = kid
                assert structure.claimed[page][number] == element.node["objgen"]


def test_it_is_drawn_as_it_is_read(structure: Tagged, made: Made) -> None:
    place = {content: at for at, content in enumerate(structure.root.contents())}
    for page in range(len(made.edition.pages)):
        drawn = [place[one] for one in structure.drawn if one[0] == page]
        assert rising(drawn) >= 0.9 * len(drawn), page
    if made.edition.issue.name in SAMPLES and made.edition.issue.workspace.root.name == "issues":
        assert [one for one in structure.drawn if one in place] == sorted(structure.drawn, key=place.__getitem__)


def test_headings_nest(structure: Tagged) -> None:
    heads = [one for one in structure.root.elements() if re.fullmatch(r"H\d", one.role)]
    levels = [int(one.role[1]) for one in heads]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for head in heads:
        assert structure.text(head)
        assert not {one.role for one in head.elements()} - {head.role, "Link", "Span"}
        assert len(head.all(head.role)) == 1


def test_the_outline_is_the_headings(structure: Tagged, made: Made) -> None:
    """The bookmarks are the headings of parts and of items, in their order; those in a text are none."""
    heads = [structure.text(one) for one in structure.root.elements() if one.role in ("H1", "H2", "H3")]
    bare = [re.sub(r"\W", "", head) for head in heads]
    for _, title, _ in outline(made.data):
        wanted = re.sub(r"\W", "", title)
        at = next((at for at, head in enumerate(bare) if head.endswith(wanted)), None)
        assert at is not None, title
        del bare[: at + 1]


def test_a_link_holds_its_text_once(structure: Tagged, made: Made) -> None:
    links = structure.root.all("Link")
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        notes = {note.objgen: str(note.Contents) for page in pdf.pages for note in page.get("/Annots", ())}
    owned = [note for link in links for note in link.notes]
    assert sorted(owned) == sorted(notes)
    for link in links:
        assert structure.text(link)
        assert len(link.all("Link")) == 1
        assert link.notes
        for note in link.notes:
            assert "".join(notes[note].split()).startswith(structure.text(link))


def test_page_numbers_and_leaders_are_not_read(structure: Tagged, made: Made) -> None:
    text = structure.text(structure.root)
    assert "..." not in text and "………" not in text
    # Running heads say the name again.
    assert structure.text(structure.root).count(made.edition.issue.document.title) <= 2
    assert sum(bool(words.strip()) for words in structure.artifacts) >= 1


def test_lists_and_tables(structure: Tagged) -> None:
    for one in structure.root.all("L"):
        assert {kid.role for kid in one.children()} <= {"LI", "L", "Caption"}
    for item in structure.root.all("LI"):
        assert [kid.role for kid in item.children()] in (["LBody"], ["Lbl", "LBody"])
    names = {one.node["/ID"] for one in structure.root.elements() if "/ID" in one.node}
    for table in structure.root.all("Table"):
        assert {kid.role for kid in table.children()} <= {"Caption", "THead", "TBody", "TFoot", "TR"}
        assert len(table.all("THead")) == 1
        for head in table.all("TH"):
            assert head.attribute("/Scope") in ("/Column", "/Row")
        for cell in table.all("TD"):
            assert set(cell.attribute("/Headers")) <= names


def test_pictures_have_words_and_captions_their_place(structure: Tagged) -> None:
    for figure in structure.root.all("Figure"):
        assert figure.node["/Alt"].strip()
        assert figure.parent is not None
        assert not figure.children()
    for caption in structure.root.all("Caption"):
        assert caption.parent is not None
        assert caption.parent.role in ("Div", "Table")
        assert caption.parent.all("Figure", "Table")


def test_no_element_is_empty_or_idle(structure: Tagged) -> None:
    for element in structure.root.elements():
        assert element.role in ("TD", "TH") or list(element.contents()) or element.notes, element.role
        assert element.role != "NonStruct"
        if element.role == "P":
            assert not {kid.role for kid in element.children()} & (BLOCKS - {"Figure"})


def test_a_second_validator_finds_no_fault(made: Made, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("loud") / "issue.pdf"
    path.write_bytes(made.data)
    result = outloud.check(str(path))
    assert result.error is None
    found = [(one.severity, one.rule, one.page, one.message) for one in result.findings if one.severity != "info"]
    is_sample = made.edition.issue.workspace.root.name == "issues"
    explained = EXPLAINED if is_sample else EXPLAINED | REPEATED
    assert [one for one in found if one[1] not in explained] == []


def test_a_paragraph_of_the_report_is_one(made: Made, structure: Tagged) -> None:
    """Every paragraph that was typed is one element, wherever it was broken."""
    read = {structure.text(one) for one in structure.root.all("P", "LBody", "Div")}
    for paragraph in made.edition.issue.report_text.paragraphs if made.edition.issue.report_text else ():
        assert "".join(paragraph.split()) in read
