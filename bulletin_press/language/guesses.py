"""The wording of a guess."""

from __future__ import annotations


def perhaps(guess: str | None, otherwise: str = "") -> str:
    """The end of a sentence that says what is not there: what was perhaps meant, else what there is."""
    return f"，是不是 {guess}？" if guess else otherwise
