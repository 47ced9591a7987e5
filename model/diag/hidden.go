package diag

import (
	"fmt"
	"unicode"
)

// hidden are the characters that show nothing and still change what is seen: they
// turn the order of the letters around them, or make two words that look the same.
// Unicode Standard Annex 9, and Technical Report 36, sections 2.5 and 2.10. Marks of
// direction and joiners, which Arabic, Persian and Hindi are written with, are none.
var hidden = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x115F, 0x1160, 1}, {0x180E, 0x180E, 1}, {0x200B, 0x200B, 1}, {0x2028, 0x202E, 1}, {0x2060, 0x206F, 1},
		{0x3164, 0x3164, 1}, {0xFEFF, 0xFEFF, 1}, {0xFFA0, 0xFFA0, 1}, {0xFFF9, 0xFFFB, 1},
	},
	R32: []unicode.Range32{{0xE0000, 0xE007F, 1}},
}

// hides tells whether a character controls a device or is hidden. Lines and tabs
// are welcome.
func hides(r rune) bool {
	if r >= ' ' && r < 0x7F || r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(hidden, r)
}

// Hidden gives the first character of a text that controls a device or is hidden, if
// there is one. Lines and tabs are welcome.
func Hidden(text string) (r rune, found bool) {
	for _, r := range text {
		if hides(r) {
			return r, true
		}
	}
	return 0, false
}

// Check says what Hidden finds in a text, and how to mend it.
func (l *List) Check(at Place, text string) (clean bool) {
	r, found := Hidden(text)
	if found {
		l.Add(at, fmt.Sprintf("here stands the character %U, which does not show, and steers what is shown or makes two words look the same", r), "delete it; it comes along when text is copied")
	}
	return !found
}

// Inert replaces what Hidden finds by spaces, one for one; the end of a line may have
// its carriage return. A text in which there is something to replace has the
// replacement character for what is no text; any other stays byte for byte.
func Inert(text string) string {
	if _, found := Hidden(text); !found {
		return text
	}
	replaced := false
	runes := []rune(text)
	for i, r := range runes {
		if hides(r) && (r != '\r' || i+1 == len(runes) || runes[i+1] != '\n') {
			runes[i], replaced = ' ', true
		}
	}
	if !replaced {
		return text
	}
	return string(runes)
}
