"""Where the ``press`` command begins: Ctrl-C is seen to before anything heavy is imported."""

from __future__ import annotations

import sys

from bulletin_press.ground.interruption import Guard, end_at_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """The ``press`` command."""
    try:
        guard = Guard()
        from bulletin_press.cli import command

        guard.unwind()
        status = command()
        guard.finish()
    except KeyboardInterrupt:
        end_at_once()
    sys.exit(status)
