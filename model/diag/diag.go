package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Place is a stretch of one line in a file, or a cell of a workbook. Line and
// Column count from 1; Column and Width count characters. Line 0 means the file
// as a whole.
type Place struct {
	File   string
	Line   int
	Column int
	Width  int
	Text   string // the whole source line, without its line end
}

// inSheet as the width marks the cell of a workbook: Line and Column are its
// row and column, Text is the name of the sheet. (A field of its own made a
// scenario of very many rules 16 bytes larger for each of its parts.)
const inSheet = -1

// Cell gives the place of a cell in a sheet of a workbook. Row and column count
// from 1.
func Cell(file, sheet string, row, column int) Place {
	return Place{File: file, Line: row, Column: column, Width: inSheet, Text: sheet}
}

// String gives the place as file:line:column or file:sheet!cell, or the file
// alone.
func (p Place) String() string {
	switch {
	case p.Width == inSheet:
		column := ""
		for n := p.Column; n > 0; n = (n - 1) / 26 {
			column = string(rune('A'+(n-1)%26)) + column
		}
		return fmt.Sprintf("%s:%s!%s%d", p.File, p.Text, column, p.Line)
	case p.Line == 0:
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// From names the place in a sentence about another: "on line 4", or with the
// file where that is another.
func (p Place) From(other Place) string {
	if p.File == other.File && p.Width != inSheet {
		return fmt.Sprintf("on line %d", p.Line)
	}
	return "in " + p.String()
}

// Problem is one mistake: where, what is wrong, how to mend it. Mend may be
// empty when the message says all there is to say, and the place where the message
// names it.
type Problem struct {
	Place   Place
	Message string
	Mend    string
}

// Error gives the problem on one line, so that a Problem is an error.
func (p Problem) Error() string {
	if p.Place == (Place{}) {
		return p.Message
	}
	return p.Place.String() + ": " + p.Message
}

// List is a set of problems. The zero List is empty and ready.
type List []Problem

// Add appends one problem. Message and mend are plain text, not formats.
func (l *List) Add(at Place, message, mend string) {
	*l = append(*l, Problem{Place: at, Message: message, Mend: mend})
}

// Sorted gives the problems by file in order of first appearance, line and
// column, without exact repetitions.
func (l List) Sorted() List {
	rank := map[string]int{}
	for _, p := range l {
		if _, seen := rank[p.Place.File]; !seen {
			rank[p.Place.File] = len(rank)
		}
	}
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(rank[a.Place.File], rank[b.Place.File]),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
		)
	})
	return slices.CompactFunc(out, func(a, b Problem) bool { return a == b })
}

// Limits of what is printed and worked out for one run.
const (
	// MostPrinted is how many problems are printed; the rest is counted.
	MostPrinted = 100
	// MostHinted is how many problems may stand in a list before Full says
	// that further ones need no hint.
	MostHinted = 100
	// widest is how many characters of a source line are printed: a line of a
	// hostile file may be megabytes long.
	widest = 160
	// longest is how many bytes of a message or a hint are printed.
	longest = 2000
)

// At tells whether there is a problem at a place already, of which another one there
// would be a consequence.
func (l List) At(place Place) bool {
	return slices.ContainsFunc(l, func(p Problem) bool { return p.Place == place })
}

// Full tells whether the list is so long that working out a hint for one more
// problem is no use: nobody reads it, and each costs a look at every candidate.
func (l List) Full() bool { return len(l) >= MostHinted }

