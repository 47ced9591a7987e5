package scenarios

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"plenary/model/roster"
	"plenary/model/scenario"
)

// Every table of words has every text in every language.
func TestWordsStandInAllLanguages(t *testing.T) {
	files, err := filepath.Glob("*-words.csv")
	library, more := filepath.Glob("library/*-words.csv")
	files = append(files, library...)
	if err != nil || more != nil || len(files) < 3 {
		t.Fatal(files, err, more)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines, problems := roster.ReadCSV(file, src)
		for _, p := range problems {
			t.Error(p)
		}
		for _, row := range lines.Rows {
			for _, language := range scenario.Languages {
				if language != "en" && row.Value[language] == "" {
					t.Errorf("%s: %q has no text in %s", row.Place, row.Value["text"], language)
				}
			}
		}
	}
}

// What the scenario of the resolution prints is translated; Arabic, Chinese and
// Russian ones are written in their own letters.
func TestTheResolutionsTitlesAreTranslated(t *testing.T) {
	s, _ := read(t, "gcm-2018.yaml")
	texts := append([]string{s.Title}, s.Priorities...)
	for i := range s.Sessions {
		x := &s.Sessions[i]
		texts = append(texts, x.Name())
		for _, titles := range x.Titles {
			texts = append(texts, titles...)
		}
		for _, k := range x.Programmed {
			if k.Title != "" {
				texts = append(texts, k.Title)
			}
			for _, seat := range k.Seats {
				texts = append(texts, seat.Title)
			}
		}
	}
	for i := range s.Documents {
		texts = append(texts, s.Documents[i].Name())
	}
	for i := range s.Officers {
		texts = append(texts, s.Officers[i].Name())
	}
	for i := range s.Events {
		texts = append(texts, s.Events[i].Name())
	}
	for _, p := range s.Programmes {
		texts = append(texts, p.Title)
	}
	for _, p := range s.Phases {
		texts = append(texts, p.Title)
	}
	for i := range s.Stations {
		if s.Stations[i].Used {
			texts = append(texts, s.Stations[i].Name())
		}
	}
	for _, r := range s.Rosters {
		if r.ID != "member-states" { // whose table has names in all languages
			for _, m := range r.Table.Members {
				texts = append(texts, m.Name)
			}
		}
	}
	letters := map[string]*unicode.RangeTable{"ar": unicode.Arabic, "zh": unicode.Han, "ru": unicode.Cyrillic}
	for _, text := range texts {
		for language, script := range letters {
			in := s.In(language, text)
			if !strings.ContainsFunc(in, func(r rune) bool { return unicode.Is(script, r) }) {
				t.Errorf("%q in %s is %q", text, language, in)
			}
		}
	}
	if len(texts) < 150 {
		t.Errorf("%d texts: the test tries too little", len(texts))
	}
}
