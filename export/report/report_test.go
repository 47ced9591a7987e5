package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plenary/export/language"
	"plenary/export/report"
	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/scenarios"
)

var update = flag.Bool("update", false, "write the golden files and the documentation anew")

// process reads testdata/process.yaml and its plan, with some of its text
// changed.
func process(t *testing.T, code string, changes ...string) report.Report {
	t.Helper()
	s, instances := given.File(t, "testdata/process.yaml", scenario.Sources{Library: scenarios.FS})
	src, err := os.ReadFile("testdata/process.plan.json")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(changes...).Replace(string(src))
	if len(changes) > 0 && changed == string(src) {
		t.Fatalf("the plan has no %q", changes[0])
	}
	p, problems := plan.Read("process.plan.json", []byte(changed), s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l, _ := language.Named(code)
	return report.Of(s, instances, p, judge.Plan(s, instances, p), l)
}

// short gives each rule of the report in short: paragraph, subject, label,
// asked, plan, in hand.
func short(r report.Report) (out []string) {
	for _, p := range r.Paragraphs {
		for _, s := range p.Subjects {
			for _, x := range s.Rules {
				left := "-"
				if x.Left != nil {
					left = x.Left.Text
				}
				out = append(out, strings.Join([]string{p.Paragraph, s.Title, x.Label, x.Asked, x.Plan, left}, " | "))
			}
		}
	}
	return out
}

func TestEachParagraphSaysWhatIsAskedWhatIsAndWhatIsLeft(t *testing.T) {
	got := short(process(t, "en"))
	for _, want := range []string{
		"1 | Water | Phase | Phase I: themes (1 January to 31 May 2018) | 1 and 2 February 2018 | 31 days",
		"3 | Chair of the process | Chair | not while away: 1 to 31 July 2018 | kept | -",
		"3 | Chair of the process | Chair | in person, 1 day to travel | chairs 5 sessions | -",
		"4 | thematic session (2 sessions) | Working days together | at most 4 working days | 4 working days | 0 working days",
		"4 (a) | Water | Dates | 1 to 28 February 2018 | 1 and 2 February 2018 | 0 days",
		"4 (a) | Water | Place | Geneva / New York | Geneva | -",
		"4 (a) | Water | Length | 1 to 2 days | 2 days | 0 days",
		"4 (a) | Water | Days in a row | consecutive working days | 1 and 2 February 2018 | -",
		"4 (a) | Water | Programme | Panel: 2 to 3 meetings, Dialogue: 1 meeting | Panel: 2, Dialogue: 1 | -",
		"4 (a) | Water | Interpretation | all meetings | 3 of 3 meetings | -",
		"4 (a) | Water | Seats filled | Panel: every seat filled | 6 seats | -",
		"4 (b) | Air | Order | 2 to 60 days before First round | 52 days | 8 days",
		"5 | First round | Length | 3 days | 3 days | -",
		"5 | First round | Days in a row | within 1 week | 5 days | 2 days",
		"6 | Summit | Right beside | 3 working days or less before the Assembly | 3 working days between | 0 working days",
		"7 | Extra meeting | Held |  | not held | -",
		"8 | Draft [of | the] _outcome_ | Document | 10 working days for writing and 2 weeks for editing and translation after Air, within 10 weeks | issued 13 April 2018 | 0 days",
		"8 | Draft [of | the] _outcome_ | Document | 2 weeks before First round | issued 13 April 2018 | 10 days",
		"8 | List of speakers | Document | 8 January to 28 February 2018 | issued 28 February 2018 | 0 days",
		"8 | Report | Document | by 1 August 2018 | issued 1 August 2018 | 0 days",
		"9 | thematic session (2 sessions) | Who may sit, how often | each member: at most 1 seat | 4 seats, taken by 4 members | -",
		"9 | thematic session (2 sessions) | Balance | woman: at least 2 seats | woman: 4, woman (no): 4 | 2 seats",
		"9 | Water | Mix of the panel | country of destination: at least 1 member, country of origin: at least 1 member | in every meeting at least country of destination: 1, country of origin: 1 | 0 seats",
		"4 | 7 sessions | Meetings at the same time |  | kept | 2 meetings",
		"4 | thematic session (2 sessions) | Spread over days |  | 4 days | 1 day",
		" | Geneva | Rooms |  | kept | 1 meeting",
		" | Geneva | Interpretation teams |  | kept | 1 meeting",
		" | New York | Rooms |  | kept | 1 meeting",
		" | New York | Interpretation teams |  | kept | 0 meetings",
		"10 | 7 sessions | Travel budget | at most 1,000 thousand | 796 thousand | 204 thousand",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("nothing says\n  %s", want)
		}
	}
	if t.Failed() {
		t.Log("the report says\n  " + strings.Join(got, "\n  "))
	}
	var paragraphs []string
	for _, p := range process(t, "en").Paragraphs {
		paragraphs = append(paragraphs, p.Paragraph)
	}
	if want := []string{"1", "3", "4", "4 (a)", "4 (b)", "5", "6", "7", "8", "9", "10", ""}; !slices.Equal(paragraphs, want) {
		t.Errorf("paragraphs %q, want %q", paragraphs, want)
	}
}

