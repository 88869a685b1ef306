"""Issues of shapes that no sample has, to measure pages by: texts of ``bench/texts``, pictures drawn here.

usage: python bench/shapes.py FOLDER, then python bench/fill.py FOLDER --themes classic modern gongwen annual
"""

import shutil
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
# Each paragraph is cut to so many characters, at the end of a sentence.
_PARAGRAPH = 230
_TABLE = """
| 市场 | 执行额（万美元） | 同比增长（%） | 占比（%） | 合同数（份） | 平均期限（月） |
| --- | --- | --- | --- | --- | --- |
| 日本 | 33203 | -12.93 | 23.2 | 1204 | 9.5 |
| 欧盟（含荷兰） | 27292 | -23.08 | 19.0 | 387 | 14 |
| 美国 | 18450.6 | 3.1 | 12.9 | 512 | 11.2 |
| 中国香港 | 9018.44 | 18.25 | 6.3 | 266 | 7 |
| 新加坡 | 7730 | 0.4 | 5.4 | 198 | 12 |
"""
_TITLES = ("服务外包与数字贸易对接会开幕", "前三季度服务进出口额同比增长9.6%", "智能体写进投标文件",
           "从业人员职业技能等级认定办法发布并征求意见", "港口城市共建海外仓公共服务平台", "中小企业出海手册印行",
           "跨境数据流动便利化试点范围扩大到全市", "检验检测机构国际互认取得进展", "人工智能训练数据标注规范立项",
           "东盟成为第二大市场", "语言服务企业联合体成立", "服务贸易统计制度修订后的几点变化")
_NAMES = ("云栖译通信息技术有限公司", "海岳工程设计咨询股份有限公司", "拾光数字影像工作室", "瑞合人力资源服务集团",
          "北辰检测认证中心", "雁回山窑文化创意公司")


def _sentences(name: str) -> Iterator[str]:
    """The paragraphs of a text over and over, each cut to about so many characters."""
    for line in cycle((ROOT / "bench/texts" / f"{name}.txt").read_text("utf-8").split("\n")):
        if line.strip():
            short = line[: line.find("。", _PARAGRAPH) + 1] if "。" in line[_PARAGRAPH:] else line
            yield short.replace("*", "＊")


class Shape:
    """One issue in the making."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.texts = folder, {name: _sentences(name) for name in
                                           ("news", "essay", "notice", "profiles", "statistics", "technology")}
        self.parts = [f"[issue]\nnumber = {number}\ndate = 2022-{number:02}-26\n"]

    def text(self, name: str, count: int) -> str:
        """So many paragraphs."""
        return "\n\n".join(islice(self.texts[name], count))

    def item(self, kind: str, title: str, body: str, *more: str) -> None:
        """News, policy or an event."""
        head = f'title = "{title}"\nsource = "滨海市商务局"\n' if title else ""
        self.parts.append("\n".join([f"[[{kind}]]", head + "\n".join(more), f"body = '''\n{body}\n'''\n"]))

    def picture(self, name: str, width: int, height: int) -> str:
        """A drawn landscape of that shape; what names it in an item."""
        path = self.folder / "images" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("RGB", (width, height), "#9FB8C4")
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, height * .62, width, height), fill="#3E6472")
        draw.ellipse((width * .6, height * .2, width * .6 + height * .2, height * .4), fill="#F1E4C3")
        image.save(path, dpi=(300, 300))
        return f'images = [{{ file = "images/{name}.png", caption = "对接会现场（{name}）", alt = "一片水面" }}]'

    def tip(self, term: str, count: int) -> None:
        """The tip."""
        self.parts.append(f"[tip]\nterm = \"{term}\"\nbody = '''\n{self.text('technology', count)}\n'''\n")

    def members(self, count: int) -> None:
        """So many members, of one to three paragraphs."""
        for at, name in enumerate(_NAMES[:count]):
            self.parts.append(f'[[member]]\nname = "{name}"\nrole = "会员单位"\nwebsite = "https://www.example.com"\n'
                              f"intro = '''\n{self.text('profiles', 1 + at % 3)}\n'''\n")

    def report(self) -> None:
        """The report of the sample."""
        typed = (ROOT / "issues/2022-08/issue.toml").read_text("utf-8")
        self.parts.append(typed[typed.index("[report]") : typed.index("# ── 二")])


def no_report(one: Shape) -> None:
    for at in range(4):
        one.item("news", _TITLES[at], one.text("news", 2 + at % 2))
    for at in (4, 5):
        one.item("policy", _TITLES[at], one.text("notice", 3))
    one.members(2)
    one.tip("数字服务", 2)


def twelve(one: Shape) -> None:
    shapes = [(1800, 1200), (1200, 1600), (1600, 900)]
    for at, title in enumerate(_TITLES):
        more = [one.picture(f"p{at}", *shapes[at // 2 % 3])] if at % 2 == 0 else []
        one.item("news", title, one.text("news" if at % 3 else "statistics", 1 + at % 3), *more)
    one.item("event", "", one.text("essay", 1))
    one.tip("检索增强生成", 1)


def long(one: Shape) -> None:
    one.item("news", _TITLES[0], one.text("news", 2))
    one.item("policy", _TITLES[3], "\n\n".join(f"### 第{n}部分\n\n{one.text('notice', 6)}" for n in "一二三四"))
    one.item("event", "", one.text("essay", 1))


def report_only(one: Shape) -> None:
    one.report()


def six(one: Shape) -> None:
    one.report()
    one.item("news", _TITLES[1], one.text("statistics", 3))
    one.item("news", _TITLES[2], one.text("technology", 2))
    one.members(6)
    one.tip("离岸外包", 1)


def tips(one: Shape) -> None:
    one.item("news", _TITLES[5], one.text("news", 3), one.picture("wide", 2400, 900))
    for _ in range(3):
        one.item("event", "", one.text("essay", 1))
    one.tip("智能体", 6)


def tables(one: Shape) -> None:
    for at in range(3):
        one.item("news", _TITLES[at + 6], f"{one.text('statistics', 2)}\n{_TABLE}\n{one.text('statistics', 1)}")
    one.item("policy", _TITLES[11], f"{one.text('notice', 2)}\n{_TABLE}")
    one.tip("口径", 1)


def short(one: Shape) -> None:
    one.item("news", _TITLES[9], one.text("news", 2))
    one.item("event", "", one.text("essay", 1))


SHAPES = (no_report, twelve, long, report_only, six, tips, tables, short)


def make(root: Path) -> None:
    """A workspace of the eight."""
    root.mkdir(parents=True, exist_ok=True)
    for name in ("publication.toml", "members.toml"):
        shutil.copy(ROOT / "issues" / name, root / name)
    for number, fill in enumerate(SHAPES, 1):
        folder = root / f"2022-{number:02}"
        shutil.rmtree(folder, ignore_errors=True)
        one = Shape(folder, number)
        fill(one)
        folder.mkdir(exist_ok=True)
        (folder / "issue.toml").write_text("\n".join(one.parts), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
