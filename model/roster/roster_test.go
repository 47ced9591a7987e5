package roster

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"plenary/model/bounded"
	"plenary/model/calendar"
	"plenary/model/diag"
)

// parse reads a roster from CSV.
func parse(file string, src []byte, idColumn, nameColumn string) (Table, diag.List) {
	lines, problems := ReadCSV(file, src)
	table, more := Read(lines, idColumn, nameColumn)
	return table, append(problems, more...)
}

// join adds the columns of a CSV table.
func join(table *Table, file string, src []byte, idColumn string) diag.List {
	lines, problems := ReadCSV(file, src)
	return append(problems, table.Join(lines, idColumn)...)
}

func read(t *testing.T, text string) Table {
	t.Helper()
	table, problems := parse("t.csv", []byte(text), "id", "name")
	if len(problems) > 0 {
		t.Fatalf("%q: %v", text, problems)
	}
	return table
}

func TestTablesAsExcelWritesThem(t *testing.T) {
	for name, text := range map[string]string{
		"commas":            "id,name,group\na,Á,x;y\nb,\"B, of C\",z\n",
		"semicolons, CRLF":  "id;name;group\r\na;Á;\"x;y\"\r\nb;B, of C;z\r\n",
		"tabs":              "id\tname\tgroup\na\tÁ\tx;y\nb\tB, of C\tz\n",
		"byte order mark":   "\uFEFFid,name,group\na,Á,x ; y\nb,\"B, of C\",z",
		"spaces and blanks": " id , name,group \n\na, Á ,x;;y;\n,,\n  \nb,\"B, of C\",z\n",
		"columns missing":   "id,name,group,more\na,Á,x;y\nb,\"B, of C\",z,\n",
	} {
		t.Run(name, func(t *testing.T) {
			table := read(t, text)
			if len(table.Members) != 2 {
				t.Fatalf("%d members", len(table.Members))
			}
			a, b := table.Member("a"), table.Member("b")
			if a == nil || b == nil || a.Name != "Á" || b.Name != "B, of C" || !slices.Equal(a.Values["group"], []string{"x", "y"}) || !b.Has("group", "z") || b.Has("group", "x") {
				t.Errorf("%+v, %+v", a, b)
			}
			if got := table.Values("group"); !slices.Equal(got, []string{"x", "y", "z"}) {
				t.Errorf("groups %v", got)
			}
		})
	}
}

func TestMembersAreAwayOnTheDaysOfTheColumn(t *testing.T) {
	table := read(t, "id,name,unavailable\na,A,2018-05-01..2018-05-03; 2018-06\nb,,\n")
	a := table.Member("a")
	for day, want := range map[string]bool{"2018-04-30": false, "2018-05-01": true, "2018-05-03": true, "2018-05-04": false, "2018-06-01": true, "2018-06-30": true, "2018-07-01": false} {
		if a.AwayOn(calendar.MustDay(day)) != want {
			t.Errorf("on %s: %v", day, !want)
		}
	}
	if b := table.Member("b"); b.Name != "b" || b.AwayOn(calendar.MustDay("2018-05-01")) {
		t.Errorf("%+v", b)
	}
}

func TestJoinAddsColumns(t *testing.T) {
	table := read(t, "id,name,group,unavailable\na,A,x,2018-05-01\nb,B,y,\n")
	problems := join(&table, "j.csv", []byte("id,profile,group,unavailable\na,origin;transit,z,2018-05-02\nb,,,2018-05-03\n"), "id")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	a, b := table.Member("a"), table.Member("b")
	if !a.Has("profile", "transit") || !slices.Equal(a.Values["group"], []string{"z"}) || !slices.Equal(b.Values["group"], []string{"y"}) || b.Values["profile"] != nil {
		t.Errorf("%+v, %+v", a, b)
	}
	if !a.AwayOn(calendar.MustDay("2018-05-01")) || !a.AwayOn(calendar.MustDay("2018-05-02")) || !b.AwayOn(calendar.MustDay("2018-05-03")) || len(a.Values[Unavailable]) != 2 {
		t.Errorf("away: %v, %v", a.Away, b.Away)
	}
	if !slices.Equal(table.Columns, []string{"id", "name", "group", "unavailable", "profile"}) {
		t.Errorf("columns %v", table.Columns)
	}
}

