"""How work grows with its input: squared time is a fault, however quick the machine.

No test compares seconds with a bound near to what is measured: a busy machine lengthens any of them. What other
work takes only lengthens, so the shortest of several runs is the truest, and code whose time grows by the square
fails every one of them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

#: Runs that may be disturbed before the growth is believed.
ATTEMPTS = 6


def seconds(work: Callable[[], object]) -> float:
    """The processor's seconds that work takes. What other tests left to collect is not this one's time."""
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def grows_by(work: Callable[[int], object], small: int, large: int, *, floor: float = 0.02) -> float:
    """How many times over the work of ``large`` is what linear growth from ``small`` would make it.

    1 is linear, ``large / small`` squared. The least of several attempts, each a pair of runs one after the other;
    ``floor`` seconds are taken off the large run, so that what is too short to be measured is no growth.
    """
    work(small)
    least = float("inf")
    for _ in range(ATTEMPTS):
        once = seconds(lambda: work(small))
        least = min(least, (seconds(lambda: work(large)) - floor) / (max(once, 1e-4) * large / small))
        if least <= 1.5:
            break
    return least
