package ics_test

import (
	"slices"
	"strings"
	"testing"

	"plenary/export/ics"
)

func audience(t *testing.T, text string) ics.Audience {
	t.Helper()
	a, err := ics.ParseAudience(read(t, small), text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEachAudienceSeesItsOwn(t *testing.T) {
	s := read(t, small)
	all := []string{
		"drivers", "drivers.panel-1", "drivers.panel-2", "drivers.interactive-1", "negotiation", "negotiation.part.2",
		"negotiation.plenary-1", "negotiation.plenary-2", "briefing", "briefing.plenary-1",
		"zero-draft.issue", "zero-draft.submission", "workplan.issue",
	}
	for name, want := range map[string][]string{
		"conference-services": all,
		"delegations":         slices.DeleteFunc(slices.Clone(all), func(uid string) bool { return uid == "zero-draft.submission" }),
		"geneva":              {"drivers", "drivers.panel-1", "drivers.panel-2", "drivers.interactive-1"},
		"station:rabat":       {"briefing", "briefing.plenary-1"},
		"chair":               {"drivers", "drivers.panel-1", "drivers.panel-2", "drivers.interactive-1", "zero-draft.issue", "zero-draft.submission"},
		"officer:vice-chair":  {"drivers", "drivers.panel-1", "drivers.panel-2", "drivers.interactive-1"},
		"MEX":                 {"drivers", "drivers.panel-1"},
		"member:e2":           {"drivers", "drivers.panel-1", "drivers.panel-2"},
	} {
		text := write(t, s, smallPlan(), ics.Options{For: audience(t, name)})
		var got []string
		for _, l := range uidLine.FindAllString(text, -1) {
			got = append(got, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(l), "UID:"), "@a-res-1-2.plenary"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s sees %q, want %q", name, got, want)
		}
	}
}

func TestOnlyConferenceServicesSeeTeams(t *testing.T) {
	s := read(t, small)
	for name, sees := range map[string]bool{"conference-services": true, "station:geneva": true, "delegations": false, "officer:chair": false, "member:MEX": false} {
		text := write(t, s, smallPlan(), ics.Options{For: audience(t, name)})
		e := event(t, text, "drivers.panel-1@a-res-1-2.plenary")
		if got := strings.Contains(strings.Join(e.lines, "\n"), "team 1"); got != sees {
			t.Errorf("%s sees the team: %t, want %t", name, got, sees)
		}
		if !strings.Contains(e.one(t, "DESCRIPTION"), `Interpretation: Arabic\, Chinese`) {
			t.Errorf("%s does not see the languages", name)
		}
	}
}

func TestThoseWithADeadlineAreReminded(t *testing.T) {
	s := read(t, small)
	for name, want := range map[string]int{"conference-services": 2, "officer:chair": 2, "delegations": 0} {
		e := event(t, write(t, s, smallPlan(), ics.Options{For: audience(t, name)}), "zero-draft.issue@a-res-1-2.plenary")
		if len(e.parts) != want {
			t.Errorf("%s has %d reminders, want %d", name, len(e.parts), want)
		}
		for i, alarm := range e.parts {
			if got, want := alarm.one(t, "TRIGGER"), []string{"-P6DT15H", "-PT15H"}[i]; alarm.name != "VALARM" || got != want {
				t.Errorf("%s is reminded by %s at %s, want %s", name, alarm.name, got, want)
			}
			alarm.one(t, "ACTION")
			alarm.one(t, "DESCRIPTION")
		}
	}
}

func TestOfficersWriteUnderTheirTitleToo(t *testing.T) {
	for _, writer := range []string{"chair", "Chair of the Process", "Secretariat and chairs"} {
		s := read(t, strings.Replace(small, "writer: chair", "writer: "+writer, 1))
		for name, want := range map[string]bool{"officer:chair": true, "officer:vice-chair": false} {
			got := strings.Contains(write(t, s, smallPlan(), ics.Options{For: audience(t, name)}), "UID:zero-draft.submission@")
			if got != want {
				t.Errorf("written by %s, in the calendar of %s: %v, want %v", writer, name, got, want)
			}
		}
	}
}

func TestCalendarIsCalledAfterItsAudience(t *testing.T) {
	s := read(t, small)
	for name, want := range map[string]string{"conference-services": "Compact on examples", "geneva": "Compact on examples: Geneva", "MEX": "Compact on examples: Mexico"} {
		c := unfold(t, write(t, s, smallPlan(), ics.Options{For: audience(t, name)}))
		for _, property := range []string{"X-WR-CALNAME", "NAME"} {
			if got := c.one(t, property); got != want {
				t.Errorf("for %s: %s:%s, want %s", name, property, got, want)
			}
		}
	}
}

func TestUnknownAudienceIsRefused(t *testing.T) {
	text := strings.Replace(small, "officers:\n", "officers:\n  geneva: {}\n", 1)
	for name, want := range map[string]string{
		"genva":         `a calendar for "genva" is not known; it can be for conference-services, delegations, station:ID, officer:ID, member:ID`,
		"station:chair": `a calendar for "station:chair" is not known; it can be for conference-services, delegations, station:ID, officer:ID, member:ID`,
		"geneva":        `"geneva" may mean station:geneva or officer:geneva; write one of them`,
	} {
		if a, err := ics.ParseAudience(read(t, text), name); err == nil || err.Error() != want {
			t.Errorf("%s is %s, error %v, want %s", name, a, err, want)
		}
	}
	for _, name := range []string{"conference-services", "delegations", "station:geneva", "officer:geneva", "member:MEX"} {
		if a, err := ics.ParseAudience(read(t, text), name); err != nil || a.String() != name {
			t.Errorf("%s is read as %s, error %v", name, a, err)
		}
	}
}
