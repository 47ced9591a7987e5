package ics_test

import (
	"regexp"
	"strings"
	"testing"

	"plenary/export/ics"
	"plenary/export/language"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// inLanguage writes the small plan in a language.
func inLanguage(t *testing.T, code string, p *plan.Plan, opts ics.Options) string {
	t.Helper()
	opts.Language = languageNamed(t, code)
	return write(t, read(t, small), p, opts)
}

func languageNamed(t *testing.T, code string) language.Language {
	t.Helper()
	l, ok := language.Named(code)
	if !ok {
		t.Fatalf("there is no language %q", code)
	}
	return l
}

// What is not of the scenario is in the reader's language: no English word of
// ours is left in the calendar of another language.
func TestCalendarsSpeakSixLanguages(t *testing.T) {
	ours := regexp.MustCompile(`\b(Session|Mandate|Dates|Chaired by|Programme|Room|Interpretation|Written by|Document|Documents|Issue|Submission|paragraphs?|part \d|hold|withdrawn|Cancelled|To be issued|January|February|June|Monday|working days|English|Arabic|delegations|provided)\b`)
	same := map[string][]string{"fr": {"Session", "Dates", "Programme", "Document", "Documents"}}
	for _, code := range scenario.Languages {
		first := inLanguage(t, code, smallPlan(), ics.Options{For: audience(t, "delegations"), Tentative: []string{"briefing"}})
		fewer := smallPlan()
		fewer.Sessions = fewer.Sessions[:len(fewer.Sessions)-1]
		text := first + inLanguage(t, code, fewer, ics.Options{For: audience(t, "delegations"), Since: []byte(first)}) + inLanguage(t, code, smallPlan(), ics.Options{})
		found := map[string]bool{}
		for _, l := range strings.Split(strings.NewReplacer("\r\n ", "", "\r\n\t", "").Replace(text), "\r\n") {
			name, value, _ := strings.Cut(l, ":")
			name, _, _ = strings.Cut(name, ";")
			switch name {
			case "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "NAME", "X-WR-CALNAME", "X-ALT-DESC":
				for _, word := range ours.FindAllString(value, -1) {
					found[word] = true
				}
			}
		}
		for _, word := range same[code] {
			delete(found, word)
		}
		if (len(found) > 0) != (code == "en") {
			t.Errorf("%s: %v", code, found)
		}
		if code == "en" && len(found) < 18 {
			t.Errorf("only %v are looked for: the test tries too little", found)
		}
	}
}

// Titles and names are those of the scenario's translations; numbers, months and
// marks those of the language.
func TestACalendarInFrench(t *testing.T) {
	text := inLanguage(t, "fr", smallPlan(), ics.Options{Tentative: []string{"drivers"}})
	e := event(t, text, "drivers.panel-1@a-res-1-2.plenary")
	for property, want := range map[string]string{
		"LOCATION":    `Salle XX\, Palais des Nations\, Geneva`,
		"DESCRIPTION": `Option : pas encore décidé\nSession : Drivers of migration\nMandat : A/RES/1/2\, paragraphes 16\, 17\nPrésidence : Chair of the process\; vice chair\nModerator : Mexico\nPanellists : `,
	} {
		if got := e.one(t, property); !strings.HasPrefix(got, want) {
			t.Errorf("%s:%s, want %s", property, got, want)
		}
	}
	issue := event(t, text, "zero-draft.submission@a-res-1-2.plenary")
	if got := issue.one(t, "SUMMARY"); got != "Remise : Zero draft" {
		t.Error(got)
	}
	if got := issue.one(t, "DESCRIPTION"); !strings.Contains(got, `À publier le `) || !strings.Contains(got, `après 10 jours ouvrables de traitement`) {
		t.Error(got)
	}
}

// A calendar that was published in another language comes back like one in
// English: places and cancelled entries are known.
func TestChangesComeBackFromEveryLanguage(t *testing.T) {
	s, p := read(t, small), smallPlan()
	for _, code := range scenario.Languages {
		text := inLanguage(t, code, p, ics.Options{})
		c, problems := ics.Read("x.ics", []byte(text), nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got, problems := ics.Changes("x.ics", s, p, c, false)
		if len(problems) > 0 || len(plan.Moves(s, p, got.Plan)) > 0 || len(got.Notes) > 0 {
			t.Errorf("%s: %v, notes %q", code, problems, got.Notes)
		}
		l, _ := language.Named(code)
		title := event(t, text, "briefing.plenary-1@a-res-1-2.plenary").one(t, "SUMMARY")
		c, _ = ics.Read("x.ics", []byte(strings.ReplaceAll(text, "SUMMARY:"+title, "SUMMARY:"+l.Text("Cancelled: %s", title))), nil)
		if got, problems = ics.Changes("x.ics", s, p, c, false); len(problems) > 0 || got.Plan.Session("briefing") != nil {
			t.Errorf("%s: the briefing is not cancelled: %v", code, problems)
		}
	}
}

// Every entry that has a place says where on the map it is; only the days of
// documents have none, for documents are issued nowhere.
func TestOnlyDeadlinesHaveNoPlace(t *testing.T) {
	s, p := read(t, zoneTour()), zoneTourPlan()
	for i := range s.Stations {
		s.Stations[i].Coordinates = []float64{1.5, float64(i)}
	}
	small := read(t, small)
	for i := range small.Stations {
		small.Stations[i].Coordinates = []float64{1.5, float64(i)}
	}
	days, places := 0, 0
	for _, text := range []string{write(t, s, p, ics.Options{}), write(t, small, smallPlan(), ics.Options{})} {
		for _, e := range regexp.MustCompile(`(?s)BEGIN:VEVENT.*?END:VEVENT`).FindAllString(text, -1) {
			document := strings.Contains(e, "CATEGORIES:Documents")
			if document == strings.Contains(e, "\nGEO:1.5;") || document == strings.Contains(e, "\nLOCATION:") {
				t.Errorf("of a document: %t\n%s", document, e)
			}
			if document {
				days++
			} else {
				places++
			}
		}
	}
	if days < 3 || places < 10 {
		t.Errorf("%d days of documents, %d entries with a place: the test tries too little", days, places)
	}
}
