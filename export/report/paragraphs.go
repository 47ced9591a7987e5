package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"plenary/model/judge"
	"plenary/model/rule"
)

// noMost is the least number that stands for no most.
const noMost = 1_000_000

// paragraphs gives compliance by paragraph. Rules that come from no paragraph
// stand last, the hard ones alone: what the others cost is said by priority.
func (b *builder) paragraphs() []Paragraph {
	findings := map[*rule.Instance][]string{}
	for _, list := range [][]judge.Measured{b.v.Violations, b.v.Priced} {
		for _, m := range list {
			if m.Finding.Excess > 0 {
				findings[m.Instance] = append(findings[m.Instance], m.Finding.Text)
			}
		}
	}
	out := []Paragraph{}
	for i := range b.instances {
		in := &b.instances[i]
		broken := findings[in]
		if (in.Mandate == "" && !in.Hard()) || (len(broken) == 0 && b.trivial(in)) {
			continue
		}
		subject, fact := b.subject(in), b.fact(in)
		r := Rule{ID: in.ID, Kind: in.Kind, Label: b.l.Text("rule:" + in.Kind), Tier: in.Tier, Statement: in.Rule.Statement(b.s),
			Asked: fact.asked, Plan: fact.plan, Left: fact.left, Kept: len(broken) == 0, Findings: broken}
		if len(broken) > 0 {
			if r.Plan == b.l.Text("kept") {
				r.Plan = ""
			}
			if r.Left != nil && r.Left.Amount >= 0 { // nothing is in hand where it is broken
				r.Left = nil
			}
		}
		for _, number := range numbers(in.Mandate) {
			p := slices.IndexFunc(out, func(p Paragraph) bool { return p.Paragraph == number })
			if p < 0 {
				p = len(out)
				out = append(out, Paragraph{Paragraph: number})
			}
			s := slices.IndexFunc(out[p].Subjects, func(s Subject) bool { return s.Title == subject })
			if s < 0 {
				s = len(out[p].Subjects)
				out[p].Subjects = append(out[p].Subjects, Subject{Title: subject})
			}
			if rules := &out[p].Subjects[s].Rules; !slices.ContainsFunc(*rules, r.repeats) {
				*rules = append(*rules, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Paragraph) int { return compareNumbers(a.Paragraph, b.Paragraph) })
	return out
}

// repeats tells whether another rule says the same in the same words.
func (r Rule) repeats(o Rule) bool {
	return r.Asked != "" && r.Kept && o.Kept && r.Label == o.Label && r.Asked == o.Asked && r.Plan == o.Plan
}

// numbers gives the paragraphs that a mandate names: "16, 17" names two.
func numbers(mandate string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(mandate, " and ", ","), func(r rune) bool { return r == ',' || r == ';' }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

// compareNumbers orders paragraphs by number, then by what follows it; those
// without a number come last, and what has no paragraph after them.
func compareNumbers(a, b string) int {
	lead := func(text string) (int, string) {
		digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
		n, err := strconv.Atoi(digits)
		switch {
		case text == "":
			return noMost + 1, ""
		case err != nil:
			return noMost, text
		}
		return n, text[len(digits):]
	}
	m, restA := lead(a)
	n, restB := lead(b)
	return cmp.Or(cmp.Compare(m, n), cmp.Compare(restA, restB))
}

// trivial tells whether a rule that is kept says nothing that another line does
// not: that a session is held whose days stand beside it, that a plenary meets
// all day, that one day is in a row, that a document with a date has one.
func (b *builder) trivial(in *rule.Instance) bool {
	switch r := in.Rule.(type) {
	case *rule.Held:
		return in.Hard()
	case *rule.Programme:
		return r.Kind == "" && b.s.Sessions[r.Sessions[0]].FillsDay
	case *rule.Span:
		return b.s.Sessions[r.Sessions[0]].Length().Max == 1
	case *rule.Document:
		return len(r.After) == 0 && len(r.Before) == 0 && r.Deadline == nil && r.Between == nil
	}
	return false
}

// subject names what a rule speaks of.
func (b *builder) subject(in *rule.Instance) string {
	switch r := in.Rule.(type) {
	case *rule.Document:
		return b.in(b.s.Documents[r.Documents[0]].Name())
	case *rule.ChairedBy:
		return b.in(b.s.Officers[r.Officers[0]].Name())
	case *rule.ClosedDays:
		return b.in(b.s.Stations[r.Station].Name())
	case *rule.Rooms:
		return b.in(b.s.Stations[r.Station].Name())
	case *rule.Teams:
		return b.in(b.s.Stations[r.Station].Name())
	case *rule.Slack:
		if len(r.Documents) == 1 {
			return b.in(b.s.Documents[r.Documents[0]].Name())
		}
	case interface{ Selected() *rule.Selection }:
		return b.selected(*r.Selected())
	}
	return b.l.Text("rule:" + in.Kind)
}
