"""What the image and press.exe are made from: nothing that they need is left out, nothing is unlocked.

``make proofs PROOFS="docker_image windows"`` makes the one and tries the other.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, PathDistribution, distribution, distributions
from pathlib import Path
from types import ModuleType

import pytest
from workspaces import ROOT

from bulletin_press.fonts.libraries import LIBRARIES

DOCKER = ROOT / "packaging/docker"
WINDOWS = ROOT / "packaging/windows"


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==(\S+)", text))


def recipe(name: str = "libraries") -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{name}_of_windows", WINDOWS / f"{name}.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_image_is_sent_all_that_the_wheel_holds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["include"]
    assert {one.strip("/") for one in wheel} | {"LICENSE", "README.md", "pyproject.toml", "requirements"} == sent


def test_the_image_installs_what_is_locked_by_hash() -> None:
    text = (DOCKER / "Dockerfile").read_text("utf-8")
    installs = re.findall(r"pip install ([^&\n\\]+)", text)
    assert len(installs) == 3
    assert all("--require-hashes -r requirements/" in one or "--no-deps --no-index /wheel/" in one for one in installs)
    assert re.search(r"(?m)^USER press$", text)
    locked = {**pins("extras.txt"), **pins("runtime.txt")}
    image = pins("image.txt")
    assert pins("runtime.txt").items() <= image.items() <= locked.items() and "distributed" in image


def test_the_cluster_starts_with_certificates_alone() -> None:
    yaml = pytest.importorskip("yaml")
    compose = yaml.safe_load((DOCKER / "compose.yaml").read_text("utf-8"))
    assert set(compose["services"]) == {"scheduler", "worker"}
    for name, service in compose["services"].items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"] and "privileged" not in service
        assert service["environment"]["DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION"] == "true"
        assert set(service["secrets"]) == {"ca", f"{name}-cert", f"{name}-key"} <= set(compose["secrets"])
        assert (ROOT / "packaging/docker" / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        files = set(re.findall(r"/run/secrets/([\w-]+)", " ".join(service["command"])))
        assert files == set(service["secrets"])


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificates")
def test_the_certificates_are_of_one_authority(tmp_path: Path) -> None:
    script = ["sh", str(DOCKER / "certificates.sh"), "keys", "192.0.2.10"]
    subprocess.run(script, cwd=tmp_path, check=True, capture_output=True)
    keys = tmp_path / "keys"
    assert {path.name for path in keys.iterdir()} >= {"ca.pem", *(f"{name}.{kind}" for kind in ("pem", "key")
                                                                  for name in ("scheduler", "worker", "press"))}
    for name in ("scheduler", "worker", "press"):
        subprocess.run(["openssl", "verify", "-CAfile", "ca.pem", "-verify_ip", "192.0.2.10", f"{name}.pem"], cwd=keys,
                       check=True, capture_output=True)
        assert (keys / f"{name}.key").stat().st_mode & 0o077 == 0
    again = subprocess.run(script, cwd=tmp_path, capture_output=True, check=False)
    assert again.returncode != 0, "certificates that are in use are not written over"


def test_of_each_dll_the_licence_is_known() -> None:
    made = recipe()
    files = [made.Dll(name, b"", frozenset(), ()) for library in LIBRARIES for name in library.windows[:1]]
    lines = list(made.table(files))
    assert len(lines) == len(files) + 4
    for _, licence, notice in made.LICENCES.values():
        assert (WINDOWS / "licences" / notice).is_file() and not re.match(r"A?GPL", licence)
    with pytest.raises(SystemExit, match=r"whose licence.*x264-164\.dll"):
        list(made.table([made.Dll("x264-164.dll", b"", frozenset(), ())]))


def test_every_dll_of_the_table_is_told_with_its_text() -> None:
    made = recipe()
    listed = {notice for _, _, notice in made.LICENCES.values()} | set(recipe("licences").WITHOUT_TEXT.values())
    there = {path.name for path in (WINDOWS / "licences").iterdir()} - {"README.txt"}
    assert there == listed, "a notice that nothing names, or a name without its notice"
    assert all(len((WINDOWS / "licences" / name).read_text("utf-8")) > 400 for name in there)


def test_of_each_package_the_licence_is_known() -> None:
    made = recipe("licences")
    locked = {*pins("extras.txt"), *pins("runtime.txt")}
    # The DLLs of gstreamer-libs are told one by one; pillow-heif is taken out, for its x265.
    assert set(made.PACKAGES) - {*made.ALWAYS} == locked - {"gstreamer-libs", "gstreamer-ext-runtime", "pillow-heif"}
    assert not any(map(made.is_gpl_alone, made.PACKAGES.values()))
    for licence, alone in (("GPL-3.0-only", True), ("MIT AND GPL-2.0-or-later", True), ("AGPL-3.0-only", True),
                           ("GPL-2.0-only OR MIT", False), ("GPL-2.0-or-later WITH Bootloader-exception", False),
                           ("LGPL-3.0-or-later", False)):
        assert made.is_gpl_alone(licence) is alone, licence


def test_the_licences_are_those_that_the_packages_name() -> None:
    made, compared = recipe("licences"), 0
    for package in distributions():
        name = made.plain(package.metadata["Name"])
        told = next(iter(package.metadata.get_all("License-Expression") or ()), None)
        # pi-heif names its own alone, its wheel holds libheif and libde265; pypdfium2 names its own in words.
        if name in made.PACKAGES and told and name not in {"pi-heif", "pypdfium2"}:
            compared += 1
            assert made.PACKAGES[name].replace("PSF-2.0", "PSF") == told.replace("PSF-2.0", "PSF"), name
    assert compared > 15


def test_a_package_without_a_licence_ends_the_build(tmp_path: Path) -> None:
    made = recipe("licences")

    def package(name: str, *files: str) -> PathDistribution:
        folder = tmp_path / f"{name}-1.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Name: {name}\nVersion: 1\n", "utf-8")
        for file in files:
            (folder / file).write_text("text", "utf-8")
        (folder / "RECORD").write_text("".join(f"{folder.name}/{file},,\n" for file in ("METADATA", *files)), "utf-8")
        return PathDistribution(folder)

    right = package("Pillow", "LICENSE")
    assert list(made.table([right]))[-1].split() == ["pillow", "1", "MIT-CMU"]
    assert made.texts(right) == {"LICENSE": tmp_path / "Pillow-1.dist-info/LICENSE"}
    assert made.texts(package("cobble"))["cobble.txt"].is_file()
    for wrong, words in ((package("x265"), "whose licence is it"), (package("lxml"), "no text of its licence")):
        with pytest.raises(SystemExit, match=words):
            list(made.table([wrong]))
    names = {made.plain(one.metadata["Name"]) for one in made.carried(["PIL.Image", "lxml/etree.so", "os"])
             } if installed("pyinstaller") else {"pillow", "lxml"}
    assert {"pillow", "lxml"} <= names


def installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def test_what_is_reached_is_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    made = recipe()
    ours = [library.windows[0] for library in LIBRARIES]
    needs = {"gobject-2.0-0.dll": ("glib-2.0-0.dll", "kernel32.dll"), "glib-2.0-0.dll": ("intl-8.dll",),
             "x264-164.dll": ()}
    monkeypatch.setattr(made, "read", lambda name, data: made.Dll(name, data, frozenset(), needs.get(name, ())))
    files = dict.fromkeys([*ours, *needs, "intl-8.dll"], b"")
    assert {one.name for one in made.needed(files)} == {*ours, "glib-2.0-0.dll", "intl-8.dll"}
    del files[ours[1]]
    with pytest.raises(SystemExit, match="Pango: none of"):
        made.needed(files)


def test_press_exe_carries_what_the_wheel_carries() -> None:
    text = (WINDOWS / "press.spec").read_text("utf-8")
    ast.parse(text)
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    for folder in wheel["include"]:
        assert f'"{folder.strip("/")}"' in text
    excluded = text.partition("excludes=")[2].partition("]")[0]
    assert '"pillow_heif"' in excluded and '"readline"' in excluded, "what they bring is GPL"
    assert '"pi_heif"' in text.partition("hiddenimports=")[2].partition("\n")[0], "the desk reads photographs by it"
    assert "licences.table(" in text and "licences.texts(" in text and "libraries.table(" in text
