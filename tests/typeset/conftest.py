"""A square test font, and renders in which lines can be counted by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from weasyprint.text.fonts import FontConfiguration

from bulletin_press.typeset.weasyprint_adapter import install

EM = 1000
HALF_WIDTH = [*range(0x20, 0x7F), 0xA0, 0xB7, 0xE9, 0x2013]
FULL_WIDTH = [
    *map(ord, "，。、；：？！（）《》〈〉「」『』【】“”‘’—…～％‰℃￥·々〇①"),
    *range(0x3000, 0x3003),
    *range(0x3041, 0x3100),
    *range(0x4E00, 0x9FA6),
    *range(0x20000, 0x20100),
]

Render = Callable[..., Any]


def build_square_font(path: Path, ascent: int = 880, family: str = "Square") -> None:
    """Write a font in which 汉字 and marks are an em wide, Latin half an em."""
    pen = TTGlyphPen(None)
    for corner in ((100, 0), (400, 0), (400, 700), (100, 700)):
        (pen.lineTo if pen.points else pen.moveTo)(corner)
    pen.closePath()
    outline, empty = pen.glyph(), TTGlyphPen(None).glyph()
    glyphs = [".notdef", "half", "full", "space", "nothing"]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(glyphs)
    full = dict.fromkeys(FULL_WIDTH, "full")
    half = dict.fromkeys(HALF_WIDTH, "half")
    builder.setupCharacterMap(full | half | {0x20: "space", 0xA0: "space", 0x200B: "nothing"})
    builder.setupGlyf({name: empty if name in ("space", "nothing") else outline for name in glyphs})
    widths = {".notdef": EM, "half": 500, "full": EM, "space": 250, "nothing": 0}
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=ascent, descent=ascent - EM)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(
        sTypoAscender=ascent, sTypoDescender=ascent - EM, usWinAscent=ascent, usWinDescent=120
    )
    builder.setupPost()
    builder.save(path)


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the @font-face rules of two square fonts, `Square` and the taller `Tall`."""
    folder = tmp_path_factory.mktemp("fonts")
    rules = []
    for family, ascent in (("Square", 880), ("Tall", 1200)):
        path = folder / f"{family}.ttf"
        build_square_font(path, ascent, family)
        rules.append(f"@font-face {{ font-family: {family}; src: url({path.as_uri()}) }}")
    return "\n".join(rules)


@pytest.fixture(scope="session")
def font_config() -> FontConfiguration:
    return FontConfiguration()


@pytest.fixture
def render(fonts: str, font_config: FontConfiguration) -> Iterator[Render]:
    """Return a function that renders a body, by default 10px/15px Square, 10 em wide."""

    def rendered(body: str, css: str = "", **options: Any) -> Any:
        style = (
            f"{fonts} @page {{ size: 100px 600px; margin: 0 }}"
            "html { font: 10px/15px Square } body, p, h1, h2 { margin: 0; font-size: 10px;"
            f" font-weight: 400 }} p {{ text-align: justify }} {css}"
        )
        source = (
            f"<html lang=zh-CN><head><title>t</title><style>{style}</style></head>"
            f"<body>{body}</body></html>"
        )
        return weasyprint.HTML(string=source).render(font_config=font_config, **options)

    with install():
        yield rendered


def line_boxes(document: Any) -> Iterator[Any]:
    """Yield the line boxes of a document, in order."""

    def walk(box: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        if type(box).__name__ == "LineBox":
            yield box
        for child in getattr(box, "children", ()):
            yield from walk(child)

    for page in document.pages:
        yield from walk(page._page_box)


def typed_lines(document: Any) -> list[str]:
    """Return the text of each composed line, as copied."""
    return [box.composed.text for box in line_boxes(document) if "composed" in box.__dict__]
