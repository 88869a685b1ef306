"""同音的词写错了，上下文认得出来。

“公示”与“公式”、“报到”与“报道”都是词，单看不错；“予以”后面只能是“公示”，“到酒店”后面只能是“报到”。哪个词用在哪里，
列在 contexts.toml；那里写了一个同音、近音、形近的别的词，就指出来。

误：名单予以公式，代表到酒店报道。
误：会议就外部形式作了分析，要求按照同意部署抓好落实。
正：名单予以公示，代表到酒店报到。
正：会议就外部形势作了分析，要求按照统一部署抓好落实。
依据：《现代汉语词典》（第7版）各词的释义和用例；《图书质量管理规定》附件（错别字计错）。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from tomllib import loads

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.ground.resources import spelling_folder, templates_folder
from bulletin_press.issue.issue import Issue
from bulletin_press.language import expected
from bulletin_press.language.expected import Expected, table_of
from bulletin_press.language.word_model import WordModel
from bulletin_press.language.wrong_characters import model_stamp
from bulletin_press.publication.bundled import BUNDLED

QUOTES = ("“", "《", "‘")


@cache
def contexts() -> Expected:
    """The contexts that the package carries; read when they are first asked for."""
    path = templates_folder() / "checks" / "contexts.toml"

    def made() -> tuple[str, expected.Table]:
        return model_stamp(), table_of(loads(path.read_text("utf-8")), WordModel(spelling_folder() / "words.model"))

    stamp, table = BUNDLED.made(path, str(expected.__file__), made)
    # Another model knows other words.
    return Expected(table if stamp == model_stamp() else made()[1])


def check(issue: Issue) -> Iterator[At]:
    """Yield each word that stands where only another of its sound can."""
    text, own = issue.words, issue.workspace.publication.terms
    for slip in contexts().slips(text, issue.neighbours, issue.pairs):
        typed = text[slip.start : slip.end]
        if typed not in own and not text.endswith(QUOTES, 0, slip.start):
            passage, start = issue.place(slip.start)
            yield At.within(passage, start, start + len(typed), f"“{typed}”疑为“{slip.meant}”之误", slip.meant)


RULE = Rule("homophone-in-context", Severity.WARNING, Issue, check, exchanges=True)
