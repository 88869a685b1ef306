"""Notes stand at the foot of the page that calls them, numbered through the issue, in every theme."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from rendering import make_workspace, read
from workspaces import THEMES

from bulletin_press.document.notes_at_foot import with_notes_at_foot
from bulletin_press.document.tree import Call, Footnote, Paragraph
from bulletin_press.edition import Edition, open_edition
from bulletin_press.writers.pdf import write_pdf

LONG = "服务外包企业加快数字化转型，协会做好服务，会员之间的合作逐步展开。" * 9


def body(name: str) -> str:
    paragraphs = [f"{LONG}{name}处[^{number}]，后文。" for number in "12"]
    return "\n\n".join([*paragraphs, f"{name}处又一次[^1]。", f"[^1]: 注文{name}一。", f"[^2]: 注文{name}二。"])


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    issue = {"issue": {"number": 1, "date": date(2022, 8, 26)},
             "news": [{"title": f"第{name}篇", "source": "来源", "body": body(name)} for name in "甲乙丙"],
             "tip": {"term": "术语", "body": "- 项[^a]\n- 项\n\n[^a]: 注文丁一。"}}
    return open_edition(read(make_workspace(tmp_path_factory.mktemp("notes"), issue)), "classic")


def test_a_note_goes_with_its_first_call_and_numbers_run_on(edition: Edition) -> None:
    calls = [one for section in edition.document.sections for item in section.items for block in item.blocks
             if isinstance(block, Paragraph) for one in block.inlines if isinstance(one, Call)]
    assert [one.number for one in calls] == [1, 2, 1, 3, 4, 3, 5, 6, 5]
    assert [bool(one.says) for one in calls] == [True, True, False] * 3
    assert not any(isinstance(block, Footnote) for section in edition.document.sections for item in section.items
                   for block in item.blocks)
    assert all(one.origin for one in calls if one.says)


def test_a_document_without_notes_stays_as_it_is(edition: Edition) -> None:
    assert with_notes_at_foot(edition.document) == edition.document


@pytest.mark.parametrize("theme", THEMES)
def test_each_is_at_the_foot_of_the_page_that_calls_it(edition: Edition, theme: str) -> None:
    document = pypdfium2.PdfDocument(write_pdf(open_edition(edition.issue, theme)))
    seen = list[str]()
    try:
        for page in document:
            text = page.get_textpage()
            words = text.get_text_bounded()
            for number, note in enumerate([f"{name}{one}" for name in "甲乙丙" for one in "一二"] + ["丁一"], 1):
                at = words.find(f"注文{note}")
                if at < 0:
                    continue
                seen.append(note)
                assert words.count(f"〔{number}〕") >= 2  # the call and the note's own
                # Below whatever text of the body the page has.
                searcher = text.search(f"注文{note}")
                index = searcher.get_next()[0]
                foot = text.get_charbox(index)[3]
                finder = text.search("服务外包企业")
                while (hit := finder.get_next()) is not None:
                    assert text.get_charbox(hit[0])[1] > foot
    finally:
        document.close()
    assert sorted(seen) == sorted([f"{name}{one}" for name in "甲乙丙" for one in "一二"] + ["丁一"])
