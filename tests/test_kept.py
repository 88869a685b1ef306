"""What a process keeps between renders is bounded, and nobody's is taken for another's."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from rendering import make_workspace, read

from bulletin_press.edition import open_edition
from bulletin_press.ground.kept import Kept
from bulletin_press.typeset.setter import SETTER
from bulletin_press.writers.pdf import write_pdf


def test_what_was_used_longest_ago_goes() -> None:
    kept: Kept[str, str] = Kept(6, len)
    for name in ("ab", "cd", "ef"):
        kept.keep(name, name)
    assert kept.known("ab") == "ab"
    kept.keep("gh", "gh")
    assert kept.known("cd") is None
    assert (kept.known("ab"), kept.known("ef"), kept.known("gh"), kept.held) == ("ab", "ef", "gh", 6)


def test_what_is_too_large_or_fails_is_not_kept() -> None:
    kept: Kept[str, str] = Kept(3, len)
    assert kept.made("long", lambda: "xxxx") == "xxxx"
    with pytest.raises(ZeroDivisionError):
        kept.made("none", lambda: str(1 / 0))
    assert kept.held == 0
    kept.keep("a", "abc")
    kept.keep("a", "abc")
    assert kept.held == 3


def test_a_second_render_gives_the_bytes_of_the_first(tmp_path: Path) -> None:
    root = make_workspace(tmp_path)
    first = write_pdf(open_edition(read(root)))
    for theme in ("modern", "classic"):
        again = write_pdf(open_edition(read(root), theme))
    assert again == first


def test_the_collector_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    with SETTER.composing("gentle", []):
        assert gc.get_threshold()[0] >= before[0]
    assert gc.get_threshold() == before
    gc.set_threshold(0)
    try:
        with SETTER.composing("gentle", []):
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)


def test_a_template_of_the_same_name_is_another(tmp_path: Path) -> None:
    from bulletin_press.theme.templating import TemplateFolder, environment_of, filled

    folders = [TemplateFolder(tmp_path, tmp_path)]
    for words in ("甲", "乙", "甲"):
        (tmp_path / "page.j2").write_text(words, encoding="utf-8")
        assert filled(environment_of(folders, {}, {}), "page.j2", folders, {}) == words
