"""Pages that want to be even in number: told where they are not, and laid out once more."""

from __future__ import annotations

import pytest

from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.setter import lay_out

PAGE = """<!doctype html><html lang="zh-CN"{wanted}><head><style>
@page {{ size: 200pt 200pt; margin: 20pt }}
p {{ margin: 0; font: 10pt/16pt "Bulletin Song" }} p + p {{ break-before: page }}
[data-even="missing"] footer {{ break-before: page }}
</style></head><body>{body}<footer>末</footer></body></html>"""


@pytest.mark.parametrize(("wanted", "paragraphs", "pages"), [
    ("", 1, 1), (' data-even="wanted"', 1, 2), (' data-even="wanted"', 2, 2), (' data-even="wanted"', 3, 4)])
def test_even_pages(wanted: str, paragraphs: int, pages: int) -> None:
    html = PAGE.format(wanted=wanted, body="<p>文</p>" * paragraphs)
    assert len(lay_out(html, Assets(), "gentle")) == pages
