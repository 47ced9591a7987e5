package source

import (
	"slices"
	"strings"
)

// Remove gives the text of a file without one item of a list, and all else as it
// was: "officers.chair.away.#2". With its last item the key of the list goes, too.
// The error is that of Edit.
func Remove(src []byte, path string) ([]byte, error) {
	tree, lines, err := opened(src)
	if err != nil {
		return nil, err
	}
	keys := strings.Split(path, ".")
	if len(keys) < 3 {
		return nil, errByHand
	}
	key, item, list, holder := keys[len(keys)-2], tree.Find(keys), tree.Find(keys[:len(keys)-1]), tree.Find(keys[:len(keys)-2])
	if item == nil || list.Kind != Sequence {
		return nil, errByHand
	}
	at := slices.Index(list.Items, item)
	switch {
	case len(list.Items) > 1 && list.Flow:
		if err := cut(lines, item, item, at > 0); err != nil {
			return nil, err
		}
	case len(list.Items) > 1:
		lines = slices.Delete(lines, item.Place.Line-1, item.end())
	default:
		i := holder.position(key)
		switch {
		case i < 0 || len(holder.Keys) == 1:
			return nil, errByHand
		case holder.Flow:
			if err := cut(lines, holder.Keys[i], list, i > 0); err != nil {
				return nil, err
			}
		case i == 0:
			return nil, errByHand
		default:
			lines = slices.Delete(lines, holder.Keys[i].Place.Line-1, list.end())
		}
		*holder = *newMapping(holder.Place, slices.Delete(holder.Keys, i, i+1), slices.Delete(holder.Items, i, i+1))
		return closed(lines, tree)
	}
	list.Items = slices.Delete(list.Items, at, at+1)
	return closed(lines, tree)
}

// cut takes what stands in brackets from one node to another out of its line, with the
// comma at its side.
func cut(lines []string, from, to *Node, more bool) error {
	before, _, _, err := around(lines, from)
	if err != nil {
		return err
	}
	_, _, after, err := around(lines, to)
	if err != nil {
		return err
	}
	switch {
	case from.Place.Line != to.Place.Line:
		return errByHand
	case more: // before it
		before = strings.TrimSuffix(strings.TrimRight(before, " "), ",")
	default:
		after = strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(after, " "), ","), " ")
	}
	lines[from.Place.Line-1] = before + after
	return nil
}

// Swap gives the text of a file in which an item of a list, by its position from
// 0, and the one after it have changed places, each with the comment above it and
// behind it. The error is that of Edit.
func Swap(src []byte, path string, at int) ([]byte, error) {
	tree, lines, err := opened(src)
	if err != nil {
		return nil, err
	}
	list := tree.Find(strings.Split(path, "."))
	if list == nil || list.Kind != Sequence || at < 0 || at+1 >= len(list.Items) {
		return nil, errByHand
	}
	a, b := list.Items[at], list.Items[at+1]
	if list.Flow {
		if err := exchange(lines, a, b); err != nil {
			return nil, err
		}
	} else {
		from := a.Place.Line - 1
		if at > 0 {
			from = list.Items[at-1].end()
		}
		if b.end() == len(lines) { // the last line has no end of its own
			return nil, errByHand
		}
		copy(lines[from:], slices.Concat(lines[a.end():b.end()], lines[from:a.end()]))
	}
	list.Items[at], list.Items[at+1] = b, a
	return closed(lines, tree)
}

// exchange lets two values change places that stand one behind the other.
func exchange(lines []string, a, b *Node) error {
	before, first, behind, err := around(lines, a)
	if err != nil {
		return err
	}
	_, second, after, err := around(lines, b)
	if err != nil || a.Place.Line != b.Place.Line || len(behind) < len(second)+len(after) {
		return errByHand
	}
	between := behind[:len(behind)-len(second)-len(after)]
	lines[a.Place.Line-1] = before + second + between + first + after
	return nil
}
