"""The theme ``classic`` on the issues that stretch a theme; its grid is held by test_grid.py."""

from __future__ import annotations

import page as validation
import pytest
from rendering import SAMPLES, pdf_text
from shares import share
from stretched import CASES, Made, off_page, overprinted, sample_or_case, squeezed

from bulletin_press.document.tree import plain_text

THEME = "classic"


@pytest.fixture(params=share([*SAMPLES, *(name for name in CASES if name not in ("one-column", "small-paper"))],
                              [SAMPLES[0], "pictures", "members"]))
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return sample_or_case(THEME, request.param, tmp_path_factory)


def test_pdf_ua_and_pdf_a(one: Made) -> None:
    for profile in ("ua1", "2a"):
        report = validation.validate_pdf_bytes(one.data, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_nothing_is_logged(one: Made) -> None:
    assert one.edition.pages.logged == []
    assert one.edition.assets.refused == []


def test_everything_stands_on_the_page_and_alone(one: Made) -> None:
    assert off_page(one.data) == []
    assert overprinted(one.data) == []


def test_every_paragraph_is_printed(one: Made) -> None:
    # Paragraphs that go on overleaf have the running head and a margin's words between their lines.
    text = "".join(pdf_text(one.data))
    for section in one.edition.issue.document.sections:
        for item in section.items:
            for block in item.blocks:
                words = squeezed(plain_text(getattr(block, "inlines", ())))
                assert words[:12] in text, words[:40]
                assert words[-12:] in text, words[-40:]
