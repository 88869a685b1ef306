"""``python -m bulletin_press.cli`` is ``press`` without its guard against an early Ctrl-C."""

import sys

from bulletin_press.cli import command

if __name__ == "__main__":
    sys.exit(command())
