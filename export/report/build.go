package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"plenary/export/language"
	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// builder holds what a report is made from.
type builder struct {
	s         *scenario.Scenario
	instances []rule.Instance
	p         *plan.Plan
	v         judge.Verdict
	l         language.Language
}

// Of makes the report of a plan with the checker's verdict in a language.
func Of(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, v judge.Verdict, l language.Language) Report {
	b := &builder{s, instances, p, v, l}
	r := Report{Version: Version, Language: l.Code, Title: b.in(s.Title), Mandate: s.Mandate, Kept: v.Feasible()}
	r.Tiers, r.Costs = b.tiers(), b.costs()
	r.Proven = v.Feasible() && p.Status == plan.Optimal && !slices.ContainsFunc(r.Tiers, func(t Tier) bool { return !t.Proven })
	r.First, r.Last = b.span()
	r.Phases = b.phases()
	r.Sessions, r.NotHeld = b.sessions()
	r.Documents = b.documents()
	r.Balances = b.balances()
	r.Teams = b.teams()
	r.Paragraphs = b.paragraphs()
	r.Figures = b.figures(&r)
	return r
}

// in gives a text of the scenario in the report's language.
func (b *builder) in(text string) string { return b.s.In(b.l.Code, text) }

// span gives the first and last day on which something is held or issued, the
// scenario's period when nothing is.
func (b *builder) span() (first, last calendar.Day) {
	var days []calendar.Day
	for i := range b.p.Sessions {
		days = append(days, b.p.Sessions[i].Days...)
	}
	for _, d := range b.p.Documents {
		days = append(days, d.Issued)
	}
	if len(days) == 0 {
		return b.s.Period.First, b.s.Period.Last
	}
	return slices.Min(days), slices.Max(days)
}

func (b *builder) phases() []Phase {
	out := []Phase{}
	for i := range b.s.Phases {
		x := &b.s.Phases[i]
		out = append(out, Phase{x.ID, b.in(cmp.Or(x.Title, x.ID)), x.Between.First, x.Between.Last})
	}
	return out
}

// sessions gives what is held by date, and the titles of what is not.
func (b *builder) sessions() (out []Session, not []string) {
	out, not = []Session{}, []string{}
	for i := range b.s.Sessions {
		x := &b.s.Sessions[i]
		held := b.p.Session(x.ID)
		if held == nil {
			not = append(not, b.in(x.Name()))
			continue
		}
		station := b.s.Station(held.Station)
		s := Session{ID: x.ID, Title: b.in(x.Name()), Paragraph: x.Mandate, Station: held.Station,
			StationTitle: b.in(b.s.Stations[station].Name()), Days: held.Days, Dates: b.l.Days(held.Days), Chairs: []string{}, Interpreted: true, Meetings: []Meeting{}}
		for _, ph := range b.s.Phases {
			if s.Phase == "" && slices.Contains(b.s.SelectSessions(ph.Of), i) {
				s.Phase = ph.ID
			}
		}
		for _, o := range x.OfficerIDs {
			s.Chairs = append(s.Chairs, b.in(b.s.Officers[o].Name()))
		}
		for j := range held.Meetings {
			s.Interpreted = s.Interpreted && held.Meetings[j].Interpretation != ""
			s.Meetings = append(s.Meetings, b.meeting(x, station, &held.Meetings[j]))
		}
		if n := len(s.Meetings); x.Short && n > 0 { // one meeting, from its first slot to the end of its last
			whole := s.Meetings[0]
			whole.Title, whole.To = s.Title, s.Meetings[n-1].To
			s.Meetings = []Meeting{whole}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Session) int { return cmp.Compare(a.Days[0], b.Days[0]) })
	return out, not
}

