package source

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"plenary/model/diag"
)

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// searched is the size of a file up to which the line of a mistake is searched
// for by parsing the file's beginnings.
const searched = 256 << 10

// syntax turns the library's message into a problem that a planner can mend.
// The library knows neither columns nor, often, the line: it names the start of
// the group in which it lost the thread.
func (p *parser) syntax(src []byte, err error) {
	message, line := libraryMessage(err)
	if strings.Contains(message, "exceeded max depth") {
		p.tooDeep(diag.Place{File: p.file})
		return
	}
	if strings.Contains(message, "a second document") {
		p.atLine(line, "a second document starts here", "write one scenario to a file, without a line of three dashes in the middle")
		return
	}
	if p.openEnds() || p.tabs() {
		return
	}
	if len(src) <= searched {
		line = p.firstBad(message, line)
	}
	line = min(max(line, 1), len(p.lines))
	for line > 1 && strings.TrimSpace(p.lines[line-1]) == "" {
		line--
	}
	switch {
	case strings.HasPrefix(p.lines[line-1], "%"):
		p.atLine(line, "a line that begins with % is for other programs", "delete it, and the three dashes after it")
	case strings.Contains(message, "mapping values are not allowed"), strings.Contains(message, "could not find expected ':'"):
		p.colons(line)
	case strings.Contains(message, "cannot start any token"):
		p.badStart(line)
	case strings.Contains(message, "expected alphabetic or numeric character"), strings.Contains(message, "unknown anchor"), strings.Contains(message, "non-alphabetical"):
		p.badStar(line)
	case strings.Contains(message, "expected key"), strings.Contains(message, "<document start>"):
		p.atLine(line, "this line does not stand in one column with the keys around it", "move it to the column of the keys to which it belongs")
	case strings.Contains(message, "'-' indicator"):
		p.atLine(line, "this line belongs neither to the item above nor begins a new one", "move it to the column of the keys to which it belongs, or begin a new item with a dash")
	case strings.Contains(message, "sequence entries are not allowed"):
		p.atLine(line, "a list cannot begin on the line of its key", "put the first dash on the next line, or write the list as [a, b]")
	case strings.Contains(message, "escape"):
		from := max(0, strings.IndexByte(p.lines[line-1], '\\'))
		p.at(line, from, from+2, "in double quotes, a backslash begins a special character; this one is not known", "use single quotes, or write two backslashes")
	case strings.Contains(message, "expected ','"), strings.Contains(message, "expected node content"):
		p.atLine(line, "between brackets, a comma is missing or one too many", "separate items by one comma; put text with commas, colons or brackets in quotes")
	default:
		p.atLine(line, "cannot be read as YAML: "+diag.Shorten(message), "check indentation, colons and quotes on this line and the one above")
	}
}

func libraryMessage(err error) (string, int) {
	message, line := err.Error(), 1
	if m := yamlLine.FindStringSubmatch(strings.SplitN(message, "\n", 2)[0]); m != nil {
		message = m[2]
		if m[1] != "" {
			line, _ = strconv.Atoi(m[1])
		}
	}
	return message, line
}

// firstBad gives the last line of the shortest beginning of the file that
// cannot be read for the same reason as the whole.
func (p *parser) firstBad(message string, line int) int {
	good, bad := 0, len(p.lines)
	for good+1 < bad {
		middle := (good + bad) / 2
		_, err := decodeYAML([]byte(strings.Join(p.lines[:middle], "\n") + "\n"))
		if err == nil || errors.Is(err, io.EOF) {
			good = middle
			continue
		}
		if m, _ := libraryMessage(err); m == message {
			bad = middle
		} else {
			good = middle
		}
	}
	if bad == len(p.lines) && good == 0 {
		return line
	}
	return bad
}

