package diag

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"plenary/model/bounded"
)

func written(t *testing.T, l List) string {
	t.Helper()
	var b strings.Builder
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAProblemIsPrintedAsTheStyleHasIt(t *testing.T) {
	text := "    between: 2017-05-31..2017-05-01"
	l := List{{Place{"scenarios/gcm.yaml", 41, 14, 22, text}, "the window ends before it starts", "swap the two dates"}}
	want := `scenarios/gcm.yaml:41:14: the window ends before it starts
  41 |     between: 2017-05-31..2017-05-01
     |              ^^^^^^^^^^^^^^^^^^^^^^
mend: swap the two dates
`
	if got := written(t, l); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestProblemsAreSortedByPlaceAndSaidOnce(t *testing.T) {
	var l List
	l.Add(Place{File: "b", Line: 2, Column: 1}, "third", "")
	l.Add(Place{File: "a", Line: 1, Column: 1}, "fourth", "")
	l.Add(Place{File: "b", Line: 1, Column: 9}, "second", "")
	l.Add(Place{File: "b", Line: 1, Column: 2}, "first", "")
	l.Add(Place{File: "b", Line: 1, Column: 9}, "second", "")
	got := ""
	for _, p := range l.Sorted() {
		got += p.Message + " "
	}
	if got != "first second third fourth " {
		t.Errorf("got %s", got)
	}
}

func TestOnlyTheFirstHundredArePrinted(t *testing.T) {
	for n, want := range map[int]string{MostPrinted - 1: "", MostPrinted: "", MostPrinted + 1: "and 1 more\n", 50_000: "and 49900 more\n"} {
		var l List
		for i := range n {
			l.Add(Place{File: "f", Line: i + 1, Column: 1}, "wrong", "")
		}
		got := written(t, l)
		lines := strings.Count(got, "\n")
		if want != "" {
			lines--
		}
		if lines != min(n, MostPrinted) || !strings.HasSuffix(got, want) {
			t.Errorf("%d problems: %d lines, ending %q", n, lines, got[len(got)-20:])
		}
	}
}

func TestCaretStandsUnderMultiByteCharacters(t *testing.T) {
	text := "título: Миграция — 移民 x"
	column := utf8.RuneCountInString("título: Миграция — 移民 ") + 1
	got := written(t, List{{Place{"f", 1, column, 1, text}, "m", ""}})
	lines := strings.Split(got, "\n")
	at := utf8.RuneCountInString(lines[2][:strings.IndexByte(lines[2], '^')])
	if r := []rune(lines[1])[at]; r != 'x' {
		t.Errorf("the caret stands under %c:\n%s", r, got)
	}
}

func TestNothingSteersTheTerminal(t *testing.T) {
	evil := "a\x1b[31mb\x07c\rd\u009be\u202ef\u2066g\u2028h\u200fi\x00j\x7fk\xffl\u061cm"
	got := written(t, List{{Place{evil, 1, 3, 5, evil}, evil, evil}})
	for _, r := range got {
		if r != '\n' && (r < ' ' || (r >= 0x7f && r < 0xa0) || strings.ContainsRune("\u202e\u2066\u2028\u200f\u061c", r)) {
			t.Errorf("%U is printed", r)
		}
	}
	if n := strings.Count(got, "\n"); n != 4 {
		t.Errorf("%d lines are printed", n)
	}
}

func TestLongLinesAreCutAroundTheCaret(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom([]rune("ab é移\t")), 0, 500).Draw(t, "line")
		column := rapid.IntRange(1, len(runes)+1).Draw(t, "column")
		width := rapid.IntRange(0, 600).Draw(t, "width")
		cut, at := window(string(runes), column)
		shown := []rune(cut)
		if len(shown) > widest || at < 1 || at > len(shown)+1 {
			t.Fatalf("%d characters, column %d", len(shown), at)
		}
		if column <= len(runes) && Printable(string(runes[column-1])) != string(shown[at-1]) {
			t.Fatalf("column %d shows %q instead of %q", column, shown[at-1], runes[column-1])
		}
		var b strings.Builder
		if err := (List{{Place{"f", 1, column, width, string(runes)}, "m", ""}}).Write(&b); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPlacesOutsideTheirLineDoNotPanic(t *testing.T) {
	for _, column := range []int{-1 << 40, 0, 1, 3, 4, 1 << 40} {
		written(t, List{{Place{"f", 1, column, 1 << 40, "abc"}, "m", ""}, {Place{"f", -5, column, -7, strings.Repeat("x", 1000)}, "m", ""}})
	}
}

func TestMegabytesOfOneLineArePrintedSoon(t *testing.T) {
	line := strings.Repeat("é", 2<<20)
	var l List
	for i := range 200 {
		l.Add(Place{"f", 1, i * 10_000, 3, line}, "m", "")
	}
	start := time.Now()
	written(t, l)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("it takes %s", d)
	}
}

func TestNearGivesTheOneThatIsNear(t *testing.T) {
	for _, c := range []struct {
		word string
		from string
		want string
	}{
		{"betwen", "between before", "between"},
		{"Geneva", "geneva vienna", "geneva"},
		{"genva", "geneva vienna", "geneva"},
		{"at", "of in", ""},
		{"a", "b c", ""},     // two are as near
		{"of", "off", "off"}, // one error in a short word
		{"of", "offs", ""},   // two are too many
		{"chaired by", "chaired-by", "chaired-by"},
		{"chiar", "chair", "chair"}, // a transposition is one error
		{"weiner", "vienna", ""},
		{"", "a", "a"},
		{"abc", "", ""},
		{"sessions", "sessions sessions", "sessions"},
		{"женева", "женеве", "женеве"},
		{strings.Repeat("x", 64), strings.Repeat("x", 64) + "y", strings.Repeat("x", 64) + "y"},
		{strings.Repeat("x", 65), strings.Repeat("x", 65), ""}, // too long to be compared
	} {
		if got := Near(c.word, strings.Fields(c.from)); got != c.want {
			t.Errorf("near %q in %q: %q instead of %q", c.word, c.from, got, c.want)
		}
	}
}

// plainDistance is the textbook's distance, the oracle for distance.
func plainDistance(x, y []rune) int {
	if len(x) == 0 || len(y) == 0 {
		return len(x) + len(y)
	}
	i, j := len(x)-1, len(y)-1
	change := 1
	if x[i] == y[j] {
		change = 0
	}
	d := min(plainDistance(x[:i], y)+1, plainDistance(x, y[:j])+1, plainDistance(x[:i], y[:j])+change)
	if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
		d = min(d, plainDistance(x[:i-1], y[:j-1])+1)
	}
	return d
}

func TestDistanceIsTheTextbooksUpToTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SliceOfN(rapid.SampledFrom([]rune("abc")), 0, 6)
		x, y := word.Draw(t, "x"), word.Draw(t, "y")
		want := plainDistance(x, y)
		if want > 2 {
			want = far
		}
		if got := distance(x, y); got != want {
			t.Fatalf("distance %d instead of %d", got, want)
		}
	})
}

func TestHintsAmongThousandsComeSoon(t *testing.T) {
	var words []string
	for i := range 5000 {
		words = append(words, fmt.Sprintf("thematic-session-%d", i))
	}
	bounded.Run(t, 5*time.Second, 250<<20, func() {
		for i := range MostHinted {
			Near(fmt.Sprintf("thematic-sesion-x%d", i), words)
		}
	})
}

func TestShortenCutsAtSixtyCharacters(t *testing.T) {
	for _, n := range []int{0, 59, 60} {
		if text := strings.Repeat("é", n); Shorten(text) != text {
			t.Errorf("%d characters are cut", n)
		}
	}
	got := Shorten(strings.Repeat("é", 61))
	if got != strings.Repeat("é", 59)+"…" {
		t.Errorf("got %s", got)
	}
}

func TestSuggestPrefersTheNearOneThenTheList(t *testing.T) {
	many := strings.Fields(strings.Repeat("x ", 31))
	for _, c := range []struct {
		word string
		from []string
		want string
	}{
		{"betwen", []string{"between"}, `did you mean "between"?`},
		{"zzzzzz", []string{"a", "b"}, "choose from: a, b"},
		{"zzzzzz", many, "fallback"},
		{"zzzzzz", nil, "fallback"},
	} {
		if got := Suggest(c.word, c.from, "fallback"); got != c.want {
			t.Errorf("got %q instead of %q", got, c.want)
		}
	}
}

func TestACellIsNamedAsExcelNamesIt(t *testing.T) {
	for column, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA"} {
		if got := Cell("x.xlsx", "Experts", 4, column).String(); got != "x.xlsx:Experts!"+want+"4" {
			t.Errorf("column %d: %s", column, got)
		}
	}
	var b strings.Builder
	l := List{{Cell("x.xlsx", "Experts", 4, 3), "the id is missing", "fill it in"}}
	if err := l.Write(&b); err != nil || b.String() != "x.xlsx:Experts!C4: the id is missing\nmend: fill it in\n" {
		t.Error(b.String(), err)
	}
}
