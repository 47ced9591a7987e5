package source

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plenary/model/bounded"
)

// within runs what is hostile and fails when it takes more than 5 seconds of
// the processor (a second or two on the author's machine) or 500 MB of heap, or
// a minute by the clock.
func within(t *testing.T, run func()) {
	t.Helper()
	bounded.Run(t, 5*time.Second, 500<<20, run)
}

// fill repeats the text up to just under the limit of a file.
func fill(text string) string { return strings.Repeat(text, (MostBytes-64)/len(text)) }

// numbered repeats a format with a running number up to the limit.
func numbered(form string) string {
	var b strings.Builder
	for i := 0; b.Len() < MostBytes-64; i++ {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}

// laughs is the billion laughs: each level repeats the one before ten times.
func laughs(levels int, item func(level int, alias string) string) string {
	var b strings.Builder
	b.WriteString("l0: &l0 lol\n")
	for i := 1; i <= levels; i++ {
		b.WriteString(item(i, fmt.Sprintf("*l%d", i-1)))
	}
	return b.String()
}

func TestHostileFilesEndWithAProblem(t *testing.T) {
	lists := laughs(20, func(i int, alias string) string {
		return fmt.Sprintf("l%d: &l%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(alias+", ", 10), ", "))
	})
	maps := laughs(20, func(i int, alias string) string {
		var keys []string
		for k := range 10 {
			keys = append(keys, fmt.Sprintf("k%d: %s", k, alias))
		}
		return fmt.Sprintf("l%d: &l%d {%s}\n", i, i, strings.Join(keys, ", "))
	})
	indents := func() string {
		var b strings.Builder
		for i := 0; b.Len() < MostBytes-5000; i++ {
			b.WriteString(strings.Repeat(" ", i) + "a:\n")
		}
		return b.String()
	}()
	for name, c := range map[string]struct{ src, want string }{
		"alias bomb of lists":        {lists, "more than 500000 values"},
		"alias bomb of maps":         {maps, "more than 500000 values"},
		"brackets":                   {strings.Repeat("[", 100_000), "nested more than 40 deep"},
		"braces":                     {strings.Repeat("{", 100_000), "nested more than 40 deep"},
		"flow maps":                  {strings.Repeat("{a: ", 100_000), "nested more than 40 deep"},
		"closed brackets":            {strings.Repeat("[", 5000) + strings.Repeat("]", 5000), "nested more than 40 deep"},
		"dashes":                     {strings.Repeat("- ", 100_000), "nested more than 40 deep"},
		"question marks":             {strings.Repeat("? ", 100_000), "nested more than 40 deep"},
		"indentation":                {indents, "nested more than 40 deep"},
		"brackets to the limit":      {fill("["), "more than 500000 values"},
		"colons":                     {fill(": "), "more than 500000 values"},
		"commas":                     {"[" + fill("a,") + "]", "more than 500000 values"},
		"pairs":                      {"[" + fill("{a,b},") + "]", "more than 500000 values"},
		"questions in braces":        {"{" + fill("?,") + "}", "more than 500000 values"},
		"items":                      {fill("-\n"), "more than 500000 values"},
		"keys":                       {numbered("k%d: v\n"), "more than 500000 values"},
		"anchors":                    {numbered("- &a%d x\n"), "more than 500000 values"},
		"comments after items":       {"a:\n" + fill("- b #c\n"), "more than 500000 values"},
		"one key again and again":    {fill("a: b\n"), "more than 500000 values"},
		"long plain text":            {"a: " + fill("x"), "longer than 20000 characters"},
		"long quoted text":           {`a: "` + fill("x") + `"`, "longer than 20000 characters"},
		"quote that never ends":      {`a: "` + fill("x"), "the quote that opens here is not closed"},
		"long block text":            {"a: |\n" + strings.Repeat("  "+strings.Repeat("x", 78)+"\n", 50_000), "longer than 20000 characters"},
		"long key":                   {fill("x") + ": a", ""},
		"blank lines":                {"a: " + strings.Repeat("\n", 500_000) + "b", ""},
		"comments":                   {fill("# a comment of some length, as planners write them\n"), "the file is empty"},
		"spaces":                     {fill(" "), "the file is empty"},
		"tabs":                       {fill("\t"), ""},
		"tags":                       {fill("!a "), ""},
		"documents":                  {fill("--- abcdefghijklmnop\n"), "a second document starts here"},
		"stars":                      {fill("*a "), ""},
		"unknown alias, long":        {"a: *" + fill("x"), ""},
		"over the limit":             {strings.Repeat("x", MostBytes+1), "is the most that is read"},
		"far over the limit":         {strings.Repeat("x", 100<<20), "is the most that is read"},
		"NUL bytes":                  {fill("\x00"), "NUL byte"},
		"no UTF-8":                   {fill("\xff"), "not UTF-8"},
		"surrogates":                 {"a: \xed\xa0\x80", "not UTF-8"},
		"UTF-16":                     {"\xff\xfea\x00:\x00", "not UTF-8"},
		"byte order mark alone":      {"\uFEFF", "the file is empty"},
		"mistake in 200 KB":          {strings.Repeat("a: [b, c]\n", 20_000) + " b: c", ""},
		"late mistake under search":  {numbered("k%d: some text that goes on\n")[:searched-20] + "\n  b: : c\n", ""},
		"escape at the limit":        {`"` + fill(`\x41`) + `"`, "longer than 20000 characters"},
		"merge keys":                 {"a: &a {b: c}\nd:\n" + strings.Repeat("  <<: *a\n", 1000), "merging with << is not part"},
		"one text again and again":   {"a: &a \"" + strings.Repeat("x", MostScalar) + "\"\nb: [" + strings.Repeat("*a,", 400_000) + "]", "what aliases (*name) repeat has more than 16 MiB"},
		"an alias in its own anchor": {"a: &a [b, *a]", "stands inside what it repeats"},
	} {
		t.Run(name, func(t *testing.T) {
			within(t, func() {
				node, problems := Parse("f.yaml", []byte(c.src))
				if len(problems) == 0 {
					if node == nil || c.want != "" {
						t.Fatalf("no problem is found (node %v)", node != nil)
					}
					return
				}
				if !strings.Contains(problems[0].Message, c.want) {
					t.Errorf("got %q instead of %q", problems[0].Message, c.want)
				}
				if node != nil && strings.Contains(c.want, "longer than") {
					t.Error("half a file is given on, of which there would be further mistakes")
				}
				var b strings.Builder
				if err := problems.Write(&b); err != nil || b.Len() > 60_000 {
					t.Errorf("%d characters are printed: %v", b.Len(), err)
				}
			})
		})
	}
}

func TestLimitsHoldJustUnderAndFailJustOver(t *testing.T) {
	nest := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	values := func(n int) string { // a list and n-1 items
		return "[" + strings.TrimSuffix(strings.Repeat("a,", n-1), ",") + "]"
	}
	for _, c := range []struct{ name, under, over, want string }{
		{"bytes", "a: b #" + strings.Repeat("x", MostBytes-6), "a: b #" + strings.Repeat("x", MostBytes-5), "is the most that is read"},
		{"depth", nest(MostDepth + 1), nest(MostDepth + 2), "nested more than 40 deep"},
		{"values", values(MostNodes), values(MostNodes + 1), "more than 500000 values"},
		{"value", strings.Repeat("ä", MostScalar), strings.Repeat("ä", MostScalar+1), "longer than 20000 characters"},
		{"key", "? " + strings.Repeat("x", MostScalar) + "\n: b", "? " + strings.Repeat("x", MostScalar+1) + "\n: b", "longer than 20000 characters"},
	} {
		t.Run(c.name, func(t *testing.T) {
			within(t, func() {
				if node, problems := Parse("f.yaml", []byte(c.under)); node == nil || len(problems) > 0 {
					t.Errorf("just under: %v", problems)
				}
				_, problems := Parse("f.yaml", []byte(c.over))
				if len(problems) != 1 || !strings.Contains(problems[0].Message, c.want) {
					t.Errorf("just over: %v", problems)
				}
			})
		})
	}
}

// The plans that the program writes have some three marks to a value: the
// check before the YAML library must let them through.
func TestMarksLetIndentedJSONThrough(t *testing.T) {
	var b strings.Builder
	b.WriteString("{\n \"sessions\": [\n")
	for i := range 20_000 {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "  {\n   \"id\": \"s%d\",\n   \"days\": [\n    \"2017-05-08\",\n    \"2017-05-09\"\n   ]\n  }", i)
	}
	b.WriteString("\n ]\n}\n")
	node, problems := Parse("plan.json", []byte(b.String()))
	if node == nil || len(problems) > 0 {
		t.Errorf("%v", problems)
	}
}

func TestManyUnknownKeysEndSoon(t *testing.T) {
	var b strings.Builder
	for i := range 90_000 {
		fmt.Fprintf(&b, "titl%d: v\n", i)
	}
	within(t, func() {
		node, problems := Parse("f.yaml", []byte(b.String()))
		var into struct {
			Title string `key:"title,required" doc:"d" eg:"e"`
		}
		if node == nil {
			t.Fatal(problems)
		}
		Decode(node, &into, &problems)
		if len(problems) != 90_001 {
			t.Errorf("%d problems", len(problems))
		}
		var out strings.Builder
		if err := problems.Write(&out); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(out.String(), "and 89901 more\n") {
			t.Errorf("it ends with %q", out.String()[out.Len()-40:])
		}
	})
}

func TestMergeOfLongListsEndsSoon(t *testing.T) {
	var base, over strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&base, "- {id: s%d}\n", i)
		fmt.Fprintf(&over, "t%d: {a: b}\n", i)
	}
	within(t, func() {
		a, problems := Parse("a", []byte(base.String()))
		b, more := Parse("b", []byte(over.String()))
		if len(problems)+len(more) > 0 {
			t.Fatal(problems, more)
		}
		Merge(a, b, &problems)
		if len(problems) != 40_000 {
			t.Errorf("%d problems", len(problems))
		}
	})
}
