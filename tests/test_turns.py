"""Several at once in one process: they take turns, and each gives what it gives alone."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from rendering import ISSUES, make_workspace, read
from workspaces import THEMES

from bulletin_press.edition import Edition, open_edition
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace
from bulletin_press.typeset.setter import SETTER
from bulletin_press.typeset.weasyprint_adapter import names
from bulletin_press.writers.pdf import write_pdf

# The plainest way there is to see what stands in for WeasyPrint's functions.
HELD = (names.block, names.inline, names.preferred, names.document, names.draw, names.stacking, names.pdf, names.Stream)


def held() -> list[dict[str, object]]:
    return [dict(vars(one)) for one in HELD]


def issues(folder: Path) -> list[Workspace]:
    """Three issues of their own length and style of lines."""
    made = []
    for count, lines in ((1, "gentle"), (3, "compact"), (6, "gentle")):
        news = [{"title": f"标题{at}", "source": "来源", "body": "数字贸易（RCEP）增长12.5%。" * (at + 3)}
                for at in range(count)]
        made.append(make_workspace(
            folder / str(count), {"issue": {"number": count, "date": date(2022, 8, 26)}, "news": news},
            {"publication": {"name": "试刊", "organiser": "试刊协会"}, "style": {"lines": lines}}))
    return made


def digest(workspace: Workspace, theme: str) -> str:
    return hashlib.sha256(write_pdf(open_edition(read(workspace), theme))).hexdigest()


@pytest.mark.parametrize(("threads", "renders", "themes"), [
    pytest.param(8, 3, THEMES, marks=pytest.mark.slow), (4, 2, ("classic", "gongwen"))])
def test_threads_give_what_one_gives(threads: int, renders: int, themes: Sequence[str], tmp_path: Path) -> None:
    """So many threads, so many renders each, of different issues and themes."""
    jobs = [(workspace, theme) for workspace in issues(tmp_path)[: renders] for theme in themes]
    alone = [digest(*job) for job in jobs]
    assert len(set(alone)) == len(jobs)
    before, start = held(), threading.Barrier(threads)

    def work(number: int) -> list[tuple[int, str]]:
        start.wait()
        return [(at, digest(*jobs[at])) for at in ((number + step * 4) % len(jobs) for step in range(renders))]

    with ThreadPoolExecutor(threads) as pool:
        found = [one for each in pool.map(work, range(threads)) for one in each]
    assert len(found) == threads * renders
    assert [at for at, data in found if data != alone[at]] == []
    assert held() == before


def test_a_check_of_pages_beside_a_render(tmp_path: Path) -> None:
    workspace = issues(tmp_path)[1]
    alone, findings = digest(workspace, "classic"), check(workspace, workspace.issue_path(None), layout=True).findings
    with ThreadPoolExecutor(4) as pool:
        checks = [pool.submit(check, workspace, workspace.issue_path(None), layout=True) for _ in range(2)]
        renders = [pool.submit(digest, workspace, "classic") for _ in range(2)]
        assert {one.result() for one in renders} == {alone}
        assert {one.result().findings for one in checks} == {findings}


@pytest.mark.parametrize(("place", "error"), [
    ("generate_pdf", SystemExit),
    *(pytest.param(place, error, marks=pytest.mark.slow) for place, error in (
        ("remake_page", KeyboardInterrupt), ("draw_text", ValueError),
        ("remake_page", ValueError), ("remake_page", SystemExit), ("generate_pdf", ValueError),
        ("generate_pdf", KeyboardInterrupt), ("draw_text", KeyboardInterrupt), ("draw_text", SystemExit)))])
def test_whatever_ends_a_render_frees_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                 error: type[BaseException], place: str) -> None:
    workspace = issues(tmp_path)[0]
    alone = digest(workspace, "modern")
    before = held()

    def fail(*_: object, **__: object) -> None:
        raise error("in the middle")

    owner = {"remake_page": names.page, "generate_pdf": names.document, "draw_text": names.draw}[place]
    with monkeypatch.context() as patch:
        patch.setattr(owner, place, fail)
        with pytest.raises(error, match="in the middle"):
            digest(workspace, "modern")
    assert held() == before
    with ThreadPoolExecutor(1) as pool:  # another thread would wait for ever
        assert pool.submit(digest, workspace, "modern").result(timeout=60) == alone


def test_an_interrupt_while_the_composer_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some functions are replaced already, others are not."""
    from bulletin_press.typeset.weasyprint_adapter import patches

    workspace = issues(tmp_path)[0]
    alone, before = digest(workspace, "classic"), held()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(patches, "packing", interrupted)
        with pytest.raises(KeyboardInterrupt):
            digest(workspace, "classic")
    assert held() == before
    assert digest(workspace, "classic") == alone


def test_a_render_inside_a_render_is_told(tmp_path: Path) -> None:
    """It would wait for itself."""
    inner: Edition = open_edition(read(issues(tmp_path)[0]))
    with SETTER.composing("gentle", []), pytest.raises(RuntimeError, match="at work in this thread"):
        write_pdf(inner)
    assert write_pdf(inner)


@pytest.mark.slow
def test_samples_at_once() -> None:
    """Real issues, with pictures and charts."""
    workspace = Workspace(ISSUES, date(2022, 9, 1), ISSUES)

    def work(name: str) -> str:
        return hashlib.sha256(write_pdf(open_edition(read(workspace, name)))).hexdigest()

    alone = {name: work(name) for name in ("2022-07", "2022-08")}
    with ThreadPoolExecutor(4) as pool:
        names_ = ["2022-07", "2022-08"] * 2
        assert dict(zip(names_, pool.map(work, names_), strict=True)) == alone