// atLine adds a problem about a whole line.
func (p *parser) atLine(line int, message, mend string) {
	line = min(max(line, 1), len(p.lines))
	text := p.lines[line-1]
	indent := utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeft(text, " \t"))
	width := utf8.RuneCountInString(strings.TrimSpace(text))
	p.problems.Add(p.place(line, indent+1, max(1, width)), message, mend)
}

// at adds a problem about a stretch of a line, by bytes.
func (p *parser) at(line, from, to int, message, mend string) {
	text := p.lines[line-1]
	from, to = min(from, len(text)), min(to, len(text))
	p.problems.Add(p.place(line, utf8.RuneCountInString(text[:from])+1, max(1, utf8.RuneCountInString(text[from:max(from, to)]))), message, mend)
}

var (
	colonKey   = regexp.MustCompile(`^\s*(?:- +)*[^\s:#'"\[{][^:]*:(?:\s|$)`)
	secondPart = regexp.MustCompile(`^\s*(?:- +)*([^:]*): +(.*: .*|.*:)$`)
	starred    = regexp.MustCompile(`(?:^|[\s,\[:])([*&][^\s,\]}]*)`)
)

// beginning cuts a line to what is looked at with patterns: they are slow on
// megabytes.
func beginning(line string) string { return line[:min(len(line), 2000)] }

// colons explains a colon too many or too few.
func (p *parser) colons(line int) {
	text := p.lines[line-1]
	if m := secondPart.FindStringSubmatchIndex(beginning(text)); m != nil {
		value := text[m[4]:m[5]]
		p.at(line, m[4], m[5], "the value holds a colon, so that it looks like a second key",
			fmt.Sprintf("put it in quotes: %s: %q", diag.Shorten(strings.TrimSpace(text[m[2]:m[3]])), diag.Shorten(value)))
		return
	}
	above := line - 1
	for above > 1 && strings.TrimSpace(p.lines[above-1]) == "" {
		above--
	}
	switch {
	case !colonKey.MatchString(beginning(text)):
		p.atLine(line, "this line has no colon after its key", "write key: value, with a space after the colon")
	case above >= 1 && !colonKey.MatchString(beginning(p.lines[above-1])):
		p.atLine(above, "this line has no colon after its key", "write key: value, with a space after the colon")
	default:
		p.atLine(line, "a key stands here, but the line above has a value already", "move it to the column of the keys to which it belongs, or put text that goes on over lines in quotes")
	}
}

// badStart explains a character that no value can begin with.
func (p *parser) badStart(line int) {
	text := p.lines[line-1]
	for i := range len(text) {
		if strings.IndexByte("@`%", text[i]) >= 0 && (i == 0 || strings.IndexByte(" [{,", text[i-1]) >= 0) {
			p.at(line, i, i+1, fmt.Sprintf("a value cannot begin with %c", text[i]), "put it in quotes")
			return
		}
	}
	p.atLine(line, "this line begins with a character that YAML keeps for itself", "put the value in quotes, and indent with spaces")
}

// badStar explains a star that YAML takes for an alias.
func (p *parser) badStar(line int) {
	text := p.lines[line-1]
	if m := starred.FindStringSubmatchIndex(beginning(text)); m != nil {
		word := text[m[2]:m[3]]
		p.at(line, m[2], m[3], fmt.Sprintf("%s is read as the name of a part to repeat, and there is none", diag.Shorten(word)), fmt.Sprintf("put it in quotes: %q", diag.Shorten(word)))
		return
	}
	p.atLine(line, "a star at the start of a value stands for a part to repeat, and there is none", `put it in quotes: "*"`)
}

// tabs reports the first line that is indented with a tab.
func (p *parser) tabs() bool {
	for i, line := range p.lines {
		indent := len(line) - len(strings.TrimLeft(line, " \t"))
		if at := strings.IndexByte(line[:indent], '\t'); at >= 0 && indent < len(line) {
			p.at(i+1, at, indent, "the line is indented with a tab", "use spaces: YAML counts columns")
			return true
		}
	}
	return false
}

