package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var adjacentToKind = Kind{
	Name: "adjacent-to", Unit: "day",
	Doc:     "The sessions lie immediately before or after an event, with no more than so many days between; working days are those of the session's station. The excess is the days beyond, and for a session that runs into the event or past it the calendar days it would have to move.",
	Example: "{of: conference, to: general-debate, side: before, within: 0 working days}",
	New:     func() Rule { return &AdjacentTo{} },
}

// AdjacentTo asks that sessions stand beside an event.
type AdjacentTo struct {
	Common
	Selection
	To     string            `key:"to,required" doc:"the event" eg:"general-debate"`
	Side   string            `key:"side,required" doc:"before or after" eg:"before"`
	Within calendar.Duration `key:"within,required" doc:"how many days may lie between" eg:"0 working days"`
	Event  int               // position in the scenario
}

func (r *AdjacentTo) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.Event = slices.Index(s.EventIDs(), r.To)
	if r.Event < 0 {
		problems.Add(r.At("to"), fmt.Sprintf("no event is called %q", diag.Shorten(r.To)), diag.Suggest(r.To, s.EventIDs(), "add it under events:"))
	}
	if r.Side != "before" && r.Side != "after" {
		problems.Add(r.At("side"), fmt.Sprintf("%q is neither before nor after", diag.Shorten(r.Side)), "")
	}
}

func (r *AdjacentTo) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

// Statement says what the rule asks.
func (r *AdjacentTo) Statement(s *scenario.Scenario) string {
	how := "immediately"
	if r.Within.N > 0 {
		how = "at most " + r.Within.String()
	}
	return fmt.Sprintf("%s lies %s %s %s", name(s, r.Sessions[0]), how, r.Side, s.Events[r.Event].Name())
}

// Check measures the days between session and event beyond those allowed.
func (r *AdjacentTo) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	event := f.S.Events[r.Event]
	for i, x := range held {
		from, to := x.Last(), event.Days.First
		if r.Side == "after" {
			from, to = event.Days.Last, x.First()
		}
		if from >= to {
			n, direction := int(from-to)+1, "earlier"
			if r.Side == "after" {
				direction = "later"
			}
			out = append(out, Finding{n, fmt.Sprintf("%s would have to lie %s %s to come %s %s", name(f.S, at[i]), plural(n, "day"), direction, r.Side, event.Name()), []string{x.ID}})
			continue
		}
		between := 0
		for d := from + 1; d < to; d++ {
			if r.Within.Unit == calendar.Days || f.Station(x).Open(d) {
				between++
			}
		}
		if n := between - r.Within.N; n > 0 {
			unit := "day"
			if r.Within.Unit == calendar.WorkingDays {
				unit = "working day"
			}
			out = append(out, Finding{n, fmt.Sprintf("%s leaves %s between itself and %s", name(f.S, at[i]), plural(between, unit), event.Name()), []string{x.ID}})
		}
	}
	return out
}
