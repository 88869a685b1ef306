"""Proof: whatever happens to the TOML files, the press answers in Chinese, at the place, and at once.

``python tests/proofs/mutants.py [SHARE]`` tries 10,000 mutants of issue.toml, publication.toml and
members.toml and 500 of a theme and a report definition (times SHARE, 1 unless given), prints what it
counted and exits with 1 where anything is wrong:

* tracebacks: an exception other than a PressError;
* silent: a file that is refused without a finding, or a finding without words;
* outside: a position outside its file;
* elsewhere: of a file that was right but for one line, a finding that stands neither on that line nor
  within the tables beside it, nor names the line or what stood there;
* English: three English words in a row in a message, but for what the user typed;
* hangs: more than two seconds.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from test_no_traceback import VALUES, mutated  # noqa: E402
from workspaces import TODAY, samples  # noqa: E402

from bulletin_press.ground.diagnostics import Finding, PressError  # noqa: E402
from bulletin_press.ground.resources import templates_folder  # noqa: E402
from bulletin_press.issue.reading import read_issue  # noqa: E402
from bulletin_press.publication.workspace import Workspace  # noqa: E402
from bulletin_press.report.definition_files import load_definition  # noqa: E402
from bulletin_press.theme.theme_file import read_theme_file  # noqa: E402
from bulletin_press.toml.positions import scan_template  # noqa: E402

HANG = 2.0
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")
# What a message quotes of the user's, and names of files.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'|\S*/\S*|\{[^}]*\}|写成 .*|：\S.*$", re.S)
HEADER = re.compile(r"^[ \t]*[\[［【]{1,2}[ \t]*[A-Za-z]")
# As sheets, speech and Word have it.
TYPED = (
    "(12.93)", "持平", '"442,826.44"', "4.43E+05", "１２．３４", "12.93%", "-12.93 %", "＋3.1", "△3.1", "▲3.1",
    "3.1个百分点",
    "—", "/", "…", "空", "N/A", "约120", "120亿", "1,234", "1 234", "'123", "#DIV/0!", "#REF!", "2022.6", "2022年6月",
    "202206",
    "前三季度", "2022Q2", "“引号”", "‘引号’", '"没有结尾', '没有开头"', "nan", "-inf", "1e999", "9" * 60, "[1，2]",
    "[1 2]",
    "986.35\t12.40%", '["日本" 5]', "{ value ＝ 1 }", "'''没有结尾", '"\\ud800"', '"\\x"', "\x0b", "\u2028",
    "'甲\x0b乙'", "= 1",
    "[[[[[[[[[[[[[[[[[[[[[[1", "{ a = { b = 1", "２０２２－０８－２６", "2022-02-30", "true false", "是", "100%%", "",
)
Mutation = Callable[[str, random.Random], str]
Trial = tuple[str, int | None]


def one_line(text: str, chance: random.Random) -> tuple[str, int]:
    """A text with one line made wrong, and the 1-based number of that line."""
    lines = text.split("\n")
    places = [i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")]
    at = chance.choice(places)
    line = lines[at]
    key, equals, value = line.partition("=")
    choice = chance.randrange(6)
    if choice <= 2 and equals and key.strip().replace("_", "").replace(".", "").isalnum() and "'''" not in value:
        lines[at] = f"{key}= {chance.choice(TYPED + VALUES)}"
    elif choice == 3:
        place = chance.randrange(len(line))
        lines[at] = line[:place] + line[place + chance.randint(1, 3) :]
    elif choice == 4:
        place = chance.randrange(len(line) + 1)
        lines[at] = line[:place] + chance.choice(TYPED) + line[place:]
    else:
        lines[at] = chance.choice(["", chance.choice(TYPED), line + " " + chance.choice(TYPED), line.replace("=",
            "＝", 1),
                                   line.replace('"', "”", 1), line.replace("[", "", 1), line.replace("]", "", 1)])
    return "\n".join(lines), at + 1


def region(text: str, line: int) -> range:
    """The lines of the tables beside a line: from the header before its own to the end of the one after."""
    lines = text.split("\n")
    headers = [i + 1 for i, one in enumerate(lines) if HEADER.match(one)]
    before = [one for one in headers if one < line]
    after = [one for one in headers if one > line]
    return range(before[-2] if len(before) > 1 else 1, (after[1] if len(after) > 1 else len(lines)) + 1)


class Count:
    """What was seen, and the first of everything wrong."""

    def __init__(self) -> None:
        self.wrong: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self.samples: dict[str, list[str]] = {}
        self.slowest = 0.0

    def note(self, kind: str, what: str) -> None:
        self.wrong[kind] += 1
        if len(self.samples.setdefault(kind, [])) < 8:
            self.samples[kind].append(what[:500])

    def tried(self, name: str, text: str, line: int | None, read: Callable[[], object], root: Path,
              before: str) -> None:
        """One trial: read the mutant, look at what was said."""
        self.seen[name] += 1
        start, findings = time.process_time(), tuple[Finding, ...]()
        try:
            read()
            self.seen["read"] += 1
        except PressError as fault:
            findings = fault.findings
            if not findings or not all(finding.message.strip() for finding in findings):
                self.note("silent", f"{name}: {fault.message}")
            self.english(fault.message)
        except Exception as error:  # what must not be
            self.note("tracebacks", f"{name}:{line}: {type(error).__name__}: {error} :: {_line(text, line)!r}")
        spent = time.process_time() - start
        self.slowest = max(self.slowest, spent)
        if spent > HANG:
            self.note("hangs", f"{name}: {spent:.1f} s")
        for finding in findings:
            self.english(finding.message)
            self.place(finding, text, line, root, before)

    def english(self, message: str) -> None:
        if ENGLISH.search(QUOTED.sub("", message)):
            self.note("English", message)

    def place(self, finding: Finding, text: str, line: int | None, root: Path, before: str) -> None:
        span = finding.span
        try:
            lines = (root / span.file).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
        except OSError:
            self.note("outside", f"no such file: {finding}")
            return
        inside = (1 <= span.line <= span.end_line <= len(lines)
            and (span.line, span.column) < (span.end_line, span.end_column)
                  and 1 <= span.column <= len(lines[span.line - 1]) + 1
                      and span.end_column <= len(lines[span.end_line - 1]) + 2)
        if not inside:
            self.note("outside", f"{finding}")
        if line is None or "\n".join(lines) != text:
            return
        stood = set(re.findall(r"[A-Za-z_]{3,}|[\u4e00-\u9fff]{2,}", _line(before, line) + _line(text, line)))
        named = f"第 {line} 行" in finding.message or any(word in finding.message for word in stood)
        if not (named or span.line <= line <= span.end_line or span.line in region(text, line)):
            self.note("elsewhere", f"line {line} {_line(text, line)!r}: {span.line}:{span.column} {finding.rule} "
                                   f"{finding.message}")


def _line(text: str, line: int | None) -> str:
    return text.split("\n")[line - 1] if line else ""


def trials(text: str, seed: int) -> Trial:
    """One mutant: of one line, with its number, or of the whole file."""
    chance = random.Random(seed)
    if seed % 4:
        return one_line(text, chance)
    return mutated(text, chance), None


def contents(root: Path, count: Count, number: int, first: int = 0) -> None:
    """Mutants of a publication's own files."""
    names = ("2022-08/issue.toml",) * 3 + ("2022-07/issue.toml", "publication.toml", "members.toml")
    for seed in range(first, first + number):
        path = root / names[seed % len(names)]
        kept = path.read_bytes()
        text, line = trials(kept.decode("utf-8"), seed)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        # Rarely the issue is read that has the mutant before it: it must not fail for that.
        issue = root / "2022-08/issue.toml"

        def read(issue: Path = issue, path: Path = path) -> object:
            place = Workspace(root, TODAY, root)
            if path.parent.name == "2022-07" and path != issue:
                found = read_issue(place, issue)
                return found.earlier_figures, found.report_text, found.printed_before
            return read_issue(place, issue).report_text

        count.tried(path.name, text, line, read, root, kept.decode("utf-8"))
        path.write_bytes(kept)


