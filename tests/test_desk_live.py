"""Pages redrawn from the page that is typed on: the same as a whole layout's, to the pixel; a place and its field."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from live_edits import edited, whole_leaves
from workspaces import HEAD, TODAY, write

from bulletin_press.desk.live.engine import Engine, EngineStopped
from bulletin_press.desk.live.pages import LivePages, Whole
from bulletin_press.desk.live.place import Place
from bulletin_press.desk.live.work import laid_out, redrawn
from bulletin_press.ground.diagnostics import InputFault

THEMES = ("classic", "modern", "gongwen", "annual")
_TEXT = "据会议介绍，各地围绕数字贸易加快布局，企业反映通关、结算、数据跨境等环节比上年便利，业务增长较快。"
ISSUE = HEAD + "".join(
    f'[[news]]\ntitle = "第{at}则的标题"\nsource = "商务部"\nbody = \'\'\'\n'
    + "\n\n".join(f"第{at}则第{part}段。" + _TEXT * (1 + (at + part) % 3) for part in range(5)) + "\n'''\n\n"
    for at in range(7)) + '[[event]]\nbody = \'\'\'\n' + _TEXT + "\n'''\n"


@pytest.fixture(scope="module", params=THEMES)
def live(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[LivePages, Whole]:
    root = tmp_path_factory.mktemp("live")
    publication = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n[theme]\nfit = false\n'
    workspace = write(root, {"2022-08/issue.toml": ISSUE, "publication.toml": publication})
    pages = LivePages(workspace, root / "2022-08" / "issue.toml", request.param, width=320)
    return pages, pages.lay_out(ISSUE)


def test_redrawn_pages_are_those_of_a_whole_layout(live: tuple[LivePages, Whole]) -> None:
    pages, whole = live
    assert len(whole.leaves) > 2
    chance, settled = random.Random(7), 0
    for _ in range(3):
        kind, text = edited(ISSUE, chance)
        pages.adopt(whole)
        drawn = pages.update(text)
        assert not drawn.refused, (kind, drawn.refused)
        true = whole_leaves(pages, text)
        digests = [leaf.digest for leaf in true]
        assert all(drawn.leaves[number - 1].digest == digests[number - 1] for number in drawn.pages), kind
        if drawn.settled:
            settled += 1
            assert [leaf.digest for leaf in drawn.leaves] == digests, kind
    assert settled


def test_a_page_is_laid_out_without_the_one_before_where_that_did_not_look_so_far(
        live: tuple[LivePages, Whole], monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_press.typeset.weasyprint_adapter import resuming

    pages, whole = live
    made, changes, remake_page_of, begin_of = [], [], resuming.page.remake_page, resuming._Resuming._begin
    monkeypatch.setattr(resuming.page, "remake_page", lambda index, *rest: (
        made.append(index), remake_page_of(index, *rest))[1])
    monkeypatch.setattr(resuming._Resuming, "_begin", lambda self, change: (
        changes.append(change), begin_of(self, change))[1])
    seen = set()
    for at in range(7):
        for part in range(5):
            made.clear()
            changes.clear()
            pages.adopt(whole)
            words = f"第{at}则第{part}段"
            text = ISSUE.replace(words, words + "改")
            drawn = pages.update(text)
            change = changes[0]
            if not change.page or change.page - 1 in whole.kept.carried or drawn.refused:
                continue
            assert change.typed
            near = change.number < whole.kept.behind[change.page]
            assert min(made) == change.page - near, words
            if near not in seen:
                seen.add(near)
                true = [leaf.digest for leaf in whole_leaves(pages, text)]
                assert all(drawn.leaves[number - 1].digest == true[number - 1] for number in drawn.pages), words
    assert False in seen


def test_an_offset_in_a_paragraph_is_of_its_text(tmp_path: Path) -> None:
    """A page began so many bytes into a paragraph; with other text before, so many bytes are another place."""
    # Characters of one width and one length alone: a line more before the page's end is as many bytes.
    body = "**重点**" + "".join(f"第{at:03}次数字贸易" for at in range(110)).translate(
        str.maketrans("0123456789", "零一二三四五六七八九"))
    text = HEAD + f'[[news]]\ntitle = "标题"\nsource = "商务部"\nbody = "{body}"\n'
    publication = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n[theme]\nfit = false\n'
    workspace = write(tmp_path, {"2022-08/issue.toml": text, "publication.toml": publication})
    pages = LivePages(workspace, tmp_path / "2022-08" / "issue.toml", "gongwen", width=320)
    whole, kept = pages.lay_out(text), 0
    spanning = [one for one in whole.kept.root.walk() if one.tag == "p" and one.first < one.last and one.children]
    assert spanning, "the paragraph stands on two pages"
    for count in range(1, 29):
        pages.adopt(whole)
        new = text.replace("第零零三", "新" * count + "第零零三")
        drawn = pages.update(new)
        if drawn.settled and spanning[0].last + 1 not in drawn.pages:
            kept += 1
            assert [one.digest for one in drawn.leaves] == [one.digest for one in whole_leaves(pages, new)], count
    assert kept < 28


def test_pages_that_are_named_elsewhere_are_not_settled_when_what_is_on_them_moves(
        live: tuple[LivePages, Whole]) -> None:
    pages, whole = live
    for at in range(1, 7):
        pages.adopt(whole)
        # Most of an item taken away: what follows comes nearer.
        start = ISSUE.index(f"第{at}则第1段。")
        new = ISSUE[:start] + "短。" + ISSUE[ISSUE.index("\n'''", start):]
        drawn = pages.update(new)
        if drawn.settled:
            assert [one.digest for one in drawn.leaves] == [one.digest for one in whole_leaves(pages, new)], at


def test_the_same_text_is_never_drawn_again(live: tuple[LivePages, Whole], monkeypatch: pytest.MonkeyPatch) -> None:
    pages, whole = live
    pages.adopt(whole)
    changed = ISSUE.replace("第3则第2段。", "第3则第2段，改了。")
    assert pages.update(changed).pages
    monkeypatch.setattr(pages, "_redraw", lambda *_: pytest.fail("drawn again"))
    assert not pages.update(changed).pages
    pages.adopt(whole)
    assert not pages.update(ISSUE).pages


def test_what_concerns_every_page_is_left_to_the_whole_layout(live: tuple[LivePages, Whole]) -> None:
    pages, whole = live
    pages.adopt(whole)
    settings = pages.workspace.root / "publication.toml"
    before = settings.read_text("utf-8")
    settings.write_text(before.replace("测试协会", "另一个协会"), "utf-8")
    try:
        drawn = pages.update(ISSUE.replace("第1则第1段。", "第1则第一段。"))
        # The organiser stands on page 1 and in the imprint: redrawn there, or refused, never called final wrongly.
        if drawn.settled:
            true = whole_leaves(pages, ISSUE.replace("第1则第1段。", "第1则第一段。"))
            assert [leaf.digest for leaf in drawn.leaves] == [leaf.digest for leaf in true]
    finally:
        settings.write_text(before, "utf-8")


def test_a_place_leads_to_its_field_and_back(live: tuple[LivePages, Whole]) -> None:
    pages, whole = live
    pages.adopt(whole)
    for path in (("news", 2, "body"), ("news", 4, "title"), ("event", 0, "body"), ("issue", "number")):
        boxes = pages.place(path)
        assert boxes, path
        box = boxes[0]
        assert pages.origin(box.page, box.x + box.width / 2, box.y + box.height * 0.9) == path
    item = pages.place(("news", 2))
    assert item[0].height >= pages.place(("news", 2, "title"))[0].height
    assert pages.place(("news", 99)) == ()
    assert pages.origin(99, 0.5, 0.5) is None


def test_a_text_that_cannot_be_read_is_told_and_leaves_the_pages(live: tuple[LivePages, Whole]) -> None:
    pages, whole = live
    pages.adopt(whole)
    with pytest.raises(InputFault):
        pages.update(ISSUE + "[[")
    assert [leaf.digest for leaf in pages.update(ISSUE).leaves] == [leaf.digest for leaf in whole.leaves]


def slow(path: Path) -> None:
    """Never ends: for the engine to be stopped at."""
    import time

    path.write_text("begun")
    time.sleep(600)


def test_a_process_that_hangs_or_dies_is_started_anew_and_goes_on(tmp_path: Path) -> None:
    write(tmp_path, {"2022-08/issue.toml": HEAD + "[[event]]\nbody = '''\n正文。\n'''\n"})
    path, place, engine = tmp_path / "2022-08" / "issue.toml", Place(tmp_path, TODAY), Engine()
    text = path.read_text("utf-8")
    changed = text.replace("正文。", "正文改了。")
    try:
        whole = engine.ask(laid_out, place, path, None, 300, text, ())
        with pytest.raises(EngineStopped):
            engine.ask(slow, tmp_path / "begun", seconds=0.2)
        assert engine.restarts == 2  # it was not started at first either
        # The new process knows nothing: it asks for the layout, and has all it needs then.
        assert engine.ask(redrawn, place, path, None, 300, changed, None) is None
        drawn = engine.ask(redrawn, place, path, None, 300, changed, whole.without_pictures())
        assert drawn is not None and drawn.pages and drawn.settled
    finally:
        engine.stop()
