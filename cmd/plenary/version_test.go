package main

import (
	"os"
	"regexp"
	"strconv"
	"testing"
)

func TestTheVersionIsThatOfTheTag(t *testing.T) {
	const commit = "0123456789ab"
	for _, c := range []struct{ module, commit, want string }{
		{"v1.2.3", commit, "1.2.3"},
		{"v1.2.3-rc.1", commit, "1.2.3-rc.1"},
		{"v1.2.3+dirty", commit, upcoming + "-dev+" + commit},
		{"v1.2.4-0.20260102150405-0123456789ab", commit, upcoming + "-dev+" + commit},
		{"v1.2.3-rc.1.0.20260102150405-0123456789ab", commit, upcoming + "-dev+" + commit},
		{"(devel)", commit, upcoming + "-dev+" + commit},
		{"", "", upcoming + "-dev"},
	} {
		if got := versionOf(c.module, c.commit); got != c.want {
			t.Errorf("%q at %q is version %s instead of %s", c.module, c.commit, got, c.want)
		}
	}
}

// TestTheUpcomingVersionIsAfterTheLastRelease holds the code against
// CHANGELOG.md, whose first numbered heading is the last release.
func TestTheUpcomingVersionIsAfterTheLastRelease(t *testing.T) {
	src, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	last := regexp.MustCompile(`(?m)^## ([0-9]+)\.([0-9]+)\.([0-9]+)$`).FindSubmatch(src)
	next := regexp.MustCompile(`^([0-9]+)\.([0-9]+)\.([0-9]+)$`).FindSubmatch([]byte(upcoming))
	if last == nil || next == nil {
		t.Fatalf("no version is found: %q in CHANGELOG.md, %q upcoming", last, next)
	}
	for i := 1; i <= 3; i++ {
		was, _ := strconv.Atoi(string(last[i]))
		will, _ := strconv.Atoi(string(next[i]))
		if will > was {
			return
		}
		if will < was {
			break
		}
	}
	t.Errorf("version %s is to come after %s, which is released", upcoming, last[0])
}
