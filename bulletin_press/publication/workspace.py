"""The workspace: the folder that holds one publication and its issues."""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bulletin_press.ground.diagnostics import InputFault, UsageFault
from bulletin_press.ground.enclosure import is_circular, is_inside, leads_out
from bulletin_press.ground.kept import Kept
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.resources import templates_folder
from bulletin_press.ground.system_errors import reason
from bulletin_press.language.guesses import perhaps
from bulletin_press.language.numerals import Period
from bulletin_press.language.script import lazy
from bulletin_press.publication.members import MemberEntry, member_keys
from bulletin_press.publication.settings import Publication, allowed_keys
from bulletin_press.toml.advice import BUILT_IN, SectionNames
from bulletin_press.toml.complaints import expect_right
from bulletin_press.toml.positions import Table, parse_table, plain_values, readable, scan_table
from bulletin_press.toml.schema import (
    Complaint,
    complaints_of,
    read_model,
)
from bulletin_press.toml.source import Source, read_source

VARIABLE = "PRESS_WORKSPACE"
PUBLICATION = "publication.toml"
MEMBERS = "members.toml"
ISSUE = "issue.toml"
_NO_ISSUES = {PUBLICATION: "刊物信息", MEMBERS: "会员名录"}

# A folder's name ends up in file names and anchors: an allow-list, and \Z, since $ admits a newline.
_NAME = re.compile(r"\d{4}-[0-9a-z]+(?:-[0-9a-z]+)*\Z", re.ASCII)
_YEARS = (1949, 2100)
# Files of a publication that were read before, of so many characters: between two looks at an issue most stay.
_SCANNED: Kept[tuple[str, str, SectionNames], Table] = Kept(400_000, lambda table: len(table.source.text))
_DATE = lazy(r"^\s*date\s*=\s*(\d{4}-\d{2}-\d{2})", re.M)


def valid_name(name: str) -> bool:
    """Whether a folder may be named so: 2022-08, 2022-07-08, 2022-special-1."""
    return len(name) <= 40 and bool(_NAME.match(name))


def named_months(name: str) -> tuple[Period, ...]:
    """The months that an issue's folder is named by: two for 2022-07-08, none for 2022-special-1."""
    months: list[Period] = []
    for part in name[5:].split("-") if valid_name(name) else ():
        if not re.fullmatch(r"0[1-9]|1[0-2]", part):
            break
        crossing = bool(months) and int(part) < months[-1].month
        months.append(Period((months[-1].year if months else int(name[:4])) + crossing, int(part)))
    return tuple(months)


def why_no_name(name: str) -> str | None:
    """Why a folder may not be named so if an issue is to be in it; None where it may."""
    if not valid_name(name):
        return f"“{name}”不能作期名。写成年-月，例如 2022-08；合刊写 2022-07-08，增刊写 2022-special-1"
    backward = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", name)
    if backward and int(backward[2]) <= int(backward[1]) and (backward[1], backward[2]) != ("12", "01"):
        return f"“{name}”像是日期；期名写年-月，例如 {name[:7]}；合刊写 2022-07-08"
    if name[5:6].isdigit() and len(named_months(name)) != len(name[5:].split("-")):
        return f"“{name}”的月份不对：月份写两位，01 到 12，例如 2022-08；合刊写 2022-07-08"
    if not _YEARS[0] <= int(name[:4]) <= _YEARS[1]:
        return f"“{name}”的年份不对：写 {_YEARS[0]} 到 {_YEARS[1]}，例如 2022-08"
    if re.search(r"-0+\Z", name):
        return f"“{name}”的序号不对：从 1 起，例如 {name[:4]}-special-1"
    return None


