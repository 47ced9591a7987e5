package explain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// ByHand is a constraint that no word of source.Set changes.
type ByHand struct {
	Instance *rule.Instance
	To       string // what it has to say, such as "at-least: 8 working days"; "" where that is not known
}

// Changes gives what has to change in a scenario so that a way out is a plan
// that keeps its rules, in the words of source.Set, and the constraints that no
// such word changes: these have to be changed by hand.
//
// What a session's or document's own keys say is widened as far as the plan
// needs. A rule in the list of rules is widened where it has a figure of days or
// numbers, and otherwise priced in the last tier instead of being hard; that takes an id
// by which it can be named.
func (w *WayOut) Changes(s *scenario.Scenario) (set []string, byHand []ByHand) {
	c := &change{s: s, facts: rule.NewFacts(s, w.Plan), plan: w.Plan, values: map[string]string{}, days: map[string]calendar.Range{},
		durations: map[string]calendar.Duration{}, least: map[string]int{}, steps: map[string]int{}, relieved: map[string][]string{}, freed: map[string][]string{}}
	for _, m := range w.Bent {
		if c.bend(m.Instance, m.Finding) {
			continue
		}
		if known := slices.IndexFunc(byHand, func(b ByHand) bool { return b.Instance == m.Instance }); known < 0 {
			byHand = append(byHand, ByHand{m.Instance, c.hint})
		} else if c.hint != "" {
			byHand[known].To = c.hint
		}
	}
	c.more(w.More)
	for _, path := range c.paths {
		set = append(set, path+"="+c.values[path])
	}
	return set, byHand
}

// change is one run of Changes.
type change struct {
	s         *scenario.Scenario
	facts     *rule.Facts
	plan      *plan.Plan
	paths     []string // in order
	values    map[string]string
	days      map[string]calendar.Range    // of the paths that are stretches of days
	durations map[string]calendar.Duration // of the paths that are durations
	least     map[string]int               // of the paths that are counts of meetings
	steps     map[string]int               // of the paths that are figures of listed rules, by how many they are looser
	hint      string                       // what a constraint has to say that no flag changes
	relieved  map[string][]string          // by session, the officers who no longer chair it
	freed     map[string][]string          // by the path of a document, what it no longer draws on
}

// put changes a value; what was said of it before is replaced. It tells whether a
// flag can: for a rule without an id it only leaves a hint.
func (c *change) put(path, value string) bool {
	if strings.HasPrefix(path, nameless) {
		c.hint = path[strings.LastIndex(path, ".")+1:] + ": " + value
		return false
	}
	if _, known := c.values[path]; !known {
		c.paths = append(c.paths, path)
	}
	c.values[path] = value
	return true
}

// bend changes what makes a finding, and tells whether it could.
func (c *change) bend(in *rule.Instance, found rule.Finding) bool {
	c.hint = ""
	listed := listed(in)
	switch r := in.Rule.(type) {
	case *rule.Window:
		if !r.Has("of") {
			listed = "sessions." + c.session(r).ID
		}
		return c.between(listed, r.Between, r.Sessions[0])
	case *rule.Phase:
		for i, p := range c.s.Phases {
			if p.At() != r.At() {
				continue
			}
			listed = "phases." + p.ID
			if x := c.facts.Session(r.Sessions[0]); i > 0 && x != nil && x.First() < c.s.Phases[i-1].Between.First {
				// Phases are listed in the order in which they start, which no flag changes.
				c.hint = fmt.Sprintf("between: %s, listed before %s", calendar.Range{First: x.First(), Last: max(x.Last(), r.Between.Last)}, c.s.Phases[i-1].ID)
				return false
			}
		}
		return c.between(listed, r.Between, r.Sessions[0])
	case *rule.DayCap:
		return c.dayCap(listed, r)
	case *rule.TravelBudget:
		return c.put(listed+".at-most", strconv.Itoa(r.AtMost+found.Excess))
	case *rule.Pin:
		return c.put("sessions."+c.session(r).ID+".pin", "null")
	}
	if selecting, ok := in.Rule.(interface{ Has(key string) bool }); ok && !selecting.Has("of") {
		return c.key(in.Rule, found)
	}
	if c.loosen(listed, in.Rule) {
		return true
	}
	return c.hint == "" && len(c.s.Priorities) > 0 && c.put(listed+".tier", strconv.Itoa(len(c.s.Priorities)))
}

