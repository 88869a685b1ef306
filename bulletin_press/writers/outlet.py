"""What an outlet is: one way out of the press, from an edition to a file or to a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.ground.diagnostics import Finding, UsageFault

if TYPE_CHECKING:
    from bulletin_press.edition import Edition

Value = str | int | bool
Chosen = Mapping[str, Value]
"""The values of an outlet's options, by their names."""

Files = bytes | Mapping[str, bytes]
"""A file's bytes, or those of a folder's files by their paths in it, with "/" between."""


@dataclass(frozen=True)
class OutletOption:
    """What may be chosen of an outlet: a Chinese label, the value that stands where none is chosen.

    Any value of the default's type will do where no ``choices`` are given.
    """

    label: str
    default: Value
    choices: tuple[Value, ...] = ()

    def fits(self, value: Value) -> bool:
        """Whether a value may be chosen."""
        return type(value) is type(self.default) and (not self.choices or value in self.choices)


def _nothing(edition: Edition) -> None:
    """No notice."""


def _itself(edition: Edition) -> Edition:
    """The edition as it is."""
    return edition


def _nothing_found(edition: Edition, made: Files) -> Sequence[Finding]:
    """It has no limits."""
    return ()


def _untold(path: Path) -> bool:
    """Nothing tells a draft."""
    return False


@dataclass(frozen=True)
class Outlet:
    """A way out, as the command line, the pipeline and the lists see it.

    Args:
        name: how ``--to`` calls it; its module bears the same name.
        label: Chinese, or letters that Chinese readers know: what messages call its output.
        about: Chinese, one line: what it is for.
        suffixes: what its file's name may end in, the first where the press names it; none: it makes a folder.
        paged: whether it writes the edition's pages, which are judged then and counted.
        write: an edition and the options' values → what is to be written; raises ``PressError``.
        options: by name.
        is_draft: whether a file or folder that it wrote is a draft's.
        notice: what the person should know of what was written, if anything.
        findings: what its limits say of an edition and what was made of it; an error, and nothing is written.
        edition: what it writes of an edition: itself, or one that is laid out in another way.
        plainly_named: whether its output bears the issue's name alone, without the outlet's.
        has_leaves: whether what it writes is a PDF, whose pages can be had as pictures.
    """

    name: str
    label: str
    about: str
    suffixes: tuple[str, ...]
    paged: bool
    write: Callable[[Edition, Chosen], Files]
    options: Mapping[str, OutletOption] = field(default_factory=dict)
    is_draft: Callable[[Path], bool] = _untold
    notice: Callable[[Edition], str | None] = _nothing
    findings: Callable[[Edition, Files], Sequence[Finding]] = _nothing_found
    edition: Callable[[Edition], Edition] = _itself
    plainly_named: bool = False
    has_leaves: bool = False

    @property
    def makes_folder(self) -> bool:
        """Whether what it writes is a folder of files."""
        return not self.suffixes

    def output_name(self, issue: str) -> str:
        """What the output is called beside an issue's others."""
        return issue + ("" if self.plainly_named else f"-{self.name}") + (self.suffixes[0] if self.suffixes else "")

    def chosen(self, values: Chosen) -> Chosen:
        """The values of all options: those given, the defaults of the others.

        Raises:
            UsageFault: there is no such option, or it cannot have such a value.
        """
        for name, value in values.items():
            option = self.options.get(name)
            if option is None:
                known = f"；可用的：{'、'.join(self.options)}" if self.options else ""
                raise UsageFault(f"{self.label} 没有“{name}”这个选项{known}")
            if not option.fits(value):
                choices = f"，只能是 {'、'.join(map(str, option.choices))}" if option.choices else ""
                raise UsageFault(f"{self.label} 的选项 {name}（{option.label}）不能是“{value}”{choices}")
        return {**{name: option.default for name, option in self.options.items()}, **values}

    def files(self, edition: Edition, chosen: Chosen) -> Files:
        """What is to be written: bytes for a file, a mapping for a folder.

        Raises:
            PressError: what ``write`` raises.
        """
        made = self.write(self.edition(edition), chosen)
        assert isinstance(made, bytes) is not self.makes_folder, f"the outlet {self.name} made the other kind"
        return made
