package foreign_test

import (
	"os"
	"testing"

	"plenary/export/foreign"
)

func TestTheFormatIsSeenFromTheContent(t *testing.T) {
	for name, want := range map[string]string{
		"../ctt/testdata/comp01.ctt":                                "timetabling",
		"../ietf/testdata/ietf106.json":                             "ietf",
		"../meetings/testdata/50meetings-160timegrains-5rooms.xlsx": "meetings",
		"../conference/testdata/18talks-6timeslots-5rooms.xlsx":     "conference",
		"../meetings/testdata/everything.scores.txt":                "",
		"../../scenarios/gcm-2018.yaml":                             "",
	} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		format, known := foreign.Guess(src)
		if format.Name != want || known != (want != "") {
			t.Errorf("%s: %q, want %q", name, format.Name, want)
		}
		if !known {
			continue
		}
		in, problems := format.Read(name, src)
		if in == nil {
			t.Fatal(problems)
		}
		if s, problems := in.Scenario(); len(problems) > 0 || len(s.Text) == 0 {
			t.Errorf("%s: %v", name, problems)
		}
	}
}
