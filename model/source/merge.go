package source

import (
	"fmt"

	"plenary/model/diag"
)

// Merge lays over onto base and gives a new tree; both stay as they are. Keys
// of mappings merge one by one, a key with nothing after it takes the base's
// away. Lists of items with an id merge by id: a list in over changes items
// and adds new ones, a group of keys in over only changes or takes away. Every
// other value in over replaces the base's.
func Merge(base, over *Node, problems *diag.List) *Node {
	switch {
	case base == nil || base.Kind == Null:
		return over
	case base.Kind == Mapping && over.Kind == Mapping:
		return mergeKeys(base, over, problems)
	case base.Kind == Mapping && over.Kind == Sequence && allHaveIDs(over):
		return mergeKeys(base, keyed(over), problems)
	case base.Kind == Sequence && over.Kind == Sequence && hasIDs(base) && allHaveIDs(over):
		return mergeItems(base, over, true, problems)
	case base.Kind == Sequence && over.Kind == Mapping && hasIDs(base):
		return mergeItems(base, over, false, problems)
	}
	return over
}

func mergeKeys(base, over *Node, problems *diag.List) *Node {
	out := &Node{Kind: Mapping, Place: over.Place}
	for i, key := range base.Keys {
		item := base.Items[i]
		if change := over.Get(key.Value); change != nil {
			if change.Kind == Null {
				continue
			}
			item = Merge(item, change, problems)
		}
		out.Keys, out.Items = append(out.Keys, key), append(out.Items, item)
	}
	for i, key := range over.Keys {
		if base.Get(key.Value) == nil && over.Items[i].Kind != Null {
			out.Keys, out.Items = append(out.Keys, key), append(out.Items, over.Items[i])
		}
	}
	return out
}

// mergeItems merges a base list by id with changes in a list or by key.
func mergeItems(base, over *Node, mayAdd bool, problems *diag.List) *Node {
	out := &Node{Kind: Sequence, Place: over.Place}
	changes := over
	if over.Kind == Sequence {
		changes = keyed(over)
	}
	var ids []string
	used := map[string]bool{}
	for _, item := range base.Items {
		id := identity(item)
		ids = append(ids, id)
		change := changes.Get(id)
		if id == "" || change == nil {
			out.Items = append(out.Items, item)
			continue
		}
		used[id] = true
		if change.Kind != Null {
			out.Items = append(out.Items, mergeItem(item, change, problems))
		}
	}
	seen := map[string]bool{}
	for i, key := range changes.Keys {
		if used[key.Value] {
			if seen[key.Value] {
				problems.Add(key.Place, fmt.Sprintf("%q is changed here for the second time", diag.Shorten(key.Value)), "put both changes in one item")
			}
			seen[key.Value] = true
			continue
		}
		if !mayAdd {
			problems.Add(key.Place, fmt.Sprintf("there is no %q to change", diag.Shorten(key.Value)),
				diag.Suggest(key.Value, ids, "change what is there by its id; to add something new, write a list item with an id"))
			continue
		}
		out.Items = append(out.Items, changes.Items[i])
	}
	return out
}

// mergeItem lays a change over a list item. A rule is written as its kind with
// the fields inside ("- day-cap: {id: twelve}"); a change of a rule by its id
// speaks of the fields alone, or repeats the kind.
func mergeItem(item, change *Node, problems *diag.List) *Node {
	if len(item.Keys) == 1 && item.Get("id") == nil && change.Get(item.Keys[0].Value) == nil {
		kind := &Node{Kind: Mapping, Place: item.Place, Keys: item.Keys}
		kind.Items = []*Node{Merge(item.Items[0], change, problems)}
		return kind
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

func hasIDs(list *Node) bool {
	for _, item := range list.Items {
		if identity(item) != "" {
			return true
		}
	}
	return false
}

func allHaveIDs(list *Node) bool {
	for _, item := range list.Items {
		if item.Kind != Mapping {
			return false
		}
	}
	return hasIDs(list)
}

// keyed gives a list of items with ids as a mapping. Items without an id get
// keys that no id can be, so that they are added and never matched.
func keyed(list *Node) *Node {
	out := &Node{Kind: Mapping, Place: list.Place}
	for i, item := range list.Items {
		id := identity(item)
		if id == "" {
			id = fmt.Sprintf("\x00%d", i)
		}
		out.Keys = append(out.Keys, &Node{Kind: Scalar, Value: id, Place: item.Place})
		out.Items = append(out.Items, item)
	}
	return out
}
