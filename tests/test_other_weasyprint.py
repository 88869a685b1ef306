"""On a WeasyPrint that the composer does not know: one warning, plain setting, a PDF all the same."""

from __future__ import annotations

from pathlib import Path

from rendering import make_workspace, pdf_text, python

# Wherever it is found, the version is another one.
PRESS = """
import sys, weasyprint
weasyprint.__version__ = {version!r}
from bulletin_press import cli
sys.exit(cli.run(sys.argv[1:]))
"""
TEXT = "数字经济发展，推动2022年服务外包（RCEP国家）合同额增长238.15%。" * 6
ISSUE = f"""
[issue]
number = 1
date = 2022-08-26

[[news]]
title = "标题"
source = "来源"
date = 2022-08-01
body = "{TEXT}"
"""


def rendered(folder: Path, version: str, *issues: str) -> tuple[int, str, bytes]:
    """Exit status, all that is printed, and the PDF of the first of some issues."""
    make_workspace(folder, ISSUE)
    for name in issues[1:]:
        (folder / name).mkdir()
        (folder / name / "issue.toml").write_text(ISSUE.replace("2022-08", name), encoding="utf-8")
    ran = python("-c", PRESS.format(version=version), "--workspace", folder, "render", *issues)
    made = folder / issues[0] / "out" / f"{issues[0]}.pdf"
    return ran.returncode, ran.stdout + ran.stderr, made.read_bytes()


def test_an_unknown_version_sets_plainly_and_says_so_once(tmp_path: Path) -> None:
    status, printed, plain = rendered(tmp_path / "other", "71.0", "2022-08", "2022-09")
    assert status == 0
    assert printed.count("WeasyPrint 71.0") == 1
    assert "中文断行只认得 70.0" in printed
    assert "Traceback" not in printed
    assert TEXT[:20] in "".join(pdf_text(plain))
    # Plain it is: the composer's own setting puts what is copied into spans, WeasyPrint's does not.
    status, printed, composed = rendered(tmp_path / "known", "70.0", "2022-08")
    assert status == 0
    assert "中文断行" not in printed
    assert spans(composed) > 5
    assert spans(plain) == 0


def spans(data: bytes) -> int:
    """How many spans of copied text the pages of a PDF have."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return sum(page.Contents.read_bytes().count(b"/ActualText") for page in pdf.pages)
