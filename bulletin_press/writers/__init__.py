"""The outlets. Each is a module with an ``OUTLET``, loaded when it is asked for: most commands write nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bulletin_press.ground.diagnostics import UsageFault

if TYPE_CHECKING:
    from bulletin_press.writers.outlet import Outlet

# A closed set, written out, in the order of the help. The last part of a module's name is the outlet's.
MODULES = (
    "pdf",
    "print",
    "booklet",
    "html",
    "phone",
    "poster",
    "web",
    "wechat",
    "mail",
    "docx",
    "text",
)
DEFAULT = "pdf"


def outlet_names() -> tuple[str, ...]:
    """What ``--to`` may be given."""
    return tuple(module.rpartition(".")[2] for module in MODULES)


def outlets() -> tuple[Outlet, ...]:
    """Every outlet."""
    return tuple(_load(module) for module in MODULES)


def outlet_of(name: str) -> Outlet:
    """An outlet by its name.

    Raises:
        UsageFault: there is none of that name.
    """
    for module in MODULES:
        if module.rpartition(".")[2] == name:
            return _load(module)
    raise UsageFault(f"不会生成“{name}”；可用的：{'、'.join(outlet_names())}")


def _load(module: str) -> Outlet:
    outlet: Outlet = import_module(f"{__name__}.{module}").OUTLET
    return outlet
