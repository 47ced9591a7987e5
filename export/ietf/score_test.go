package ietf_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"plenary/export/ietf"
	"plenary/export/original/agreement"
)

func read(t testing.TB, name string, src []byte) *ietf.Meeting {
	t.Helper()
	m, problems := ietf.Read(name, src)
	for _, p := range problems {
		t.Error(p)
	}
	if m == nil {
		t.FailNow()
	}
	return m
}

func ietf106(t testing.TB) *ietf.Meeting {
	t.Helper()
	src, err := os.ReadFile("testdata/ietf106.json")
	if err != nil {
		t.Fatal(err)
	}
	return read(t, "ietf106.json", src)
}

// small is a meeting with two rooms and, from Monday to Wednesday, times at 10:00
// (120 minutes), 12:20 (90) and 15:30 (60).
func small(sessions ...string) string {
	var slots []string
	for _, day := range []string{"2", "3", "4"} {
		for _, room := range []string{"Large", "Small"} {
			for _, times := range []string{`"start": "10:00", "minutes": 120`, `"start": "12:20", "minutes": 90`, `"start": "15:30", "minutes": 60`} {
				slots = append(slots, `{"type": "regular", "name": "x", "day": `+day+`, `+times+`, "room": "`+room+`"}`)
			}
		}
	}
	return `{"meeting": "IETF 1, 2019-11-16", "rooms": [{"name": "Large", "capacity": 100}, {"name": "Small", "capacity": 20}, {"name": "Bar", "capacity": null}],
"timeslots": [` + strings.Join(slots, ",\n") + `],
"sessions": [` + strings.Join(sessions, ",\n") + `]}`
}

func session(id, group, more string) string {
	return `{"id": ` + id + `, "group": "` + group + `", "minutes": 60, "attendees": 10, "constraints": [` + more + `]}`
}

func TestEachPenaltyOfTheIETF(t *testing.T) {
	chair := `{"kind": "chair_conflict", "target": "b"}`
	for _, c := range []struct {
		name     string
		sessions []string
		places   [][2]int // time, room; times count over Monday to Wednesday
		part     string
		want     int64
	}{
		{"declared by one", []string{session("1", "a", chair), session("2", "b", "")}, [][2]int{{0, 0}, {0, 1}}, "chair conflict", 1},
		{"not at once", []string{session("1", "a", chair), session("2", "b", "")}, [][2]int{{0, 0}, {1, 1}}, "chair conflict", 0},
		{"declared by both", []string{session("1", "a", chair), session("2", "b", `{"kind": "chair_conflict", "target": "a"}`)}, [][2]int{{0, 0}, {0, 1}}, "chair conflict", 2},
		{"said with one session, meant for the group", []string{session("1", "a", ""), session("3", "a", chair), session("2", "b", "")}, [][2]int{{0, 0}, {1, 0}, {0, 1}}, "chair conflict", 1},
		{"key participant", []string{session("1", "a", `{"kind": "key_participant", "target": "b"}`), session("2", "b", "")}, [][2]int{{0, 0}, {0, 1}}, "key participant conflict", 1},
		{"technology", []string{session("1", "a", `{"kind": "tech_overlap", "target": "b"}`), session("2", "b", "")}, [][2]int{{0, 0}, {0, 1}}, "technology overlap", 1},
		{"a person of both", []string{session("1", "a", `{"kind": "bethere", "person_id": 7}`), session("2", "b", `{"kind": "bethere", "person_id": 7}`)}, [][2]int{{0, 0}, {0, 1}}, "somebody in two sessions at once", 1},
		{"excluded: Monday after 15.30", []string{session("1", "a", `{"kind": "timerange", "unavailable": ["monday-afternoon-late"]}`)}, [][2]int{{2, 0}}, "in a part of the week that the group excluded", 1},
		{"12.20 is morning", []string{session("1", "a", `{"kind": "timerange", "unavailable": ["monday-morning"]}`)}, [][2]int{{1, 0}}, "in a part of the week that the group excluded", 1},
		{"later one first", []string{session("1", "a", ""), session("2", "a", "")}, [][2]int{{3, 0}, {0, 0}}, "sessions out of order", 1},
		{"in order", []string{session("1", "a", ""), session("2", "a", "")}, [][2]int{{0, 0}, {1, 0}}, "sessions out of order", 0},
		{"two days apart", []string{session("1", "a", ""), session("2", "a", `{"kind": "time_relation", "time_relation": "subsequent-days"}`)}, [][2]int{{0, 0}, {6, 0}}, "days of the two sessions of a group", 1},
		{"the next day", []string{session("1", "a", ""), session("2", "a", `{"kind": "time_relation", "time_relation": "subsequent-days"}`)}, [][2]int{{0, 0}, {3, 0}}, "days of the two sessions of a group", 0},
		{"the next day, unwanted", []string{session("1", "a", ""), session("2", "a", `{"kind": "time_relation", "time_relation": "one-day-seperation"}`)}, [][2]int{{0, 0}, {3, 0}}, "days of the two sessions of a group", 1},
		{"next to it", []string{session("1", "a", `{"kind": "wg_adjacent", "target": "b"}`), session("2", "b", "")}, [][2]int{{1, 0}, {0, 0}}, "not next to the group it asked for", 0},
		{"in another room", []string{session("1", "a", `{"kind": "wg_adjacent", "target": "b"}`), session("2", "b", "")}, [][2]int{{1, 0}, {0, 1}}, "not next to the group it asked for", 1},
		{"100 minutes between", []string{session("1", "a", `{"kind": "wg_adjacent", "target": "b"}`), session("2", "b", "")}, [][2]int{{1, 0}, {2, 0}}, "not next to the group it asked for", 1},
		{"left out", []string{session("1", "a", "")}, [][2]int{{-1, -1}}, "session left out", 1},
		{"two in a room", []string{session("1", "a", ""), session("2", "b", "")}, [][2]int{{0, 0}, {0, 0}}, "two sessions in one room at once, or a room without this timeslot", 1},
		{"of one group at once", []string{session("1", "a", ""), session("2", "a", "")}, [][2]int{{0, 0}, {0, 1}}, "two sessions of a group at once", 1},
		{"room too small", []string{strings.Replace(session("1", "a", ""), `"attendees": 10`, `"attendees": 30`, 1)}, [][2]int{{0, 1}}, "room too small", 1},
		{"timeslot too short", []string{strings.Replace(session("1", "a", ""), `"minutes": 60`, `"minutes": 90`, 1)}, [][2]int{{2, 0}}, "timeslot too short", 1},
	} {
		m := read(t, "small.json", []byte(small(c.sessions...)))
		assigned := make([]ietf.Assignment, len(m.Sessions))
		for i, s := range m.Sessions { // by number, while the places are as written
			for j, text := range c.sessions {
				if strings.HasPrefix(text, `{"id": `+string(rune('0'+s.ID))+",") {
					assigned[i] = ietf.Assignment{Time: c.places[j][0], Room: c.places[j][1]}
				}
			}
		}
		for _, p := range m.Evaluate(assigned) {
			if p.Name == c.part && p.Amount != c.want {
				t.Errorf("%s: %s counts %d, want %d", c.name, p.Name, p.Amount, c.want)
			}
		}
	}
}

