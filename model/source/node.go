package source

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"plenary/model/diag"
)

// Limits of what is read: far above what planners write, far below what hurts.
const (
	MostBytes  = 4 << 20 // of one file
	MostDepth  = 40      // of nesting
	MostNodes  = 200_000 // in one file, aliases written out
	MostScalar = 20_000  // characters of one value
)

// Kind is the shape of a node.
type Kind int

// The shapes of a node.
const (
	Scalar Kind = iota
	Sequence
	Mapping
	Null
)

var kindWords = [...]string{"a single value", "a list", "a group of keys", "nothing"}

// String names the kind in a planner's words.
func (k Kind) String() string { return kindWords[k] }

// Node is one value of a file with its place. A Mapping has as many Keys as
// Items; the other kinds have no Keys.
type Node struct {
	Kind  Kind
	Value string
	Keys  []*Node
	Items []*Node
	Place diag.Place
}

// Get gives the value of a key of a mapping, nil when there is none.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Mapping {
		return nil
	}
	for i, k := range n.Keys {
		if k.Value == key {
			return n.Items[i]
		}
	}
	return nil
}

// At gives the place of the value that the path of keys and list positions
// leads to, or of the last node on the way that exists.
func (n *Node) At(path ...any) diag.Place {
	if n == nil {
		return diag.Place{}
	}
	for _, step := range path {
		var next *Node
		switch step := step.(type) {
		case string:
			next = n.Get(step)
		case int:
			if n.Kind == Sequence && step < len(n.Items) {
				next = n.Items[step]
			}
		}
		if next == nil {
			break
		}
		n = next
	}
	return n.Place
}

// KeyPlace gives the place of a key itself, or of the mapping.
func (n *Node) KeyPlace(key string) diag.Place {
	if n == nil {
		return diag.Place{}
	}
	for _, k := range n.Keys {
		if k.Value == key {
			return k.Place
		}
	}
	return n.Place
}

// Parse reads one YAML document. The node is nil when nothing could be read;
// then there is at least one problem.
func Parse(file string, src []byte) (*Node, diag.List) {
	p := parser{file: file}
	whole := diag.Place{File: file}
	if len(src) > MostBytes {
		p.problems.Add(whole, fmt.Sprintf("the file has %d bytes; %d is the most that is read", len(src), MostBytes),
			"split it, or move tables into CSV files")
		return nil, p.problems
	}
	p.lines = strings.Split(string(src), "\n")
	for i, line := range p.lines {
		p.lines[i] = strings.TrimSuffix(line, "\r")
		if !utf8.ValidString(line) {
			p.problems.Add(p.place(i+1, 1, 1), "this line is not UTF-8 text", "save the file with the encoding UTF-8")
			return nil, p.problems
		}
		if at := strings.IndexByte(line, 0); at >= 0 {
			p.problems.Add(p.place(i+1, utf8.RuneCountInString(line[:at])+1, 1), "the file holds a NUL byte: it is no text file",
				"save the scenario as plain text")
			return nil, p.problems
		}
	}
	root, err := decodeYAML(src)
	switch {
	case errors.Is(err, io.EOF) || (err == nil && len(root.Content) == 0):
		p.problems.Add(whole, "the file is empty", "start from the scenario that `plenary init` writes")
		return nil, p.problems
	case err != nil:
		p.syntax(err)
		return nil, p.problems
	}
	node := p.convert(root.Content[0], 0)
	return node, p.problems
}

// decodeYAML reads the first document. Its recover is for the library's
// panics on input it cannot digest: they are a reader's "no", not our bug.
func decodeYAML(src []byte) (root *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	root = &yaml.Node{}
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	if err := decoder.Decode(root); err != nil {
		return root, err
	}
	var second yaml.Node
	switch err := decoder.Decode(&second); {
	case err == nil:
		return root, fmt.Errorf("yaml: line %d: a second document starts here", max(1, second.Line))
	case !errors.Is(err, io.EOF):
		return root, err
	}
	return root, nil
}

type parser struct {
	file     string
	lines    []string
	problems diag.List
	nodes    int
	open     []*yaml.Node // anchors being written out: a cycle shows here
	full     bool
}