func (b *builder) meeting(x *scenario.Session, station int, m *plan.Meeting) Meeting {
	out := Meeting{Day: m.Day, Slot: m.Slot, Kind: m.Kind, Room: b.room(m.Room), Interpretation: b.team(m.Interpretation)}
	if slot := slices.IndexFunc(b.s.Slots, func(s scenario.Slot) bool { return s.ID == m.Slot }); slot >= 0 {
		times := b.s.SlotTimes(station, slot)
		out.From, out.To = times.From.String(), times.To.String()
	}
	kind := scenario.MeetingKind{Kind: m.Kind}
	if i := slices.IndexFunc(x.Programmed, func(k scenario.MeetingKind) bool { return k.Kind == m.Kind }); i >= 0 {
		kind = x.Programmed[i]
	}
	out.Title = b.meetingTitle(x, kind, m.Number)
	var known []string
	for i := range kind.Seats {
		seat := &kind.Seats[i]
		known = append(known, seat.ID)
		if ids := m.Seats[seat.ID]; len(ids) > 0 {
			out.Seats = append(out.Seats, Seat{seat.ID, b.seatTitle(seat), b.members(seat.From, ids)})
		}
	}
	var others []string // that the programme has dropped
	for id := range m.Seats {
		if !slices.Contains(known, id) {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	for _, id := range others {
		out.Seats = append(out.Seats, Seat{id, b.in(capital(id)), b.members(nil, m.Seats[id])})
	}
	return out
}

// kindTitle gives a kind of meeting as printed.
func (b *builder) kindTitle(x *scenario.Session, kind scenario.MeetingKind) string {
	switch {
	case kind.Title != "":
		return b.in(kind.Title)
	case x.FillsDay || kind.Kind == "":
		return b.l.Text("Plenary meeting")
	}
	return b.in(capital(kind.Kind))
}

func (b *builder) meetingTitle(x *scenario.Session, kind scenario.MeetingKind, n int) string {
	if titles := x.Titles[kind.Kind]; n >= 1 && n <= len(titles) {
		return b.in(titles[n-1])
	}
	title := b.kindTitle(x, kind)
	if kind.Range().Max > 1 && n > 0 {
		title += " " + strconv.Itoa(n)
	}
	return title
}

func (b *builder) seatTitle(seat *scenario.Seat) string {
	return b.in(cmp.Or(seat.Title, capital(seat.ID)))
}

// members gives members by name with their groups, looked for in the seat's
// rosters first.
func (b *builder) members(rosters, ids []string) []Member {
	out := []Member{}
	for _, id := range ids {
		m := Member{ID: id, Name: id}
		if who := b.member(rosters, id); who != nil {
			m.Name, m.Groups = b.s.NameOf(who, b.l.Code), b.groups(who)
		}
		out = append(out, m)
	}
	return out
}

func (b *builder) member(rosters []string, id string) *roster.Member {
	for _, r := range rosters {
		if x := b.s.Roster(r); x != nil {
			if m := x.Table.Member(id); m != nil {
				return m
			}
		}
	}
	for i := range b.s.Rosters {
		if m := b.s.Rosters[i].Table.Member(id); m != nil {
			return m
		}
	}
	return nil
}

// groups gives what a member is in the columns that rules look at: the value,
// or for yes the column's own name.
func (b *builder) groups(m *roster.Member) (out []string) {
	var columns []string
	for i := range b.instances {
		if r, ok := b.instances[i].Rule.(rule.Looking); ok {
			for _, c := range r.Columns() {
				if !slices.Contains(columns, c) {
					columns = append(columns, c)
				}
			}
		}
	}
	for _, c := range columns {
		for _, value := range m.Values[c] {
			switch value {
			case "yes":
				out = append(out, b.in(c))
			case "no":
			default:
				out = append(out, b.in(value))
			}
		}
	}
	return out
}

func (b *builder) room(name string) string {
	if name == plan.HostRoom {
		return b.l.Text("provided by the host")
	}
	return b.in(name)
}

func (b *builder) team(name string) string {
	if name == plan.HostTeam {
		return b.l.Text("provided by the host")
	}
	if digits, ok := strings.CutPrefix(name, "team "); ok {
		if n, err := strconv.Atoi(digits); err == nil {
			return b.l.Text("Team %d", n)
		}
	}
	return b.in(name)
}

// capital gives an id as words with a large first letter.
func capital(id string) string {
	runes := []rune(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes)
}

func (b *builder) figures(r *Report) []Figure {
	days, meetings, interpreted := 0, 0, 0
	var stations []string
	for _, s := range r.Sessions {
		days += len(s.Days)
		meetings += len(s.Meetings)
		if !slices.Contains(stations, s.Station) {
			stations = append(stations, s.Station)
		}
		for _, m := range s.Meetings {
			if m.Interpretation != "" {
				interpreted++
			}
		}
	}
	held := b.l.Number(len(r.Sessions))
	if n := len(r.NotHeld); n > 0 {
		held = b.l.Text("%s of %s", held, b.l.Number(len(r.Sessions)+n))
	}
	return []Figure{
		{b.l.Text("Sessions"), held},
		{b.l.Text("Meeting days"), b.l.Number(days)},
		{b.l.Text("Meetings"), b.l.Number(meetings)},
		{b.l.Text("Interpreted"), b.l.Text("%s of %s", b.l.Number(interpreted), b.l.Number(meetings))},
		{b.l.Text("Stations"), b.l.Number(len(stations))},
		{b.l.Text("Documents"), b.l.Number(len(r.Documents))},
	}
}

func (b *builder) tiers() []Tier {
	out := []Tier{}
	for i, title := range b.s.Priorities {
		t := Tier{Tier: i + 1, Title: b.in(title), Cost: b.v.Costs[i]}
		for _, claim := range b.p.Tiers {
			if claim.Tier == i+1 && claim.Cost == t.Cost { // of another plan it would say nothing
				bound := claim.Bound
				t.Bound, t.Proven = &bound, claim.Proven
			}
		}
		out = append(out, t)
	}
	return out
}

func (b *builder) costs() []Cost {
	out := []Cost{}
	for _, m := range b.v.Priced {
		if m.Cost() > 0 {
			out = append(out, Cost{m.Instance.Tier, m.Cost(), m.Finding.Text, m.Instance.Mandate})
		}
	}
	slices.SortStableFunc(out, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(a.Tier, b.Tier), cmp.Compare(b.Cost, a.Cost))
	})
	return out
}

