"""总额与各部分口径不同，同比方向相反。

总额包含在岸，各部分只算离岸时，可能总额在增长、各部分都在下降。数并不错，读者却会疑心：文中要写明口径，
最好说一句在岸的情况。

误：执行额同比增长2.4%；ITO、BPO、KPO分别下降11.12%、17.76%、14.88%（都没有写口径）
正：执行额（包含在岸）同比增长2.4%；离岸执行额中，ITO、BPO、KPO分别下降……
依据：口径不同的数不能直接比较；口径写在报表定义的 scope 里。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bulletin_press.checks.rule import At, Data, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import joined
from bulletin_press.report.definition import Whole
from bulletin_press.report.facts import growth_interval, implied_growth, summed_base, value_interval


def check(data: Data) -> Iterator[At]:
    """Yield each item whose rate has another sign than that of a whole inside it, of another scope."""
    for whole in data.definition.wholes:
        for measure in data.definition.adding(whole, bounded=True):
            for items in whole.sets if whole.within else ():
                found = list(_against(data, whole, measure, items))
                yield from found
                if found:
                    break


def _against(data: Data, whole: Whole, measure: str, items: tuple[str, ...]) -> Iterator[At]:
    spec, within = data.definition.items, whole.within or ""
    containing = data.figures.find(measure, within)
    figures = [figure for item in items if (figure := data.figures.find(measure, item))]
    scopes = [spec[item].scope for item in items]
    if containing is None or len(figures) < len(items) or spec[within].scope in scopes:
        return
    if any(one != other for one, other in pairwise(scopes)) or (base := summed_base(figures)) is None:
        return
    rate, parts = growth_interval(containing), implied_growth(value_interval(figures), base)
    if rate is None or parts is None or not (rate.low > 0 > parts.high or rate.high < 0 < parts.low):
        return
    ways = ("增长", "下降") if rate.low > 0 else ("下降", "增长")
    scope = data.definition.scope_of(within)
    names = joined([data.definition.name_of(item) for item in items])
    yield At(containing.rate_path,
             f"{data.label(measure, within)}{f'（{scope.label}）' if scope else ''}同比{ways[0]}，"
             f"{names}合计（{whole.label}）同比却{ways[1]}：口径不同，文中要写明")


RULE = Rule("scope-mismatch", Severity.WARNING, Data, check)
