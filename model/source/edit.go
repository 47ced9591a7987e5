package source

import (
	"errors"
	"slices"
	"strings"
	"unicode"
)

// errByHand says that a text is laid out in a way that Edit does not change.
var errByHand = errors.New("this is written in a way that only you can change: open the file in an editor")

// Edit gives the text of a file with one value changed and all else as it was:
// comments, order, layout. The path is keys, and ids in lists of items, or the
// number of the item, from 1: "sessions.opening.between", "rules.#2.near.tier".
// With add, the value is added to the list to which the path leads. What is not there
// of the path is made, but for items of lists. The error says that the text cannot be
// changed without changing more.
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
	node := tree.Find(keys)
	switch {
	case !add && node != nil && node.Kind == Scalar:
		if err := splice(lines, node, value); err != nil {
			return nil, err
		}
		*node = *given
	case add && node != nil && node.Kind == Sequence && len(node.Items) > 0:
		if lines, err = insertItem(lines, node, value); err != nil {
			return nil, err
		}
		node.Items = append(node.Items, given)
	case add && node != nil && node.Kind == Scalar: // one value stands for a list of one
		before, written, after, err := around(lines, node)
		if err != nil {
			return nil, err
		}
		lines[node.Place.Line-1] = before + "[" + written + ", " + value + "]" + after
		*node = *NewSequence(node.Place, NewScalar(node.Place, node.Value), given)
	case add && node != nil && node.Kind == Sequence && node.Flow:
		if err := splice(lines, node, "["+value+"]"); err != nil {
			return nil, err
		}
		node.Items = append(node.Items, given)
	case node == nil:
		if add {
			given, value = NewSequence(given.Place, given), "["+value+"]"
		}
		if lines, err = grow(lines, tree, keys, value, given); err != nil {
			return nil, err
		}
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
	if n.Kind != Scalar && !n.Flow || n.Place.Line > len(lines) {
		return "", "", "", errByHand
	}
	line := []rune(lines[n.Place.Line-1])
	from, to := n.Place.Column-1, n.Place.Column-1+n.Place.Width
	if n.Flow && from >= 0 && from < len(line) {
		to = from + bracketed(line[from:])
	}
	if from < 0 || to > len(line) {
		return "", "", "", errByHand
	}
	return string(line[:from]), string(line[from:to]), string(line[to:]), nil
}

// bracketed gives how many characters there are up to the bracket that closes the first
// one: more than there are, where none does on this line.
func bracketed(line []rune) int {
	depth, quote := 0, rune(0)
	for i, r := range line {
		switch {
		case quote != 0:
			if r == quote && (r == '\'' || line[i-1] != '\\') {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '[' || r == '{':
			depth++
		case r == ']' || r == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(line) + 1
}

// grow puts what is not there of a path, with its value, where the rest of it leads.
func grow(lines []string, tree *Node, keys []string, value string, given *Node) ([]string, error) {
	at := len(keys) - 1
	for at > 0 && tree.Find(keys[:at]) == nil {
		at--
	}
	node := tree.Find(keys[:at])
	if node.Kind != Mapping || len(node.Items) == 0 {
		return nil, errByHand
	}
	for _, key := range slices.Backward(keys[at+1:]) {
		value, given = "{"+key+": "+value+"}", NewMapping(given.Place).With(key, given)
	}
	// A key of its own stands behind the first one; what holds more, behind all.
	behind := 0
	if at < len(keys)-1 {
		behind = len(node.Items) - 1
	}
	lines, err := insertKey(lines, node, behind, keys[at]+": "+value)
	if err != nil {
		return nil, err
	}
	*node = *node.With(keys[at], given)
	return lines, nil
}

// insertKey puts a key behind another one of a mapping, or at the end of one in
// brackets.
func insertKey(lines []string, n *Node, after int, text string) ([]string, error) {
	if n.Flow {
		return lines, behind(lines, n.Items[len(n.Items)-1], ", "+text)
	}
	return insertLine(lines, n.Items[after].end(), strings.Repeat(" ", n.Keys[0].Place.Column-1)+text), nil
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
