"""The outlets: each turns an edition into bytes. A closed set, written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from bulletin_press.edition import Edition
from bulletin_press.writers.html import write_html
from bulletin_press.writers.pdf import write_pdf

Format = Literal["pdf", "html"]

WRITERS: Mapping[Format, Callable[[Edition], bytes]] = {"pdf": write_pdf, "html": write_html}
