package source

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"plenary/model/diag"
)

// Limits of what is read: far above what planners write, far below what hurts.
// The tables (package roster) and the scenario (package scenario) have limits
// of their own. Beyond a limit there is one problem that says so.
const (
	MostBytes  = 8 << 20  // of one file
	MostTotal  = 24 << 20 // bytes of all files of one scenario
	MostDepth  = 40       // of nesting
	MostNodes  = 500_000  // in one file, aliases written out
	MostScalar = 20_000   // characters of one value
	// mostRepeated bounds the bytes of the values that aliases stand for.
	mostRepeated = 2 * MostBytes
	// mostMarks bounds the commas, colons, brackets, dashes and line ends of a
	// file before the YAML library sees it: it spends some 250 bytes on each.
	mostMarks = 3 * MostNodes
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
	// Flow tells that a mapping or list is written in brackets.
	Flow  bool
	index map[string]int // of long mappings: the position of each key
}

// newMapping builds a mapping; keys are unique.
func newMapping(at diag.Place, keys, items []*Node) *Node {
	n := &Node{Kind: Mapping, Place: at, Keys: keys, Items: items}
	if len(keys) > 16 {
		n.index = make(map[string]int, len(keys))
		for i, k := range keys {
			if _, twice := n.index[k.Value]; !twice {
				n.index[k.Value] = i
			}
		}
	}
	return n
}

// position gives where a key of a mapping stands, -1 when there is none.
func (n *Node) position(key string) int {
	if n.index != nil {
		if i, ok := n.index[key]; ok {
			return i
		}
		return -1
	}
	for i, k := range n.Keys {
		if k.Value == key {
			return i
		}
	}
	return -1
}

