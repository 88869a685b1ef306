"""The Word edition, and what a reviser changed in it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from commands import Press
from defusedxml.ElementTree import fromstring
from photographs import scene
from PIL import Image
from workspaces import HEAD, ROOT, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = """
[[news]]
title = "甲会召开"   # 标题
source = "新华社"
body = '''
第一段说**重点**的事。

第二段有 120 家企业，
分两行写。

- 其一
- 其二

第三段。
'''

[[event]]
body = "单行的正文。"
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sample issues, each with its Word edition."""
    folder = tmp_path_factory.mktemp("word") / "issues"
    shutil.copytree(ROOT / "issues", folder, ignore=shutil.ignore_patterns("out", ".press"))
    return folder


def made(press: Press, folder: Path, issue: str = "2022-08") -> Path:
    """The Word edition of an issue."""
    file = folder / issue / "out" / f"{issue}-docx.docx"
    if not file.exists():
        assert press("-w", str(folder), "render", "--to", "docx", issue).status == 0
    return file


def small(folder: Path, body: str = BODY) -> Path:
    write(folder / "issues", {"2022-08/issue.toml": HEAD + body})
    return folder / "issues"


def changed(file: Path, change: Callable[[str], str], name: str = "word/document.xml") -> Path:
    """A copy of a file with one part changed."""
    copy = file.with_name("revised.docx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == name:
                text = change(data.decode())
                assert text != data.decode()
                data = text.encode()
            new.writestr(part, data)
    return copy


# --- the file -------------------------------------------------------------------------------


def test_the_file_has_styles_headings_alternatives_and_nothing_of_the_librarys(press: Press, sample: Path) -> None:
    file = made(press, sample)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        body, styles = archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()
    assert not [name for name in names if re.search(r"thumbnail|customXml|theme|printer", name, re.I)]
    assert "asciiTheme" not in styles and 'w:eastAsia="宋体"' in styles
    assert re.search(r'w:firstLineChars="200" w:firstLine="480"', styles)
    root = fromstring(body)
    heads = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")
             if (s := p.find(f"{W}pPr/{W}pStyle")) is not None and s.get(f"{W}val") == "Heading1"]
    assert heads[0] == "一、数据月报" and len(heads) == 6
    pictures = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)
    assert len(pictures) == body.count("<w:drawing>") > 4 and all(pictures)
    assert body.count("<w:tblHeader/>") == 2
    assert " SEQ 图 " in body and "SEQ 表" in body


def test_every_paragraph_with_words_tells_where_it_comes_from(press: Press, sample: Path) -> None:
    with zipfile.ZipFile(made(press, sample)) as archive:
        root = fromstring(archive.read("word/document.xml"))
    names = [mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names)) and all(len(name) <= 40 and re.fullmatch(r"_p_\w+", name) for name in names)
    for paragraph in root.iter(f"{W}p"):
        if any(t.text for t in paragraph.iter(f"{W}t")):
            assert paragraph.find(f"{W}bookmarkStart") is not None


def test_the_same_issue_makes_the_same_bytes_and_a_draft_says_so(press: Press, tmp_path: Path) -> None:
    from bulletin_press.writers.docx import is_draft

    folder = small(tmp_path)
    file = made(press, folder)
    data = file.read_bytes()
    file.unlink()
    assert made(press, folder).read_bytes() == data
    assert not is_draft(file)
    assert press("-w", str(folder), "render", "--to", "docx", "--draft").status == 0
    assert is_draft(file)
    with zipfile.ZipFile(file) as archive:
        assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in archive.infolist())
        assert "校样" in archive.read("word/document.xml").decode()
    # A draft is read back as the issue itself is.
    ran = press("-w", str(folder), "revise", "2022-08", str(file))
    assert (ran.status, ran.err.strip()) == (0, "与 issue.toml 相同，没有改动")


def test_events_bear_the_numbers_that_the_press_gave_them(press: Press, tmp_path: Path) -> None:
    file = made(press, small(tmp_path, '[[event]]\ntitle = "有题"\nbody = "甲。"\n[[event]]\nbody = "乙。"\n'))
    with zipfile.ZipFile(file) as archive:
        root = fromstring(archive.read("word/document.xml"))
    lines = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    assert "1. 有题" in lines and "2. 乙。" in lines

def test_a_photograph_without_a_head_of_its_own_is_put_in(press: Press, tmp_path: Path) -> None:
    root = small(tmp_path, '[[news]]\ntitle = "甲"\nimage = "a.jpg"\nbody = "乙。"\n')
    scene(600, 400).save(root / "2022-08" / "a.jpg", quality=85)
    with zipfile.ZipFile(made(press, root)) as archive:
        shown = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert [Image.open(io.BytesIO(one)).size for one in shown] == [(600, 400)]


def test_no_picture_takes_a_page_for_itself(press: Press, tmp_path: Path) -> None:
    root = small(tmp_path, '[[news]]\ntitle = "甲"\nimage = "a.jpg"\nbody = "乙。"\n')
    scene(600, 900).save(root / "2022-08" / "a.jpg", quality=85)
    with zipfile.ZipFile(made(press, root)) as archive:
        sizes = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', archive.read("word/document.xml").decode())
    assert [(round(int(width) / 12_700), round(int(height) / 12_700)) for width, height in sizes] == [(167, 250)]


# --- tables ---------------------------------------------------------------------------------

WIDE = "| 地区 | 一月 | 二月 | 三月 | 四月 | 五月 | 六月 | 合计 | 同比 |\n" + "| --- |" + " ---: |" * 8 + "\n" \
    "| 大连高新技术产业园区 |" + " 12345.67 |" * 6 + " 1112345.67 | ▲1073.29% |\n"


def cells(data: bytes) -> Iterator[tuple[str, float, float]]:
    """Of each cell of a Word file's tables that holds a figure: it, its room and its size, pt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = fromstring(archive.read("word/document.xml"))
    for cell in body.iter(f"{W}tc"):
        words = "".join(one.text or "" for one in cell.iter(f"{W}t"))
        if re.fullmatch(r"[▲▼]?[\d.]+%?", words):
            look = cell.find(f"{W}tcPr")
            assert look is not None
            room = int(look.find(f"{W}tcW").get(f"{W}w"))  # type: ignore[union-attr,arg-type]
            room -= sum(int(side.get(f"{W}w", "0")) for side in look.find(f"{W}tcMar") or ())
            sizes = [int(one.get(f"{W}val", "0")) / 2 for one in cell.iter(f"{W}sz")]
            yield words, room / 20, max(sizes, default=10.0)


