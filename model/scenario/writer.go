package scenario

import (
	"regexp"
	"strings"
	"unicode"
)

var betweenWriters = regexp.MustCompile(`\s*[,;]\s*|\s+and\s+`)

// WrittenBy tells whether an officer, by id and title, writes the document: its
// writer is the officer alone or among others ("chair and rapporteur"), or
// several of a kind ("co-facilitators"), of whom all are meant whose id or title
// begins so. Small and capital letters are the same.
func (d *Document) WrittenBy(id, title string) bool {
	for _, writer := range append(betweenWriters.Split(d.Writer, -1), d.Writer) {
		writer = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(writer), "the "))
		kind, several := strings.CutSuffix(writer, "s")
		for _, name := range []string{strings.ToLower(id), strings.ToLower(title)} {
			more, begins := strings.CutPrefix(name, kind)
			if writer != "" && (name == writer || several && kind != "" && begins && !startsInWord(more)) {
				return true
			}
		}
	}
	return false
}

// startsInWord tells whether a text goes on with the word before it.
func startsInWord(text string) bool {
	for _, letter := range text {
		return unicode.IsLetter(letter) || unicode.IsDigit(letter)
	}
	return false
}
