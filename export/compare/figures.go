package compare

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Side is one plan with the scenario that it answers.
type Side struct {
	Name      string
	Scenario  *scenario.Scenario
	Instances []rule.Instance
	Plan      *plan.Plan
	Verdict   judge.Verdict
}

// claims tells whether what the plan file says to be proven was proven of this
// scenario, and not of another state of it.
func (x *Side) claims() bool {
	made := x.Plan.Scenario.SHA256
	return made == "" || made == plan.SourceOf(x.Scenario, "").SHA256
}

// Most is how many plans can be compared at once: as many as there are colours
// that can be told apart.
const Most = 8

// Comparison is what can be said of several plans side by side. In every list
// with one entry for each plan, the entries are in the order of the plans.
type Comparison struct {
	Plans      []Heading
	Tiers      []Tier
	Rules      []Rule // soft ones, by tier, then as in the scenarios
	Violations [][]judge.Measured
	Sessions   []Session     // by date
	Documents  []Document    // by date
	Moves      [][]plan.Move // what differs in each plan from the first
	Caps       []Cap
	Officers   []Officer
	Seats      []Seat
	Stations   []Station // those used by some plan
	Slack      []Slack
	Spread     []Spread
}

// Heading names one plan.
type Heading struct {
	Letter   string // A, B, C
	Name     string
	Scenario string // its title
	Mandate  string
	Optimal  bool // proven, as the plan file says and its costs bear out
	Feasible bool
	Meets    calendar.Range // first to last day; zero where nothing is held
}

// Tier is what one priority costs. Scenarios share it when they have it under
// the same title.
type Tier struct {
	Title string
	Costs []TierCost
}

// TierCost is the cost of one plan in one tier.
type TierCost struct {
	Number int // of the tier in its scenario, from 1; 0 where the scenario has no such tier
	Cost   int64
	Bound  int64 // proven lower bound
	Known  bool  // the plan file has a bound for this cost
}

// Rule is what one soft rule costs, with all parts it was split into.
type Rule struct {
	Tier    string // title
	Kind    string
	ID      string
	Mandate string
	Costs   []int64
	In      []bool // the scenario has the rule
}

// Session is when and where one session meets.
type Session struct {
	ID, Title string
	Held      []*plan.Session // nil where it is not
	In        []bool          // the scenario has the session
	Station   []string        // as printed
	Differs   []bool          // from the first plan
}

// Document is when one document is issued.
type Document struct {
	ID, Title string
	Issued    []*calendar.Day // nil where no day is known
	In        []bool
	Differs   []bool
}

// Cap is the working days that a rule of the kind day-cap speaks of.
type Cap struct {
	ID        string
	Statement string
	Mandate   string
	Used      []CapUse
}

// CapUse is the days one plan uses. Most is -1 where there is none.
type CapUse struct {
	In                bool
	Days, Least, Most int
}

// Officer is how much one officer travels.
type Officer struct {
	ID, Title string
	Travel    []Travel
}

// Travel is the sessions that an officer chairs, those of them away from the
// base, and the way there and back for each, along great circles.
type Travel struct {
	Known          bool // the scenario has the officer, with a base
	Chaired, Trips int
	Kilometres     float64
	Unmeasured     int // trips to or from stations without coordinates
}

// Seat is how a seat is spread over groups, for one rule of the kind balance.
type Seat struct {
	Seat, Over, Of string
	Mandate        string
	Groups         []Group
}

// Group is the seats that a group has in each plan; -1 where the scenario has
// no such rule.
type Group struct {
	Name  string
	Seats []int
}

// Station is how the interpreters of one station are used.
type Station struct {
	ID, Title string
	Use       []Use
}

// Use is the meetings at a station.
type Use struct {
	In          bool // the scenario has the station
	Meetings    int
	Interpreted int
	Peak        int // interpreted meetings at the same time, at most
	Teams       int // that the scenario gives the station; -1 where the host provides them
	BusiestWeek calendar.Day
	InThatWeek  int // meetings, interpreted or not
}

