"""The words that are no slip, though the model has not got them: those of a segmenter's dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable

HANZI = re.compile("[\u4e00-\u9fff]{2,4}")


def pack_known(dictionary: Iterable[str], model_words: Iterable[str]) -> bytes:
    """Each word of two to four hanzi that the model lacks, sorted, a line each, UTF-8.

    Args:
        dictionary: lines of word, count and kind.
        model_words: what the model has.
    """
    words = {line.partition(" ")[0] for line in dictionary}
    return "\n".join(sorted(word for word in words - set(model_words) if HANZI.fullmatch(word))).encode()