def test_no_figure_is_broken_in_its_cell(press: Press, tmp_path: Path) -> None:
    root = tmp_path / "issues"
    shutil.copytree(ROOT / "issues", root, ignore=shutil.ignore_patterns("out", ".press"))
    issue = root / "2022-08" / "issue.toml"
    larger = issue.read_text("utf-8").replace("[442826.44, 164.14]", "[1442826.44, 11073.29]").replace(
        "[92397.96, 844.93]", "[1092397.96, 21073.29]")
    issue.write_text(f"{larger}[[news]]\ntitle = \"宽表\"\nbody = '''\n{WIDE}'''\n", "utf-8")
    assert press("-w", str(root), "render", "--to", "docx", "--draft", "2022-08").status == 0
    found = list(cells((root / "2022-08/out/2022-08-docx.docx").read_bytes()))
    assert {"1442826.44", "▲11073.29%", "▲21073.29%", "1112345.67", "▲1073.29%"} <= {words for words, *_ in found}
    # Arial's digits are .556 em, its per cent sign .889, its point .278; the mark is as wide as a 汉字.
    wide = {"%": 0.889, ".": 0.278, "▲": 1.0, "▼": 1.0}
    for words, room, size in found:
        assert sum(wide.get(char, 0.556) for char in words) * size <= room, (words, room, size)


# --- what was changed -----------------------------------------------------------------------


@pytest.mark.parametrize("issue", ["2022-07", "2022-08"])
def test_an_untouched_sample_has_no_change(press: Press, sample: Path, issue: str) -> None:
    before = (sample / issue / "issue.toml").read_bytes()
    ran = press("-w", str(sample), "revise", issue, str(made(press, sample, issue)))
    assert (ran.status, ran.err.strip()) == (0, "与 issue.toml 相同，没有改动")
    assert (sample / issue / "issue.toml").read_bytes() == before


def test_accepted_words_go_into_their_string_and_comments_stay(press: Press, tmp_path: Path) -> None:
    folder = small(tmp_path)
    copy = changed(made(press, folder), lambda xml: xml.replace("甲会召开", "甲会“闭幕”")
                   .replace("第二段有 120 家", "第二段有 130 家").replace("单行的正文", '单行"的[正文'))
    ran = press("-w", str(folder), "revise", "2022-08", str(copy), "--yes")
    text = (folder / "2022-08/issue.toml").read_text("utf-8")
    assert ran.status == 0, ran.err
    assert 'title = "甲会“闭幕”"   # 标题' in text
    assert "第二段有 130 家企业，\n分两行写。" in text and "**重点**" in text
    assert 'body = "单行\\"的\\\\[正文。"' in text
    # Figures come first.
    assert ran.err.index("130") < ran.err.index("闭幕") and "1. 【数字】" in ran.err
    assert "已写回 3 处" in ran.err


def test_tracked_changes_are_read_as_accepted(press: Press, tmp_path: Path) -> None:
    folder = small(tmp_path)
    copy = changed(made(press, folder), lambda xml: re.sub(
        r"<w:r>(<w:rPr/>)?<w:t[^>]*>第三段。</w:t></w:r>",
        '<w:r><w:t>第</w:t></w:r><w:del w:id="90" w:author="主席"><w:r><w:delText>三</w:delText></w:r></w:del>'
        '<w:ins w:id="91" w:author="主席"><w:r><w:t>四</w:t></w:r></w:ins><w:r><w:t>段。</w:t></w:r>', xml))
    ran = press("-w", str(folder), "revise", "2022-08", str(copy), "--yes")
    assert ran.status == 0 and "第[-三-]{+四+}段" in ran.err
    assert "\n第四段。\n" in (folder / "2022-08/issue.toml").read_text("utf-8")