func (p *parser) place(line, column, width int) diag.Place {
	at := diag.Place{File: p.file, Line: line, Column: column, Width: width}
	if line >= 1 && line <= len(p.lines) {
		at.Text = p.lines[line-1]
	}
	return at
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// syntax turns the library's message into a problem with a place.
func (p *parser) syntax(err error) {
	message, line := err.Error(), 1
	if m := yamlLine.FindStringSubmatch(strings.SplitN(message, "\n", 2)[0]); m != nil {
		message = m[2]
		if m[1] != "" {
			line, _ = strconv.Atoi(m[1])
		}
	}
	line = min(max(line, 1), len(p.lines))
	text := p.lines[line-1]
	mend := "check indentation, colons and quotes on this line and the one above"
	switch {
	case strings.Contains(message, "tab") || strings.HasPrefix(strings.TrimLeft(text, " "), "\t"):
		mend = "indent with spaces, not with tabs"
	case strings.Contains(message, "second document"):
		mend = "write one scenario per file, without a line of three dashes in the middle"
	case strings.Contains(message, "mapping values are not allowed"):
		mend = "put the text in quotes if it contains a colon, or check the indentation"
	case strings.Contains(message, "unknown anchor"):
		mend = "write the value out"
	}
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	p.problems.Add(p.place(line, indent+1, max(1, utf8.RuneCountInString(text)-indent)),
		"cannot be read as YAML: "+diag.Shorten(message), mend)
}

func (p *parser) convert(y *yaml.Node, depth int) *Node {
	n := &Node{Kind: Null, Place: p.place(y.Line, y.Column, max(1, utf8.RuneCountInString(y.Value)))}
	p.nodes++
	if p.nodes > MostNodes || depth > MostDepth {
		if !p.full {
			p.full = true
			message, mend := fmt.Sprintf("the file has more than %d values, aliases written out", MostNodes), "use fewer aliases (*name)"
			if depth > MostDepth {
				message, mend = fmt.Sprintf("lists and keys are nested more than %d deep", MostDepth), "a scenario needs about six levels"
			}
			p.problems.Add(n.Place, message, mend)
		}
		return n
	}
	switch y.Kind {
	case yaml.AliasNode:
		for _, anchor := range p.open {
			if anchor == y.Alias {
				p.problems.Add(n.Place, fmt.Sprintf("the alias *%s stands inside what it repeats", diag.Shorten(y.Value)), "write the value out")
				return n
			}
		}
		p.open = append(p.open, y.Alias)
		target := p.convert(y.Alias, depth)
		p.open = p.open[:len(p.open)-1]
		return target
	case yaml.ScalarNode:
		if utf8.RuneCountInString(y.Value) > MostScalar {
			p.problems.Add(n.Place, fmt.Sprintf("this value is longer than %d characters", MostScalar), "shorten it; long texts belong in a document")
			return n
		}
		if y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			n.Place.Width += 2
		}
		if y.ShortTag() != "!!null" {
			n.Kind, n.Value = Scalar, y.Value
		}
	case yaml.SequenceNode:
		n.Kind = Sequence
		for _, item := range y.Content {
			if p.full {
				break
			}
			n.Items = append(n.Items, p.convert(item, depth+1))
		}
	case yaml.MappingNode:
		n.Kind = Mapping
		seen := map[string]*Node{}
		for i := 0; i+1 < len(y.Content) && !p.full; i += 2 {
			key := p.convert(y.Content[i], depth+1)
			value := p.convert(y.Content[i+1], depth+1)
			switch {
			case key.Kind == Null && !p.full:
				key.Kind, key.Value = Scalar, y.Content[i].Value
			case key.Kind != Scalar && !p.full:
				p.problems.Add(key.Place, "a key must be a single word", "write key: value")
				continue
			case key.Value == "<<":
				p.problems.Add(key.Place, "merging with << is not part of the language", "use extends: and change:, or write the keys out")
				continue
			}
			if first, twice := seen[key.Value]; twice {
				p.problems.Add(key.Place, fmt.Sprintf("the key %q stands here for the second time; the first is on line %d", diag.Shorten(key.Value), first.Place.Line),
					"keep one of the two")
				continue
			}
			seen[key.Value] = key
			n.Keys, n.Items = append(n.Keys, key), append(n.Items, value)
		}
	}
	return n
}

// Hash gives a fingerprint of the content: the same for files that differ only
// in layout, comments or where an included part was written.
func (n *Node) Hash(with ...[]byte) [32]byte {
	h := sha256.New()
	n.feed(h)
	for _, b := range with {
		fmt.Fprintf(h, "%d:", len(b))
		h.Write(b)
	}
	return [32]byte(h.Sum(nil))
}

func (n *Node) feed(w io.Writer) {
	fmt.Fprintf(w, "%d,%d,%d:%s", n.Kind, len(n.Items), len(n.Value), n.Value)
	for i, item := range n.Items {
		if n.Kind == Mapping {
			fmt.Fprintf(w, "%d:%s", len(n.Keys[i].Value), n.Keys[i].Value)
		}
		item.feed(w)
	}
}
