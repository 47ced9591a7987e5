package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var timesKind = Kind{
	Name: "times", Unit: "session",
	Doc:     "Sessions meet in some slots of some days, or not in some. The excess is the sessions with a slot outside in or inside not; with count: slots, those slots.",
	Example: "{of: side-event-1, not: {slots: [morning], on: [mon]}, tier: 2}",
	New:     func() Rule { return &Times{} },
}

// Times asks that sessions keep to some slots, or off some.
type Times struct {
	Common
	Selection
	In  *TimeSet `key:"in" doc:"the times to keep to" eg:"{slots: [morning]}"`
	Not *TimeSet `key:"not" doc:"the times to keep off" eg:"{days: 2017-06-06..2017-06-23}"`
	Measure
}

// TimeSet is slots of days: those that all of its keys allow.
type TimeSet struct {
	source.Origin
	Days   []calendar.Range `key:"days" doc:"days and ranges of days" eg:"[2017-06-06..2017-06-23]"`
	On     []string         `key:"on" doc:"days of the week" eg:"[mon-wed]"`
	Slots  []string         `key:"slots" doc:"slots, by id or pattern" eg:"[morning]"`
	Tagged []string         `key:"tagged" doc:"slots that carry one of these tags" eg:"[after-lunch]"`
	set    calendar.DaySet
	slots  []bool // by position in the scenario
}

// Has tells whether the slot of the day is in the set.
func (x *TimeSet) Has(d calendar.Day, slot int) bool {
	inDays := len(x.Days) == 0 || slices.ContainsFunc(x.Days, func(r calendar.Range) bool { return r.Contains(d) })
	return inDays && x.set.Has(d) && x.slots[slot]
}

func (x *TimeSet) resolve(s *scenario.Scenario, problems *diag.List) {
	set, wrong, err := calendar.ParseDaySet(x.On)
	if err != nil {
		problems.Add(x.At("on", wrong), "on: "+err.Error(), "for example  on: [mon-wed]")
	}
	x.set = set
	var ids, tags []string
	for i := range s.Slots {
		ids, tags = append(ids, s.Slots[i].ID), append(tags, s.Slots[i].Tags...)
	}
	scenario.CheckSelector(x.Origin, "slots", x.Slots, ids, "slot", problems)
	for i, tag := range x.Tagged {
		if !slices.Contains(tags, tag) {
			problems.Add(x.At("tagged", i), fmt.Sprintf("no slot carries the tag %q", diag.Shorten(tag)), diag.Suggest(tag, tags, "add it to tags: of a slot"))
		}
	}
	if len(x.Days)+len(x.On)+len(x.Slots)+len(x.Tagged) == 0 {
		problems.Add(x.At(), "no times are named", "for example  {slots: [morning], on: [mon]}")
	}
	x.slots = make([]bool, len(s.Slots))
	for i := range s.Slots {
		carries := slices.ContainsFunc(x.Tagged, func(tag string) bool { return slices.Contains(s.Slots[i].Tags, tag) })
		x.slots[i] = (len(x.Slots) == 0 || scenario.Matches(x.Slots, ids[i])) && (len(x.Tagged) == 0 || carries)
	}
}

// words names the times: "the slots morning on 8 January 2018".
func (x *TimeSet) words() string {
	var parts []string
	if len(x.Slots) > 0 {
		what := "the slot "
		if len(x.Slots) > 1 || strings.Contains(x.Slots[0], "*") {
			what = "the slots "
		}
		parts = append(parts, what+spaced(patterns(x.Slots)))
	}
	if len(x.Tagged) > 0 {
		parts = append(parts, "slots tagged "+listed(x.Tagged, "or"))
	}
	if len(parts) == 0 {
		parts = append(parts, "slots")
	}
	if len(x.Days) > 0 {
		var days []string
		for _, r := range x.Days {
			days = append(days, r.Words())
		}
		parts = append(parts, "on "+listed(days, "and"))
	}
	if len(x.On) > 0 {
		parts = append(parts, "on "+listed(weekdays(x.On), "and"))
	}
	return strings.Join(parts, " ")
}

// weekdays writes days of the week in full: mon-wed is "Monday to Wednesday".
func weekdays(on []string) (out []string) {
	for _, text := range on {
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
			ends := strings.Split(strings.ToLower(word), "-")
			for i, end := range ends {
				for d := time.Sunday; d <= time.Saturday; d++ {
					if len(end) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), end) {
						ends[i] = d.String()
					}
				}
			}
			if len(ends) == 2 {
				out = append(out, strings.Join(ends, " to "))
			} else {
				out = append(out, strings.Join(ends, "-")) // a day, or a date
			}
		}
	}
	return out
}

func (r *Times) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.check(r.Origin, problems)
	if r.In == nil && r.Not == nil {
		problems.Add(r.At("of"), "the rule says neither in nor not", "for example  not: {slots: [morning]}")
	}
	for _, set := range []*TimeSet{r.In, r.Not} {
		if set != nil {
			set.resolve(s, problems)
		}
	}
}

func (r *Times) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

// Wrong tells whether the rule does not want a meeting in the slot of the day.
func (r *Times) Wrong(d calendar.Day, slot int) bool {
	return (r.In != nil && !r.In.Has(d, slot)) || (r.Not != nil && r.Not.Has(d, slot))
}

// Statement says what the rule asks.
func (r *Times) Statement(s *scenario.Scenario) string {
	var parts []string
	if r.In != nil {
		parts = append(parts, "meets in "+r.In.words())
	}
	if r.Not != nil {
		parts = append(parts, "keeps off "+r.Not.words())
	}
	return name(s, r.Sessions[0]) + " " + listed(parts, "and")
}

// Check counts sessions, or slots, at the wrong times.
func (r *Times) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		n, first := 0, ""
		for _, m := range x.Meetings {
			if r.Wrong(m.Day, f.slots[m.Slot]) {
				if n++; n == 1 {
					first = slotOf(m.Day, m.Slot)
				}
			}
		}
		if n == 0 {
			continue
		}
		excess := 1
		if r.BySlots() {
			excess = n
		}
		out = append(out, Finding{excess, fmt.Sprintf("%s meets at a time it should keep off: %s%s", name(f.S, at[i]), first, inSlots(n)), []string{x.ID}})
	}
	return out
}

// Ties ties nothing: the rule speaks of each session by itself.
func (r *Times) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions, Near: Apart} }