func (b *builder) documents() []Document {
	out := []Document{}
	for _, d := range b.p.Documents {
		x := &b.s.Documents[b.s.Document(d.ID)]
		writer := x.Writer
		for i := range b.s.Officers {
			if b.s.Officers[i].ID == writer {
				writer = b.s.Officers[i].Name()
			}
		}
		doc := Document{ID: d.ID, Title: b.in(x.Name()), Paragraph: x.Mandate, Writer: b.in(writer), Issued: d.Issued, Deadlines: []Deadline{}}
		if x.Processing != nil {
			submitted := x.Processing.Before(d.Issued, scenario.Weekdays)
			doc.Submitted = &submitted
		}
		add := func(what string, last calendar.Day) {
			doc.Deadlines = append(doc.Deadlines, Deadline{what, last, int(last - d.Issued)})
		}
		if x.Deadline != nil {
			add(b.l.Text("its deadline"), *x.Deadline)
		}
		if x.Between != nil {
			add(b.l.Text("the end of its window"), x.Between.Last)
		}
		for _, due := range rule.Needed(b.s, x) {
			if title, days, ok := b.referred(due.ID); ok {
				what := title
				if due.By.N > 0 {
					what = b.l.Text("%s before %s", b.l.Duration(due.By), title)
				}
				add(what, due.By.Before(days.First, scenario.Weekdays))
			}
		}
		slices.SortStableFunc(doc.Deadlines, func(a, b Deadline) int { return cmp.Compare(a.Last, b.Last) })
		out = append(out, doc)
	}
	slices.SortStableFunc(out, func(a, b Document) int { return cmp.Compare(a.Issued, b.Issued) })
	return out
}

// referred gives the title and the days of a session, a document or an event;
// not ok when it is not held or issued.
func (b *builder) referred(id string) (title string, days calendar.Range, ok bool) {
	if i := b.s.Session(id); i >= 0 {
		title = b.in(b.s.Sessions[i].Name())
		if x := b.p.Session(id); x != nil {
			return title, calendar.Range{First: x.First(), Last: x.Last()}, true
		}
	}
	if i := b.s.Document(id); i >= 0 {
		title = b.in(b.s.Documents[i].Name())
		if d := b.p.Document(id); d != nil {
			return title, calendar.Range{First: d.Issued, Last: d.Issued}, true
		}
	}
	for i := range b.s.Events {
		if e := &b.s.Events[i]; e.ID == id {
			return b.in(e.Name()), e.Days, true
		}
	}
	return title, days, false
}

func (b *builder) balances() []Balance {
	out := []Balance{}
	for i := range b.instances {
		r, ok := b.instances[i].Rule.(*rule.Balance)
		if !ok {
			continue
		}
		balance := Balance{Seat: b.in(b.seatNamed(r.Sessions, r.Seat)), Over: b.in(r.Over), Of: b.selected(r.Selection), Paragraph: b.instances[i].Mandate, Groups: []Group{}}
		if balance.Over == r.Over {
			balance.Over = strings.ReplaceAll(r.Over, "_", " ")
		}
		sitting := b.sitting(r.Sessions, "", []string{r.Seat})
		for _, value := range r.Values {
			want := r.Wanted(value)
			g := Group{ID: value, Title: b.value(value), Least: want.Min, Most: want.Max, Names: []string{}}
			if want.Max >= noMost {
				g.Most = -1
			}
			for _, who := range sitting {
				if who.Has(r.Over, value) {
					g.Seats++
					g.Names = append(g.Names, b.s.NameOf(who, b.l.Code))
				}
			}
			balance.Groups = append(balance.Groups, g)
		}
		// Two rules of one seat and column are one picture: the tighter bounds.
		same := slices.IndexFunc(out, func(o Balance) bool { return o.Seat == balance.Seat && o.Over == balance.Over && o.Of == balance.Of })
		if same < 0 {
			out = append(out, balance)
			continue
		}
		for j := range out[same].Groups {
			g, more := &out[same].Groups[j], balance.Groups[j]
			g.Least = max(g.Least, more.Least)
			if g.Most < 0 || more.Most >= 0 && more.Most < g.Most {
				g.Most = more.Most
			}
		}
	}
	return out
}