// Slack is the days in hand before one deadline of a document.
type Slack struct {
	Document string // title
	Before   string // what the deadline is for
	Days     []*int // calendar days, less than 0 when late; nil where there is no such deadline or no day
}

// Spread is the calendar days between sessions that follow each other: from
// the last day of one to the first day of the next in order of first days, 0
// when that is earlier.
type Spread struct {
	Of    string // all sessions, or a phase
	Stats []Stats
}

// Stats describes a sample. Deviation is that of a sample (divided by n-1).
type Stats struct {
	N               int
	Mean, Deviation float64 // NaN where the sample is too small
	Least, Most     float64
}

// Figures compares plans. The first is the one that others are held against.
func Figures(sides []Side) Comparison {
	c := Comparison{Moves: make([][]plan.Move, len(sides))}
	for i := range sides {
		c.Plans = append(c.Plans, heading(i, &sides[i]))
		c.Violations = append(c.Violations, sides[i].Verdict.Violations)
		if i > 0 {
			c.Moves[i] = plan.Moves(sides[i].Scenario, sides[0].Plan, sides[i].Plan)
		}
	}
	c.Tiers = tiers(sides)
	c.Rules = rules(sides, c.Tiers)
	c.Sessions = sessions(sides)
	c.Documents = documents(sides)
	c.Caps = caps(sides)
	c.Officers = officers(sides)
	c.Seats = seats(sides)
	c.Stations = stations(sides)
	c.Slack = slack(sides)
	c.Spread = spread(sides)
	return c
}

func heading(i int, x *Side) Heading {
	h := Heading{Letter: string(rune('A' + i)), Name: x.Name, Scenario: x.Scenario.Title, Mandate: x.Scenario.Mandate,
		Feasible: x.Verdict.Feasible()}
	h.Optimal = h.Feasible && x.claims() && x.Plan.Status == plan.Optimal && len(x.Plan.Tiers) == len(x.Verdict.Costs)
	for n, t := range x.Plan.Tiers {
		h.Optimal = h.Optimal && t.Proven && t.Tier == n+1 && t.Cost == x.Verdict.Costs[n]
	}
	for n, s := range x.Plan.Sessions {
		if n == 0 {
			h.Meets = calendar.Range{First: s.First(), Last: s.Last()}
		}
		h.Meets.First, h.Meets.Last = min(h.Meets.First, s.First()), max(h.Meets.Last, s.Last())
	}
	return h
}

// merged gives the keys of all sides: those of the first in order, and each
// that only a later one has after the key before it there.
func merged(sides []Side, keys func(*Side) []string) (out []string) {
	for i := range sides {
		at := 0
		for _, k := range keys(&sides[i]) {
			if known := slices.Index(out, k); known >= 0 {
				at = known + 1
			} else {
				out = slices.Insert(out, at, k)
				at++
			}
		}
	}
	return out
}

func tiers(sides []Side) (out []Tier) {
	for _, title := range merged(sides, func(x *Side) []string { return x.Scenario.Priorities }) {
		t := Tier{Title: title}
		for i := range sides {
			cost, x := TierCost{}, &sides[i]
			if at := slices.Index(x.Scenario.Priorities, title); at >= 0 {
				cost.Number, cost.Cost = at+1, x.Verdict.Costs[at]
				for _, claim := range x.Plan.Tiers {
					if x.claims() && claim.Tier == at+1 && claim.Cost == cost.Cost {
						cost.Bound, cost.Known = claim.Bound, true
					}
				}
			}
			t.Costs = append(t.Costs, cost)
		}
		out = append(out, t)
	}
	return out
}

// part is what rule.Of puts behind the id of a rule that it split.
var part = regexp.MustCompile(` #[0-9]+$`)

