package encode

import (
	"plenary/model/rule"
	"plenary/model/source"
	"plenary/solver/vocab"
)

// programme bounds the meetings of a kind. That a session follows its own
// programme is part of the session itself, but for meetings of which its domain
// allows fewer.
func programme(c *Context, r *rule.Programme) {
	for _, x := range c.V.Some(r.Sessions) {
		if x.Scenario.FillsDay {
			continue
		}
		if r.Kind == "" {
			for kind, own := range r.Own {
				atLeastMeetings(c, x, kind, own.Min)
			}
			continue
		}
		kind := x.Kind(r.Kind)
		if kind < 0 {
			continue
		}
		atLeastMeetings(c, x, kind, r.Count.Min)
		for n := r.Count.Max + 1; r.Count.Max != source.NoMost && n <= x.Scenario.Programmed[kind].Range().Max; n++ {
			c.Add(1, x.HasMeetings(kind, n))
		}
	}
}

// atLeastMeetings counts the meetings of a kind that are missing.
func atLeastMeetings(c *Context, x *vocab.Session, kind, least int) {
	for n := 1; n <= least; n++ {
		c.Add(1, x.Held(), x.HasMeetings(kind, n).Not())
	}
}
