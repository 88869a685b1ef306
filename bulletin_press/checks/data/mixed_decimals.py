"""同一指标的小数位数不一致。

一个指标里有的两位小数、有的一位，可能是末尾的0漏抄了。33145.60 与 33145.6 大小一样，精度不同。
排名（如前三大市场）多出自另一张表，各自比较。

误：外资 161801.34、内资 33145.6、港澳台商 20637.23
正：外资 161801.34、内资 33145.60、港澳台商 20637.23
依据：GB/T 15835—2011：同一场合的数字，形式应当一致。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import decimals
from bulletin_press.report.figures import Figure
from bulletin_press.toml.positions import KeyPath


def check(data: Data) -> Iterator[At]:
    """Yield each value, and each rate, with other decimals than most beside it have."""
    for measure, spec in data.definition.measures.items():
        single = [figure for (key, _), figure in data.figures.figures.items() if key == measure]
        rankings = [[ranked.figure for ranked in ranking]
                    for (key, _), ranking in data.figures.rankings.items() if key == measure]
        for figures in (single, *rankings):
            yield from _odd([(figure.value, figure.value_path) for figure in figures], spec.label)
            yield from _odd(_rates(figures), f"{spec.label}同比")


def _rates(figures: Sequence[Figure]) -> list[tuple[Decimal, KeyPath]]:
    return [(figure.growth, figure.growth_path) for figure in figures if figure.growth is not None]


def _odd(numbers: Sequence[tuple[Decimal, KeyPath]], label: str) -> Iterator[At]:
    """Nought is nought with any decimals; of two habits equally common the finer one holds."""
    counts = Counter(decimals(number) for number, _ in numbers if number)
    usual = max(counts, key=lambda places: (counts[places], places), default=0)
    for number, path in numbers:
        if number and decimals(number) != usual:
            typed = f"有{decimals(number)}位小数" if decimals(number) else "没有小数"
            yield At(path, f"{number:f}{typed}，{label}的其他数多为{usual}位，请按原表统一")


RULE = Rule("mixed-decimals", Severity.INFO, Data, check)
