package scenario_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"plenary/model/bounded"
	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

const head = "plenary: 1\ntitle: Water\nperiod: 2018-01-01..2018-12-31\ninclude: [un-stations]\n"

// write makes a folder with the files, name by name, and goes there.
func write(t testing.TB, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// within runs what is hostile and fails when it takes more than 10 seconds of
// the processor (a second or two on the author's machine) or 400 MB of heap, or
// a minute by the clock.
func within(t *testing.T, run func()) {
	t.Helper()
	bounded.Run(t, 10*time.Second, 400<<20, run)
}

// mentions fails unless a problem's message holds the text.
func mentions(t *testing.T, problems diag.List, want string) {
	t.Helper()
	for _, p := range problems {
		if strings.Contains(p.Message, want) {
			return
		}
	}
	var first diag.List
	t.Errorf("none of %d problems says %q: %v", len(problems), want, append(first, problems[:min(3, len(problems))]...))
}

func TestWhatIsNoPlainFileIsRefused(t *testing.T) {
	write(t, map[string]string{"sound.yaml": head + "sessions:\n  - {id: a, at: geneva}\n", "folder/x": "", "secret.yaml": head})
	if err := syscall.Mkfifo("fifo.yaml", 0o644); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"loop.yaml": "loop.yaml", "zero.yaml": "/dev/zero", "dangling.yaml": "nothing", "link.yaml": "sound.yaml"} {
		if err := os.Symlink(to, from); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod("secret.yaml", 0); err != nil {
		t.Fatal(err)
	}
	huge, err := os.Create("huge.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := huge.Truncate(100 << 20); err != nil {
		t.Fatal(err)
	}
	if err := huge.Close(); err != nil {
		t.Fatal(err)
	}
	bad := map[string]string{
		"folder": "is a folder", "fifo.yaml": "is not a plain file", "/dev/zero": "is not a plain file", "zero.yaml": "is not a plain file",
		"loop.yaml": "cannot be opened", "dangling.yaml": "there is no file", "nothing.yaml": "there is no file", "huge.yaml": "is larger than 8 MiB",
		"": "there is no file", "sound.yaml/x": "cannot be opened", "a\x00b": "cannot be opened", strings.Repeat("x", 5000): "cannot be opened",
	}
	if os.Getuid() != 0 {
		bad["secret.yaml"] = "cannot be opened"
	}
	everywhere := library // what a scenario names may lie anywhere
	everywhere.Outside = true
	for name, want := range bad {
		within(t, func() {
			s, problems := scenario.Read(name, library)
			if s != nil {
				t.Errorf("%.40q is read", name)
			}
			mentions(t, problems, want)
		})
		if strings.ContainsRune(name, 0) {
			continue
		}
		// The same files, named in a scenario.
		text := fmt.Sprintf("rosters: {a: {file: %q}}\nholidays: [%q]\nbusy: {b: {file: %q}}\nsessions:\n  - {id: a, at: geneva}\n", name, name, name)
		if err := os.WriteFile("names.yaml", []byte(head+text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("extends.yaml", fmt.Appendf(nil, "plenary: 1\nextends: %q\n", name), 0o644); err != nil {
			t.Fatal(err)
		}
		if name != "" {
			within(t, func() {
				_, problems := scenario.Read("names.yaml", everywhere)
				mentions(t, problems, want)
				_, problems = scenario.Read("extends.yaml", library)
				if len(problems) == 0 {
					t.Errorf("%.40q is extended", name)
				}
			})
		}
	}
	if s, problems := scenario.Read("link.yaml", library); s == nil || len(problems) > 0 {
		t.Errorf("a link to a file: %v", problems)
	}
}

func TestWhatAScenarioNamesLiesInItsFolder(t *testing.T) {
	const secret = "id,name\ntop-secret,Secret\n"
	write(t, map[string]string{"secret.csv": secret, "mine/near.csv": secret})
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret.csv", "mine/link.csv"); err != nil {
		t.Fatal(err)
	}
	everywhere := library
	everywhere.Outside = true
	for what, text := range map[string]string{
		"extends": "extends: %q\n", "roster": "rosters: {r: {file: %q}}\n", "join": "rosters: {r: {file: near.csv, join: [%q]}}\n", "holidays": "holidays: [%q]\n",
		"unavailable": "unavailable: [%q]\n", "translations": "translations: [%q]\n", "busy": "busy: {b: {file: %q}}\n",
	} {
		for _, name := range []string{"../secret.csv", here + "/secret.csv", "link.csv", "../mine/../secret.csv"} {
			if err := os.WriteFile("mine/s.yaml", fmt.Appendf(nil, head+text+"sessions:\n  - {id: a, at: geneva}\n", name), 0o644); err != nil {
				t.Fatal(err)
			}
			_, problems := scenario.Read("mine/s.yaml", library)
			mentions(t, problems, "lies outside of the folder mine")
			for _, p := range problems {
				if strings.Contains(fmt.Sprint(p), "Secret") {
					t.Errorf("%s %s: the problem gives the file away: %v", what, name, p)
				}
				if strings.Contains(p.Message, "outside") && (p.Place.Line < 4 || p.Place.Column < 2 || !strings.Contains(p.Mend, "--allow-outside")) {
					t.Errorf("%s %s: %s mend: %s", what, name, p, p.Mend)
				}
			}
			_, problems = scenario.Read("mine/s.yaml", everywhere)
			for _, p := range problems {
				if strings.Contains(p.Message, "outside") {
					t.Errorf("%s %s: not even where it is allowed: %s", what, name, p)
				}
			}
		}
	}
}

func TestFilesTogetherAreLimited(t *testing.T) {
	table := "id,name\na,A\n" + strings.Repeat(",\n", 3<<19)
	var rosters []string
	for i := range 9 {
		rosters = append(rosters, fmt.Sprintf("r%d: {file: t.csv}", i))
	}
	write(t, map[string]string{"s.yaml": head + "rosters: {" + strings.Join(rosters, ", ") + "}\nsessions:\n  - {id: a, at: geneva}\n", "t.csv": table,
		"small.csv": "id,name\na,A\n", "many.yaml": head + "rosters: {r: {file: small.csv, join: [" + strings.Repeat("small.csv, ", 300) + "]}}\nsessions:\n  - {id: a, at: geneva}\n"})
	within(t, func() {
		_, problems := scenario.Read("s.yaml", library)
		mentions(t, problems, fmt.Sprintf("larger than %d MiB together", source.MostTotal>>20))
		_, problems = scenario.Read("many.yaml", library)
		mentions(t, problems, "names more than 200 tables")
	})
}

func TestChainsOfExtendsAreLimited(t *testing.T) {
	files := map[string]string{"s0.yaml": head + "sessions:\n  - {id: a, at: geneva}\n"}
	for i := range scenario.MostExtends + 1 {
		files[fmt.Sprintf("s%d.yaml", i+1)] = fmt.Sprintf("plenary: 1\nextends: s%d.yaml\n", i)
	}
	write(t, files)
	if s, problems := scenario.Read(fmt.Sprintf("s%d.yaml", scenario.MostExtends-1), library); s == nil || len(problems) > 0 {
		t.Errorf("just under: %v", problems)
	}
	_, problems := scenario.Read(fmt.Sprintf("s%d.yaml", scenario.MostExtends), library)
	mentions(t, problems, "more than 10 scenarios extend one another")
}

// listed gives n items of a list, by a format with the item's number.
func listed(form string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(form, "#", fmt.Sprint(i)))
	}
	return b.String()
}