@dataclass(frozen=True)
class Workspace:
    """A publication's folder. Carries the date and the folder that shown paths start from.

    ``today`` is the only clock any stage may read, ``shown_from`` the only working directory.
    ``drafts`` are texts that stand for files: what ``press check --fix`` has in hand, not yet written.
    ``keeps`` tells that what a check found out may be kept in the folder for the next one (see ``shelf``).
    """

    root: Path
    today: date
    shown_from: Path
    drafts: Mapping[Path, str] = field(default_factory=dict)
    keeps: bool = False

    def shown(self, path: Path) -> str:
        """A path as messages print it: relative where it lies below ``shown_from``."""
        try:
            return path.relative_to(self.shown_from).as_posix()
        except ValueError:
            return path.as_posix()

    def table(self, path: Path) -> Table:
        """A file of the workspace, parsed.

        Raises:
            InputFault: it cannot be read or is not TOML.
        """
        if path in self.drafts:
            return parse_table(Source(self.shown(path), self.drafts[path]))
        return readable(self.scanned(path))

    def scanned(self, path: Path, sections: SectionNames = BUILT_IN) -> Table:
        """A file of the workspace, parsed as far as it can be read; its faults are in the table.

        Args:
            path: the file.
            sections: the sections that it may have, if it is an issue.

        Raises:
            InputFault: it cannot be read, or is not UTF-8.
        """
        if path in self.drafts:
            return scan_table(Source(self.shown(path), self.drafts[path]), sections)
        self._require_inside(path)
        source = read_source(path, self.shown(path))
        return _SCANNED.made((source.name, source.text, sections), lambda: scan_table(source, sections))

    def _require_inside(self, path: Path) -> None:
        if leads_out(path, self.root):
            raise InputFault(f"{self.shown(path)} 是指到刊物文件夹以外的链接，不读。请把文件复制进来")

    @cached_property
    def publication_table(self) -> Table:
        """publication.toml, parsed.

        Raises:
            InputFault: it cannot be read or is not TOML.
        """
        if self._publication_scanned.faults:
            return parse_table(self._publication_scanned.source)
        return self._publication_scanned

    @cached_property
    def publication(self) -> Publication:
        """publication.toml, validated.

        Raises:
            InputFault: with a finding for every wrong key or value.
        """
        return read_model(self._publication_scanned, Publication, allowed_keys)

    @cached_property
    def _publication_scanned(self) -> Table:
        return self.scanned(self.root / PUBLICATION)

    @cached_property
    def members_table(self) -> Table | None:
        """members.toml, parsed, or None where the publication keeps no directory."""
        path = self.root / MEMBERS
        return self.table(path) if path.exists() else None

    @cached_property
    def members(self) -> Mapping[str, MemberEntry]:
        """The member directory by key; empty where there is none.

        Raises:
            InputFault: with a finding for every wrong key or value.
        """
        path = self.root / MEMBERS
        table = self.scanned(path) if path.exists() else None
        entries, complaints = dict[str, MemberEntry](), list[Complaint]()
        for key, value in (table.values.items() if table else ()):
            try:
                entries[key] = MemberEntry.model_validate(value)
            except ValidationError as error:
                complaints += complaints_of(error, (key,), member_keys)
        if table:
            expect_right(table, complaints)
        return entries

    @cached_property
    def issue_names(self) -> tuple[str, ...]:
        """The issues' folder names, oldest first by the date typed in them, then by name."""
        names = [folder.name for folder in self._folders if valid_name(folder.name) and self._holds(folder / ISSUE)]
        return tuple(sorted(names, key=self._order))

    @cached_property
    def _folders(self) -> tuple[Path, ...]:
        """What lies in the workspace, by name."""
        try:
            return tuple(sorted(self.root.iterdir()))
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise InputFault(f"文件夹 {self.shown(self.root)} 打不开（{reason(error)}）") from None

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """What is said of each issue that may be there and cannot be read: its folder is shut, or a link out."""
        return tuple(said for folder in self._folders
                     if valid_name(folder.name) and (said := self._why_unreadable(folder / ISSUE)))

    def _why_unreadable(self, path: Path) -> str | None:
        try:
            path.lstat()
        except PermissionError as error:
            return f"文件夹 {self.shown(path.parent)} 打不开（{reason(error)}）"
        except (OSError, ValueError):
            return None
        if is_circular(path):
            return f"{self.shown(path)} 是绕成了圈的链接，不读"
        if leads_out(path, self.root):
            return f"{self.shown(path)} 是指到刊物文件夹以外的链接，不读"
        return None

    @cached_property
    def misnamed(self) -> tuple[str, ...]:
        """What is said of each folder with an issue in it whose name is no issue's, or names no month."""
        return tuple(self._right_name(folder) for folder in self._folders
                     if not folder.name.startswith(".") and why_no_name(folder.name)
                     and self._holds(folder / ISSUE))

    def _right_name(self, folder: Path) -> str:
        shown, typed = self.shown(folder), re.match(r"(\d{4})\D{1,3}(\d{1,2})(?!\d)", folder.name, re.ASCII)
        counted = "排期号、比较前几期时认不出它的月份" if valid_name(folder.name) else "没有算作一期"
        right = f"{typed[1]}-{int(typed[2]):02}" if typed and 1 <= int(typed[2]) <= 12 else None
        if right and not os.path.lexists(self.root / right):
            return f"文件夹 {shown} 的名称不是期名，{counted}；请改名为 {right}"
        taken = f"（{right} 已经有了）" if right else ""
        return f"文件夹 {shown} 的名称不是期名，{counted}{taken}；期名写年-月，例如 2022-08。不是一期的，请移到别处"

    def _holds(self, path: Path) -> bool:
        """Whether there is such a file, and no link leads out of the workspace to it."""
        try:
            return path.is_file() and is_inside(path, self.root)
        except OSError:
            return False

    def _order(self, name: str) -> tuple[str, str]:
        """A folder's place in time, read without parsing the file: it may be broken."""
        path, head = self.root / name / ISSUE, ""
        with suppress(OSError):
            head = read_file(path, 4096).decode("utf-8", "replace") if self._holds(path) else ""
        match = _DATE.search(head)
        return (match[1] if match else name[:7] + "-01", name)

    def year_of(self, name: str) -> int:
        """The year in which an issue came out, read without parsing its file."""
        return int(self._order(name)[0][:4])

    def month_of(self, name: str) -> int:
        """The month in which an issue came out, counted through the years, read without parsing its file."""
        year, month = self._order(name)[0].split("-")[:2]
        return int(year) * 12 + int(month)

    def plain(self, name: str) -> Mapping[str, Any]:
        """Another issue's values without their places, read once for all who compare.

        Raises:
            InputFault: its file cannot be read or is not TOML.
        """
        if name not in self._plain:
            try:
                self._require_inside(self.root / name / ISSUE)
                self._plain[name] = plain_values(read_source(self.root / name / ISSUE))
            except InputFault as fault:
                self._plain[name] = fault
        found = self._plain[name]
        if isinstance(found, InputFault):
            raise found
        return found

    @cached_property
    def _plain(self) -> dict[str, Mapping[str, Any] | InputFault]:
        return {}

    def earlier(self, name: str) -> tuple[str, ...]:
        """The issues before one, newest first."""
        order = self._order(name)
        return tuple(other for other in reversed(self.issue_names)
                     if other != name and self._order(other) < order)

    def issue_path(self, given: str | None) -> Path:
        """The TOML file of an issue named by folder name, folder or file; None is the newest.

        Raises:
            UsageFault: there is no such issue; close names are suggested.
        """
        if given is None:
            if not self.issue_names and self.unreadable:
                raise UsageFault("；".join(self.unreadable))
            if not self.issue_names:
                raise UsageFault(f"{self.shown(self.root)} 里还没有一期。先运行 press new-issue")
            return self.root / self.issue_names[-1] / ISSUE
        path = self.shown_from / given
        try:
            if valid_name(given) and (self.root / given).is_dir():
                path = self.root / given / ISSUE
                found = self._holds(path)
            else:
                path = path / ISSUE if path.is_dir() else path
                # The folder's name names the issue and its output, and ".." is no name.
                path = path.resolve() if ".." in path.parts else path
                found = path.is_file() and not leads_out(path, self.root)
        except OSError:  # a name too long, a folder that may not be entered
            found = False
        if not found:
            raise UsageFault(self._no_such_issue(given, path))
        if path.name in _NO_ISSUES and path.parent.resolve() == self.root.resolve():
            raise UsageFault(f"{self.shown(path)} 是{_NO_ISSUES[path.name]}，不是一期；检查每一期时都会检查它，"
                             "例如 press check")
        return path

    def _no_such_issue(self, given: str, path: Path) -> str:
        if said := self._why_unreadable(path):
            return said
        with suppress(OSError):
            if path.is_symlink() and not path.exists():
                return f"{self.shown(path)} 是指向不存在的文件的链接"
            if path.exists() and not path.is_dir():
                return f"{self.shown(path)} 是管道或设备，不是文件"
            if path.name == ISSUE and (path.parent / f"{ISSUE}.txt").is_file():
                return f"文件夹 {self.shown(path.parent)} 里有 {ISSUE}.txt，请改名为 {ISSUE}"
            if path.name == ISSUE and path.parent.is_dir():
                return f"文件夹 {self.shown(path.parent)} 里没有 {ISSUE}"
        month = re.fullmatch(r"(\d{4})-(\d)", given, re.ASCII)
        padded = f"{month[1]}-{int(month[2]):02}" if month else ""
        if padded and padded not in self.issue_names:
            missing = f"文件夹 {self.shown(self.root / padded)} 里没有 {ISSUE}" if (self.root / padded).is_dir() else \
                f"也没有 {padded}。press list 列出已有的各期"
            return f"没有“{given}”这一期：月份写两位，{padded}；{missing}"
        if padded:
            return f"没有“{given}”这一期{perhaps(padded)}"
        # A path is wrong in its last part, or in the folder before it.
        guesses = [guess for part in Path(given).parts[-2:]
                   for guess in difflib.get_close_matches(part, self.issue_names, n=1)]
        hint = perhaps(guesses[-1] if guesses else None, "。press list 列出已有的各期")
        return f"没有“{given[:80]}”这一期{hint}"


