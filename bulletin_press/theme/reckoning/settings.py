"""The numbers of a theme that its sizes, fits and counts are reckoned with, as theme.toml gives them.

Sizes and heights in pt, widths of text in em of the type that it is set in, counts of lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args

from pydantic import Field

from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Line, Model

MOST = 200
Size = Annotated[float, Field(gt=0, le=2000)]
Extra = Annotated[float, Field(ge=0, le=2000)]
Count = Annotated[int, Field(ge=0, le=10_000)]


def points(length: str) -> float:
    """A length of an option in pt.

    Raises:
        ValueError: it has no absolute unit.
    """
    for unit, factor in (("pt", 1.0), ("mm", 72 / 25.4), ("cm", 72 / 2.54)):
        if length.endswith(unit):
            return float(length.removesuffix(unit)) * factor
    raise ValueError(length)


class Length(Model):
    """A length: of an option or what a choice sets, divided by another (``over``, a number), more or less some pt."""

    of: Line | None = None
    over: Line | None = None
    plus: Extra = 0
    less: Extra = 0

    def among(self, properties: Mapping[str, str]) -> float:
        """The length in pt.

        Raises:
            ValueError: the option is no length, or ``over`` no number but nought.
            KeyError: there is no such option.
        """
        length = points(properties[self.of]) if self.of else 0.0
        return length / (float(properties[self.over]) if self.over else 1) + self.plus - self.less


class Ems(Model):
    """How wide characters are, em. Hanzi and full-width marks are 1.

    Attributes:
        latin: the others.
        capital: A to Z, where they differ.
        gap: between hanzi and the others.
        only: the characters that count as others; without it, all that are neither hanzi nor Chinese marks.
        doubt: added to a text before its lines are counted.
    """

    latin: Size = 1
    capital: Size | None = None
    gap: Extra = 0
    only: str = ""
    doubt: Extra = 0


class Step(Model):
    """A size for texts of some length: the largest, and how many lines it may take.

    Attributes:
        size: pt, at most; made smaller until the text fits its room, if ``fits``.
        up_to: the widest text that the step is for, em; None for all.
        lines: that the text is set in.
        spare: em left free in a line.
        gap: between two characters, em.
        fits: whether it is made smaller.
        loose: what widths are multiplied with, for doubt, beside the fit's own.
    """

    size: Size = 2000
    up_to: Extra | None = None
    lines: Annotated[int, Field(ge=1, le=20)] = 1
    spare: Extra = 0
    gap: Extra = 0
    fits: bool = True
    loose: Size = 1


class Fitting(Model):
    """How large a text is set.

    Attributes:
        room: how wide it may be.
        steps: the first that is for texts of its width holds.
        most: another bound of the size.
        least: no smaller than so, pt.
        loose: what widths are multiplied with, for doubt.
        digits: decimals of the size, which is rounded down.
        figures: width of a figure, em: the text is a number.
        characters: each counts as one em.
        beside: width of a character of the text beside it, pt, and ``beside_least`` of how many at least.
        between: room left between two texts that share the room, pt; ``edge`` of each.
        line: height that its lines share, pt.
        spread: the most room that is put between two characters, em, so that ``filling`` of the room is taken.
    """

    room: Length
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST)]
    most: Length | None = None
    least: Extra = 0
    loose: Size = 1
    digits: Annotated[int, Field(ge=0, le=3)] = 1
    figures: Extra = 0
    characters: bool = False
    beside: Extra = 0
    beside_least: Count = 0
    between: Extra = 0
    edge: Extra = 0
    line: Extra = 0
    spread: Extra = 0
    filling: Extra = 0


class LineRoom(Model):
    """Lines of a text: their room, the size of the type, and what of a line stays free, em."""

    room: Length
    size: Size = 1
    spare: Extra = 0

    def ems(self, properties: Mapping[str, str]) -> float:
        """How much a line holds, em."""
        return self.room.among(properties) / self.size - self.spare


class Extent(LineRoom):
    """About how many lines blocks take.

    ``picture``, ``row`` and ``table`` are the lines of a picture, of a row of a table and of its head;
    ``entries`` are the labelled lines that count; ``head`` stands before all; ``short`` and ``middling`` are
    the most lines of what is called so.
    """

    picture: Count = 0
    row: Count = 0
    table: Count = 0
    entries: tuple[Line, ...] = ()
    head: Count = 0
    short: Count = 0
    middling: Count = 0


class SideLines(Model):
    """About how many lines stand beside an item.

    ``number`` is how many its number takes, ``label`` how many each source has before it. Where they are more
    than ``most``, the item is ``base`` and ``line`` for each high, pt, at least. ``code`` is how many the code of an
    address takes; ``dates`` how many an item's dates may take: longer ones stand among its text.
    """

    room: Length
    title: Extra = 0
    credit: Size
    spare: Extra = 0
    number: Count = 0
    label: Count = 0
    most: Count = 0
    base: Extra = 0
    line: Extra = 0
    at_least: Count = 0
    code: Count = 0
    dates: Count = 0


class Tables(Model):
    """Tables of authors: the sizes they may have, pt, the largest first; when they leave their column.

    A table is broad if it has more than ``columns`` columns, or is not easily read in one of ``narrow``. One that does
    not fit the measure has a landscape page, if the option ``across`` says how wide that is; in sections of the kinds
    that the property ``kinds`` names the measure is ``beside``.
    """

    sizes: Annotated[tuple[Size, ...], Field(min_length=1, max_length=MOST)] = (9, 8.5, 8, 7.5)
    narrow: Annotated[tuple[Size, ...], Field(min_length=1, max_length=MOST)] = (9, 8.5)
    columns: Count = 4
    beside: Length | None = None
    kinds: Line = "beside-kinds"


class Plates(Model):
    """Pictures that stand across all columns: so many together, and a leading item's that is wider than high."""

    count: Annotated[int, Field(ge=1, le=MOST)] = 3
    leading: bool = False