// Write prints the problems in order of place, each with its source line, a
// caret under the place, and how to mend it; after MostPrinted it only counts.
// Control characters of the source are shown as spaces, so that a file cannot
// steer the reader's terminal.
func (l List) Write(to io.Writer) error {
	var b strings.Builder
	sorted := l.Sorted()
	for i, p := range sorted {
		if i == MostPrinted {
			fmt.Fprintf(&b, "and %d more\n", len(sorted)-i)
			break
		}
		if p.Place != (Place{}) {
			fmt.Fprintf(&b, "%s: ", cleanLine(p.Place.String()))
		}
		fmt.Fprintln(&b, cleanLine(p.Message))
		if p.Place.Line > 0 && p.Place.Text != "" && p.Place.Width != inSheet {
			text, column := window(p.Place.Text, p.Place.Column)
			gutter := fmt.Sprintf("%4d", p.Place.Line)
			width := max(1, min(p.Place.Width, utf8.RuneCountInString(text)-column+1))
			fmt.Fprintf(&b, "%s | %s\n", gutter, text)
			fmt.Fprintf(&b, "%s | %s%s\n", strings.Repeat(" ", len(gutter)),
				strings.Repeat(" ", max(0, column-1)), strings.Repeat("^", width))
		}
		if p.Mend != "" {
			fmt.Fprintf(&b, "mend: %s\n", cleanLine(p.Mend))
		}
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// window cuts a long line around the column and gives the column in the cut.
// It looks at no more of the line than it must.
func window(text string, column int) (string, int) {
	column = max(1, column)
	from, skipped := 0, 0 // byte and characters before the cut
	if len(text) > widest && column > widest/2 {
		// start[k%len]: the byte at which character k begins.
		var start [widest]int
		at, count := 0, 0
		for at < len(text) && count < column-1+widest/2 {
			start[count%widest] = at
			_, size := utf8.DecodeRuneInString(text[at:])
			at, count = at+size, count+1
		}
		if count > widest {
			skipped = count - widest
			from = start[skipped%widest]
		}
	}
	rest, to := text[from:], 0
	for n := 0; n < widest && to < len(rest); n++ {
		_, size := utf8.DecodeRuneInString(rest[to:])
		to += size
	}
	cut := Printable(rest[:to])
	return cut, max(1, min(column-skipped, utf8.RuneCountInString(cut)+1))
}

// Printable replaces what does not print by spaces, one for one, and bytes that
// are no UTF-8 by the replacement character. Joiners stay: some scripts need
// them to be read.
func Printable(text string) string {
	const nonJoiner, joiner = '\u200C', '\u200D'
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == nonJoiner || r == joiner {
			return r
		}
		return ' '
	}, text)
}

// cleanLine is Printable for a message, cut where nobody reads on.
func cleanLine(text string) string {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "") + "…"
	}
	return Printable(text)
}

// Shorten cuts a text that goes into a message to at most 60 characters.
func Shorten(text string) string {
	const most = 60
	count, cut := 0, 0
	for i := range text {
		if count == most-1 {
			cut = i
		}
		if count++; count > most {
			return text[:cut] + "…"
		}
	}
	return text
}

// mostCompared is how long a word may be, in characters, to be compared.
const mostCompared = 64

// Near gives the one candidate that is close to the word: at most one typing
// error in short words, two in longer ones. It gives "" when none or several
// candidates are equally near, because a wrong hint is worse than none.
func Near(word string, candidates []string) string {
	if len(word) > 4*mostCompared {
		return ""
	}
	letters := []rune(strings.ToLower(word))
	if len(letters) > mostCompared {
		return ""
	}
	best, bestDistance, ties := "", 3, 0
	if len(letters) <= 4 {
		bestDistance = 2
	}
	var buffer [mostCompared]rune
	for _, c := range candidates {
		if len(c) > 4*mostCompared || c == "" || c == best {
			continue
		}
		other := buffer[:0]
		for _, r := range c {
			if len(other) == mostCompared {
				break
			}
			other = append(other, unicode.ToLower(r))
		}
		switch d := distance(letters, other); {
		case d < bestDistance:
			best, bestDistance, ties = c, d, 0
		case d == bestDistance && best != "":
			ties++
		}
	}
	if ties > 0 {
		return ""
	}
	return best
}

// far is a distance that is never near.
const far = 9

// distance is the Damerau-Levenshtein distance with adjacent transpositions
// (optimal string alignment) of at most mostCompared characters each; far when
// it is more than two.
func distance(x, y []rune) int {
	if n := len(x) - len(y); n > 2 || n < -2 {
		return far
	}
	var rows [3][mostCompared + 1]int
	for j := range y {
		rows[0][j+1] = j + 1
	}
	for i := 1; i <= len(x); i++ {
		row, above, beyond := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], beyond[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > 3 { // the row before has 3 or more: there is no way back
			return far
		}
	}
	if d := rows[len(x)%3][len(y)]; d <= 2 {
		return d
	}
	return far
}

// Suggest gives `did you mean "x"?` when one candidate is near, else the list
// of candidates in the order given, else the fallback.
func Suggest(word string, candidates []string, fallback string) string {
	if near := Near(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(candidates) > 0 && len(candidates) <= 30 {
		short := make([]string, len(candidates))
		for i, c := range candidates {
			short[i] = Shorten(c)
		}
		return "choose from: " + strings.Join(short, ", ")
	}
	return fallback
}
