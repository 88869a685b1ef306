"""What is kept made beside the bytecode is what would be made anew, and a file that is broken changes nothing."""

from __future__ import annotations

import dataclasses
import marshal
import sys
from datetime import date
from pathlib import Path

import pytest

from bulletin_press.ground.resources import templates_folder
from bulletin_press.ground.written_methods import WrittenMethods
from bulletin_press.publication import authority, lexicon
from bulletin_press.publication.bundled import BundledTables, dated, plain

TEXT = "def made(self, a=1):\n return (self, a)"


def made(methods: WrittenMethods, root: str = "bulletin_press.some") -> object:
    names: dict[str, object] = {"__name__": root}
    methods.execute(TEXT, names)
    return names["made"](2, 3)  # type: ignore[operator]


def test_methods_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "made" / "a.methods"
    first = WrittenMethods(path, grows=False)
    assert made(first) == (2, 3) and not path.exists()
    first.write()
    kept = WrittenMethods(path, grows=False)
    assert made(kept) == (2, 3)
    path.unlink()
    kept.write()  # It was taken from the file: nothing is left to write.
    assert not path.exists()


def test_only_classes_of_every_command_are_kept(tmp_path: Path) -> None:
    methods = WrittenMethods(tmp_path / "a.methods", grows=False)
    assert made(methods, "strangers.module") == (2, 3)
    methods.write()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"not marshal", marshal.dumps(7),
                                  marshal.dumps((("BPDC1", sys.version), {TEXT: b"broken"})),
                                  marshal.dumps((("BPDC1", sys.version), {TEXT: marshal.dumps(7)}))])
def test_a_broken_file_is_none(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.methods"
    path.write_bytes(data)
    assert made(WrittenMethods(path, grows=False)) == (2, 3)


def test_data_classes_are_what_they_are_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def point() -> type:
        fields = {"__annotations__": {"x": int, "y": int}, "y": 2, "__module__": "bulletin_press"}
        return dataclasses.dataclass(frozen=True)(type("Point", (), fields))

    other = point()(1)
    written = WrittenMethods(tmp_path / "a.methods", grows=False)
    for _ in range(2):
        monkeypatch.setattr(dataclasses, "exec", written.execute, raising=False)
        one = point()(1)
        assert repr(one) == repr(other) and hash(one) == hash(other) and one != other
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.x = 3
        written.write()
        written = WrittenMethods(tmp_path / "a.methods", grows=False)


def test_plain_values_come_back() -> None:
    value = {"a": (date(2022, 8, 26), "x", (1, None)), "b": {"c": "y"}}
    assert dated(plain(value)) == value and marshal.loads(marshal.dumps(plain(value))) == plain(value)


def test_a_table_is_made_anew_where_its_file_changed(tmp_path: Path) -> None:
    file, store = tmp_path / "checks.toml", tmp_path / "a.tables"
    file.write_text("a", "utf-8")
    first = BundledTables(store, grows=False)
    assert first.made(file, __file__, lambda: {"a": 1}) == {"a": 1}
    first.write()
    again = BundledTables(store, grows=False)
    assert again.made(file, __file__, lambda: pytest.fail("made again")) == {"a": 1}
    file.write_text("ab", "utf-8")
    assert again.made(file, __file__, lambda: {"a": 2}) == {"a": 2}


@pytest.mark.parametrize("path", sorted((templates_folder() / "checks").glob("*.toml")), ids=lambda path: path.stem)
def test_bundled_lists_are_what_their_files_say(path: Path) -> None:
    # What is no list of words is read by its rule alone.
    if path.stem not in ("thresholds", "contexts", "lost"):
        file = lexicon._read(path, templates_folder())
        kept = lexicon.load_lexicon(path.stem, (templates_folder(),))
        assert dict(kept.words) == {word: one for word, one in file.words.items() if one is not None}
        assert kept.endings == file.endings and len(kept.words) == len(list(kept.words))


@pytest.mark.parametrize("model", [authority.Organs, authority.Laws, authority.Treaties, authority.Holidays,
                                   authority.Countries, authority.Divisions, authority.Events,
                                   authority.Standards], ids=lambda model: model.__name__)
def test_bundled_tables_are_what_their_files_say(model: type[authority.Model]) -> None:
    name = model.__name__.lower()
    path = templates_folder() / "facts" / f"{name}.toml"
    assert authority.load_facts(name, model, (templates_folder(),)) == authority._merged(
        [(path, templates_folder())], model)
