package source

import (
	"fmt"
	"slices"

	"plenary/model/diag"
)

// Merge lays over onto base and gives a new tree; both stay as they are. Keys
// of mappings merge one by one, a key with nothing after it takes the base's
// away. Lists of items with an id merge by id: a list of groups in over changes
// items and adds new ones, those without an id among them; a group of keys in
// over only changes or takes away. Every other value in over replaces the
// base's; but a group of keys over a list of items with a kind changes these by their
// kind. A nil tree is none.
func Merge(base, over *Node, problems *diag.List) *Node {
	switch {
	case over == nil:
		return base
	case base == nil || base.Kind == Null:
		return over
	case base.Kind == Mapping && over.Kind == Mapping:
		return mergeKeys(base, over, problems)
	case base.Kind == Mapping && over.Kind == Sequence && allItems(over):
		return mergeKeys(base, withIDs(keyed(over, problems), problems), problems)
	case base.Kind == Sequence && over.Kind == Sequence && hasIDs(base) && allGroups(over):
		return mergeItems(base, over, true, problems)
	case base.Kind == Sequence && over.Kind == Mapping && (hasIDs(base) || hasKinds(base)):
		return mergeItems(base, over, false, problems)
	}
	return over
}

func mergeKeys(base, over *Node, problems *diag.List) *Node {
	var keys, items []*Node
	for i, key := range base.Keys {
		item := base.Items[i]
		if change := over.Get(key.Value); change != nil {
			if change.Kind == Null {
				continue
			}
			item = Merge(item, change, problems)
		}
		keys, items = append(keys, key), append(items, item)
	}
	for i, key := range over.Keys {
		if base.Get(key.Value) == nil && over.Items[i].Kind != Null {
			keys, items = append(keys, key), append(items, over.Items[i])
		}
	}
	place := over.Place
	if InCall(place) { // what is changed in the call still stands in its file
		place = base.Place
	}
	return newMapping(place, keys, items)
}

// mergeItems merges a base list by id with changes in a list or by key.
func mergeItems(base, over *Node, mayAdd bool, problems *diag.List) *Node {
	out := &Node{Kind: Sequence, Place: over.Place}
	changes := over
	if over.Kind == Sequence {
		changes = keyed(over, problems)
	}
	var ids []string
	used := map[string]bool{}
	for _, item := range base.Items {
		id := identity(item)
		if id == "" && !mayAdd {
			id = kindOf(item)
		}
		var change *Node
		if id != "" {
			ids = append(ids, id)
			change = changes.Get(id)
		}
		if change == nil || used[id] {
			out.Items = append(out.Items, item)
			continue
		}
		used[id] = true
		if change.Kind != Null {
			out.Items = append(out.Items, mergeItem(item, change, problems))
		}
	}
	for i, key := range changes.Keys {
		switch {
		case used[key.Value]:
		case mayAdd:
			out.Items = append(out.Items, changes.Items[i])
		case problems.Full():
			problems.Add(key.Place, fmt.Sprintf("there is no %q to change", diag.Shorten(key.Value)), "correct the id")
		default:
			problems.Add(key.Place, fmt.Sprintf("there is no %q to change", diag.Shorten(key.Value)),
				diag.Suggest(key.Value, ids, "change what is there by its id; to add something new, write a list item with an id"))
		}
	}
	return out
}

// mergeItem lays a change over a list item. A rule is written as its kind with
// the fields inside ("- day-cap: {id: twelve}"); a change of a rule by its id
// speaks of the fields alone, or repeats the kind.
func mergeItem(item, change *Node, problems *diag.List) *Node {
	if len(item.Keys) == 1 && item.Get("id") == nil && change.Get(item.Keys[0].Value) == nil {
		return newMapping(item.Place, item.Keys, []*Node{Merge(item.Items[0], change, problems)})
	}
	return Merge(item, change, problems)
}

// identity gives the id of a list item, "" when it has none.
func identity(item *Node) string {
	if id := item.Get("id"); id != nil && id.Kind == Scalar {
		return id.Value
	}
	if item.Kind == Mapping && len(item.Keys) == 1 {
		if id := item.Items[0].Get("id"); id != nil && id.Kind == Scalar {
			return id.Value
		}
	}
	return ""
}

// kindOf gives the kind of a list item, by which a group of keys can change it where it
// has no id: a meeting of a programme. "" when it has none.
func kindOf(item *Node) string {
	if kind := item.Get("kind"); kind != nil && kind.Kind == Scalar {
		return kind.Value
	}
	return ""
}

func hasKinds(list *Node) bool {
	return slices.ContainsFunc(list.Items, func(item *Node) bool { return kindOf(item) != "" })
}

func hasIDs(list *Node) bool {
	for _, item := range list.Items {
		if identity(item) != "" {
			return true
		}
	}
	return false
}

// allGroups tells whether a list holds groups of keys alone, and at least one.
func allGroups(list *Node) bool {
	for _, item := range list.Items {
		if item.Kind != Mapping {
			return false
		}
	}
	return len(list.Items) > 0
}

// allItems tells whether a list holds items with ids; the ids of some may be
// missing.
func allItems(list *Node) bool { return allGroups(list) && hasIDs(list) }

// keyed gives a list of items with ids as a mapping. Items without an id get
// keys that no id can be, so that they are added and never matched.
func keyed(list *Node, problems *diag.List) *Node {
	var keys, items []*Node
	seen := map[string]*Node{}
	for i, item := range list.Items {
		id := identity(item)
		if id == "" {
			id = fmt.Sprintf("\x00%d", i)
		}
		if first := seen[id]; first != nil {
			problems.Add(item.Place, fmt.Sprintf("%q stands here for the second time; the first is %s", diag.Shorten(id), first.Place.From(item.Place)), "put both in one item, or give one of them another id")
			continue
		}
		seen[id] = item
		keys, items = append(keys, &Node{Kind: Scalar, Value: id, Place: item.Place}), append(items, item)
	}
	return newMapping(list.Place, keys, items)
}

// withIDs takes out the items without an id: among items that stand in a
// mapping, each has a name.
func withIDs(items *Node, problems *diag.List) *Node {
	var keys, kept []*Node
	for i, key := range items.Keys {
		if key.Value[0] == 0 {
			problems.Add(key.Place, "this item has no id", "add  id: a-short-word")
			continue
		}
		keys, kept = append(keys, key), append(kept, items.Items[i])
	}
	return newMapping(items.Place, keys, kept)
}
