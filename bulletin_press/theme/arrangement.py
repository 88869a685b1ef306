"""Several pictures in rows, as a designer would: flush on both edges, one height a row, uncropped.

A row's pictures are as wide as their shapes ask, so that all are equally high. Which stand together
is chosen among all ways to cut the sequence: rows neither too low to read nor too high for a page,
no picture too narrow, the whole not too high, the heights alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby, pairwise
from statistics import pvariance

from bulletin_press.document.tree import Picture, Pictures

# Points. The gutter is a theme's: here it is only reckoned with.
GUTTER = 12.0
# How low a row may be: points, and a share of the measure.
_LOWEST, _LOWEST_SHARE = 100.0, 0.25
_NARROWEST = 90.0
_WHOLE = 440.0
# How high a row may be, as a share of the measure: a 4:3 picture just fills it.
TALLEST = 0.75
# Between ways that leave nothing to be wished: alike heights, then little room.
_EVENNESS, _THRIFT = 0.01, 0.005
# Beyond so many the ways to cut are too many: they are cut in groups.
_GROUP = 9
# A picture is a portrait if it is so narrow for its height.
UPRIGHT = 0.85
# What its author asked to be full or half is let stand, within a page.
TALLEST_ASKED = 1.2
# A caption's character, points, and how many lines of them may stand under one picture of several.
_CAPTION, _CAPTION_LINES = 9.0, 2
# No caption stands under a picture so narrow, points.
_SLIM = 54.0
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class PictureCell:
    """A picture in a row: its share of the row's width less the gutters."""

    picture: Picture
    share: float


@dataclass(frozen=True)
class PictureRow:
    """Pictures side by side, and how many gutters their shares leave out.

    ``width``, points, is as wide as the row may be set, None the whole measure; ``caption`` is one
    for all of them, where each under its own picture would be too narrow. ``upright`` tells of a portrait alone,
    whose author asked for no width: text may stand beside it.
    """

    cells: tuple[PictureCell, ...]
    gutters: int
    width: float | None = None
    caption: str | None = None
    upright: bool = False

    @property
    def several(self) -> bool:
        """Whether there is more than one picture."""
        return len(self.cells) > 1


def picture_rows(block: Pictures, ratios: Mapping[Picture, float], measure: float = 396) -> list[PictureRow]:
    """The pictures of a block in rows.

    What its author asked for comes first: two halves side by side, a full one alone, as high as it
    is. The others are arranged.

    Args:
        block: the pictures.
        ratios: each one's width over its height.
        measure: the width that they are set to, points.
    """
    rows: list[PictureRow] = []
    for asked, group in groupby(block.pictures, key=lambda picture: picture.width):
        pictures = list(group)
        counts = cut([ratios[picture] for picture in pictures], measure) if asked is None else \
            _in_twos(len(pictures)) if asked == "half" else [1] * len(pictures)
        for count in counts:
            row, pictures = pictures[:count], pictures[count:]
            rows.append(_halves(row, ratios, measure) if asked == "half" else
                        _justified(row, ratios, measure, TALLEST_ASKED if asked else TALLEST))
    if len(rows) == 1 and not rows[0].several and block.pictures[0].width is None \
            and ratios[block.pictures[0]] < UPRIGHT:
        rows = [replace(rows[0], upright=True)]
    return rows


def _in_twos(count: int) -> list[int]:
    return [2] * (count // 2) + [1] * (count % 2)


def _justified(pictures: Sequence[Picture], ratios: Mapping[Picture, float], measure: float,
               tallest: float) -> PictureRow:
    """A row of one height, narrower than the measure where it would be too high."""
    whole, gutters = sum(ratios[picture] for picture in pictures), len(pictures) - 1
    width = tallest * measure * whole + gutters * GUTTER
    return _row(pictures, [ratios[picture] / whole for picture in pictures], gutters, width, measure)


def _halves(pictures: Sequence[Picture], ratios: Mapping[Picture, float], measure: float) -> PictureRow:
    """Pictures half as wide as the measure, each as high as it is."""
    height = max((measure - GUTTER) / 2 / ratios[picture] for picture in pictures)
    return _row(pictures, [0.5] * len(pictures), 1, TALLEST_ASKED * measure / height * measure, measure)


def _row(pictures: Sequence[Picture], shares: Sequence[float], gutters: int, width: float,
         measure: float) -> PictureRow:
    room, captions = min(width, measure) - gutters * GUTTER, [picture.caption for picture in pictures]
    together = len(pictures) > 1 and any(
        caption and share * room < max(_SLIM, len(caption) * _CAPTION / _CAPTION_LINES)
        for caption, share in zip(captions, shares, strict=True))
    # Rounded down: shares that sum up to more than all would not stand side by side.
    cells = [PictureCell(picture, math.floor(share * 1e6) / 1e6)
             for picture, share in zip(pictures, shares, strict=True)]
    return PictureRow(tuple(cells), gutters, round(width, 2) if width < measure else None,
                      _joint(captions) if together else None)


def _joint(captions: Sequence[str | None]) -> str:
    """One caption for a row, that says which is whose."""
    if len(set(captions)) == 1:
        return captions[0] or ""
    places = {2: "左右", 3: "左中右"}.get(len(captions)) or [f"左{_NUMERALS[at]}" for at in range(len(captions))]
    return "　".join(f"（{place}）{caption}" for place, caption in zip(places, captions, strict=True) if caption)


def cut(ratios: Sequence[float], measure: float) -> list[int]:
    """How many pictures stand in each row.

    Args:
        ratios: each picture's width over its height, > 0.
        measure: how wide a full row is, points.

    Returns:
        Counts, ≥ 1, that sum up to the number of pictures.
    """
    if len(ratios) > _GROUP:
        middle = len(ratios) // 2
        return cut(ratios[:middle], measure) + cut(ratios[middle:], measure)
    return min(_ways(len(ratios)), key=lambda way: (_cost(way, ratios, measure), way), default=[])


def _ways(count: int) -> Iterator[list[int]]:
    """Every way to cut a sequence: fewest in the first row first."""
    for rows in range(count):
        for ends in combinations(range(1, count), rows):
            bounds = (0, *ends, count)
            yield [end - start for start, end in pairwise(bounds)]


def _cost(way: Sequence[int], ratios: Sequence[float], measure: float) -> float:
    """How much a way of cutting leaves to be wished; 0 where nothing."""
    cost, heights, start = 0.0, [], 0
    for count in way:
        row = ratios[start : start + count]
        start += count
        room = measure - (count - 1) * GUTTER
        height = room / sum(row)
        shown = min(height, TALLEST * measure)
        cost += _beyond(max(_LOWEST, _LOWEST_SHARE * measure), height) + _beyond(height, TALLEST * measure)
        cost += sum(_beyond(_NARROWEST, shown * ratio) for ratio in row) if count > 1 else 0
        heights.append(shown)
    whole = sum(heights) + (len(heights) - 1) * GUTTER
    return (cost + _beyond(whole, _WHOLE) + _THRIFT * whole / _WHOLE
            + _EVENNESS * pvariance(math.log(height) for height in heights))


def _beyond(size: float, limit: float) -> float:
    """The square of how many times, as a logarithm, a size is beyond its limit."""
    return math.log(size / limit) ** 2 if size > limit else 0.0
