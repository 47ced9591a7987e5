package desk

import (
	"context"
	"crypto/subtle"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
)

//go:embed assets
var assets embed.FS

//go:embed page.html
var page string

// Access says who may use the desk.
type Access struct {
	Hosts []string // what the desk is called, with port: no other name is answered
	Token string   // what a browser must show; "" for none
}

// Limits of what is asked.
const (
	mostBody     = 64 << 10        // bytes of a request
	mostAnswers  = 2               // questions that need a search, at the same time
	answerWithin = 1 * time.Minute // such a question
)

const (
	policy       = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin"
)

const cookie = "plenary-desk"

// Handler gives the page and what it asks for. Other sites cannot use it: the
// name by which it is called is checked (against DNS rebinding), and where
// requests that change something come from.
func (d *Desk) Handler(a Access) http.Handler {
	t := template.Must(template.New("page").Funcs(template.FuncMap{"text": func(key string) string { return d.l.Text(key) }}).Parse(page))
	files, err := fs.Sub(assets, "assets")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		d.mu.Lock()
		title := d.s.In(d.l.Code, d.s.Title)
		d.mu.Unlock()
		_ = t.Execute(w, map[string]string{"Language": d.l.Code, "Direction": d.l.Direction(), "Title": title})
	})
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServerFS(files)))
	mux.HandleFunc("GET /state", func(w http.ResponseWriter, _ *http.Request) { answer(w, d.shown(), nil) })
	mux.HandleFunc("GET /days", d.days)
	mux.HandleFunc("GET /events", d.events)
	waiting := make(chan struct{}, mostAnswers)
	mux.HandleFunc("GET /why", func(w http.ResponseWriter, r *http.Request) {
		select {
		case waiting <- struct{}{}:
			defer func() { <-waiting }()
		default:
			http.Error(w, "Too many questions at once; wait for the answers.", http.StatusTooManyRequests)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), answerWithin)
		defer cancel()
		d.mu.Lock()
		j := job{s: d.s, instances: d.instances, now: d.current()}
		d.mu.Unlock()
		text, err := d.why(ctx, j, r.FormValue("session"), r.FormValue("day"))
		answer(w, text, err)
	})
	mux.HandleFunc("GET /compare", func(w http.ResponseWriter, _ *http.Request) {
		src, err := d.compared()
		if err != nil {
			answer(w, nil, err)
			return
		}
		w.Header().Set("Content-Security-Policy", reportPolicy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(src)
	})
	mux.HandleFunc("GET /published/{version}/{file}", func(w http.ResponseWriter, r *http.Request) {
		version, name := r.PathValue("version"), r.PathValue("file")
		if !slices.Contains(d.versions(), version) || !slices.Contains(publishedFiles, name) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", reportPolicy)
		http.ServeFile(w, r, filepath.Join(d.folder, version, name))
	})
	mux.HandleFunc("POST /do/{action}", d.act)
	return guard(a, http.NewCrossOriginProtection().Handler(mux))
}

// guard turns away who calls the desk by another name or shows no token, and
// says what browsers may do with the answers.
func guard(a Access, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !slices.Contains(a.Hosts, r.Host) {
			http.Error(w, "This desk is not called so.", http.StatusMisdirectedRequest)
			return
		}
		if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" && r.URL.Path != "/" {
			http.Error(w, "Other sites may not ask here.", http.StatusForbidden)
			return
		}
		if a.Token != "" {
			if shown := r.URL.Query().Get("token"); same(shown, a.Token) {
				http.SetCookie(w, &http.Cookie{Name: cookie, Value: a.Token, Path: "/", HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode})
				http.Redirect(w, r, "/", http.StatusSeeOther)
				return
			}
			if c, err := r.Cookie(cookie); err != nil || !same(c.Value, a.Token) {
				http.Error(w, "Open the address with its token, as plenary serve printed it.", http.StatusUnauthorized)
				return
			}
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		next.ServeHTTP(w, r)
	})
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// answer writes what was asked for, or what is wrong.
func answer(w http.ResponseWriter, x any, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(x)
}

// act does one thing. The page says which version it shows: what another page
// changed meanwhile is not overwritten unseen.
func (d *Desk) act(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Version                                   int
		Session, Day, Station, Room, Seat, Member string
		Name, Note, From, Path, Value             string
		Meeting, Number                           int
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "This request cannot be read, or is too large.", http.StatusBadRequest)
		return
	}
	d.mu.Lock()
	d.look()
	actions := map[string]func() error{
		"move":         func() error { return d.move(in.Session, in.Day) },
		"station":      func() error { return d.station(in.Session, in.Station) },
		"room":         func() error { return d.room(in.Session, in.Meeting, in.Room) },
		"seat":         func() error { return d.seat(in.Session, in.Meeting, in.Seat, in.Member) },
		"pin":          func() error { return d.pin(in.Session) },
		"undo":         func() error { return d.step(-1) },
		"redo":         func() error { return d.step(1) },
		"draft":        func() error { return d.keep(in.Name, in.Note) },
		"take":         func() error { return d.adopt(in.From, in.Number) },
		"plan":         d.plan,
		"mend":         d.mend,
		"alternatives": d.alternatives,
		"stop":         func() error { d.stop(); return nil },
		"fact":         func() error { return d.alter(in.Path, in.Value) },
		"publish":      func() error { return d.publish(in.Name, in.Note) },
	}
	do, ok := actions[r.PathValue("action")]
	switch {
	case !ok:
		d.mu.Unlock()
		http.NotFound(w, r)
		return
	case in.Version != d.version && r.PathValue("action") != "stop":
		d.mu.Unlock()
		http.Error(w, "The plan was changed meanwhile, in another window or in the scenario's file; it is shown as it is now. Nothing was overwritten: look, and do it again.", http.StatusConflict)
		return
	}
	err := do()
	d.mu.Unlock()
	answer(w, d.shown(), err)
}

