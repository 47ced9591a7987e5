package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"plenary/export/language"
	"plenary/model/calendar"
)

// JSON writes the report as JSON; docs/reports.md describes it.
func (r Report) JSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		return fmt.Errorf("write the report as JSON: %w", err)
	}
	return nil
}

// CSV writes one table as CSV in UTF-8 with a byte order mark, which Excel needs
// to read letters other than English ones. Days are ISO dates. A text that a
// spreadsheet would take for a formula gets an apostrophe in front.
func (t Table) CSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	var head []string
	for _, c := range t.Columns {
		head = append(head, Inert(c.Title))
	}
	lines := [][]string{head}
	for _, row := range t.Rows {
		var line []string
		for _, cell := range row {
			text := cellText(cell)
			if _, number := cell.(int); !number {
				text = Inert(text)
			}
			line = append(line, text)
		}
		lines = append(lines, line)
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// Inert gives a text that no spreadsheet takes for a formula: one that begins
// like a formula gets an apostrophe in front (OWASP, CSV injection).
func Inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n|%＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

// Markdown writes the report as Markdown: title, figures, and the tables that
// fit on a page.
func (r Report) Markdown(w io.Writer) error {
	l, _ := language.Named(r.Language)
	var b strings.Builder
	title := r.Title
	if r.Mandate != "" {
		title = fmt.Sprintf("%s (%s)", title, r.Mandate)
	}
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", Plain(title), Plain(r.Verdict(l)))
	for _, f := range r.Figures {
		fmt.Fprintf(&b, "- %s\n", Plain(l.Text("%s: %s", f.Label, f.Value)))
	}
	for _, title := range r.NotHeld {
		fmt.Fprintf(&b, "- %s\n", Plain(l.Text("Not held: %s", title)))
	}
	for _, t := range r.Tables() {
		if t.ID == "grid" || len(t.Rows) == 0 { // as wide as there are rooms
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", Plain(t.Title))
		var heads, rule []string
		for _, c := range t.Columns {
			heads, rule = append(heads, Plain(c.Title)), append(rule, "---")
		}
		fmt.Fprintf(&b, "| %s |\n|%s|\n", strings.Join(heads, " | "), strings.Join(rule, "|"))
		for _, row := range t.Rows {
			var cells []string
			for _, cell := range row {
				text := cellText(cell)
				if day, ok := cell.(calendar.Day); ok {
					text = l.Day(day)
				}
				cells = append(cells, Plain(text))
			}
			fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the report as Markdown: %w", err)
	}
	return nil
}

// marks are the characters that Markdown reads as marks; in HTML the signs
// below open tags.
var marks = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`, "\r", "", "\n", " ")

// Plain gives a text that Markdown prints as it stands.
func Plain(text string) string { return marks.Replace(text) }

// Verdict says in a sentence what is known of the plan.
func (r Report) Verdict(l language.Language) string {
	switch {
	case !r.Kept:
		return l.Text("This plan breaks hard rules; see the lines marked as broken.")
	case r.Proven:
		return l.Text("The plan keeps every hard rule, and no plan is better by the priorities: that is proven.")
	}
	return l.Text("The plan keeps every hard rule. It is the best found; a better one is not ruled out.")
}
