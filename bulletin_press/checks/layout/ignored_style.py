"""版式的 CSS 有一处没有生效。

排版引擎（WeasyPrint）不认识这条属性、这个值或这个选择器，跳过了它。多半是拼错了，或少了分号、括号；
也可能是它不支持的 CSS。随附的版式没有这个问题，自己改过的才会有。

误：p { colr: red }
正：p { color: red }
依据：W3C CSS 各模块的语法；WeasyPrint 的文档列出了它支持的属性。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity, Span

_IGNORED = re.compile(r"Ignored `(?P<text>.*)` at (?P<line>\d+):(?P<column>\d+), (?P<why>.*?)\.?\Z", re.S)
_SELECTOR = re.compile(r"Invalid or unsupported selector,? '?(?P<text>.*?)'?\Z", re.S)
_PARSE = re.compile(r"Parse error at (?P<line>\d+):(?P<column>\d+):? *(?P<why>.*)\Z", re.S)
_WHY = {"unknown property": "没有这个属性", "invalid value": "值不对", "the property was deprecated": "已经废弃"}


def check(edition: Edition) -> Iterator[At]:
    """Yield each part of the style sheet that WeasyPrint said it would do without."""
    for said in edition.pages.logged:
        if found := _IGNORED.match(said) or _PARSE.match(said):
            groups = found.groupdict()
            text, why = groups.get("text", "").strip(), _WHY.get(groups["why"], groups["why"])
            shown = f"“{' '.join(text.split())[:60]}”" if text else ""
            span = _span(edition, int(groups["line"]), int(groups["column"]), text)
            yield At((), f"CSS {shown}没有生效：{why or '写法不对'}", span=span)
        elif found := _SELECTOR.match(said):
            # WeasyPrint does not say where; the last simple selector usually stands in the file.
            last, sheet = (found["text"].split() or [""])[-1], edition.theme.sheet
            start = max(0, sheet.text.find(last))
            yield At((), f"CSS 选择器“{last}”不认识，整条规则没有生效",
                     span=sheet.span(start, start + len(last)))


def _span(edition: Edition, line: int, column: int, text: str) -> Span:
    """A place in the page's style element, as a place in style.css; on one line."""
    sheet, html = edition.theme.sheet, edition.arranged_html
    start = html.find(sheet.text)
    opened = html.find(">", html.rfind("<style", 0, max(0, start))) + 1
    line = max(1, line - html.count("\n", opened, start)) if start >= 0 else 1
    return Span(sheet.name, line, column, line, column + max(1, len(text.split("\n")[0])))


RULE = Rule("ignored-style", Severity.WARNING, Edition, check)
