package desk

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// The desk as the page shows it.
type view struct {
	Version    int           `json:"version"`
	First      calendar.Day  `json:"first"`
	Last       calendar.Day  `json:"last"`
	Undo       string        `json:"undo"` // what would be undone
	Redo       string        `json:"redo"`
	Trouble    string        `json:"trouble"`
	Stations   []stationView `json:"stations"`
	Sessions   []sessionView `json:"sessions"`
	NotHeld    []string      `json:"notHeld"`
	Violations []string      `json:"violations"`
	Tiers      []plan.Tier   `json:"tiers"`
	Before     []int64       `json:"before"` // costs of the state before, by tier; nil where none is known
	Status     plan.Status   `json:"status"`
	Priced     []string      `json:"priced"`
	Drafts     []named       `json:"drafts"`
	Published  []release     `json:"published"`
	Search     Search        `json:"search"`
	Priorities []string      `json:"priorities"`
	Text       string        `json:"text"` // of the scenario: with another one, facts are others
}

type named struct {
	Name string `json:"name"`
	Note string `json:"note"`
}

type stationView struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Rooms []string `json:"rooms"`
}

type sessionView struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Words    string         `json:"words"` // by which it is found besides its title
	Station  string         `json:"station"`
	Days     []calendar.Day `json:"days"`
	Pinned   bool           `json:"pinned"`
	Broken   bool           `json:"broken"`
	Meetings []meetingView  `json:"meetings"`
}

type meetingView struct {
	Day   calendar.Day `json:"day"`
	From  string       `json:"from"`
	To    string       `json:"to"`
	Title string       `json:"title"`
	Room  string       `json:"room"`
}

// choices is what can be chosen for a session, besides its days.
type choices struct {
	At    []string     `json:"at"`    // stations at which it may meet
	Seats [][]seatView `json:"seats"` // of each meeting
}

// seatView is a seat that one member takes.
type seatView struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Member string   `json:"member"`
	From   []member `json:"from"`
}

type member struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// shown gives the desk as the page shows it.
func (d *Desk) shown() view {
	d.mu.Lock()
	defer d.mu.Unlock()
	in := d.in
	p, verdict := d.measured(d.now)
	v := view{Version: d.version, First: d.s.Period.First, Last: d.s.Period.Last, Trouble: d.trouble, Tiers: slices.Clone(p.Tiers), Status: p.Status, Search: d.search, Published: d.announced(), Text: d.states[d.at].text,
		Sessions: []sessionView{}, Violations: []string{}, Drafts: []named{}, NotHeld: []string{}}
	for i := range v.Tiers {
		v.Tiers[i].Title = in(v.Tiers[i].Title)
	}
	if d.at > 0 {
		v.Undo = d.states[d.at].what
		v.Before = d.states[d.at-1].costs()
	}
	if d.at+1 < len(d.states) {
		v.Redo = d.states[d.at+1].what
	}
	broken := map[string]bool{}
	for _, m := range verdict.Violations {
		v.Violations = append(v.Violations, sentence(m))
		for _, id := range m.Finding.Sessions {
			broken[id] = true
		}
	}
	for _, m := range verdict.Priced {
		v.Priced = append(v.Priced, fmt.Sprintf("%s, %d: %s", in(d.s.Priorities[m.Instance.Tier-1]), m.Cost(), sentence(m)))
	}
	for _, title := range d.s.Priorities {
		v.Priorities = append(v.Priorities, in(title))
	}
	for _, x := range d.drafts {
		v.Drafts = append(v.Drafts, named{x.Name, x.Note})
	}
	for i := range d.s.Stations {
		st := &d.s.Stations[i]
		if !st.Used && !slices.ContainsFunc(p.Sessions, func(x plan.Session) bool { return x.Station == st.ID }) {
			continue
		}
		x := stationView{ID: st.ID, Title: in(st.Name()), Rooms: []string{}}
		for _, h := range st.Halls() {
			x.Rooms = append(x.Rooms, h.Name)
		}
		v.Stations = append(v.Stations, x)
	}
	for i := range d.s.Sessions {
		x := &d.s.Sessions[i]
		held := p.Session(x.ID)
		if held == nil {
			v.NotHeld = append(v.NotHeld, in(x.Name()))
			continue
		}
		s := sessionView{ID: x.ID, Title: in(x.Name()), Words: d.words(x), Station: held.Station, Days: held.Days,
			Pinned: slices.Contains(d.states[d.at].pins, x.ID), Broken: broken[x.ID], Meetings: []meetingView{}}
		for k := range held.Meetings {
			s.Meetings = append(s.Meetings, d.meeting(x, held, &held.Meetings[k]))
		}
		v.Sessions = append(v.Sessions, s)
	}
	return v
}

// words gives what a session is looked for by, besides its title: its own name,
// its tags and those who chair it.
func (d *Desk) words(x *scenario.Session) string {
	out := append([]string{x.ID}, x.Tags...)
	for _, i := range x.OfficerIDs {
		out = append(out, d.in(d.s.Officers[i].Name()))
	}
	return strings.Join(out, " ")
}

func (d *Desk) meeting(x *scenario.Session, held *plan.Session, m *plan.Meeting) meetingView {
	in := d.in
	out := meetingView{Day: m.Day, Room: m.Room, Title: m.Kind + " " + strconv.Itoa(m.Number)}
	slot := slices.IndexFunc(d.s.Slots, func(k scenario.Slot) bool { return k.ID == m.Slot })
	times := d.s.SlotTimes(d.s.Station(held.Station), slot)
	out.From, out.To = times.From.String(), times.To.String()
	for _, k := range x.Programmed {
		if k.Kind != m.Kind {
			continue
		}
		out.Title = in(x.MeetingTitle(k, m.Number))
	}
	return out
}

// session answers what can be chosen for a session.
func (d *Desk) session(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := r.FormValue("session")
	at, held := d.s.Session(id), d.now.Session(id)
	if at < 0 || held == nil {
		answer(w, nil, fmt.Errorf("the plan holds no session %q", id))
		return
	}
	x := &d.s.Sessions[at]
	out := choices{At: x.AtStations, Seats: [][]seatView{}}
	for i := range held.Meetings {
		out.Seats = append(out.Seats, d.seats(x, &held.Meetings[i]))
	}
	answer(w, out, nil)
}

// seats gives the seats of a meeting that one member takes.
func (d *Desk) seats(x *scenario.Session, m *plan.Meeting) []seatView {
	out := []seatView{}
	for _, k := range x.Programmed {
		if k.Kind != m.Kind {
			continue
		}
		for _, seat := range k.Seats {
			if seat.Number() != 1 || len(m.Seats[seat.ID]) != 1 {
				continue
			}
			sv := seatView{ID: seat.ID, Title: d.in(seat.Title), Member: m.Seats[seat.ID][0]}
			for _, who := range d.s.Eligible(seat) {
				sv.From = append(sv.From, member{who.ID, d.s.NameOf(who, d.l.Code)})
			}
			out = append(out, sv)
		}
	}
	return out
}
