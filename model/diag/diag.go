package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// Place is a stretch of one line in a file. Line and Column count from 1;
// Column and Width count characters. Line 0 means the file as a whole.
type Place struct {
	File   string
	Line   int
	Column int
	Width  int
	Text   string // the whole source line, without its line end
}

// String gives the place as file:line:column, or the file alone.
func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Problem is one mistake: where, what is wrong, how to mend it. Mend may be
// empty when the message says all there is to say.
type Problem struct {
	Place   Place
	Message string
	Mend    string
}

// Error gives the problem on one line, so that a Problem is an error.
func (p Problem) Error() string { return p.Place.String() + ": " + p.Message }

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

// widest is how many characters of a source line are printed: a line of a
// hostile file may be megabytes long.
const widest = 160

// Write prints the problems in order of place, each with its source line, a
// caret under the place, and how to mend it. Control characters of the source
// are shown as spaces, so that a file cannot steer the reader's terminal.
func (l List) Write(to io.Writer) error {
	var b strings.Builder
	for _, p := range l.Sorted() {
		fmt.Fprintf(&b, "%s: %s\n", clean(p.Place.String()), clean(p.Message))
		if p.Place.Line > 0 && p.Place.Text != "" {
			text, column := window(p.Place.Text, p.Place.Column)
			gutter := fmt.Sprintf("%4d", p.Place.Line)
			width := max(1, min(p.Place.Width, utf8.RuneCountInString(text)-column+1))
			fmt.Fprintf(&b, "%s | %s\n", gutter, text)
			fmt.Fprintf(&b, "%s | %s%s\n", strings.Repeat(" ", len(gutter)),
				strings.Repeat(" ", max(0, column-1)), strings.Repeat("^", width))
		}
		if p.Mend != "" {
			fmt.Fprintf(&b, "mend: %s\n", clean(p.Mend))
		}
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// window cuts a long line around the column and gives the column in the cut.
func window(text string, column int) (string, int) {
	runes := []rune(clean(text))
	if len(runes) <= widest {
		return string(runes), column
	}
	from := max(0, min(column-1-widest/2, len(runes)-widest))
	return string(runes[from:min(len(runes), from+widest)]), column - from
}

// clean replaces control characters by spaces, bytes that are no UTF-8 by the
// replacement character, and cuts very long texts.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069) {
			return ' '
		}
		return r
	}, text)
	return text
}

// Shorten cuts a text that goes into a message to at most 60 characters.
func Shorten(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// Near gives the one candidate that is close to the word: at most one typing
// error in short words, two in longer ones. It gives "" when none or several
// candidates are equally near, because a wrong hint is worse than none.
func Near(word string, candidates []string) string {
	if len(word) > 100 {
		return ""
	}
	best, bestDistance, ties := "", 3, 0
	if len([]rune(word)) <= 4 {
		bestDistance = 2
	}
	for _, c := range candidates {
		d := distance(strings.ToLower(word), strings.ToLower(c))
		switch {
		case d < bestDistance:
			best, bestDistance, ties = c, d, 0
		case d == bestDistance && best != "" && c != best:
			ties++
		}
	}
	if ties > 0 {
		return ""
	}
	return best
}

// distance is the Damerau-Levenshtein distance with adjacent transpositions
// (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if n := len(x) - len(y); n > 3 || n < -3 {
		return 9
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}

// Suggest gives `did you mean "x"?` when one candidate is near, else the list
// of candidates in the order given, else the fallback.
func Suggest(word string, candidates []string, fallback string) string {
	if near := Near(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(candidates) > 0 && len(candidates) <= 30 {
		return "choose from: " + strings.Join(candidates, ", ")
	}
	return fallback
}