// value gives a value of a roster’s column as printed.
func (b *builder) value(value string) string {
	switch value {
	case "yes":
		return b.l.Text("yes")
	case "no":
		return b.l.Text("no")
	}
	return b.in(value)
}

// seatNamed gives a seat's title as the sessions' programmes have it.
func (b *builder) seatNamed(sessions []int, id string) string {
	for _, i := range sessions {
		for _, k := range b.s.Sessions[i].Programmed {
			for j := range k.Seats {
				if k.Seats[j].ID == id {
					return b.seatTitle(&k.Seats[j])
				}
			}
		}
	}
	return capital(id)
}

// sitting gives those who take one of the seats in the held sessions, in
// meetings of the kind, "" for any; no seats are all seats.
func (b *builder) sitting(sessions []int, kind string, seats []string) (out []*roster.Member) {
	for _, i := range sessions {
		held := b.p.Session(b.s.Sessions[i].ID)
		if held == nil {
			continue
		}
		for _, m := range held.Meetings {
			out = append(out, b.inMeeting(&b.s.Sessions[i], &m, kind, seats)...)
		}
	}
	return out
}

func (b *builder) inMeeting(x *scenario.Session, m *plan.Meeting, kind string, seats []string) (out []*roster.Member) {
	for _, k := range x.Programmed {
		if k.Kind != m.Kind || kind != "" && k.Kind != kind {
			continue
		}
		for j := range k.Seats {
			if seat := &k.Seats[j]; len(seats) == 0 || slices.Contains(seats, seat.ID) {
				for _, id := range m.Seats[seat.ID] {
					if who := b.member(seat.From, id); who != nil {
						out = append(out, who)
					}
				}
			}
		}
	}
	return out
}

// selected names the sessions that a rule speaks of.
func (b *builder) selected(x rule.Selection) string {
	if len(x.Sessions) == 1 {
		return b.in(b.s.Sessions[x.Sessions[0]].Name())
	}
	programme := ""
	for n, i := range x.Sessions {
		p := b.s.Sessions[i].Programme
		if n > 0 && p != programme {
			programme = ""
			break
		}
		programme = p
	}
	count := b.l.Count("%d sessions", len(x.Sessions))
	for i := range b.s.Programmes {
		if p := &b.s.Programmes[i]; p.ID == programme && p.Title != "" {
			return fmt.Sprintf("%s (%s)", b.in(p.Title), count)
		}
	}
	if len(x.Of) == 0 || slices.Equal(x.Of, []string{"*"}) {
		return count
	}
	return fmt.Sprintf("%s (%s)", count, strings.Join(x.Of, ", "))
}

// teams counts the meetings of every interpretation team by week.
func (b *builder) teams() []TeamWeek {
	type key struct {
		week          calendar.Day
		station, team string
	}
	at, out := map[key]int{}, []TeamWeek{}
	for i := range b.p.Sessions {
		x := &b.p.Sessions[i]
		station := &b.s.Stations[b.s.Station(x.Station)]
		title := b.in(b.s.Sessions[b.s.Session(x.ID)].Name())
		for _, m := range x.Meetings {
			if m.Interpretation == "" {
				continue
			}
			k := key{m.Day.Monday(), x.Station, m.Interpretation}
			n, known := at[k]
			if !known {
				n = len(out)
				at[k] = n
				most := -1
				if station.Interpretation != nil {
					most = station.Interpretation.MeetingsPerWeek()
				}
				out = append(out, TeamWeek{k.week, x.Station, b.in(station.Name()), b.team(m.Interpretation), 0, most, nil})
			}
			out[n].Meetings++
			if !slices.Contains(out[n].Sessions, title) {
				out[n].Sessions = append(out[n].Sessions, title)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b TeamWeek) int {
		return cmp.Or(cmp.Compare(a.Week, b.Week), cmp.Compare(a.Station, b.Station), cmp.Compare(a.Team, b.Team))
	})
	return out
}
