package source

import (
	"slices"
	"strconv"
	"strings"
)

// Change is one difference between two trees.
type Change struct {
	Path []string // keys, and ids of list items, from the root
	Was  *Node    // nil where the first tree has nothing
	Is   *Node    // nil where the second tree has nothing
}

// Diff gives what differs in b from a, in the order of a and then of what b
// adds. Keys are compared one by one, and so are the items of lists that have
// ids; the order of either says nothing. Items without an id are the same when
// their content is. Every other value, a plain list too, is one change. A
// single value and a list of it alone are the same. A nil tree is none.
func Diff(a, b *Node) []Change { return diff(nil, a, b) }

func diff(path []string, a, b *Node) (out []Change) {
	if same(a, b) {
		return nil
	}
	was, is := entries(a), entries(b)
	if was == nil || is == nil {
		return []Change{{path, a, b}}
	}
	for _, e := range was {
		i := slices.IndexFunc(is, e.matches)
		if i < 0 {
			out = append(out, Change{under(path, e.name), e.node, nil})
		} else {
			out = append(out, diff(under(path, e.name), e.node, is[i].node)...)
		}
	}
	for _, e := range is {
		if !slices.ContainsFunc(was, e.matches) {
			out = append(out, Change{under(path, e.name), nil, e.node})
		}
	}
	return out
}

// under gives a path of its own, one step longer.
func under(path []string, name string) []string { return append(slices.Clone(path), name) }

// entry is one key of a mapping, or one item of a list with ids.
type entry struct {
	name string // the key or the id; the kind for a rule that has no id
	node *Node
	bare bool // an item without an id
}

// matches tells whether two entries speak of the same thing.
func (e entry) matches(o entry) bool {
	if e.bare || o.bare {
		return e.bare && o.bare && same(e.node, o.node)
	}
	return e.name == o.name
}

// entries gives the keys of a mapping, or the items of a list with ids; nil for
// any other value.
func entries(n *Node) []entry {
	out := []entry{}
	switch {
	case n == nil:
		return nil
	case n.Kind == Mapping:
		for i, key := range n.Keys {
			out = append(out, entry{name: key.Value, node: n.Items[i]})
		}
	case n.Kind == Sequence && allItems(n):
		for _, item := range n.Items {
			e := entry{name: identity(item), node: item}
			if e.bare = e.name == ""; e.bare && len(item.Keys) == 1 {
				e.name = item.Keys[0].Value
			}
			out = append(out, e)
		}
	default:
		return nil
	}
	return out
}

// same tells whether two values say the same, wherever they stand and however
// they are laid out.
func same(a, b *Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind == Sequence && b.Kind == Scalar {
		a, b = b, a
	}
	if a.Kind == Scalar && b.Kind == Sequence {
		return len(b.Items) == 1 && b.Items[0].Kind == Scalar && b.Items[0].Value == a.Value
	}
	if a.Kind != b.Kind || a.Value != b.Value || len(a.Items) != len(b.Items) {
		return false
	}
	for i, item := range a.Items {
		if a.Kind == Mapping {
			other := b.Get(a.Keys[i].Value)
			if other == nil || !same(item, other) {
				return false
			}
		} else if !same(item, b.Items[i]) {
			return false
		}
	}
	return true
}

// String writes the value on one line, as YAML in brackets.
func (n *Node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *Node) write(b *strings.Builder) {
	switch {
	case n == nil || n.Kind == Null:
		b.WriteString("~")
	case n.Kind == Scalar:
		b.WriteString(quoted(n.Value))
	case n.Kind == Sequence:
		b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			item.write(b)
		}
		b.WriteByte(']')
	default:
		b.WriteByte('{')
		for i, item := range n.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(quoted(n.Keys[i].Value) + ": ")
			item.write(b)
		}
		b.WriteByte('}')
	}
}

// quoted puts a value in quotes where YAML in brackets would read it otherwise.
func quoted(text string) string {
	switch {
	case text == "" || text == "~" || text == "null", strings.TrimSpace(text) != text,
		strings.ContainsAny(text, ",[]{}\"\n\t\\"), strings.ContainsAny(text[:1], "!&*#?|>@`%'-:"),
		strings.Contains(text, ": "), strings.Contains(text, " #"), strings.HasSuffix(text, ":"):
		return strconv.Quote(text)
	}
	return text
}