// whole gives the id of the rule that an instance is a part of.
func whole(in *rule.Instance) string { return part.ReplaceAllString(in.ID, "") }

func rules(sides []Side, tiers []Tier) []Rule {
	var out []Rule
	type key struct{ tier, kind, id string }
	at := map[key]int{}
	find := func(x *Side, in *rule.Instance) *Rule {
		k := key{x.Scenario.Priorities[in.Tier-1], in.Kind, whole(in)}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			out = append(out, Rule{k.tier, k.kind, k.id, in.Mandate, make([]int64, len(sides)), make([]bool, len(sides))})
		}
		if out[i].Mandate != in.Mandate { // parts of several sessions, each with its paragraph
			out[i].Mandate = ""
		}
		return &out[i]
	}
	for n := range sides {
		x := &sides[n]
		for i := range x.Instances {
			if in := &x.Instances[i]; !in.Hard() {
				find(x, in).In[n] = true
			}
		}
		for _, m := range x.Verdict.Priced {
			find(x, m.Instance).Costs[n] += m.Cost()
		}
	}
	order := func(title string) int {
		return slices.IndexFunc(tiers, func(t Tier) bool { return t.Title == title })
	}
	slices.SortStableFunc(out, func(a, b Rule) int { return cmp.Compare(order(a.Tier), order(b.Tier)) })
	return out
}

func sessions(sides []Side) (out []Session) {
	first := map[string]calendar.Day{}
	for _, id := range merged(sides, func(x *Side) []string { return x.Scenario.SessionIDs() }) {
		s := Session{ID: id}
		for i := range sides {
			x := &sides[i]
			at, held := x.Scenario.Session(id), x.Plan.Session(id)
			station := ""
			if at >= 0 && s.Title == "" {
				s.Title = x.Scenario.Sessions[at].Name()
			}
			if held != nil {
				station = stationName(x.Scenario, held.Station)
				if _, known := first[id]; !known {
					first[id] = held.First()
				}
			}
			s.In, s.Held, s.Station = append(s.In, at >= 0), append(s.Held, held), append(s.Station, station)
			s.Differs = append(s.Differs, !alike(s.Held[0], held))
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Session) int {
		x, held := first[a.ID]
		y, too := first[b.ID]
		if !held || !too {
			return cmp.Compare(boolean(too), boolean(held)) // what is never held comes last
		}
		return cmp.Compare(x, y)
	})
	return out
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}

// alike tells whether a session meets on the same days at the same station.
func alike(a, b *plan.Session) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Station == b.Station && slices.Equal(a.Days, b.Days)
}

func stationName(s *scenario.Scenario, id string) string {
	if i := s.Station(id); i >= 0 {
		return s.Stations[i].Name()
	}
	return id
}

func documents(sides []Side) (out []Document) {
	first := map[string]calendar.Day{}
	for _, id := range merged(sides, func(x *Side) []string { return x.Scenario.DocumentIDs() }) {
		d := Document{ID: id}
		for i := range sides {
			x := &sides[i]
			at := x.Scenario.Document(id)
			if at >= 0 && d.Title == "" {
				d.Title = x.Scenario.Documents[at].Name()
			}
			var issued *calendar.Day
			if known := x.Plan.Document(id); known != nil {
				issued = &known.Issued
				if _, seen := first[id]; !seen {
					first[id] = *issued
				}
			}
			d.In, d.Issued = append(d.In, at >= 0), append(d.Issued, issued)
			was := d.Issued[0]
			d.Differs = append(d.Differs, (was == nil) != (issued == nil) || (was != nil && *was != *issued))
		}
		if _, known := first[id]; known {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b Document) int { return cmp.Compare(first[a.ID], first[b.ID]) })
	return out
}

