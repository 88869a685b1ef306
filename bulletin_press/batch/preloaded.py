"""What a render needs, imported once for all worker processes: they are forked from the one that imported it.

Modules and word lists only. No font is touched here: a font map that has been used may have a thread of its own,
which a fork loses. What cannot be imported is left to the workers, who say so as any command does.
"""

import gc
from contextlib import suppress
from importlib import import_module

_NEEDED = (
    "bulletin_press.batch.worker",
    "bulletin_press.pipeline",
    "bulletin_press.theme.charts",
    "bulletin_press.theme.compiled_templates",
    "bulletin_press.theme.fit.search",
    "bulletin_press.theme.fit.words",
    "bulletin_press.theme.page",
    "bulletin_press.theme.reckoning",
    "bulletin_press.theme.sandbox",
    "bulletin_press.theme.templating",
    "bulletin_press.theme.theme_file",
    "bulletin_press.theme.weighing",
    "bulletin_press.typeset.setter",
    "bulletin_press.writers.pdf",
    "bulletin_press.writers.target",
)

for _name in _NEEDED:
    with suppress(Exception):
        import_module(_name)
with suppress(Exception):
    from bulletin_press.checks.engine import entries

    entries()
with suppress(Exception):
    from bulletin_press.typeset.setter import load_engine

    load_engine()
with suppress(Exception):
    from bulletin_press.language.wrong_characters import wrong_characters

    wrong_characters()
# What is there now never goes: the collector of a worker need not look at it, and so does not touch its pages.
gc.freeze()
