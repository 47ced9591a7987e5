package generate

import (
	"bytes"
	"fmt"
	"strings"
)

// fields is a mapping of the scenario language as a person would write it on
// one line: {at: geneva, days: 3}.
type fields []string

// add adds a key with a value that is already written as YAML; "" adds
// nothing.
func (f *fields) add(key, value string) {
	if value != "" {
		*f = append(*f, key+": "+value)
	}
}

// addf is add for a value that is put together.
func (f *fields) addf(key, format string, values ...any) {
	f.add(key, fmt.Sprintf(format, values...))
}

// String gives the mapping between braces.
func (f fields) String() string { return "{" + strings.Join(f, ", ") + "}" }

// list gives values between brackets; a single value stands alone.
func list(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// text writes a text for a line with braces: between quotes where it holds
// what YAML would read.
func text(s string) string {
	if strings.ContainsAny(s, `,:#[]{}&*!|>'"%@`+"`") {
		return fmt.Sprintf("%q", s)
	}
	return s
}

// page is a file that is being written.
type page struct{ bytes.Buffer }

func (p *page) line(format string, values ...any) {
	fmt.Fprintf(p, format+"\n", values...)
}

// section begins a part of the file as the scenarios that ship do.
func (p *page) section(name string) {
	p.line("\n# %s %s ---\n", strings.Repeat("-", 71-len(name)), name)
}