func TestWhatFitsNowhereIsTrimmedAndWhatIsNotHeldLeftOut(t *testing.T) {
	m := ietf106(t)
	if len(m.Sessions) != 125 || len(m.Times) != 17 || len(m.Rooms) != 8 {
		t.Errorf("%d sessions, %d times, %d rooms; 125, 17 and 8 are in the file", len(m.Sessions), len(m.Times), len(m.Rooms))
	}
	places, trimmed := 0, 0
	for _, x := range m.Times {
		places += len(x.Rooms)
	}
	for _, s := range m.Sessions {
		if s.Trimmed {
			trimmed++
		}
		if s.Minutes > 120 {
			t.Errorf("%s has %d minutes", s.Group, s.Minutes)
		}
	}
	if places != 134 || trimmed != 2 {
		t.Errorf("%d places, %d sessions trimmed; want 134 and 2", places, trimmed)
	}
}

// Random plans cost the same by the scenario and by the penalties, with these hard
// and with these soft.
func TestTheScenarioCostsWhatTheIETFCounts(t *testing.T) {
	several := small(
		session("1", "a", ""),
		session("2", "b", `{"kind": "chair_conflict", "target": "a"}, {"kind": "bethere", "person_id": 7}`),
		session("3", "a", `{"kind": "time_relation", "time_relation": "subsequent-days"}, {"kind": "timerange", "unavailable": ["monday-morning"]}, {"kind": "bethere", "person_id": 7}`),
		session("4", "c", `{"kind": "wg_adjacent", "target": "d"}, {"kind": "tech_overlap", "target": "a"}`),
		session("5", "d", `{"kind": "key_participant", "target": "c"}, {"kind": "key_participant", "target": "b"}`),
		strings.Replace(session("6", "e", ""), `"attendees": 10`, `"attendees": 60`, 1),
		strings.Replace(session("7", "f", ""), `"minutes": 60`, `"minutes": 120`, 1),
	)
	for name, meeting := range map[string]*ietf.Meeting{"small": read(t, "small.json", []byte(several)), "ietf106": ietf106(t)} {
		for _, soft := range []bool{false, true} {
			m := *meeting
			m.Soft = soft
			c := agreement.Of(t, &m)
			random := rand.New(rand.NewPCG(1, 2))
			feasible := 0
			for i := range 10 {
				p := m.Plan(place(&m, random, i%2 == 0 && (name == "small" || i < 2)))
				got := c.Compare(t, p)
				if got.Violations == 0 {
					feasible++
				}
				if !got.Agree() {
					t.Errorf("%s, soft %v, plan %d: %+v", name, soft, i, got)
					c.Explain(t, p)
				}
				for _, l := range got.Levels {
					if !l.Agree() {
						t.Errorf("%s, plan %d, %d violations: %+v", name, i, got.Violations, l)
					}
				}
			}
			if (soft || name == "small") && (feasible == 0 || feasible == 10) {
				t.Errorf("%s, soft %v: %d of 10 plans are feasible; both kinds are to be tried", name, soft, feasible)
			}
		}
	}
}

// place places the sessions: each at any time long enough, or where it breaks
// nothing hard with those before it, or nowhere.
func place(m *ietf.Meeting, random *rand.Rand, careful bool) []ietf.Assignment {
	assigned := make([]ietf.Assignment, len(m.Sessions))
	for i := range assigned {
		assigned[i] = ietf.Assignment{Time: -1, Room: -1}
	}
	for _, i := range random.Perm(len(assigned)) {
		before := m.Evaluate(assigned).Cost(0)
		left := int64(1)
		if m.Soft {
			left = 0
		}
		for range 30 {
			a := ietf.Assignment{Time: random.IntN(len(m.Times)), Room: random.IntN(len(m.Rooms))}
			if m.Times[a.Time].Minutes < m.Sessions[i].Minutes {
				continue
			}
			assigned[i] = a
			if !careful || m.Evaluate(assigned).Cost(0) == before-left {
				break
			}
			assigned[i] = ietf.Assignment{Time: -1, Room: -1}
		}
	}
	return assigned
}