class Cards(Model):
    """Items as cards, two side by side: how wide a column and the page are, and what a card's edges take, pt."""

    half: Length
    whole: Length
    edges: Extra


class Opening(Model):
    """A first page that is filled to its foot: heights of what stands on it, pt.

    Attributes:
        height: of the page.
        taken: by the masthead and the edges.
        period: of the line above the key figures, with their edges.
        first: of a row of key figures of the first rank, ``second`` of the second.
        across: how many stand in a row.
        drawing: how wide a chart is set.
        scales: how much charts may be drawn larger, the largest first.
        heights: how many times as high their rows and bars may be, the highest first.
        caption: of a chart, ``remark`` of what stands below it, ``list`` the least that the contents need.
        together: how many charts stand on it at most.
        cover: how high a picture of the page is that stands across it.
        hundred_millions: large figures and the charts of the page are shown in 亿.
        large: the form of the contents where there are neither figures nor charts, ``few`` that of no more than
            ``lines`` lines.
    """

    height: Length
    taken: Length
    period: Extra
    first: Extra
    second: Extra
    across: Annotated[int, Field(ge=1, le=12)] = 3
    drawing: Length
    scales: Annotated[tuple[Size, ...], Field(min_length=1, max_length=20)] = (1,)
    heights: Annotated[tuple[Size, ...], Field(min_length=1, max_length=20)] = (1,)
    caption: Extra
    remark: Extra
    list: Extra
    together: Annotated[int, Field(ge=1, le=12)] = 3
    hundred_millions: bool = False
    cover: Extra = 0
    lines: Count = 0