// opening is a bracket or quote that waits for its end.
type opening struct {
	line, at int // at counts bytes
	indent   int
	mark     byte
}

// openEnds reports a quote or bracket that is never closed, a bracket of the
// wrong shape, or text after a closing quote. It reads as much of YAML as that
// takes: where values begin, comments, block texts.
func (p *parser) openEnds() bool {
	var open []opening
	block := -1 // the indentation of the line that began a block text
	for number := 0; number < len(p.lines); number++ {
		line := p.lines[number]
		bare := strings.TrimLeft(line, " ")
		indent := len(line) - len(bare)
		if block >= 0 {
			if bare == "" || indent > block {
				continue
			}
			block = -1
		}
		if len(open) > 0 && bare != "" && bare[0] != '#' && strings.IndexByte("]},", bare[0]) < 0 && colonKey.MatchString(beginning(line)) && indent <= open[0].indent {
			p.unclosed(open[len(open)-1])
			return true
		}
		start := true // a value can begin here
		for i := indent; i < len(line); i++ {
			c := line[i]
			switch {
			case c == ' ' || c == '\t':
				continue
			case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
				i = len(line)
			case (c == '"' || c == '\'') && start:
				from := opening{number, i, indent, c}
				end, at, closed := p.closing(number, i)
				if !closed {
					p.unclosed(from)
					return true
				}
				rest := strings.TrimLeft(p.lines[end][at:], " \t")
				if rest != "" && strings.IndexByte(":#,]}", rest[0]) < 0 {
					if end > number {
						p.unclosed(from)
					} else {
						p.at(end+1, at, len(p.lines[end]), "text goes on after the closing quote", "put the whole value in quotes, or none of it; quotes inside are written twice")
					}
					return true
				}
				number, line, i = end, p.lines[end], at-1
				start = false
			case (c == '[' || c == '{') && (start || len(open) > 0):
				open = append(open, opening{number, i, indent, c})
				start = true
			case (c == ']' || c == '}') && len(open) > 0:
				last := open[len(open)-1]
				if (c == ']') != (last.mark == '[') {
					p.at(number+1, i, i+1, fmt.Sprintf("%c closes what %c opened on line %d", c, last.mark, last.line+1), "close brackets in the order in which they were opened")
					return true
				}
				open = open[:len(open)-1]
				start = false
			case c == ',' && len(open) > 0:
				start = true
			case c == ':' && (i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '\t' || len(open) > 0):
				start = true
			case (c == '-' || c == '?') && start && (i+1 == len(line) || line[i+1] == ' '):
			case (c == '|' || c == '>') && start && len(open) == 0:
				block, i = indent, len(line)
			case (c == '&' || c == '!') && start: // an anchor or a tag comes before its value
				for i+1 < len(line) && line[i+1] != ' ' {
					i++
				}
			default:
				start = false
			}
		}
	}
	if len(open) > 0 {
		p.unclosed(open[len(open)-1])
		return true
	}
	return false
}

// closing finds the end of a quoted text that opens at a byte of a line: the
// line and the byte after the closing quote.
func (p *parser) closing(line, at int) (int, int, bool) {
	quote := p.lines[line][at]
	for i := at + 1; line < len(p.lines); line, i = line+1, 0 {
		text := p.lines[line]
		for ; i < len(text); i++ {
			switch {
			case text[i] == '\\' && quote == '"':
				i++
			case text[i] != quote:
			case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
				i++
			default:
				return line, i + 1, true
			}
		}
	}
	return 0, 0, false
}

func (p *parser) unclosed(o opening) {
	what, mend := "bracket", map[byte]string{'[': "]", '{': "}"}[o.mark]
	if o.mark == '"' || o.mark == '\'' {
		what, mend = "quote", string(o.mark)
	}
	p.at(o.line+1, o.at, o.at+1, fmt.Sprintf("the %s that opens here is not closed", what), fmt.Sprintf("add %s where it ends", mend))
}
