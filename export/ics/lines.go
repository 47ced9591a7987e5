package ics

import (
	"bytes"
	"iter"
	"strings"
)

// line is one content line: NAME;PARAMETER=value:value.
type line struct {
	number     int // of the file, from 1, where it begins
	name       string
	parameters []parameter
	value      string
}

type parameter struct{ name, value string }

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
		begun := 0
		emit := func() bool {
			l, ok := parseLine(strings.ToValidUTF8(string(logical), "\ufffd"))
			logical = logical[:0]
			l.number = begun
			return !ok || yield(l)
		}
		for number := 1; len(src) > 0; number++ {
			var physical []byte
			physical, src = cutLine(src)
			if begun > 0 && len(physical) > 0 && (physical[0] == ' ' || physical[0] == '\t') {
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
			p.value = strings.ReplaceAll(text[equal+1:i], `"`, "")
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
