#!/bin/sh
# Makes .venv ready: Python, the system libraries, the locked packages, the project itself.
#
#   sh tools/setup.sh         what `make render` needs
#   sh tools/setup.sh dev     what `make test` and `make lint` need as well
#
# Done once: again only when a lock, pyproject.toml, the version, the folder or Python changes.
# It may be stopped at any point and started again, and two may run at once.
# PYTHON=… chooses the interpreter, PRESS_VENV=… another folder than .venv. pip keeps to its own configuration.
# Exit status: 0 ready, 2 usage, 3 something is missing that it may not or cannot install.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")/.."

WANTED=${1:-runtime}
case $WANTED in
runtime | dev) ;;
*)
    echo "用法 usage: sh tools/setup.sh [runtime|dev]" >&2
    exit 2
    ;;
esac

VENV=${PRESS_VENV:-.venv}
VENV_PYTHON=$VENV/bin/python

say() { printf '%s\n' "$@" >&2; }

fail() {
    say "" "$@"
    exit 3
}

# --- what is there already -------------------------------------------------------------------

# One stamp a part, written when that part is done, holding what it was made from.
stamp_of() {
    minor=$("$VENV_PYTHON" -I -c 'import sys; print(sys.version_info[:2])' 2>/dev/null) || return 1
    case $1 in
    runtime) files="requirements/runtime.txt requirements/build.txt" ;;
    dev | engines) files="requirements/dev.txt" ;;
    project) files="pyproject.toml bulletin_press/__init__.py" ;;
    esac
    pwd -P # a virtual environment cannot be moved
    printf '%s\n' "$minor"
    # shellcheck disable=SC2086  # a list of words
    cksum $files
}

is_done() {
    [ -f "$VENV/stamp-$1" ] && stamp=$(stamp_of "$1") && [ "$stamp" = "$(cat "$VENV/stamp-$1")" ]
}

mark_done() {
    stamp_of "$1" >"$VENV/stamp-$1.part"
    mv -f "$VENV/stamp-$1.part" "$VENV/stamp-$1"
}

is_ready() {
    is_done runtime && is_done project && { [ "$WANTED" = runtime ] || { is_done dev && is_done engines; }; }
}

# --- apt -------------------------------------------------------------------------------------

# Tells whether apt-get may be used here, and sets AS to what goes before it.
may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    AS=
    [ "$(id -u)" = 0 ] && return 0
    AS="sudo -n"
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null
}

# Says nothing unless it fails.
apt() {
    # shellcheck disable=SC2086  # AS is nothing or two words
    output=$($AS env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" 2>&1) && return
    say "$output"
    return 1
}

apt_install() {
    may_apt || return 1
    say "安装系统软件包 Installing system packages: $*"
    if [ -z "${PRESS_SETUP_UPDATED:-}" ]; then
        apt update || say "（软件包列表未能更新，照旧继续 The package lists could not be updated; going on.）"
        export PRESS_SETUP_UPDATED=1
    fi
    apt install -y --no-install-recommends "$@"
}

# --- Python ----------------------------------------------------------------------------------

NEW_ENOUGH='import sys; sys.exit(sys.version_info < (3, 11))'
WHOLE='import ctypes, ensurepip, ssl, venv'

# Prints the interpreter itself, not that of a virtual environment, which could be our own.
base_of() {
    "$1" -I -c 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)'
}

# Prints the base of the Python named, if that runs all the code given.
try_python() {
    command -v "$1" >/dev/null 2>&1 && base=$(base_of "$1" 2>/dev/null) || return 1
    shift
    for code in "$@"; do
        "$base" -I -c "$code" >/dev/null 2>&1 || return 1
    done
    printf '%s\n' "$base"
}

# Prints the first Python that runs all the code given. A Python that was asked for is the only one tried.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        try_python "$PYTHON" "$@"
        return
    fi
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        try_python "$name" "$@" && return
    done
    return 1
}

