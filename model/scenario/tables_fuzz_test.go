package scenario_test

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/model/rule"
	"plenary/model/scenario"
)

// FuzzTables reads any text as the tables of holidays, of unavailability and of
// translations: no panic, and every problem has a place.
func FuzzTables(f *testing.F) {
	for _, text := range []string{
		"station,date,kind,name\ngeneva,2018-05-01,official,Labour Day\n*,2018-06-15..2018-06-16,observance,Eid\n",
		"who,days,slots,note\nofficer:chair,2018-06-04..2018-06-08; 2018-07-16,,x\nstation:geneva,2018-05-14,,\nroom:geneva/XX,2018-05-15,am,\nbody:hrc,2018-06,,\nchair,fri,pm,\n",
		"text;fr;ar\nOpening;Ouverture;\"افتتاح\"\nOpening;x;y\n", "text,en,zz\n", "\ufefftext\tfr\nA\tB\n", "", "\"", "a,b\n\"x\ny\",z\n",
	} {
		f.Add([]byte(text))
	}
	dir := f.TempDir()
	file := filepath.Join(dir, "s.yaml")
	text := "plenary: 1\ntitle: t\nperiod: 2018\ninclude: [stations]\nslots: {am: 10:00-13:00, pm: 15:00-18:00}\nstations: {geneva: {rooms: {XX: {seats: 1}}}}\nofficers: {chair: {}}\nbusy: {hrc: {}}\n" +
		"holidays: [t.csv]\nunavailable: [t.csv]\ntranslations: [t.csv]\nsessions: [{id: a, title: Opening, at: geneva, chaired-by: chair}]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, table []byte) {
		if err := os.WriteFile(filepath.Join(dir, "t.csv"), table, 0o600); err != nil {
			t.Fatal(err)
		}
		s, problems := scenario.Read(file, small)
		if s != nil {
			_, more := rule.Of(s)
			problems = append(problems, more...)
		}
		placed(t, problems)
	})
}

// FuzzChanges changes a scenario in the words of the command line, and replaces an
// officer: no panic, and every problem has a place.
func FuzzChanges(f *testing.F) {
	for _, c := range [][3]string{
		{"sessions.a.days=2", "chair", "other"}, {"officers.chair.away+=2018-06", "chair", "chair"}, {"sessions+={id: b, at: vienna}", "", ""},
		{"stations.geneva.closed+={days: 2018-05-01, note: x}", "nobody", "other"}, {"rules.0=", "chair", "a b"}, {"plenary=2", "", ""}, {"extends=/etc/passwd", "", ""},
	} {
		f.Add(c[0], c[1], c[2])
	}
	file := filepath.Join(f.TempDir(), "s.yaml")
	text := "plenary: 1\ntitle: t\nperiod: 2018\ninclude: [stations]\nofficers: {chair: {}}\nrules: [{day-cap: {of: a, at-most: 3}}]\nsessions: [{id: a, at: geneva, chaired-by: chair}]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, set, old, come string) {
		from := small
		from.Set = []string{set}
		if old != "" || come != "" {
			from.Replace = []scenario.Replacement{{Old: old, New: come, Title: set}}
		}
		s, problems := scenario.Read(file, from)
		if s != nil {
			_, more := rule.Of(s)
			problems = append(problems, more...)
		}
		placed(t, problems)
	})
}