def test_paragraphs_added_and_taken_away(press: Press, tmp_path: Path) -> None:
    folder = small(tmp_path)

    def change(xml: str) -> str:
        xml = re.sub(r"<w:p>(?:(?!</w:p>).)*其一.*?</w:p>", "", xml)
        return re.sub(r"(<w:p>(?:(?!</w:p>).)*第三段。.*?</w:p>)", r"\1<w:p><w:r><w:t># 新段</w:t></w:r></w:p>", xml)

    ran = press("-w", str(folder), "revise", "2022-08", str(changed(made(press, folder), change)), "--yes")
    text = (folder / "2022-08/issue.toml").read_text("utf-8")
    assert ran.status == 0, ran.err
    assert "其一" not in text and "- 其二" in text
    assert "第三段。\n\n\\# 新段" in text


def test_a_figure_is_changed_where_it_is_typed(press: Press, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "issues"
    shutil.copytree(sample, folder)
    copy = changed(made(press, folder), lambda xml: xml.replace("15824.32", "15824.33"))
    before = (folder / "2022-08/issue.toml").read_text("utf-8")
    assert before.count("15824.32") == 1
    ran = press("-w", str(folder), "revise", "2022-08", str(copy), "--yes")
    assert ran.status == 0, ran.err
    assert (folder / "2022-08/issue.toml").read_text("utf-8") == before.replace("15824.32", "15824.33")
    assert ran.err.count("15824.32 → 15824.33") == 1


def test_what_has_no_place_is_listed_and_nothing_is_written(press: Press, tmp_path: Path) -> None:
    folder = small(tmp_path)
    before = (folder / "2022-08/issue.toml").read_bytes()
    copy = changed(made(press, folder), lambda xml: xml.replace("本期导读", "本期要目"))
    ran = press("-w", str(folder), "revise", "2022-08", str(copy), "--yes")
    assert ran.status == 1 and "没有写回：程序写的" in ran.err and "本期[-导读-]{+要目+}" in ran.err
    assert (folder / "2022-08/issue.toml").read_bytes() == before


def test_a_paragraph_changed_on_both_sides_is_a_conflict(press: Press, tmp_path: Path) -> None:
    folder = small(tmp_path)
    copy = changed(made(press, folder), lambda xml: xml.replace("第三段。", "第三段，领导改。"))
    file = folder / "2022-08/issue.toml"
    file.write_text(file.read_text("utf-8").replace("第三段。", "第三段，编辑改。"), "utf-8")
    ran = press("-w", str(folder), "revise", "2022-08", str(copy), "--yes")
    assert ran.status == 1 and "冲突" in ran.err and "领导改" in ran.err
    assert "编辑改" in file.read_text("utf-8")


def test_nothing_is_written_without_an_answer(press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small(tmp_path)
    copy = changed(made(press, folder), lambda xml: xml.replace("第三段。", "末段。"))
    for typed, status, words in (("", 2, "第三段。"), ("否\n", 0, "第三段。"), ("是\n", 0, "末段。")):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert press("-w", str(folder), "revise", "2022-08", str(copy)).status == status
        assert words in (folder / "2022-08/issue.toml").read_text("utf-8")


# --- files that mean harm -------------------------------------------------------------------


def zipped(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return kept.getvalue()


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


@pytest.mark.parametrize(("data", "words"), [
    (b"", "这不是 Word 文件"),
    (b"%PDF-1.7", "这不是 Word 文件"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧的 .doc"),
    (b"PK\x03\x04 broken", "已损坏"),
    (zipped(other="<a/>"), "里面没有正文"),
    (zipped(document="<a>"), "读不出来"),
    (zipped(document=BOMB), "不该有的东西"),
    (zipped(document=OUTSIDE), "不该有的东西"),
    (zipped(document="<a>" + " " * 50_000_000 + "</a>"), "太大"),
    (zipped(document="<a>" * 30_000 + "</a>" * 30_000), ""),
    (zipped(document="<a/>"), "对不上"),
], ids=["empty", "pdf", "doc", "torn", "zip", "xml", "entities", "outside", "bomb", "deep", "strange"])
def test_hostile_files_are_refused_in_chinese(press: Press, tmp_path: Path, data: bytes, words: str) -> None:
    folder = small(tmp_path)
    (tmp_path / "x.docx").write_bytes(data)
    ran = press("-w", str(folder), "revise", "2022-08", str(tmp_path / "x.docx"))
    assert ran.status == 1 and words in ran.err and "Traceback" not in ran.err


def test_a_file_that_is_not_there(press: Press, tmp_path: Path) -> None:
    ran = press("-w", str(small(tmp_path)), "revise", "2022-08", str(tmp_path / "无.docx"))
    assert ran.status == 2 and "没有" in ran.err
