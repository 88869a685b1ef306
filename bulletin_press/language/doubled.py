"""Whether a character that stands twice is one too many, told by a model of words.

``joins`` lets a character be doubled where words with it may meet. Of those, most texts with one too many become much
likelier without it: 服务平台台正式上线, but not 企业业务.
"""

from __future__ import annotations

from collections.abc import Callable

from bulletin_press.language.joins import ENDINGS, SURNAMES
from bulletin_press.language.known_words import known_words
from bulletin_press.language.script import is_han
from bulletin_press.language.wrong_characters import WrongCharacters, wrong_characters

# How much likelier a text must be without the second character, in natural logarithms.
_GAIN = 8.0
# A character that costs more is in few words but doubled ones: 霏霏, 淅淅.
_RARE = 11.5
# So many characters before and behind are read.
_BEFORE, _BEHIND = 5, 5
# After these a name of one thing, or a measure, is doubled: 一座座, 两国国旗.
_LEADING = frozenset("一数几八百千十两各我该本外此每")
# Words by themselves, and doubled as words; numerals and years.
_SAID = frozenset("家户村乡县片点时处刚早独微细小个层步声条件项次年天日月星源款代般网杯补打改出换课双"
                  "一二三四五六七八九十百千万亿零〇")

# Words that end where another begins and that the model has not got: 量产产品.
_ENDING = frozenset((
    "量产", "试产", "转产", "扩产", "复产", "达产", "投产", "排产", "限产", "稳产", "产线",
    "样品", "单品", "竞品", "代管", "托管", "共管", "车企", "药企", "房企", "银企", "政企",
    "校企", "首店", "路网", "水网", "官网", "商用", "家用", "民用"))


def is_one_too_many(text: str, at: int) -> bool:
    """Whether the second of two same hanzi, of which the first stands at ``at``, is to go.

    Raises:
        EnvironmentFault: the installation lacks the model.
    """
    model = wrong_characters()
    if _meant(text, at, model):
        return False
    start, end = at, at + 2
    while start and at - start < _BEFORE and is_han(text[start - 1]):
        start -= 1
    while end < len(text) and end - at - 2 < _BEHIND and is_han(text[end]):
        end += 1
    return model.cost(text[start:end]) - model.cost(text[start:at] + text[at + 1 : end]) > _GAIN


def meet(text: str, at: int) -> bool:
    """Whether a word that the lists have not got ends with the hanzi at ``at``, and one begins with the same behind it.

    Raises:
        EnvironmentFault: the installation lacks the model.
    """
    return text[max(0, at - 1) : at + 1] in _ENDING and _knows(wrong_characters())(text[at + 1 : at + 3])


def _meant(text: str, at: int, model: WrongCharacters) -> bool:
    """Whether two words meet here, or one with a doubled character stands here."""
    known = _knows(model)
    char, left, right = text[at], text[max(0, at - 1) : at], text[at + 2 : at + 3]
    if left in _LEADING or text[at - 2 : at - 1] == left or (right and text[at + 3 : at + 4] == right):
        return True
    ends = any(known(text[start : at + 1]) for start in range(max(0, at - 2), at))
    begins = is_han(right) and known(char + right)
    if (ends and begins) or (begins and char in ENDINGS and is_han(left)):
        return True
    if (left in SURNAMES and not ends) or (char in _SAID and not ends):
        return True
    if char in SURNAMES and ends and is_han(right) and not known(text[at + 2 : at + 4]):
        return True
    if model.rarity(char) > _RARE:
        return True
    return any(known(text[start:end]) for start in range(max(0, at - 2), at + 1)
               for end in range(max(at + 2, start + 3), min(len(text), start + 4) + 1))


def _knows(model: WrongCharacters) -> Callable[[str], bool]:
    listed = known_words()
    return lambda word: model.knows(word) or word in listed
