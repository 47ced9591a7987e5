#!/bin/sh
# The peers' own examples, for the table in docs/performance.md: never needed to
# build or test. Needs Java 17 and Maven; the jars come from Maven Central.
#
#   run.sh optaplanner solve meetings 60 /tmp/solved FILE.xlsx...
#   run.sh timefold    score conference FILE.xlsx...
set -eu
peer=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
out=${TMPDIR:-/tmp}/plenary-peers-$peer
if [ ! -f "$out/classpath" ]; then
	mkdir -p "$out"
	mvn -q -B -f "$here/pom.xml" -P"$peer" -Dpeer.out="$out" compile dependency:build-classpath -Dmdep.outputFile="$out/classpath.new" >&2
	mv "$out/classpath.new" "$out/classpath"
fi
exec java -Djava.awt.headless=true -Dlogback.configurationFile="$here/logback.xml" -cp "$out/classes:$(cat "$out/classpath")" peers.Peer "$@"
