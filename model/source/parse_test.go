package source

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"plenary/model/calendar"
	"plenary/model/diag"
)

func TestWhatPlannersWriteIsRead(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"byte order mark":          {"\uFEFFa: 1\n", "{a: 1}"},
		"CRLF":                     {"a: 1\r\nb:\r\n  - x\r\n", "{a: 1, b: [x]}"},
		"lone carriage returns":    {"a: 1\rb: 2\r", "{a: 1, b: 2}"},
		"no line end":              {"a: 1", "{a: 1}"},
		"anchors and aliases":      {"a: &x [1, 2]\nb: *x\nc: {d: *x}\n", "{a: [1, 2], b: [1, 2], c: {d: [1, 2]}}"},
		"yes, no and numbers stay": {"yes: no\non: off\n010: 0x10\n1.0: 1e3\n2018-05-08: 10:30", "{yes: no, on: off, 010: 0x10, 1.0: 1e3, 2018-05-08: 10:30}"},
		"null as a key":            {"null: x\n~: y", "{null: x, ~: y}"},
		"quotes":                   {`{a: "6, 9", b: 'it''s', "c d": ""}`, "{a: 6, 9, b: it's, c d: }"},
		"block text":               {"a: |\n  [not a list\n  \"nor a quote\n\tb: x\nc: >-\n  x\n  y\n", ""},
		"apostrophes inside":       {"a: don't [x] {y} \"z\"\nb: [don't, it's]\nc: rock 'n' roll", `{a: don't [x] {y} "z", b: [don't, it's], c: rock 'n' roll}`},
		"hashes inside":            {"a: x#y # comment [\nb: '# no'", "{a: x#y, b: # no}"},
		"dashes inside":            {"a: - - -x", ""},
		"a document mark first":    {"---\na: 1\n", "{a: 1}"},
		"a document end":           {"a: 1\n...\n", "{a: 1}"},
		"a group over lines":       {"a: {b: 1,\n  c: 2\n}\nd: [\n  1,\n  2\n]\n", "{a: {b: 1, c: 2}, d: [1, 2]}"},
		"text over lines":          {"a: one\n  two\nb: \"one\n  two\"", "{a: one two, b: one two}"},
		"all scripts":              {"título: Миграция\n移民: الهجرة\n", "{título: Миграция, 移民: الهجرة}"},
		"stars inside":             {"a: thematic-*\nb: [\"*\", x*y]", "{a: thematic-*, b: [*, x*y]}"},
		"JSON":                     {"{\n\t\"a\": [1, null, true, \"\\u00e9\\n\"],\n\t\"b\": {}\n}\n", "{a: [1, null, true, é\n], b: {}}"},
	} {
		t.Run(name, func(t *testing.T) {
			n, problems := Parse("f", []byte(c.src))
			if c.want == "" {
				return // no panic is all
			}
			if got := shown(n); got != c.want || len(problems) > 0 {
				t.Errorf("got %s, %v", got, problems)
			}
		})
	}
}

func TestPlacesCountCharacters(t *testing.T) {
	n := parsed(t, "f", "\uFEFFä: {ö: \"ü\", é: x}\r\n移民: [а, б]\n")
	for _, c := range []struct {
		path  []any
		place string
		width int
	}{
		{nil, "f:1:1", 1},
		{[]any{"ä", "ö"}, "f:1:8", 3},
		{[]any{"ä", "é"}, "f:1:16", 1},
		{[]any{"移民", 1}, "f:2:9", 1},
		{[]any{"移民", 2}, "f:2:5", 1}, // not there: the last that is
		{[]any{"移民", -1}, "f:2:5", 1},
		{[]any{"none", "none"}, "f:1:1", 1},
	} {
		if at := n.At(c.path...); at.String() != c.place || at.Width != c.width {
			t.Errorf("%v stands at %s, %d wide, instead of %s, %d", c.path, at, at.Width, c.place, c.width)
		}
	}
	if at := n.At("ä"); at.Text != "ä: {ö: \"ü\", é: x}" {
		t.Errorf("the line is %q", at.Text)
	}
}

