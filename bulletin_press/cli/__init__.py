"""The command line: arguments, printing, exit status."""

import os

# Looking for pydantic plugins reads the metadata of every installed package; we use none.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from bulletin_press.cli.running import command, run

__all__ = ["command", "run"]