func TestPlacesOfCellsCountCharacters(t *testing.T) {
	lines, problems := ReadCSV("t.csv", []byte("\uFEFFid,name\nä,\"É, é\"\n\"a\nb\",c\n"))
	rows := lines.Rows
	if len(problems) > 0 || len(rows) != 2 {
		t.Fatal(problems, rows)
	}
	for _, c := range []struct {
		at           diag.Place
		line, column int
	}{{rows[0].Place, 2, 1}, {rows[0].Cell("id"), 2, 1}, {rows[0].Cell("name"), 2, 3}, {rows[0].Cell("none"), 2, 1}, {rows[1].Cell("id"), 3, 1}, {rows[1].Cell("name"), 4, 4}} {
		if c.at.Line != c.line || c.at.Column != c.column {
			t.Errorf("%s instead of %d:%d", c.at, c.line, c.column)
		}
	}
}

// within runs what is hostile and fails when it takes more than 5 seconds of
// the processor (a second or two on the author's machine) or 500 MB of heap, or
// a minute by the clock.
func within(t *testing.T, run func()) {
	t.Helper()
	bounded.Run(t, 5*time.Second, 500<<20, run)
}

// Files reach this package cut at source.MostBytes, 8 MiB.
const whole = 8 << 20

func TestHostileTablesEndWithAProblem(t *testing.T) {
	fill := func(text string) string { return strings.Repeat(text, whole/len(text)) }
	for name, c := range map[string]struct{ text, want string }{
		"empty":                 {"", "the table is empty"},
		"blank lines":           {fill("\n"), "the table is empty"},
		"a million columns":     {fill("a,"), "200 columns is the most"},
		"a million semicolons":  {fill(";"), "200 columns is the most"},
		"a quote at the start":  {`"` + fill("a,b\n"), "a quote that opens on this line is not closed"},
		"a quote later":         {"id,name\na,\"" + fill("x\n"), "a quote that opens on this line is not closed"},
		"quotes everywhere":     {"id,name\n" + fill("a\"b,c\n"), "a quote stands inside a field"},
		"quotes alone":          {fill(`"`), ""},
		"fields too many":       {"id,name\na," + fill("x,"), "the line has 4194306 fields; 200 columns is the most"},
		"lines with more":       {"id,name\n" + fill("a,b,c\n"), "the line has 3 fields"},
		"many lines":            {"id,name\n" + fill("a,b\n"), "more than 20000 lines"},
		"many cells":            {"id,name" + strings.Repeat(",c", 1) + columns(190) + "\n" + fill(strings.Repeat("x,", 190)+"x\n"), "more than 400000 filled cells"},
		"NUL bytes":             {fill("\x00"), "no UTF-8 text"},
		"no UTF-8":              {"id,name\n\xff,b", "no UTF-8 text"},
		"UTF-16":                {"\xff\xfei\x00d\x00", "no UTF-8 text"},
		"one value, many parts": {"id,name,group\na,A,\"" + fill("x;") + "\"", "longer than 20000 characters"},
		"many days away":        {"id,name,unavailable\na,A,\"" + fill("2018-05-01;") + "\"", "longer than 20000 characters"},
		"one id again":          {"id,name\n" + strings.Repeat("a,b\n", 19_999), "stands here for the second time"},
		"a long id":             {"id,name\n" + fill("x") + ",b", "longer than 20000 characters"},
		"a Cyrillic twin":       {"id,name\ncopy,A\nсору,B", `the id "сору" looks like "copy"`},
		"carriage returns":      {fill("\r"), ""},
		"a long header":         {fill("x"), `the table has no column "id"`},
	} {
		t.Run(name, func(t *testing.T) {
			within(t, func() {
				table, problems := parse("t.csv", []byte(c.text), "id", "name")
				if c.want != "" && !slices.ContainsFunc(problems, func(p diag.Problem) bool { return strings.Contains(p.Message, c.want) }) {
					t.Errorf("%d problems, none of them %s", len(problems), c.want)
				}
				problems = append(problems, join(&table, "t.csv", []byte(c.text), "id")...)
				var b strings.Builder
				if err := problems.Write(&b); err != nil || b.Len() > 100_000 {
					t.Errorf("%d characters: %v", b.Len(), err)
				}
			})
		})
	}
}

