"""`make render`, `make test` and the guide's lines on a fresh Debian 12 and 13: python3, make, git, no more.

Each is a debootstrap in a temporary folder, entered with a mount name space of its own, so that nothing is
left mounted. Wants root, debootstrap and the network; about 15 minutes and 3 GB a release.

    DEBIAN_RELEASES="bookworm"    those alone
    DEBIAN_ROOTS=/a/folder        keeps the bare systems there, and takes them from there the next time

How this machine reaches its package registries (sources, certificates, pip's settings, proxies) is copied as
it stands when the proof runs; a fresh machine anywhere else has its own.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RELEASES = ("bookworm", "trixie")
HELD = "python3,make,git,ca-certificates"
SKIPPED = 77

# Of the environment: how registries are reached, and nothing else.
NETWORK = re.compile(r"(?i)(PIP_(?!USER|TARGET|PREFIX|REQUIRE_VIRTUALENV).*|(https?|ftp|all|no)_proxy"
                     r"|SSL_CERT_(FILE|DIR)|(REQUESTS_CA|CURL_CA)_BUNDLE|GIT_SSL_CAINFO)\Z")
PIP_FILES = ("/etc/pip.conf", "/etc/xdg/pip/pip.conf", "/root/.pip/pip.conf", "/root/.config/pip/pip.conf")
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/usr/local/share/ca-certificates")
ENTER = """
mount -t proc proc "$0/proc" && mount -t sysfs -o ro sysfs "$0/sys" && mount -t tmpfs tmpfs "$0/dev/shm" &&
exec chroot "$0" "$@"
"""


def skip(why: str) -> None:
    """Say why there can be no proof here, and end."""
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)


def mirror() -> str | None:
    """Where this machine's apt has Debian from; None where it does not say."""
    ran = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(CODENAME)|$(SITE)|$(REPO_URI)",
                          "Created-By: Packages"], capture_output=True, text=True, check=False)
    for line in ran.stdout.splitlines():
        origin, codename, _, uri = line.split("|")
        if origin == "Debian" and codename in RELEASES:
            return uri
    return None


def bare(release: str, target: Path) -> None:
    """Make a bare system, or copy one that was kept."""
    name = f"{release}-{HELD.replace(',', '-')}"
    kept = Path(os.environ["DEBIAN_ROOTS"]) / name if os.environ.get("DEBIAN_ROOTS") else None
    # What debootstrap has not ended it has not cleared away after itself.
    if kept is None or not (kept / "var/lib/dpkg/status").exists() or (kept / "debootstrap").exists():
        made = kept or target
        if kept is not None:
            shutil.rmtree(kept, ignore_errors=True)
        made.parent.mkdir(parents=True, exist_ok=True)
        source = [uri] if (uri := mirror()) else []
        keyring = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
        signed = [f"--keyring={keyring}"] if keyring.exists() else []
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={HELD}", *signed, release, made, *source],
                       check=True, stdout=subprocess.DEVNULL)
    if kept is not None:
        subprocess.run(["cp", "-a", kept, target], check=True)


def named_by_pip() -> Iterator[str]:
    """The files that pip's settings name: certificates, constraints."""
    ran = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    for _, _, value in (line.partition("=") for line in ran.stdout.splitlines()):
        yield from (part for part in value.strip("'\"").replace("\\n", " ").split() if part.startswith("/"))


def configure(root: Path) -> None:
    """Let the system reach the registries as this machine does."""
    for name in (*PIP_FILES, *CERTIFICATES, *named_by_pip(), "/etc/resolv.conf", "/etc/hosts"):
        source = Path(name)
        target = root / source.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir() and name in CERTIFICATES:
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.is_file():
            shutil.copyfile(source, target)
    settings = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout
    (root / "etc/apt/apt.conf.d/90machine").write_text(
        "".join(line + "\n" for line in settings.splitlines() if re.match(r"Acquire::(http|https|ftp)::", line)))


def copy_source(target: Path) -> None:
    """The files of the project as they stand, without what is made from them."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                           capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def inside(root: Path, *command: str) -> tuple[int, str, float]:
    """Run a command in the system; its status, what it printed, and the seconds it took."""
    environment = {name: value for name, value in os.environ.items() if NETWORK.match(name)}
    environment |= {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    begun = time.monotonic()
    ran = subprocess.run(["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, root, *command],
                         env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return ran.returncode, ran.stdout.decode("utf-8", "replace"), time.monotonic() - begun


def guide_lines() -> str:
    """What the guide has people run, in an empty folder that holds the wheel."""
    from test_install import printed

    # Root has no sudo here.
    return "\n".join(["sudo() { \"$@\"; }", "mkdir '/root/空 folder'", "cd '/root/空 folder'",
                      "cp /root/bulletin-press/dist/bulletin_press-*.whl .", *printed()])


def packages(root: Path) -> set[str]:
    """The names of the packages that are installed."""
    status = (root / "var/lib/dpkg/status").read_text("utf-8")
    return set(re.findall(r"^Package: (\S+)", status, re.MULTILINE))


def proved(release: str, folder: Path) -> Iterator[bool]:
    """Prove one release, line by line; False where something failed."""
    root = folder / release
    bare(release, root)
    configure(root)
    before = packages(root)
    project = root / "root/bulletin-press"
    copy_source(project)
    at = "cd /root/bulletin-press && "
    print(f"{release}: {inside(root, 'python3', '-V')[1].strip()}, {len(before)} packages", flush=True)
    for target in ("render", "test"):
        status, said, seconds = inside(root, "sh", "-c", at + f"make {target}")
        last = [line for line in said.splitlines() if line.strip()][-1:] or ["nothing was said"]
        print(f"{release}: make {target}: status {status}, {seconds:.0f} s; {last[0]}", flush=True)
        if status:
            print("\n".join(said.splitlines()[-60:]))
        yield status == 0
        if target == "render":
            for pdf in sorted(project.glob("issues/*/out/*.pdf")):
                print(f"{release}: {pdf.name} sha256 {hashlib.sha256(pdf.read_bytes()).hexdigest()}")
            yield len(list(project.glob("issues/*/out/*.pdf"))) == len(list((ROOT / "issues").glob("*/issue.toml")))
        for line in said.splitlines():
            if line.startswith("SKIPPED"):
                print(f"{release}: {line}")
    for name, command in (("make wheel", at + "make wheel"), ("guide", guide_lines())):
        status, said, seconds = inside(root, "sh", "-e", "-c", command)
        last = [line for line in said.splitlines() if line.strip()][-1:] or ["nothing was said"]
        print(f"{release}: {name}: status {status}, {seconds:.0f} s; {last[0]}", flush=True)
        yield status == 0
    print(f"{release}: packages that the set-up added: {len(packages(root) - before)}")


def main() -> None:
    """Prove each release."""
    if os.geteuid() != 0:
        skip("only root may make and enter another system")
    if missing := [name for name in ("debootstrap", "unshare", "chroot") if not shutil.which(name)]:
        skip(f"missing: {', '.join(missing)}")
    releases = os.environ.get("DEBIAN_RELEASES", "").split() or RELEASES
    with tempfile.TemporaryDirectory(prefix="fresh-debian-") as folder:
        if "noexec" in subprocess.run(["findmnt", "-no", "OPTIONS", "-T", folder], capture_output=True, text=True,
                                      check=False).stdout or not os.access(folder, os.W_OK):
            skip(f"no programs run from {folder}; name another place with TMPDIR")
        failed = sum(not well for release in releases for well in proved(release, Path(folder)))
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
