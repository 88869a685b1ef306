"""The section kinds: the author's fields and the blocks that they become.

A closed set, written out, so that the type checker names what is missing.
"""

from collections.abc import Mapping

from bulletin_press.issue.sections.base import ArticleFields
from bulletin_press.issue.sections.event import EventFields
from bulletin_press.issue.sections.member import MemberFields
from bulletin_press.issue.sections.report import ReportFields
from bulletin_press.issue.sections.tip import TipFields
from bulletin_press.publication.settings import SectionKind

TITLES: Mapping[SectionKind, str] = {
    "report": "数据月报", "news": "行业资讯", "policy": "最新政策/研究报告", "member": "会员风采",
    "event": "协会动态", "tip": "知识小贴士",
}

__all__ = ["TITLES", "ArticleFields", "EventFields", "MemberFields", "ReportFields", "TipFields"]
