package source

import (
	"strconv"
	"strings"

	"plenary/model/diag"
)

// ChangeFile begins what stands for a file in the places of a change that is made
// by Set.
const ChangeFile = "--set "

// Set gives the tree with one value changed: "sessions.opening.days=2" puts a
// value in the place of another, "officers.chair.away+=2018-06" adds to a
// list. The path is keys, and ids in lists of items; the value is YAML. The
// tree stays as it is.
func Set(tree *Node, expression string) (*Node, diag.List) {
	file := ChangeFile + diag.Shorten(expression)
	var problems diag.List
	whole := diag.Place{File: file}
	path, text, ok := strings.Cut(expression, "=")
	path, add := strings.CutSuffix(strings.TrimSpace(path), "+")
	if !ok || path == "" {
		problems.Add(whole, "this changes nothing", "write a path and a value, such as sessions.opening.days=2")
		return tree, problems
	}
	value, problems := Parse(file, []byte(text))
	if value == nil {
		return tree, problems
	}
	change := value
	keys := strings.Split(path, ".")
	if add {
		list := &Node{Kind: Sequence, Place: value.Place}
		list.Items = append(list.Items, tree.find(keys).List()...)
		list.Items = append(list.Items, value.List()...)
		change = list
	}
	for i := len(keys) - 1; i >= 0; i-- {
		change = &Node{Kind: Mapping, Place: value.Place, Items: []*Node{change},
			Keys: []*Node{{Kind: Scalar, Value: strings.TrimSpace(keys[i]), Place: value.Place}}}
	}
	merged := Merge(tree, change, &problems)
	return merged, problems
}

// find follows a path of keys, ids and numbers of items ("#1" is the first).
func (n *Node) find(path []string) *Node {
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
