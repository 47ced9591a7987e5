package desk

import (
	"context"
	"crypto/subtle"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/solver/memory"
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
	mostHead     = 16 << 10        // bytes of its head
	mostName     = 80              // letters of the name of a draft or version
	mostNote     = 400             // letters of its note
	mostAnswers  = 2               // questions that need a search, at the same time
	mostOutlooks = 4               // questions of what the days would mean, at the same time: the oldest is given up
	mostWatchers = 100             // pages that are told of changes, at the same time
	answerWithin = 1 * time.Minute // such a question
)

const (
	policy       = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox allow-same-origin"
)

// How long a browser may take.
const (
	headWithin   = 10 * time.Second // to send the head of a request
	askedWithin  = 30 * time.Second // to send all of it
	takenWithin  = 2 * time.Minute  // from then until it has the answer
	toldWithin   = 10 * time.Second // to take what it is told of a change
	silentWithin = 2 * time.Minute  // between two requests
)

// Server gives a server of the desk, which cuts off who is too slow or asks too much.
func (d *Desk) Server(a Access) *http.Server {
	return &http.Server{Handler: d.Handler(a), ReadHeaderTimeout: headWithin, ReadTimeout: askedWithin, WriteTimeout: takenWithin, IdleTimeout: silentWithin, MaxHeaderBytes: mostHead}
}

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
	mux.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServerFS(onlyFiles{files})))
	mux.HandleFunc("GET /state", func(w http.ResponseWriter, _ *http.Request) { answer(w, d.shown(), nil) })
	mux.HandleFunc("GET /session", d.session)
	mux.HandleFunc("GET /facts", func(w http.ResponseWriter, _ *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		answer(w, d.facts(), nil)
	})
	mux.HandleFunc("GET /days", d.days)
	mux.HandleFunc("GET /events", d.events)
	waiting := make(chan struct{}, mostAnswers)
	mux.HandleFunc("GET /why", func(w http.ResponseWriter, r *http.Request) {
		select {
		case waiting <- struct{}{}:
			defer func() { <-waiting }()
		default:
			tooMany(w)
			return
		}
		bounded, end := memory.Bounded(r.Context())
		defer end()
		ctx, cancel := context.WithTimeout(bounded, answerWithin)
		defer cancel()
		d.mu.Lock()
		j := job{s: d.s, instances: d.instances, now: d.now}
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
	mux.HandleFunc("GET /published/{version}/{file}", d.published)
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
		// A page of another port of this machine counts as of the same site.
		if site := r.Header.Get("Sec-Fetch-Site"); (site == "cross-site" || site == "same-site") && r.URL.Path != "/" {
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

func tooMany(w http.ResponseWriter) {
	http.Error(w, "Too many questions at once; wait for the answers.", http.StatusTooManyRequests)
}

// wish is what a page wants to be done.
type wish struct {
	Version                                   int // of what the page shows
	Session, Day, Station, Room, Seat, Member string
	Name, Note, From, Path, Value             string
	Meeting, Number                           int
}

// errChanged says that a page did not show what is.
var errChanged = errors.New("The plan was changed meanwhile, in another window or in the scenario's file; it is shown as it is now. Nothing was overwritten: look, and do it again.")

// act does one thing.
func (d *Desk) act(w http.ResponseWriter, r *http.Request) {
	if is, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || is != "application/json" {
		http.Error(w, "This request is not from the page of the desk.", http.StatusUnsupportedMediaType)
		return
	}
	var in wish
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "This request cannot be read, or is too large.", http.StatusBadRequest)
		return
	}
	known, err := d.do(r.PathValue("action"), in)
	switch {
	case !known:
		http.NotFound(w, r)
	case errors.Is(err, errChanged):
		http.Error(w, err.Error(), http.StatusConflict)
	default:
		answer(w, d.shown(), err)
	}
}

// do does what is wished, when there is such an action. The page says which
// version it shows: what another page changed meanwhile is not overwritten unseen.
func (d *Desk) do(action string, in wish) (known bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.look()
	actions := map[string]func() error{
		"move":         func() error { return d.move(in.Session, in.Day, in.Station) },
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
		"prefer":       func() error { return d.prefer(in.Number) },
		"publish":      func() error { return d.publish(in.Name, in.Note) },
	}
	run, known := actions[action]
	switch {
	case !known:
		return false, nil
	case in.Version != d.version && action != "stop":
		return true, errChanged
	case !shortLine(in.Name, mostName), !shortLine(in.Note, mostNote):
		return true, fmt.Errorf("a name is one line of up to %d letters, a note one of up to %d, without characters that do not show", mostName, mostNote)
	}
	in.Name, in.Note = strings.TrimSpace(in.Name), strings.TrimSpace(in.Note)
	return true, run()
}

// shortLine tells whether a text is one line of not more than so many letters, in which
// all shows.
func shortLine(text string, most int) bool {
	_, hides := diag.Hidden(text)
	return utf8.RuneCountInString(text) <= most && !hides && !strings.ContainsAny(text, "\n\t")
}

// onlyFiles gives no lists of folders.
type onlyFiles struct{ fs.FS }

// Open opens a file, and no folder.
func (o onlyFiles) Open(name string) (fs.File, error) {
	if info, err := fs.Stat(o.FS, name); err != nil || info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.FS.Open(name)
}

// newest lets not more than so many questions be worked at: one more, and the oldest of
// them is given up.
type newest struct {
	most int
	mu   sync.Mutex
	at   []*question // the oldest first
}

type question struct{ end context.CancelFunc }

// begin gives the context in which a question is worked at, and what is called once that
// is done.
func (n *newest) begin(outer context.Context) (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancel(outer)
	one := &question{cancel}
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.at) == n.most {
		n.at[0].end()
		n.at = n.at[1:]
	}
	n.at = append(n.at, one)
	return ctx, func() {
		cancel()
		n.mu.Lock()
		defer n.mu.Unlock()
		n.at = slices.DeleteFunc(n.at, func(x *question) bool { return x == one })
	}
}

// days answers what each day would mean for a session, at another station where one
// is named.
func (d *Desk) days(w http.ResponseWriter, r *http.Request) {
	ctx, done := d.outlooks.begin(r.Context())
	defer done()
	d.mu.Lock()
	s, instances, p := d.s, d.instances, d.now
	if d.ties == nil {
		d.ties = TiesOf(s, instances)
	}
	ties := d.ties
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
	out := Outlooks(ctx, s, instances, ties, p, r.FormValue("session"), r.FormValue("station"), of)
	if ctx.Err() != nil {
		tooMany(w)
		return
	}
	answer(w, out, nil)
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
	full := len(d.watchers) >= mostWatchers
	if !full {
		d.watchers[c] = true
	}
	d.mu.Unlock()
	if full {
		http.Error(w, "Too many pages are open; close some.", http.StatusTooManyRequests)
		return
	}
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
		_ = out.SetWriteDeadline(time.Now().Add(toldWithin)) // a recorder of tests has none
		if _, err := fmt.Fprintf(w, "data: %s\n\n", src); err != nil || out.Flush() != nil {
			return
		}
		_ = out.SetWriteDeadline(time.Time{})
	}
}