func TestAPlanThatBreaksRulesSaysWhere(t *testing.T) {
	r := process(t, "en", `"issued": "2018-08-01"`, `"issued": "2018-08-02"`)
	if r.Kept || r.Proven || !strings.Contains(r.Verdict(mustNamed(t, "en")), "breaks") {
		t.Errorf("kept %v, proven %v", r.Kept, r.Proven)
	}
	found := false
	for _, p := range r.Paragraphs {
		for _, s := range p.Subjects {
			for _, x := range s.Rules {
				if !x.Kept && x.Tier == 0 {
					found = true
					if x.Kind != "document" || x.Left.Amount != -1 || x.Left.Text != "1 day missing" || len(x.Findings) != 1 || x.Status(mustNamed(t, "en")) != "broken" {
						t.Errorf("%+v", x)
					}
				}
			}
		}
	}
	if !found {
		t.Error("no rule is broken")
	}
}

// Where a rule is broken, nothing is in hand, however much there is elsewhere.
func TestNothingIsInHandWhereARuleIsBroken(t *testing.T) {
	broken := 0
	for _, p := range process(t, "en", `"room": "XX"`, `"room": "garden"`).Paragraphs {
		for _, s := range p.Subjects {
			for _, x := range s.Rules {
				if x.Kept {
					continue
				}
				if broken++; x.Left != nil && x.Left.Amount >= 0 {
					t.Errorf("%s: %q are in hand, and %q", x.ID, x.Left.Text, x.Findings)
				}
			}
		}
	}
	if broken < 2 {
		t.Errorf("%d broken rules: the test tries too little", broken)
	}
}

// A cost that the plan file claims and the checker does not measure proves
// nothing.
func TestAProofIsOneOfThisPlan(t *testing.T) {
	if r := process(t, "en"); !r.Kept || !r.Proven || r.Tiers[1].Bound == nil {
		t.Errorf("%+v", r.Tiers)
	}
	if r := process(t, "en", "\"cost\": 3,\n   \"bound\": 3", "\"cost\": 2,\n   \"bound\": 2"); r.Proven || r.Tiers[2].Bound != nil || r.Tiers[2].Cost != 3 {
		t.Errorf("%+v", r.Tiers)
	}
}

func mustNamed(t *testing.T, code string) language.Language {
	t.Helper()
	l, ok := language.Named(code)
	if !ok {
		t.Fatal(code)
	}
	return l
}

func TestReportsAreWhatTheyWere(t *testing.T) {
	for _, code := range []string{"en", "ar"} {
		r := process(t, code)
		for name, write := range map[string]func(*bytes.Buffer) error{
			"json":     func(b *bytes.Buffer) error { return r.JSON(b) },
			"markdown": func(b *bytes.Buffer) error { return r.Markdown(b) },
			"csv":      func(b *bytes.Buffer) error { t, _ := r.Table("people"); return t.CSV(b) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "report-"+code+"."+name)
			if *update {
				if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("the report differs from %s; if that is meant: go test ./export/report -update", golden)
			}
		}
	}
}