// key changes a session's, document's or officer's own key.
func (c *change) key(r rule.Rule, found rule.Finding) bool {
	switch r := r.(type) {
	case *rule.Held:
		return c.put("sessions."+c.session(r).ID+".optional", "yes")
	case *rule.Interpretation:
		return c.put("sessions."+c.session(r).ID+".interpretation", scenario.AsAvailable)
	case *rule.Span:
		x := c.facts.Session(r.Sessions[0])
		return c.put("sessions."+x.ID+".within", calendar.Duration{N: int(x.Last()-x.First()) + 1, Unit: calendar.Days}.Plain())
	case *rule.Venue:
		return c.put("sessions."+c.session(r).ID+".at", "["+strings.Join(append(slices.Clone(r.At), c.facts.Session(r.Sessions[0]).Station), ", ")+"]")
	case *rule.Programme:
		return c.programme(r)
	case *rule.Length:
		n := len(c.facts.Session(r.Sessions[0]).Days)
		return c.put("sessions."+c.session(r).ID+".days", count(min(r.Days.Min, n), max(r.Days.Max, n)))
	case *rule.Before:
		return c.before(r)
	case *rule.ChairedBy:
		if r.Part == rule.Pairwise {
			return c.relieve(r, found)
		}
		return c.present(r)
	case *rule.Document:
		return c.document(r)
	}
	return false
}

// session gives the only session of a rule.
func (c *change) session(r interface{ Selected() *rule.Selection }) *scenario.Session {
	return &c.s.Sessions[r.Selected().Sessions[0]]
}

// nameless begins the path of a listed rule that has no id.
const nameless = "rules.?"

// listed gives the path of a listed rule.
func listed(in *rule.Instance) string {
	if in.Rule.Named() == "" {
		return fmt.Sprint(nameless, in.Place)
	}
	return "rules." + in.Rule.Named()
}

// between widens a stretch of days to those of the plan.
func (c *change) between(where string, days calendar.Range, session int) bool {
	x := c.facts.Session(session)
	if x == nil {
		return false
	}
	return c.stretch(where+".between", days, x.First(), x.Last())
}

// stretch widens a stretch of days, or what it was widened to before.
func (c *change) stretch(path string, days calendar.Range, first, last calendar.Day) bool {
	if wider, known := c.days[path]; known {
		days = wider
	}
	c.days[path] = calendar.Range{First: min(days.First, first), Last: max(days.Last, last)}
	return c.put(path, c.days[path].String())
}

// before widens a gap to that of the plan; where the order is the other way
// round, it goes.
func (c *change) before(r *rule.Before) bool {
	a, b := c.facts.Session(r.Sessions[0]), c.facts.Session(r.Later[0])
	path := fmt.Sprintf("sessions.%s.after.%s", b.ID, a.ID)
	if !slices.ContainsFunc(c.s.Sessions[r.Later[0]].After, func(l scenario.Link) bool { return l.ID == a.ID }) {
		path = fmt.Sprintf("sessions.%s.before.%s", a.ID, b.ID)
	}
	if b.First() <= a.Last() {
		return c.put(path, "null")
	}
	open, gap, unit := c.facts.Station(b).Open, r.Gap, "days"
	for gap.Least.N > 1 && gap.Least.After(a.Last(), open) > b.First() {
		gap.Least.N--
	}
	for !gap.Open() && gap.Most.After(a.Last(), open) < b.First() {
		gap.Most.N++
	}
	if gap.Least.Unit == calendar.WorkingDays {
		unit = "working days"
	}
	return c.put(path, count(gap.Least.N, gap.Most.N)+" "+unit)
}

// relieve has an officer no longer chair the later one of two sessions that come
// too close.
func (c *change) relieve(r *rule.ChairedBy, found rule.Finding) bool {
	x := c.plan.Session(found.Sessions[0])
	if y := c.plan.Session(found.Sessions[1]); y.First() > x.First() {
		x = y
	}
	c.relieved[x.ID] = append(c.relieved[x.ID], c.s.Officers[r.Officers[0]].ID)
	var rest []string
	for _, i := range c.s.Sessions[c.s.Session(x.ID)].OfficerIDs {
		if id := c.s.Officers[i].ID; !slices.Contains(c.relieved[x.ID], id) {
			rest = append(rest, id)
		}
	}
	return c.put(fmt.Sprintf("sessions.%s.chaired-by", x.ID), "["+strings.Join(rest, ", ")+"]")
}

