"""The rules about lines find what the composer could not mend, at its place in the file."""

import shutil
from datetime import date

import pytest
from workspaces import ROOT

from bulletin_press.document.tree import Origin
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace

HEAD = "[issue]\nnumber = 1\ndate = 2022-08-26\n\n"
NEWS = HEAD + '[[news]]\ntitle = "题"\nsource = "源"\ndate = 2022-08-01\nbody = \'\'\'\n{}\n\'\'\'\n'
CASES = [
    ("短短一段。", []),
    ("正常的一段文字，" * 20 + "。", []),
    # A run of letters breaks where it must; a figure never does.
    ("编号" + "ABCDEFGHIJ" * 10 + "。", []),
    ("第一段。\n\n编号是" + "1234567890" * 10 + "。", [("loose-line", 12, 1), ("overfull-line", 12, 4)]),
]


@pytest.fixture
def checked(tmp_path):
    def run(text):
        shutil.copy(ROOT / "issues" / "publication.toml", tmp_path)
        path = tmp_path / "2022-08" / "issue.toml"
        path.parent.mkdir()
        path.write_text(text, "utf-8")
        workspace = Workspace(tmp_path, date(2022, 8, 26), tmp_path)
        return check(workspace, path, only=(), layout=True).findings

    return run


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_lines_are_found_where_they_stand(checked, body, expected):
    findings = [found for found in checked(NEWS.format(body)) if found.rule.endswith("-line")]
    assert [(found.rule, found.span.line, found.span.column) for found in findings] == expected


def test_an_overfull_line_of_a_heading_is_placed_at_the_issue(checked):
    findings = checked(NEWS.format("短。").replace('"题"', f'"{"1234567890" * 10}"'))
    assert {(found.rule, found.span.line) for found in findings} >= {("overfull-line", 2)}


@pytest.mark.parametrize("origin", [Origin(("news", 0, "body"), 12), Origin(("tip", "body")), Origin(("a:b", 3), 4)])
def test_an_origin_survives_the_page(origin):
    assert Origin.parse(str(origin)) == origin
