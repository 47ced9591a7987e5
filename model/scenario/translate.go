package scenario

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/roster"
)

// Languages are the six official languages of the United Nations, in the
// English alphabetical order of their names, by ISO 639-1.
var Languages = []string{"ar", "zh", "en", "fr", "ru", "es"}

// textColumn names what a table of translations translates.
const textColumn = "text"

// translations reads the tables of translations. What a scenario's own tables
// say goes before what the library says.
func (r *reading) translations(s *Scenario) {
	s.words = map[string]map[string]string{}
	for i, name := range s.Translated {
		at := s.At("translations", i)
		lines, ok := r.table(at, name)
		if !ok || lines.Columns == nil {
			continue
		}
		if !slices.Contains(lines.Columns, textColumn) {
			r.add(lines.First, fmt.Sprintf("the table has no column %q", textColumn), diag.Suggest(textColumn, lines.Columns, "it holds the text as it stands in the scenario"))
			continue
		}
		for _, column := range lines.Columns {
			if column != textColumn && column != "" && !slices.Contains(Languages, column) {
				r.add(lines.First, fmt.Sprintf("the column %q is no language", diag.Shorten(column)), diag.Suggest(column, Languages, ""))
			}
		}
		seen := map[string]bool{}
		for _, row := range lines.Rows {
			r.translation(s, row, seen)
		}
	}
}

func (r *reading) translation(s *Scenario, row roster.Row, seen map[string]bool) {
	text := row.Value[textColumn]
	switch {
	case text == "":
		r.add(row.Place, "the line has no text to translate", "fill the column "+textColumn)
		return
	case seen[text]:
		r.add(row.Cell(textColumn), fmt.Sprintf("the text %q stands here for the second time", diag.Shorten(text)), "translate it once")
		return
	}
	seen[text] = true
	if s.words[text] == nil {
		s.words[text] = map[string]string{}
	}
	for _, language := range Languages {
		if in := row.Value[language]; in != "" {
			s.words[text][language] = in // a later table is the scenario's own
		}
	}
}

// In gives how a text of the scenario reads in a language, or the text itself
// where no table of translations says.
func (s *Scenario) In(language, text string) string {
	if in, ok := s.words[text][language]; ok {
		return in
	}
	return text
}

// NameOf gives the name of a roster's member in a language: that of the column
// name_ar, name_zh and so on where the roster has it.
func (s *Scenario) NameOf(m *roster.Member, language string) string {
	if names := m.Values["name_"+language]; len(names) > 0 {
		return names[0]
	}
	return s.In(language, m.Name)
}