// What another program reads back is what was written.
func TestJSONIsReadBack(t *testing.T) {
	r := process(t, "fr")
	var b bytes.Buffer
	if err := r.JSON(&b); err != nil {
		t.Fatal(err)
	}
	var again report.Report
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	if err := d.Decode(&again); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r, again) {
		t.Error("the report that was read back differs")
	}
}

func TestNoCellOfACSVTableIsAFormula(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"=1+1", "'=1+1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@Bo", "'@Bo"}, {"\t=1", "'\t=1"}, {"＝1", "'＝1"}, {"|x", "'|x"},
		{"1=1", "1=1"}, {"", ""}, {"Ann", "Ann"},
	} {
		if got := report.Inert(c.text); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
	tried := 0
	for _, table := range process(t, "en").Tables() {
		var b bytes.Buffer
		if err := table.CSV(&b); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\uFEFF"))).ReadAll()
		if err != nil || len(lines) != len(table.Rows)+1 {
			t.Errorf("%s: %d lines, %v", table.ID, len(lines), err)
		}
		for _, line := range lines {
			for _, cell := range line {
				if cell == "'@Bo" {
					tried++
				}
				if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
					t.Errorf("%s: %q", table.ID, cell)
				}
			}
		}
	}
	if tried == 0 {
		t.Error("no cell was made inert: the test tries nothing")
	}
}

func TestTablesHaveTheirNamesAndColumns(t *testing.T) {
	var ids []string
	for _, code := range scenario.Languages {
		for _, table := range process(t, code).Tables() {
			if code == "en" {
				ids = append(ids, table.ID)
			}
			for _, row := range table.Rows {
				if len(row) != len(table.Columns) {
					t.Fatalf("%s in %s: a row of %d cells under %d columns", table.ID, code, len(row), len(table.Columns))
				}
			}
			if len(table.Rows) == 0 {
				t.Errorf("%s in %s has no rows", table.ID, code)
			}
		}
	}
	if !slices.Equal(ids, report.TableIDs) {
		t.Errorf("%q", ids)
	}
	r := process(t, "zh")
	grid, _ := r.Table("grid")
	if day, ok := grid.Rows[0][0].(calendar.Day); !ok || day.String() != "2018-02-01" || grid.Rows[0][1] != "星期四" || grid.Columns[2].Title != "日内瓦：XX" || grid.Rows[0][2] != "水\n10:00–13:00 河流" {
		t.Errorf("%v %v", grid.Columns, grid.Rows[0])
	}
}

func TestTheDocumentationNamesEveryKey(t *testing.T) {
	const file, begin, end = "../../docs/reports.md", "<!-- keys -->\n", "<!-- end of keys -->"
	var b strings.Builder
	seen := map[reflect.Type]bool{}
	var describe func(x reflect.Type)
	describe = func(x reflect.Type) {
		if seen[x] {
			return
		}
		seen[x] = true
		fmt.Fprintf(&b, "\n### %s\n\n| key | holds |\n|---|---|\n", map[bool]string{true: "The report", false: x.Name()}[x.Name() == "Report"])
		var next []reflect.Type
		for i := range x.NumField() {
			f := x.Field(i)
			key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			doc := f.Tag.Get("doc")
			if key == "" || doc == "" {
				t.Errorf("%s.%s has no key or no documentation", x.Name(), f.Name)
			}
			inner := f.Type
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			switch {
			case inner.Kind() == reflect.Struct && f.Type.Kind() == reflect.Slice:
				doc += "; a list of " + inner.Name()
			case inner.Kind() == reflect.Struct:
				doc += "; a " + inner.Name()
			}
			if inner.Kind() == reflect.Struct {
				next = append(next, inner)
			}
			if options != "" {
				doc += " (may be missing)"
			}
			fmt.Fprintf(&b, "| `%s` | %s |\n", key, doc)
		}
		for _, n := range next {
			describe(n)
		}
	}
	describe(reflect.TypeFor[report.Report]())
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(src), begin)
	_, tail, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the keys", file)
	}
	want := head + begin + b.String() + "\n" + end + tail
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(src) {
		t.Errorf("%s is not up to date: run  go test ./export/report -update", file)
	}
}
