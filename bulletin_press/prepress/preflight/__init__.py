"""Preflight: what a print shop would refuse of a PDF, whoever made it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.prepress.preflight.content import Painting
from bulletin_press.prepress.preflight.faults import Fault, Limits, gathered
from bulletin_press.prepress.preflight.sheets import file_faults, page_faults

__all__ = ["Fault", "Limits", "preflight"]


def preflight(data: bytes, limits: Limits | None = None) -> Sequence[Fault]:
    """What a print shop would refuse, the worst first.

    Args:
        data: a PDF.
        limits: what the print shop allows.

    Raises:
        InputFault: it is no PDF, or is locked.
    """
    limits = limits or Limits()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = list(file_faults(pdf))
            for number, page in enumerate(pdf.pages, 1):
                painting = Painting(pdf, page, limits)
                found += [fault.on(number) for fault in painting.faults()]
                found += [fault.on(number) for fault in page_faults(page, painting.reach)]
            return gathered(found)
    except pikepdf.PasswordError:
        raise InputFault("这个 PDF 有密码，打不开；请另存一份没有密码的") from None
    except (pikepdf.PdfError, RecursionError):
        raise InputFault("这个文件不是 PDF，或已损坏；请重新生成或下载") from None
