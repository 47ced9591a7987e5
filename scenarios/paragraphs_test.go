package scenarios

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// demands lists the paragraphs of resolution 71/280 that have something to
// schedule, with the kinds of rule that say it.
var demands = []struct {
	paragraph string
	kinds     []string
}{
	{"1", []string{"window", "venue", "length", "adjacent-to", "document", "interpretation"}},
	{"5", []string{"chaired-by"}},
	{"6", []string{"document", "balance"}},
	{"9", []string{"document", "balance"}},
	{"10", []string{"document"}},
	{"13", []string{"document"}},
	{"14", []string{"phase"}},
	{"15", []string{"window", "venue", "chaired-by", "held"}},
	{"16", []string{"day-cap", "programme"}},
	{"17", []string{"moderators", "balance", "panel-mix"}},
	{"18", []string{"before", "held"}},
	{"21", []string{"document"}},
	{"22", []string{"document"}},
	{"22 (a)", []string{"venue", "before", "held", "document"}},
	{"23", []string{"window", "venue", "length", "chaired-by", "held"}},
	{"25", []string{"document"}},
	{"26", []string{"document"}},
	{"27", []string{"document"}},
	{"28", []string{"length", "window", "span", "venue", "held"}},
	{"29", []string{"held", "interpretation"}},
	{"30", []string{"day-cap", "window", "chaired-by"}},
	{"31", []string{"travel-budget"}},
}

func TestEveryParagraphHasItsRules(t *testing.T) {
	s, instances := read(t, "gcm-2018.yaml")
	said := map[string][]string{} // kinds of rule by paragraph
	say := func(mandate, kind string) {
		for _, p := range paragraphs(mandate) {
			said[p] = append(said[p], kind)
		}
	}
	for _, in := range instances {
		say(in.Mandate, in.Kind)
	}
	for _, p := range s.Programmes {
		say(p.Mandate, "programme")
	}
	for _, d := range demands {
		for _, kind := range d.kinds {
			if !slices.Contains(said[d.paragraph], kind) {
				t.Errorf("paragraph %s: no %s in gcm-2018.yaml says so; it has %v", d.paragraph, kind, slices.Compact(slices.Sorted(slices.Values(said[d.paragraph]))))
			}
		}
	}
}

var mandateForm = regexp.MustCompile(`^(\d+)((?: \([a-z]+\))*)$`)

// paragraphs reads a mandate such as "5, 15 (a) (i)" as the paragraphs it
// stands on, each with those around it: 5, 15, 15 (a), 15 (a) (i). What is no
// paragraph, such as the symbol of another resolution, is passed over.
func paragraphs(mandate string) (out []string) {
	for part := range strings.SplitSeq(mandate, ",") {
		m := mandateForm.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			continue
		}
		out = append(out, m[1])
		for i, c := range m[2] {
			if c == ')' {
				out = append(out, m[1]+m[2][:i+1])
			}
		}
	}
	return out
}

func TestMandatesAreReadByParagraph(t *testing.T) {
	for mandate, want := range map[string]string{
		"1":                    "1",
		"15":                   "15",
		"15 (a) (i)":           "15|15 (a)|15 (a) (i)",
		"5, 15, 23":            "5|15|23",
		"22 (a), 29, 30":       "22|22 (a)|29|30",
		"":                     "",
		"A/RES/72/244":         "",
		"1 (otherwise agreed)": "",
	} {
		if got := strings.Join(paragraphs(mandate), "|"); got != want {
			t.Errorf("%q gives %s instead of %s", mandate, got, want)
		}
	}
}

// TestEveryMandateIsAParagraph catches slips such as "16; 17", which would
// count for nothing.
func TestEveryMandateIsAParagraph(t *testing.T) {
	_, instances := read(t, "gcm-2018.yaml")
	for _, in := range instances {
		if in.Mandate != "" && len(paragraphs(in.Mandate)) == 0 {
			t.Errorf("%s %s: the mandate %q names no paragraph", in.Kind, in.ID, in.Mandate)
		}
	}
}

// read reads a scenario of this folder.
func read(t *testing.T, file string) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	return given.File(t, file, scenario.Sources{Library: FS})
}
