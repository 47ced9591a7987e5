package diag

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Alphabets names those alphabets whose letters look alike that a word has
// letters of. A word of several can look like a word of one: "session" with a
// Cyrillic e. Unicode Technical Standard 39, section 5.1, mixed scripts.
func Alphabets(word string) (names []string) {
	for _, a := range []struct {
		name    string
		letters *unicode.RangeTable
	}{{"Latin", unicode.Latin}, {"Greek", unicode.Greek}, {"Cyrillic", unicode.Cyrillic}} {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(a.letters, r) }) {
			names = append(names, a.name)
		}
	}
	return names
}

// twins are Cyrillic and Greek letters that look like Latin ones, each before the
// one it looks like. Unicode Technical Standard 39, confusables.txt, without those
// that are only similar.
var twins = strings.NewReplacer(
	"а", "a", "с", "c", "ԁ", "d", "е", "e", "һ", "h", "і", "i", "ј", "j", "ӏ", "l", "о", "o", "р", "p", "ԛ", "q", "ѕ", "s", "ѵ", "v", "ԝ", "w", "х", "x", "у", "y",
	"А", "A", "В", "B", "С", "C", "Е", "E", "Ԍ", "G", "Н", "H", "І", "I", "Ј", "J", "К", "K", "М", "M", "О", "O", "Р", "P", "Ԛ", "Q", "Ѕ", "S", "Т", "T", "Ѵ", "V", "Ԝ", "W", "Х", "X", "Ү", "Y", "У", "Y",
	"α", "a", "γ", "y", "ι", "i", "ν", "v", "ο", "o", "ρ", "p", "υ", "u", "χ", "x",
	"Α", "A", "Β", "B", "Ε", "E", "Ζ", "Z", "Η", "H", "Ι", "I", "Κ", "K", "Μ", "M", "Ν", "N", "Ο", "O", "Ρ", "P", "Τ", "T", "Υ", "Y", "Χ", "X",
)

// Appearance gives what an id looks like: two ids that nobody can tell apart have
// the same, also of letters in another width.
func Appearance(id string) string { return twins.Replace(norm.NFKC.String(id)) }
