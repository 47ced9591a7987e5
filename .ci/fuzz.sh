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

grep -rn --include='*_test.go' '^func Fuzz' . | sort | {
	failed=
	while IFS=: read -r file _ declaration; do
		target=${declaration#func }
		target=${target%%(*}
		folder=$(dirname "$file")
		echo "$folder $target"
		"${GO:-go}" test -run '^$' -fuzz "^$target\$" -fuzztime "$for_each" "$folder" || failed="$failed $folder:$target"
	done
	test -z "$failed" || { echo "broken:$failed" >&2; exit 1; }
}
