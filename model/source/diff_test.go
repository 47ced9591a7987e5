package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// told writes changes as path: was -> is.
func told(changes []Change) string {
	var out []string
	for _, c := range changes {
		was, is := "nothing", "nothing"
		if c.Was != nil {
			was = c.Was.String()
		}
		if c.Is != nil {
			is = c.Is.String()
		}
		out = append(out, fmt.Sprintf("%s: %s -> %s", strings.Join(c.Path, "."), was, is))
	}
	return strings.Join(out, "; ")
}

func TestDiffNamesWhatDiffers(t *testing.T) {
	for _, c := range []struct{ name, a, b, want string }{
		{"the same", "{a: 1, b: [x, y]}", "{a: 1, b: [x, y]}", ""},
		{"the order of keys says nothing", "{a: 1, b: 2}", "{b: 2, a: 1}", ""},
		{"the layout says nothing", "{a: {b: 1}}", "a:\n  b: '1'\n", ""},
		{"one value and a list of it", "{at: geneva}", "{at: [geneva]}", ""},
		{"one value and a list of another", "{at: geneva}", "{at: [vienna]}", "at: geneva -> [vienna]"},
		{"one value and a list of two", "{at: geneva}", "{at: [geneva, vienna]}", "at: geneva -> [geneva, vienna]"},
		{"a value", "{between: 2018-05}", "{between: 2018-06}", "between: 2018-05 -> 2018-06"},
		{"a value deep down", "{a: {b: {c: 1, d: 2}}}", "{a: {b: {c: 1, d: 3}}}", "a.b.d: 2 -> 3"},
		{"a key more", "{a: 1}", "{a: 1, b: {c: 2}}", "b: nothing -> {c: 2}"},
		{"a key fewer", "{a: 1, b: 2}", "{b: 2}", "a: 1 -> nothing"},
		{"a plain list as a whole", "{a: [1, 2]}", "{a: [2, 1]}", "a: [1, 2] -> [2, 1]"},
		{"a list of groups without ids as a whole", "{a: [{b: 1}]}", "{a: [{b: 2}]}", "a: [{b: 1}] -> [{b: 2}]"},
		{"items by id", "[{id: x, a: 1}, {id: y}]", "[{id: y}, {id: x, a: 2}]", "x.a: 1 -> 2"},
		{"an item more and an item fewer", "[{id: x}]", "[{id: y}]", "x: {id: x} -> nothing; y: nothing -> {id: y}"},
		{"a list by id and a group of keys", "[{id: x, a: 1}]", "{x: {a: 1}}", "x.id: x -> nothing"},
		{"rules by id", "[{day-cap: {id: twelve, at-most: 12}}]", "[{day-cap: {id: twelve, at-most: 11}}]", "twelve.day-cap.at-most: 12 -> 11"},
		{"a rule of another kind", "[{day-cap: {id: twelve, of: x}}]", "[{rest: {id: twelve, of: x}}]", "twelve.day-cap: {id: twelve, of: x} -> nothing; twelve.rest: nothing -> {id: twelve, of: x}"},
		{"rules without an id by content", "[{rest: {of: x}}, {rest: {of: y}}, {span: {id: s}}]", "[{span: {id: s}}, {rest: {of: y}}, {rest: {of: z}}]", "rest: {rest: {of: x}} -> nothing; rest: nothing -> {rest: {of: z}}"},
		{"another shape", "{a: 1}", "{a: {b: 1}}", "a: 1 -> {b: 1}"},
		{"nothing is a value", "{a: }", "{a: 1}", "a: ~ -> 1"},
	} {
		a, b := parsed(t, "a.yaml", c.a), parsed(t, "b.yaml", c.b)
		if got := told(Diff(a, b)); got != c.want {
			t.Errorf("%s: %s\ninstead of %s", c.name, got, c.want)
		}
		if back := Diff(b, a); len(back) != len(Diff(a, b)) {
			t.Errorf("%s: %d changes there and %d back", c.name, len(Diff(a, b)), len(back))
		}
	}
	if Diff(nil, nil) != nil || len(Diff(nil, parsed(t, "b.yaml", "a: 1"))) != 1 {
		t.Error("a tree that is not there")
	}
}

func TestWhatIsWrittenOnOneLineIsReadBack(t *testing.T) {
	for _, value := range []string{"", "~", "null", "a", "a, b", "a: b", "a:", "#a", "a #b", "- a", "-", "-1", "*x", "&x", "!x", "a\nb", " a", `a "b" \c`, "[", "}", "'", "it's", "2018-05-01..2018-05-31", "“Zürich”", "%a", "@a", "`a", "?x", "| a", "> a"} {
		n := &Node{Kind: Sequence, Items: []*Node{{Kind: Scalar, Value: value}, {Kind: Mapping, Keys: []*Node{{Kind: Scalar, Value: "key"}}, Items: []*Node{{Kind: Scalar, Value: value}}}}}
		back, problems := Parse("x.yaml", []byte(n.String()))
		if len(problems) > 0 || !same(n, back) {
			t.Errorf("%q is written as %s: %v", value, n, problems)
		}
	}
	if got := (&Node{Kind: Mapping}).String(); got != "{}" {
		t.Error(got)
	}
}

func TestPathsDoNotShareMemory(t *testing.T) {
	changes := Diff(parsed(t, "a.yaml", "{a: {b: {c: 1, d: 1, e: 1}}}"), parsed(t, "b.yaml", "{a: {b: {c: 2, d: 2, e: 2}}}"))
	var last []string
	for _, c := range changes {
		last = append(last, c.Path[len(c.Path)-1])
	}
	if !slices.Equal(last, []string{"c", "d", "e"}) {
		t.Error(last)
	}
}
