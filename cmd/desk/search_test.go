package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A long search is watched on the page, with the best plan so far, the bound and the
// gap; meanwhile the page does what it is asked; and it is stopped.
func TestASearchIsWatchedAndStopped(t *testing.T) {
	t.Parallel()
	s, _, _ := large(t, "M")
	ctx := browser(t, serve(t, s.File, "en"))
	if hint := text(t, ctx, `document.querySelector("#status").textContent`); !strings.Contains(hint, "no plan yet") {
		t.Errorf("without a plan the page says %q", hint)
	}
	do(t, ctx, chromedp.Click("#plan"))
	until(t, ctx, `state.search.running && state.search.found && /best so far \d+, none can cost less than \d+, gap \d+/.test(document.querySelector("#search").textContent)`)
	picture(t, ctx, "search")
	do(t, ctx, chromedp.SendKeys("#name", "While it runs"), chromedp.Click("#draft"))
	until(t, ctx, `state.drafts.length === 1 && state.search.running`)
	do(t, ctx, chromedp.Click("#stop"))
	until(t, ctx, `!state.search.running && document.querySelector("#search").textContent.includes("stopped") && (state.search.proposals || []).length === 1`)
	do(t, ctx, chromedp.Click("#proposals button"))
	until(t, ctx, `state.sessions.length > 100`)
	// Of so many sessions, a search and a station leave few.
	do(t, ctx, chromedp.SendKeys("#find", "negotiations water"))
	until(t, ctx, `document.querySelector("#shown").textContent !== state.sessions.length + " / " + state.sessions.length && sought().length > 0 && sought().every(x => x.title.toLowerCase().includes("water"))`)
	picture(t, ctx, "found")
	// The month turns to the first of them, and stays where one of them is.
	do(t, ctx, chromedp.Evaluate(`$("find").value = "", calendar.setOption("view", "dayGridMonth"), calendar.setOption("date", state.sessions.map(x => x.days.at(-1)).sort().at(-1)), 0`, nil))
	const month = `iso(calendar.getView().currentStart).slice(0, 7)`
	until(t, ctx, `calendar.getView().type === "dayGridMonth"`)
	do(t, ctx, chromedp.SendKeys("#find", "negotiations water"))
	until(t, ctx, `hits().length > 1 && `+month+` === hits().map(x => x.days[0]).sort()[0].slice(0, 7)`)
	do(t, ctx, chromedp.Evaluate(`calendar.setOption("date", hits().map(x => x.days[0]).sort().at(-1)), 0`, nil))
	do(t, ctx, chromedp.SendKeys("#find", " "))
	until(t, ctx, month+` === hits().map(x => x.days[0]).sort().at(-1).slice(0, 7)`)
}

