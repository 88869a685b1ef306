"""Windows: what was just written is looked into by a virus scanner or an index, and held for that moment."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Denied, shared with another program, locked by it: ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
HELD = (5, 32, 33)
# Seconds. A PDF reader holds a file as long as it is open: nobody waits for that.
_PATIENCE = 1.5
_STEP = 0.05


def is_held(error: OSError) -> bool:
    """Whether Windows says that another program has the file, or that it may not be touched: it says both alike."""
    return sys.platform == "win32" and getattr(error, "winerror", None) in HELD


def patiently(step: Callable[[], None]) -> None:
    """Do one step with files, on Windows again and again for a moment where another program holds one.

    Raises:
        OSError: as the step does at last.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            step()
        except OSError as error:
            if not is_held(error) or time.monotonic() > end:
                raise
            time.sleep(_STEP)
        else:
            return


def replace(source: Path, target: Path) -> None:
    """Put a finished file in another's place.

    Raises:
        OSError: it cannot be put there; both are as they were.
    """
    patiently(lambda: os.replace(source, target))