func TestCountsAndGaps(t *testing.T) {
	for text, want := range map[string]Count{
		"3": {3, 3}, "0": {0, 0}, "2..3": {2, 3}, "2 .. 3": {2, 3}, "1..": {1, NoMost}, "..4": {0, 4}, "010": {10, 10}, "1000000": {MostCount, MostCount}, "3..3": {3, 3},
	} {
		if got, err := ParseCount(text); err != nil || got != want {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"": "is not a count", "..": "is not a count", "-1": "-1 is less than 0", "+1": "is not a count", "1.5": "is not a count", "1_000": "is not a count", "1,000": "is not a count",
		"0x10": "is not a count", "1000001": "is more than 1000000", "99999999999999999999": "is more than 1000000", "-99999999999999999999": "is less than 0",
		"3..2": "the range ends (2) below where it starts (3)", "2...3": "is not a count", "2..3..4": "is not a count", "1..1000001": "is not a count", "two": "is not a count", "１": "is not a count",
	} {
		if got, err := ParseCount(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
	day, working := calendar.Days, calendar.WorkingDays
	for text, want := range map[string]Gap{
		"1..10 days":       {calendar.Duration{N: 1, Unit: day}, calendar.Duration{N: 10, Unit: day}},
		"5.. working days": {calendar.Duration{N: 5, Unit: working}, calendar.Duration{N: NoMost, Unit: working}},
		"2 weeks":          {calendar.Duration{N: 14, Unit: day}, calendar.Duration{N: 14, Unit: day}},
		"1..2 weeks":       {calendar.Duration{N: 7, Unit: day}, calendar.Duration{N: 14, Unit: day}},
		"3":                {calendar.Duration{N: 3, Unit: day}, calendar.Duration{N: 3, Unit: day}},
		"..3 days":         {calendar.Duration{N: 0, Unit: day}, calendar.Duration{N: 3, Unit: day}},
		"..100000 days":    {calendar.Duration{N: 0, Unit: day}, calendar.Duration{N: 100_000, Unit: day}},
	} {
		if got, err := ParseGap(text); err != nil || got != want {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "days", "1.. moons", "10..1 days", "1 .. 2 days", "..100001 days", "1..20000 weeks", "100001.. days", "-1 days"} {
		if got, err := ParseGap(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestCountsMeasureWhatIsShortAndOver(t *testing.T) {
	for _, c := range []struct {
		count          Count
		n, short, over int
		has            bool
		words          string
	}{
		{Count{2, 4}, 1, 1, 0, false, "2 to 4"},
		{Count{2, 4}, 2, 0, 0, true, "2 to 4"},
		{Count{2, 4}, 4, 0, 0, true, "2 to 4"},
		{Count{2, 4}, 6, 0, 2, false, "2 to 4"},
		{Count{1, NoMost}, 5_000_000, 0, 0, true, "at least 1"},
		{Count{0, 3}, 4, 0, 1, false, "at most 3"},
		{Count{3, 3}, 3, 0, 0, true, "3"},
		{Count{0, 0}, 1, 0, 1, false, "0"},
	} {
		if c.count.Short(c.n) != c.short || c.count.Over(c.n) != c.over || c.count.String() != c.words || (c.n < MostCount && c.count.Has(c.n) != c.has) {
			t.Errorf("%v of %d: short %d, over %d, %v, %s", c.count, c.n, c.count.Short(c.n), c.count.Over(c.n), c.count.Has(c.n), c.count)
		}
	}
}

type inner struct {
	Origin
	ID   string         `key:"@key"`
	Days calendar.Range `key:"days" doc:"d" eg:"2018-05"`
	Text string         `key:"text" doc:"d" eg:"x"`
}

func (i *inner) FromText(text string) error { i.Text = text; return nil }

type outer struct {
	Origin
	Name  string            `key:"name,required" doc:"the name" eg:"x"`
	Size  *int              `key:"size" doc:"d" eg:"3"`
	Cost  int64             `key:"cost" doc:"d" eg:"3"`
	Where float64           `key:"where" doc:"d" eg:"1.5"`
	Open  bool              `key:"open" doc:"d" eg:"yes"`
	Many  []string          `key:"many" doc:"d" eg:"[a]"`
	Parts []inner           `key:"parts" doc:"d" eg:"{a: {days: 2018-05}}"`
	Table map[string]string `key:"table" doc:"d" eg:"{a: b}"`
	Raw   *Node             `key:"raw" doc:"d" eg:"x"`
	Price map[string]int    `key:"price" doc:"d" eg:"{a: 3}"`
	Lots  int               `key:"lots" doc:"d" eg:"1" most:"5000000"`
}

func TestDecodeFillsWhatIsWritten(t *testing.T) {
	var o outer
	var problems diag.List
	Decode(parsed(t, "f", "{name: n, size: 3, cost: 5000000000, where: -1.5, open: yes, many: a, parts: {x: t, y: {days: 2018-05}, z: }, table: {a: b}, raw: [1], price: {a: 1000000}, lots: 5000000}"), &o, &problems)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if o.Name != "n" || *o.Size != 3 || o.Cost != 5_000_000_000 || o.Where != -1.5 || !o.Open || !reflect.DeepEqual(o.Many, []string{"a"}) || o.Table["a"] != "b" || shown(o.Raw) != "[1]" || o.Price["a"] != 1_000_000 || o.Lots != 5_000_000 {
		t.Errorf("%+v", o)
	}
	if len(o.Parts) != 3 || o.Parts[0].ID != "x" || o.Parts[0].Text != "t" || o.Parts[1].Days.Len() != 31 || o.Parts[2].ID != "z" {
		t.Errorf("%+v", o.Parts)
	}
	if at := o.Parts[1].At("id"); at.Column != 85 || at.Text[at.Column-1:at.Column] != "y" {
		t.Errorf("the id y stands at %s: %q", at, at.Text[at.Column-1:])
	}
	var list outer
	Decode(parsed(t, "f", "{name: n, parts: [{id: x, text: t}], many: [a, b], table: {}}"), &list, &problems)
	if len(problems) > 0 || list.Parts[0].ID != "x" || len(list.Many) != 2 {
		t.Errorf("%+v, %v", list, problems)
	}
}

func TestDecodeReportsWhatDoesNotFit(t *testing.T) {
	for src, want := range map[string]string{
		"{}":                                        `the key "name" is missing`,
		"{name: [a]}":                               "name: here stands a list, where a single value is expected",
		"{name: }":                                  "name: has no value",
		"name:\n":                                   "name: nothing stands after the colon",
		"{name: n, size: 1.5}":                      `size: "1.5" is not a whole number`,
		"{name: n, size: 99999999}":                 "size: 99999999 is more than 1000000",
		"{name: n, cost: 9999999999999999999}":      "cost: 9999999999999999999 is more than 1152921504606846976",
		"{name: n, where: .nan}":                    `where: ".nan" is not a number`,
		"{name: n, where: NaN}":                     `where: "NaN" is not a number`,
		"{name: n, where: 1e999}":                   `where: "1e999" is not a number`,
		"{name: n, open: 1}":                        `open: "1" is neither yes nor no`,
		"{name: n, many: {a: b}}":                   "many: here stands a group of keys, where a single value is expected",
		"{name: n, parts: [x]}":                     "parts: here stands a single value, where an item with an id is expected",
		"{name: n, parts: [{text: x}]}":             "an item of parts has no id",
		"{name: n, parts: x}":                       "parts: here stands a single value, where a list of items is expected",
		"{name: n, parts: {x: {id: y}}}":            `the id "y" is not the one in front of the colon, "x"`,
		"{name: n, parts: {x: {id: x, day: 1}}}":    `unknown key "day"`,
		"{name: n, parts: {x: {days: 2018-02-30}}}": "days: there is no day 2018-02-30 in the calendar",
		"{name: n, parts: {x: [a]}}":                "parts: here stands a list, where keys are expected",
		"{name: n, table: [a]}":                     "table: here stands a list, where keys are expected",
		"{name: n, table: {a: [b]}}":                "a: here stands a list, where a single value is expected",
		"{name: n, table: {a: b, c}}":               "c: has no value",
		"{name: n, nam: x}":                         `unknown key "nam"`,
		"{name: n, price: {a: 1000001}}":            "a: 1000001 is more than 1000000",
		"{name: n, lots: 5000001}":                  "lots: 5000001 is more than 5000000",
		"[a]":                                       "here stands a list, where keys are expected",
	} {
		var o outer
		var problems diag.List
		Decode(parsed(t, "f", src), &o, &problems)
		if len(problems) != 1 || problems[0].Message != want || problems[0].Mend == "" && !strings.HasPrefix(want, "a:") {
			t.Errorf("%s: %v instead of %s", src, problems, want)
		}
	}
}

// FuzzParse: no panic, and every problem has a place in the file.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a: 1", "- a\n- b", "{a: [b, {c: d}]}", "a: &x b\nc: *x", "&a [*a]", "a: 'x", "a: [x", "\ta: b", "a: |\n  x\n", "? a\n: b", "<<: {a: b}", "a: \"\\q\"", "--- a\n--- b", "%YAML 1.1\n---\na", "a:b\nc: d", "a: b: c", "\uFEFFa: 1\r\nb: 2\r", "a: \u2028b\u0085c", "!x a", "*", "&", "a: @b", "{mandate: 6, 9}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, problems := Parse("f", src)
		if n == nil && len(problems) == 0 {
			t.Error("nothing is read and nothing is said")
		}
		checkPlaces(t, problems, src)
		if n == nil {
			return
		}
		var o outer
		Decode(n, &o, &problems)
		checkPlaces(t, problems, src)
		again, more := Parse("f", src)
		if again == nil || len(more) > len(problems) || again.Hash() != n.Hash() {
			t.Error("it is read differently the second time")
		}
		Merge(n, again, &problems)
		var b strings.Builder
		if err := problems.Write(&b); err != nil || !utf8.ValidString(b.String()) {
			t.Errorf("%v: %q", err, b.String())
		}
	})
}

func checkPlaces(t *testing.T, problems diag.List, src []byte) {
	t.Helper()
	lines := splitLines(strings.TrimPrefix(string(src), "\uFEFF"))
	for _, p := range problems {
		at := p.Place
		switch {
		case at.File != "f" || p.Message == "":
			t.Errorf("%+v has no file or no message", p)
		case at.Line == 0:
		case at.Line < 1 || at.Line > len(lines) || at.Text != lines[at.Line-1]:
			t.Errorf("%s: %q stands on no line of the file", at, p.Message)
		case at.Column < 1 || at.Column > utf8.RuneCountInString(at.Text)+1 || at.Width < 1:
			t.Errorf("%s: %q stands outside its line %q", at, p.Message, at.Text)
		}
	}
}