have_python() {
    PY=$(find_python "$NEW_ENOUGH" "$WHOLE") && return
    if PY=$(find_python "$NEW_ENOUGH"); then
        version=$("$PY" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        apt_install "python$version-venv" || apt_install python3-venv || true
        "$PY" -I -c "$WHOLE" 2>/dev/null && return
        fail "Python $version（$PY）缺少 venv 或 ensurepip 等标准模块。请安装后重试：" \
            "Python $version ($PY) lacks venv, ensurepip or another standard module. Install it and try again:" \
            "    sudo apt-get install python$version-venv        (Debian, Ubuntu)"
    fi
    if [ -z "${PYTHON:-}" ]; then
        apt_install python3 python3-venv || true
        PY=$(find_python "$NEW_ENOUGH" "$WHOLE") && return
    fi
    fail "找不到 Python 3.11 或更高版本。请安装后重试；装在别处的可用 PYTHON=… 指明：" \
        "No Python 3.11 or later was found. Install it and try again, or name it with PYTHON=…:" \
        "    sudo apt-get install python3 python3-venv        (Debian 12+, Ubuntu 24.04+)"
}

# --- system libraries ------------------------------------------------------------------------

# Prints the libraries that WeasyPrint loads and that cannot be loaded here.
missing_libraries() {
    "$PY" -I -c '
import ctypes, ctypes.util

NAMES = (("gobject-2.0", "0"), ("pango-1.0", "0"), ("pangoft2-1.0", "0"),
         ("harfbuzz", "0"), ("harfbuzz-subset", "0"), ("fontconfig", "1"))


def loads(name):
    try:
        return name and ctypes.CDLL(name)
    except OSError:
        return None


for name, major in NAMES:
    if not (loads(f"lib{name}.so.{major}") or loads(f"lib{name}.{major}.dylib")
            or loads(ctypes.util.find_library(name))):
        print(f"lib{name}", end=" ")
'
}

# These two bring the others, whose names differ from release to release (libglib2.0-0,
# libglib2.0-0t64).
DEBIAN_LIBRARIES="libpangoft2-1.0-0 libharfbuzz-subset0"

have_libraries() {
    missing=$(missing_libraries)
    [ -n "$missing" ] || return 0
    say "缺少系统库 Missing system libraries: $missing"
    # shellcheck disable=SC2086  # a list of words
    apt_install $DEBIAN_LIBRARIES || true
    missing=$(missing_libraries)
    [ -n "$missing" ] || return 0
    fail "缺少排版所需的系统库：$missing" \
        "Typesetting needs these system libraries: $missing" \
        "请安装后重试 Install them and try again:" \
        "    sudo apt-get install $DEBIAN_LIBRARIES        (Debian, Ubuntu)" \
        "    sudo dnf install pango harfbuzz        (Fedora)" \
        "    brew install pango        (macOS)"
}

# --- other readers of PDF, for the tests -----------------------------------------------------

# A test that wants one that is missing is skipped, so this fails nothing. Tried once.
try_engines() {
    missing=
    command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
    command -v gs >/dev/null 2>&1 || missing="$missing ghostscript"
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086  # a list of words
    apt_install $missing || say "没有装上$missing：要用到它的测试会跳过。" \
        "Not installed:$missing. The tests that want it will be skipped."
}

# --- the environment -------------------------------------------------------------------------

# `user` would take packages out of the environment, and pip refuses it there.
pip() {
    PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
        "$VENV_PYTHON" -I -m pip --quiet install "$@" ||
        fail "Python 软件包没有装成，原因见上。请检查网络或 pip 的设置后重试。" \
            "The Python packages were not installed; see above. Check the network or pip's settings and try again."
}

# Python reads .pth files in the locale's encoding, and does not start where the path of this
# folder cannot be read so. A relative path is ASCII.
RELATIVE='
import os, sys, sysconfig

library = sysconfig.get_path("purelib", "venv", {"base": os.path.abspath(sys.argv[1])})
with open(os.path.join(library, "_bulletin_press.pth"), "w", encoding="ascii") as path:
    print(os.path.relpath(".", library), file=path)
'

build() {
    if [ -f "$VENV/stamp-dev" ] && ! is_done dev; then
        rm -f "$VENV/stamp-runtime" # begin anew, so that nothing of the old lock is left
    fi
    if ! is_done runtime; then
        # Somebody else's environment would be emptied through it.
        [ ! -L "$VENV" ] ||
            fail "$VENV 是链接，指向的环境不是为这个文件夹建的：删去链接，再运行一次。" \
                "$VENV is a link to an environment that was made for another folder: remove the link and run this again."
        have_libraries
        say "建立 Python 环境 Making the Python environment: $VENV"
        rm -f "$VENV"/stamp-*
        "$PY" -I -m venv --clear "$VENV" ||
            fail "$VENV 没有建成，原因见上。" "$VENV could not be made; see above."
        say "安装锁定的软件包 Installing the locked packages"
        pip --require-hashes -r requirements/build.txt -r requirements/runtime.txt
        mark_done runtime
    fi
    if ! is_done project; then
        pip --no-deps --no-build-isolation --editable .
        "$VENV_PYTHON" -S -I -c "$RELATIVE" "$VENV" ||
            fail "$VENV 没有建成，原因见上。" "$VENV could not be made; see above."
        # Where Python may write no byte code, each command would compile all of it anew.
        "$VENV_PYTHON" -m compileall -q bulletin_press || true
        "$VENV_PYTHON" tools/patterns.py || true
        mark_done project
    fi
    if [ "$WANTED" = dev ] && ! is_done dev; then
        say "安装开发用的软件包 Installing the development packages"
        pip --require-hashes -r requirements/dev.txt
        mark_done dev
    fi
    if [ "$WANTED" = dev ] && ! is_done engines; then
        try_engines
        mark_done engines
    fi
    say "环境已就绪 The environment is ready."
}

# Runs this script again under a lock that the system lets go when its holder ends, however it ends.
LOCKED='
import os, sys

lock, *command = sys.argv[1:]
try:
    import fcntl

    handle = os.open(lock, os.O_CREAT | os.O_RDWR, 0o666)
    os.set_inheritable(handle, True)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("另一个安装正在进行，等它完成 Another set-up is running; waiting for it", file=sys.stderr, flush=True)
        fcntl.flock(handle, fcntl.LOCK_EX)
except (ImportError, OSError):
    pass  # a file system without locks
os.execvp(command[0], command)
'

is_ready && exit 0
if [ -z "${PRESS_SETUP_PYTHON:-}" ]; then
    have_python
    mkdir -p -- "$(dirname -- "$VENV")"
    export PRESS_SETUP_PYTHON="$PY"
    exec "$PY" -I -c "$LOCKED" "$VENV.lock" sh tools/setup.sh "$WANTED"
fi
PY=$PRESS_SETUP_PYTHON
build
