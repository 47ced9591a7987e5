package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"plenary/export/language"
	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/whynot"
)

// Reader reads a scenario and its rules; the error says every mistake. It tells each
// file just before it opens it: the scenario's own, and those that the scenario names.
type Reader func(file string, opening func(file string)) (*scenario.Scenario, []rule.Instance, error)

// Desk is one scenario with all that was done about it.
type Desk struct {
	file    string // the scenario
	folder  string
	read    Reader
	program string // what writes the plans
	l       language.Language

	outlooks newest // questions of what the days would mean

	mu        sync.Mutex
	s         *scenario.Scenario
	instances []rule.Instance
	ties      *Ties             // nil until a session is chosen
	stamps    map[string]string // of the files of the scenario as they were read
	trouble   string            // what is wrong with the files as they are now
	journal   *journal
	version   int // how many entries the journal has: by it a page knows whether it shows what is
	states    []state
	at        int        // the state that is shown
	now       *plan.Plan // its plan
	drafts    []draft
	search    Search
	stop      context.CancelFunc
	watchers  map[chan struct{}]bool // whom to wake up at each change
}

// state is a plan with what is pinned, and the scenario's file as it then was.
type state struct {
	what string
	src  []byte // the plan as the journal has it, nil when nothing is held
	pins []string
	text string // the file of the desk's folder that has the scenario's text
}

// costs gives what the plan of a state cost when it was saved, by tier; nil where
// nothing was held.
func (st state) costs() (out []int64) {
	var p struct{ Tiers []plan.Tier }
	if st.src == nil || json.Unmarshal(st.src, &p) != nil {
		return nil
	}
	for _, t := range p.Tiers {
		out = append(out, t.Cost)
	}
	return out
}

// draft is a state that was given a name.
type draft struct {
	Name, Note string
	state      state
}

// Open opens the desk of a scenario, with all that was saved in its folder. The
// language is that of the page.
func Open(file, folder, program, code string, read Reader) (*Desk, error) {
	l, ok := language.Named(code)
	if !ok {
		return nil, fmt.Errorf("there is no language %q", code)
	}
	d := &Desk{file: file, folder: folder, program: program, read: read, l: l, outlooks: newest{most: mostOutlooks}, watchers: map[chan struct{}]bool{}, stop: func() {}}
	if err := d.load(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the desk: %w", err)
	}
	name := filepath.Join(folder, "journal.jsonl")
	j, entries, err := openJournal(name)
	if err != nil {
		return nil, err
	}
	if err := d.begin(j, name, entries); err != nil {
		j.file.Close()
		return nil, err
	}
	return d, nil
}

