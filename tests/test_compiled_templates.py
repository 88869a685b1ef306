"""Bundled templates' code is taken from the file that keeps it; a publication's own is written nowhere."""

from __future__ import annotations

import marshal
from pathlib import Path

import jinja2
import pytest

from bulletin_press.ground.resources import templates_folder
from bulletin_press.theme.compiled_templates import CompiledTemplates

WEB = templates_folder() / "outlets" / "web"


def filled(kept: CompiledTemplates, folder: Path, name: str, **values: object) -> str:
    environment = jinja2.Environment(loader=jinja2.FunctionLoader(
        lambda name: ((folder / name).read_text("utf-8"), str(folder / name), None)), autoescape=True)
    environment.bytecode_cache = kept  # type: ignore[assignment]
    return environment.get_template(name).render(values)


def written(path: Path) -> CompiledTemplates:
    first = CompiledTemplates(path, grows=False)
    filled(first, WEB, "site-turn.html.j2", before=None, after=None)
    first.write()
    return first


def test_a_bundled_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "made" / "a.templates"
    written(path)
    expected = filled(CompiledTemplates(None), WEB, "site-turn.html.j2", before=None, after=None)
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert filled(CompiledTemplates(path), WEB, "site-turn.html.j2", before=None, after=None) == expected


def test_a_template_of_a_publication_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.templates"
    (tmp_path / "page.j2").write_text("甲{{ 1 }}", encoding="utf-8")
    kept = CompiledTemplates(path, grows=False)
    assert filled(kept, tmp_path, "page.j2") == "甲1"
    kept.write()
    assert not path.exists()


@pytest.mark.parametrize("broken", [b"", b"not marshal", marshal.dumps((("other",), {}))])
def test_a_broken_file_is_none(broken: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.templates"
    path.write_bytes(broken)
    written(path)
    stamp, known = marshal.loads(path.read_bytes())
    assert len(known) == 2  # with the one that it imports
    # Nor is code that is none taken.
    path.write_bytes(marshal.dumps((stamp, dict.fromkeys(known, b"\xff"))))
    filled(CompiledTemplates(path, grows=False), WEB, "site-turn.html.j2", before=None, after=None)
