package encode

import (
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// moderators bounds what each class takes by its number of members: names are
// dealt in turn, so that no member exceeds the others by more than one.
func moderators(c *Context, r *rule.Moderators) {
	byClass := map[*vocab.Class][]cnf.Lit{}
	var order []*vocab.Class
	for _, x := range c.V.Some(r.Sessions) {
		x.EachSeat("", r.Seat, func(t *vocab.Seat) {
			for _, class := range t.Classes {
				if !scenario.Matches(r.From, class.Roster) {
					c.Add(1, t.TakenBy(class))
				}
				if byClass[class] == nil {
					order = append(order, class)
				}
				byClass[class] = append(byClass[class], t.TakenBy(class))
			}
		})
	}
	if r.Each == nil {
		return
	}
	for _, class := range order {
		c.bounds(byClass[class], 0, r.Each.Max*len(class.Members))
	}
}
