package multipliers

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// mostLine bounds the bytes of a line.
const mostLine = 1 << 24

// mostDigits is how many digits a number has at most, which is what fits into 64
// bits whatever they are.
const mostDigits = 18

// text is lines of words and numbers. Once something is wrong, nothing more is
// read, and numbers are 0.
type text struct {
	lines  *bufio.Scanner
	number int    // of the line, from 1
	rest   []byte // of the line
	bad    Reason // for which it is refused where it cannot be read
	err    *Error
}

func newText(from io.Reader, bad Reason) *text {
	t := &text{lines: bufio.NewScanner(from), bad: bad}
	t.lines.Buffer(make([]byte, 1<<16), mostLine)
	t.lines.Split(wholeLines)
	return t
}

// wholeLines splits at line ends; what stands after the last one is no line.
func wholeLines(data []byte, _ bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	return 0, nil, nil
}

func (t *text) fail(reason Reason, format string, a ...any) {
	if t.err == nil {
		t.err = &Error{reason, t.bad == BadProgram, t.number, fmt.Sprintf(format, a...)}
	}
}

// next goes to the next line and gives its first word; it fails at the end.
func (t *text) next() string {
	if t.err != nil {
		return ""
	}
	if !t.lines.Scan() {
		switch t.number++; {
		case errors.Is(t.lines.Err(), bufio.ErrTooLong):
			t.fail(t.bad, "the line has more than %d bytes", mostLine)
		case t.lines.Err() != nil:
			t.fail(t.bad, "it cannot be read on: %v", t.lines.Err())
		default:
			t.fail(t.bad, "it ends here, before its last line, which is the word end")
		}
		return ""
	}
	t.number++
	word, rest, _ := bytes.Cut(t.lines.Bytes(), []byte(" "))
	t.rest = rest
	return string(word)
}

// line goes to the next line, whose word is known.
func (t *text) line(word string) {
	if got := t.next(); t.err == nil && got != word {
		t.fail(t.bad, "a line that begins with %q is wanted here, not %q", word, got)
	}
}

// integer takes a number off the line, up to and with the byte that ends it; the
// end of the line ends it too.
func (t *text) integer(ends string) (n int64, end byte) {
	if t.err != nil {
		return 0, 0
	}
	i, negative := 0, false
	if i < len(t.rest) && t.rest[i] == '-' {
		negative = true
		i++
	}
	from := i
	for ; i < len(t.rest) && t.rest[i] >= '0' && t.rest[i] <= '9'; i++ {
		if i-from == mostDigits {
			t.fail(TooLarge, "a number has more than %d digits", mostDigits)
			return 0, 0
		}
		n = 10*n + int64(t.rest[i]-'0')
	}
	switch {
	case i == from:
		t.fail(t.bad, "a number is missing")
		return 0, 0
	case i == len(t.rest):
		t.rest = nil
	case bytes.IndexByte([]byte(ends), t.rest[i]) >= 0:
		end, t.rest = t.rest[i], t.rest[i+1:]
	default:
		t.fail(t.bad, "%q stands after a number", t.rest[i])
		return 0, 0
	}
	if negative {
		n = -n
	}
	return n, end
}

// one takes the next number off the line.
func (t *text) one() int64 { n, _ := t.integer(" "); return n }

// between takes the next number off the line, which has to lie in these bounds.
func (t *text) between(least, most int64) int64 {
	n := t.one()
	if t.err == nil && (n < least || n > most) {
		t.fail(t.bad, "%d is not between %d and %d", n, least, most)
		return least
	}
	return n
}

// ends says that the line has nothing more.
func (t *text) ends() {
	if t.err == nil && len(t.rest) > 0 {
		t.fail(t.bad, "%q stands where the line should end", t.rest)
	}
}

// last goes to the last line, after which nothing stands.
func (t *text) last() {
	t.line("end")
	t.ends()
	if t.err == nil && (t.lines.Scan() || t.lines.Err() != nil) {
		t.number++
		t.fail(t.bad, "something stands after the end")
	}
}
