"""Pages while they are typed: the page that is edited at once, all of them a little later; a place to its field and back.

``Engine`` is a process that can be killed; ``LivePages`` is what works in it.
"""

from bulletin_press.desk.live.engine import Engine, EngineStopped
from bulletin_press.desk.live.pages import Box, Drawn, LivePages, Whole

__all__ = ["Box", "Drawn", "Engine", "EngineStopped", "LivePages", "Whole"]
