package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// shownAs opens a view and waits for its events.
func shownAs(t *testing.T, ctx context.Context, view string) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(`calendar.setOption("view", "`+view+`"), 0`, nil))
	until(t, ctx, `drawnFor.startsWith("`+view+`") && document.querySelectorAll("button.event").length > 0 && (!session() || outlook.size > 0)`)
}

// Every view, in every language direction, by day and by night, wide, narrow and on
// paper, can be read and used by everybody, as axe-core sees it.
func TestEveryViewIsForEverybody(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			ctx := browser(t, serve(t, planned(t), code))
			do(t, ctx, chromedp.Evaluate(`choose("`+vienna+`", true), 0`, nil))
			for i, view := range []string{"resourceTimelineYear", "dayGridMonth", "timeGridWeek", "dayGridWeek", "listYear"} {
				if view == "dayGridWeek" { // as a crowded week is shown
					do(t, ctx, chromedp.Evaluate(`calendar.setOption("headerToolbar", {...calendar.getOption("headerToolbar"), end: views(sought()).join().replace("timeGridWeek", "dayGridWeek")}), views = () => ["resourceTimelineYear", "dayGridMonth", "dayGridWeek", "listYear"], 0`, nil))
				}
				shownAs(t, ctx, view)
				var part []string
				if i > 0 {
					part = []string{"#view"} // what stands beside it is the same
				}
				for _, scheme := range []string{"light", "dark"} {
					do(t, ctx, emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
					accessible(t, ctx, part...)
					picture(t, ctx, code+"-"+view+"-"+scheme)
				}
				do(t, ctx, chromedp.EmulateViewport(390, 844))
				var wide int
				do(t, ctx, chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide))
				picture(t, ctx, code+"-"+view+"-narrow")
				if wide > 390 {
					t.Errorf("%s: on a telephone the page is %d wide", view, wide)
				}
				do(t, ctx, chromedp.EmulateViewport(1440, 1000))
				printed(t, ctx, code+"-"+view)
			}
		})
	}
}

// printed prints the page and looks whether it has all that the screen has.
func printed(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	var src []byte
	do(t, ctx, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		src, _, err = cdppage.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).WithLandscape(true).Do(ctx)
		return err
	}))
	if !bytes.HasPrefix(src, []byte("%PDF-")) {
		t.Errorf("%s: no page was printed", name)
	}
	if pictures != "" {
		if err := os.WriteFile(filepath.Join(pictures, name+".pdf"), src, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var hidden string
	do(t, ctx, emulation.SetEmulatedMedia().WithMedia("print"),
		chromedp.Evaluate(`[...document.querySelectorAll("#calendar, #tiers, #calendar *")].filter(x => x.scrollHeight > x.clientHeight + 40 && /auto|scroll|hidden/.test(getComputedStyle(x).overflowY) && !x.matches(".heard, .ec-event, .ec-event *")).map(x => x.className).join(", ")`, &hidden),
		emulation.SetEmulatedMedia().WithMedia("screen"))
	if hidden != "" {
		t.Errorf("%s: on paper something is cut off: %s", name, hidden)
	}
}

// A session is dragged in the week by one of its meetings, in the year along its own
// line, and in the year onto the line of another station, whose rules are then shown.
func TestSessionsAreDraggedInWeekAndYear(t *testing.T) {
	t.Parallel()
	ctx := browser(t, serve(t, planned(t), "en"))
	do(t, ctx, chromedp.Evaluate(`choose("`+vienna+`", true), 0`, nil))
	shownAs(t, ctx, "timeGridWeek")
	was := text(t, ctx, first)
	drag(t, ctx, text(t, ctx, `plus(`+first+`, -1)`), "drag-week")
	do(t, ctx, chromedp.Click("#undo"))
	until(t, ctx, first+` === "`+was+`"`)
	shownAs(t, ctx, "resourceTimelineYear")
	drag(t, ctx, text(t, ctx, `plus(`+first+`, 21)`), "drag-year")
	do(t, ctx, chromedp.Click("#undo"))
	until(t, ctx, first+` === "`+was+`"`)

	to := text(t, ctx, `plus(`+first+`, -1)`)
	from := at(t, ctx, vienna)
	pointed := text(t, ctx, fmt.Sprintf(`plus(dayAt({clientX: %f, clientY: %f}), -1)`, from.X, from.Y))
	onto := spot(t, ctx, from.Y, pointed, "geneva")
	held(t, ctx, from, onto)
	until(t, ctx, `elsewhere.has("geneva") && elsewhere.get("geneva").size > 0 && document.querySelector("#tip").textContent === sense(elsewhere.get("geneva").get("`+to+`")).map(x => x.textContent ?? x).join("")`)
	if there := text(t, ctx, `elsewhere.get("geneva").get("`+to+`").text`); there == text(t, ctx, `outlook.get("`+to+`").text`) {
		t.Errorf("the rules of both stations say %q", there)
	}
	picture(t, ctx, "drag-station")
	do(t, ctx, mouse(input.MouseReleased, onto))
	until(t, ctx, first+` === "`+to+`" && session().station === "geneva" && state.undo.includes("Geneva")`)
	do(t, ctx, chromedp.Click("#undo"))
	until(t, ctx, `session().station === "vienna"`)
}

// What is pinned stays where it is while the rest is mended; what is let go may move.
func TestPinsAreSetAndTakenAway(t *testing.T) {
	t.Parallel()
	ctx := browser(t, serve(t, planned(t), "en"))
	do(t, ctx, chromedp.Evaluate(`choose("`+vienna+`", true), 0`, nil))
	until(t, ctx, `outlook.size > 0`)
	for _, pinned := range []string{"true", "false", "true"} {
		do(t, ctx, chromedp.Click("#pin"))
		until(t, ctx, `session().pinned === `+pinned+` && document.querySelector("#pin").checked === `+pinned+` && [...document.querySelectorAll(".ec-event.pinned")].length === (`+pinned+` ? 1 : 0)`)
	}
}

// Stations, rooms and moderators are changed where the session is shown.
func TestRoomsStationsAndModeratorsAreChanged(t *testing.T) {
	t.Parallel()
	ctx := browser(t, serve(t, planned(t), "en"))
	do(t, ctx, chromedp.Evaluate(`choose("briefing-drivers", true), 0`, nil))
	until(t, ctx, `outlook.size > 0`)
	choice := func(of, value string) {
		t.Helper()
		do(t, ctx, chromedp.Evaluate(`(s => { s.value = `+value+`; s.dispatchEvent(new Event("change")); })(document.querySelector('`+of+`')), 0`, nil))
	}
	choice(`[data-key="0 Room"]`, `[...s.options].find(o => !o.selected).value`)
	until(t, ctx, `state.undo.includes("room")`)
	do(t, ctx, chromedp.Evaluate(`choose("`+vienna+`", true), 0`, nil))
	until(t, ctx, `choices && choices.seats[0].length > 0`)
	choice(`[data-key="0 Moderator"]`, `[...s.options].find(o => !o.selected).value`)
	until(t, ctx, `state.undo.includes("takes the seat moderator")`)
	do(t, ctx, chromedp.Evaluate(`choose("hearing-1", true), 0`, nil))
	until(t, ctx, `chosen === "hearing-1" && choices && document.querySelectorAll("#station option").length === 2`)
	choice("#station", `"geneva"`)
	until(t, ctx, `session().station === "geneva" && state.undo.includes("moved to Geneva")`)
}
