package sweep

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/plan"
	"plenary/model/sweep"
)

// Outcome is a sweep with what came of it so far.
type Outcome struct {
	Sweep   *sweep.Sweep
	Title   string // of the sweep, or of its scenario
	Program string
	Rows    []Row
	// Compared is how many of the plans that nothing beats are compared on a page of
	// their own beside this one, 0 for none.
	Compared int
	// Command is how the sweep is called.
	Command string
}

// Row is one what-if with its result.
type Row struct {
	Case   sweep.Case
	Key    string
	Result *sweep.Result // nil while there is none
	Plan   string        // the name of its plan file, "" for none
	Report string        // the name of a page about the plan, "" for none
}

// Tiers gives the titles of the tiers of all plans, in order of first appearance.
func (o Outcome) Tiers() (out []string) {
	for _, r := range o.Rows {
		if r.Result == nil {
			continue
		}
		for _, t := range r.Result.Tiers {
			if !slices.Contains(out, t.Title) {
				out = append(out, t.Title)
			}
		}
	}
	return out
}

// tier gives the tier of that title of a row's plan; ok is false where it has no
// plan, or no such tier.
func (r Row) tier(title string) (t plan.Tier, ok bool) {
	if r.hasPlan() {
		for _, t := range r.Result.Tiers {
			if t.Title == title {
				return t, true
			}
		}
	}
	return plan.Tier{}, false
}

// costs gives the costs of a row in tiers, "" where there is none.
func (r Row) costs(tiers []string) (out []string) {
	for _, title := range tiers {
		text := ""
		if t, ok := r.tier(title); ok {
			text = fmt.Sprint(t.Cost)
		}
		out = append(out, text)
	}
	return out
}

func (r Row) hasPlan() bool    { return r.Result != nil && r.Result.HasPlan() }
func (r Row) impossible() bool { return r.Result != nil && r.Result.Status == sweep.Impossible }

// status gives the status in a word.
func (r Row) status() string {
	if r.Result == nil {
		return "not yet"
	}
	return string(r.Result.Status)
}

// trouble says what went wrong with a row.
func (r Row) trouble() string {
	if r.Result == nil {
		return ""
	}
	var parts []string
	if r.Result.TimeUp {
		parts = append(parts, "time was up: may come out otherwise another time")
	}
	if r.Result.MemoryUp {
		parts = append(parts, "the memory limit was reached: may come out otherwise another time")
	}
	if r.Result.Trouble != "" {
		parts = append(parts, r.Result.Trouble)
	}
	return strings.Join(parts, "; ")
}

// note says what else there is to say of a row.
func (r Row) note() string {
	var parts []string
	if text := r.trouble(); text != "" {
		parts = append(parts, text)
	}
	if r.Result != nil {
		for _, reason := range r.Result.Reasons {
			parts = append(parts, inWords(reason))
		}
	}
	return strings.Join(parts, "; ")
}

// inWords gives a reason as one sentence.
func inWords(r sweep.Reason) string { return "these cannot all hold together: " + texts(r) }

// texts gives the rules of a reason.
func texts(r sweep.Reason) string {
	var out []string
	for _, x := range r.Rules {
		out = append(out, x.Text)
	}
	return strings.Join(out, " / ")
}

// labelOf names a level of an axis, without the axis.
func (o Outcome) labelOf(axis, point int) string { return o.Sweep.Axes[axis].Points()[point].Label }

// Label names a row by what is changed in it.
func (o Outcome) Label(r Row) string {
	if r.Case.Levels == nil {
		return r.Case.Variant
	}
	var parts []string
	for i, l := range r.Case.Levels {
		parts = append(parts, o.labelOf(i, l))
	}
	return strings.Join(parts, ", ")
}

// Counts is how many what-ifs ended in which way.
type Counts struct {
	All, WithPlan, Proven, Impossible, Stopped, Aside, Open int
}

// Counts counts.
func (o Outcome) Counts() Counts {
	c := Counts{All: len(o.Rows)}
	for _, r := range o.Rows {
		switch {
		case r.Result == nil:
			c.Open++
			continue
		case r.hasPlan():
			c.WithPlan++
			if r.Result.Status == sweep.Optimal {
				c.Proven++
			}
		case r.impossible():
			c.Impossible++
		case r.Result.Status == sweep.Unknown:
			c.Stopped++
		default:
			c.Aside++
		}
	}
	return c
}

// Unanswered counts those without an answer.
func (c Counts) Unanswered() int { return c.Stopped + c.Aside + c.Open }

// String gives the counts in words.
func (c Counts) String() string {
	parts := []string{fmt.Sprintf("%d with a plan (%d proven optimal)", c.WithPlan, c.Proven), fmt.Sprintf("%d impossible", c.Impossible)}
	for _, x := range []struct {
		n    int
		text string
	}{{c.Stopped, "without an answer within the limit"}, {c.Aside, "set aside"}, {c.Open, "not yet asked"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.text))
		}
	}
	return fmt.Sprintf("%s: %s", counted(c.All, "what-if"), strings.Join(parts, ", "))
}

// counted gives a number of things.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
