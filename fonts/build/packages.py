"""Get the pinned Debian packages through the ordinary apt client, check them, unpack them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Unavailable(Exception):
    """A pinned package, or a tool the build needs, cannot be had."""


@dataclass(frozen=True)
class Package:
    """One pinned package: Debian name, full version (epoch included), sha256 of the .deb."""

    name: str
    version: str
    sha256: str

    @property
    def file_pattern(self) -> str:
        """Glob for the file apt saves, whose epoch may or may not be written."""
        upstream = self.version.partition(":")[2] or self.version
        return f"{self.name}_*{upstream}_*.deb"


@dataclass(frozen=True)
class Pins:
    """The whole of packages.toml."""

    suite: str
    component: str
    fonttools: str
    packages: tuple[Package, ...]


def read_pins(path: Path) -> Pins:
    """Read packages.toml."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Pins(
        suite=table["suite"],
        component=table["component"],
        fonttools=table["tools"]["fonttools"],
        packages=tuple(Package(**entry) for entry in table["package"]),
    )


def gather(pins: Pins, work: Path, debs: Path | None) -> dict[str, Path]:
    """Have every pinned package unpacked.

    Args:
        pins: what to get.
        work: an empty folder to work in.
        debs: a folder that already holds the .deb files; None to fetch them with apt.

    Returns:
        Package name to the folder it is unpacked in.

    Raises:
        Unavailable: a package cannot be had, or its sha256 is not the pinned one.
    """
    if debs is None:
        debs = work / "debs"
        debs.mkdir()
        _fetch(pins, work / "apt", debs)
    return {package.name: _unpack(package, _checked(package, debs), work) for package in pins.packages}


def _checked(package: Package, debs: Path) -> Path:
    found = sorted(debs.glob(package.file_pattern))
    if not found:
        raise Unavailable(f"{package.name} {package.version}: no .deb file in {debs}")
    sums = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in found}
    if package.sha256 not in sums:
        raise Unavailable(f"{package.name} {package.version}: sha256 is {', '.join(sums)}, pinned is {package.sha256}")
    return sums[package.sha256]


def _unpack(package: Package, deb: Path, work: Path) -> Path:
    target = work / "unpacked" / package.name
    target.mkdir(parents=True)
    _run(["dpkg-deb", "-x", str(deb), str(target)], f"{package.name}: cannot unpack")
    return target


def _fetch(pins: Pins, state: Path, debs: Path) -> None:
    """Download with apt under a configuration of its own, so the machine's stays as it is."""
    complaints = []
    for mirror in _mirrors(pins.suite):
        options = _isolated(state, mirror, pins)
        try:
            _run(["apt-get", *options, "update"], f"the suite {pins.suite} cannot be read")
            wanted = [f"{package.name}={package.version}" for package in pins.packages]
            _run(
                ["apt-get", *options, "download", *wanted],
                f"not all of {', '.join(wanted)} can be had from the suite {pins.suite}",
                folder=debs,
            )
        except Unavailable as failure:
            complaints.append(str(failure))
        else:
            return
    raise Unavailable(
        "\n".join(complaints) or "apt on this machine names no Debian mirror; give --debs a folder of .deb files"
    )


def _mirrors(suite: str) -> Iterator[str]:
    """Yield the archive addresses that this machine's apt already uses for its main suite."""
    listing = _run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"],
        "apt's sources cannot be listed",
    )
    # Only the distribution's own archive: security and third-party sources carry no such suite.
    own = {suite, _codename(), "stable", "oldstable", "testing", "unstable", "sid"}
    seen = set()
    for line in listing.splitlines():
        address, _, release = line.partition(" ")
        if release in own and address not in seen:
            seen.add(address)
            yield address


def _codename() -> str:
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return values.get("VERSION_CODENAME", "").strip('"')


def _isolated(state: Path, mirror: str, pins: Pins) -> list[str]:
    """Return apt options that keep lists, caches and sources inside `state`."""
    for folder in ("lists/partial", "archives/partial", "none"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    source = ["Types: deb", f"URIs: {mirror}", f"Suites: {pins.suite}", f"Components: {pins.component}"]
    keyring = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
    if keyring.is_file():  # else apt's own trusted keys decide
        source.append(f"Signed-By: {keyring}")
    sources = state / "build.sources"
    sources.write_text("\n".join(source) + "\n", encoding="utf-8")
    settings = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": state / "none",
        "Dir::Etc::preferences": "/dev/null",
        "Dir::Etc::preferencesparts": state / "none",
        "Dir::State": state,
        "Dir::State::lists": state / "lists",
        "Dir::State::status": state / "status",
        "Dir::Cache": state,
        "Dir::Cache::archives": state / "archives",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        # Every package here is `all`; any one architecture's index lists it.
        "APT::Architecture": "amd64",
        "APT::Architectures": "amd64",
    }
    if os.geteuid() == 0:  # the sandbox user cannot write below a private temporary folder
        settings["APT::Sandbox::User"] = "root"
    return ["-q", *(word for key, value in settings.items() for word in ("-o", f"{key}={value}"))]


def _run(command: Sequence[str], complaint: str, *, folder: Path | None = None) -> str:
    environment: Mapping[str, str] = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise Unavailable(f"{complaint}: there is no {command[0]} here; the build needs Debian's tools") from missing
    # `apt-get update` reports a failed index as a warning and still exits 0.
    failed = done.returncode or (command[-1] == "update" and "W: Failed to fetch" in done.stderr)
    if failed:
        raise Unavailable(f"{complaint}\n{done.stderr.strip()}")
    return done.stdout
