package program

import (
	"bufio"
	"io"
	"strconv"
)

// Write writes the program as lines of text, in the form that
// solver/certify/multipliers reads and docs/certify.md describes. Equal programs
// give equal bytes. What is only a hint for the search is left out. The error is
// that of the writer.
func (p *Program) Write(to io.Writer) error {
	w := lines{Writer: bufio.NewWriter(to)}
	w.line("program", 1)
	w.line("tiers", int64(p.Tiers))
	w.line("due", p.Due...)
	w.line("rows", int64(len(p.Rows)))
	for i := range p.Rows {
		if r := &p.Rows[i]; r.Tier == Hard {
			w.line("hard", r.Most)
		} else {
			w.line("soft", int64(r.Tier+1), r.Weight, r.Most)
		}
	}
	w.line("blocks", int64(len(p.Blocks)))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		w.line("block", int64(b.Choices()))
		for c := range b.Choices() {
			w.word("choice")
			for t := range p.Tiers {
				w.number(' ', b.Cost[t][c])
			}
			for _, u := range b.Uses(c) {
				w.number(' ', int64(u.Row)+1)
				if u.Rows > 1 {
					w.number('-', int64(u.Row+u.Rows))
				}
				w.number(':', int64(u.Amount))
			}
			w.end()
		}
	}
	w.line("end")
	return w.Flush()
}

// lines writes words and numbers. Its writer keeps the first error for Flush.
type lines struct {
	*bufio.Writer
	digits []byte
}

func (w *lines) line(word string, numbers ...int64) {
	w.word(word)
	for _, n := range numbers {
		w.number(' ', n)
	}
	w.end()
}

func (w *lines) word(word string) { _, _ = w.WriteString(word) }

func (w *lines) number(before byte, n int64) {
	w.digits = strconv.AppendInt(append(w.digits[:0], before), n, 10)
	_, _ = w.Writer.Write(w.digits)
}

func (w *lines) end() { _ = w.WriteByte('\n') }
