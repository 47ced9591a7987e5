#!/bin/sh
# Makes what is published of a version, in out/release: the program for each
# platform, a bill of materials (CycloneDX) for each, and SHA256SUMS. What is
# built is the commit, in a clone of its own, not the folder with its changes.
#
#   sh .ci/release.sh                      everything, in this order:
#   sh .ci/release.sh vulnerabilities      no known vulnerability is reachable
#   sh .ci/release.sh build                the programs
#   sh .ci/release.sh reproduce            built again elsewhere they are the same, byte for byte
#   sh .ci/release.sh bill                 the bills of materials
#   sh .ci/release.sh valid                they fit their schema, which wants  make test-setup
#   sh .ci/release.sh sums                 SHA256SUMS
#   sh .ci/release.sh rehearse             the question about vulnerabilities finds one that is
#                                          made up, and passes where there is none
#   sh .ci/release.sh trial                all that needs no vulnerability database
#
# PLATFORMS="linux/amd64 windows/amd64" narrows it to some. VULNERABILITIES=file:///folder
# is asked instead of the database of the Go project.
set -eu
cd "$(dirname "$0")/.."

platforms=${PLATFORMS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64}
go=${GO:-go}
out=$PWD/out/release
govulncheck=golang.org/x/vuln/cmd/govulncheck@v1.9.0
cyclonedx=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

fail() {
	echo "release: $1" >&2
	exit 1
}

scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch" && rm -rf "$scratch"' EXIT INT TERM

# clone FOLDER: the commit by itself, with its tags.
clone() {
	git clone -q --no-hardlinks . "$1"
	git -C "$1" checkout -q --detach "$(git rev-parse HEAD)"
}

# compile SOURCE TARGET: the program of every platform. No path and no time of this
# machine gets into it; the commit, and the tag if there is one, do.
compile() {
	mkdir -p "$2"
	for platform in $platforms; do
		os=${platform%/*} arch=${platform#*/} suffix=
		if [ "$os" = windows ]; then suffix=.exe; fi
		(cd "$1" && CGO_ENABLED=0 GOOS=$os GOARCH=$arch GOFLAGS= GOWORK=off \
			"$go" build -trimpath -buildvcs=true -ldflags='-s -w' -o "$2/plenary-$os-$arch$suffix" ./cmd/plenary)
	done
}

vulnerabilities() {
	if "$go" run "$govulncheck" ${VULNERABILITIES:+-db "$VULNERABILITIES"} ./... >"$scratch/found" 2>&1; then
		echo "no known vulnerability is reachable"
		return
	fi
	if grep -q '^Vulnerability #' "$scratch/found"; then
		cat "$scratch/found" >&2
		fail "known vulnerabilities are reachable: update what is named above"
	fi
	fail "vulnerabilities are not checked, because govulncheck cannot do its work here: $(grep -v '^go: \|^exit status' "$scratch/found" | tail -n 1)"
}

# entry FIXED: a vulnerability of what every command of the program calls, mended
# with a version.
entry() {
	cat <<-END
		{"schema_version": "1.3.1", "id": "GO-0000-0001", "modified": "2000-01-01T00:00:00Z",
		 "details": "made up", "database_specific": {"url": "https://example.org"},
		 "affected": [{"package": {"name": "github.com/spf13/cobra", "ecosystem": "Go"},
		  "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "$1"}]}],
		  "ecosystem_specific": {"imports": [{"path": "github.com/spf13/cobra", "symbols": ["Command.ExecuteContext"]}]}}]}
	END
}

