"""The desk's findings at their words, mended and kept; pictures that are dropped; what is pasted."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from bulletin_press.desk.server._adapter import IssueFile
from bulletin_press.desk.server.desk import Issue
from bulletin_press.desk.server.found import kept
from bulletin_press.desk.server.outlets import put_picture
from bulletin_press.desk.server.pasting import pasted
from bulletin_press.ground.diagnostics import PressError

TEXT = '[issue]\nnumber = 8\n\n[allow]\nhalfwidth-mark = { "(甲)" = "原文如此" }\n'


def _issue(root: Path) -> Issue:
    path = root / "2022-08" / "issue.toml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return Issue("2022-08", IssueFile(path, root))


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


def test_a_reason_beside_others_and_no_reason() -> None:
    after = kept(TEXT, "halfwidth-mark", "(乙)", " 也是 ")
    assert after == TEXT.replace('"原文如此" }', '"原文如此", "(乙)" = "也是" }')
    with pytest.raises(PressError, match="理由"):
        kept(TEXT, "halfwidth-mark", "(乙)", "无")


def test_pasting_keeps_words_and_drops_form() -> None:
    made = pasted("<p class=MsoNormal><b>粗</b>体<o:p></o:p></p>", "粗体")
    assert made["markup"].strip() == "**粗**体"