// begin takes what the journal says, and shows what was shown last.
func (d *Desk) begin(j *journal, name string, entries []entry) error {
	first, err := d.firstText()
	if err != nil {
		return err
	}
	d.journal, d.states = j, []state{{what: "the beginning", text: first}}
	for i, e := range entries {
		if err := d.take(e); err != nil {
			return fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	if d.now, err = d.parsed(d.states[d.at], d.s); err != nil {
		return fmt.Errorf("%s: %w; undo the change of the scenario, or begin anew with another --folder", name, err)
	}
	return d.noticed(d.s.Hash)
}

// Begin shows a plan that was made elsewhere, unless it is shown already. The
// error says what of it does not fit the scenario.
func (d *Desk) Begin(name string, src []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, problems := plan.Read(name, src, d.s)
	if len(problems) > 0 {
		var b strings.Builder
		if err := problems.Write(&b); err != nil {
			return err
		}
		return errors.New(b.String())
	}
	now, err := d.now.Encode()
	if err != nil {
		return err
	}
	p.Program, p.Scenario = d.program, plan.SourceOf(d.s, filepath.Base(d.file))
	p, _ = d.judged(p)
	if is, err := p.Encode(); err != nil || bytes.Equal(is, now) {
		return err
	}
	return d.change(name+" taken", p, nil, true)
}

// Close ends the search and closes the journal.
func (d *Desk) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stop()
	return d.journal.file.Close()
}

// empty gives the plan in which nothing is held.
func (d *Desk) empty() *plan.Plan {
	return &plan.Plan{Version: plan.Version, Program: d.program, Scenario: plan.SourceOf(d.s, filepath.Base(d.file)), Seed: 1, Status: plan.Feasible,
		Tiers: []plan.Tier{}, Sessions: []plan.Session{}, Documents: []plan.Document{}}
}

// parsed gives the plan of a state. The error says that the scenario no longer
// has what the plan speaks of.
func (d *Desk) parsed(st state, s *scenario.Scenario) (*plan.Plan, error) {
	if st.src == nil {
		return d.empty(), nil
	}
	p, problems := plan.Read("journal", st.src, s)
	if len(problems) > 0 {
		return nil, fmt.Errorf("the plan does not fit the scenario any more: %s", problems[0].Message)
	}
	return p, nil
}

// take takes an entry of the journal into the desk.
func (d *Desk) take(e entry) error {
	d.version++
	st := state{what: e.What, src: e.Plan, pins: e.Pins, text: e.Scenario}
	switch {
	case e.Kind == changed:
		d.states = append(d.states[:d.at+1], st)
		d.at++
	case e.Kind == stepped && e.To >= 0 && e.To < len(d.states):
		d.at = e.To
	case e.Kind == kept:
		d.drafts = append(d.drafts, draft{e.Name, e.Note, st})
	case e.Kind == announced, e.Kind == reread:
	default:
		return errors.New("this entry cannot follow those before it")
	}
	return nil
}

// save puts an entry on the disk, and then takes it.
func (d *Desk) save(e entry) error {
	if err := d.journal.add(e); err != nil {
		return err
	}
	if err := d.take(e); err != nil {
		return err
	}
	d.tell()
	return nil
}

// show saves an entry with which another plan is shown.
func (d *Desk) show(e entry, p *plan.Plan) error {
	if err := d.save(e); err != nil {
		return err
	}
	d.now = p
	return nil
}

// change saves a plan as the next state, with its costs as the checker
// measures them. What was proven of the plan stays only when proven says so.
func (d *Desk) change(what string, p *plan.Plan, pins []string, proven bool) error {
	if !proven {
		p, _ = d.judged(p)
	}
	p.Program, p.Scenario = d.program, plan.SourceOf(d.s, filepath.Base(d.file))
	src, err := p.Encode()
	if err != nil {
		return err
	}
	return d.show(entry{Kind: changed, What: what, Plan: src, Pins: pins, Scenario: d.states[d.at].text}, p)
}

// fits tells whether a plan was made for the scenario as it is now.
func (d *Desk) fits(p *plan.Plan) bool {
	return p.Scenario.SHA256 == plan.SourceOf(d.s, "").SHA256
}

// measured gives a plan with its costs as the checker measures them, and nothing
// proven, unless it was made for the scenario as it is now; and the verdict.
func (d *Desk) measured(p *plan.Plan) (*plan.Plan, judge.Verdict) {
	out, v := d.judged(p)
	if d.fits(p) {
		out = p
	}
	return out, v
}

// judged gives a plan with its costs as the checker measures them, and nothing
// proven; and the verdict.
func (d *Desk) judged(p *plan.Plan) (*plan.Plan, judge.Verdict) {
	out, v := *p, judge.Plan(d.s, d.instances, p)
	out.Status, out.Tiers, out.Prices = plan.Feasible, v.Tiers(d.s), nil
	return &out, v
}

// edited gives a copy of the plan in which one session can be changed.
func (d *Desk) edited(id string) (*plan.Plan, *plan.Session, error) {
	p := *d.now
	p.Sessions = slices.Clone(p.Sessions)
	x := p.Session(id)
	if x == nil {
		return nil, nil, fmt.Errorf("the plan holds no session %q", id)
	}
	x.Meetings = slices.Clone(x.Meetings)
	return &p, x, nil
}

// pinned gives the pins with one more.
func (d *Desk) pinned(id string) []string {
	pins := slices.Clone(d.states[d.at].pins)
	if !slices.Contains(pins, id) {
		pins = append(pins, id)
	}
	return pins
}

// move lets a session start on another day, and at another station where one is
// named, and pins it there.
func (d *Desk) move(id, text, station string) error {
	day, err := calendar.ParseDay(text)
	if err != nil {
		return err
	}
	if !d.s.Period.Contains(day) {
		return fmt.Errorf("%s lies outside the period %s", day, d.s.Period)
	}
	p, x, err := d.edited(id)
	if err != nil {
		return err
	}
	if station != "" && station != x.Station {
		at := d.s.Station(station)
		if at < 0 {
			return fmt.Errorf("no station is called %q", station)
		}
		*x = Relocated(d.s, x, at)
	}
	*x = Shifted(d.s, x, day)
	if !d.s.Period.Contains(x.Last()) {
		return fmt.Errorf("the last days of the session would lie outside the period %s", d.s.Period)
	}
	what := fmt.Sprintf("%s moved to %s", titled(d.s, id), calendar.Words(x.Days))
	if station != "" {
		what += ", " + d.s.Stations[d.s.Station(x.Station)].Name()
	}
	return d.change(what, p, d.pinned(id), false)
}

// room gives one meeting of a session another room.
func (d *Desk) room(id string, meeting int, name string) error {
	p, x, err := d.edited(id)
	if err != nil {
		return err
	}
	st := &d.s.Stations[d.s.Station(x.Station)]
	if meeting < 0 || meeting >= len(x.Meetings) || st.Hall(name) < 0 {
		return fmt.Errorf("there is no such meeting, or no room %q in %s", name, st.Name())
	}
	x.Meetings[meeting].Room = name
	return d.change(fmt.Sprintf("%s: room %s", titled(d.s, id), name), p, d.states[d.at].pins, false)
}

// station lets a session meet at another station.
func (d *Desk) station(id, name string) error {
	p, x, err := d.edited(id)
	if err != nil {
		return err
	}
	at := d.s.Station(name)
	if at < 0 {
		return fmt.Errorf("no station is called %q", name)
	}
	*x = Relocated(d.s, x, at)
	return d.change(fmt.Sprintf("%s moved to %s", titled(d.s, id), d.s.Stations[at].Name()), p, d.pinned(id), false)
}

// Relocated gives a session at another station, in the first of its rooms that
// suits, with its first interpretation team.
func Relocated(s *scenario.Scenario, x *plan.Session, at int) plan.Session {
	out, st := *x, &s.Stations[at]
	out.Station, out.Meetings = st.ID, slices.Clone(x.Meetings)
	for i := range out.Meetings {
		m := &out.Meetings[i]
		m.Room = plan.HostRoom
		for _, h := range st.Halls() {
			if h.Room.Suits(s.Sessions[s.Session(x.ID)].Room) {
				m.Room = h.Name
				break
			}
		}
		if m.Interpretation != "" {
			m.Interpretation = plan.HostTeam
			if st.Interpretation != nil {
				m.Interpretation = plan.TeamName(1)
			}
		}
	}
	return out
}

// seat gives a seat of a meeting to another member.
func (d *Desk) seat(id string, meeting int, seat, member string) error {
	p, x, err := d.edited(id)
	if err != nil {
		return err
	}
	if meeting < 0 || meeting >= len(x.Meetings) || len(x.Meetings[meeting].Seats[seat]) != 1 {
		return errors.New("there is no such meeting, or no such seat of one")
	}
	m := &x.Meetings[meeting]
	seats := map[string][]string{}
	for k, v := range m.Seats {
		seats[k] = v
	}
	for _, k := range d.s.Sessions[d.s.Session(id)].Programmed {
		for _, place := range k.Seats {
			for _, who := range d.s.Eligible(place) {
				if k.Kind == m.Kind && place.ID == seat && who.ID == member {
					seats[seat] = []string{member}
					m.Seats = seats
					return d.change(fmt.Sprintf("%s: %s takes the seat %s", titled(d.s, id), who.Name, seat), p, d.states[d.at].pins, false)
				}
			}
		}
	}
	return fmt.Errorf("%q cannot take the seat %s", member, seat)
}

// pin pins a session where it is, or lets it go.
func (d *Desk) pin(id string) error {
	p, _, err := d.edited(id)
	if err != nil {
		return err
	}
	what, pins := titled(d.s, id)+" pinned", d.pinned(id)
	if slices.Contains(d.states[d.at].pins, id) {
		what, pins = titled(d.s, id)+" no longer pinned", slices.DeleteFunc(pins, func(x string) bool { return x == id })
	}
	return d.change(what, p, pins, true)
}

// step shows the state before or after, with the scenario's file as it then was.
func (d *Desk) step(by int) error {
	to := d.at + by
	if to < 0 || to >= len(d.states) {
		return errors.New("there is nothing to undo or redo")
	}
	if d.states[to].text != d.states[d.at].text {
		src, err := d.textOf(d.states[to])
		if err != nil {
			return err
		}
		if err := d.rewrite(src, d.states[to]); err != nil {
			return err
		}
	}
	p, err := d.parsed(d.states[to], d.s)
	if err != nil {
		return err
	}
	return d.show(entry{Kind: stepped, To: to}, p)
}

// keep gives the state that is shown a name.
func (d *Desk) keep(name, note string) error {
	if name == "" {
		return errors.New("give the draft a name")
	}
	st := d.states[d.at]
	return d.save(entry{Kind: kept, Name: name, Note: note, Plan: st.src, Pins: st.pins, Scenario: st.text})
}

// adopt makes a proposal, a draft or a published version the plan.
func (d *Desk) adopt(from string, number int) error {
	versions := d.announced()
	switch {
	case from == "version" && number >= 0 && number < len(versions):
		x := versions[number]
		p, err := d.released(x.Folder)
		if err != nil {
			return err
		}
		return d.change("published “"+x.Name+"” taken", p, nil, false)
	case from == "draft" && number >= 0 && number < len(d.drafts):
		x := d.drafts[number]
		p, err := d.parsed(x.state, d.s)
		if err != nil {
			return err
		}
		return d.change("draft “"+x.Name+"” taken", p, x.state.pins, false)
	case from == "proposal" && number >= 0 && number < len(d.search.Proposals):
		x := d.search.Proposals[number]
		p := *x.plan
		proven := d.fits(&p)
		if len(d.search.Proposals) == 1 && !d.search.Running {
			d.search = Search{}
		}
		return d.change(x.Title+" taken", &p, d.states[d.at].pins, proven)
	}
	return errors.New("this plan is no longer there")
}

// why says what stops a session from moving; with a day, why not there.
func (d *Desk) why(ctx context.Context, j job, id, text string) ([]string, error) {
	session := j.s.Session(id)
	if session < 0 || j.now.Session(id) == nil {
		return nil, fmt.Errorf("the plan holds no session %q", id)
	}
	if text != "" {
		return d.whyNot(ctx, j, session, text)
	}
	var out []string
	for _, m := range judge.Plan(j.s, j.instances, j.now).Violations {
		if slices.Contains(m.Finding.Sessions, id) {
			out = append(out, "As it stands, this is broken: "+sentence(m))
		}
	}
	if out != nil {
		return out, nil
	}
	earlier, later := whynot.Slack(j.s, j.instances, j.now, session)
	for _, way := range []struct {
		word string
		stop whynot.Stop
	}{{"earlier", earlier}, {"later", later}} {
		out = append(out, fmt.Sprintf("With all else as it is, it could start %d working days %s. One more:", way.stop.Days, way.word))
		for _, m := range slices.Concat(way.stop.Breaks, way.stop.Costs) {
			out = append(out, sentence(m))
		}
	}
	return out, nil
}

func (d *Desk) whyNot(ctx context.Context, j job, session int, text string) ([]string, error) {
	day, err := calendar.ParseDay(text)
	if err != nil {
		return nil, err
	}
	a, err := whynot.Ask(ctx, j.s, j.instances, j.now, whynot.On(session, day), whynot.Options{Seed: 1})
	switch {
	case err != nil:
		return nil, err
	case a.Impossible:
		return []string{"There is no plan, whether with this wish or without."}, nil
	case a.Closed != "":
		return []string{"It cannot be: " + a.Closed + "."}, nil
	case a.Breaks != nil:
		out := []string{"It cannot be. It cannot hold together with these:"}
		for _, in := range a.Breaks {
			out = append(out, in.Rule.Statement(j.s)+in.Paragraph())
		}
		return out, nil
	case a.Costs == nil:
		return []string{"The search ended before that was known."}, nil
	}
	now := judge.Plan(j.s, j.instances, j.now)
	out := []string{"It can be. What it costs:"}
	for i, t := range a.Costs {
		out = append(out, fmt.Sprintf("%s: %d (%+d)", t.Title, t.Cost, t.Cost-now.Costs[i]))
	}
	for _, m := range a.Moves {
		out = append(out, titled(j.s, m.ID)+" "+m.Text)
	}
	return out, nil
}