def templates(root: Path, count: Count, number: int, first: int = 0) -> None:
    """Mutants of a theme's file and of a report definition."""
    bundled = templates_folder()
    for name in ("themes/classic", "reports/service-outsourcing"):
        shutil.copytree(bundled / name, root / "templates" / name, dirs_exist_ok=True)
    files = (root / "templates/themes/classic/theme.toml",
             root / "templates/reports/service-outsourcing/definition.toml")
    for seed in range(first, first + number):
        path = files[seed % 2]
        kept = path.read_bytes()
        text, line = trials(kept.decode("utf-8"), seed // 2)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        reading: tuple[Callable[[], object], ...] = (
            lambda: read_theme_file(scan_template(files[0], files[0].parents[2])),
            lambda: load_definition("service-outsourcing", (root / "templates",)))
        count.tried(path.name, text, line, reading[seed % 2], Path("/"), kept.decode("utf-8"))
        path.write_bytes(kept)
    shutil.rmtree(root / "templates")


def proof(share: float = 1.0, first: int = 0) -> Count:
    """Try them all."""
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        root = samples(Path(folder).resolve() / "issues")
        contents(root, count, round(10_000 * share), first)
        templates(root, count, round(500 * share), first)
    return count


def report(count: Count) -> Iterator[str]:
    """What was counted, in lines."""
    yield "mutants: " + ", ".join(f"{name} {number}" for name, number in count.seen.items())
    yield f"slowest {count.slowest:.2f} s of CPU; " + ", ".join(
        f"{kind} {count.wrong[kind]}" for kind in ("tracebacks", "silent", "outside", "elsewhere", "English", "hangs"))
    for kind, told in count.samples.items():
        yield from (f"  {kind}: {one}" for one in told)


if __name__ == "__main__":
    counted = proof(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
    print("\n".join(report(counted)))
    sys.exit(1 if counted.wrong else 0)
