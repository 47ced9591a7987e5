package rule

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Rule is one statement about plans.
type Rule interface {
	// Statement says what the rule asks, in a sentence without a full stop.
	Statement(s *scenario.Scenario) string
	// Check measures by how much the plan exceeds the rule: one finding for
	// each place, none where the rule is kept. The excess of the plan is the
	// sum over the findings.
	Check(f *Facts) []Finding

	// Ties says which sessions and documents the rule makes depend on each
	// other: what no rule ties can be planned apart.
	Ties(s *scenario.Scenario) Tie

	// Named gives the id by which a variant can change the rule, "" for none.
	Named() string
	common() *Common
	// resolve looks up what the rule names and adds a problem for what it
	// does not find. It is called once, before anything else.
	resolve(s *scenario.Scenario, problems *diag.List)
	// split gives the rule as parts that can be blamed one by one.
	split(s *scenario.Scenario) []Rule
}

// Looking is a rule that looks at columns of rosters: members who differ in
// them are not alike.
type Looking interface{ Columns() []string }

// Naming is a rule that names members: each differs from all others.
type Naming interface{ Names() []string }

// Common is what every rule has besides its own fields.
type Common struct {
	source.Origin
	ID      string `key:"id" doc:"a name by which a variant can change the rule" eg:"twelve-days"`
	Tier    int    `key:"tier" doc:"makes the rule soft: the number of the priority in which its excess is priced" eg:"2"`
	Weight  int    `key:"weight" doc:"price of one unit of excess, 1 where nothing is said" eg:"3"`
	Mandate string `key:"mandate" doc:"the paragraph it comes from" eg:"16"`
	Note    string `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

func (c *Common) common() *Common { return c }

// Named gives the id by which a variant can change the rule, "" when it has
// none: what keys of the scenario stand for has none.
func (c *Common) Named() string { return c.ID }

// MostWeight bounds a rule's weight, so that sums of costs stay exact.
const MostWeight = 1_000_000

// MostParts bounds the parts that all rules of a scenario are split into.
const MostParts = 300_000

// Finding is one excess over a rule in a plan.
type Finding struct {
	Excess   int      // in the rule's unit, more than 0
	Text     string   // the finding's sentence
	Sessions []string // ids of the sessions concerned
}

// Instance is a rule of a scenario that can be blamed by itself.
type Instance struct {
	Kind    string
	ID      string // unique in the scenario
	Tier    int    // 0 for a hard constraint
	Weight  int64  // of one unit of excess, for a soft one
	Mandate string
	Note    string
	Place   diag.Place
	Rule    Rule
}

// Hard tells whether the rule has to hold.
func (in *Instance) Hard() bool { return in.Tier == 0 }

// Paragraph gives the mandate in words, " (paragraph 16)", or "".
func (in *Instance) Paragraph() string {
	switch {
	case in.Mandate == "":
		return ""
	case strings.ContainsAny(in.Mandate, ",;"):
		return " (paragraphs " + in.Mandate + ")"
	}
	return " (paragraph " + in.Mandate + ")"
}

// Kind describes one kind of rule.
type Kind struct {
	Name    string
	Doc     string // what it asks, for the documentation
	Unit    string // what its excess counts
	Example string // a body as it stands under rules:, "" when only keys of sessions and documents make it
	New     func() Rule
	// derive gives the rules of this kind that keys of the scenario stand for.
	derive func(s *scenario.Scenario) []Rule
	// Structural rules are always hard: a plan that breaks them is no plan.
	Structural bool
}

// KindNamed gives the kind with the name, nil when there is none.
func KindNamed(name string) *Kind {
	for i := range Kinds {
		if Kinds[i].Name == name {
			return &Kinds[i]
		}
	}
	return nil
}

// Of reads a scenario's rules: those its keys stand for and those listed.
func Of(s *scenario.Scenario) ([]Instance, diag.List) {
	var problems diag.List
	var out []Instance
	parts, ids := 0, map[string]int{}
	add := func(kind *Kind, rules []Rule) {
		for _, whole := range rules {
			n := pieces(s, whole)
			if parts+n > MostParts {
				if parts <= MostParts {
					problems.Add(whole.common().At(), fmt.Sprintf("the rules make more than %d parts: one for each session, or each pair of sessions", MostParts), "select fewer sessions")
				}
				parts = MostParts + 1
				return
			}
			split := whole.split(s)
			parts += max(n, len(split))
			for _, r := range split {
				c := r.common()
				id := c.ID
				if id == "" {
					id = kind.Name
				}
				ids[id]++
				if again := ids[id]; again > 1 {
					id = fmt.Sprintf("%s #%d", id, again)
				}
				weight := int64(c.Weight)
				if c.Weight == 0 && !c.Has("weight") {
					weight = 1
				}
				out = append(out, Instance{Kind: kind.Name, ID: id, Tier: c.Tier, Weight: weight,
					Mandate: c.Mandate, Note: c.Note, Place: c.At(), Rule: r})
			}
		}
	}
	for i := range Kinds {
		if k := &Kinds[i]; k.derive != nil {
			rules := k.derive(s)
			for _, r := range rules {
				r.resolve(s, &problems)
			}
			add(k, rules)
		}
	}
	named := map[string]diag.Place{}
	for _, node := range s.Rules {
		kind, r := read(s, node, &problems)
		if r == nil {
			continue
		}
		if id := r.common().ID; id != "" {
			if first, twice := named[id]; twice {
				problems.Add(r.common().At("id"), fmt.Sprintf("the id %q is used twice in rules; the first is on line %d", diag.Shorten(id), first.Line), "give one of them another id")
			}
			named[id] = r.common().At("id")
		}
		add(kind, []Rule{r})
	}
	return out, problems
}

// pieces gives how many parts a rule will be split into, or how many pairs it
// speaks of, at least where they can be very many.
func pieces(s *scenario.Scenario, r Rule) int {
	switch r := r.(type) {
	case *Overlap:
		if len(r.With) > 0 {
			return r.pairs()
		}
	case interface{ pairs() int }:
		return r.pairs()
	case *Rest:
		return len(r.Sessions) * (len(r.Sessions) - 1) / 2
	case *Before:
		return len(r.Sessions) * len(r.Later)
	case *Document:
		if len(r.Of) > 0 { // not one that a document's own keys stand for
			return len(r.Documents) * (len(s.Referred(r.After)) + len(s.Referred(r.Before)))
		}
	}
	return 1
}

// read reads one item under rules:.
func read(s *scenario.Scenario, node *source.Node, problems *diag.List) (*Kind, Rule) {
	var names []string
	for _, k := range Kinds {
		if k.Example != "" {
			names = append(names, k.Name)
		}
	}
	if node == nil {
		return nil, nil // nothing stood in the list, which was reported
	}
	if node.Kind != source.Mapping || len(node.Keys) != 1 {
		problems.Add(node.Place, "a rule is written as its kind and its fields", "for example  - day-cap: {of: thematic-*, at-most: 12}")
		return nil, nil
	}
	name := node.Keys[0].Value
	kind := KindNamed(name)
	if kind == nil || kind.Example == "" {
		problems.Add(node.Keys[0].Place, fmt.Sprintf("there is no kind of rule called %q", diag.Shorten(name)), diag.Suggest(name, names, "docs/rules.md says what each kind is for: "+strings.Join(names, ", ")))
		return nil, nil
	}
	r := kind.New()
	before := len(*problems)
	source.Decode(node.Items[0], r, problems)
	c := r.common()
	if c.Tier > len(s.Priorities) || (len(*problems) == before && c.Has("tier") && c.Tier < 1) {
		problems.Add(c.At("tier"), fmt.Sprintf("there is no tier %d; priorities lists %d", c.Tier, len(s.Priorities)), "tiers are numbered from 1, the best, in the order of priorities")
	}
	if c.Weight > MostWeight || (len(*problems) == before && c.Has("weight") && c.Weight < 1) {
		problems.Add(c.At("weight"), fmt.Sprintf("a weight is between 1 and %d", MostWeight), "leave it out for 1")
	}
	if c.Has("weight") && !c.Has("tier") {
		problems.Add(c.At("weight"), "a weight prices a soft rule, but the rule has no tier", "add  tier: 1, or take the weight out")
	}
	if len(*problems) > before {
		return nil, nil
	}
	r.resolve(s, problems)
	if len(*problems) > before {
		return nil, nil
	}
	return kind, r
}

// Selection is the sessions that a rule speaks of.
type Selection struct {
	Of       []string `key:"of,required" doc:"sessions, by id or pattern" eg:"thematic-*"`
	Sessions []int    // positions in the scenario
}

func (x *Selection) find(s *scenario.Scenario, o source.Origin, problems *diag.List) {
	s.CheckSessions(o, "of", x.Of, problems)
	x.Sessions = s.SelectSessions(x.Of)
}

// Selected gives the selection itself: the way from a rule of any kind to the
// sessions that it speaks of.
func (x *Selection) Selected() *Selection { return x }

// Tie is sessions and documents that depend on each other.
type Tie struct {
	Sessions  []int // positions in the scenario
	Documents []int
	// Near limits the tie to sessions whose possible days lie so close to each
	// other: 0 for the same day, 6 for the same week. Anywhere ties all.
	Near int
}

// Anywhere ties sessions however far apart they lie; Apart ties none: the rule
// speaks of each by itself.
const (
	Anywhere = -1
	Apart    = -2
)

// Ties ties all selected sessions together.
func (x *Selection) Ties(*scenario.Scenario) Tie {
	return Tie{Sessions: x.Sessions, Near: Anywhere}
}

// atStation gives the sessions that can meet at a station.
func atStation(s *scenario.Scenario, station int) (out []int) {
	for i := range s.Sessions {
		if slices.Contains(s.Sessions[i].StationIDs, station) {
			out = append(out, i)
		}
	}
	return out
}

// tied gives the sessions and documents among what ids name.
func tied(s *scenario.Scenario, documents []int, ids []string) Tie {
	t := Tie{Documents: slices.Clone(documents), Near: Anywhere}
	for _, id := range ids {
		if i := s.Session(id); i >= 0 {
			t.Sessions = append(t.Sessions, i)
		}
		if i := s.Document(id); i >= 0 {
			t.Documents = append(t.Documents, i)
		}
	}
	return t
}

// one gives the selection of a single session.
func one(session int) Selection { return Selection{Sessions: []int{session}} }

// Facts is a plan beside its scenario, indexed for the checks. It points into
// the plan: what is changed in a session or document there is seen here.
type Facts struct {
	S         *scenario.Scenario
	Plan      *plan.Plan
	sessions  []*plan.Session
	documents []*plan.Document
	slots     map[string]int
}

// NewFacts indexes a plan that plan.Read has accepted, or that the solver
// made.
func NewFacts(s *scenario.Scenario, p *plan.Plan) *Facts {
	f := &Facts{S: s, Plan: p, sessions: make([]*plan.Session, len(s.Sessions)),
		documents: make([]*plan.Document, len(s.Documents)), slots: map[string]int{}}
	for i := range p.Sessions {
		if at := s.Session(p.Sessions[i].ID); at >= 0 && len(p.Sessions[i].Days) > 0 {
			f.sessions[at] = &p.Sessions[i]
		}
	}
	for i := range p.Documents {
		if at := s.Document(p.Documents[i].ID); at >= 0 {
			f.documents[at] = &p.Documents[i]
		}
	}
	for i := range s.Slots {
		f.slots[s.Slots[i].ID] = i
	}
	return f
}

// Only gives the facts of the same plan as if no other sessions were held. What is
// changed in a session of the plan is seen in both.
func (f *Facts) Only(sessions []int) *Facts {
	out := *f
	out.sessions = make([]*plan.Session, len(f.sessions))
	for _, i := range sessions {
		out.sessions[i] = f.sessions[i]
	}
	return &out
}

// Session gives the plan's session, nil when it is not held.
func (f *Facts) Session(session int) *plan.Session { return f.sessions[session] }

// Issued gives the day on which the document is issued.
func (f *Facts) Issued(document int) (calendar.Day, bool) {
	if d := f.documents[document]; d != nil {
		return d.Issued, true
	}
	return 0, false
}

// Station gives the station at which a held session meets.
func (f *Facts) Station(x *plan.Session) *scenario.Station {
	return &f.S.Stations[f.S.Station(x.Station)]
}

// startSlot gives the slot in which a short session starts, "" when it has none.
func startSlot(x *plan.Session) string {
	if len(x.Meetings) == 0 {
		return ""
	}
	return x.Meetings[0].Slot
}

// roomOf gives the room of a short session by name, "" when it has none.
func roomOf(x *plan.Session) string {
	if len(x.Meetings) == 0 {
		return ""
	}
	return x.Meetings[0].Room
}

// Held gives the held ones among the sessions, with their positions.
func (f *Facts) Held(sessions []int) (out []*plan.Session, at []int) {
	for _, i := range sessions {
		if x := f.sessions[i]; x != nil {
			out, at = append(out, x), append(at, i)
		}
	}
	return out, at
}

// member finds a member in the rosters of a seat.
func member(s *scenario.Scenario, seat *scenario.Seat, id string) *roster.Member {
	for _, r := range seat.From {
		if m := s.Roster(r).Table.Member(id); m != nil {
			return m
		}
	}
	return nil
}

// kindOf gives the programme's kind of a meeting, nil when it has none such.
func kindOf(x *scenario.Session, kind string) *scenario.MeetingKind {
	i := slices.IndexFunc(x.Programmed, func(k scenario.MeetingKind) bool { return k.Kind == kind })
	if i < 0 {
		return nil
	}
	return &x.Programmed[i]
}

// seatOf gives the seat of a kind of meeting, nil when it has none such.
func seatOf(k *scenario.MeetingKind, seat string) *scenario.Seat {
	if k == nil {
		return nil
	}
	i := slices.IndexFunc(k.Seats, func(x scenario.Seat) bool { return x.ID == seat })
	if i < 0 {
		return nil
	}
	return &k.Seats[i]
}

// openAt gives the working days of a station.
func openAt(st *scenario.Station) func(calendar.Day) bool { return st.Open }

// Span gives the first and last day of something that a rule refers to: a
// session that is held, an issued document, an event.
func (f *Facts) Span(id string) (calendar.Range, bool) {
	if i := f.S.Session(id); i >= 0 {
		if x := f.sessions[i]; x != nil {
			return calendar.Range{First: x.First(), Last: x.Last()}, true
		}
		return calendar.Range{}, false
	}
	if i := f.S.Document(id); i >= 0 {
		d, ok := f.Issued(i)
		return calendar.Range{First: d, Last: d}, ok
	}
	for _, e := range f.S.Events {
		if e.ID == id {
			return e.Days, true
		}
	}
	return calendar.Range{}, false
}

// anyName names a session, document or event in a sentence.
func anyName(s *scenario.Scenario, id string) string {
	if i := s.Session(id); i >= 0 {
		return name(s, i)
	}
	if i := s.Document(id); i >= 0 {
		return "“" + s.Documents[i].Name() + "”"
	}
	for i := range s.Events {
		if s.Events[i].ID == id {
			return "“" + s.Events[i].Name() + "”"
		}
	}
	return id
}
