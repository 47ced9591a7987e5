package certify

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"plenary/model/scenario"
	"plenary/solver/certify/multipliers"
	"plenary/solver/compile"
	"plenary/solver/price"
)

const (
	// mostPlain is how many bytes a file has at most before it is compressed.
	mostPlain = 1 << 20
	// mostText is how many bytes of a compressed file are read at most.
	mostText = 1 << 31
	// zipped is how names of compressed files end.
	zipped = ".gz"
)

// priced is multipliers with what they show.
type priced struct {
	price.Multipliers
	budgets []int64
	bound   int64
}

// text writes multipliers in the form that package multipliers reads.
func (m *priced) text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "multipliers 1\ntier %d\nparts %d\n", m.Tier+1, price.Scale)
	for t, budget := range m.budgets {
		fmt.Fprintf(&b, "budget %d %d %d\n", t+1, budget, m.Tiers[t])
	}
	for r, multiplier := range m.Rows {
		if multiplier != 0 {
			fmt.Fprintf(&b, "row %d %d\n", r+1, multiplier)
		}
	}
	fmt.Fprintf(&b, "bound %d\nend\n", m.bound)
	return b.Bytes()
}

// listedLegend writes what blocks and rows of a listed part stand for: the map
// from the program back to the scenario.
func listedLegend(s *scenario.Scenario, l *compile.Listed) []byte {
	var b strings.Builder
	b.WriteString("The program has a block for each thing to be decided, and a row for each\nlimit or price that ties them.\n\n")
	for i, words := range l.Words() {
		fmt.Fprintf(&b, "block %d: %s\n", i+1, words)
	}
	b.WriteByte('\n')
	rows := l.Program.Rows
	for r := 0; r < len(rows); {
		first, in := r, l.Sources[rows[r].Source]
		for r < len(rows) && l.Sources[rows[r].Source] == in {
			r++
		}
		fmt.Fprintf(&b, "%s: %s\n", numbers("row", first+1, r), source(s, in))
	}
	return []byte(b.String())
}

// keepText adds a file, compressed where it is large.
func (e *Evidence) keepText(name string, plain []byte) (File, error) {
	if len(plain) <= mostPlain {
		return e.keep(name, plain), nil
	}
	var small bytes.Buffer
	to := gzip.NewWriter(&small)
	if _, err := to.Write(plain); err != nil {
		return File{}, fmt.Errorf("compress %s: %w", name, err)
	}
	if err := to.Close(); err != nil {
		return File{}, fmt.Errorf("compress %s: %w", name, err)
	}
	return e.keep(name+zipped, small.Bytes()), nil
}

// opened gives what is in a file, expanded where its name says that it is
// compressed. What cannot be expanded is an error of the reader.
func opened(name string, content []byte) io.Reader {
	if !strings.HasSuffix(name, zipped) {
		return bytes.NewReader(content)
	}
	expanded, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return broken{err}
	}
	return io.LimitReader(expanded, mostText)
}

type broken struct{ error }

func (b broken) Read([]byte) (int, error) { return 0, b.error }

// errDiffers says that a text is another one.
var errDiffers = errors.New("differs")

// same is a writer that compares what is written with what is read.
type same struct {
	from *bufio.Reader
	line int // in which they differ, from 1
}

// compare compares what write writes with what is read: it gives the line, from
// 1, in which they differ first, and 0 where they do not.
func compare(from io.Reader, write func(io.Writer) error) (line int) {
	c := &same{from: bufio.NewReader(from), line: 1}
	if err := write(c); err != nil {
		return c.line
	}
	if _, err := c.from.ReadByte(); err != io.EOF {
		return c.line
	}
	return 0
}

// Write fails with errDiffers at the first byte that is not the one read.
func (c *same) Write(p []byte) (int, error) {
	for i, want := range p {
		got, err := c.from.ReadByte()
		if err != nil || got != want {
			return i, errDiffers
		}
		if got == '\n' {
			c.line++
		}
	}
	return len(p), nil
}

// bound keeps a part's program and, for every tier that they bound, the
// multipliers.
func (e *Evidence) bound(s *scenario.Scenario, name string, l *compile.Listed, found []priced) (*Listed, error) {
	var program bytes.Buffer
	if err := l.Program.Write(&program); err != nil {
		return nil, fmt.Errorf("write the program of %s: %w", name, err)
	}
	out := &Listed{}
	var err error
	if out.Program, err = e.keepText(name+".program.txt", program.Bytes()); err != nil {
		return nil, err
	}
	if out.Map, err = e.keepText(name+".map.txt", listedLegend(s, l)); err != nil {
		return nil, err
	}
	for i := range found {
		text, tier := found[i].text(), found[i].Tier+1
		if _, err := multipliers.Check(opened(out.Program.Name, e.Files[out.Program.Name]), bytes.NewReader(text)); err != nil {
			return nil, fmt.Errorf("%s, tier %d: %w", name, tier, err)
		}
		file, err := e.keepText(fmt.Sprintf("%s-tier-%d.multipliers.txt", name, tier), text)
		if err != nil {
			return nil, err
		}
		out.Multipliers = append(out.Multipliers, Multipliers{tier, file})
	}
	return out, nil
}
