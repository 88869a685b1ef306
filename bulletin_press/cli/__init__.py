"""The command line: arguments, printing, exit status."""

import gc
import os
import sys
from types import ModuleType

from bulletin_press.ground.written_methods import keep_written_methods

# A short command makes many objects and frees few: the collector would only look them over.
gc.set_threshold(20_000, 50, 50)
keep_written_methods()
# Looking for pydantic plugins reads the metadata of every installed package; we use none. What looks for them loads
# half of the library for mail and for archives even where it is told not to look.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
if os.environ["PYDANTIC_DISABLE_PLUGINS"] == "__all__" and "pydantic" not in sys.modules:
    _loader = ModuleType("pydantic.plugin._loader")
    _loader.__dict__["get_plugins"] = tuple
    sys.modules.setdefault(_loader.__name__, _loader)

from bulletin_press.cli.running import command, run  # noqa: E402

__all__ = ["command", "run"]
