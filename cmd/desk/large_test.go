package desk_test

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"plenary/cmd/desk"
)

// calendarOf opens the desk of a large invented calendar of conferences, with a plan.
func calendarOf(t *testing.T, size, code string) context.Context {
	t.Helper()
	s, _, p := large(t, size)
	src, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(s.File, filepath.Join(filepath.Dir(s.File), "gcm-2018.desk"), "plenary test", code, read)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Begin("hidden", src), d.Close()); err != nil {
		t.Fatal(err)
	}
	return browser(t, serve(t, s.File, code))
}

// holds tells of something on the page that has to be true.
func holds(t *testing.T, ctx context.Context, where, what string) {
	t.Helper()
	var yes bool
	do(t, ctx, chromedp.Evaluate(what, &yes))
	if !yes {
		t.Errorf("%s: this does not hold: %s", where, what)
		picture(t, ctx, "failed-"+where)
	}
}

// What stands in each box, as a planner reads it.
const (
	wide    = `document.documentElement.scrollWidth <= innerWidth`
	whole   = `[...document.querySelectorAll("button.event .ec-event-title, button.event .where")].every(x => x.scrollWidth <= x.clientWidth + 1)`
	oneLine = `[...document.querySelectorAll(".ec-day-grid .ec-event")].every(x => x.offsetHeight < 30)`
	headed  = `[...document.querySelectorAll(".ec-day-grid .ec-col-head")].every((x, i) => x.scrollWidth <= x.clientWidth && Math.abs(x.getBoundingClientRect().left - document.querySelectorAll(".ec-day-grid .ec-body .ec-day")[i].getBoundingClientRect().left) < 2)`
	each    = `new Set([...document.querySelectorAll("button.event")].map(x => x.dataset.event.split("#")[0])).size === document.querySelectorAll("button.event").length`
)

// A year of 700 sessions can be read in every view, from both sides, on a wide screen,
// on a telephone and on paper.
func TestALargeCalendarCanBeRead(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			ctx := calendarOf(t, "L", code)
			if code == "ar" {
				do(t, ctx, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
			}
			seen := func(name, view string, claims ...string) {
				t.Helper()
				shownAs(t, ctx, view)
				picture(t, ctx, "large-"+code+"-"+name)
				for _, claim := range claims {
					holds(t, ctx, code+"-"+name, claim)
				}
			}
			do(t, ctx, chromedp.Evaluate(`calendar.setOption("date", "2027-03-10"), 0`, nil))
			seen("year", "resourceTimelineYear", `document.querySelectorAll("button.event").length < 800`, `[...document.querySelectorAll("button.event")].every(x => x.ariaLabel.includes("2027"))`)
			seen("month", "dayGridMonth", oneLine, headed)
			seen("week", "dayGridWeek", whole, headed, each)
			seen("list", "listMonth", whole, `[...document.querySelectorAll(".ec-list .ec-event")].filter(x => x.offsetHeight < 40).length > 20`)
			if code == "en" {
				for _, view := range []string{"dayGridMonth", "dayGridWeek"} {
					shownAs(t, ctx, view)
					var titles []string
					do(t, ctx, chromedp.Evaluate(`(v => state.sessions.filter(x => x.days.some(d => iso(v.currentStart) <= d && d < iso(v.currentEnd))).map(x => x.title))(calendar.getView())`, &titles))
					onPaper(t, ctx, view, titles)
					until(t, ctx, `calendar.getOption("view") === "`+view+`"`)
				}
			}
			do(t, ctx, chromedp.EmulateViewport(375, 812))
			seen("narrow-year", "resourceTimelineYear", wide)
			seen("narrow-month", "dayGridMonth", wide, oneLine, headed)
			seen("narrow-week", "listWeek", wide, whole, each)
			seen("narrow-list", "listMonth", wide, whole)
			// Who touches a session sees what can be done with it.
			do(t, ctx, chromedp.Click("button.event"))
			until(t, ctx, `chosen !== "" && $("details").getBoundingClientRect().top > 0 && $("details").getBoundingClientRect().top < innerHeight`)
		})
	}
}

// onPaper prints the page, and looks whether the sheets have the titles, and none of
// them is empty.
func onPaper(t *testing.T, ctx context.Context, view string, titles []string) {
	t.Helper()
	var src []byte
	do(t, ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		src, _, err = cdppage.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).WithLandscape(true).Do(ctx)
		return err
	}))
	command := exec.Command("pdftotext", "-", "-")
	command.Stdin = bytes.NewReader(src)
	out, err := command.Output()
	if err != nil {
		t.Fatal("pdftotext is missing; run: make test-setup: ", err)
	}
	sheets := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	for i, sheet := range sheets {
		if strings.Count(sheet, "\n") < 8 {
			t.Errorf("%s: sheet %d of %d is nearly empty: %s", view, i+1, len(sheets), sheet)
		}
	}
	var missing []string
	for _, title := range titles {
		if begin := title[:min(25, len(title))]; !strings.Contains(string(out), begin) { // a long one has more lines
			missing = append(missing, title)
		}
	}
	if len(missing) > 0 || len(titles) < 20 || len(sheets) > 6 {
		t.Errorf("%s: of %d sessions %q are not on paper, on %d sheets", view, len(titles), missing, len(sheets))
	}
}

// In a year of 700 sessions, one that is chosen changes nothing else of the calendar,
// and of thousands of facts those that are sought are there.
func TestInALargeCalendarWhatIsChosenIsFound(t *testing.T) {
	t.Parallel()
	ctx := calendarOf(t, "L", "en")
	do(t, ctx, chromedp.Evaluate(`document.querySelectorAll("button.event").forEach(x => { x.drawn = "before"; }), choose(state.sessions[350].id), 0`, nil))
	until(t, ctx, `session() && outlook.size > 300 && document.querySelectorAll(".ec-event.chosen").length === 1`)
	var anew int
	do(t, ctx, chromedp.Evaluate(`[...document.querySelectorAll("button.event")].filter(x => x.drawn !== "before").length`, &anew))
	if anew > 3 {
		t.Errorf("%d sessions were drawn anew", anew)
	}
	// Of two questions for the same purpose, the older one is given up.
	var answers string
	do(t, ctx, chromedp.Evaluate(`Promise.all([outlooks("test", ""), outlooks("test", ""), outlooks("other", "")]).then(all => all.map(x => x && x.length > 300).join())`, &answers, awaited))
	if answers != ",true,true" {
		t.Errorf("three questions are answered: %s", answers)
	}
	// The tip says all of a session that the pointer is over.
	do(t, ctx, chromedp.Evaluate(`document.querySelector(".ec-event.chosen button").dispatchEvent(new PointerEvent("pointerover", {bubbles: true})), 0`, nil))
	holds(t, ctx, "tip", `document.querySelector(".ec-event.chosen").title === told(session()) && told(session()).includes(session().meetings[0].room)`)

	if all, err := strconv.Atoi(text(t, ctx, `String(facts.length)`)); err != nil || all < 1000 {
		t.Fatalf("%d facts: %v", all, err)
	}
	holds(t, ctx, "facts", `document.querySelectorAll("#fact option").length <= most`)
	do(t, ctx, chromedp.SendKeys("#which", "nairobi teams"))
	until(t, ctx, `document.querySelectorAll("#fact option").length === 1 && $("fact").value === "stations.nairobi.interpretation.teams" && $("value").value !== ""`)
}