func TestLimitsHoldJustUnderAndFailJustOver(t *testing.T) {
	session := "sessions:\n  - {id: opening, at: geneva}\n"
	for _, c := range []struct {
		name string
		text func(n int) string
		most int
		want string
	}{
		{"sessions", func(n int) string { return "sessions:\n" + listed("  - {id: s#, at: geneva}\n", n) }, scenario.MostSessions, "5001 sessions; 5000 is the most"},
		{"documents", func(n int) string {
			return session + "documents:\n" + listed("  - {id: d#, deadline: 2018-05-07}\n", n)
		}, scenario.MostDocuments, "2001 documents; 2000 is the most"},
		{"stations", func(n int) string { return session + "stations:\n" + listed("  s#: {zone: UTC}\n", n-16) }, scenario.MostStations, "301 stations; 300 is the most"},
		{"officers", func(n int) string { return session + "officers:\n" + listed("  o#:\n", n) }, scenario.MostListed, "5001 officers; 5000 is the most"},
		{"events", func(n int) string { return session + "events:\n" + listed("  e#: 2018-05-07\n", n) }, scenario.MostListed, "5001 events; 5000 is the most"},
		{"rules", func(n int) string {
			return session + "rules:\n" + listed("  - day-cap: {of: opening, at-most: 3}\n", n)
		}, scenario.MostRules, "20001 rules; 20000 is the most"},
		{"slots", func(n int) string {
			text := session + "slots:\n"
			for i := range n { // ten minutes each
				text += fmt.Sprintf("  s%d: %02d:%02d-%02d:%02d\n", i, i/6, i%6*10, (i+1)/6, (i+1)%6*10)
			}
			return text
		}, scenario.MostSlots, "a day has 97 slots; 96 is the most"},
		{"rooms", func(n int) string {
			return session + fmt.Sprintf("stations: {geneva: {rooms: {A: {seats: 5, count: %d}, B: {seats: 5}}}}\n", n-1)
		}, scenario.MostRooms, "the station has 501 rooms; 500 is the most"},
		{"teams", func(n int) string {
			return session + fmt.Sprintf("stations: {geneva: {interpretation: {teams: %d}}}\n", n)
		}, scenario.MostTeams, "100 teams is the most"},
		{"travel days", func(n int) string { return session + fmt.Sprintf("officers: {a: {travel-days: %d}}\n", n) }, scenario.MostTravel, "30 travel days is the most"},
		{"priorities", func(n int) string { return session + "priorities:\n" + listed("  - p#\n", n) }, scenario.MostPriorities, "40 tiers is the most"},
		{"days of a session", func(n int) string {
			return fmt.Sprintf("period: 2018-01-01..2020-12-31\nsessions:\n  - {id: a, at: geneva, days: %d, slots: [morning]}\n", n)
		}, 366, "a session takes 1 to 366 days"},
		{"meetings of a session", func(n int) string {
			return fmt.Sprintf("period: 2018-01-01..2020-12-31\nprogrammes: {p: {meetings: [{kind: x, count: %d}]}}\nsessions:\n  - {id: a, at: geneva, days: 300, programme: p}\n", n)
		}, scenario.MostMeetings, "at most 400 meetings"},
		{"seats", func(n int) string {
			return fmt.Sprintf("rosters: {r: {members: [%s]}}\nprogrammes: {p: {meetings: [{kind: x, seats: {s: {from: r, count: %d}}}]}}\n", listed("{id: m#}, ", 70), n) + session
		}, scenario.MostSeats, "61 seats to fill; 60 is the most"},
		{"closed days", func(n int) string {
			return "sessions:\n  - {id: opening, at: vienna, days: 1}\nstations:\n  geneva:\n    closed:\n" + listed("      - 2018\n", 0) + strings.Repeat("      - 2018-01-01..2018-12-31\n", n/365) + strings.Repeat("      - 2018-01-01\n", n%365)
		}, scenario.MostClosed, "more than 2000000 closed days"},
		{"patterns", func(n int) string {
			return session + "documents:\n  - {id: d, after: [" + strings.Repeat("opening, ", n) + "], deadline: 2018-12-07}\n"
		}, scenario.MostPatterns, "there are 1001 ids and patterns; 1000 is the most"},
		{"references", func(n int) string { // 100 documents after 1,000 sessions each, and one more
			text := "sessions:\n" + listed("  - {id: s#, at: geneva}\n", 1000) + "documents:\n" + listed("  - {id: d#, after: [\"s*\"], deadline: 2018-12-07}\n", 100)
			if n > scenario.MostReferences {
				text += "  - {id: last, after: [s1], deadline: 2018-12-07}\n"
			}
			return text
		}, scenario.MostReferences, "the documents refer to more than 100000 sessions, documents and events"},
		{"days of a slot", func(n int) string {
			days := ""
			for i := range n {
				days += fmt.Sprintf("2018-%02d-%02d, ", i%12+1, i/12%28+1)
			}
			return session + "slots: {morning: {times: 10:00-13:00, on: [" + days + "]}}\n"
		}, scenario.MostOn, "there are 401 days and ranges; 400 is the most"},
		{"tags", func(n int) string {
			return "sessions:\n  - {id: a, at: geneva, tags: [" + listed("t#, ", n) + "]}\n"
		}, scenario.MostTags, "there are 101 tags; 100 is the most"},
		{"people", func(n int) string { return session + "people:\n" + listed("  p#: Somebody\n", n) }, scenario.MostPeople, "20001 people; 20000 is the most"},
		{"people in a session", func(n int) string {
			return "people:\n" + listed("  p#: Somebody\n", n) + "sessions:\n  - {id: a, at: geneva, lasts: 1 slot, people: [" + listed("p#, ", n) + "]}\n"
		}, scenario.MostCalled, "there are 1001 people; 1000 is the most"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := func(n int) string {
				text := c.text(n)
				if strings.HasPrefix(text, "period:") {
					return strings.Replace(head, "period: 2018-01-01..2018-12-31\n", "", 1) + text
				}
				return head + text
			}
			write(t, map[string]string{"under.yaml": file(c.most), "over.yaml": file(c.most + 1)})
			within(t, func() {
				if _, problems := scenario.Read("under.yaml", library); len(problems) > 0 {
					t.Errorf("just under: %d problems, %v", len(problems), problems[0])
				}
			})
			within(t, func() {
				_, problems := scenario.Read("over.yaml", library)
				mentions(t, problems, c.want)
			})
		})
	}
}

