package source

import (
	"slices"

	"plenary/model/diag"
)

// NewMapping gives a mapping without keys.
func NewMapping(at diag.Place) *Node { return newMapping(at, nil, nil) }

// NewSequence gives a list.
func NewSequence(at diag.Place, items ...*Node) *Node {
	return &Node{Kind: Sequence, Items: items, Place: at}
}

// NewScalar gives a value.
func NewScalar(at diag.Place, value string) *Node {
	return &Node{Kind: Scalar, Value: value, Place: at}
}

// With gives a mapping with the value under a key, in the place of what stood
// there; the mapping stays as it is.
func (n *Node) With(key string, value *Node) *Node {
	keys, items := slices.Clone(n.Keys), slices.Clone(n.Items)
	if i := n.position(key); i >= 0 {
		items[i] = value
	} else {
		keys, items = append(keys, NewScalar(value.Place, key)), append(items, value)
	}
	out := newMapping(n.Place, keys, items)
	out.Flow = n.Flow
	return out
}

// Each gives a mapping or list with what change makes of each of its items. It
// is called with the key, or in a list with the id of the item, "" where it has
// none. The node stays as it is; any other node is given back.
func Each(n *Node, change func(id string, item *Node) *Node) *Node {
	if n == nil || (n.Kind != Mapping && n.Kind != Sequence) {
		return n
	}
	out := *n
	out.Items = slices.Clone(n.Items)
	for i, item := range n.Items {
		id := identity(item)
		if n.Kind == Mapping {
			id = n.Keys[i].Value
		}
		out.Items[i] = change(id, item)
	}
	return &out
}

// List gives the items of a list, or a single value as a list of one; nothing
// for nil.
func (n *Node) List() []*Node {
	switch {
	case n == nil, n.Kind == Null:
		return nil
	case n.Kind == Sequence:
		return n.Items
	}
	return []*Node{n}
}