rehearse() {
	mkdir "$scratch/mended" "$scratch/open"
	entry 0.0.1 >"$scratch/mended/GO-0000-0001.json"
	entry 999.0.0 >"$scratch/open/GO-0000-0001.json"
	(VULNERABILITIES=file://$scratch/mended && vulnerabilities) || fail "a vulnerability that was mended long ago stops the release"
	if (VULNERABILITIES=file://$scratch/open && vulnerabilities) >"$scratch/said" 2>&1; then
		fail "a vulnerability that is reachable does not stop the release"
	fi
	grep -q 'known vulnerabilities are reachable' "$scratch/said" || fail "a vulnerability that is reachable is not named: $(tail -n 1 "$scratch/said")"
	echo "a vulnerability that is made up stops the release, and one that is mended does not"
}

build() {
	rm -rf "$out"
	clone "$scratch/first"
	compile "$scratch/first" "$out"
	echo "built in $out: $(cd "$out" && echo *)"
}

# The second build stands in another folder, deeper, and takes nothing from the
# cache of the first.
reproduce() {
	test -d "$out" || fail "nothing is built: run  sh .ci/release.sh build"
	mkdir -p "$scratch/somewhere/else"
	clone "$scratch/somewhere/else/second"
	(GOCACHE=$scratch/cache && export GOCACHE && compile "$scratch/somewhere/else/second" "$scratch/again")
	for program in "$scratch"/again/*; do
		cmp "$program" "$out/$(basename "$program")" || fail "$(basename "$program") differs when it is built elsewhere"
	done
	echo "built again elsewhere: the same, byte for byte"
}

bill() {
	clone "$scratch/bill"
	mkdir -p "$out"
	# The tool is built for this machine, and told for which one it should write.
	GOBIN=$scratch "$go" install "$cyclonedx" 2>"$scratch/complaints" || fail "$(tail -n 1 "$scratch/complaints")"
	for platform in $platforms; do
		os=${platform%/*} arch=${platform#*/}
		(cd "$scratch/bill" && CGO_ENABLED=0 GOOS=$os GOARCH=$arch "$scratch/cyclonedx-gomod" app -json -noserial -notimestamp -std \
			-main cmd/plenary -output "$out/plenary-$os-$arch.cdx.json" . 2>"$scratch/complaints") || fail "$(tail -n 1 "$scratch/complaints")"
	done
	echo "bills of materials: $(cd "$out" && echo *.cdx.json)"
}

valid() {
	tools=$PWD/.tools/bills/node_modules
	test -d "$tools" || fail "what reads the bills of materials is missing: run  make test-setup"
	NODE_PATH=$tools node .ci/bills/valid.js "$out"/*.cdx.json >"$scratch/complaints" 2>&1 || fail "$(tail -n 1 "$scratch/complaints")"
	# One that fits no more is noticed.
	sed 's/"type": "library"/"type": "book"/' "$(ls "$out"/*.cdx.json | head -n 1)" >"$scratch/wrong.cdx.json"
	if NODE_PATH=$tools node .ci/bills/valid.js "$scratch/wrong.cdx.json" >"$scratch/complaints" 2>&1; then
		fail "a bill of materials that does not fit the schema is taken for one that does"
	fi
	echo "they fit the schema of CycloneDX"
}

sums() {
	(cd "$out" && rm -f SHA256SUMS && sha256sum -- plenary-* >SHA256SUMS)
	echo "SHA256SUMS: $(wc -l <"$out/SHA256SUMS") files"
}

# tagged tells whether the commit is one to publish: by its tag, v1.2.3, with its
# part of CHANGELOG.md.
tagged() {
	tag=$(git describe --tags --exact-match --match 'v[0-9]*' 2>/dev/null) ||
		{ echo "the commit has no tag such as v1.2.3: this is a trial, not a release"; return; }
	grep -q "^## ${tag#v}\$" CHANGELOG.md || fail "CHANGELOG.md has no part \"## ${tag#v}\" for the tag $tag"
}

case ${1:-all} in
all) tagged && vulnerabilities && build && reproduce && bill && valid && sums ;;
trial) rehearse && build && reproduce && bill && valid && sums ;;
vulnerabilities | rehearse | build | reproduce | bill | valid | sums) "$1" ;;
*) fail "no step is called $1; the steps stand at the top of .ci/release.sh" ;;
esac
