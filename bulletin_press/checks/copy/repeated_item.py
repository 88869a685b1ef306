"""以前登过的内容，或同一期里重复的句子。

一则新闻、一个词条、一家会员在以前的刊期登过，多半是从旧稿复制时忘了换；同一句话出现两次，多半是粘贴了两遍。

误：第7期登过“DEPA”词条，第8期又登
正：第7期登“DEPA”，第8期登“离岸服务外包”
依据：编辑的查重核对；前几期取自同一个刊物文件夹，读不到的略过。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.printed import PLACEHOLDER, PrintedIssue, bare
from bulletin_press.toml.positions import KeyPath

SENTENCE = lazy(r"[^。；！？\n]+[。；！？]?")
# Shorter sentences are set phrases.
MIN_SENTENCE = 15
# Who signs two notices signs them with one name.
SIGNATURE = lazy(r"[^，。；！？：]{2,40}(?:会|委|局|部|处|办|厅|院|室|组|社|公司|中心|政府)"
                 r"[ \u3000]*(?:[\d〇一二三四五六七八九]{4}年[^，。；！？：]{2,10})?\Z")
# Laws and rules say the same of each case.
ARTICLE = lazy(r"[ \t\u3000]*第[一二三四五六七八九十百零\d]{1,6}条(?![，。约款])")


def check(issue: Issue) -> Iterator[At]:
    """Yield each item of an earlier issue, and each sentence that stands twice."""
    before = issue.printed_before
    for path, typed, name, label in _items(issue):
        # What the scaffold wrote stands in every issue until it is filled in.
        if PLACEHOLDER.search(typed):
            continue
        where = next((one.name for one in before if name in one.names), None)
        if where:
            yield At(path, f"{label}在 {where} 这一期登过")
    yield from _sentences(issue, before)


def _items(issue: Issue) -> Iterator[tuple[KeyPath, str, str, str]]:
    """Each item that has a name: where that stands, as typed, as it is compared, what to call the item."""
    for kind, path, one in issue.typed():
        how, key = kind.compared, kind.compared.named_by
        if key is None:
            continue
        typed = getattr(one, key)
        if not typed:  # the directory's
            key, typed = "ref", issue.workspace.members[getattr(one, "ref")].name  # noqa: B009
        yield (*path, key), typed, how.name(typed), f"{how.called}“{typed}”" if how.called else "这一篇"


def _sentences(issue: Issue, before: tuple[PrintedIssue, ...]) -> Iterator[At]:
    seen = {sentence: f"在 {one.name} 这一期登过" for one in reversed(before) for sentence in one.sentences}
    first: dict[str, str] = {}
    running = {(*path, key) for kind, path, _ in issue.typed() for key in kind.marked}
    laws = {passage.path for passage in issue.passages if ARTICLE.match(passage.text)}
    for passage in issue.passages:
        if passage.table is not issue.table or passage.path not in running or passage.path in laws:
            continue
        unfilled = [found.span() for found in PLACEHOLDER.finditer(passage.text)]
        for match in SENTENCE.finditer(passage.text):
            words = bare(match.group())
            if len(words) < MIN_SENTENCE or any(
                    start < match.end() and match.start() < end for start, end in unfilled):
                continue
            # Few sentences stand twice: of those alone it is asked whether they are signatures.
            if words not in seen and words not in first:
                first[words] = match.group()
                continue
            if SIGNATURE.match(match.group()):
                continue
            if words not in seen and SIGNATURE.match(first[words]):
                first[words] = match.group()
                continue
            where = seen.setdefault(words, "前面已经有了")
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield At.within(passage, start, match.end(), f"这句话{where}")


RULE = Rule("repeated-item", Severity.WARNING, Issue, check)
