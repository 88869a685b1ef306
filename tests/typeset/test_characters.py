import pytest

from bulletin_press.typeset.characters import NEVER_FIRST, NEVER_LAST, Edge, edge_of


@pytest.mark.parametrize(
    ("characters", "edge"),
    [
        ("中龥㐀𠀀かカ〇", Edge.HAN),
        ("万亿年月日元", Edge.UNIT),
        ("（《“‘【", Edge.OPEN),
        ("）》”’】", Edge.CLOSE),
        ("，、；：", Edge.COMMA),
        ("。？！", Edge.STOP),
        ("AzéΩя%", Edge.WORD),
        ("09", Edge.DIGIT),
        (",.;:!?)/-", Edge.SIGN),
        ("([{", Edge.OPEN_SIGN),
        ("ッゃー々", Edge.SMALL),
        ("①▲😀", Edge.SYMBOL),
        ("‰℃％", Edge.SUFFIX),
    ],
)
def test_classes(characters: str, edge: Edge) -> None:
    assert {edge_of(character) for character in characters} == {edge}


def test_what_never_begins_or_ends_a_line() -> None:
    assert {edge_of(c) for c in "）》”，。；？！·～–／％‰℃ッ"} <= NEVER_FIRST
    assert {edge_of(c) for c in "（《“￥("} <= NEVER_LAST
