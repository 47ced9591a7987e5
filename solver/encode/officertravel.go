package encode

import (
	"slices"

	"plenary/model/rule"
)

func officerTravel(c *Context, r *rule.OfficerTravel) {
	for _, o := range r.Officers {
		base := c.S.Station(c.S.Officers[o].Based)
		for _, x := range c.V.Some(r.Sessions) {
			if slices.Contains(x.Scenario.OfficerIDs, o) {
				c.Add(1, x.Held(), x.At(base).Not())
			}
		}
	}
}
