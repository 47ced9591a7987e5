package peerscores

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"plenary/export/original"
)

// Sample is one assignment with its score.
type Sample struct {
	Places [][2]int // time and room, by meeting or talk
	Total  [3]int64 // hard, medium, soft, as costs
	Parts  map[string][3]int64
}

var scoreForm = regexp.MustCompile(`^(-?\d+)hard/(-?\d+)medium/(-?\d+)soft$`)

// Read reads the samples of a file.
func Read(t *testing.T, name string) []Sample {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []Sample
	for i, line := range strings.Split(strings.TrimRight(string(src), "\n"), "\n") {
		fields := strings.Split(line, "\t")
		var err error
		switch {
		case strings.HasPrefix(line, "places "):
			s := Sample{Parts: map[string][3]int64{}}
			for _, place := range strings.Fields(line)[1:] {
				var p [2]int
				_, err = fmt.Sscanf(place, "%d/%d", &p[0], &p[1])
				s.Places = append(s.Places, p)
			}
			out = append(out, s)
		case fields[0] == "score":
			out[len(out)-1].Total, err = costs(fields[1])
		default:
			out[len(out)-1].Parts[fields[1]], err = costs(fields[2])
		}
		if err != nil {
			t.Fatalf("%s:%d: %v", name, i+1, err)
		}
	}
	return out
}

// costs reads a score and turns its sign: what is bad is above 0 with us.
func costs(text string) (out [3]int64, err error) {
	parts := scoreForm.FindStringSubmatch(text)
	if parts == nil {
		return out, fmt.Errorf("%q is no score", text)
	}
	for i := range out {
		n, err := strconv.ParseInt(parts[i+1], 10, 64)
		if err != nil {
			return out, err
		}
		out[i] = -n
	}
	return out, nil
}

// Compare holds a score of ours against a sample, constraint by constraint.
func (s Sample) Compare(t *testing.T, ours original.Score) {
	t.Helper()
	seen := map[string][3]int64{}
	for _, p := range ours {
		costs := seen[p.Name]
		costs[p.Level] += p.Cost()
		seen[p.Name] = costs
	}
	for name, want := range s.Parts {
		if _, there := seen[name]; !there {
			t.Errorf("%s costs %v and is missing", name, want)
		}
	}
	for name, got := range seen {
		if got != s.Parts[name] {
			t.Errorf("%s costs %v, the peer says %v", name, got, s.Parts[name])
		}
	}
	if got := [3]int64{ours.Cost(0), ours.Cost(1), ours.Cost(2)}; got != s.Total {
		t.Errorf("in all it costs %v, the peer says %v", got, s.Total)
	}
}
