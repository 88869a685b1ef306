"""The desk's findings at their words, mended and kept; pictures that are dropped; what is pasted."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageFile

from bulletin_press.desk.server.desk import Issue
from bulletin_press.desk.server.forms import typed_value
from bulletin_press.desk.server.found import kept, mended
from bulletin_press.desk.server.pasting import pasted
from bulletin_press.desk.server.pictures import put_picture
from bulletin_press.desk.store import IssueFile
from bulletin_press.ground.diagnostics import Finding, PressError, Severity, Span

TEXT = '[issue]\nnumber = 8\n\n[[event]]\nbody = "见(乙)。"\n\n[allow]\nhalfwidth-mark = { "(甲)" = "原文如此" }\n'


def _issue(root: Path) -> Issue:
    path = root / "2022-08" / "issue.toml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return Issue("2022-08", IssueFile(path))


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((60, 40), 80).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp")])
def test_a_picture_is_put_into_the_folder_as_it_is_and_once(tmp_path: Path, kind: str, suffix: str) -> None:
    issue, data = _issue(tmp_path), _picture(kind)
    assert put_picture(issue, "a 1.JPG", data) == f"images/a-1{suffix}" == put_picture(issue, "a 1.JPG", data)
    assert (tmp_path / "2022-08" / "images" / f"a-1{suffix}").read_bytes() == data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_was_cut_off_is_refused(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as the layout engine leaves it
    with pytest.raises(PressError, match="不是能读的图片"):
        put_picture(_issue(tmp_path), "a", _picture(kind)[:300])


def _finding(**more: Any) -> Finding:
    return Finding("halfwidth-mark", Severity.WARNING, "半角括号", Span("2022-08/issue.toml", 5, 10, 5, 13),
                   marked="(乙)", **more)


def test_a_reason_beside_others_and_no_reason(tmp_path: Path) -> None:
    issue = _issue(tmp_path)
    with pytest.raises(PressError, match="理由"):
        kept(issue.file, _finding(), "无")
    assert issue.file.text == TEXT
    assert kept(issue.file, _finding(), " 也是 ").place == ("allow", "halfwidth-mark", "(乙)")
    assert issue.file.text == TEXT.replace('"原文如此" }', '"原文如此", "(乙)" = "也是" }')


def test_a_suggestion_is_one_step_that_can_be_undone(tmp_path: Path) -> None:
    issue = _issue(tmp_path)
    mended(issue.file, _finding(suggestion="（乙）", fixable=True))
    assert issue.file.text == TEXT.replace("(乙)", "（乙）", 1)
    assert issue.file.steps == (True, False)
    # The history is on the disk: another program, or this one started anew, takes it back.
    assert IssueFile(issue.file.path).undo().changed and issue.file.text == TEXT


def test_a_suggestion_that_is_not_beyond_doubt_is_refused(tmp_path: Path) -> None:
    issue = _issue(tmp_path)
    with pytest.raises(PressError, match="自己改"):
        mended(issue.file, _finding(suggestion="（乙）"))
    assert issue.file.text == TEXT


@pytest.mark.parametrize(("typed", "value"), [
    ("8", 8), ("12.50", Decimal("12.50")), ("-3", -3), ("2022-08-26", date(2022, 8, 26)), ("2022-13-26", "2022-13-26"),
    ("2022-08", "2022-08"), ("007", "007"), ("1e5", "1e5"), ("八", "八")])
def test_what_is_typed_in_a_field_of_numbers(typed: str, value: object) -> None:
    assert typed_value(typed) == value and type(typed_value(typed)) is type(value)


def test_pasting_keeps_words_and_drops_form() -> None:
    made = pasted("<p class=MsoNormal><b>粗</b>体<o:p></o:p></p>", "粗体")
    assert made["markup"].strip() == "**粗**体"
