package foreign

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"plenary/export/conference"
	"plenary/export/ctt"
	"plenary/export/ietf"
	"plenary/export/meetings"
	"plenary/export/original"
	"plenary/export/xlsx"
	"plenary/model/diag"
)

// Format is a form of published instances.
type Format struct {
	Name  string
	About string // what such a file is, in a few words
	knows func(src []byte) bool
	read  func(file string, src []byte) (original.Instance, diag.List)
}

// Formats are all formats.
var Formats = []Format{
	{"ietf", "session requests of an IETF meeting", isRequests, reader(ietf.Read)},
	{"meetings", "meeting scheduling of OptaPlanner and Timefold", hasSheets(meetings.Sheets), reader(meetings.Read)},
	{"conference", "conference scheduling of OptaPlanner and Timefold", hasSheets(conference.Sheets), reader(conference.Read)},
	{"timetabling", "curriculum timetabling of the ITC-2007", isTimetable, reader(ctt.Read)},
}

// reader reads an instance of a type, nil when there are problems.
func reader[T any, P interface {
	*T
	original.Instance
}](read func(string, []byte) (P, diag.List)) func(string, []byte) (original.Instance, diag.List) {
	return func(file string, src []byte) (original.Instance, diag.List) {
		in, problems := read(file, src)
		if in == nil {
			return nil, problems
		}
		return in, problems
	}
}

// Read reads a file of the format. The instance is nil when there are problems.
func (f Format) Read(file string, src []byte) (original.Instance, diag.List) {
	return f.read(file, src)
}

// Guess tells by its content which format a file has.
func Guess(src []byte) (Format, bool) {
	for _, f := range Formats {
		if f.knows(src) {
			return f, true
		}
	}
	return Format{}, false
}

// Named gives the format of the name.
func Named(name string) (Format, bool) {
	at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if at < 0 {
		return Format{}, false
	}
	return Formats[at], true
}

func isTimetable(src []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(src), []byte("Name:")) && bytes.Contains(src, []byte("COURSES:"))
}

func isRequests(src []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(src), []byte("{")) && bytes.Contains(src, []byte(`"timeslots"`))
}

func hasSheets(names []string) func([]byte) bool {
	return func(src []byte) bool {
		if !bytes.HasPrefix(src, []byte("PK")) {
			return false
		}
		book, _ := xlsx.Open("", src)
		return book != nil && !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(book.Sheets(), name) })
	}
}

// Scenario gives the text of a scenario with lines above it that say where it
// comes from and what its costs mean.
func (f Format) Scenario(file string, s original.Scenario) []byte {
	var b strings.Builder
	name := strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, filepath.Base(file))
	fmt.Fprintf(&b, "# Imported from %s: %s.\n", name, f.About)
	for i, level := range s.Levels {
		fmt.Fprintf(&b, "# Tier %d in the original: %s", i+1, level)
		switch n := s.Offsets[i]; {
		case n > 0:
			fmt.Fprintf(&b, "; it costs %d more, because rewards are stated as prices", n)
		case n < 0:
			fmt.Fprintf(&b, "; it costs %d less, which the original counts in every plan", -n)
		}
		b.WriteString(".\n")
	}
	b.WriteString("# The original's own score of a plan:  plenary import --score ORIGINAL SCENARIO PLAN\n")
	b.Write(s.Text)
	return []byte(b.String())
}
