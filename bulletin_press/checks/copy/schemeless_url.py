"""网址没有写 https://。

没有 https:// 或 http:// 的网址，读者点不开、扫不出；正文里的不会做成链接。

误：详见www.ibm.com
正：详见https://www.ibm.com，邮箱a@www.ibm.com
依据：RFC 3986 3.1：网址以方案（scheme）开头。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

SCHEMELESS = lazy(r"(?<![A-Za-z0-9@./:_-])[Ww]{3}\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?"
                        r"(?:/[A-Za-z0-9\-._~/?#@!$&*+=%]*[A-Za-z0-9/=])?")
SCHEME = lazy(r"\s*(?:https?://|mailto:|issue:)", re.IGNORECASE)


def check(issue: Issue) -> Iterator[At]:
    """Yield each address without a scheme, in a field of its own or in the text."""
    for passage in issue.addresses():
        typed = passage.text.strip()
        if typed and not SCHEME.match(typed):
            start = passage.text.index(typed)
            yield At.within(passage, start, start + len(typed), f"网址“{typed}”缺少 https://", f"https://{typed}")
    for passage in issue.passages:
        for match in SCHEMELESS.finditer(passage.text) if "www." in passage.text.lower() else ():
            at = At.within(passage, *match.span(), f"网址“{match.group()}”缺少 https://", f"https://{match.group()}")
            # Readers of print type it as it stands.
            yield replace(at, severity=Severity.INFO)


RULE = Rule("schemeless-url", Severity.WARNING, Issue, check, fix=True)
