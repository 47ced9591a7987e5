package source

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// errByHand says that a text is laid out in a way that Edit does not change.
var errByHand = errors.New("this is written in a way that only you can change: open the file in an editor")

// Edit gives the text of a file with one value changed and all else as it was:
// comments, order, layout. The path is keys, and ids in lists of items, or the
// number of the item, from 1: "sessions.opening.between", "rules.#2.near.tier".
// With add, the value is added to the list to which the path leads, which is made
// where there is none. The error says that the path leads nowhere in this file, or
// that the text cannot be changed without changing more.
func Edit(src []byte, path, value string, add bool) ([]byte, error) {
	if strings.TrimSpace(value) == "" || strings.ContainsFunc(value, unicode.IsControl) {
		return nil, errors.New("give a value on one line")
	}
	tree, lines, err := opened(src)
	if err != nil {
		return nil, err
	}
	given, problems := Parse("value", []byte(value))
	if len(problems) > 0 {
		return nil, errByHand
	}
	keys := strings.Split(path, ".")
	last := keys[len(keys)-1]
	node, parent := tree.Find(keys), tree.Find(keys[:len(keys)-1])
	switch {
	case parent == nil:
		return nil, fmt.Errorf("%s does not stand in this file, but in one that it extends or includes: change it there", path)
	case !add && node != nil && node.Kind == Scalar:
		if err := splice(lines, node, value); err != nil {
			return nil, err
		}
		*node = *given
	case !add && node == nil:
		if lines, err = insertKey(lines, parent, last+": "+value); err != nil {
			return nil, err
		}
		*parent = *parent.With(last, given)
	case add && node != nil && node.Kind == Sequence && len(node.Items) > 0:
		if lines, err = insertItem(lines, node, value); err != nil {
			return nil, err
		}
		node.Items = append(node.Items, given)
	case add && node == nil:
		if lines, err = insertKey(lines, parent, last+": ["+value+"]"); err != nil {
			return nil, err
		}
		*parent = *parent.With(last, NewSequence(given.Place, given))
	default:
		return nil, errByHand
	}
	return closed(lines, tree)
}

// opened reads a text that is to be changed, as a tree and as lines.
func opened(src []byte) (*Node, []string, error) {
	tree, problems := Parse("scenario", src)
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	return tree, strings.Split(string(src), "\n"), nil
}

// closed gives the changed text, when it says what the changed tree says.
func closed(lines []string, want *Node) ([]byte, error) {
	out := []byte(strings.Join(lines, "\n"))
	if is, problems := Parse("scenario", out); len(problems) > 0 || !same(want, is) {
		return nil, errByHand
	}
	return out, nil
}

// splice puts a value in the place of what a node is written as.
func splice(lines []string, n *Node, value string) error {
	before, _, after, err := around(lines, n)
	if err != nil {
		return err
	}
	lines[n.Place.Line-1] = before + value + after
	return nil
}

// around gives what a node is written as, and what stands on its line before and
// after it.
func around(lines []string, n *Node) (before, written, after string, err error) {
	if n.Kind != Scalar || n.Place.Line > len(lines) {
		return "", "", "", errByHand
	}
	line := []rune(lines[n.Place.Line-1])
	from, to := n.Place.Column-1, n.Place.Column-1+n.Place.Width
	if from < 0 || to > len(line) {
		return "", "", "", errByHand
	}
	return string(line[:from]), string(line[from:to]), string(line[to:]), nil
}

// insertKey puts a key after the first one of a mapping, or at the end of one in
// brackets.
func insertKey(lines []string, n *Node, text string) ([]string, error) {
	switch {
	case n.Kind != Mapping || len(n.Items) == 0:
		return nil, errByHand
	case n.Flow:
		return lines, behind(lines, n.Items[len(n.Items)-1], ", "+text)
	case n.Items[0].Kind != Scalar:
		return nil, errByHand
	}
	return insertLine(lines, n.Items[0].Place.Line, strings.Repeat(" ", n.Keys[0].Place.Column-1)+text), nil
}

// insertItem puts an item at the end of a list.
func insertItem(lines []string, n *Node, text string) ([]string, error) {
	last := n.Items[len(n.Items)-1]
	if n.Flow {
		return lines, behind(lines, last, ", "+text)
	}
	return insertLine(lines, last.end(), strings.Repeat(" ", n.Place.Column-1)+"- "+text), nil
}

// behind puts a text behind what a node is written as.
func behind(lines []string, n *Node, text string) error {
	before, written, after, err := around(lines, n)
	if err != nil {
		return err
	}
	lines[n.Place.Line-1] = before + written + text + after
	return nil
}

// insertLine puts a line after another, counted from 1, with the same end.
func insertLine(lines []string, after int, text string) []string {
	after = min(after, len(lines))
	if strings.HasSuffix(lines[after-1], "\r") {
		text += "\r"
	}
	out := append([]string{}, lines[:after]...)
	return append(append(out, text), lines[after:]...)
}

// end gives the last line on which something of a node begins.
func (n *Node) end() int {
	last := n.Place.Line
	for _, item := range n.Items {
		last = max(last, item.end())
	}
	return last
}
