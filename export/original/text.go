package original

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/source"
)

var (
	word  = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]{0,49}$`)
	title = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,49}$`)
	plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._ -]*$`)
)

// IDs makes an id of each name, in order and no two alike: the name itself where
// it is a single word of letters, digits, points and dashes, else its words in
// small letters with dashes between.
func IDs(names []string) []string { return unique(names, word) }

// Titles makes an id of each name, in order and no two alike, that may hold
// spaces: the name itself wherever it can be one.
func Titles(names []string) []string { return unique(names, title) }

func unique(names []string, good *regexp.Regexp) []string {
	out := make([]string, len(names))
	taken := map[string]bool{}
	for i, name := range names {
		id := strings.TrimSpace(name)
		if !good.MatchString(id) {
			id = words(id)
		}
		stem := id
		for n := 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", stem, n)
		}
		taken[id] = true
		out[i] = id
	}
	return out
}

// words gives the words of a name in small letters, with dashes between.
func words(name string) string {
	list := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '.'
	})
	id := []rune(strings.TrimLeft(strings.Join(list, "-"), ".-"))
	if len(id) == 0 {
		return "x"
	}
	return string(id[:min(len(id), 50)])
}

// Text writes a value of a scenario, in quotes where it needs them.
func Text(value string) string {
	switch strings.ToLower(value) {
	case "yes", "no", "true", "false", "null", "on", "off":
		return strconv.Quote(value)
	}
	if len(value) <= source.MostScalar && plain.MatchString(value) && !strings.HasSuffix(value, " ") {
		return value
	}
	return quote(value)
}

// quote writes a value in double quotes as YAML reads them; what does not print
// becomes a space, and what is longer than a scenario's values are is cut.
func quote(value string) string {
	value = diag.Inert(value)
	if letters := []rune(value); len(letters) > source.MostScalar {
		value = string(letters[:source.MostScalar-1]) + "…"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range value {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case !unicode.IsPrint(r) || r == unicode.ReplacementChar:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// widest is how long a line of a list may get, in characters.
const widest = 110

// List writes a list between brackets. It goes on, indented by so many spaces,
// on further lines where one would get too long.
func List(indent int, values []string) string {
	var b strings.Builder
	b.WriteByte('[')
	line := indent + 1
	for i, v := range values {
		text := Text(v)
		if i > 0 {
			b.WriteByte(',')
			line++
			if line+1+len(text) > widest {
				b.WriteByte('\n')
				b.WriteString(strings.Repeat(" ", indent))
				line = indent
			} else {
				b.WriteByte(' ')
				line++
			}
		}
		b.WriteString(text)
		line += len(text)
	}
	b.WriteByte(']')
	return b.String()
}

// Days writes days, in order, as a list of days and ranges between brackets.
func Days(days []calendar.Day) string {
	var out []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		if j > i {
			out = append(out, fmt.Sprintf("%s..%s", days[i], days[j]))
		} else {
			out = append(out, days[i].String())
		}
		i = j + 1
	}
	return "[" + strings.Join(out, ", ") + "]"
}
