package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"plenary/model/roster"
	"plenary/model/scenario"
)

const spoken = `plenary: 1
title: Water
period: 2018-01-01..2018-12-31
include: [un-stations, un-member-states]
translations: [words.csv]
sessions: [{id: opening, title: Opening, at: geneva}]
`

func TestWordsAreTranslatedByTheScenariosTables(t *testing.T) {
	write(t, map[string]string{"s.yaml": spoken, "words.csv": "text,fr,ar\nOpening,Ouverture,الافتتاح\nVienna,Vienne (Autriche),\nWater,,الماء\n"})
	s, problems := scenario.Read("s.yaml", library)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, c := range []struct{ language, text, want, why string }{
		{"fr", "Opening", "Ouverture", "its own table"},
		{"fr", "Geneva", "Genève", "a library's table"},
		{"fr", "african", "États d’Afrique", "another library's table"},
		{"fr", "Vienna", "Vienne (Autriche)", "its own table goes before the library's"},
		{"ar", "Vienna", "فيينا", "an empty cell says nothing"},
		{"fr", "Water", "Water", "no translation"},
		{"es", "Opening", "Opening", "no such column"},
		{"fr", "Closing", "Closing", "no such line"},
	} {
		if got := s.In(c.language, c.text); got != c.want {
			t.Errorf("%s in %s is %q, want %q: %s", c.text, c.language, got, c.want, c.why)
		}
	}
	for language, want := range map[string]string{"fr": "Suisse", "en": "Switzerland", "ru": "Швейцария", "zh": "瑞士"} {
		if got := s.NameOf(s.Roster("member-states").Table.Member("CHE"), language); got != want {
			t.Errorf("CHE in %s is %q, want %q", language, got, want)
		}
	}
}

func TestATableCanStandInAWorkbook(t *testing.T) {
	sources := library
	sources.Workbook = func(string, []byte) (roster.Sheet, error) {
		return roster.Sheet{Name: "Words", Cells: [][]string{{"text", "fr"}, {"Opening", "Ouverture"}, {}, {"Opening", "Début"}, {"", "#REF!"}}}, nil
	}
	write(t, map[string]string{"s.yaml": strings.Replace(spoken, "words.csv", "words.xlsx", 1), "words.xlsx": ""})
	_, problems := scenario.Read("s.yaml", sources)
	var got []string
	for _, p := range problems {
		got = append(got, p.Place.String()+": "+p.Message)
	}
	want := []string{"words.xlsx:Words!B5: the cell shows #REF!: its formula failed", `words.xlsx:Words!A4: the text "Opening" stands here for the second time`, "words.xlsx:Words!A5: the line has no text to translate"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAChangeAddsWords(t *testing.T) {
	write(t, map[string]string{
		"base.yaml":    spoken,
		"words.csv":    "text,fr\nOpening,Ouverture\n",
		"changes.csv":  "text,fr\nOpening,Début\n",
		"variant.yaml": "plenary: 1\nextends: base.yaml\nchange: {translations: [changes.csv]}\n",
	})
	s, problems := scenario.Read("variant.yaml", library)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for text, want := range map[string]string{"Opening": "Début", "Geneva": "Genève"} {
		if got := s.In("fr", text); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}