func TestPeriodsAreLimited(t *testing.T) {
	text := strings.Replace(head, "2018-12-31", "%s", 1) + "sessions:\n  - {id: a, at: geneva}\n"
	// 1 January 2018 and 3699 days more is 17 February 2028.
	write(t, map[string]string{"under.yaml": fmt.Sprintf(text, "2028-02-17"), "over.yaml": fmt.Sprintf(text, "2028-02-18")})
	if _, problems := scenario.Read("under.yaml", library); len(problems) > 0 {
		t.Errorf("just under: %v", problems)
	}
	_, problems := scenario.Read("over.yaml", library)
	mentions(t, problems, "the period has 3701 days; 3700 is the most")
}

func TestHostileScenariosEndSoon(t *testing.T) {
	wide := strings.Replace(head, "2018-12-31", "2027-12-31", 1)
	for name, files := range map[string]map[string]string{
		"unknown sessions":     {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva, before: {t#: 1 days}}\n", 5000)},
		"unknown stations":     {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: t#}\n", 5000)},
		"one with many links":  {"s.yaml": head + "sessions:\n  - id: a\n    at: geneva\n    before:\n" + listed("      b#: 1 days\n", 60_000)},
		"long circle":          {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva, after: {s#0: 1.. days}, before: {s#1: 1.. days}}\n", 5000)},
		"many stations to use": {"s.yaml": wide + "stations:\n" + listed("  t#: {zone: UTC}\n", 280) + "sessions:\n  - {id: a, at: &all [geneva" + listed(", t#", 280) + "]}\n" + listed("  - {id: s#, at: *all}\n", 600)},
		"closures everywhere":  {"s.yaml": wide + "stations:\n  geneva:\n    closed:\n" + strings.Repeat("      - 2018-01-01..2027-12-31\n", 60_000) + "sessions:\n  - {id: a, at: vienna}\n"},
		"holidays everywhere":  {"s.yaml": wide + "holidays: [h.csv]\nsessions:\n  - {id: a, at: vienna}\n", "h.csv": "station,date,kind,name\n" + strings.Repeat("*,2018-01-01..2027-12-31,official,x\n", 19_000)},
		"many patterns":        {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva}\n", 5000) + "documents:\n  - id: d\n    after:\n" + listed("      - \"*#*\"\n", 20_000)},
		"many rules of all":    {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva}\n", 5000) + "rules:\n" + listed("  - rest: {of: \"*\", at-least: 2 days}\n", 5000)},
		"many split rules":     {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva}\n", 5000) + "rules:\n" + listed("  - avoid: {of: \"*\", days: [2018-05-01]}\n", 5000)},
		"many bad rules":       {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva}\n", 5000) + "rules:\n" + listed("  - rest: {of: [t#, u#, v#], at-least: 2 days}\n", 5000)},
		"all before all":       {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva}\n", 5000) + "rules:\n  - before: {of: s*, then: s*, gap: 1.. days}\n"},
		"half before half":     {"s.yaml": head + "sessions:\n" + listed("  - {id: s#, at: geneva}\n  - {id: t#, at: geneva}\n", 2500) + "rules:\n  - before: {of: s*, then: t*, gap: 1.. days}\n"},
		"a huge roster":        {"s.yaml": head + "rosters: {r: {file: r.csv}}\nprogrammes: {p: {meetings: [{kind: a, seats: {s: {from: r, where: {name: [A, B]}}}}]}}\nsessions:\n" + listed("  - {id: s#, at: geneva, programme: p, pin: {seats: {a: {s: m19999}}}}\n", 3000), "r.csv": "id,name\n" + listed("m#,A\n", 20_000)},
		"members in the file":  {"s.yaml": head + "rosters:\n  r:\n    members:\n" + listed("      - {id: m#, c#: x}\n", 30_000) + "sessions:\n  - {id: a, at: geneva}\n"},
		"many rosters":         {"s.yaml": head + "rosters:\n" + listed("  r#: {members: [{id: a}]}\n", 5000) + "programmes: {p: {meetings: [{kind: a, seats: {s: {from: [r1" + listed(", x#", 30_000) + "]}}}]}}\nsessions:\n  - {id: a, at: geneva, programme: p}\n"},
		"many libraries":       {"s.yaml": "plenary: 1\ninclude: [" + listed("l#, ", 90_000) + "]\n"},
		"long names":           {"s.yaml": head + "sessions:\n" + listed("  - {id: "+strings.Repeat("x", 1000)+"#, at: geneva}\n", 3000)},
	} {
		t.Run(name, func(t *testing.T) {
			write(t, files)
			within(t, func() {
				_, problems := readAll("s.yaml")
				t.Logf("%d problems", len(problems))
				var b strings.Builder
				if err := problems.Write(&b); err != nil || b.Len() > 300_000 {
					t.Errorf("%d characters are printed: %v", b.Len(), err)
				}
			})
		})
	}
}

// big gives a sound scenario with so many sessions, documents and rules.
func big(sessions int) map[string]string {
	var b strings.Builder
	b.WriteString("plenary: 1\ntitle: Big\nperiod: 2017-01-01..2018-12-31\ninclude: [un-stations, un-holidays, un-member-states]\n")
	b.WriteString("stations: {geneva: {rooms: {XX: {seats: 700, booths: 6, count: 20}}, interpretation: {teams: 20}}}\nofficers: {chair: {based: geneva}}\n")
	b.WriteString("programmes: {round: {meetings: [{kind: panel, count: 2..3, seats: {moderator: {from: member-states}}}, {kind: talk}]}}\nsessions:\n")
	for i := range sessions {
		fmt.Fprintf(&b, "  - {id: session-%d, title: Session number %d, at: geneva, days: 1..3, chaired-by: [chair], programme: round, room: {seats: 400, booths: 6}, interpretation: required", i, i)
		if i > 0 && i%10 == 0 {
			fmt.Fprintf(&b, ", after: {session-%d: 1.. days}", i-1)
		}
		b.WriteString("}\n")
	}
	b.WriteString("documents:\n")
	for i := range sessions / 10 {
		fmt.Fprintf(&b, "  - {id: document-%d, after: [session-%d], takes: 10 working days}\n", i, i)
	}
	b.WriteString("priorities: [clashes, rest]\nrules:\n")
	b.WriteString("  - avoid: {of: \"*\", days: [observances], tier: 1}\n  - balance: {of: session-1*, seat: moderator, over: regional_group, even: yes, tier: 2}\n  - rest: {of: session-22*, at-least: 2 days, tier: 2}\n")
	return map[string]string{"s.yaml": b.String()}
}

func TestAScenarioOfFiveThousandSessionsIsRead(t *testing.T) {
	write(t, big(scenario.MostSessions))
	within(t, func() {
		_, problems := readAll("s.yaml")
		if len(problems) > 0 {
			t.Errorf("%d problems: %v", len(problems), problems[0])
		}
	})
}

// BenchmarkRead reads scenarios of 50, 500 and 5000 sessions with their rules.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{50, 500, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			write(b, big(n))
			for b.Loop() {
				if _, problems := readAll("s.yaml"); len(problems) > 0 {
					b.Fatal(problems[0])
				}
			}
		})
	}
}
