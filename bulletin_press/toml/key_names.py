"""What keys are called by those who do not type them as they are, and which of the known keys a word meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

_COMMON: Mapping[str, str] = {
    "标题": "title", "题目": "title", "来源": "source", "作者": "author", "正文": "body", "内容": "body",
    "日期": "date", "期号": "number", "图片": "image", "名称": "name", "类型": "role", "简介": "intro",
}
# What the scanner reads for a key, or for a table's name, though it stands there without quotes.
ENGLISH: Mapping[str, str] = {
    **_COMMON,
    "网址": "url", "词条": "term", "期间": "period", "行业资讯": "news", "最新政策": "policy", "会员风采": "member",
    "协会动态": "event", "知识小贴士": "tip", "数据月报": "report",
    "新闻": "news", "资讯": "news", "要闻": "news", "政策": "policy", "会员": "member", "会员单位": "member",
    "动态": "event", "活动": "event",
    "小贴士": "tip", "贴士": "tip", "月报": "report", "本期": "issue", "刊期": "issue",
}
# A key that can be read and is none of its table's: what was meant, if the table has it.
ALIASES: Mapping[str, str] = {
    **_COMMON,
    "网址": "website", "图": "image", "link": "url", "content": "body", "text": "body", "img": "image",
    "picture": "image", "pictures": "images", "pics": "images", "value": "body", "type": "role",
    "web": "website", "site": "website", "desc": "intro", "summary": "intro", "headline": "title",
    "subject": "title", "from": "source", "origin": "source", "no": "number", "issue_number": "number",
}


def alias_of(word: str) -> str | None:
    """The key that another word for it means, or None."""
    return ALIASES.get(word) or ALIASES.get(word.lower())


def close_match(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one most likely meant, or None."""
    names = list(known)
    alias = alias_of(word)
    if alias in names:
        return alias
    match = difflib.get_close_matches(word.lower().replace("-", "_"), names, n=1, cutoff=0.6)
    return match[0] if match else None
