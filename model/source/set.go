package source

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"plenary/model/diag"
)

// calling begins what stands for a file in the places of a change that is made in
// the call: a flag.
const calling = "--"

// CallFile gives what stands for a file in the places of a change that is made with
// a flag.
func CallFile(flag, text string) string { return calling + flag + " " + diag.Shorten(text) }

// ChangeFile gives what stands for a file in the places of a change that is made by
// Set.
func ChangeFile(expression string) string { return CallFile("set", expression) }

// InCall tells whether a place is in a change that is made in the call.
func InCall(at diag.Place) bool { return strings.HasPrefix(at.File, calling) }

// Set gives the tree with one value changed: "sessions.opening.days=2" puts a
// value in the place of another, "officers.chair.away+=2018-06" adds to a
// list of what is there. The path is keys, and ids in lists of items; the value
// is YAML. The tree stays as it is.
func Set(tree *Node, expression string) (*Node, diag.List) {
	return SetAs(ChangeFile(expression), tree, expression)
}

// SetAs is Set for a change that was made in other words, which stand for a file in
// its places.
func SetAs(file string, tree *Node, expression string) (*Node, diag.List) {
	var problems diag.List
	whole := diag.Place{File: file}
	path, text, ok := strings.Cut(expression, "=")
	path, add := strings.CutSuffix(strings.TrimSpace(path), "+")
	if !ok || path == "" {
		problems.Add(whole, "this changes nothing", "write a path and a value, such as sessions.opening.days=2")
		return tree, problems
	}
	if strings.TrimSpace(text) == "" {
		problems.Add(whole, "no value stands behind the =", "write a path and a value, such as sessions.opening.days=2; an empty list is []")
		return tree, problems
	}
	value, problems := Parse(file, []byte(text))
	if value == nil {
		return tree, problems
	}
	change := value
	keys := strings.Split(path, ".")
	for i := range keys {
		keys[i] = strings.TrimSpace(keys[i])
	}
	if add {
		if missing, mend := tree.missing(keys[:len(keys)-1]); missing != "" {
			problems.Add(whole, fmt.Sprintf("there is no %q to add to", diag.Shorten(missing)), mend)
			return tree, problems
		}
		change = NewSequence(value.Place, slices.Concat(tree.Find(keys).List(), value.List())...)
	}
	for _, key := range slices.Backward(keys) {
		change = NewMapping(value.Place).With(key, change)
	}
	merged := Merge(tree, change, &problems)
	return merged, problems
}

// missing gives the part of a path that leads nowhere, and what to write instead;
// "" for a path that leads somewhere.
func (n *Node) missing(path []string) (part, mend string) {
	for i, key := range path {
		if n.Find(path[:i+1]) != nil {
			continue
		}
		var there []string
		Each(n.Find(path[:i]), func(id string, item *Node) *Node {
			if id != "" {
				there = append(there, id)
			}
			return item
		})
		return strings.Join(path[:i+1], "."), diag.Suggest(key, there, "name what is there; to make something new, write = instead of +=")
	}
	return "", ""
}

// Find follows a path of keys, ids and numbers of items ("#1" is the
// first); nil where there is nothing.
func (n *Node) Find(path []string) *Node {
	for _, key := range path {
		next := n.Get(key)
		if n != nil && n.Kind == Sequence {
			for i, item := range n.Items {
				if identity(item) == key || key == "#"+strconv.Itoa(i+1) {
					next = item
				}
			}
		}
		if next == nil {
			return nil
		}
		n = next
	}
	return n
}