func caps(sides []Side) (out []Cap) {
	at := map[string]int{}
	for n := range sides {
		x := &sides[n]
		for i := range x.Instances {
			in := &x.Instances[i]
			r, ok := in.Rule.(*rule.DayCap)
			if !ok {
				continue
			}
			k, known := at[in.ID]
			if !known {
				k = len(out)
				at[in.ID] = k
				out = append(out, Cap{in.ID, r.Statement(x.Scenario), in.Mandate, make([]CapUse, len(sides))})
			}
			use := CapUse{In: true}
			use.Least, use.Most = r.Bounds()
			for _, s := range r.Sessions {
				if held := x.Plan.Session(x.Scenario.Sessions[s].ID); held != nil {
					use.Days += len(held.Days)
				}
			}
			out[k].Used[n] = use
		}
	}
	return out
}

func officers(sides []Side) (out []Officer) {
	ids := merged(sides, func(x *Side) (ids []string) {
		for i := range x.Scenario.Officers {
			ids = append(ids, x.Scenario.Officers[i].ID)
		}
		return ids
	})
	for _, id := range ids {
		o, chairs := Officer{ID: id}, false
		for n := range sides {
			s := sides[n].Scenario
			at := slices.IndexFunc(s.Officers, func(x scenario.Officer) bool { return x.ID == id })
			travel := Travel{}
			if at >= 0 {
				if o.Title == "" {
					o.Title = s.Officers[at].Name()
				}
				travel = travelOf(&sides[n], at)
			}
			chairs = chairs || travel.Chaired > 0
			o.Travel = append(o.Travel, travel)
		}
		if chairs {
			out = append(out, o)
		}
	}
	return out
}

func travelOf(x *Side, officer int) Travel {
	s := x.Scenario
	base := s.Officers[officer].Based
	t := Travel{Known: base != ""}
	for i := range s.Sessions {
		held := x.Plan.Session(s.Sessions[i].ID)
		if held == nil || !slices.Contains(s.Sessions[i].OfficerIDs, officer) {
			continue
		}
		t.Chaired++
		if !t.Known || held.Station == base {
			continue
		}
		t.Trips++
		from, to := coordinates(s, base), coordinates(s, held.Station)
		if from == nil || to == nil {
			t.Unmeasured++
			continue
		}
		t.Kilometres += 2 * distance(from, to)
	}
	return t
}

// coordinates gives latitude and longitude in degrees, nil where the station
// has none.
func coordinates(s *scenario.Scenario, id string) []float64 {
	if i := s.Station(id); i >= 0 && len(s.Stations[i].Coordinates) == 2 {
		return s.Stations[i].Coordinates
	}
	return nil
}

// earth is the mean radius of the Earth in kilometres (IUGG).
const earth = 6371.0088

// distance gives the great circle distance in kilometres of two places in
// degrees, by the haversine formula, which stays exact for short ways.
func distance(a, b []float64) float64 {
	const degree = math.Pi / 180
	lat, long := (b[0]-a[0])*degree, (b[1]-a[1])*degree
	h := math.Pow(math.Sin(lat/2), 2) + math.Cos(a[0]*degree)*math.Cos(b[0]*degree)*math.Pow(math.Sin(long/2), 2)
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}

func seats(sides []Side) (out []Seat) {
	type key struct{ seat, over, of string }
	at := map[key]int{}
	for n := range sides {
		x := &sides[n]
		for i := range x.Instances {
			r, ok := x.Instances[i].Rule.(*rule.Balance)
			if !ok {
				continue
			}
			k := key{r.Seat, x.Scenario.In("en", r.Over), strings.Join(r.Of, ", ")}
			p, known := at[k]
			if !known {
				p = len(out)
				at[k] = p
				out = append(out, Seat{Seat: k.seat, Over: k.over, Of: k.of, Mandate: x.Instances[i].Mandate})
			}
			count := sitting(x, r)
			for _, value := range r.Values {
				name := x.Scenario.In("en", value)
				g := slices.IndexFunc(out[p].Groups, func(g Group) bool { return g.Name == name })
				if g < 0 {
					g = len(out[p].Groups)
					out[p].Groups = append(out[p].Groups, Group{name, slices.Repeat([]int{-1}, len(sides))})
				}
				out[p].Groups[g].Seats[n] = count[value]
			}
		}
	}
	return out
}

