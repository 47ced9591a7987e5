package sweep

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"plenary/model/plan"
	"plenary/model/sweep"
)

// asked makes an outcome of a sweep over axes a (3 levels) and b (2 levels), whose
// what-ifs end as the words say, in order: two costs "3/1", or the id of the rule
// that makes it impossible, "?" without an answer, or "" not yet.
func asked(t *testing.T, words ...string) Outcome {
	t.Helper()
	s, problems := sweep.Read("s.yaml", []byte("plenary-sweep: 1\nscenario: base.yaml\naxes:\n  a: {title: First, levels: [{values: 1..3, set: a=<value>}]}\n  b: {levels: [{label: x}, {label: y}]}\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	o := Outcome{Sweep: s, Title: "Title", Program: "plenary test"}
	for i, c := range s.Cases() {
		r := Row{Case: c, Key: fmt.Sprintf("key%d", c.Number)}
		if i < len(words) && words[i] != "" {
			r.Result = &sweep.Result{Key: r.Key, Worker: "w", Took: time.Second, Tries: 1}
			var first, second int64
			switch n, _ := fmt.Sscanf(words[i], "%d/%d", &first, &second); {
			case n == 2:
				r.Result.Status, r.Plan = sweep.Optimal, fmt.Sprintf("plans/%d.plan.json", c.Number)
				r.Result.Tiers = []plan.Tier{{Tier: 1, Title: "clashes", Cost: first, Bound: first, Proven: true}, {Tier: 2, Title: "travel", Cost: second, Bound: second, Proven: true}}
			case words[i] == "?":
				r.Result.Status, r.Result.TimeUp, r.Result.Trouble = sweep.Unknown, true, "no plan was found"
			default:
				r.Result.Status = sweep.Impossible
				r.Result.Reasons = []sweep.Reason{{Rules: []sweep.Blamed{{ID: words[i], Text: words[i] + " in no. " + fmt.Sprint(c.Number)}}, Minimal: true}}
			}
		}
		o.Rows = append(o.Rows, r)
	}
	return o
}

// written gives what is written in one form.
func written(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// linesOf reads the CSV form back.
func linesOf(t *testing.T, o Outcome) [][]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(written(t, o.CSV), []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// bookOf reads the workbook back.
func bookOf(t *testing.T, o Outcome) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(written(t, o.XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func numbers(rows []Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprint(r.Case.Number))
	}
	return strings.Join(out, " ")
}

func TestCountsSayHowWhatIfsEnded(t *testing.T) {
	got := asked(t, "1/1", "cap", "?", "2/2", "cap").Counts().String()
	if want := "6 what-ifs: 2 with a plan (2 proven optimal), 2 impossible, 1 without an answer within the limit, 1 not yet asked"; got != want {
		t.Error(got)
	}
}

func TestTheFrontIsWhatNothingBeats(t *testing.T) {
	for _, c := range []struct {
		name  string
		words []string
		want  string
	}{
		{"one is the best in all", []string{"1/1", "2/2", "1/2", "2/1", "cap", "?"}, "1"},
		{"a trade-off", []string{"1/9", "2/5", "3/5", "9/1", "2/6", "9/9"}, "1 2 4"},
		{"the same costs stand once", []string{"1/1", "1/1", "1/1", "1/1", "1/1", "1/1"}, "1"},
		{"no plan at all", []string{"cap", "cap", "cap", "cap", "cap", "cap"}, ""},
		{"nothing asked", nil, ""},
	} {
		if got := numbers(asked(t, c.words...).Front()); got != c.want {
			t.Errorf("%s: %q instead of %q", c.name, got, c.want)
		}
	}
}

func TestNoGosAreTheSmallestSetsOfLevelsWithoutAnyPlan(t *testing.T) {
	for _, c := range []struct {
		name  string
		words []string
		want  string
	}{
		{"one level", []string{"1/1", "1/1", "cap", "cap", "1/1", "1/1"}, "First: 2 (2)"},
		{"two levels together", []string{"1/1", "1/1", "1/1", "cap", "1/1", "1/1"}, "First: 2, b: y (1)"},
		{"one level, and another with a second", []string{"cap", "cap", "1/1", "cap", "1/1", "1/1"}, "First: 1 (2)|First: 2, b: y (1)"},
		{"a level of the other axis", []string{"1/1", "cap", "1/1", "cap", "1/1", "cap"}, "b: y (3)"},
		{"without an answer is not impossible", []string{"cap", "?", "1/1", "1/1", "1/1", "1/1"}, "First: 1, b: x (1)"},
		{"not yet asked is not impossible", []string{"1/1", "1/1", "1/1", "1/1", "cap"}, "First: 3, b: x (1)"},
		{"nothing is possible", []string{"cap", "cap", "cap", "cap", "cap", "cap"}, ""},
		{"everything is", []string{"1/1", "1/1", "1/1", "1/1", "1/1", "1/1"}, ""},
	} {
		var got []string
		for _, n := range asked(t, c.words...).NoGos() {
			got = append(got, fmt.Sprintf("%s (%d)", strings.Join(n.Levels, ", "), n.Cases))
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: %s\ninstead of %s", c.name, strings.Join(got, "|"), c.want)
		}
	}
}

// What-ifs 1, 4 and 6 of six were drawn. That First: 2 has no plan shows nothing of it:
// the one what-if has b: y, too, with which there is none in another either.
func TestASampleBlamesNoLevelForWhatAnotherExplains(t *testing.T) {
	o := asked(t, "1/1", "", "", "cap", "", "cap")
	o.Sweep.Sample = &sweep.Sample{Count: 3}
	o.Rows = []Row{o.Rows[0], o.Rows[3], o.Rows[5]}
	got := fmt.Sprint(o.Whenever(), " ", o.NoGos())
	want := "Of the 3 combinations that were drawn by lot from 6, none has a plan with: [{[b: y] 2}]"
	if got != want {
		t.Errorf("%s\ninstead of %s", got, want)
	}
}

func TestConflictsOfTheSameRulesAreOne(t *testing.T) {
	o := asked(t, "cap", "room", "1/1", "room", "cap", "room")
	var got []string
	for _, c := range o.Conflicts() {
		got = append(got, fmt.Sprintf("%s %s, all %v%s", c.Reason.Rules[0].Text, numbers(c.Rows), c.Common, c.Figures()))
	}
	want := "room in no. 2 2 4 6, all [b: y] (with the figures of no. 2; others have others)|cap in no. 1 1 5, all [b: x] (with the figures of no. 1; others have others)"
	if strings.Join(got, "|") != want {
		t.Errorf("%s\ninstead of %s", strings.Join(got, "|"), want)
	}
}

// The dear plan of level 2 is impossible, so its mean is low; pairs tell the truth.
func TestEffectsComparePlansThatDifferInOneChangeAlone(t *testing.T) {
	o := asked(t, "0/10", "0/100", "0/12", "cap", "1/11", "0/101")
	var got []string
	for _, e := range o.Effects() {
		got = append(got, fmt.Sprintf("%s %s: %d of %d, %d impossible, %s %s, %s %s", e.Axis, e.Level, e.WithPlan, e.Asked, e.Impossible,
			e.Costs[0].mean(e.WithPlan), e.Costs[0].against(), e.Costs[1].mean(e.WithPlan), e.Costs[1].against()))
	}
	want := `First 1: 2 of 2, 0 impossible, 0 , 55 
First 2: 1 of 2, 1 impossible, 0 0 (1 pair), 12 +2 (1 pair)
First 3: 2 of 2, 0 impossible, 0.5 +0.5 (2 pairs), 56 +1 (2 pairs)
b x: 3 of 3, 0 impossible, 0.3 , 11 
b y: 2 of 3, 1 impossible, 0 -0.5 (2 pairs), 100.5 +90 (2 pairs)`
	if strings.Join(got, "\n") != want {
		t.Errorf("%s\ninstead of\n%s", strings.Join(got, "\n"), want)
	}
}

func TestEffectsAreAgainstTheFirstLevelThatHasPlans(t *testing.T) {
	e := asked(t, "cap", "cap", "0/5", "0/5", "0/7", "0/9").Effects()
	if got := e[2].Costs[1].against(); got != "+3 (2 pairs)" {
		t.Error(got)
	}
	if got := e[0].Costs[1].mean(e[0].WithPlan) + e[0].Costs[1].against(); got != "" {
		t.Error(got)
	}
}

func TestAGridCountsPlansWhereTwoAxesMeet(t *testing.T) {
	grids := asked(t, "1/1", "cap", "?", "1/1", "1/1").Grids()
	if len(grids) != 1 {
		t.Fatalf("%+v", grids)
	}
	var got []string
	for _, r := range grids[0].Rows {
		for _, c := range r.Cells {
			got = append(got, fmt.Sprintf("%s: %s step %d", r.Label, c.Text(), c.Step()))
		}
	}
	if want := "1: 1 of 1 step 4|1: 0 of 1 step 0|2:  step -1|2: 1 of 1 step 4|3: 1 of 1 step 4|3:  step -1"; strings.Join(got, "|") != want {
		t.Errorf("%s\ninstead of %s", strings.Join(got, "|"), want)
	}
	for n, want := range []int{0, 1, 1, 1, 2, 2, 2, 3, 3, 4} {
		if got := (GridCell{n, 9}).Step(); got != want {
			t.Errorf("%d of 9 is step %d, not %d", n, got, want)
		}
	}
}

func TestEveryFormSaysTheSame(t *testing.T) {
	o := asked(t, "0/10", "0/100", "0/12", "cap", "?")
	lines := linesOf(t, o)
	if len(lines) != 7 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, want := range map[int]string{1: "1|1|x|optimal|0|0|10|10||plans/1.plan.json|1.00|w", 4: "4|2|y|impossible|||||these cannot all hold together: cap in no. 4||1.00|w",
		5: "5|3|x|unknown|||||time was up: may come out otherwise another time; no plan was found||1.00|w", 6: "6|3|y|not yet|||||||||"} {
		if got := strings.Join(lines[i], "|"); got != strings.TrimSuffix(want, "|") && got != want {
			t.Errorf("line %d: %s\ninstead of %s", i, got, want)
		}
	}

	book := bookOf(t, o)
	if got := strings.Join(book.GetSheetList(), "|"); got != "Overview|Every what-if|What each change does|Why it is impossible|What nothing beats" {
		t.Error(got)
	}
	rows, err := book.GetRows("Every what-if")
	if err != nil || len(rows) != 7 || rows[1][6] != "10" {
		t.Errorf("%v, %v", rows, err)
	}

	var back struct {
		Version int `json:"plenary-sweep-results"`
		WhatIfs []struct {
			Status string
			Levels map[string]string
			Tiers  []struct{ Cost int }
		} `json:"what-ifs"`
		Front []int
	}
	if err := json.Unmarshal(written(t, o.JSON), &back); err != nil {
		t.Fatal(err)
	}
	if back.Version != Version || len(back.WhatIfs) != 6 || back.WhatIfs[1].Tiers[1].Cost != 100 || back.WhatIfs[3].Levels["a"] != "2" || back.WhatIfs[5].Status != "not yet" || fmt.Sprint(back.Front) != "[1]" {
		t.Errorf("%+v", back)
	}
}

// What stands in a scenario, a label or a worker's answer is text in every form.
func TestNothingInAResultIsAFormulaOrATag(t *testing.T) {
	o := asked(t, "0/1", "cap", "0/2", "0/3", "0/4", "0/5")
	const bad = `=cmd|'/c calc'!A1 <script>alert(1)</script>`
	o.Title = bad
	o.Rows[0].Result.Worker = bad
	o.Rows[1].Result.Reasons[0].Rules[0].Text = bad
	o.Rows[2].Result.Trouble = bad
	o.Rows[3].Plan = "javascript:alert(1)"
	for i := range o.Rows {
		for j := range o.Rows[i].Result.Tiers {
			o.Rows[i].Result.Tiers[j].Title = bad + fmt.Sprint(j)
		}
	}
	for _, line := range linesOf(t, o) {
		for _, cell := range line {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a formula: %s", cell)
			}
		}
	}
	book := bookOf(t, o)
	for _, sheet := range book.GetSheetList() {
		for row := 1; row < 10; row++ {
			for column := 1; column < 16; column++ {
				at, _ := excelize.CoordinatesToCellName(column, row)
				if formula, err := book.GetCellFormula(sheet, at); err != nil || formula != "" {
					t.Errorf("%s!%s: %s, %v", sheet, at, formula, err)
				}
			}
		}
	}
	page, err := html.Parse(bytes.NewReader(written(t, o.HTML)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == "script" {
			t.Error("a script stands in the page")
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Val, "javascript:") || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s=%s", a.Key, a.Val)
			}
		}
	}
}

// Every link inside the page leads somewhere in it.
func TestThePageHoldsTogether(t *testing.T) {
	o := asked(t, "0/10", "1/5", "0/12", "cap", "?", "2/2")
	o.Rows[0].Report, o.Compared, o.Command = "plans/1.html", 2, "plenary sweep s.yaml"
	text := string(written(t, o.HTML))
	page, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ids, links := map[string]bool{}, []string{}
	for n := range page.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id" && ids[a.Val]:
				t.Errorf("the id %s stands twice", a.Val)
			case a.Key == "id":
				ids[a.Val] = true
			case a.Key == "href":
				links = append(links, a.Val)
			}
		}
	}
	outside := map[string]bool{}
	for _, l := range links {
		if inside, ok := strings.CutPrefix(l, "#"); ok && !ids[inside] {
			t.Errorf("%s leads nowhere", l)
		} else if !ok {
			outside[l] = true
		}
	}
	for _, want := range []string{"plans/1.html", "plans/1.plan.json", "plans/6.plan.json", "compare.html"} {
		if !outside[want] {
			t.Errorf("nothing leads to %s", want)
		}
	}
	for _, want := range []string{"6 what-ifs: 4 with a plan", "1. In <strong>1 what-if</strong> these cannot all hold together", "Compare the first 2 side by side", "plenary sweep s.yaml --compare 5,17", "clashes against travel"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
}