def template_folders(workspace: Workspace) -> tuple[Path, ...]:
    """Where templates are looked for: the publication's own before those of the press."""
    return (workspace.root / "templates", templates_folder())


def find_root(given: Path | None, environment: Mapping[str, str], folder: Path) -> Path | None:
    """Where the publication is: ``--workspace``, ``$PRESS_WORKSPACE``, ./issues, here or above.

    Returns None where none is found and none was named.

    Raises:
        UsageFault: the folder that was named holds no publication.toml.
    """
    named = given or variable(environment)
    if named:
        with suppress(OSError, RuntimeError):  # a name too long; links in a circle, until Python 3.13
            root = (folder / named).resolve()
            for candidate in (root, root / "issues"):
                if is_publication(candidate):
                    return candidate
        said = f"{named}" if given else f"环境变量 {VARIABLE} 指的 {named}"
        raise UsageFault(f"{said} 里没有 {PUBLICATION}，不是一个刊物文件夹。新建请运行 press new-issue")
    for candidate in (folder / "issues", folder):
        if is_publication(candidate):
            return candidate.resolve()
    for candidate in folder.parents:
        with suppress(InputFault):  # one above that is shut is somebody else's
            if is_publication(candidate):
                return candidate.resolve()
    return None


def variable(environment: Mapping[str, str]) -> Path | None:
    """The folder that ``$PRESS_WORKSPACE`` names."""
    return Path(environment[VARIABLE]) if environment.get(VARIABLE) else None


def is_publication(folder: Path) -> bool:
    """Whether there is a publication.toml in a folder.

    Raises:
        InputFault: the folder may not be entered: there may be one.
    """
    try:
        return stat.S_ISREG((folder / PUBLICATION).stat().st_mode)
    except PermissionError as error:
        shut = folder
        try:
            folder.lstat()
        except OSError:
            shut = folder.parent
        raise InputFault(f"文件夹 {shut} 打不开（{reason(error)}）") from None
    except (OSError, ValueError):
        return False