// Get gives the value of a key of a mapping, nil when there is none.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Mapping {
		return nil
	}
	if i := n.position(key); i >= 0 {
		return n.Items[i]
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
			if n.Kind == Sequence && step >= 0 && step < len(n.Items) {
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
	if i := n.position(key); i >= 0 {
		return n.Keys[i].Place
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
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	p.lines = splitLines(string(src))
	if !p.plainText() {
		return nil, p.problems
	}
	if marks(src) > mostMarks {
		p.tooMany(whole)
		return nil, p.problems
	}
	root, err := decodeYAML(src)
	switch {
	case errors.Is(err, io.EOF) || (err == nil && len(root.Content) == 0):
		p.problems.Add(whole, "the file is empty", "write it anew: `plenary init` writes a scenario to start from, and `plenary plan` a plan")
		return nil, p.problems
	case err != nil:
		p.syntax(src, err)
		return nil, p.problems
	}
	node := p.convert(root.Content[0], 0)
	if p.full { // half a file would only make follow-on mistakes
		return nil, p.problems
	}
	return node, p.problems
}

// splitLines cuts the text where YAML ends a line: besides line feeds, at
// lone carriage returns and the separators of Unicode.
func splitLines(text string) []string {
	var lines []string
	start := 0
	for i := 0; i < len(text); {
		size := 0
		switch c := text[i]; {
		case c == '\n':
			size = 1
		case c == '\r' && strings.HasPrefix(text[i:], "\r\n"):
			size = 2
		case c == '\r':
			size = 1
		case c == 0xC2 && strings.HasPrefix(text[i:], "\u0085"):
			size = 2
		case c == 0xE2 && (strings.HasPrefix(text[i:], "\u2028") || strings.HasPrefix(text[i:], "\u2029")):
			size = 3
		}
		if size == 0 {
			i++
			continue
		}
		lines = append(lines, text[start:i])
		i += size
		start = i
	}
	return append(lines, text[start:])
}

// plainText reports the first line that is no UTF-8 text, or that holds a
// character for controlling devices.
func (p *parser) plainText() bool {
	for i, line := range p.lines {
		column := 0
		for _, r := range line {
			column++
			switch {
			case r == utf8.RuneError && !utf8.ValidString(line):
				p.problems.Add(p.place(i+1, column, 1), "this line is not UTF-8 text", "save the file with the encoding UTF-8")
				return false
			case r == 0:
				p.problems.Add(p.place(i+1, column, 1), "the file holds a NUL byte: it is no text file", "save it as plain text")
				return false
			case (r < ' ' && r != '\t') || (r >= 0x7f && r < 0xa0) || r == 0xFFFE || r == 0xFFFF:
				p.problems.Add(p.place(i+1, column, 1), fmt.Sprintf("here stands the control character %U, which no text has", r), "delete it")
				return false
			}
		}
	}
	return true
}

// marks counts what can begin a value, at least once for each.
func marks(src []byte) int {
	n := 0
	for i, c := range src {
		switch c {
		case ',', ':', '[', '{', '\n', '\r':
			n++
		case '-', '?':
			if i+1 == len(src) || src[i+1] <= ' ' || src[i+1] == ',' {
				n++
			}
		}
	}
	return n
}

func (p *parser) tooMany(at diag.Place) {
	p.full = true
	p.problems.Add(at, fmt.Sprintf("the file has more than %d values, with what aliases (*name) repeat", MostNodes), "leave out what is not needed, or move tables into CSV files")
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
	repeated int          // bytes of the values that aliases stand for
	open     []*yaml.Node // anchors being written out: a cycle shows here
	full     bool
}

// place gives a place of the file. For an empty value at the end of the file,
// the library names a line or a column that the file does not have.
func (p *parser) place(line, column, width int) diag.Place {
	line = min(max(line, 1), len(p.lines))
	text := p.lines[line-1]
	if column > len(text) || column < 1 {
		column = min(max(column, 1), utf8.RuneCountInString(text)+1)
	}
	return diag.Place{File: p.file, Line: line, Column: column, Width: max(1, width), Text: text}
}

func (p *parser) tooDeep(at diag.Place) {
	p.full = true
	p.problems.Add(at, fmt.Sprintf("lists and keys are nested more than %d deep", MostDepth), "about six levels are needed")
}

func (p *parser) convert(y *yaml.Node, depth int) *Node {
	if len(p.open) > 0 {
		p.repeated += len(y.Value)
	}
	p.nodes++
	if p.full || p.repeated > mostRepeated {
		at := p.place(y.Line, y.Column, 1)
		if !p.full {
			p.full = true
			p.problems.Add(at, fmt.Sprintf("what aliases (*name) repeat has more than %d MiB", mostRepeated>>20), "leave out what is not needed, or move tables into CSV files")
		}
		return &Node{Kind: Null, Place: at}
	}
	n := &Node{Kind: Null, Place: p.place(y.Line, y.Column, max(1, utf8.RuneCountInString(y.Value)))}
	if p.nodes > MostNodes || depth > MostDepth {
		switch {
		case depth > MostDepth:
			p.tooDeep(n.Place)
		default:
			p.tooMany(n.Place)
		}
		return n
	}
	if y.Style&yaml.TaggedStyle != 0 {
		p.problems.Add(n.Place, fmt.Sprintf("the tag %s is not part of the language", diag.Shorten(y.Tag)), "take it out, or put a value that begins with ! in quotes")
		n.Place.Width = 1
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
			p.full = true
			p.problems.Add(n.Place, fmt.Sprintf("this value is longer than %d characters", MostScalar), "shorten it; long texts belong in a document")
			return n
		}
		if y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			n.Place.Width += 2
		}
		if y.ShortTag() != "!!null" {
			n.Kind, n.Value = Scalar, y.Value
			if !p.problems.Check(n.Place, y.Value) {
				n.Value = diag.Inert(y.Value)
			}
		}
	case yaml.SequenceNode:
		n.Kind, n.Flow = Sequence, y.Style&yaml.FlowStyle != 0
		for _, item := range y.Content {
			if p.full {
				break
			}
			n.Items = append(n.Items, p.convert(item, depth+1))
		}
	case yaml.MappingNode:
		p.mapping(n, y, depth)
	}
	return n
}

func (p *parser) mapping(n *Node, y *yaml.Node, depth int) {
	var keys, items []*Node
	flow := y.Style&yaml.FlowStyle != 0
	seen := map[string]*Node{}
	for i := 0; i+1 < len(y.Content) && !p.full; i += 2 {
		key := p.convert(y.Content[i], depth+1)
		value := p.convert(y.Content[i+1], depth+1)
		if i == 0 && !flow {
			n.Place.Width = key.Place.Width
		}
		switch {
		case p.full:
			return
		case key.Kind == Null && y.Content[i].Value != "":
			key.Kind, key.Value = Scalar, y.Content[i].Value
		case key.Kind != Scalar || key.Value == "":
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
		keys, items = append(keys, key), append(items, value)
	}
	*n = *newMapping(n.Place, keys, items)
	n.Flow = flow
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
