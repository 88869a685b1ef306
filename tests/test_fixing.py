"""``press check --fix``: only what is beyond doubt, once, and nothing else of the file."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import HEAD, PUBLICATION_TEXT, TODAY, samples, write

from bulletin_press.authoring.fixing import proposed
from bulletin_press.checks.rule import Family
from bulletin_press.cli import run
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.change import Change, write_change

FAULTY = HEAD + """
[report]
period = "2022-06"            # 期间, 不改
[report.executed]
total = [143309.70, 2.4]      # 4，400 的注释;不改
markets = [["日本 A", 33203, -12.93]]

[[news]]   # 第一则, 原样
title = "到 2025 年,建成 \\"示范区\\""
source = "商务部"
url   = "www.mofcom.gov.cn"
body = '''
增速创下新高;收入4，400万元，增长164.14 %。。

今年1--5月，**执行金额** 35,000人(近5000余人)... 详见《办法》、《规定》
'''
[allow]
approximate-twice = "原文如此"
"""
TERMS = PUBLICATION_TEXT + '[terms]\n"执行金额" = "执行额"\n'


def fixes(root: Path, issue: str = FAULTY, publication: str = TERMS) -> tuple[Change, ...]:
    workspace = write(root, {"publication.toml": publication, "2022-08/issue.toml": issue})
    return proposed(workspace, [root / "2022-08/issue.toml"])


def fixed(root: Path, issue: str = FAULTY, publication: str = TERMS) -> str:
    changes = fixes(root, issue, publication)
    return changes[0].after if changes else issue


def in_body(text: str) -> str:
    return HEAD + f"[[event]]\nbody = '''\n{text}\n'''\n"


def body_of(issue: str) -> str:
    (event,) = tomllib.loads(issue)["event"]
    return str(event["body"]).removesuffix("\n")


def test_what_is_beyond_doubt_is_put_right(tmp_path: Path) -> None:
    text = fixed(tmp_path, publication=TERMS + '[style]\nmarks = "gb"\n')
    values = tomllib.loads(text)
    news = values["news"][0]
    assert news["url"] == "https://www.mofcom.gov.cn"
    assert "增速创下新高；收入4,400万元，增长164.14%。\n" in news["body"]
    assert "今年1—5月，**执行额**35,000人（近5000余人）…… 详见《办法》《规定》" in news["body"]
    # A suggestion inside escapes is left to a person.
    assert news["title"].startswith("到2025年，建成")


def test_everything_else_stays_byte_for_byte(tmp_path: Path) -> None:
    before, after = FAULTY.split("\n"), fixed(tmp_path).split("\n")
    assert len(before) == len(after)
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert [line[:5] for line in changed] == ["title", "url  ", "增速创下新", "今年1--"]


def test_the_figures_of_the_report_are_never_touched(tmp_path: Path) -> None:
    old, new = (tomllib.loads(text, parse_float=Decimal)["report"] for text in (FAULTY, fixed(tmp_path)))
    assert old == new
    assert str(new["executed"]["total"][0]) == "143309.70"


def test_a_second_run_finds_nothing_to_do(tmp_path: Path) -> None:
    assert not fixes(tmp_path, fixed(tmp_path))


def test_clean_samples_are_left_alone(tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    workspace = Workspace(root, TODAY, root)
    assert not proposed(workspace, [workspace.issue_path(name) for name in workspace.issue_names])


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\n"), (b"", b"\r\n"), (codecs.BOM_UTF8, b"\r\n")])
def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, mark: bytes, end: bytes) -> None:
    path = tmp_path / "2022-08/issue.toml"
    workspace = write(tmp_path, {"publication.toml": TERMS, "2022-08/issue.toml": ""})
    path.write_bytes(mark + FAULTY.encode("utf-8").replace(b"\n", end))
    (change,) = proposed(workspace, [path])
    write_change(change)
    assert path.read_bytes() == mark + change.after.encode("utf-8").replace(b"\n", end)
    assert not proposed(Workspace(tmp_path, TODAY, tmp_path), [path])


def test_a_waived_finding_is_not_fixed(tmp_path: Path) -> None:
    issue = in_body("新高;软件") + '[allow]\nhalfwidth-mark = "原文如此"\n'
    assert not fixes(tmp_path, issue)


def test_a_rule_switched_off_fixes_nothing(tmp_path: Path) -> None:
    assert not fixes(tmp_path, in_body("新高;软件"), PUBLICATION_TEXT + '[rules]\nhalfwidth-mark = "off"\n')


def test_a_guess_is_not_fixed(tmp_path: Path) -> None:
    assert not fixes(tmp_path, in_body("截止2022年，与21年数据相比，增速4～6%，目标—建成平台"))


def test_what_bold_runs_through_is_left(tmp_path: Path) -> None:
    assert not fixes(tmp_path, in_body("接包合同执**行金**额"))


def test_an_issue_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    assert not fixes(tmp_path, in_body("新高;软件") + 'titel = "甲"\n')


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    (change,) = fixes(tmp_path)
    change.path.write_text(FAULTY + "# 新写的一行\n", "utf-8")
    with pytest.raises(PressError, match="刚才被别的程序改过"):
        write_change(change)
    assert change.path.read_text("utf-8").endswith("# 新写的一行\n")


def test_the_member_directory_is_fixed_too(tmp_path: Path) -> None:
    write(tmp_path, {"members.toml": '[a]\nname = "甲公司"\nwebsite = "www.a.cn"\nintro = "成立于 1998 年"\n'})
    (change,) = fixes(tmp_path, HEAD + '[[member]]\nref = "a"\n', PUBLICATION_TEXT)
    assert change.name == "members.toml"
    assert 'website = "https://www.a.cn"\nintro = "成立于1998年"' in change.after


@pytest.mark.parametrize("text", [
    "会员单位&nbsp;共35家&amp;合作伙伴。", "发布″十四五″规划，以`开放合作'为主题，'十三五'期间。",
    "全文完 :smile: 谢谢:+1:",
    "规模以上工业增加值（亿元）\t120.60\t15.9", "阶段：市场调研\t2019-10-15\n第二\t2019-11-15",
    "坚持“一国两制”、“港人治港”、高度自治", "第三十七条 修改章程。", "研讨\ufffd会",
    "[^1]: 脚注",
    "见错误!未找到引用源。", "甲[批注 1:未核]", '发布"十四五"规划，"十三五期间',
    "轻松驰骋",
    "见https://a.cn/x,y 和`a,中`", "<span lang=\"EN-US\">中,文</span>".replace(",", ""), "甲<!-- 中,国 -->乙"])
def test_what_is_not_understood_is_left(tmp_path: Path, text: str) -> None:
    assert not fixes(tmp_path, in_body(text))


def test_a_titles_own_space_is_left(tmp_path: Path) -> None:
    assert not fixes(tmp_path, HEAD + '[[event]]\ntitle = "织牢医疗保障“网底” 守护群众健康"\nbody = "正文"\n')


@pytest.mark.parametrize(("text", "right"), [
    ("中国\u00a0经济，第\u00a05\u00a0届，A\u00a0B", "中国经济，第5届，A B"), ("为了⽅便⽤户，⻓期",
    "为了方便用户，长期")])
def test_pasted_characters_are_put_right(tmp_path: Path, text: str, right: str) -> None:
    assert body_of(fixed(tmp_path, in_body(text))) == right


def test_a_radical_in_the_report_is_left_and_the_rest_is_not(tmp_path: Path) -> None:
    report = '[report]\nperiod = "2022-06"\n[report.executed]\ntotal = 1\nmarkets = [["⽇本", 1]]\n'
    text = fixed(tmp_path, in_body("⽅便") + report)
    assert '["⽇本", 1]' in text
    assert body_of(text) == "方便"


# --- what keeps a file from being read -------------------------------------------------------

NINE = """[issue]
number ＝ 8
date = 2022-08-26

