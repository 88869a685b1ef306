"""The workspace: the folder that holds one publication and its issues."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bulletin_press.diagnostics import InputFault, UsageFault
from bulletin_press.enclosure import is_inside, leads_out
from bulletin_press.numerals import Period
from bulletin_press.positions import KeyPath, Table, parse_table, plain_values, read_table, scan_table
from bulletin_press.publication import Publication, allowed_keys
from bulletin_press.reading import read_file
from bulletin_press.records import dataclass
from bulletin_press.schema import Complaint, Line, Model, Text, complaints_of, keys_of, read_model, undamaged
from bulletin_press.source import Source, read_source

PUBLICATION = "publication.toml"
MEMBERS = "members.toml"
ISSUE = "issue.toml"

# A folder's name ends up in file names and anchors: an allow-list, and \Z, since $ admits a newline.
_NAME = re.compile(r"\d{4}-[0-9a-z]+(?:-[0-9a-z]+)*\Z", re.ASCII)
_DATE = re.compile(r"^\s*date\s*=\s*(\d{4}-\d{2}-\d{2})", re.M)


class MemberEntry(Model):
    """One firm of the member directory."""

    name: Line
    role: Line | None = None
    website: Line | None = None
    intro: Text | None = None
    logo: Line | None = None
    contact: Line | None = None


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


@dataclass(frozen=True)
class Workspace:
    """A publication's folder. Carries the date and the folder that shown paths start from.

    ``today`` is the only clock any stage may read, ``shown_from`` the only working directory.
    ``drafts`` are texts that stand for files: what ``press check --fix`` has in hand, not yet written.
    """

    root: Path
    today: date
    shown_from: Path
    drafts: Mapping[Path, str] = field(default_factory=dict)

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
        self._require_inside(path)
        return read_table(path, self.shown(path))

    def scanned(self, path: Path) -> Table:
        """A file of the workspace, parsed as far as it can be read; its faults are in the table.

        Raises:
            InputFault: it cannot be read, or is not UTF-8.
        """
        if path in self.drafts:
            return scan_table(Source(self.shown(path), self.drafts[path]))
        self._require_inside(path)
        return scan_table(read_source(path, self.shown(path)))

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
                complaints += complaints_of(error, (key,), _member_keys)
        if table and (findings := table.findings() + [one.placed(table) for one in undamaged(complaints, table)]):
            raise InputFault(f"{table.source.name} 有 {len(findings)} 处不合要求",
                             sorted(findings, key=lambda finding: finding.span))
        return entries

    @cached_property
    def issue_names(self) -> tuple[str, ...]:
        """The issues' folder names, oldest first by the date typed in them, then by name."""
        if not self.root.is_dir():
            return ()
        names = [folder.name for folder in self.root.iterdir()
                 if valid_name(folder.name) and self._holds(folder / ISSUE)]
        return tuple(sorted(names, key=self._order))

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
        return path

    def _no_such_issue(self, given: str, path: Path) -> str:
        with suppress(OSError):
            if path.is_file():
                return f"{self.shown(path)} 是指到刊物文件夹以外的链接，不读"
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
            return f"没有“{given}”这一期，是不是 {padded}？"
        # A path is wrong in its last part, or in the folder before it.
        guesses = [guess for part in Path(given).parts[-2:]
                   for guess in difflib.get_close_matches(part, self.issue_names, n=1)]
        hint = f"，是不是 {guesses[-1]}？" if guesses else "。press list 列出已有的各期"
        return f"没有“{given[:80]}”这一期{hint}"


def _member_keys(path: KeyPath) -> tuple[str, ...]:
    return keys_of(MemberEntry)


def find_root(given: Path | None, environment: Mapping[str, str], folder: Path) -> Path | None:
    """Where the publication is: ``--workspace``, ``$PRESS_WORKSPACE``, ./issues, here or above.

    Returns None where none is found and none was named.

    Raises:
        UsageFault: the folder that was named holds no publication.toml.
    """
    named = given or (Path(environment["PRESS_WORKSPACE"]) if environment.get("PRESS_WORKSPACE") else None)
    if named:
        with suppress(OSError):  # a name too long, a folder that may not be entered
            root = (folder / named).resolve()
            for candidate in (root, root / "issues"):
                if (candidate / PUBLICATION).is_file():
                    return candidate
        raise UsageFault(f"{named} 里没有 {PUBLICATION}，不是一个刊物文件夹。新建请运行 press new-issue")
    for candidate in (folder / "issues", folder, *folder.parents):
        if (candidate / PUBLICATION).is_file():
            return candidate.resolve()
    return None
