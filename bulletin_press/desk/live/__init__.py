"""Pages while they are typed: the edited one at once, all of them a little later; from a place to its field and back.

``Engine`` is a process that can be killed; ``LivePages`` is what works in it.
"""

from bulletin_press.desk.live.engine import Engine, EngineStopped
from bulletin_press.desk.live.pages import Box, Drawn, LivePages, Whole

__all__ = ["Box", "Drawn", "Engine", "EngineStopped", "LivePages", "Whole"]