// present takes the days of the plan out of those when an officer is away.
func (c *change) present(r *rule.ChairedBy) bool {
	o := &c.s.Officers[r.Officers[0]]
	needed := func(d calendar.Day) bool {
		return slices.ContainsFunc(r.Own(), func(i int) bool {
			x := c.facts.Session(i)
			return x != nil && slices.Contains(x.Days, d)
		})
	}
	var away []string
	for _, stretch := range o.Away {
		for d := stretch.Days.First; d <= stretch.Days.Last; d++ {
			last := d
			for last <= stretch.Days.Last && !needed(last) {
				last++
			}
			if last > d {
				part := calendar.Range{First: d, Last: last - 1}.String()
				if stretch.Note != "" {
					part = fmt.Sprintf("{days: %s, note: %s}", part, strconv.Quote(stretch.Note))
				}
				away = append(away, part)
			}
			d = last
		}
	}
	return c.put(fmt.Sprintf("officers.%s.away", o.ID), "["+strings.Join(away, ", ")+"]")
}

// programme lowers how many meetings of a kind a programme asks for to those that the
// sessions have in the plan. What was lowered for another session of it stays.
func (c *change) programme(r *rule.Programme) bool {
	x := c.session(r)
	has := map[string]int{}
	for _, m := range c.facts.Session(r.Sessions[0]).Meetings {
		has[m.Kind]++
	}
	for k, own := range r.Own {
		kind := x.Programmed[k].Kind
		path := fmt.Sprintf("programmes.%s.meetings.%s.count", x.Programme, kind)
		if least, known := c.least[path]; has[kind] < own.Min && (!known || has[kind] < least) {
			c.least[path] = has[kind]
			c.put(path, count(has[kind], own.Max))
		}
	}
	return true
}

// dayCap moves the bound of a cap to what the plan takes.
func (c *change) dayCap(where string, r *rule.DayCap) bool {
	days := 0
	held, _ := c.facts.Held(r.Sessions)
	for _, x := range held {
		days += len(x.Days)
	}
	key := "at-least"
	if _, most := r.Bounds(); r.Exactly != nil {
		key = "exactly"
	} else if most >= 0 && days > most {
		key = "at-most"
	}
	return c.put(where+"."+key, strconv.Itoa(days))
}

// more adds rooms and teams.
func (c *change) more(more []scenario.More) {
	with := c.s.With(more)
	for st := range c.s.Stations {
		where := "stations." + c.s.Stations[st].ID
		if teams := with.Stations[st].Interpretation; teams != c.s.Stations[st].Interpretation {
			var off []string
			for _, o := range teams.Off {
				off = append(off, fmt.Sprintf("{teams: %d, days: %s}", o.Teams, o.Days))
			}
			c.put(where+".interpretation.teams", strconv.Itoa(teams.Teams))
			c.put(where+".interpretation.off", "["+strings.Join(off, ", ")+"]")
		}
		var rooms []string
		for _, r := range with.Stations[st].Rooms[len(c.s.Stations[st].Rooms):] {
			var closed, tags []string
			for _, x := range r.Closed {
				if x.Days.Len() > 0 {
					closed = append(closed, x.Days.String())
				}
			}
			for _, tag := range r.Tags {
				tags = append(tags, strconv.Quote(tag))
			}
			rooms = append(rooms, fmt.Sprintf("%s: {seats: %d, booths: %d, tags: [%s], closed: [%s]}", strconv.Quote(r.ID), r.Seats, r.Booths,
				strings.Join(tags, ", "), strings.Join(closed, ", ")))
		}
		if len(rooms) > 0 {
			c.put(where+".rooms", "{"+strings.Join(rooms, ", ")+"}")
		}
	}
}

// count writes a count as a scenario has it.
func count(least, most int) string {
	switch {
	case most >= source.NoMost:
		return fmt.Sprintf("%d..", least)
	case least == most:
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d..%d", least, most)
}