// sitting counts the seats by group.
func sitting(x *Side, r *rule.Balance) map[string]int {
	count := map[string]int{}
	for _, i := range r.Sessions {
		session := &x.Scenario.Sessions[i]
		held := x.Plan.Session(session.ID)
		if held == nil {
			continue
		}
		for _, m := range held.Meetings {
			for _, id := range m.Seats[r.Seat] {
				for _, g := range groupsOf(x.Scenario, session, m.Kind, r.Seat, id, r.Over) {
					count[g]++
				}
			}
		}
	}
	return count
}

// groupsOf looks a member up in the rosters of the seat and gives the values
// of the column.
func groupsOf(s *scenario.Scenario, session *scenario.Session, kind, seat, id, column string) []string {
	for _, k := range session.Programmed {
		for _, x := range k.Seats {
			if k.Kind != kind || x.ID != seat {
				continue
			}
			for _, from := range x.From {
				if r := s.Roster(from); r != nil {
					if m := r.Table.Member(id); m != nil {
						return m.Values[column]
					}
				}
			}
		}
	}
	return nil
}

func stations(sides []Side) (out []Station) {
	for _, id := range merged(sides, func(x *Side) []string { return x.Scenario.StationIDs() }) {
		st, used := Station{ID: id}, false
		for n := range sides {
			s := sides[n].Scenario
			at := s.Station(id)
			use := Use{}
			if at >= 0 {
				if st.Title == "" {
					st.Title = s.Stations[at].Name()
				}
				use = useOf(&sides[n], at)
			}
			used = used || use.Meetings > 0
			st.Use = append(st.Use, use)
		}
		if used {
			out = append(out, st)
		}
	}
	return out
}

func useOf(x *Side, station int) Use {
	st := &x.Scenario.Stations[station]
	u := Use{In: true, Teams: -1}
	if st.Interpretation != nil {
		u.Teams = st.Interpretation.Teams
	}
	type slot struct {
		day  calendar.Day
		slot string
	}
	at := map[slot]int{}
	for i := range x.Plan.Sessions {
		if x.Plan.Sessions[i].Station != st.ID {
			continue
		}
		for _, m := range x.Plan.Sessions[i].Meetings {
			u.Meetings++
			if m.Interpretation != "" {
				u.Interpreted++
				at[slot{m.Day, m.Slot}]++
				u.Peak = max(u.Peak, at[slot{m.Day, m.Slot}])
			}
		}
	}
	weeks := perWeek(x.Plan, st.ID)
	for _, monday := range slices.Sorted(maps.Keys(weeks)) {
		if weeks[monday] > u.InThatWeek {
			u.BusiestWeek, u.InThatWeek = monday, weeks[monday]
		}
	}
	return u
}

// perWeek counts the meetings at a station by the Monday of their week.
func perWeek(p *plan.Plan, station string) map[calendar.Day]int {
	out := map[calendar.Day]int{}
	for i := range p.Sessions {
		if p.Sessions[i].Station == station {
			for _, m := range p.Sessions[i].Meetings {
				out[m.Day.Monday()]++
			}
		}
	}
	return out
}

// due is a deadline of a document in one plan.
type due struct {
	document, before string
	last             calendar.Day
	known            bool
}

func slack(sides []Side) (out []Slack) {
	type key struct{ document, before string }
	at := map[key]int{}
	for n := range sides {
		x := &sides[n]
		for i := range x.Scenario.Documents {
			d := &x.Scenario.Documents[i]
			for _, deadline := range deadlines(x, d) {
				k := key{d.ID, deadline.before}
				p, seen := at[k]
				if !seen {
					p = len(out)
					at[k] = p
					out = append(out, Slack{d.Name(), deadline.before, make([]*int, len(sides))})
				}
				if issued := x.Plan.Document(d.ID); issued != nil && deadline.known {
					days := int(deadline.last - issued.Issued)
					out[p].Days[n] = &days
				}
			}
		}
	}
	return out
}

