package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"plenary/cmd/desk"
	"plenary/export/ics"
	"plenary/export/xlsx"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/solve"
)

// pictures is the folder into which the story's pictures are written; none where
// the variable is not set.
var pictures = os.Getenv("PLENARY_PICTURES")

// read reads a scenario as the program does.
func read(name string, opening func(string)) (*scenario.Scenario, []rule.Instance, error) {
	s, problems := scenario.Read(name, scenario.Sources{Library: scenarios.FS, Busy: ics.Busy, Workbook: xlsx.Read, Opening: opening})
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	return s, instances, nil
}

// resolution writes the scenario of the resolution into a folder, with some of
// its text changed.
func resolution(t testing.TB, changes ...string) string {
	t.Helper()
	folder := t.TempDir()
	entries, err := scenarios.Resolution.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		src, err := scenarios.Resolution.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, e.Name()), []byte(strings.NewReplacer(changes...).Replace(string(src))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "gcm-2018.yaml")
}

// serve opens a desk and gives its address.
func serve(t *testing.T, file, code string) string {
	t.Helper()
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "gcm-2018.desk"), "plenary test", code, read)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	server.Config = d.Server(desk.Access{Hosts: []string{server.Listener.Addr().String()}})
	server.Start()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
		d.Close()
	})
	return server.URL
}

// chrome is the one browser of all tests: it is started when the first page is opened.
var chrome = sync.OnceValues(func() (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.WindowSize(1440, 1000), chromedp.WSURLReadTimeout(3*time.Minute))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ended = append(ended, cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithBrowserOption(chromedp.WithDialTimeout(3*time.Minute)))
	ended = append(ended, cancel)
	return ctx, chromedp.Run(ctx)
})

// ended is what ends the browser.
var ended []context.CancelFunc

// browser opens a page of a desk in a real browser. What the browser complains
// about fails the test: a broken policy, an error of the script.
func browser(t *testing.T, address string) context.Context {
	t.Helper()
	ctx, err := chrome()
	if err != nil {
		t.Fatal(err)
	}
	// In a window of its own it is seen, whichever other page is.
	window, err := target.CreateTarget("about:blank").WithNewWindow(true).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithTargetID(window))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(cancel)
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			// What the desk refuses with a reason, the page says.
			if e.Entry.Level == log.LevelError && !strings.Contains(e.Entry.Text, "status of 4") {
				t.Errorf("the browser says: %s %s", e.Entry.Text, e.Entry.URL)
			}
		case *cdpruntime.EventExceptionThrown:
			t.Errorf("the script fails: %s", e.ExceptionDetails.Error())
		case *cdppage.EventJavascriptDialogOpening:
			t.Errorf("a script of somebody else has run: %s", e.Message)
		}
	})
	do(t, ctx, emulation.SetFocusEmulationEnabled(true), chromedp.EmulateViewport(1440, 1000), chromedp.Navigate(address), chromedp.WaitReady("html[data-ready=yes]"))
	return ctx
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// until waits for something on the page to be true.
func until(t *testing.T, ctx context.Context, what string) {
	t.Helper()
	var yes bool
	if err := chromedp.Run(ctx, chromedp.Poll(what, &yes, chromedp.WithPollingTimeout(3*time.Minute), chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		var said string
		_ = chromedp.Run(ctx, chromedp.Text("#said", &said))
		picture(t, ctx, "failed")
		t.Fatalf("waiting for %s: %v; the page says %q", what, err, said)
	}
}

func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if pictures == "" {
		return
	}
	var src []byte
	do(t, ctx, chromedp.CaptureScreenshot(&src))
	if err := os.WriteFile(filepath.Join(pictures, name+".png"), src, 0o600); err != nil {
		t.Fatal(err)
	}
}

const vienna = "thematic-smuggling"

// first is the first day of the Vienna session as the page knows it.
const first = `state.sessions.find(x => x.id === "` + vienna + `").days[0]`

func text(t *testing.T, ctx context.Context, expression string) (out string) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(expression, &out))
	return out
}

