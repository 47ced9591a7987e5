package explain

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// document moves what bounds the issue of a document, by its own keys.
func (c *change) document(r *rule.Document) bool {
	d := &c.s.Documents[r.Documents[0]]
	issued, _ := c.facts.Issued(r.Documents[0])
	where := "documents." + d.ID
	switch {
	case len(r.After) > 0:
		return c.follows(where, d, r, issued)
	case len(r.Before) > 0:
		return c.due(where, d, r, issued)
	case r.Deadline != nil:
		return c.put(where+".deadline", issued.String())
	case r.Between == nil:
		return false
	}
	if d.Pin != nil && r.Between.First == *d.Pin && r.Between.Last == *d.Pin {
		c.put(where+".pin", "null")
		if d.Between == nil || *d.Between != *r.Between {
			return true
		}
	}
	return c.stretch(where+".between", *r.Between, issued, issued)
}

// follows gives a document less time to be written, then to be edited, or more until
// it is issued. If it is issued before what it draws on has ended, it no longer draws
// on it.
func (c *change) follows(where string, d *scenario.Document, r *rule.Document, issued calendar.Day) bool {
	ref, _ := c.facts.Span(r.After[0])
	takes, edited := c.duration(where+".takes", r.Lead()), c.duration(where+".processing", r.Edited())
	early := func() bool {
		return edited.After(takes.After(ref.Last, scenario.Weekdays), scenario.Weekdays) > issued
	}
	switch {
	case ref.Last > issued:
		if !slices.Contains(d.After, r.After[0]) {
			return false // it is meant by a pattern
		}
		c.freed[where] = append(c.freed[where], r.After[0])
		rest := slices.DeleteFunc(slices.Clone(d.After), func(id string) bool { return slices.Contains(c.freed[where], id) })
		if len(rest) > 0 {
			return c.put(where+".after", "["+strings.Join(rest, ", ")+"]")
		}
		for _, key := range []string{"takes", "within"} { // they count from what is gone
			if d.Has(key) {
				c.put(where+"."+key, "null")
			}
		}
		return c.put(where+".after", "null")
	case early():
		for ; takes.N > 0 && early(); takes.N-- {
		}
		c.lasts(where+".takes", takes)
		if early() {
			for ; edited.N > 0 && early(); edited.N-- {
			}
			c.lasts(where+".processing", edited)
		}
		return true
	case r.Within == nil: // a shorter time that was said before is enough
		return true
	}
	within := c.duration(where+".within", *r.Within)
	for within.After(ref.Last, scenario.Weekdays) < issued {
		within.N++
	}
	return c.lasts(where+".within", within)
}

// due has a document out less time before something, or at any time, if it is only
// out when that has begun.
func (c *change) due(where string, d *scenario.Document, r *rule.Document, issued calendar.Day) bool {
	if !slices.ContainsFunc(d.Before, func(due scenario.Due) bool { return due.ID == r.Before[0] }) {
		return false // it is meant by a pattern
	}
	path := fmt.Sprintf("%s.before.%s", where, r.Before[0])
	ref, _ := c.facts.Span(r.Before[0])
	ahead := r.Ahead()
	for ahead.N > 0 && ahead.Before(ref.First, scenario.Weekdays) < issued {
		ahead.N--
	}
	if ahead.Before(ref.First, scenario.Weekdays) < issued {
		return c.put(path, "null")
	}
	return c.put(path, ahead.Plain())
}

// duration gives what a duration was changed to before, or what it was.
func (c *change) duration(path string, said calendar.Duration) calendar.Duration {
	if changed, known := c.durations[path]; known {
		return changed
	}
	return said
}

// lasts changes a duration.
func (c *change) lasts(path string, d calendar.Duration) bool {
	c.durations[path] = d
	return c.put(path, d.Plain())
}