// deadlines gives the last days of issue that the keys of a document ask for.
func deadlines(x *Side, d *scenario.Document) (out []due) {
	if d.Deadline != nil {
		out = append(out, due{d.ID, "its deadline", *d.Deadline, true})
	}
	if d.Between != nil {
		out = append(out, due{d.ID, "the end of its window", d.Between.Last, true})
	}
	for _, b := range rule.Needed(x.Scenario, d) {
		name, first, known := start(x, b.ID)
		out = append(out, due{d.ID, b.By.String() + " before " + name, b.By.Before(first, scenario.Weekdays), known})
	}
	return out
}

// start gives the name and first day of a session, document or event; the day
// is not known when it is not held.
func start(x *Side, id string) (string, calendar.Day, bool) {
	if i := x.Scenario.Session(id); i >= 0 {
		name := "“" + x.Scenario.Sessions[i].Name() + "”"
		if held := x.Plan.Session(id); held != nil {
			return name, held.First(), true
		}
		return name, 0, false
	}
	if i := x.Scenario.Document(id); i >= 0 {
		name := "“" + x.Scenario.Documents[i].Name() + "”"
		if d := x.Plan.Document(id); d != nil {
			return name, d.Issued, true
		}
		return name, 0, false
	}
	for i := range x.Scenario.Events {
		if e := &x.Scenario.Events[i]; e.ID == id {
			return e.Name(), e.Days.First, true
		}
	}
	return id, 0, false
}

func spread(sides []Side) []Spread {
	out := []Spread{{Of: "all sessions"}}
	for n := range sides {
		out[0].Stats = append(out[0].Stats, statsOf(sides[n].Plan, func(string) bool { return true }))
	}
	phases := merged(sides, func(x *Side) (ids []string) {
		for i := range x.Scenario.Phases {
			ids = append(ids, x.Scenario.Phases[i].ID)
		}
		return ids
	})
	for _, id := range phases {
		row, some := Spread{}, false
		for n := range sides {
			s, stats := sides[n].Scenario, Stats{Mean: math.NaN(), Deviation: math.NaN()}
			for i := range s.Phases {
				if ph := &s.Phases[i]; ph.ID == id {
					row.Of = cmp.Or(row.Of, ph.Title, ph.ID)
					stats = statsOf(sides[n].Plan, func(id string) bool { return scenario.Matches(ph.Of, id) })
				}
			}
			some = some || stats.N > 0
			row.Stats = append(row.Stats, stats)
		}
		if some {
			out = append(out, row)
		}
	}
	return out
}

// statsOf describes the days between the selected sessions of a plan.
func statsOf(p *plan.Plan, selected func(id string) bool) Stats {
	var held []*plan.Session
	for i := range p.Sessions {
		if selected(p.Sessions[i].ID) {
			held = append(held, &p.Sessions[i])
		}
	}
	slices.SortStableFunc(held, func(a, b *plan.Session) int {
		return cmp.Or(cmp.Compare(a.First(), b.First()), cmp.Compare(a.Last(), b.Last()))
	})
	var gaps []float64
	for i := 1; i < len(held); i++ {
		gaps = append(gaps, float64(max(0, held[i].First()-held[i-1].Last())))
	}
	out := Stats{N: len(gaps), Mean: math.NaN(), Deviation: math.NaN()}
	if len(gaps) > 0 {
		out.Least, out.Most = slices.Min(gaps), slices.Max(gaps)
		out.Mean, out.Deviation = stat.MeanStdDev(gaps, nil) // the deviation of one is NaN
	}
	return out
}