// Alternatives and a draft stand side by side in one page.
func TestAlternativesStandSideBySide(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "talks.yaml")
	if err := os.WriteFile(file, []byte(`plenary: 1
title: Talks
period: 2027-03
include: [un-stations]
priorities: [early]
sessions:
  - {id: opening, title: Opening, at: geneva, days: 2}
  - {id: talks, title: Talks, at: vienna, days: 2}
  - {id: closing, title: Closing, at: geneva, days: 2}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	address := serve(t, file, "en")
	ctx := browser(t, address)
	do(t, ctx, chromedp.Click("#plan"))
	until(t, ctx, `!state.search.running && document.querySelector("#proposals button") !== null`)
	do(t, ctx, chromedp.Click("#proposals button"))
	until(t, ctx, `state.sessions.length === 3`)
	do(t, ctx, chromedp.SendKeys("#name", "Mine"), chromedp.Click("#draft"))
	until(t, ctx, `state.drafts.length === 1 && !document.querySelector("#compare").hidden`)
	do(t, ctx, chromedp.Click("#alternatives"))
	until(t, ctx, `document.querySelectorAll("#proposals article").length > 1 && document.querySelector("#proposals").textContent.includes("Alternative 1")`) // also before the last is there
	until(t, ctx, `!state.search.running && (state.search.proposals || []).length === 6`)
	picture(t, ctx, "alternatives")
	// While the next one is sought, the page says how far that is; lists that were opened
	// or closed stay so when it is there.
	do(t, ctx, chromedp.Evaluate(`document.querySelectorAll("#proposals details").forEach((x, i) => { x.open = i === 1; }),
		searching({...state.search, running: true, proposals: [...state.search.proposals, {...state.search.proposals[1], title: "One more"}]}), 0`, nil))
	if said := text(t, ctx, `$("search").textContent`); !strings.HasPrefix(said, "Alternative 5 of 5 is sought") {
		t.Errorf("while the last one is sought the page says %q", said)
	}
	if open := text(t, ctx, `[...document.querySelectorAll("#proposals details")].slice(0, 6).map(x => x.open).join() + $("proposals").lastChild.firstChild.textContent`); open != "false,true,false,false,false,falseOne more" {
		t.Errorf("of the lists are open: %s", open)
	}
	_, shown := get(t, address+"/compare")
	for _, name := range []string{"the plan on the desk", "The best plan found", "Alternative 1", "Alternative 5", "draft Mine"} {
		if !strings.Contains(shown, name) {
			t.Errorf("the comparison does not show %q", name)
		}
	}
	// In the browser no script runs in it: its policy forbids all.
	do(t, ctx, chromedp.Navigate(address+"/compare"))
	picture(t, ctx, "compare")
}

// A planner changes a fact in a form: the file has it, its comments stay, and she can
// take it back.
func TestFactsAreChangedInForms(t *testing.T) {
	t.Parallel()
	file := planned(t)
	was := content(t, file)
	ctx := browser(t, serve(t, file, "en"))
	chosen := func(path string) chromedp.Action {
		return chromedp.Evaluate(`(s => { s.value = "`+path+`"; s.dispatchEvent(new Event("change")); })(document.querySelector("#fact")), 0`, nil)
	}
	do(t, ctx, chosen("officers.president.away"), chromedp.SetValue("#from", "2018-06-04"), chromedp.SetValue("#until", "2018-06-08"), chromedp.Click("#facts button[type=submit]"))
	until(t, ctx, `facts.some(f => f.path.startsWith("officers.president.away.#") && f.first === "2018-06-04" && f.last === "2018-06-08")`)
	if now := content(t, file); !strings.Contains(now, "2018-06-04..2018-06-08") || strings.Count(now, "#") != strings.Count(was, "#") {
		t.Error("the file has not the days, or not its comments")
	}
	do(t, ctx, chosen("stations.vienna.interpretation.teams"), chromedp.SetValue("#value", "2"), chromedp.Click("#facts button[type=submit]"))
	until(t, ctx, `facts.some(f => f.path === "stations.vienna.interpretation.teams" && f.value === "2")`)
	for range 2 {
		do(t, ctx, chromedp.Evaluate(`act("undo"), 0`, nil))
	}
	until(t, ctx, `facts.some(f => f.path === "stations.vienna.interpretation.teams" && f.value === "1") && !facts.some(f => f.path.startsWith("officers.president.away.#"))`)
	if content(t, file) != was {
		t.Error("undone, the file is another")
	}
}

// Of two tabs, the one that does not show what is, is told so, and overwrites nothing.
func TestTwoTabsDoNotOverwriteEachOtherUnseen(t *testing.T) {
	t.Parallel()
	address := serve(t, planned(t), "en")
	one, two := browser(t, address), browser(t, address)
	do(t, one, chromedp.Evaluate(`listen.source.close(), 0`, nil)) // as if it had not heard yet
	do(t, two, chromedp.Evaluate(`act("move", {session: "`+vienna+`", day: plus(`+first+`, 7)}), 0`, nil))
	until(t, two, `state.undo.includes("moved to")`)
	moved := text(t, two, first)
	do(t, one, chromedp.Evaluate(`act("move", {session: "`+vienna+`", day: plus(`+first+`, -7)}), 0`, nil))
	until(t, one, `document.querySelector("#said").textContent.includes("Nothing was overwritten") && `+first+` === "`+moved+`"`)
}
