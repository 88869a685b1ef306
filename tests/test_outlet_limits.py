"""The outlets' own limits: said as findings where they can be mended, before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Press
from workspaces import HEAD, TODAY, covered, write

from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.pipeline import Rendered, render
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers import mail, poster, wechat

SHORT = '[[news]]\ntitle = "短的"\nbody = "一句话。"\n'
LONG = "[[news]]\ntitle = \"长的一篇\"\nbody = '''\n第一段短。\n\n" + "很长的一段话，" * 60 + "\n'''\n"


def rendered(root: Path, body: str, to: str, *, draft: bool = False, publication: str = "") -> Rendered:
    workspace: Workspace = write(root, {"2022-08/issue.toml": HEAD + body} | (
        {"publication.toml": publication} if publication else {}))
    assert workspace.today == TODAY
    return render(workspace, root / "2022-08/issue.toml", to=(to, "text"), draft=draft)


def limit(one: Rendered, rule: str) -> Finding:
    found = [finding for finding in one.checked.findings if finding.rule == rule]
    assert len(found) == 1, one.checked.findings
    return found[0]


def test_a_message_that_would_be_cut_off_is_placed_at_the_longest_item(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_BYTES", 8_000)
    one = rendered(tmp_path, SHORT + LONG * 4, "mail")
    found = limit(one, "mail-limit")
    assert found.severity is Severity.ERROR and "[site] address" in found.message
    assert covered(tmp_path, found.span) == '"长的一篇"'
    # Nothing is written, of the other outlet neither.
    assert not one.outputs and not (tmp_path / "2022-08/out").exists()
    assert rendered(tmp_path, SHORT + LONG * 4, "mail", draft=True).outputs


def test_with_a_site_the_advice_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_BYTES", 2_000)
    where = '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "https://a.example/b"\n'
    assert "[site]" not in limit(rendered(tmp_path, SHORT, "mail", publication=where), "mail-limit").message


def test_a_paragraph_longer_than_an_article_is_placed_at_itself(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wechat, "MOST_CHARACTERS", 200)
    one = rendered(tmp_path, SHORT + LONG, "wechat")
    found = limit(one, "wechat-limit")
    assert found.severity is Severity.ERROR and not one.outputs
    assert covered(tmp_path, found.span).startswith("很长的一段话") and found.span.line == 12
    assert rendered(tmp_path, SHORT + LONG, "wechat", draft=True).outputs


def test_a_title_that_is_cut_and_articles_that_are_several_are_told(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "一个很长很长的标题" * 5
    one = rendered(tmp_path, SHORT.replace("短的", title), "wechat")
    found = limit(one, "wechat-limit")
    assert found.severity is Severity.INFO and "45 字" in found.message and one.outputs
    assert covered(tmp_path, found.span) == f'"{title}"'
    monkeypatch.setattr(wechat, "MOST_CHARACTERS", 600)
    one = rendered(tmp_path, SHORT + LONG + LONG, "wechat")
    assert "分成了 2 篇" in limit(one, "wechat-limit").message and one.outputs


def test_a_poster_of_nothing_and_one_too_tall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for draft in (False, True):
        one = rendered(tmp_path, '[[event]]\nbody = "协会召开会议。"\n', "poster", draft=draft)
        assert limit(one, "poster-limit").severity is Severity.ERROR and not one.outputs
    monkeypatch.setattr(poster, "MOST_RATIO", 0.1)
    one = rendered(tmp_path, SHORT, "poster")
    assert "太长" in limit(one, "poster-limit").message and not one.outputs
    assert rendered(tmp_path, SHORT, "poster", draft=True).outputs


def test_the_command_prints_it_as_any_finding(press: Press, tmp_path: Path) -> None:
    write(tmp_path, {"2022-08/issue.toml": HEAD + '[[event]]\nbody = "协会召开会议。"\n'})
    ran = press("-w", str(tmp_path), "render", "2022-08", "--to", "poster")
    assert ran.status == 1 and "issue.toml:2:10: 错误 poster-limit" in ran.err and "^" in ran.err
    assert press("explain", "poster-limit").status == 0
    ran = press("-w", str(tmp_path), "render", "2022-08", "--to", "poster", "--draft")
    assert ran.status == 1 and "可加 --draft" not in ran.err
