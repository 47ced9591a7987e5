package scenario

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/source"
)

// Replacement puts one officer in the place of another: the new one chairs what
// the old one chaired, and rules that name the old one name the new one. An
// officer whom the scenario does not have is made, with base, travel days and
// mandate of the old one, whose absences are not taken over.
type Replacement struct {
	Old, New string   // ids
	Title    string   // of an officer who is made, as printed; "" for none
	Except   []string // ids of sessions that the old officer chairs still
}

// replace gives the tree with one officer in the place of another.
func (r *reading) replace(tree *source.Node, x Replacement) *source.Node {
	place := diag.Place{File: source.CallFile("replace", x.Old+"="+x.New)}
	officers := tree.Get("officers")
	ids, old := []string(nil), (*source.Node)(nil)
	source.Each(officers, func(id string, item *source.Node) *source.Node {
		if ids = append(ids, id); id == x.Old {
			old = item
		}
		return item
	})
	switch {
	case x.Old == "" || x.New == "" || x.Old == x.New:
		r.problems.Add(place, "this replaces nobody", "write the officer who goes and the one who comes: chair=vice-chair")
		return tree
	case old == nil:
		r.problems.Add(place, fmt.Sprintf("no officer is called %q", diag.Shorten(x.Old)), diag.Suggest(x.Old, ids, "take a name from officers: of the scenario"))
		return tree
	}
	if !slices.Contains(ids, x.New) {
		come := source.NewMapping(place)
		for _, key := range []string{"based", "travel-days", "mandate"} {
			if value := old.Get(key); value != nil {
				come = come.With(key, value)
			}
		}
		if x.Title != "" {
			come = come.With("title", source.NewScalar(place, x.Title))
		}
		if officers.Kind == source.Sequence {
			come = source.NewSequence(place, come.With("id", source.NewScalar(place, x.New)))
		} else {
			come = source.NewMapping(place).With(x.New, come)
		}
		tree = source.Merge(tree, source.NewMapping(place).With("officers", come), &r.problems)
	}
	if sessions := tree.Get("sessions"); sessions != nil {
		tree = tree.With("sessions", source.Each(sessions, func(id string, session *source.Node) *source.Node {
			if slices.Contains(x.Except, id) {
				return session
			}
			return x.in(session, "chaired-by")
		}))
	}
	if rules := tree.Get("rules"); rules != nil {
		tree = tree.With("rules", source.Each(rules, func(_ string, rule *source.Node) *source.Node {
			return source.Each(rule, func(_ string, body *source.Node) *source.Node { return x.in(body, "by") })
		}))
	}
	return tree
}

// in gives an item whose list of officers under a key names the new one, once.
func (x Replacement) in(item *source.Node, key string) *source.Node {
	list := item.Get(key).List()
	at := slices.IndexFunc(list, func(n *source.Node) bool { return n.Value == x.Old })
	if at < 0 {
		return item
	}
	var kept []*source.Node
	for _, n := range list {
		if n.Value != x.Old && n.Value != x.New {
			kept = append(kept, n)
		}
	}
	kept = append(kept, source.NewScalar(list[at].Place, x.New))
	return item.With(key, source.NewSequence(list[at].Place, kept...))
}
