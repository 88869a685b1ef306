"""What preflight finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bulletin_press.ground.diagnostics import Severity

_ORDER = [Severity.ERROR, Severity.WARNING, Severity.INFO]


@dataclass(frozen=True)
class Limits:
    """What a print shop allows.

    Args:
        ink: the most in one place, 1.0 is one ink solid.
        dpi: the fewest pixels to the inch.
        hairline: the thinnest line, points.
        small: the size from which letters may take more than two inks, points.
    """

    ink: float = 3.0
    dpi: float = 200
    hairline: float = 0.25
    small: float = 12.0


@dataclass(frozen=True)
class Fault:
    """One thing that a print shop would refuse; ``pages`` are counted from 1, none is the file itself."""

    rule: str
    severity: Severity
    message: str
    pages: tuple[int, ...] = ()

    def on(self, page: int) -> Fault:
        """The same on a page."""
        return replace(self, pages=(page,))

    @property
    def place(self) -> str:
        """第1、2页; nothing for the file."""
        return f"第{_ranges(self.pages)}页" if self.pages else ""


def gathered(faults: Iterable[Fault]) -> Sequence[Fault]:
    """Each fault once with all its pages, the worst first."""
    pages: dict[tuple[str, Severity, str], list[int]] = {}
    for fault in faults:
        pages.setdefault((fault.rule, fault.severity, fault.message), []).extend(fault.pages)
    made = [Fault(*key, tuple(sorted(set(where)))) for key, where in pages.items()]
    return sorted(made, key=lambda one: (_ORDER.index(one.severity), one.pages[:1], one.rule, one.message))


def _ranges(pages: Sequence[int]) -> str:
    """1, 2, 3, 5 as “1—3、5”."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" if len(run) > 2 else
                    f"{run[0]}、{run[1]}" for run in runs)
