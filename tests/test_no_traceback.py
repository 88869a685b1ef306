"""Whatever people do to their files, ``press check`` answers in words."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from workspaces import TODAY, samples

from bulletin_press import cli
from bulletin_press.authoring.reporters import as_github, as_json, as_text
from bulletin_press.authoring.scaffold import new_issue
from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError
from bulletin_press.issue.reading import read_issue
from bulletin_press.pipeline import check
from bulletin_press.publication.workspace import Workspace

ISSUE = "2022-08/issue.toml"
FILES = (ISSUE, ISSUE, ISSUE, "publication.toml", "publication.toml", "members.toml")
ROUNDS, EACH = 8, 20

FULL_WIDTH = dict(zip("=\"[],#.-'{}01:", "＝“［］，＃。－‘｛｝０１：", strict=True))
CHARACTERS = "=[]{}\"'#,.-_*|()\\\n\t \r\0\x01\x1b\u200b\u00a0\ufeff\ue000\u2028\ufffe🎉𬭎汉［＝“”’，019%/:abc"
VALUES = (
    "1", "-1", "0", '"x"', '""', "true", "[]", "{}", "[1]", "[[1]]", "[[]]", "{ a = 1 }", "[1, 2, 3]", "2022-01-01",
    "07:32:00", "1979-05-27T07:32:00Z", "inf", "nan", "1e3", "1e15", "99999999999", "-100.0", "0.000", '"2022-06"',
    '["日本"]', '[["日本", 1]]', "{ value = 1 }", '"../x.png"', '"images/depa-timeline.png"', '"\\u0000"', '"a|b"',
    "'''|甲|\n|--|\n|乙|丙|'''", '"' + "长" * 3000 + '"', '"[a](b)"', '"{region}"', '"%s"', '"classic"',
)


def mutated(text: str, chance: random.Random) -> str:
    """A text with one to three of the things that happen to files."""
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(MUTATIONS)(text or "\n", chance)
    return text


def _line_deleted(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _line_twice(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "\n".join(lines)


def _lines_swapped(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _characters_deleted(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.randint(1, 5) :]


def _characters_inserted(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + "".join(chance.choices(CHARACTERS, k=chance.randint(1, 4))) + text[at:]


def _characters_swapped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _full_width(text: str, chance: random.Random) -> str:
    places = [i for i, char in enumerate(text) if char in FULL_WIDTH]
    at = chance.choice(places or [0])
    return text[:at] + FULL_WIDTH.get(text[at], text[at]) + text[at + 1 :]


def _other_value(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    pairs = [i for i, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    if pairs:
        at = chance.choice(pairs)
        lines[at] = lines[at].partition(" = ")[0] + " = " + chance.choice(VALUES)
    return "\n".join(lines)


def _cut_short(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def _part_deleted(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.choices(range(len(text)), k=2))
    return text[:start] + text[end:]


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    _line_deleted, _line_twice, _lines_swapped, _characters_deleted, _characters_inserted, _characters_swapped,
    _full_width, _full_width, _other_value, _other_value, _other_value, _cut_short, _part_deleted)


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples(tmp_path_factory.mktemp("samples") / "issues")


@pytest.fixture
def root(publication: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(publication, tmp_path / "issues"))


def spoilt(root: Path, seeds: range) -> Iterator[tuple[int, Path]]:
    """The sample with one file mutated, seed by seed; the file is made whole again after each."""
    for seed in seeds:
        chance = random.Random(seed)
        path = root / chance.choice(FILES)
        before = path.read_bytes()
        path.write_bytes(mutated(before.decode(), chance).encode("utf-8", "surrogatepass"))
        yield seed, path
        path.write_bytes(before)


def in_its_file(finding: Finding, folder: Path) -> bool:
    """Whether a finding's span covers something of its file, or the place just past a line's end."""
    data = (folder / finding.span.file).read_bytes()
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    span = finding.span
    return (1 <= span.line <= span.end_line <= len(lines)
            and 1 <= span.column <= len(lines[span.line - 1]) + 1
            and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
            and (span.line, span.column) < (span.end_line, span.end_column))


@pytest.mark.parametrize("block", range(ROUNDS))
def test_check_answers_whatever_the_files_say(root: Path, block: int) -> None:
    for seed, _ in spoilt(root, range(block * EACH, (block + 1) * EACH)):
        workspace = Workspace(root, TODAY, root.parent)
        found = check(workspace, root / ISSUE)
        # The same whether it was read or not; what could not be read says why.
        assert found.readable or found.findings, seed
        for finding in found.findings:
            assert in_its_file(finding, root.parent), (seed, finding)
            assert finding.message, seed
            assert not set(finding.message) & set("\n\r"), (seed, finding)
        as_text(found.findings, lambda name, number: "")
        as_json(found.findings)
        as_github(found.findings)
        if found.readable:
            assert open_edition(read_issue(workspace, root / ISSUE)).html, seed


def test_the_command_answers_with_0_or_1(root: Path, monkeypatch: pytest.MonkeyPatch,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(root.parent)
    for seed, _ in spoilt(root, range(10_000, 10_015)):
        for arguments in (["check", "2022-08"], ["report", "2022-08"]):
            assert cli.run(arguments) in (0, 1), (seed, arguments)
            captured = capsys.readouterr()
            assert "程序内部出错" not in captured.out + captured.err, (seed, arguments, captured.err)
            assert "Traceback" not in captured.out + captured.err, (seed, arguments)


def test_a_new_issue_is_made_beside_whatever_there_is(root: Path) -> None:
    for seed, path in spoilt(root, range(20_000, 20_012)):
        if path.name == "publication.toml":
            continue
        workspace = Workspace(root, TODAY, root.parent)
        try:
            made = new_issue(workspace, "2022-10")
        except InputFault as fault:
            raise AssertionError(seed) from fault
        found = check(Workspace(root, TODAY, root.parent), made)
        shutil.rmtree(made.parent)
        if path.name == "issue.toml":
            assert found.readable, (seed, found.findings)


@pytest.mark.parametrize("content", [
    b"", b"\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"[", b"'''", b'a = "', b"=", b"\r", b"[issue]", b"issue = 1",
    b"[[issue]]\n", b"[issue]\nnumber = 1\n[issue.number]\n", b"a." * 5000 + b"a = 1", b"a = " + b"[" * 5000,
    b"a = " + b"{ b = " * 3000, b"x = " + b"9" * 100_000, "標題 = 1".encode(), "[issue]".encode("utf-16"),
    "[issue] # 期".encode("gbk"), b"\xf0\x9f\x8e", b"\x80" * 100, b"a = 1\n" * 20_000, b"x" * 1_000_001,
], ids=range(25))
def test_any_bytes_are_answered(root: Path, content: bytes) -> None:
    for name in (ISSUE, "publication.toml", "members.toml"):
        before = (root / name).read_bytes()
        (root / name).write_bytes(content)
        try:
            found = check(Workspace(root, TODAY, root.parent), root / ISSUE)
        except PressError as fault:
            raise AssertionError(name) from fault
        assert found.findings or name == "members.toml"
        assert all(finding.span.line >= 1 and finding.message for finding in found.findings)
        (root / name).write_bytes(before)
