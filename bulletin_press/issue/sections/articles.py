"""二、行业资讯 and 三、最新政策/研究报告: articles with a source."""

from __future__ import annotations

from bulletin_press.document.markup import link_target
from bulletin_press.document.references import reference_of
from bulletin_press.document.tree import Attribution, Item, Origin
from bulletin_press.issue.sections.base import SourceAddress
from bulletin_press.issue.sections.furnishing import FurnishedFields, furnished_blocks, furnished_complaints
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.publication.printed import Comparison
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Complaint, Day, Line

# Of an address, bytes: a code of more is too dense to be scanned at the size of a side column.
MOST_CODED = 190
_COMPARED = Comparison(named_by="title", sources="source")


class ArticleFields(FurnishedFields):
    """Fields of a news item or a policy: a reprint with its source."""

    title: Line
    source: Line | None = None
    author: Line | None = None
    url: SourceAddress | None = None
    date: Day | None = None
    more: Line | None = None
    qr: bool | None = None

    def attribution(self) -> Attribution:
        """Source, author, address and date."""
        return Attribution(self.source, self.author, link_target(self.url) if self.url else None, self.date, self.qr)


def article_complaints(fields: ArticleFields, path: KeyPath, workspace: Workspace) -> list[Complaint]:
    """What is wrong with fields that are right by themselves."""
    found = furnished_complaints(fields, path, workspace)
    if fields.qr and fields.url is None:
        found.append(Complaint("wrong-value", (*path, "qr"), "要印二维码，先写 url（网址）"))
    elif fields.qr and reference_of(fields.url or ""):
        found.append(Complaint("wrong-value", (*path, "qr"), "url 写的是本刊的一期，不是网址，印不成二维码：删去 qr"))
    elif fields.qr and len((fields.url or "").encode()) > MOST_CODED:
        found.append(Complaint("wrong-value", (*path, "url"),
                               f"网址超过 {MOST_CODED} 个字节，印成二维码太密，扫不出：换短一些的，或删去 qr"))
    return found


def article_item(fields: ArticleFields, around: Surroundings) -> Item:
    """An article as an item."""
    return Item(
        anchor=around.anchor, title=fields.title,
        blocks=furnished_blocks(fields, around.folder, around.path, fields.title),
        attribution=fields.attribution(), more=fields.more, origin=Origin((*around.path, "title")))


NEWS = Kind(
    "news", "行业资讯", ("行业资讯", "新闻", "资讯", "要闻"), ArticleFields, True, article_item,
    remark="：一则一节", compared=_COMPARED, complaints=article_complaints,
    hint='''\
# source 来源、author 作者至少写一项。空一行就是另起一段；可用 **加粗**、[文字](https://网址)、
# “### 小标题”、以“- ”开头的列表、| 简单 | 表格 |。
''',
    scaffold="""\
title = "【请填写：标题】"
source = "【请填写：来源】"
# author = ""
# url = "https://"
# qr = true                # 网址印成二维码
# date = {{ date }}
# image = "images/文件名.jpg"
# caption = ""
# chart = "bars"           # 正文里的表格画成图：bars 条形、columns 柱形、line 折线、timeline 时间轴
body = '''
【请填写：正文】
'''
""")

POLICY = Kind(
    "policy", "最新政策/研究报告", ("最新政策", "政策"), ArticleFields, True, article_item, compared=_COMPARED,
    complaints=article_complaints,
    scaffold="""\
title = "【请填写：标题】"
source = "【请填写：来源】"
# more = ""                # 具体内容详见……
# quote = ""               # 从正文摘一句排大
# dates = [[{{ date }}, "【请填写：事情】"]]   # 关键日期：日期和事情一对一对地写
body = '''
【请填写：正文】
'''
""")