// days answers what each day would mean for a session.
func (d *Desk) days(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	s, instances, p := d.s, d.instances, d.current()
	d.mu.Unlock()
	of := s.Period
	if text := r.FormValue("days"); text != "" {
		asked, err := calendar.ParseRange(text)
		if err != nil {
			answer(w, nil, err)
			return
		}
		of = of.Intersect(asked)
	}
	answer(w, Outlooks(s, instances, p, r.FormValue("session"), of), nil)
}

// tell wakes up who watches.
func (d *Desk) tell() {
	for c := range d.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// events sends the version and the search whenever they change.
func (d *Desk) events(w http.ResponseWriter, r *http.Request) {
	c := make(chan struct{}, 1)
	c <- struct{}{}
	d.mu.Lock()
	d.watchers[c] = true
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		delete(d.watchers, c)
		d.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	tick := time.NewTicker(2 * time.Second) // when the scenario's file is looked at
	defer tick.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			d.mu.Lock()
			d.look()
			d.mu.Unlock()
			continue
		case <-c:
		}
		d.mu.Lock()
		src, err := json.Marshal(map[string]any{"version": d.version, "search": d.search, "trouble": d.trouble})
		d.mu.Unlock()
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", src); err != nil || out.Flush() != nil {
			return
		}
	}
}

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
	Status     plan.Status   `json:"status"`
	Priced     []string      `json:"priced"`
	Drafts     []named       `json:"drafts"`
	Published  []string      `json:"published"`
	Search     Search        `json:"search"`
	Facts      []Fact        `json:"facts"`
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
	Station  string         `json:"station"`
	At       []string       `json:"at"` // where it may meet
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
	Seats []seatView   `json:"seats"`
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
	p := d.measured(d.current())
	verdict := judge.Plan(d.s, d.instances, p)
	v := view{Version: d.version, First: d.s.Period.First, Last: d.s.Period.Last, Trouble: d.trouble, Tiers: slices.Clone(p.Tiers), Status: p.Status, Search: d.search, Published: d.versions(), Facts: d.facts(),
		Sessions: []sessionView{}, Violations: []string{}, Drafts: []named{}, NotHeld: []string{}}
	for i := range v.Tiers {
		v.Tiers[i].Title = in(v.Tiers[i].Title)
	}
	if d.at > 0 {
		v.Undo = d.states[d.at].what
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
		v.Priced = append(v.Priced, fmt.Sprintf("%d, %d: %s", m.Instance.Tier, m.Cost(), sentence(m)))
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
		s := sessionView{ID: x.ID, Title: in(x.Name()), Station: held.Station, At: x.AtStations, Days: held.Days,
			Pinned: slices.Contains(d.states[d.at].pins, x.ID), Broken: broken[x.ID], Meetings: []meetingView{}}
		for k := range held.Meetings {
			s.Meetings = append(s.Meetings, d.meeting(x, held, &held.Meetings[k]))
		}
		v.Sessions = append(v.Sessions, s)
	}
	return v
}

func (d *Desk) meeting(x *scenario.Session, held *plan.Session, m *plan.Meeting) meetingView {
	in := d.in
	out := meetingView{Day: m.Day, Room: m.Room, Title: m.Kind + " " + strconv.Itoa(m.Number), Seats: []seatView{}}
	slot := slices.IndexFunc(d.s.Slots, func(k scenario.Slot) bool { return k.ID == m.Slot })
	times := d.s.SlotTimes(d.s.Station(held.Station), slot)
	out.From, out.To = times.From.String(), times.To.String()
	for _, k := range x.Programmed {
		if k.Kind != m.Kind {
			continue
		}
		out.Title = in(x.MeetingTitle(k, m.Number))
		for _, seat := range k.Seats {
			if seat.Number() != 1 || len(m.Seats[seat.ID]) != 1 {
				continue
			}
			sv := seatView{ID: seat.ID, Title: in(seat.Title), Member: m.Seats[seat.ID][0]}
			for _, who := range d.s.Eligible(seat) {
				sv.From = append(sv.From, member{who.ID, d.s.NameOf(who, d.l.Code)})
			}
			out.Seats = append(out.Seats, sv)
		}
	}
	return out
}
