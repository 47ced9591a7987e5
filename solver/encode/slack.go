package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// slack counts the days before issue on which the wished distance to some
// deadline is already gone.
func slack(c *Context, r *rule.Slack) {
	want := func(due calendar.Day) calendar.Day { return r.Want.Before(due, scenario.Weekdays) }
	for _, i := range r.Documents {
		x := c.V.Document(i)
		if x == nil {
			continue
		}
		first := x.Days.Last
		var gone []func(d calendar.Day) cnf.Lit
		fixed := func(due calendar.Day) {
			first = min(first, want(due))
			gone = append(gone, func(d calendar.Day) cnf.Lit {
				if want(due) <= d {
					return c.B.True()
				}
				return c.B.False()
			})
		}
		if x.Scenario.Deadline != nil {
			fixed(*x.Scenario.Deadline)
		}
		if x.Scenario.Between != nil {
			fixed(x.Scenario.Between.Last)
		}
		for _, b := range rule.Needed(c.S, x.Scenario) {
			ref := c.refer(b.ID)
			if ref == nil {
				continue
			}
			due := func(start calendar.Day) calendar.Day { return want(b.By.Before(start, scenario.Weekdays)) }
			first = min(first, due(ref.first))
			gone = append(gone, func(d calendar.Day) cnf.Lit {
				return ref.startedBy(Latest(due, d, ref.first, ref.last))
			})
		}
		for d := first; d < x.Days.Last; d++ {
			var some []cnf.Lit
			for _, g := range gone {
				some = append(some, g(d))
			}
			c.Add(1, x.IssuedBy(d).Not(), c.B.Or(some...))
		}
	}
}
