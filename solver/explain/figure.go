package explain

import (
	"strconv"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/source"
)

// mostSteps bounds by how much a figure of a rule is loosened.
const mostSteps = 1000

// figure is a number in a listed rule, which can be loosened.
type figure struct {
	key string
	// loosened gives the rule with the figure so many steps looser, and the figure as a
	// scenario has it; nil where the figure has no such value.
	loosened func(steps int) (rule.Rule, string)
}

// figures gives the numbers of a rule, the one to be loosened first at the front.
func figures(r rule.Rule) []figure {
	shorter := func(d calendar.Duration, steps int) (calendar.Duration, bool) {
		d.N -= steps
		return d, d.N >= 0
	}
	switch r := r.(type) {
	case *rule.Rest:
		return []figure{{"at-least", func(steps int) (rule.Rule, string) {
			x, ok := *r, false
			if x.AtLeast, ok = shorter(r.AtLeast, steps); !ok {
				return nil, ""
			}
			return &x, x.AtLeast.Plain()
		}}}
	case *rule.Slack:
		return []figure{{"want", func(steps int) (rule.Rule, string) {
			x, ok := *r, false
			if x.Want, ok = shorter(r.Want, steps); !ok {
				return nil, ""
			}
			return &x, x.Want.Plain()
		}}}
	case *rule.AdjacentTo:
		return []figure{{"within", func(steps int) (rule.Rule, string) {
			x := *r
			x.Within.N += steps
			return &x, x.Within.Plain()
		}}}
	case *rule.Span:
		return []figure{{"within", func(steps int) (rule.Rule, string) {
			if r.Within == nil {
				return nil, ""
			}
			x, within := *r, *r.Within
			within.N += steps
			x.Within = &within
			return &x, within.Plain()
		}}}
	case *rule.Parallel:
		return []figure{{"at-most", func(steps int) (rule.Rule, string) {
			x := *r
			x.AtMost += steps
			return &x, strconv.Itoa(x.AtMost)
		}}}
	case *rule.Balance:
		return each(r.Each, func(to *source.Count) rule.Rule {
			x := *r
			x.Each = to
			return &x
		})
	case *rule.Moderators:
		return each(r.Each, func(to *source.Count) rule.Rule {
			x := *r
			x.Each = to
			return &x
		})
	}
	return nil
}

// each gives the figures of a count that everybody has: the most, the least, both.
func each(said *source.Count, with func(*source.Count) rule.Rule) (out []figure) {
	if said == nil {
		return nil
	}
	for _, ends := range [][2]int{{0, 1}, {1, 0}, {1, 1}} {
		out = append(out, figure{"each", func(steps int) (rule.Rule, string) {
			to := source.Count{Min: said.Min - ends[0]*steps, Max: said.Max}
			if said.Max < source.NoMost {
				to.Max += ends[1] * steps
			}
			if to.Min < 0 || (to == *said && steps > 0) {
				return nil, ""
			}
			return with(&to), count(to.Min, to.Max)
		}})
	}
	return out
}

// loosen moves a figure of a listed rule as far as the plan needs, and tells whether
// it could. Parts of one rule are loosened together.
func (c *change) loosen(where string, r rule.Rule) bool {
	for _, f := range figures(r) {
		path := where + "." + f.key
		for steps := c.steps[path]; steps <= mostSteps; steps++ {
			looser, text := f.loosened(steps)
			if looser == nil {
				break
			}
			if len(looser.Check(c.facts)) == 0 {
				c.steps[path] = steps
				return c.put(path, text)
			}
		}
	}
	return false
}
