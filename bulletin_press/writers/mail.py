"""An e-mail: a message file that any mail program opens, HTML beside plain text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from email import policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from bulletin_press.document.exhibits import Bar, KeyFigure, RankingChart
from bulletin_press.document.tree import Block, Call, Entry, Footnote, Inline, Link, Paragraph, Strong
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.pictures import LoadedPicture
from bulletin_press.pictures.web import WebPicture, broad_picture
from bulletin_press.writers.flow.filling import Filling, ImageFiles
from bulletin_press.writers.flow.palette import palette_of
from bulletin_press.writers.flow.words import plot_rows
from bulletin_press.writers.limits import MAIL, BeyondLimits, at_item
from bulletin_press.writers.outlet import Chosen, Outlet
from bulletin_press.writers.text import item_lines, write_text
from bulletin_press.writers.web import shown_address, summary_of, web_address

# Beyond this Gmail cuts a message off.
MOST_BYTES = 100_000
# Of the front page's picture: twice the pixels that it is shown with, and what the message calls it (RFC 2392).
_PICTURE_WIDTH, CID = 1200, "front.picture@bulletin-press"
# A name that would be smaller stands in several lines, px.
_LEAST_NAME = 26
_DRAFT = b"X-Bulletin-Draft: yes"


def write_mail(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition as a message without sender and recipient, ready to be opened and sent (RFC 5322, CRLF).

    Raises:
        BeyondLimits: it is longer than mail programs show, and no draft.
    """
    page = mail_page(edition)
    if (size := len(page.encode("utf-8"))) > MOST_BYTES and not edition.draft:
        raise _too_long(edition, size)
    front = edition.issue.document.front
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = f"{'【校样】' if edition.draft else ''}{front.name} {front.year}{front.number}"
    # By this Outlook opens it as a message to be sent.
    message["X-Unsent"] = "1"
    if edition.draft:
        message["X-Bulletin-Draft"] = "yes"
    message.set_content(write_text(edition).decode("utf-8"), charset="utf-8", cte="base64")
    message.add_alternative(page, subtype="html", charset="utf-8", cte="base64")
    # A boundary of chance would make other bytes each time.
    boundary = hashlib.sha256(page.encode("utf-8")).hexdigest()[:32]
    message.set_boundary("=_" + boundary)
    if picture := front_picture(edition):
        html = message.get_payload(1)
        assert isinstance(html, EmailMessage)
        html.add_related(picture.data, "image", "jpeg", cid=f"<{CID}>", disposition="inline", filename="front.jpg")
        html.set_boundary("=_r" + boundary)
    return message.as_bytes()


def _too_long(edition: Edition, size: int) -> BeyondLimits:
    """What to do about a message of so many bytes, at the item that takes the most room."""
    items = {item: len("".join(item_lines(section, item))) for section in edition.issue.document.sections
             for item in section.items if item.origin}
    site = edition.issue.workspace.publication.site.address
    advice = "请删短，这一篇最长" if site else \
        "在 publication.toml 里写上 [site] address，邮件就只放每篇的第一段，全文指到网站；不然请删短，这一篇最长"
    words = f"邮件有 {size // 1000} KB，超过 {MOST_BYTES // 1000} KB 会被邮箱截断。{advice}"
    longest = max(items, key=lambda item: items[item], default=None)
    return BeyondLimits(words, [at_item(edition, longest, MAIL, Severity.ERROR, words)])


def front_picture(edition: Edition) -> WebPicture | None:
    """The picture of the front page as the message takes it along; None where there is none."""
    cover = edition.issue.document.front.cover
    loaded = edition.issue.pictures[cover] if cover else None
    return broad_picture(loaded, _PICTURE_WIDTH) if isinstance(loaded, LoadedPicture) else None


def mail_page(edition: Edition) -> str:
    """The HTML of an edition's message; with the site's address a digest, else all of the text."""
    palette, document = palette_of(edition.theme), edition.issue.document
    filling = Filling(edition, "mail", ImageFiles(edition, 1), {
        "first_of": first_of, "bar_share": _bar_share, "figure_size": _figure_size, "min_two": partial(min, 2),
        "plot_rows": plot_rows, "web_address": web_address, "shown_address": shown_address})
    site = edition.issue.workspace.publication.site.address
    return filling.page("mail.html.j2", {
        "c": dict(palette.light), "d": dict(palette.dark), "summary": summary_of(document),
        "address": f"{site}{edition.issue.name}/" if site else "",
        "picture": f"cid:{CID}" if front_picture(edition) else "",
        "name_size": max(_LEAST_NAME, min(52, 321 // max(1, len(document.front.name))))})


def first_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """What a digest has of an item: its first paragraph, and the notes that this calls."""
    for block in blocks:
        if isinstance(block, Entry):
            if inner := first_of(block.blocks):
                return inner
        elif isinstance(block, Paragraph) and not isinstance(block, Footnote):
            called = frozenset(_called(block.inlines))
            return (block, *(one for one in blocks if isinstance(one, Footnote) and not called.isdisjoint(
                _called(one.inlines))))
    return ()


def _called(inlines: Sequence[Inline]) -> Iterator[int]:
    """The numbers of the notes that words call, wherever in them; a note begins with its own."""
    for inline in inlines:
        if isinstance(inline, Call):
            yield inline.number
        elif isinstance(inline, Strong | Link):
            yield from _called(inline.children)


def _bar_share(chart: RankingChart, bar: Bar) -> int:
    """How long a bar is, in hundredths of the longest."""
    longest = max((one.value for one in chart.bars), default=Decimal(0))
    return max(0, round(float(bar.value / longest) * 100)) if longest > 0 else 0


def _figure_size(figure: KeyFigure) -> int:
    """The size of a key figure in half the message's width, px."""
    return min(56, int(180 / (0.56 * max(4, len(figure.large or figure.value)))))


def is_draft(path: Path) -> bool:
    """Whether a message was written as a draft."""
    try:
        return _DRAFT in path.read_bytes()[:2_000]
    except OSError:
        return False


OUTLET = Outlet("mail", "邮件", "用邮件程序打开，填上收件人就能发", (".eml",), False, write_mail, is_draft=is_draft)
