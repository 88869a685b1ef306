"""段末缺句号，或停在了逗号上。

正文的一段话说完了要有句号；停在逗号、顿号上的，多半是后半句没有贴全。小标题、列表、落款、日期、电话不算。

误：协会将继续做好服务工作，为会员企业排忧解难
误：请各单位于9月5日前报送材料，
正：协会将继续做好服务工作，为会员企业排忧解难。
正：要点如下：；落款“大连市商务局”、“2022年8月26日”；联系电话：0411-84801234
依据：GB/T 15834—2011《标点符号用法》4.1.3.1：陈述句末尾用句号。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.markup import blocks_of
from bulletin_press.document.prose import Prose
from bulletin_press.document.tree import BulletList, Grid, Paragraph, Subheading, Text, text_nodes
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.printed import PLACEHOLDER
from bulletin_press.toml.positions import Table

Block = Paragraph | Subheading | BulletList | Grid

# What a sentence may break off after, and what may stand behind that.
OPEN = lazy(r"(?<![，。；：、！？])(?P<mark>[，、,])[ \t\u3000]*\Z")
BARE = lazy(r"(?P<last>[\u4e00-\u9fff]{1,2}|[0-9.]*[0-9%％℃‰]|[A-Za-z]+[0-9]*|(?<![。！？…])[）”》])[ \t\u3000]*\Z")
INNER = lazy("[。！？；]")
# A signature, a day, an address, a telephone: set phrases of their own.
ASIDE = lazy(r"[\u4e00-\u9fffA-Za-z（）()·\- \u3000]{2,40}(?:会|委|局|部|处|办|厅|院|室|组|社|公司|中心|政府|集团|"
             r"协会|商会|大学|报|网|站|"
             r"编辑部|秘书处)[ \u3000]*(?:[\d〇零一二三四五六七八九]{4}年.{2,10})?\Z"
             r"|.{0,40}(?:[\d〇零一二三四五六七八九十]+年)?[\d一二三四五六七八九十]+月[\d一二三四五六七八九十]+日(?:印发|发布)?[）)]?\Z"
             r"|[^，。]{0,14}(?:电话|手机|传真|邮箱|地址|网址|邮编|联系人|时间|地点|单位|来源|作者|记者|编辑|审核|供稿|附件\d*|注|图|表\d*|摘自|转自|"
             r"热线|微信|开户行|账号|网站)[^，。]{0,8}[：:].*\Z"
             r"|[（(【《“〔—].*[）)】》”〕]\Z|[^\u4e00-\u9fff]*\Z|.*[0-9A-Za-z./@_-]{12,}\Z"
             r"|(?:第[一二三四五六七八九十百\d]+[章节条编]|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.．、]|[①-⑳●■◆▲★※·•])[^。；]*\Z|.*(?:/|｜|\|).*\Z")
# So many hanzi are no heading any more: with a comma, or in the last paragraph without.
LONG, LAST, ALONE = 22, 12, 10
RUNNING = frozenset({"body", "intro"})


def check(issue: Issue) -> Iterator[At]:
    """Yield the end of each paragraph of running text that has no stop."""
    for table, prose in issue.prose():
        if prose.marked and prose.path[-1] in RUNNING and not PLACEHOLDER.search(prose.text):
            yield from _in_body(table, prose)


def _in_body(table: Table, prose: Prose) -> Iterator[At]:
    blocks: Sequence[Block] = blocks_of(prose.text, prose.path)
    ended = [isinstance(block, Paragraph) and _text(block).rstrip().endswith(("。", "！", "？", "……"))
             for block in blocks]
    for done, (block, following) in zip(ended, pairwise([*blocks, None]), strict=True):
        # What is followed by a list leads up to it.
        if done or not isinstance(block, Paragraph) or isinstance(following, BulletList | Grid):
            continue
        nodes = tuple(text_nodes(block.inlines))
        text = _text(block)
        found = OPEN.search(text)
        verses = isinstance(following, Paragraph) and len(text) < LONG and len(_text(following)) < LONG
        if found and not verses:
            suggestion = "。" if following is None else None
            yield _at(table, prose, nodes, found.span("mark"), "句子停在了这里：没有说完，还是该用句号", suggestion)
        elif (bare := BARE.search(text)) and _ends(text, following, any(ended), len(blocks)):
            yield _at(table, prose, nodes, bare.span("last"), "段末缺了句号", bare["last"] + "。")


def _ends(text: str, following: Block | None, stopped: bool, number: int) -> bool:
    """Whether a paragraph without a stop is a sentence."""
    if ASIDE.match(text.strip()):
        return False
    size = sum("\u4e00" <= char <= "\u9fff" for char in text)
    if INNER.search(text.strip()[:-1]):
        return size >= LAST
    if "，" in text:
        return size >= LONG or (following is None and size >= LAST)
    # A line of its own in the midst is a heading, signed at the end a name.
    return following is None and size >= ALONE and (number == 1 or (stopped and size >= LONG))


def _text(block: Paragraph) -> str:
    return "".join(node.text for node in text_nodes(block.inlines))


def _at(table: Table, prose: Prose, nodes: Sequence[Text], span: tuple[int, int], message: str,
        suggestion: str | None) -> At:
    """A stretch of a paragraph's text by its place in the string."""
    offsets = [at for node in nodes for at in range(node.start, node.start + len(node.text))]
    return At(prose.path, message, suggestion, table=table, characters=(offsets[span[0]], offsets[span[1] - 1] + 1))


RULE = Rule("missing-stop", Severity.WARNING, Issue, check)
