#!/bin/sh
# Fuzzes every reader for a bounded while, one after the other, from the corpus
# that is kept in testdata/fuzz and from the seeds in the tests. An input that
# breaks a reader stays in testdata/fuzz of its package: commit it with the mend,
# and every test run reads it again.
#
#   sh .ci/fuzz.sh [TIME]        for each reader, 5s where nothing is said
set -eu
cd "$(dirname "$0")/.."
for_each=${1:-5s}

# ended FILE: nothing was found, but time was up while an input was being read, which
# go test calls a failure on a machine that is busy.
ended() {
	grep -q '^    context deadline exceeded$' "$1" && ! grep -q 'Failing input\|panic\|_test.go:' "$1"
}

# Inputs that reach something new are shortened in few steps: with the minute that
# go test takes for it, readers of workbooks were given 3 inputs in half a minute.
grep -rn --include='*_test.go' '^func Fuzz' . | sort | {
	failed= said=$(mktemp)
	trap 'rm -f "$said"' EXIT
	while IFS=: read -r file _ declaration; do
		target=${declaration#func }
		target=${target%%(*}
		folder=$(dirname "$file")
		echo "$folder $target"
		"${GO:-go}" test -run '^$' -fuzz "^$target\$" -fuzztime "$for_each" -fuzzminimizetime 20x "$folder" >"$said" 2>&1 || ended "$said" || failed="$failed $folder:$target"
		cat "$said"
	done
	test -z "$failed" || { echo "broken:$failed" >&2; exit 1; }
}
