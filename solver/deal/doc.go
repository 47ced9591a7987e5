// Package deal reads a plan from a model and deals out what the solver only
// counted: rooms, interpretation teams and names.
//
//	p, err := deal.Plan(s, instances, []deal.Part{{V: part.V, Model: result.Model}}, seed, nil)
package deal
