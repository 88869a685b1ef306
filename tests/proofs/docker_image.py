"""The image of packaging/docker, made: by docker where there is one, else its steps one by one in bare systems.

Without docker the Dockerfile itself is read: each FROM is a debootstrap of Debian 12 entered by chroot, RUN, COPY, ENV,
WORKDIR and USER do what they say. Then the press runs as the image's user on a root that is read-only but for /tmp and
/work, and a scheduler and a worker with certificates make an issue, byte for byte as without them. Wants root,
debootstrap and the network.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import fresh_debian
from fresh_debian import NETWORK, ROOT, bare, configure, skip

DOCKERFILE = ROOT / "packaging/docker/Dockerfile"
SEALED = """
mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && mount -t proc proc "$0/proc" &&
mount -t tmpfs tmpfs "$0/tmp" && mount -t tmpfs tmpfs "$0/dev/shm" && mount --bind "$1" "$0/work" &&
ip link set lo up 2>/dev/null; root=$0; shift; exec /usr/sbin/chroot "$root" "$@"
"""


def steps() -> Iterator[tuple[str, str]]:
    """The steps of the Dockerfile, as (word, rest)."""
    text = re.sub(r"(?m)^\s*#.*\n", "", DOCKERFILE.read_text("utf-8"))
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word, rest


def context(target: Path) -> None:
    """The files that docker would be sent."""
    lines = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line and line[0] != "#"]
    sent = [line[1:] for line in lines if line.startswith("!")]
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                           capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if any(name == one or name.startswith(f"{one}/") for one in sent) and (ROOT / name).is_file() and not any(
                fnmatch(name, one) or name.startswith(f"{one}/") for one in lines if one[0] not in "!*"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


class Stage:
    """A system that is being made."""

    def __init__(self, root: Path) -> None:
        self.root, self.at, self.user = root, "/", "root"
        self.environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}

    def run(self, command: str) -> None:
        ran = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", fresh_debian.ENTER, self.root,
             "sh", "-e", "-c", f"cd {shlex.quote(self.at)}\n{command}"],
            env={name: value for name, value in os.environ.items() if NETWORK.match(name)} | self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if ran.returncode:
            sys.exit(f"FAILED: {command}\n{ran.stdout.decode('utf-8', 'replace')[-3000:]}")

    def copy(self, rest: str, folder: Path, stages: dict[str, Stage]) -> None:
        source, target = rest.split()[-2:]
        named = [part.partition("=")[2] for part in rest.split() if part.startswith("--from=")]
        origin = stages[named[0]].root if named else folder
        there = self.root / (Path(self.at) / target).relative_to("/")
        shutil.copytree(origin / source.lstrip("/"), there, symlinks=True, dirs_exist_ok=True)


def made(folder: Path) -> Stage:
    """The image's system, after every step."""
    sent, stages, stage = folder / "context", dict[str, Stage](), None
    context(sent)
    fresh_debian.HELD = "ca-certificates"
    bare("bookworm", folder / "bare")
    for word, rest in steps():
        if word == "FROM":
            name = rest.partition(" AS ")[2] or "image"
            assert rest.startswith("debian:bookworm-slim"), rest
            subprocess.run(["cp", "-a", folder / "bare", folder / name], check=True)
            stage = stages[name] = Stage(folder / name)
            configure(stage.root)
            continue
        assert stage is not None, "a step before FROM"
        begun = time.monotonic()
        if word == "RUN":
            stage.run(rest)
        elif word == "COPY":
            stage.copy(rest, sent, stages)
        elif word == "ENV":
            stage.environment |= dict(part.split("=", 1) for part in shlex.split(rest))
        elif word == "WORKDIR":
            stage.at = rest
            (stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif word == "USER":
            stage.user = rest
        else:
            assert word == "ENTRYPOINT" and json.loads(rest) == ["press"], word
        print(f"{word} {rest[:70]}: {time.monotonic() - begun:.0f} s", flush=True)
    assert stage is not None
    return stage


def sealed(stage: Stage, work: Path, script: str) -> tuple[int, str]:
    """Run a script as the image's user, where only /tmp and /work can be written, without a network."""
    command = ["unshare", "--mount", "--pid", "--net", "--fork", "--kill-child", "sh", "-c", SEALED, str(stage.root),
               str(work), "setpriv", "--reuid=1000", "--regid=1000", "--clear-groups",
               "sh", "-c", f"cd /work\n{script}"]
    ran = subprocess.run(command, env=stage.environment | {"HOME": "/tmp"}, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, timeout=600, check=False)
    return ran.returncode, ran.stdout.decode("utf-8", "replace")


TOUCHED = "touch /opt/press/x 2>/dev/null && echo written; id -u; press --version; press -w issues render 2022-08"
CLUSTER = """
export DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION=true DASK_DISTRIBUTED__COMM__TLS__CA_FILE=/work/keys/ca.pem
tls() { echo --tls-ca-file /work/keys/ca.pem --tls-cert "/work/keys/$1.pem" --tls-key "/work/keys/$1.key"; }
dask scheduler --protocol tls --host 127.0.0.1 --no-dashboard $(tls scheduler) >/tmp/scheduler.log 2>&1 &
dask worker tls://127.0.0.1:8786 --nthreads 1 --memory-limit 2GB --no-dashboard --local-directory /tmp \
    $(tls worker) >/tmp/worker.log 2>&1 &
export DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT=/work/keys/press.pem
export DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY=/work/keys/press.key
rm -rf issues/2022-08/out
for attempt in 1 2 3; do
    timeout 200 press -w issues render 2022-08 --scheduler tls://127.0.0.1:8786 && exit 0
    sleep 3
done
cat /tmp/scheduler.log /tmp/worker.log
exit 1
"""


def proved(stage: Stage, folder: Path) -> None:
    """The press and the cluster in the image."""
    work = folder / "work"
    shutil.copytree(ROOT / "issues", work / "issues", ignore=shutil.ignore_patterns("out", ".press"))
    subprocess.run(["sh", str(ROOT / "packaging/docker/certificates.sh"), str(work / "keys"), "127.0.0.1"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["chown", "-R", "1000:1000", work], check=True)
    pdf, hashes = work / "issues/2022-08/out/2022-08.pdf", []
    for name, script in (("read-only root", TOUCHED), ("scheduler and worker, TLS", CLUSTER)):
        status, said = sealed(stage, work, script)
        if status or not pdf.is_file():
            sys.exit(f"FAILED: {name}: status {status}\n{said[-3000:]}")
        hashes.append(hashlib.sha256(pdf.read_bytes()).hexdigest())
        print(f"{name}: {' | '.join(said.splitlines()[:2])}; sha256 {hashes[-1][:16]}", flush=True)
        assert "written" not in said
    assert len(set(hashes)) == 1
    size = subprocess.run(["du", "-sm", stage.root], capture_output=True, text=True, check=True).stdout.split()[0]
    print(f"the image's files: {size} MB")


def main() -> None:
    if shutil.which("docker") and subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0:
        subprocess.run(["docker", "build", "-t", "bulletin-press", "-f", DOCKERFILE, ROOT], check=True)
        subprocess.run(["docker", "run", "--rm", "--read-only", "--tmpfs", "/tmp", "bulletin-press", "--version"],
                       check=True)
        return
    if os.geteuid() != 0:
        skip("no docker here, and only root may make and enter another system")
    if missing := [name for name in ("debootstrap", "unshare", "chroot", "setpriv") if not shutil.which(name)]:
        skip(f"no docker here, nor {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="press-image-") as name:
        proved(made(Path(name)), Path(name))


if __name__ == "__main__":
    main()
