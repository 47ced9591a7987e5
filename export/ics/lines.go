package ics

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"plenary/model/diag"
)

// line is one content line: NAME;PARAMETER=value:value.
type line struct {
	number     int // of the file, from 1, where it begins
	name       string
	parameters []parameter
	value      string  // the end of text
	text       string  // all of it, unfolded
	folds      []int32 // bytes of text at which the file goes on in the next line
}

// parameter has the byte of its line's text at which the value begins.
type parameter struct {
	name, value string
	begins      int
}

// spot is a stretch of one line of the file. Line and column count from 1;
// column and width count characters.
type spot struct{ line, column, width int }

// whole gives the stretch of the line that holds all of it, or what fits on its
// first line of the file.
func (l line) whole() spot { return l.stretch(0, len(l.text)) }

// valued gives the stretch of the whole value, of the line where it has none.
func (l line) valued() spot {
	if strings.TrimSpace(l.value) == "" {
		return l.whole()
	}
	return l.within(0, len(l.value))
}

// within gives a stretch of the value by its bytes, without space around it.
func (l line) within(from, to int) spot {
	begins := len(l.text) - len(l.value)
	return l.stretch(begins+from, begins+to)
}

// stretch gives a stretch of the text by its bytes, without space around it and
// as far as it stands on one line of the file.
func (l line) stretch(from, to int) spot {
	from, to = max(0, min(from, len(l.text))), max(0, min(to, len(l.text)))
	if part := l.text[from:max(from, to)]; strings.TrimSpace(part) != "" {
		from += len(part) - len(strings.TrimLeft(part, " \t"))
		to = from + len(strings.TrimSpace(part))
	}
	begins, number, margin := 0, l.number, 0
	for _, fold := range l.folds {
		if int(fold) > from {
			to = min(to, int(fold))
			break
		}
		begins, number, margin = int(fold), number+1, 1 // the space that a folded line begins with
	}
	return spot{number, margin + utf8.RuneCountInString(l.text[begins:from]) + 1, max(1, utf8.RuneCountInString(l.text[from:max(from, to)]))}
}

// items gives the parts of a value that commas separate, with the byte of the
// value at which each begins; those of space alone are passed over.
func (l line) items() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		begins := 0
		for text := range strings.SplitSeq(l.value, ",") {
			if strings.TrimSpace(text) != "" && !yield(begins, text) {
				return
			}
			begins += len(text) + 1
		}
	}
}

// mistake is an error at a place of the calendar.
type mistake struct {
	spot spot
	err  error
}

func (m *mistake) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", m.spot.line, m.spot.column, m.err)
}
func (m *mistake) Unwrap() error { return m.err }

// at says where in the calendar a mistake is, unless that is known already, and
// better.
func at(s spot, err error) error {
	if m := (*mistake)(nil); errors.As(err, &m) {
		return err
	}
	return &mistake{s, err}
}

// misread is an error in a stretch of a value, by its bytes.
type misread struct {
	from, to int
	err      error
}

func (m *misread) Error() string { return m.err.Error() }
func (m *misread) Unwrap() error { return m.err }

// at says where a mistake in the value is: in the stretch that the error names,
// or in the whole.
func (l line) at(err error) error {
	if m := (*misread)(nil); errors.As(err, &m) {
		return at(l.within(m.from, m.to), err)
	}
	return at(l.valued(), err)
}

// placed gives the problem's place in the file, with the line as it stands there.
func (s spot) placed(file string, src []byte) diag.Place {
	return diag.Place{File: file, Line: s.line, Column: s.column, Width: s.width, Text: lineOf(src, s.line)}
}

// parameter gives the first value of a parameter, "" when it is not there.
func (l line) parameter(name string) string {
	for _, p := range l.parameters {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// contentLines gives the content lines of a calendar, unfolded. Lines that are
// none are passed over: producers in the wild break long lines, and end them,
// in every way.
func contentLines(src []byte) iter.Seq[line] {
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	return func(yield func(line) bool) {
		var logical []byte
		var folds []int32
		begun := 0
		emit := func() bool {
			folds = validated(logical, folds)
			l, ok := parseLine(strings.ToValidUTF8(string(logical), "\ufffd"))
			l.number, l.folds = begun, folds
			logical, folds = logical[:0], nil
			return !ok || yield(l)
		}
		for number := 1; len(src) > 0; number++ {
			var physical []byte
			physical, src = cutLine(src)
			if begun > 0 && len(physical) > 0 && (physical[0] == ' ' || physical[0] == '\t') {
				folds = append(folds, int32(len(logical)))
				logical = append(logical, physical[1:]...)
				continue
			}
			if begun > 0 && !emit() {
				return
			}
			begun = number
			logical = append(logical, physical...)
		}
		if begun > 0 {
			emit()
		}
	}
}

// validated gives where the folds of a text are once bytes that are no UTF-8
// are replaced.
func validated(text []byte, folds []int32) []int32 {
	if len(folds) == 0 || utf8.Valid(text) {
		return folds
	}
	out, last, grown := make([]int32, len(folds)), 0, 0
	for i, fold := range folds {
		part := text[last:fold]
		grown += len(bytes.ToValidUTF8(part, []byte("\ufffd"))) - len(part)
		out[i], last = fold+int32(grown), int(fold)
	}
	return out
}

// cutLine gives the first line of a text, whichever way it ends, and the rest.
func cutLine(src []byte) (physical, rest []byte) {
	end := bytes.IndexAny(src, "\r\n")
	switch {
	case end < 0:
		return src, nil
	case src[end] == '\r' && end+1 < len(src) && src[end+1] == '\n':
		return src[:end], src[end+2:]
	}
	return src[:end], src[end+1:]
}

// lineOf gives a line of a text by its number, from 1.
func lineOf(src []byte, number int) string {
	var physical []byte
	for range number {
		physical, src = cutLine(src)
	}
	return strings.ToValidUTF8(string(physical), "\ufffd")
}

// parseLine takes a content line apart. It is not ok when there is no name or
// no value.
func parseLine(text string) (l line, ok bool) {
	l.text = text
	i := strings.IndexAny(text, ";:")
	if i <= 0 {
		return l, false
	}
	l.name = strings.ToUpper(strings.TrimSpace(text[:i]))
	for text[i] == ';' {
		text = text[i+1:]
		equal := strings.IndexAny(text, "=;:")
		if equal < 0 {
			return l, false
		}
		p := parameter{name: strings.ToUpper(strings.TrimSpace(text[:equal]))}
		i = equal
		if text[equal] == '=' {
			i = endOfParameter(text, equal+1)
			if i < 0 {
				// A quote that is never closed is taken for a slip of the
				// producer.
				text = strings.ReplaceAll(text, `"`, "")
				i = endOfParameter(text, equal+1)
			}
			if i < 0 {
				return l, false
			}
			p.value, p.begins = strings.ReplaceAll(text[equal+1:i], `"`, ""), len(l.text)-len(text)+equal+1
		}
		l.parameters = append(l.parameters, p)
	}
	l.value = text[i+1:]
	return l, true
}

// endOfParameter gives where the ; or : stands that ends the parameter's value
// which begins at from, -1 when there is none. Between quotes neither counts.
func endOfParameter(text string, from int) int {
	quoted := false
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ';' || c == ':'):
			return i
		}
	}
	return -1
}

// unescape gives the text of a TEXT value.
var unescape = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\;`, ";", `\,`, ",").Replace
