"""内部资料用了报刊的自称。

内部资料性出版物不是报刊，不得称“本刊”“本报”，没有“记者”，也不用“主办”“协办”。词表是 self-names.toml；
只在 profile = "internal-print" 时检查。

误：本刊记者从协会获悉
正：编者从协会获悉，商务部新闻发言人答记者问
依据：《内部资料性出版物管理办法》第十三条、第十四条：不得使用“××报”“××刊”等字样。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield each name that only a registered periodical gives itself."""
    if issue.workspace.publication.publication.profile != "internal-print":
        return
    words = issue.lexicon("self-names")
    for passage in issue.passages:
        if passage.path[0] == "publication" and passage.key in ("name", "subtitle"):
            ending = next((one for one in words.endings if passage.text.endswith(one)), None)
            if ending:
                end = len(passage.text)
                yield At.within(passage, end - len(ending), end, f"内部资料的名称不能用“{ending}”")
        for hit in words.find(passage.words):
            advice = f"，可写“{hit.word.use}”" if hit.word.use else ""
            yield At.within(passage, hit.start, hit.end, f"“{hit.text}”是报刊的用语，内部资料不用{advice}",
                            hit.word.use)


RULE = Rule("unsuitable-self-name", Severity.WARNING, Issue, check)
