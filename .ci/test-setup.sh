#!/bin/sh
# Installs what the tests check our output with. What is there already is left
# alone.
#
#   sh .ci/test-setup.sh        or  make test-setup
#
# Calendars are read back by Debian's libical and python3-icalendar (with
# python3-recurring-ical-events) and by ical.js and node-ical from npm, and stored
# in Debian's CalDAV server Radicale; proofs are made by Debian's cadical and
# checked once more by drat-trim, which no package holds ready: it is compiled
# from the sources of Debian's cadical, among whose tests it is; pages are shown
# and printed by Debian's chromium, and checked by axe-core from npm and Debian's
# poppler-utils; Debian's gringo (clingo) plans small scenarios by rules of its own;
# Debian's strace kills the program.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# debian PACKAGE...: installs Debian packages, with a fresh list where the old
# one does not know them.
debian() {
	install="env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends"
	as_root $install "$@" || { as_root apt-get update -q && as_root $install "$@"; }
}

# missing WHAT: says what has to be installed by hand where there is no Debian.
missing() {
	echo "test-setup.sh: $1" >&2
	exit 1
}

# The packages are installed for the system's Python, not for any other one.
install_calendar_readers() {
	if /usr/bin/python3 -c 'import icalendar, recurring_ical_events, radicale, gi; gi.require_version("ICalGLib", "3.0")' 2>/dev/null; then return; fi
	command -v apt-get >/dev/null || missing "apt-get is missing; install the Python packages icalendar, recurring-ical-events, radicale and gi (with libical's ICalGLib) for /usr/bin/python3"
	debian python3-icalendar python3-recurring-ical-events python3-gi gir1.2-ical-3.0 radicale
}

# npm_packages FOLDER TARGET MODULE: installs what the folder's package-lock.json
# names.
npm_packages() {
	here=$root/$1
	target=$root/.tools/$2
	if cmp -s "$here/package-lock.json" "$target/package-lock.json" && [ -f "$target/node_modules/$3/package.json" ]; then return; fi
	if ! command -v npm >/dev/null && command -v apt-get >/dev/null; then
		debian nodejs npm
	fi
	for program in node npm; do
		command -v $program >/dev/null || missing "$program is missing; install Node.js 18 or later"
	done
	mkdir -p "$target"
	rm -f "$target/package-lock.json" # copied last: it says that all is there
	cp "$here/package.json" "$target/"
	cp "$here/package-lock.json" "$target/npm-shrinkwrap.json"
	npm ci --prefix "$target" --no-audit --no-fund --ignore-scripts --loglevel=error
	mv "$target/npm-shrinkwrap.json" "$target/package-lock.json"
}

# The browser comes with no letters of its own.
install_browser() {
	if command -v chromium >/dev/null && command -v pdftotext >/dev/null; then return; fi
	command -v apt-get >/dev/null || missing "apt-get is missing; install chromium and poppler-utils"
	debian chromium poppler-utils fonts-dejavu-core
}

install_cadical() {
	if command -v cadical >/dev/null; then return; fi
	command -v apt-get >/dev/null || missing "apt-get is missing; install the SAT solver cadical"
	debian cadical
}

install_clingo() {
	if command -v clingo >/dev/null; then return; fi
	command -v apt-get >/dev/null || missing "apt-get is missing; install the answer set solver clingo"
	debian gringo
}

# Kills and interrupts the program at every system call that writes.
install_strace() {
	if command -v strace >/dev/null; then return; fi
	command -v apt-get >/dev/null || missing "apt-get is missing; install strace"
	debian strace
}

# apt verifies what it fetches, here as for packages; its own lists stay as they
# are.
install_drat_trim() {
	target=$root/.tools/drat-trim
	if [ -x "$target/drat-trim" ]; then return; fi
	command -v apt-get >/dev/null || missing "apt-get is missing; put the program drat-trim (test/cnf/drat-trim.c of the sources of cadical) into $target"
	command -v cc >/dev/null || debian gcc libc6-dev
	rm -rf "$target"
	mkdir -p "$target/sources.list.d" "$target/lists/partial"
	touch "$target/sources.list"
	if [ -f /etc/apt/sources.list ]; then
		sed -n 's/^deb\(-src\)\{0,1\} /deb-src /p' /etc/apt/sources.list >"$target/sources.list"
	fi
	for sources in /etc/apt/sources.list.d/*.sources; do
		if [ -f "$sources" ]; then sed 's/^Types:.*/Types: deb-src/' "$sources" >"$target/sources.list.d/${sources##*/}"; fi
	done
	(
		cd "$target"
		fetch="apt-get -q -o Dir::Etc::SourceList=$target/sources.list -o Dir::Etc::SourceParts=$target/sources.list.d -o Dir::State::Lists=$target/lists -o APT::Sandbox::User=$(id -un)"
		$fetch update || true # of a source that has no sources itself
		$fetch source --download-only cadical
		tar -xf cadical_*.orig.tar.* --wildcards --strip-components=3 '*/test/cnf/drat-trim.c'
		cc -O2 -w -o drat-trim drat-trim.c
		rm -rf lists sources.list sources.list.d cadical_*
	)
}

install_calendar_readers
npm_packages export/ics/testdata/readers calendar-readers node-ical
npm_packages export/html/testdata/axe accessibility axe-core
npm_packages .ci/bills bills ajv
install_browser
install_cadical
install_clingo
install_strace
install_drat_trim
