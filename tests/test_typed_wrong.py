"""What is typed wrong: each message says what to do, done literally it is right, and --fix does what is certain."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import HEAD, checked, write

from bulletin_press.authoring.fixing import proposed
from bulletin_press.cli import run
from bulletin_press.ground.diagnostics import Finding

NEWS = '[[news]]\ntitle = "茶博会"\nsource = "新华社"\nbody = "正文。"\n'
SIGNED = '[report]\nperiod = "2022-06"\n[report.signed]\n'


def faults(root: Path, issue: str) -> list[Finding]:
    return [one for one in checked(root, issue).findings if one.severity.value == "error"]


def fixed(root: Path, issue: str) -> str:
    workspace = write(root, {"2022-08/issue.toml": issue})
    changes = proposed(workspace, [root / "2022-08/issue.toml"])
    return changes[0].after if changes else issue


@pytest.mark.parametrize(("typed", "message", "after"), [
    # Two fields on one line.
    ('[[news]]\ntitle = "茶博会" source = "新华社"\nbody = "正文。"\n', "两项写在一行：从“source”", NEWS),
    ('[[news]]\ntitle = "茶博会"，source = "新华社"; body = "正文。"\n', "两项写在一行：从“source”", NEWS),
    ('[[news]] title = "茶博会"\nsource = "新华社"\tbody = "正文。"\n', "表名要单独占一行", NEWS),
    ('[[news]]\n标题 = "茶博会"　来源 = "新华社"\nbody = "正文。"\n', "两项写在一行：从“来源”", NEWS),
    ("[[news]]\ntitle = \"茶博会\" source = \"新华社\" body = '''\n正文。\n'''\n", "两项写在一行",
     "[[news]]\ntitle = \"茶博会\"\nsource = \"新华社\"\nbody = '''\n正文。\n'''\n"),
    ('[[news]]\ntitle = "茶博会"\rsource = "新华社"\rbody = "正文。"\n', "旧式写法（只有 CR）（连这里共 2 处）", NEWS),
    # Comments and lines as other languages have them.
    ('-- 说明\n' + NEWS, "注释用 #，不用 --", '# 说明\n' + NEWS),
    ('% 说明\n' + NEWS, "注释用 #，不用 %", '# 说明\n' + NEWS),
    ('--------\n' + NEWS, "分隔线前面要加 #", '# --------\n' + NEWS),
    ('======\n' + NEWS, "分隔线前面要加 #", '# ======\n' + NEWS),
    # Headers.
    (NEWS.replace("[[news]]", "[news]"), "要用双方括号 [[news]]", NEWS),
    (NEWS.replace("news", "新闻"), "“新闻”写 news", NEWS),
    (NEWS.replace("[[news]]", "【【要闻】】"), "“要闻”写 news", NEWS),
    ('[[tip]]\nterm = "云"\nbody = "一。"\n', "要用单方括号 [tip]", '[tip]\nterm = "云"\nbody = "一。"\n'),
    # Figures.
    (SIGNED + "total = 442826.44 万美元\n", "不写单位，写成 442826.44", SIGNED + "total = 442826.44\n"),
    (SIGNED + "total = 442826.44。\n", "多了“。”", SIGNED + "total = 442826.44\n"),
    (SIGNED + "total = [442，826.44, 1.5]\n", "", SIGNED + "total = [442826.44, 1.5]\n"),
    (SIGNED + "total = [442826.44\t1.5]\n", "缺少逗号", SIGNED + "total = [442826.44, 1.5]\n"),
    (SIGNED + "total = { value = 145607.7, previous = 156,036.3 }\n", "千分位",
     SIGNED + "total = { value = 145607.7, previous = 156036.3 }\n"),
    (SIGNED + "markets = [\n日本, 33203, -12.93\n欧盟，27292\n]\n", '["日本", 33203, -12.93],',
     SIGNED + 'markets = [\n["日本", 33203, -12.93],\n["欧盟", 27292],\n]\n'),
    (SIGNED.replace('"2022-06"', '"2022年6月"') + "total = 1.5\n", '这里写 "2022-06"', SIGNED + "total = 1.5\n"),
    (SIGNED.replace('"2022-06"', '"2022-06 / month"') + "total = 1.5\n", '这里写 "2022-06/month"',
     SIGNED.replace("2022-06", "2022-06/month") + "total = 1.5\n"),
])
def test_what_is_certain_is_fixed(tmp_path: Path, typed: str, message: str, after: str) -> None:
    assert any(message in one.message for one in faults(tmp_path, HEAD + typed))
    assert fixed(tmp_path, HEAD + typed) == HEAD + after
    assert not faults(tmp_path, HEAD + after)


@pytest.mark.parametrize("typed", [
    "number = 8期\ndate = 20220826", 'number = "第8期"\ndate = "2022年8月26日"', "number = 第 8 期\ndate = 2022/8/26",
    'number = "8" date = 2022-08-26'])
def test_the_issue_itself(tmp_path: Path, typed: str) -> None:
    assert fixed(tmp_path, f"[issue]\n{typed}\n{NEWS}") == HEAD + NEWS


@pytest.mark.parametrize(("typed", "messages"), [
    ('[[news]]\ntitle = "说"甲 = 乙"吧"\nsource = "x"\nbody = "正文。"\n', ("引号里面又有半角引号",)),
    ('[[news]]\ntitle = "如"何"办" source = "新华社"\nbody = "正文。"\n', ("两项写在一行：从“source”",)),
    ('[[news]]\ntitle = "茶""source = "一"\nbody = "正文。"\n', ("两项写在一行：从“source”",)),
    ('[[news]]\ntitle = "如"何"办" 来源 = “新华社”\nbody = "正文。"\n', ("两项写在一行：从“来源”",)),
    (SIGNED + "total = [442，826.44, (1.5%)]\n", ("若是千分位的逗号，就删去", "括号表示负数的")),
    (NEWS.replace("source", "title"), ("“title”写了两次，第 5 行已经有了：留一行，另一行删去",)),
    (SIGNED + "total = 1.5\ntotal = 2.5\n", ("“total”写了两次",)),
    ('[tip]\nterm = "云"\nbody = "一。"\n' * 2, ("一节只写一次，把两处并成一节",)),
    ('[[tip]]\nterm = "云"\nbody = "一。"\n' * 2, ("tip 只有一个，这里写了 2 节：留下一节，用单方括号 [tip]",)),
    (SIGNED + "total = 29030.10 （其中离岸）\n", ("说明“（其中离岸）”：删去，或在它前面加 #",)),
    (SIGNED + "total = 0.5%\n", ("这里要写数值，不是百分比",)),
    (SIGNED + "total = [1.5, (12.5%)]\n", ("括号表示负数的，写成 -12.5",)),
    (SIGNED + "total = 1.5 亿元\n", ("请把 1.5亿元 换算成万美元",)),
    ("[[news]]\ntitle = \"茶\"\nsource = \"一\"\nbody = '''正文里有'''引号'''。\n'''\n", ("里面的引号改成中文的“ ”",)),
    ('[[news]]\ntitle = "茶"\nsource = "一"\nbody =\n正文一。\n\n正文二。\n' + NEWS, ("这一行写成 body = '''",)),
    ('[[news]]\ntitle = "茶"\nsource = "一"\ndate =\n2022-08-26\nbody = "文"\n', ("写在同一行：date = 2022-08-26",)),
])
def test_what_is_not_certain_is_told_once(tmp_path: Path, typed: str, messages: tuple[str, ...]) -> None:
    found = faults(tmp_path, HEAD + typed)
    assert len(found) == len(messages)
    for one, message in zip(found, messages, strict=True):
        assert message in one.message
        assert one.message.isprintable() and "换算成万美元" not in one.message.replace("请把 1.5亿元 换算成万美元", "")


def test_a_sheets_serial_number_of_a_day_is_suggested(tmp_path: Path) -> None:
    issue = f"[issue]\nnumber = 8\ndate = 44799\n{NEWS}"
    (one,) = faults(tmp_path, issue)
    assert (one.suggestion, one.fixable) == ("2022-08-26", False)
    assert fixed(tmp_path, issue) == issue


@pytest.mark.parametrize("line", [
    '    print("你好,世界")', 'print("你好,世界")', 'name = "张三,李四"', '{"名称": "甲,乙", "数": 1}',
    'SELECT "甲,乙" FROM t', 'if x == "甲,乙":', "企业,收入,同比\n甲公司,12.5,3\n乙公司,13,4"])
def test_code_and_rows_of_cells_are_left(tmp_path: Path, line: str) -> None:
    issue = HEAD + f"[[news]]\ntitle = \"代码\"\nsource = \"一\"\nbody = '''\n{line}\n'''\n"
    assert fixed(tmp_path, issue) == issue


def test_prose_beside_code_is_fixed(tmp_path: Path) -> None:
    issue = HEAD + "[[news]]\ntitle = \"代码\"\nsource = \"一\"\nbody = '''\n" \
        "增长明显,各方满意,会议结束\n协会(筹)开会,很好,散会;\n'''\n"
    assert "增长明显，各方满意，会议结束\n协会（筹）开会，很好，散会；" in fixed(tmp_path, issue)


def test_what_is_left_to_do_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"2022-08/issue.toml": HEAD + SIGNED + "total = [1.5, (12.5%)]\n"})
    run(["check", "2022-08", "--fix", "--yes", "--workspace", str(tmp_path)])
    said = capsys.readouterr()
    assert "没有可以自动改正的地方；还有 1 处写了“建议”" in said.out + said.err
