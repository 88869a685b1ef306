"""The desk's report: findings by the item that they stand in, the gravest first, and what to do next."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from bulletin_press.authoring.reporters import LineOf, Listing, advised, counts
from bulletin_press.ground.diagnostics import Finding, Severity
from bulletin_press.issue.sections import KINDS
from bulletin_press.toml.scanner import Scanner
from bulletin_press.toml.source import Source

_WEIGHTS = tuple(Severity)
# Tables of issue.toml that are no section.
_TABLES = {"issue": "刊头", "allow": "放行", "figure": "图表", "table": "图表"}
_NAMED_BY = ("title", "term", "name", "ref")
_LONGEST_NAME = 24
# How many rules the line about --fix names.
_NAMED_RULES = 5


class Items:
    """The items of a file by their first lines; a file that holds none is one item, by its own name."""

    def __init__(self, source: Source, own: Mapping[str, str]) -> None:
        scanner = Scanner(source.text)
        scanner.scan()
        first: dict[tuple[str | int, ...], int] = {}
        for path, place in scanner.places.items():
            item = path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]
            line = source.line_column(place.key[0])[0]
            first[item] = min(first.get(item, line), line)
        rows = sorted((line, item) for item, line in first.items())
        self._lines = [line for line, _ in rows]
        self._labels = [_label(item, scanner, own) for _, item in rows]

    def at(self, line: int) -> str:
        """What to call the item that a line stands in; "" for the lines before the first."""
        number = bisect_right(self._lines, line) - 1
        return self._labels[number] if number >= 0 else ""


def _label(item: Sequence[str | int], scanner: Scanner, own: Mapping[str, str]) -> str:
    kinds = {**{kind.name: kind.words[0] for kind in KINDS}, **_TABLES, **own}
    called = kinds.get(str(item[0]), str(item[0]))
    if len(item) > 1:
        called += f"第{int(item[1]) + 1}则"
    for key in _NAMED_BY:
        place = scanner.places.get((*item, key))
        if place:
            name = str(scanner.text[slice(*place.value)]).strip("\"' \n")
            return f"{called}“{name[:_LONGEST_NAME]}{'…' if len(name) > _LONGEST_NAME else ''}”"
    return called


def as_desk_report(findings: Sequence[Finding], line_of: LineOf, sources: Mapping[str, Source],
                   own: Mapping[str, str], issues: Sequence[str]) -> str:
    """Findings for a person who is to act on them.

    Args:
        findings: of the issues that were checked.
        line_of: gives the line to quote.
        sources: the files that hold items, by name.
        own: what a publication calls its own sections.
        issues: the names of the issues that were checked, as commands take them.

    Returns:
        For each item a heading and its findings, errors first; the counts; what ``--fix`` would do; and last one
        sentence that says what to do now.
    """
    items = {name: Items(source, own) for name, source in sources.items()}
    listing, rows = Listing(line_of), []

    def place(finding: Finding) -> tuple[str, str]:
        known = items.get(finding.span.file)
        return finding.span.file, known.at(finding.span.line) if known else ""

    for (file, label), group in groupby(sorted(findings, key=lambda one: one.span), place):
        here = sorted(group, key=lambda one: _WEIGHTS.index(one.severity))
        shown = [row for finding in here for row in listing.rows(finding)]
        if shown:
            rows += [f"■ {label or file}：{_weights(here)}", *shown, ""]
    return "\n".join([*rows, *listing.untold(), counts(findings), *_fixes(findings), _next_step(findings, issues)])


def _weights(findings: Iterable[Finding]) -> str:
    number = Counter(finding.severity for finding in findings)
    return "，".join(f"{severity.label} {number[severity]}" for severity in Severity if number[severity])


def _fixes(findings: Sequence[Finding]) -> Iterator[str]:
    """What ``--fix`` would do, rule by rule, with the first place of each."""
    certain = [finding for finding in findings if finding.fixable]
    if not certain:
        return
    by_rule = Counter(finding.rule for finding in certain)
    told = []
    for rule, number in by_rule.most_common(_NAMED_RULES):
        one = next(finding for finding in certain if finding.rule == rule)
        change = advised(one.suggestion or "")
        marked = one.marked if one.marked.strip() else "空白"
        told.append(f"{rule} {number} 处（如“{marked[:_LONGEST_NAME]}”"
                    f"{change if change.startswith(('删去', '改为')) else f'改为“{change}”'}）")
    rest = len(by_rule) - len(told)
    yield f"--fix 会改正 {len(certain)} 处：{'、'.join(told)}{f'，另有 {rest} 种' if rest > 0 else ''}"


def _next_step(findings: Sequence[Finding], issues: Sequence[str]) -> str:
    number = Counter(finding.severity for finding in findings)
    certain = sum(finding.fixable for finding in findings)
    name = issues[0] if len(issues) == 1 else ""
    render = f"press render {name}" if name else "press render"
    if number[Severity.ERROR]:
        first = next(finding for finding in sorted(findings, key=lambda one: one.span)
                     if finding.severity is Severity.ERROR)
        return f"下一步：先改 {number[Severity.ERROR]} 处错误，从 {first.span.file} 第 {first.span.line} 行改起；" \
            "有错误不出稿。"
    if certain:
        left = len(findings) - certain
        then = f"，其余 {left} 处逐条看过再定" if left else ""
        return f"下一步：运行 press check {name + ' ' if name else ''}--fix 改正没有疑问的 {certain} 处{then}。"
    if number[Severity.WARNING]:
        return f"下一步：逐条看这 {number[Severity.WARNING]} 处警告，改正，或在 [allow] 里写明理由放过，" \
            f"然后运行 {render} 出稿。"
    if findings:
        return f"下一步：只有提示，可改可不改；运行 {render} 出稿。"
    return f"下一步：没有发现问题，运行 {render} 出稿。"