class Listing(LineRoom):
    """A form of the contents: heights of a line, of a section's head, of the edges; pt.

    ``caps`` says how many entries of articles, of members and of others are shown, the fullest first: the
    first that fits is taken. ``bleed`` is how much higher (or lower) than the room left the list
    is; None where it is as high as it comes.
    """

    line: Size
    head: Extra
    edges: Extra
    caps: Annotated[tuple[tuple[Count, Count, Count], ...], Field(min_length=1, max_length=MOST)]
    bleed: float | None = None


class ReportPage(Model):
    """Whether a report fills a page of its own: heights, pt; of text in columns, each column's share of them.

    It does if it is no higher than ``height`` and no lower than ``least`` of it.
    """

    height: Length
    head: Extra
    line: Extra
    text: Extent
    chart: Length
    charts: Extra
    caption: Extra
    remark: Extra
    table: Extra
    row: Extra
    least: Extra


class Imprint(LineRoom):
    """The lines of the imprint: its entries in some columns, none of them broken; row by row if ``paired``."""

    columns: Annotated[int, Field(ge=1, le=12)] = 1
    paired: bool = False


class Pairs(LineRoom):
    """The imprint in rows, two short entries a row.

    ``first`` is the entry that has the first row and ``heading`` what it is called there; ``omitted`` are
    those that stand elsewhere; ``between`` is left free between two, em, and ``end`` in the last row.
    """

    first: Line
    heading: Line
    omitted: tuple[Line, ...] = ()
    between: Extra = 0
    end: Extra = 0


class Guide(Model):
    """Contents in one of two sizes, and whether the first section stands on the next page.

    Each size's ``line`` is a share of a line of the page; ``taken`` are the lines above; the first section
    begins a page if more than ``fresh`` of the rest is filled.
    """

    normal: GuideSize
    tight: GuideSize
    lines: Line
    taken: Count = 0
    fresh: Extra = 1


class GuideSize(LineRoom):
    """A size of the contents."""

    line: Size


class Tail(Model):
    """Running text, and when a source is set behind its last words: if the last line surely has room for it.

    ``columns`` names the option that says how many characters a line of the page holds, ``measure`` how wide it
    is; the text stands ``inset`` narrower. Widths in em. ``doubt`` grows by ``more`` a line; ``indent`` is the
    first line's; ``spare`` that of the source's brackets; a source that takes lines of its own is long if
    ``long`` more do not fit. Without ``runs_on`` every source has a line of its own.
    """

    columns: Line
    measure: Length
    inset: Extra = 0
    indent: Extra = 2
    doubt: Extra = 0
    more: Extra = 0
    spare: Extra = 0
    long: Extra = 0
    runs_on: bool = True


class Placing(Model):
    """Which kinds of chart come last, after the table."""

    last: tuple[Line, ...] = ()


class Reckoning(Model):
    """All of it; what a theme does not use it leaves out."""

    ems: Ems = Ems()
    fits: Annotated[dict[Line, Fitting], Field(max_length=MOST)] = {}
    lines: Annotated[dict[Line, LineRoom], Field(max_length=MOST)] = {}
    extents: Annotated[dict[Line, Extent], Field(max_length=MOST)] = {}
    contents: Annotated[dict[Line, Listing], Field(max_length=MOST)] = {}
    tables: Tables = Tables()
    plates: Plates = Plates()
    side: SideLines | None = None
    cards: Cards | None = None
    opening: Opening | None = None
    report: ReportPage | None = None
    imprint: Imprint | None = None
    pairs: Pairs | None = None
    guide: Guide | None = None
    running: Annotated[dict[Line, Tail], Field(max_length=MOST)] = {}
    profile: tuple[Line, ...] = ()
    placing: Placing = Placing()


Guide.model_rebuild()


def model_at(path: KeyPath) -> type[Model]:
    """The model of a table under ``[reckoning]``; the last that is known, where the path leads further."""
    model: type[Model] = Reckoning
    for key in path:
        if isinstance(key, str) and (field := model.model_fields.get(key)):
            model = next(_models(field.annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for one in get_args(annotation):
        yield from _models(one)
