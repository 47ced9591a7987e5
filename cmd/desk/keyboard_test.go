package desk_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keys presses keys one after the other, as a planner without a mouse does.
func keys(t *testing.T, ctx context.Context, pressed ...string) {
	t.Helper()
	for _, k := range pressed {
		do(t, ctx, chromedp.KeyEvent(k))
	}
}

// tabTo presses the tab key until something is in use.
func tabTo(t *testing.T, ctx context.Context, what string) {
	t.Helper()
	for range 400 {
		keys(t, ctx, kb.Tab)
		var there bool
		do(t, ctx, chromedp.Evaluate(`document.activeElement.matches(`+"`"+what+"`"+`)`, &there))
		if there {
			return
		}
	}
	t.Fatalf("the tab key never comes to %s", what)
}

// The whole story without a mouse: plan, take, choose the Vienna session, move it by
// a week, mend, take, undo, redo, keep a draft, publish. What is in use is never lost.
func TestTheKeyboardAlone(t *testing.T) {
	t.Parallel()
	file := resolution(t)
	address := serve(t, file, "en")
	ctx := browser(t, address)
	tabTo(t, ctx, "#plan")
	keys(t, ctx, kb.Enter)
	until(t, ctx, `!state.search.running && document.querySelector("#proposals button") !== null`)
	tabTo(t, ctx, "#proposals button")
	keys(t, ctx, kb.Enter)
	until(t, ctx, `state.sessions.length > 20`)

	// A session of the calendar is chosen with Enter, and stays in use.
	tabTo(t, ctx, `button.event[data-event^="`+vienna+`"]`)
	keys(t, ctx, kb.Enter)
	until(t, ctx, `chosen === "`+vienna+`" && outlook.size > 0 && document.activeElement.matches("button.event")`)
	was := text(t, ctx, first)
	to := text(t, ctx, `plus(`+first+`, 7)`)
	do(t, ctx, chromedp.Focus("#find"), chromedp.Focus(".skip"))
	keys(t, ctx, kb.Enter)
	tabTo(t, ctx, "#day")
	day := strings.Split(to, "-")
	keys(t, ctx, day[1], day[2], day[0])
	until(t, ctx, `document.querySelector("#day").value === "`+to+`" && document.querySelector("#means").textContent.includes("forbidden")`)
	picture(t, ctx, "typed")
	keys(t, ctx, kb.Enter)
	until(t, ctx, first+` === "`+to+`" && session().pinned`)

	do(t, ctx, chromedp.Focus("#undo"))
	tabTo(t, ctx, "#mend")
	keys(t, ctx, kb.Enter)
	until(t, ctx, `!state.search.running && (state.search.proposals || []).length === 1 && document.querySelector("#proposals button") !== null`)
	tabTo(t, ctx, "#proposals button")
	keys(t, ctx, kb.Enter)
	until(t, ctx, `state.violations.length === 0 && `+first+` === "`+to+`"`)

	// Undo and redo by their keys, to the beginning and back.
	for _, pressed := range []struct{ keys, what string }{{"z", first + ` !== "` + was + `" && state.redo !== ""`}, {"z", first + ` === "` + was + `"`}, {"y", first + ` === "` + to + `"`}, {"y", `state.redo === ""`}} {
		do(t, ctx, chromedp.Evaluate(`document.activeElement.blur(), 0`, nil), chromedp.KeyEvent(pressed.keys, chromedp.KeyModifiers(2)))
		until(t, ctx, pressed.what)
	}

	// A priority moves down and up again with the same button in use.
	do(t, ctx, chromedp.Focus("#fact"))
	tabTo(t, ctx, `#priorities button[data-key^="↓"]`)
	order := text(t, ctx, `state.priorities.join()`)
	keys(t, ctx, kb.Enter)
	until(t, ctx, `state.priorities.join() !== "`+order+`" && document.activeElement.matches("#priorities button")`)
	do(t, ctx, chromedp.Focus("#undo"))
	keys(t, ctx, kb.Enter)
	until(t, ctx, `state.priorities.join() === "`+order+`"`)

	do(t, ctx, chromedp.Focus("#fact"))
	tabTo(t, ctx, "#name")
	keys(t, ctx, "By keyboard", kb.Tab, "for delegations")
	tabTo(t, ctx, "#draft")
	keys(t, ctx, kb.Enter)
	until(t, ctx, `state.drafts.length === 1`)
	tabTo(t, ctx, "#publish")
	keys(t, ctx, kb.Enter)
	until(t, ctx, `(state.published || []).length === 1`)
	tabTo(t, ctx, `#published a[href$="calendar.ics"]`)
}
