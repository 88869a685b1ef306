"""The section kinds: the author's fields and the blocks that they become.

To add one: a file with its ``Kind`` beside these, and its name in ``KINDS``.
"""

from __future__ import annotations

from typing import Any

from bulletin_press.issue.sections.articles import NEWS, POLICY
from bulletin_press.issue.sections.event import EVENT
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.issue.sections.member import MEMBER
from bulletin_press.issue.sections.report import REPORT
from bulletin_press.issue.sections.tip import TIP

# In the order in which they are printed, unless a publication has another.
KINDS: tuple[Kind[Any], ...] = (REPORT, NEWS, POLICY, MEMBER, EVENT, TIP)