// accessible looks at the page, or at one part of it, with axe-core.
func accessible(t *testing.T, ctx context.Context, part ...string) {
	t.Helper()
	of, err := json.Marshal(append([]string{}, part...))
	if err != nil {
		t.Fatal(err)
	}
	axe, err := os.ReadFile("../../.tools/accessibility/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal("axe-core is missing; run: make test-setup")
	}
	var result string
	var there bool
	do(t, ctx, chromedp.Evaluate(`"axe" in window`, &there))
	if !there {
		do(t, ctx, chromedp.Evaluate(string(axe)+";0", nil))
	}
	do(t, ctx,
		chromedp.Evaluate(`axe.run(`+string(of)+`[0] || document, {resultTypes: ["violations"]}).then(r => JSON.stringify({violations: r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.length + " " + v.nodes[0].html + " " + v.nodes[0].failureSummary), passes: r.passes.map(p => p.id)}))`, &result, chromedp.EvalAsValue, awaited))
	var found struct{ Violations, Passes []string }
	if err := json.Unmarshal([]byte(result), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found.Violations {
		t.Error(v)
	}
	if !strings.Contains(strings.Join(found.Passes, " "), "color-contrast") {
		t.Error("axe-core has not looked at the contrast")
	}
}

// The whole story: plan, drag the Vienna session by a week, mend, compare, undo,
// keep a draft, publish.
func TestAPlannerPlansDragsMendsComparesAndPublishes(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			file := resolution(t)
			address := serve(t, file, code)
			ctx := browser(t, address)
			accessible(t, ctx)
			takesTheBest(t, ctx)
			until(t, ctx, `state.status === "optimal"`)
			do(t, ctx, chromedp.Evaluate(`calendar.setOption("date", `+first+`), scrollTo(0, 0)`, nil))
			picture(t, ctx, code+"-year")

			do(t, ctx, chromedp.Evaluate(`calendar.setOption("view", "dayGridMonth")`, nil))
			until(t, ctx, `document.querySelectorAll(".ec-day-grid .ec-event").length > 0`)
			was := text(t, ctx, first)
			to := text(t, ctx, `plus(`+first+`, `+map[bool]string{true: "7", false: "-7"}[was < "2017-09-15"]+`)`)
			drag(t, ctx, to, code+"-drag")
			until(t, ctx, `state.sessions.find(x => x.id === "`+vienna+`").pinned`)
			picture(t, ctx, code+"-month")

			do(t, ctx, chromedp.Click("#whynot"))
			until(t, ctx, `document.querySelectorAll("#answer li").length > 1`)
			until(t, ctx, `[...document.querySelectorAll("#answer li, #violations li, #priced li, #means bdi")].every(x => x.lang === "en")`)
			do(t, ctx, chromedp.Click("#mend"))
			until(t, ctx, `!state.search.running && state.search.proposals && state.search.proposals.length === 1`)
			do(t, ctx, chromedp.Click("#proposals button"))
			// What was answered of the plan before is gone.
			until(t, ctx, `state.violations.length === 0 && `+first+` === "`+to+`" && document.querySelectorAll("#answer li").length === 0`)
			do(t, ctx, chromedp.Evaluate(`scrollTo(0, 0)`, nil))
			picture(t, ctx, code+"-mended")

			do(t, ctx, chromedp.Click("#undo"))
			until(t, ctx, `state.redo !== ""`)
			do(t, ctx, chromedp.Click("#redo"))
			until(t, ctx, `state.redo === ""`)
			do(t, ctx, chromedp.SendKeys("#name", "First"), chromedp.SendKeys("#note", "for delegations"), chromedp.Click("#draft"))
			until(t, ctx, `state.drafts.length === 1`)
			if status, page := get(t, address+"/compare"); status != http.StatusOK || !strings.Contains(page, "draft First") {
				t.Errorf("the comparison: status %d", status)
			}
			do(t, ctx, chromedp.Click("#publish"))
			until(t, ctx, `(state.published || []).length === 1`)
			if _, calendar := get(t, address+"/published/published-0001/calendar.ics"); !strings.Contains(calendar, "DTSTART;VALUE=DATE:"+strings.ReplaceAll(to, "-", "")) {
				t.Errorf("the calendar has nothing on %s", to)
			}
			// A plan that was proven for another scenario is proven no more.
			do(t, ctx, chromedp.SetValue("#fact", "stations.vienna.interpretation.teams"), chromedp.SetValue("#value", "2"), chromedp.Click("#facts button[type=submit]"))
			until(t, ctx, `facts.find(f => f.path === "stations.vienna.interpretation.teams").value === "2"`)
			do(t, ctx, chromedp.Click("#undo"))
			until(t, ctx, `facts.find(f => f.path === "stations.vienna.interpretation.teams").value === "1"`)
			do(t, ctx, chromedp.Click("#redo"))
			until(t, ctx, `facts.find(f => f.path === "stations.vienna.interpretation.teams").value === "2" && state.tiers.length > 0 && state.tiers.every(t => !t.proven)`)
			do(t, ctx, chromedp.Evaluate(`calendar.setOption("view", "timeGridWeek"), calendar.setOption("date", `+first+`), scrollTo(0, 0)`, nil))
			until(t, ctx, `document.querySelectorAll(".ec-event").length > 1`)
			picture(t, ctx, code+"-week")
			accessible(t, ctx)
			do(t, ctx, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
			accessible(t, ctx)
			picture(t, ctx, code+"-dark")
			do(t, ctx, chromedp.EmulateViewport(390, 844))
			var wide int
			do(t, ctx, chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide))
			picture(t, ctx, code+"-narrow")
			if wide > 390 {
				t.Errorf("on a telephone the page is %d wide", wide)
			}
		})
	}
}

// takesTheBest finds the best plan and takes it.
func takesTheBest(t *testing.T, ctx context.Context) {
	t.Helper()
	do(t, ctx, chromedp.Click("#plan"))
	until(t, ctx, `!state.search.running && state.search.proposals && state.search.proposals.length === 1`)
	do(t, ctx, chromedp.Click("#proposals button"))
	until(t, ctx, `state.sessions.length > 20`)
}

// point is a place of the window, in pixels.
type point struct{ X, Y float64 }

