"""二、行业资讯 and 三、最新政策/研究报告: articles with a source."""

from __future__ import annotations

from bulletin_press.document.tree import Item, Origin
from bulletin_press.issue.sections.base import ArticleFields, body_blocks
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.publication.printed import Comparison

_COMPARED = Comparison(named_by="title", sources="source")


def article_item(fields: ArticleFields, around: Surroundings) -> Item:
    """An article as an item."""
    return Item(
        anchor=around.anchor, title=fields.title,
        blocks=body_blocks(fields, fields.body, around.folder, around.path, fields.title),
        attribution=fields.attribution(), more=fields.more, origin=Origin((*around.path, "title")))


NEWS = Kind(
    "news", "行业资讯", ("行业资讯", "新闻", "资讯", "要闻"), ArticleFields, True, article_item,
    remark="：一则一节", compared=_COMPARED,
    hint='''\
# source 来源、author 作者至少写一项。空一行就是另起一段；可用 **加粗**、[文字](https://网址)、
# “### 小标题”、以“- ”开头的列表、| 简单 | 表格 |。
''',
    scaffold="""\
title = "【请填写：标题】"
source = "【请填写：来源】"
# author = ""
# url = "https://"
# date = {{ date }}
# image = "images/文件名.jpg"
# caption = ""
body = '''
【请填写：正文】
'''
""")

POLICY = Kind(
    "policy", "最新政策/研究报告", ("最新政策", "政策"), ArticleFields, True, article_item, compared=_COMPARED,
    scaffold="""\
title = "【请填写：标题】"
source = "【请填写：来源】"
# more = ""                # 具体内容详见……
body = '''
【请填写：正文】
'''
""")
