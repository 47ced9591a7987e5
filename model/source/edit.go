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
// comments, order, layout. The path is keys, and ids in lists of items:
// "sessions.opening.between". With add, the value is added to the list to which
// the path leads, which is made where there is none. The error says that the
// path leads nowhere in this file, or that the text cannot be changed without
// changing more.
func Edit(src []byte, path, value string, add bool) ([]byte, error) {
	if strings.TrimSpace(value) == "" || strings.ContainsFunc(value, unicode.IsControl) {
		return nil, errors.New("give a value on one line")
	}
	before, problems := Parse("scenario", src)
	if len(problems) > 0 {
		return nil, problems[0]
	}
	keys := strings.Split(path, ".")
	lines := strings.Split(string(src), "\n")
	node := before.find(keys)
	parent := before.find(keys[:len(keys)-1])
	switch {
	case parent == nil:
		return nil, fmt.Errorf("%s does not stand in this file, but in one that it extends or includes: change it there", path)
	case !add && node != nil && node.Kind == Scalar:
		if err := splice(lines, node, value, node.Place.Width); err != nil {
			return nil, err
		}
	case !add && node == nil:
		var err error
		if lines, err = insertKey(lines, parent, keys[len(keys)-1]+": "+value); err != nil {
			return nil, err
		}
	case add && node != nil && node.Kind == Sequence && !node.Flow && len(node.Items) > 0:
		last := node.Items[len(node.Items)-1]
		lines = insertLine(lines, last.end(), strings.Repeat(" ", max(0, last.Place.Column-3))+"- "+value)
	case add && node == nil:
		var err error
		if lines, err = insertKey(lines, parent, keys[len(keys)-1]+": ["+value+"]"); err != nil {
			return nil, err
		}
	default:
		return nil, errByHand
	}
	out := []byte(strings.Join(lines, "\n"))
	after, problems := Parse("scenario", out)
	if len(problems) > 0 || len(Diff(before, after)) != 1 {
		return nil, errByHand
	}
	return out, nil
}

// splice puts a value in the place of what a node is written as.
func splice(lines []string, n *Node, value string, width int) error {
	if n.Place.Line > len(lines) {
		return errByHand
	}
	line := []rune(lines[n.Place.Line-1])
	from := n.Place.Column - 1
	if from < 0 || from+width > len(line) {
		return errByHand
	}
	lines[n.Place.Line-1] = string(line[:from]) + value + string(line[from+width:])
	return nil
}

// insertKey puts a key after the first one of a mapping.
func insertKey(lines []string, n *Node, text string) ([]string, error) {
	if n.Kind != Mapping || n.Flow || len(n.Items) == 0 || n.Items[0].Kind != Scalar {
		return nil, errByHand
	}
	return insertLine(lines, n.Items[0].Place.Line, strings.Repeat(" ", n.Keys[0].Place.Column-1)+text), nil
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
