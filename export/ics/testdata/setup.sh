#!/bin/sh
# Installs the two readers of calendars with which the tests of export/ics read
# back what was written: Debian's python3-icalendar, and ical.js from npm. What
# is there already is left alone.
#
#   sh export/ics/testdata/setup.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=$root/.tools/calendar-readers

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# The package is installed for the system's Python, not for any other one.
if ! /usr/bin/python3 -c 'import icalendar' 2>/dev/null; then
	if ! command -v apt-get >/dev/null; then
		echo "setup.sh: apt-get is missing; install the Python package icalendar for /usr/bin/python3" >&2
		exit 1
	fi
	install_packages python3-icalendar || { as_root apt-get update -q && install_packages python3-icalendar; }
fi

if ! cmp -s "$here/readers/package-lock.json" "$target/package-lock.json" || [ ! -f "$target/node_modules/ical.js/package.json" ]; then
	if ! command -v npm >/dev/null && command -v apt-get >/dev/null; then
		install_packages nodejs npm || { as_root apt-get update -q && install_packages nodejs npm; }
	fi
	for program in node npm; do
		if ! command -v $program >/dev/null; then
			echo "setup.sh: $program is missing; install Node.js 18 or later" >&2
			exit 1
		fi
	done
	mkdir -p "$target"
	rm -f "$target/package-lock.json" # copied last: it says that all is there
	cp "$here/readers/package.json" "$target/"
	cp "$here/readers/package-lock.json" "$target/npm-shrinkwrap.json"
	npm ci --prefix "$target" --no-audit --no-fund --ignore-scripts --loglevel=error
	mv "$target/npm-shrinkwrap.json" "$target/package-lock.json"
fi