// at gives a point of a session's first event, in the view that is open.
func at(t *testing.T, ctx context.Context, id string) (out point) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(`doing.then(() => {
		const r = document.querySelector('button.event[data-event^="`+id+`#"]').closest(".ec-event").getBoundingClientRect(), in_ = Math.min(20, r.width / 2);
		return {x: document.dir === "rtl" ? r.right - in_ : r.left + in_, y: r.top + Math.min(20, r.height / 2)};
	})`, &out, awaited))
	return out
}

// spot gives a point of the calendar that is of a day, and of a station's line where one
// is named, well inside: looked for at a height first.
func spot(t *testing.T, ctx context.Context, near float64, day, station string) (out point) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(fmt.Sprintf(`((near, day, station) => {
		const r = $("calendar").getBoundingClientRect(), at = (x, y) => under({clientX: x, clientY: y});
		const has = (x, y) => (u => u.day === day && (!station || u.station === station))(at(x, y));
		for (const y of [near, ...Array.from({length: Math.floor(r.height / 12)}, (_, i) => r.top + 12 * i)])
			for (let x = r.left; x < r.right;) {
				const u = at(x, y);
				if (station && u.station && u.station !== station) break;
				if (has(x, y)) {
					let right = x, low = y;
					while (has(right + 1, y)) right++;
					while (low < y + 50 && has(x, low + 1)) low++;
					return {x: (x + right) / 2, y: (y + low) / 2};
				}
				x += u.day ? Math.max(1, Math.abs(days(u.day, day))) : 8; // no day is less than a pixel wide
			}
	})(%f, %q, %q)`, near, day, station), &out))
	if out.X == 0 {
		t.Fatalf("nowhere in the calendar is %s %s", day, station)
	}
	return out
}

func mouse(kind input.MouseType, p point) chromedp.Action {
	return input.DispatchMouseEvent(kind, p.X, p.Y).WithButton(input.Left).WithButtons(1).WithClickCount(1)
}

// held takes what is at one point with the mouse, and holds it over another.
func held(t *testing.T, ctx context.Context, from, over point) {
	t.Helper()
	do(t, ctx, mouse(input.MouseMoved, from), mouse(input.MousePressed, from), mouse(input.MouseMoved, point{from.X + 8, from.Y + 4}))
	until(t, ctx, `dragging && outlook.size > 0`)
	do(t, ctx, mouse(input.MouseMoved, point{over.X, over.Y - 1}), mouse(input.MouseMoved, over))
}

// drag drags the Vienna session from where it is shown to another day with the
// mouse, in the view that is open.
func drag(t *testing.T, ctx context.Context, to, name string) {
	t.Helper()
	from := at(t, ctx, vienna)
	there := text(t, ctx, fmt.Sprintf(`plus(dayAt({clientX: %f, clientY: %f}), days(`+first+`, %q))`, from.X, from.Y, to))
	over := spot(t, ctx, from.Y, there, "")
	held(t, ctx, from, over)
	until(t, ctx, `!document.querySelector("#tip").hidden && document.querySelector("#tip").textContent.startsWith(day("`+to+`") + ": ")`)
	until(t, ctx, `document.querySelectorAll("#calendar .forbidden").length > 0`)
	picture(t, ctx, name)
	do(t, ctx, mouse(input.MouseReleased, over))
	until(t, ctx, first+` === "`+to+`"`)
}

// best is the best plan of the resolution's process.
var best = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "desk")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if err := os.CopyFS(folder, scenarios.Resolution); err != nil {
		return nil, err
	}
	s, instances, err := read(filepath.Join(folder, "gcm-2018.yaml"), nil)
	if err != nil {
		return nil, err
	}
	found, err := solve.Plan(context.Background(), s, instances, solve.Options{Seed: 1})
	if err != nil {
		return nil, err
	}
	return found.Plan.Encode()
})

// planned writes the scenario of the resolution, and begins its desk with the best plan.
func planned(t *testing.T) string {
	t.Helper()
	file := resolution(t)
	src, err := best()
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "gcm-2018.desk"), "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Begin("best", src), d.Close()); err != nil {
		t.Fatal(err)
	}
	return file
}

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var b strings.Builder
	if _, err := fmt.Fprint(&b, readAll(t, response)); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, b.String()
}

// Titles and names are text, whatever stands in them.
func TestAScriptInATitleIsText(t *testing.T) {
	t.Parallel()
	evil := `<img src=x onerror=alert(1)><script>alert(2)</script> \u202egnp.exe`
	file := resolution(t, "Addressing drivers of migration", evil, "title: Global Compact for Safe", "title: "+evil+" Global Compact for Safe")
	ctx := browser(t, serve(t, file, "en"))
	takesTheBest(t, ctx)
	var found int
	do(t, ctx, chromedp.Evaluate(`document.querySelectorAll("img, body script").length`, &found))
	if found != 0 {
		t.Errorf("%d elements were made of a title", found)
	}
	if shown := text(t, ctx, `document.querySelector("#session").textContent`); !strings.Contains(shown, evil) {
		t.Error("the title is not shown as it is written")
	}
}
