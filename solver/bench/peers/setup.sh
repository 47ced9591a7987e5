#!/bin/sh
# Installs HiGHS, CBC and CP-SAT from PyPI into a folder, for the table in
# docs/performance.md: never needed to build, test or run. Needs Python 3.10 or later.
#
#   setup.sh DIR        then  make bench PEERS=DIR
set -eu
[ $# -eq 1 ] || { echo "usage: setup.sh DIR" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
python3 -m venv "$1"
"$1/bin/python" -m pip install -q --disable-pip-version-check -r "$here/requirements.txt"
echo "Installed: $1. Next: make bench PEERS=$1"
