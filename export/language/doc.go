// Package language writes what reports say in the six official languages of
// the United Nations: words from a catalogue, days and numbers as each language
// has them.
//
//	l, _ := language.Named("fr")
//	l.Text("Deadlines")       // Échéances
//	l.Count("%d days", 3)     // 3 jours
//	l.Days([]calendar.Day{d}) // 8 mai 2017
//
// The catalogue is the table messages.csv: the English text, which is the key,
// and a column for each language. A text that depends on a number has a form for
// each plural that its language knows (CLDR), written one=…|other=….
package language
