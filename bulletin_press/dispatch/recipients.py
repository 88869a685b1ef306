"""The list of recipients: CSV or TOML, every fault at its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from bulletin_press.dispatch.addresses import as_sent, fault_of
from bulletin_press.ground.diagnostics import Finding, InputFault, Severity, UsageFault
from bulletin_press.toml.positions import KeyPath, parse_table
from bulletin_press.toml.schema import Line, Model, keys_of, read_model
from bulletin_press.toml.source import Source, read_source

MOST = 20_000
_ADDRESSES = frozenset({"邮箱", "邮箱地址", "电子邮箱", "电子邮件", "邮件", "邮件地址", "地址", "email", "e-mail",
                        "mail", "address"})
_NAMES = frozenset({"姓名", "名称", "称呼", "单位", "单位名称", "收件人", "联系人", "name"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True)
class Recipient:
    """Who gets a message: a name, which may be empty, and an address as it is handed to the server."""

    name: str
    address: str

    @property
    def key(self) -> str:
        """What tells one mailbox from another: servers heed no case in practice."""
        return self.address.lower()


@dataclass(frozen=True)
class Listed:
    """A list as read; ``findings`` are what does not hinder: the same address twice."""

    recipients: tuple[Recipient, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Typed:
    """A value and where it stands in its file: from the offset ``start`` to before ``end``."""

    text: str
    start: int
    end: int


class TypedRecipient(Model):
    """One recipient in TOML."""

    name: Line | None = None
    address: Line


class RecipientFile(Model):
    """A list of recipients in TOML."""

    recipient: tuple[TypedRecipient, ...] = Field(max_length=MOST)


def read_recipients(path: Path, shown: str) -> Listed:
    """A list of recipients, each mailbox once, in their order.

    Args:
        path: the file: .csv or .toml.
        shown: what messages call it.

    Raises:
        UsageFault: it is neither.
        InputFault: it cannot be read, or has wrong addresses: a finding for each.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".txt", ".toml"):
        raise UsageFault(f"收件人名单要是 .csv 或 .toml 文件，不是 {shown}；表格请另存为 CSV")
    source = read_source(path, shown)
    pairs = list(_toml_pairs(source) if suffix == ".toml" else _csv_pairs(source))
    return _judged(source, pairs)


def _judged(source: Source, pairs: Sequence[tuple[_Typed, _Typed]]) -> Listed:
    wrong, twice, found = list[Finding](), list[Finding](), dict[str, Recipient]()
    for name, address in pairs:
        if fault := fault_of(address.text):
            wrong.append(_finding(source, "wrong-address", Severity.ERROR, fault.message, address, fault.meant))
        elif _CONTROL.search(name.text):
            wrong.append(_finding(source, "wrong-value", Severity.ERROR, "姓名里有换行或看不见的字符", name))
        else:
            one = Recipient(name.text, as_sent(address.text))
            if one.key in found:
                twice.append(_finding(source, "duplicate-address", Severity.WARNING,
                                      f"{address.text} 前面已经有了，只发一封", address))
            found.setdefault(one.key, one)
    if not pairs:
        wrong.append(Finding("wrong-value", Severity.ERROR, "名单里没有收件人", source.span(0, 0)))
    elif len(pairs) > MOST:
        wrong.append(Finding("wrong-value", Severity.ERROR, f"名单超过 {MOST} 人，请分成几份", source.span(0, 0)))
    if wrong:
        raise InputFault("收件人名单有错，一封也没有发", sorted((*wrong, *twice), key=lambda one: one.span))
    return Listed(tuple(found.values()), tuple(twice))


def _finding(source: Source, rule: str, severity: Severity, message: str, at: _Typed,
             suggestion: str | None = None) -> Finding:
    return Finding(rule, severity, message, source.span(at.start, at.end), suggestion, at.text)


# --- TOML -----------------------------------------------------------------------------------


def recipient_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that a list in TOML allows at a path."""
    return keys_of(RecipientFile) if not path else keys_of(TypedRecipient) if path[0] == "recipient" else ()


def _toml_pairs(source: Source) -> Iterator[tuple[_Typed, _Typed]]:
    table = parse_table(source)
    read = read_model(table, RecipientFile, recipient_keys)
    for at, one in enumerate(read.recipient):
        yield tuple(  # type: ignore[misc]
            _Typed(text or "", *(table.offsets(("recipient", at, key), 0, len(text)) if text else (0, 0)))
            for key, text in (("name", one.name), ("address", one.address)))


# --- CSV ------------------------------------------------------------------------------------


def _csv_pairs(source: Source) -> Iterator[tuple[_Typed, _Typed]]:
    """Name and address of each row, by the head where there is one, else by the @."""
    rows = [row for row in _rows(source) if any(cell.text for cell in row) and not row[0].text.startswith("#")]
    head = [cell.text.casefold() for cell in rows[0]] if rows else []
    address_at = next((at for at, text in enumerate(head) if text in _ADDRESSES), None)
    name_at = next((at for at, text in enumerate(head) if text in _NAMES), None)
    if rows and address_at is None and name_at is not None:
        cell = rows[0][name_at]
        raise InputFault("收件人名单有错，一封也没有发", [_finding(
            source, "missing-key", Severity.ERROR, "表头里没有“邮箱”这一列", cell)])
    for row in rows if address_at is None else rows[1:]:
        found = address_at if address_at is not None else next(
            (at for at, cell in enumerate(row) if "@" in cell.text or "＠" in cell.text), len(row) - 1)
        named = name_at if address_at is not None else next(
            (at for at in range(len(row)) if at != found and row[at].text), None)
        nothing = _Typed("", row[0].start, row[-1].end)
        yield (row[named] if named is not None and named < len(row) else nothing,
               row[found] if found < len(row) else nothing)


def _rows(source: Source) -> Iterator[list[_Typed]]:
    """The rows of a CSV file (RFC 4180), with commas, semicolons or tabulators between the cells."""
    text = source.text
    first = text.partition("\n")[0]
    mark = max(",\t;", key=first.count)
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*|([^{mark}\n]*)')
    at, row = 0, list[_Typed]()
    while at <= len(text):
        found = cell.match(text, at)
        assert found is not None  # it matches nothing as well
        quoted = found[1] is not None
        after = found.end()
        if (not quoted and found[0].lstrip().startswith('"')) or text[after : after + 1] not in ("", mark, "\n"):
            raise InputFault("收件人名单有错，一封也没有发", [_finding(
                source, "csv-syntax", Severity.ERROR, "这里的引号没有配对", _Typed(text[at], at, at + 1))])
        typed = found[1].replace('""', '"') if quoted else found[2]
        begin = found.start(1 if quoted else 2) + len(typed) - len(typed.lstrip())
        row.append(_Typed(typed.strip(), begin, begin + len(typed.strip())))
        if text[after : after + 1] != mark:
            yield row
            row = []
        at = after + 1
