package encode

import (
	"plenary/model/rule"
	"plenary/model/source"
)

// programme bounds the meetings of a kind; that a session follows its own
// programme is part of the session itself.
func programme(c *Context, r *rule.Programme) {
	if r.Kind == "" {
		return
	}
	for _, x := range c.V.Some(r.Sessions) {
		kind := x.Kind(r.Kind)
		if kind < 0 || x.Scenario.FillsDay {
			continue
		}
		for n := 1; n <= r.Count.Min; n++ {
			c.Add(1, x.Held(), x.HasMeetings(kind, n).Not())
		}
		for n := r.Count.Max + 1; r.Count.Max != source.NoMost && n <= x.Scenario.Programmed[kind].Range().Max; n++ {
			c.Add(1, x.HasMeetings(kind, n))
		}
	}
}
