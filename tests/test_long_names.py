"""Names of any length: no masthead prints one text over another, or off the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from stretched import publication

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace

NAME = "大连市软件和信息技术服务业暨数字贸易促进协会联合会会员单位通讯与研究动态月度汇编及政策解读专刊"
PRINTED = {"profile": "internal-print", "permit": "（辽）连内资字第2022—000123号暨第2022—000456号",
           "printer": "某印刷厂", "print_run": "500", "editor": NAME[:30], "subtitle": NAME[10:34]}


@pytest.mark.parametrize("theme", ["classic", "modern", "gongwen"])
@pytest.mark.parametrize(("length", "label", "masthead"), [
    (26, "7—8月合刊", PRINTED), (26, "庆祝协会成立二十周年纪念特刊", {}), (34, None, {}), (44, None, PRINTED),
    (44, "庆祝协会成立二十周年纪念特刊", PRINTED)])
def test_a_masthead_of_long_names(theme: str, length: int, label: str | None, masthead: dict[str, str],
                                  tmp_path: Path) -> None:
    (tmp_path / "2022-08").mkdir()
    (tmp_path / "publication.toml").write_text(
        publication(theme, name=NAME[:length], **{"organiser": NAME[:length], **masthead}), "utf-8")
    head = f'label = "{label}"' if label else ""
    (tmp_path / "2022-08" / "issue.toml").write_text(
        f"[issue]\nnumber = 8\ntotal_number = 123\ndate = 2022-08-26\n{head}\n"
        "[[event]]\nbody = '一则。'\n", "utf-8")
    workspace = Workspace(tmp_path, date(2022, 9, 1), tmp_path)
    pages = open_edition(read_issue(workspace, workspace.issue_path("2022-08"))).pages
    assert [*pages.overlaps(), *pages.strays()] == []
