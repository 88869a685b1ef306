import pytest

from bulletin_press.typeset.linebreak import balance, wrap_phrases
from bulletin_press.typeset.metrics import Metrics
from bulletin_press.typeset.words import WITHIN_NAME, WITHIN_WORD, WORDS, break_prices
from typeset.plain import paragraph, typed


def title_lines(text: str, em: float, *, balanced: bool = True) -> list[str]:
    metrics = Metrics(paragraph(text))
    ends = (balance if balanced else wrap_phrases)(metrics, (em,))
    starts = (0, *(end + 1 for end in ends))
    return [typed(metrics.paragraph.boxes[a : b + 1]) for a, b in zip(starts, ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "em", "lines"),
    [
        ("国际商业机器全球服务（大连）有限公司", 16, ["国际商业机器全球", "服务（大连）有限公司"]),
        ("大连市商务局副局长刘国志一行到协会走访", 16, ["大连市商务局副局长", "刘国志一行到协会走访"]),
        ("国务院印发《关于加强数字政府建设的指导意见》", 20,
         ["国务院印发", "《关于加强数字政府建设的指导意见》"]),
        ("数字化转型中的中小企业：痛点、路径与对策", 16, ["数字化转型中的中小企业：", "痛点、路径与对策"]),
        ("商务部等27个部门发文推进对外文化贸易高质量发展", 16,
         ["商务部等27个部门发文推进", "对外文化贸易高质量发展"]),
        ("从业人员职业技能等级认定办法发布并征求意见", 10.8,
         ["从业人员职业技能", "等级认定办法", "发布并征求意见"]),
        ("港口城市共建海外仓公共服务平台", 10, ["港口城市共建海外仓", "公共服务平台"]),
    ],
)  # fmt: skip
def test_titles_break_between_words(text: str, em: float, lines: list[str]) -> None:
    assert title_lines(text, em) == lines


def test_a_list_of_titles_is_filled_up_to_a_word() -> None:
    text = "2022年上半年全国承接服务外包执行额增长"
    assert title_lines(text, 15.5, balanced=False) == ["2022年上半年全国承接服务外包", "执行额增长"]


def test_no_more_lines_than_without_words() -> None:
    text = "知识产权知识产权知识产权"
    assert len(title_lines(text, 6)) == len(title_lines(text, 6, balanced=False)) == 2


def test_prices_of_breaks() -> None:
    assert break_prices("贸易的服务") == (WITHIN_WORD, 6.0, 3.0, WITHIN_WORD)
    assert break_prices("贸易和服务") == (WITHIN_WORD, 3.0, 6.0, WITHIN_WORD)
    assert break_prices("会长高炜出席") == (WITHIN_WORD, 6.0, WITHIN_NAME, 6.0, WITHIN_WORD)
    assert break_prices("数") == ()


def test_the_list_holds_words_only() -> None:
    assert all(2 <= len(word) <= 6 and min(word) >= "\u4e00" for word in WORDS)
