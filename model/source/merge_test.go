package source

import (
	"fmt"
	"strings"
	"testing"

	"plenary/model/diag"
)

// shown writes a tree in brackets, without places.
func shown(n *Node) string {
	if n == nil {
		return "none"
	}
	var parts []string
	switch n.Kind {
	case Scalar:
		return n.Value
	case Null:
		return "null"
	case Sequence:
		for _, item := range n.Items {
			parts = append(parts, shown(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	for i, key := range n.Keys {
		parts = append(parts, key.Value+": "+shown(n.Items[i]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func parsed(t *testing.T, file, text string) *Node {
	t.Helper()
	n, problems := Parse(file, []byte(text))
	if n == nil || len(problems) > 0 {
		t.Fatalf("%s: %v", text, problems)
	}
	return n
}

func TestMerge(t *testing.T) {
	for _, c := range []struct{ name, base, over, want, problem string }{
		{"keys merge one by one", "{a: 1, b: 2}", "{b: 3, c: 4}", "{a: 1, b: 3, c: 4}", ""},
		{"keys merge deep down", "{a: {b: {c: 1, d: 2}}}", "{a: {b: {d: 3}}}", "{a: {b: {c: 1, d: 3}}}", ""},
		{"null takes away", "{a: 1, b: 2}", "{a: }", "{b: 2}", ""},
		{"null takes away deep down", "{a: {b: 1, c: 2}}", "{a: {b: ~}}", "{a: {c: 2}}", ""},
		{"null adds nothing", "{a: 1}", "{b: }", "{a: 1}", ""},
		{"a value replaces a group", "{a: {b: 1}}", "{a: 2}", "{a: 2}", ""},
		{"a group replaces a value", "{a: 2}", "{a: {b: 1}}", "{a: {b: 1}}", ""},
		{"an empty group changes nothing", "{a: {b: 1}}", "{a: {}}", "{a: {b: 1}}", ""},
		{"an empty list replaces", "{a: [1, 2]}", "{a: []}", "{a: []}", ""},
		{"plain lists replace", "{a: [1, 2]}", "{a: [3]}", "{a: [3]}", ""},
		{"a list of groups without ids replaces", "[{a: 1}, {b: 2}]", "[{c: 3}]", "[{c: 3}]", ""},
		{"lists with ids merge", "[{id: x, a: 1}, {id: y, a: 2}]", "[{id: y, a: 3}, {id: z, a: 4}]", "[{id: x, a: 1}, {id: y, a: 3}, {id: z, a: 4}]", ""},
		{"an item keeps its other keys", "[{id: x, a: 1, b: 2}]", "[{id: x, b: 3}]", "[{id: x, a: 1, b: 3}]", ""},
		{"a change by id", "[{id: x, a: 1}]", "{x: {a: 2}}", "[{id: x, a: 2}]", ""},
		{"a removal by id", "[{id: x}, {id: y}]", "{x: }", "[{id: y}]", ""},
		{"a change by an unknown id", "[{id: opening}]", "{openin: {a: 2}}", "[{id: opening}]", `there is no "openin" to change`},
		{"a removal by an unknown id", "[{id: opening}]", "{openin: }", "[{id: opening}]", `there is no "openin" to change`},
		{"an item changed twice", "[{id: x, a: 1}]", "[{id: x, a: 2}, {id: x, a: 3}]", "[{id: x, a: 2}]", `"x" stands here for the second time`},
		{"an item added twice", "[{id: x}]", "[{id: y, a: 2}, {id: y, a: 3}]", "[{id: x}, {id: y, a: 2}]", `"y" stands here for the second time`},
		{"items without an id stay", "[{id: x}, {a: 1}]", "{x: {b: 2}}", "[{id: x, b: 2}, {a: 1}]", ""},
		{"items without an id are added", "[{id: x}]", "[{a: 1}, {a: 1}, {id: x, b: 2}]", "[{id: x, b: 2}, {a: 1}, {a: 1}]", ""},
		{"items without an id are added to those with one", "[{id: x}, {a: 1}]", "[{a: 2}, {b: 3}]", "[{id: x}, {a: 1}, {a: 2}, {b: 3}]", ""},
		{"rules without an id are added", "[{day-cap: {id: cap}}, {rest: {of: a}}]", "[{held: {of: a, tier: 1}}]", "[{day-cap: {id: cap}}, {rest: {of: a}}, {held: {of: a, tier: 1}}]", ""},
		{"an empty list takes the place of items with ids", "[{id: x}]", "[]", "[]", ""},
		{"a base's id that stands twice changes once", "[{id: x, a: 1}, {id: x, a: 2}]", "{x: {a: 3}}", "[{id: x, a: 3}, {id: x, a: 2}]", ""},
		{"a list over a group by id", "{x: {a: 1}, y: {a: 2}}", "[{id: y, a: 3}]", "{x: {a: 1}, y: {a: 3, id: y}}", ""},
		{"a list over a group, twice", "{x: {a: 1}}", "[{id: x, a: 3}, {id: x, a: 4}]", "{x: {a: 3, id: x}}", `"x" stands here for the second time`},
		{"a list over a group, without id", "{x: {a: 1}}", "[{id: x, a: 3}, {a: 4}]", "{x: {a: 3, id: x}}", "this item has no id"},
		{"a rule is changed by its id", "[{day-cap: {id: cap, of: a, at-most: 12}}]", "{cap: {at-most: 3}}", "[{day-cap: {id: cap, of: a, at-most: 3}}]", ""},
		{"a rule's kind may be repeated", "[{day-cap: {id: cap, at-most: 12}}]", "{cap: {day-cap: {at-most: 3}}}", "[{day-cap: {id: cap, at-most: 3}}]", ""},
		{"a rule in a list", "[{day-cap: {id: cap, at-most: 12}}]", "[{day-cap: {id: cap, at-most: 3}}, {rest: {id: new}}]", "[{day-cap: {id: cap, at-most: 3}}, {rest: {id: new}}]", ""},
		{"a rule's field is taken away", "[{day-cap: {id: cap, tier: 1}}]", "{cap: {tier: }}", "[{day-cap: {id: cap}}]", ""},
		{"a rule is taken away", "[{day-cap: {id: cap}}, {rest: {id: r}}]", "{cap: }", "[{rest: {id: r}}]", ""},
		{"a rule of another kind", "[{day-cap: {id: cap}}]", "{cap: {rest: {at-least: 2}}}", "[{day-cap: {id: cap, rest: {at-least: 2}}}]", ""},
		{"scalars in a list of items", "[{id: x}]", "[a, b]", "[a, b]", ""},
		{"numbers as ids", "[{id: 1}, {id: 01}]", "{1: {a: 2}}", "[{id: 1, a: 2}, {id: 01}]", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			base, over := parsed(t, "base", c.base), parsed(t, "over", c.over)
			var problems diag.List
			got := shown(Merge(base, over, &problems))
			if got != c.want {
				t.Errorf("got %s instead of %s", got, c.want)
			}
			switch {
			case c.problem == "" && len(problems) > 0:
				t.Errorf("problems: %v", problems)
			case c.problem != "" && (len(problems) != 1 || !strings.Contains(problems[0].Message, c.problem) || problems[0].Place.File != "over" || problems[0].Mend == ""):
				t.Errorf("problems %v instead of %s", problems, c.problem)
			}
			if shown(base) != shown(parsed(t, "base", c.base)) || shown(over) != shown(parsed(t, "over", c.over)) {
				t.Errorf("a tree that was merged is changed: %s, %s", shown(base), shown(over))
			}
		})
	}
}

func TestMergeWithNoneGivesTheOther(t *testing.T) {
	var problems diag.List
	n := parsed(t, "f", "{a: 1}")
	if Merge(nil, n, &problems) != n || Merge(n, nil, &problems) != n || Merge(nil, nil, &problems) != nil || len(problems) > 0 {
		t.Error(problems)
	}
}

func TestMergedPartsKeepTheFilesTheyCameFrom(t *testing.T) {
	var problems diag.List
	n := Merge(parsed(t, "base", "{a: {b: 1, c: 2}}"), parsed(t, "over", "{a: {c: 3}}"), &problems)
	if b, c := n.At("a", "b"), n.At("a", "c"); b.String() != "base:1:9" || c.String() != "over:1:9" {
		t.Errorf("b stands at %s, c at %s", b, c)
	}
}

func TestLongMappingsFindTheirKeysAfterAMerge(t *testing.T) {
	var a, b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&a, "k%d: a\n", i)
		fmt.Fprintf(&b, "k%d: b\n", i*2)
	}
	var problems diag.List
	n := Merge(parsed(t, "a", a.String()), parsed(t, "b", b.String()), &problems)
	for i := range 80 {
		want := "none"
		switch {
		case i%2 == 0:
			want = "b"
		case i < 40:
			want = "a"
		}
		if got := shown(n.Get(fmt.Sprintf("k%d", i))); got != want {
			t.Errorf("k%d is %s instead of %s", i, got, want)
		}
	}
}

func TestHashTellsContentsApartAndLayoutsNot(t *testing.T) {
	same := []string{"{a: 1, b: [x, y]}", "a: 1\nb:\n- x\n- y\n", "# c\na: \"1\"\nb: ['x', y]"}
	other := []string{"{a: 1, b: [xy]}", "{a: 1, b: {x: y}}", "{a: 1, b: [x, y, ~]}", "{a: 1, b: [[x], y]}", "{a: 1, b: [x, y], c: }", "{b: [x, y], a: 1}"}
	first := parsed(t, "f", same[0]).Hash()
	for _, text := range same {
		if parsed(t, "f", text).Hash() != first {
			t.Errorf("%s has another fingerprint", text)
		}
	}
	for _, text := range other {
		if parsed(t, "f", text).Hash() == first {
			t.Errorf("%s has the same fingerprint", text)
		}
	}
	if parsed(t, "f", same[0]).Hash([]byte("ab"), []byte("c")) == parsed(t, "f", same[0]).Hash([]byte("a"), []byte("bc")) {
		t.Error("tables run into each other")
	}
}
