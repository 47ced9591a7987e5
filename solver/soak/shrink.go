package soak

import (
	"slices"
	"strings"
)

// Shrink makes a text smaller as long as it fails: it leaves out lines with what
// stands indented below them, then single items inside braces and brackets.
func Shrink(text string, fails func(string) bool) string {
	for kept := 0; ; { // cuts tried since the last one that was made
		all := cuts(text)
		for ; kept < len(all) && !fails(all[kept]); kept++ {
		}
		if kept < len(all) {
			text = all[kept] // what came before was needed: go on from here
			continue
		}
		if whole := slices.IndexFunc(all, fails); whole >= 0 {
			text, kept = all[whole], 0
			continue
		}
		return text
	}
}

// cuts lists the texts with one thing less, the largest cuts first.
func cuts(text string) (out []string) {
	if text == "" {
		return nil
	}
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	for i := range lines {
		end := i + 1
		for end < len(lines) && indent(lines[end]) > indent(lines[i]) {
			end++
		}
		out = append(out, strings.Join(lines[:i], "")+strings.Join(lines[end:], ""))
	}
	for i, line := range lines {
		for _, next := range itemCuts(line) {
			out = append(out, strings.Join(lines[:i], "")+next+strings.Join(lines[i+1:], ""))
		}
	}
	return out
}

func indent(line string) int {
	if strings.TrimSpace(line) == "" {
		return 0
	}
	return len(line) - len(strings.TrimLeft(line, " "))
}

// itemCuts lists a line with one item of its braces and brackets less.
func itemCuts(line string) (out []string) {
	for i := range line {
		if line[i] != '{' && line[i] != '[' && line[i] != ',' {
			continue
		}
		depth, end := 0, i+1
		for ; end < len(line); end++ {
			switch line[end] {
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			if depth < 0 || (depth == 0 && line[end] == ',') {
				break
			}
		}
		switch {
		case end == len(line):
		case line[i] == ',':
			out = append(out, line[:i]+line[end:])
		case line[end] == ',':
			out = append(out, line[:i+1]+strings.TrimLeft(line[end+1:], " "))
		}
	}
	return out
}
