#!/bin/sh
# Makes dist/press-windows.zip: one folder with press.exe, which needs no Python. Runs in Git's shell on Windows.
# On Linux it makes that system's own program, without the libraries: so it is tried.
#
#   sh packaging/windows/build.sh
set -eu
cd -- "$(dirname -- "$0")/../.."
python=${PYTHON:-python}
rm -rf build/exe dist/press
"$python" -m venv build/exe
bin=build/exe/Scripts
suffix=.exe
[ -d "$bin" ] || { bin=build/exe/bin; suffix=; }
"$bin/python" -m pip --quiet install --require-hashes -r requirements/build.txt
"$bin/python" -m pip --quiet install --require-hashes -r requirements/extras.txt
# GPL: its codec is not to be in what is given away.
"$bin/python" -m pip --quiet uninstall --yes pillow-heif
"$bin/python" -m pip --quiet install --no-deps --no-build-isolation .
"$bin/python" -m pip --quiet install 'pyinstaller>=6.11,<7' pefile
"$bin/python" -m PyInstaller --noconfirm --distpath dist --workpath build/pyinstaller packaging/windows/press.spec

# It must make a draft by itself, with no other Python and no other library on the path.
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
press=$PWD/dist/press/press$suffix
(cd -- "$work" && PATH=/usr/bin:/bin "$press" new-issue 2022-08 --yes &&
    PATH=/usr/bin:/bin "$press" render --draft --to pdf --to docx --to wechat)
"$bin/python" -c '
import shutil
print(shutil.make_archive("dist/press-windows", "zip", "dist", "press"))
'
