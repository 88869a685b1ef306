"""The specimen of line composition renders, with every line flush and nothing left native."""

import shutil
from datetime import date

import pytest
from workspaces import ROOT

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace


@pytest.mark.parametrize("lines", ["gentle", "compact"])
def test_the_specimen_is_set_well(tmp_path, lines):
    publication = (ROOT / "issues" / "publication.toml").read_text("utf-8")
    (tmp_path / "publication.toml").write_text(publication.replace('"gentle"', f'"{lines}"'), "utf-8")
    path = tmp_path / "2022-special-1" / "issue.toml"
    path.parent.mkdir()
    shutil.copy(ROOT / "docs" / "specimen.toml", path)
    workspace = Workspace(tmp_path, date(2022, 8, 26), tmp_path)
    assert workspace.publication.style.lines == lines
    pages = open_edition(read_issue(workspace, path)).pages
    assert len(pages) >= 2
    assert pages.lines(loose=0.1) == ()
    assert pages.pdf().startswith(b"%PDF-")
    # The bound is seen to bind: nothing is set without any stretch at all.
    assert pages.lines(loose=0)