[report]
period = “2022-06”
[report.executed]
total = 143,309.75            # 合计，不改
markets = [["日本"，33203，-12.93]]

[[news]]
title = “标题”
source = 宁波市商务局
body = '''
第一行。\x0b第二行，到 2025 年
'''
"""


def test_nine_mistakes_take_one_run(tmp_path: Path) -> None:
    (change,) = fixes(tmp_path, NINE, PUBLICATION_TEXT)
    values = tomllib.loads(change.after, parse_float=Decimal)
    assert values["report"] == {"period": "2022-06", "executed": {
        "total": Decimal("143309.75"), "markets": [["日本", 33203, Decimal("-12.93")]]}}
    assert values["news"] == [{"title": "标题", "source": "宁波市商务局", "body": "第一行。\n第二行，到2025年\n"}]
    assert "# 合计，不改" in change.after
    assert change.diff().count("--- ") == 1
    write_change(change)
    assert not proposed(Workspace(tmp_path, TODAY, tmp_path), [change.path])


@pytest.mark.parametrize("value", ["持平", "12.3万", "下降3.1", "12.4%", "2023-Q2", "1,2",
    "405832.99⇥12.4".replace("⇥", "\t")])
def test_a_figure_that_is_a_guess_is_left(tmp_path: Path, value: str) -> None:
    issue = HEAD + f'[report]\nperiod = "2022-06"\n[report.executed]\ntotal = {value}\n'
    assert not fixes(tmp_path, issue, PUBLICATION_TEXT)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_soft_return_becomes_a_line_with_the_files_end(tmp_path: Path, end: str) -> None:
    path = tmp_path / "2022-08/issue.toml"
    workspace = write(tmp_path, {"publication.toml": PUBLICATION_TEXT, "2022-08/issue.toml": ""})
    path.write_bytes(in_body("甲。\x0b乙").replace("\n", end).encode("utf-8"))
    (change,) = proposed(workspace, [path])
    write_change(change)
    assert path.read_bytes() == in_body("甲。\n乙").replace("\n", end).encode("utf-8")


# --- the command ----------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "issues", {"publication.toml": TERMS, "2022-08/issue.toml": in_body("新高;软件")})
    monkeypatch.chdir(tmp_path)
    return tmp_path / "issues/2022-08/issue.toml"


def test_yes_writes_and_shows_the_diff(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--fix", "--yes"]) == 0
    shown = capsys.readouterr()
    assert "-新高;软件\n+新高；软件" in shown.err
    assert "已改正 1 处：issues/2022-08/issue.toml" in shown.err
    assert shown.out.startswith("错误 0，警告 0，提示 0\n")
    assert body_of(here.read_text("utf-8")) == "新高；软件"
    assert run(["check", "--fix", "--yes"]) == 0
    assert "没有可以自动改正的地方" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "status"), [
    ("n\n", 0), ("y\n", 0), ("", 2), ("是\n", 0), ("否\n", 0), ("\n", 0), (" Ｙ \n", 0), ("YES\n", 0), ("啊\n是\n", 0),
    ("啊\n", 2)])
def test_it_asks_first(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                       answer: str, status: int) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    before = here.read_text("utf-8")
    assert run(["check", "--fix"]) == status
    assert (here.read_text("utf-8") != before) is (answer.strip().endswith(("y", "是", "Ｙ", "YES")))
    assert "改正以上 1 处" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "words"), [
    (("--yes",), "--yes 要与 --fix 同用"), (("--fix", "--only", "data"), "--fix 只改文字")])
def test_options_that_do_not_go_together(here: Path, capsys: pytest.CaptureFixture[str],
                                         arguments: tuple[str, ...], words: str) -> None:
    assert run(["check", *arguments]) == 2
    assert words in capsys.readouterr().err


# --- anything a person may type -------------------------------------------------------------

PIECES = st.sampled_from([
    "中", "国", "新高", "A", "b", "1", "2022", "5", ",", ";", ":", ".", "?", "(", ")", "（", "）", "，", "。",
    "、", "“", "”", "《", "》", '"', "'", " ", "%", "—", "-", "--", "...", "…", "月", "年", "日", "近", "余", "１",
    "．", "www.a.cn", "https://a.cn", "**", "\u00a0", "\u200b", "|", "执行金额", "[a](b)", "\\", "\t", "\n", "&nbsp;",
    "&amp;", "<!--", "-->", "<b>", "⽅",
    ":smile:", "`", "″", "\u2028", "\ufffd", "第一条 ", "·", "1."])


def plain(values: Any) -> Any:
    """Values without their texts."""
    if isinstance(values, Mapping):
        return {key: plain(value) for key, value in values.items()}
    if isinstance(values, list):
        return [plain(value) for value in values]
    return None if isinstance(values, str) else values


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, min_size=1, max_size=30).map("".join).filter(lambda text: "'''" not in text))
def test_whatever_is_typed_one_run_is_enough(tmp_path: Path, text: str) -> None:
    issue = in_body("正文" + text)
    once = fixed(tmp_path, issue)
    assert plain(tomllib.loads(once)) == plain(tomllib.loads(issue))
    assert fixed(tmp_path, once) == once
    # What is left to find is nothing that could have been fixed and was not written so.
    workspace = write(tmp_path, {"2022-08/issue.toml": once, "publication.toml": TERMS})
    left = check(workspace, tmp_path / "2022-08/issue.toml", only={Family.COPY})
    assert left.readable
