"""What is said of the arrangement of pages, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from bulletin_press.theme.fit.choices import Choices
from bulletin_press.theme.fit.search import Found, Tried
from bulletin_press.typeset.reports import ItemLines, PageFill

# So many are named as the cheapest to cut.
_NAMED = 3


def told(found: Found, choices: Choices) -> Iterator[str]:
    """What was chosen, and why."""
    first, best = found.first, found.best
    if found.layouts == 1:
        yield f"版面：{_pages(first)}，不必调整"
        return
    if best is first:
        yield f"版面：{_pages(first)}；试了 {found.layouts - 1} 种排法，没有更好的"
        return
    done = [f"{choices[name].label}{choices[name].values[value].label}"
            for name, value in best.arrangement.chosen.items()]
    if best.arrangement.moved:
        done.append(f"{len(best.arrangement.moved)} 处图表移到后面的文字之后")
    yield (f"版面：{'，'.join(done)}。原来 {_pages(first)}，得分 {first.score:.2f}；"
           f"现在 {_pages(best)}，得分 {best.score:.2f}（越小越好；试了 {found.layouts - 1} 种排法）")


def _pages(tried: Tried) -> str:
    *inner, last = tried.empty
    worst = f"中间最空的一页空 {max(inner):.0%}，" if inner else ""
    return f"{len(tried.empty)} 页，{worst}末页空 {last:.0%}"


def missed(fills: Sequence[PageFill], budget: int, items: Sequence[ItemLines], titles: Mapping[str, str]) -> str:
    """By how many lines pages miss their number, and what is the cheapest to cut.

    Args:
        fills: the pages.
        budget: how many there should be.
        items: the items and their lines.
        titles: what to call them, by their origin; those without a title are not named.
    """
    count, last = len(fills), fills[-1]
    if count < budget:
        more = ceil(last.gap / last.line) + 1 + round((budget - count - 1) * last.height / last.line)
        return f"再添约 {more} 行才到 {budget} 页"
    over = lines_over(fills, budget)
    named = [(one.lines, titles[one.origin]) for one in items if one.origin in titles and one.lines >= 1]
    enough = sorted(one for one in named if one[0] >= over)[:_NAMED]
    cut = enough or sorted(named, reverse=True)[:_NAMED]
    advice = "；".join(f"“{title}”约 {round(lines)} 行" for lines, title in cut)
    what = "删去其中一条就够" if enough else "删哪一条都不够，最长的是"
    return f"多出约 {over} 行" + (f"，{what}：{advice}" if cut else "")


def lines_over(fills: Sequence[PageFill], budget: int) -> int:
    """How many lines are too many for so many pages, ≥ 1; what ends the last page must find room as well."""
    *beyond, last = fills[budget:]
    kept = fills[budget - 1]
    over = sum(one.used for one in beyond) + (last.height - last.gap) - (kept.height - kept.used)
    return max(1, ceil(over / last.line)) if last.line else 1
