package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var dayCapKind = Kind{
	Name: "day-cap", Unit: "working day",
	Doc:     "The sessions take so many working days together. The excess is the days over the most or under the least.",
	Example: "{of: thematic-*, at-most: 12}",
	New:     func() Rule { return &DayCap{} },
}

// DayCap bounds the working days that sessions take together. Resolution
// 71/280, paragraph 16: at most 12 for the thematic sessions; paragraph 30:
// four in all for the hearings.
type DayCap struct {
	Common
	Selection
	AtMost  *int `key:"at-most" doc:"working days together, no more than" eg:"12"`
	AtLeast *int `key:"at-least" doc:"working days together, no fewer than" eg:"4"`
	Exactly *int `key:"exactly" doc:"working days together" eg:"4"`
}

func (r *DayCap) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	if r.AtMost == nil && r.AtLeast == nil && r.Exactly == nil {
		problems.Add(r.At(), "the rule says neither at-most, at-least nor exactly", "for example  at-most: 12")
		return
	}
	if lo, hi := r.Bounds(); lo > hi && hi >= 0 {
		problems.Add(r.At(), fmt.Sprintf("at least %d and at most %d cannot both hold", lo, hi), "")
	}
}

// Sum says how many days the sessions take together where that alone breaks the rule,
// else "".
func (r *DayCap) Sum(s *scenario.Scenario) string {
	least, most := 0, 0
	for _, i := range r.Sessions {
		if x := &s.Sessions[i]; !x.Optional {
			least += x.Length().Min
		}
		most += s.Sessions[i].Length().Max
	}
	switch lo, hi := r.Bounds(); {
	case hi >= 0 && least > hi:
		return fmt.Sprintf("%s %s at least %s%s", r.words(s), r.verb("takes", "take"), plural(least, "working day"), r.verb("", " together"))
	case most < lo:
		return fmt.Sprintf("%s %s at most %s%s", r.words(s), r.verb("takes", "take"), plural(most, "working day"), r.verb("", " together"))
	}
	return ""
}

func (r *DayCap) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Bounds gives the least and the most working days; the most is -1 when there
// is none.
func (r *DayCap) Bounds() (least, most int) {
	most = -1
	if r.AtLeast != nil {
		least = *r.AtLeast
	}
	if r.AtMost != nil {
		most = *r.AtMost
	}
	if r.Exactly != nil {
		least, most = *r.Exactly, *r.Exactly
	}
	return least, most
}

// Statement says what the rule asks.
func (r *DayCap) Statement(s *scenario.Scenario) string {
	least, most := r.Bounds()
	how := fmt.Sprintf("at least %s", plural(least, "working day"))
	switch {
	case most == 0:
		how = plural(0, "working day")
	case least == most:
		how = fmt.Sprintf("exactly %s", plural(most, "working day"))
	case least == 0:
		how = fmt.Sprintf("at most %s", plural(most, "working day"))
	case most >= 0:
		how = fmt.Sprintf("%d to %s", least, plural(most, "working day"))
	}
	return fmt.Sprintf("%s %s %s%s", r.words(s), r.verb("takes", "take"), how, r.verb("", " together"))
}

// Check measures the working days over the most or under the least.
func (r *DayCap) Check(f *Facts) []Finding {
	days := 0
	held, _ := f.Held(r.Sessions)
	var ids []string
	for _, x := range held {
		days += len(x.Days)
		ids = append(ids, x.ID)
	}
	least, most := r.Bounds()
	text := fmt.Sprintf("%s %s %s%s", r.words(f.S), r.verb("takes", "take"), plural(days, "working day"), r.verb("", " together"))
	switch {
	case most >= 0 && days > most:
		return []Finding{{days - most, fmt.Sprintf("%s, %d over the most (%d)", text, days-most, most), ids}}
	case days < least:
		return []Finding{{least - days, fmt.Sprintf("%s, %d under the least (%d)", text, least-days, least), ids}}
	}
	return nil
}