func columns(n int) string {
	var b strings.Builder
	for i := range n - 2 {
		fmt.Fprintf(&b, ",x%d", i)
	}
	return b.String()
}

func TestLimitsHoldJustUnderAndFailJustOver(t *testing.T) {
	lines := func(n int) string {
		var b strings.Builder
		b.WriteString("id,name\n")
		for i := range n {
			fmt.Fprintf(&b, "m%d,M\n", i)
		}
		return b.String()
	}
	cells := func(n int) string { // lines of 100 filled cells, and one of the rest
		var b strings.Builder
		b.WriteString("id,name" + columns(100) + "\n")
		for i := range n / 100 {
			fmt.Fprintf(&b, "m%d%s\n", i, strings.Repeat(",x", 99))
		}
		fmt.Fprintf(&b, "last%s\n", strings.Repeat(",x", n%100))
		return b.String()
	}
	away := func(n int) string {
		return "id,name,unavailable\na,A," + strings.TrimSuffix(strings.Repeat("2018-05-01;", n), ";") + "\n"
	}
	for _, c := range []struct{ name, under, over, want string }{
		{"lines", lines(MostMembers), lines(MostMembers + 1), "more than 20000 lines"},
		{"columns", "id,name" + columns(MostColumns) + "\na,A\n", "id,name" + columns(MostColumns+1) + "\na,A\n", "201 columns; 200 is the most"},
		{"cells", cells(MostCells - 1), cells(MostCells), "more than 400000 filled cells"},
		{"characters", "id,name\na," + strings.Repeat("ä", MostText), "id,name\na," + strings.Repeat("ä", MostText+1), "longer than 20000 characters"},
		{"days away", away(MostAway), away(MostAway + 1), "1001 stretches of days; 1000 is the most"},
	} {
		t.Run(c.name, func(t *testing.T) {
			within(t, func() {
				if table, problems := parse("t.csv", []byte(c.under), "id", "name"); len(problems) > 0 || len(table.Members) == 0 {
					t.Errorf("just under: %.200v", problems)
				}
				if _, problems := parse("t.csv", []byte(c.over), "id", "name"); len(problems) != 1 || !strings.Contains(problems[0].Message, c.want) {
					t.Errorf("just over: %.200v", problems)
				}
			})
		})
	}
}

// FuzzReadCSV: no panic, and every problem has a place in the file.
func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"id,name\na,A\n", "id;name\r\na;\"A\nB\"", "\uFEFFid\tname\n", "id,name\na,\"b", "id,name\na\"b,c", "id,name,unavailable\na,A,2018-05-01..2018-04-01;x", "", "\"", "id,id\na,b,c", "id,name\n\"\"\"\",é\xff", "\r\rid,name"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		table, problems := parse("t.csv", src, "id", "name")
		again, more := parse("t.csv", src, "id", "name")
		if len(more) != len(problems) || len(again.Members) != len(table.Members) {
			t.Error("it is read differently the second time")
		}
		problems = append(problems, join(&again, "t.csv", src, "id")...)
		lines := strings.Split(strings.TrimPrefix(string(src), "\uFEFF"), "\n")
		for _, p := range problems {
			at := p.Place
			switch {
			case at.File != "t.csv" || p.Message == "" || p.Mend == "":
				t.Errorf("%+v lacks something", p)
			case at.Line < 0 || at.Line > len(lines):
				t.Errorf("%s: %q stands outside the file", at, p.Message)
			case at.Line > 0 && (at.Column < 1 || at.Column > utf8.RuneCountInString(at.Text)+1):
				t.Errorf("%s: %q stands outside its line %q", at, p.Message, at.Text)
			}
		}
		for _, m := range table.Members {
			if m.ID == "" || m.Name == "" || table.Member(m.ID) != m {
				t.Errorf("%+v", m)
			}
		}
	})
}
