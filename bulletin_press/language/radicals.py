"""Radicals that stand for hanzi: PDF readers hand them out in place of the hanzi that look the same."""

from __future__ import annotations

import unicodedata

from bulletin_press.language.script import lazy

# With the ligatures of Latin letters (ﬁ, ﬂ), which PDF readers hand out too.
RADICAL = lazy("[\u2e80-\u2ef3\u2f00-\u2fd5\ufb00-\ufb06]")
COMPATIBLE = lazy("[\uf900-\ufa6d\ufa70-\ufad9]")
# Unicode's EquivalentUnifiedIdeograph.txt, U+2E81 to U+2EF3: each radical, then its hanzi. U+2E80 has none.
_PAIRS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁"
    "⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_HANZI = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def hanzi_of(radical: str) -> str | None:
    """The hanzi that a radical looks like, the letters of a ligature; None where there is none.

    Kangxi radicals (U+2F00–U+2FD5) have a compatibility decomposition each, the supplement has Unicode's table.
    """
    if "\u2f00" <= radical <= "\u2fd5" or "\ufb00" <= radical <= "\ufb06":
        return unicodedata.normalize("NFKC", radical)
    return _HANZI.get(radical)
