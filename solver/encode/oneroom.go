package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

// oneRoom counts the rooms in which some of the sessions are.
func oneRoom(c *Context, r *rule.OneRoom) {
	var used []cnf.Lit
	for st := range c.S.Stations {
		for i := range c.S.Stations[st].Halls() {
			var lits []cnf.Lit
			for _, x := range c.V.Some(r.Sessions) {
				lits = append(lits, x.InHall(st, i))
			}
			used = append(used, c.B.Or(lits...))
		}
	}
	c.bounds(used, 0, 1)
}
