package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"plenary/export/xlsx"
	"plenary/model/diag"
)

// attacks are names that a hostile scenario gives to things: each is text to one
// format and a command to another.
var attacks = []string{
	`=HYPERLINK("http://evil.example/","x")`, `+1+1`, `-1+1`, `@SUM(1+1)`, `|calc`, `%0A`,
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'); alert(1); ('`, `{{.}} ${alert(1)} {% x %}`, `</title></style><svg onload=alert(1)>`, `javascript:alert(1)`,
	"two\nEND:VEVENT\nBEGIN:VEVENT\nATTENDEE:mailto:evil@evil.example", `x;ROLE=CHAIR:y,z\n`, "head\nBcc: evil@evil.example\n\nbody",
	`[x](http://evil.example/)`, `![x](http://evil.example/x.png)`, "a | b\n|---|---|", "# heading\n---\n```", `<!-- -->]]>&amp;&#10;`, `\u001b[31m\x1b]0;x\a`,
}

// hostile is a scenario whose things have such names, beside its plan.
func hostile(t *testing.T) string {
	t.Helper()
	quoted := func(i int) string {
		src, err := json.Marshal(attacks[i%len(attacks)]) // a double-quoted scalar of YAML, too
		if err != nil {
			t.Fatal(err)
		}
		return string(src)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "plenary: 1\ntitle: %s\nmandate: %s\nperiod: 2018-03-01..2018-04-30\ninclude: [un-stations]\npriorities: [%s]\n", quoted(12), quoted(6), quoted(0))
	fmt.Fprintf(&b, "stations: {geneva: {title: %s, rooms: {XX: {note: %s, seats: 100}}, interpretation: {teams: 2}}}\n", quoted(7), quoted(15))
	fmt.Fprintf(&b, "officers: {chair: {title: %s, based: geneva}}\nrosters: {experts: {file: experts.csv}}\n", quoted(1))
	b.WriteString("programmes: {p: {meetings: [{kind: panel, count: 2, seats: {panellist: {count: 2, from: [experts]}}}]}}\nsessions:\n")
	for i := range attacks {
		fmt.Fprintf(&b, "  - {id: s%d, title: %s, at: geneva, mandate: %s, note: %s, chaired-by: [chair]", i, quoted(i), quoted(i+1), quoted(i+2))
		if i < 2 {
			b.WriteString(", programme: p")
		}
		b.WriteString("}\n")
	}
	fmt.Fprintf(&b, "documents: [{id: d, title: %s, writer: %s, deadline: 2018-04-02}]\n", quoted(3), quoted(12))
	fmt.Fprintf(&b, "rules: [{near: {of: s3, day: 2018-03-20, tier: 1, note: %s}}]\n", quoted(8))
	folder := t.TempDir()
	var table bytes.Buffer
	w := csv.NewWriter(&table)
	rows := [][]string{{"id", "name", "region"}}
	for i, text := range attacks {
		rows = append(rows, []string{fmt.Sprintf("m%d", i), text, attacks[(i+3)%len(attacks)]})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{"h.yaml": b.String(), "experts.csv": table.String(), "guests.csv": "address,name,for\nguest@example.org,\"=1+1, \"\"x\"\" <y>\",delegations\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{"plan h.yaml --progress none"} {
		if status, said := exits(t, exec.Command("plenary", strings.Fields(args)...), folder); status != exitDone {
			t.Fatalf("%s: exit status %d:\n%s", args, status, said)
		}
	}
	return folder
}

// What a hostile scenario says is text in every format that is written, and commands
// nothing, neither a spreadsheet nor a browser, a calendar, a mail program or a
// terminal.
func TestHostileNamesCommandNothing(t *testing.T) {
	folder := hostile(t)
	for _, c := range []struct {
		args  string
		files []string // "" for what is printed
		inert func(src []byte) error
	}{
		{"plan h.yaml --force --progress none", []string{"", "h.ics"}, nil},
		{"plan h.yaml --force --progress none --format html", []string{""}, page},
		{"plan h.yaml --force --progress none --format markdown", []string{""}, markdown},
		{"plan h.yaml --force --progress none --format csv", []string{""}, table},
		{"export h.yaml h.plan.json --to ics", []string{""}, events},
		{"export h.yaml h.plan.json --to ics --lang ar", []string{""}, events},
		{"export h.yaml h.plan.json --to xlsx --out h.xlsx", []string{"h.xlsx"}, workbook},
		{"export h.yaml h.plan.json --to html", []string{""}, page},
		{"export h.yaml h.plan.json --to letter", []string{""}, page},
		{"export h.yaml h.plan.json --to markdown", []string{""}, markdown},
		{"export h.yaml h.plan.json --to csv --table programme", []string{""}, table},
		{"export h.yaml h.plan.json --to csv --table people", []string{""}, table},
		{"export h.yaml h.plan.json --to json", []string{""}, func(src []byte) error {
			if !json.Valid(src) {
				return errors.New("is no JSON")
			}
			return nil
		}},
		{"export h.yaml h.plan.json --to text", []string{""}, nil},
		{"export h.yaml h.plan.json --to timeline", []string{""}, drawing},
		{"export h.yaml h.plan.json --to weeks", []string{""}, drawing},
		{"compare h.yaml h.plan.json h.plan.json --html compared.html", []string{"", "compared.html"}, nil},
		{"compare h.yaml h.plan.json h.plan.json --html again.html", []string{"again.html"}, page},
		{"check h.yaml h.plan.json", []string{""}, nil},
		{"diff h.yaml h.yaml --set title=x", nil, nil},
		{"explain h.yaml --plan h.plan.json --session s3", nil, nil},
		{"explain h.yaml --closed geneva=2018-03-01..2018-04-30 --progress none", nil, nil},
		{"repair h.yaml h.plan.json --plan r.json --ics r.ics --closed geneva=2018-03-05 --progress none", []string{"", "r.ics"}, nil},
		{"alternatives h.yaml --count 1 --plan other.json", []string{""}, nil},
		{"import h.yaml h.plan.json h.ics --pins pins.yaml", []string{""}, nil},
		{"import h.ics --busy officer:chair --out part.yaml", []string{"part.yaml"}, nil},
		{"certify h.yaml h.plan.json --time-limit 1m", []string{""}, nil},
		{"feed h.yaml h.plan.json --list", []string{""}, nil},
		{"invite h.yaml h.plan.json guests.csv --organizer chair@example.org --out mail", []string{""}, nil},
	} {
		t.Run(c.args, func(t *testing.T) {
			cmd := exec.Command("plenary", strings.Fields(c.args)...)
			var printed bytes.Buffer
			cmd.Stdout = &printed
			status, said := exits(t, cmd, folder)
			if status > exitInput || strings.Contains(said, "panic") {
				t.Fatalf("exit status %d:\n%s", status, said)
			}
			if c.files != nil && status != exitDone {
				t.Errorf("exit status %d:\n%s", status, said)
			}
			if r, found := diag.Hidden(said); found {
				t.Errorf("it says %U on the terminal: %q", r, said)
			}
			for _, name := range c.files {
				src := printed.Bytes()
				if name != "" {
					var err error
					if src, err = os.ReadFile(filepath.Join(folder, name)); err != nil {
						t.Fatal(err)
					}
				}
				if filepath.Ext(name) != ".xlsx" {
					text := strings.TrimPrefix(strings.ReplaceAll(string(src), "\r\n", "\n"), "\uFEFF")
					if r, found := diag.Hidden(text); found {
						t.Errorf("%s holds %U", name, r)
					}
				}
				if c.inert == nil {
					continue
				}
				if err := c.inert(src); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
	t.Run("messages", func(t *testing.T) { messages(t, filepath.Join(folder, "mail")) })
}

// page fails when a page runs or fetches what a name says.
func page(src []byte) error {
	root, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return err
	}
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent != nil && (n.Parent.Data == "script" || n.Parent.Data == "style") && strings.Contains(n.Data, "alert(1)") && !inString(n.Data) {
			return fmt.Errorf("runs %q", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") && strings.Contains(value, "alert") || (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(value, "javascript:") || strings.Contains(value, "evil")) {
				return fmt.Errorf("has %s=%q", a.Key, a.Val)
			}
		}
	}
	return nil
}

// inString tells whether a script is data alone: then the text stands in a string of
// JSON.
func inString(script string) bool { return json.Valid([]byte(script)) }

// table fails when a spreadsheet would take a cell for a formula.
func table(src []byte) error {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(src, []byte("\uFEFF")))).ReadAll()
	if err != nil {
		return err
	}
	number := regexp.MustCompile(`^-?[0-9.]+$`)
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@|%\t\r") && !number.MatchString(cell) {
				return fmt.Errorf("the cell %q is a formula", cell)
			}
		}
	}
	return nil
}

// workbook fails when a cell is a formula or a link.
func workbook(src []byte) error {
	sheet, err := xlsx.Read("h.xlsx", src)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(sheet.Cells, func(row []string) bool { return len(row) > 0 }) {
		return errors.New("is empty")
	}
	for name, part := range unpacked(src) {
		if strings.Contains(name, "worksheets/") && (bytes.Contains(part, []byte("<f>")) || bytes.Contains(part, []byte("<f "))) {
			return fmt.Errorf("%s has a formula", name)
		}
		if bytes.Contains(part, []byte(`Target="http://evil`)) {
			return fmt.Errorf("%s has a link", name)
		}
	}
	return nil
}

// markdown fails when there is a link, a picture or an element, or when a cell breaks
// out of its table.
func markdown(src []byte) error {
	if link := regexp.MustCompile(`[^\\]\]\(`).Find(src); link != nil {
		return fmt.Errorf("has a link: %q", link)
	}
	for _, forbidden := range []string{"<script", "<img", "<svg", "\n---\n", "\n```"} {
		if bytes.Contains(src, []byte(forbidden)) {
			return fmt.Errorf("holds %q", forbidden)
		}
	}
	return nil
}

// drawing fails when a picture is no XML or runs anything.
func drawing(src []byte) error {
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			if slices.Contains([]string{"script", "img", "foreignObject"}, e.Name.Local) {
				return fmt.Errorf("has an element %s", e.Name.Local)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") {
					return fmt.Errorf("has %s=%q", a.Name.Local, a.Value)
				}
			}
		}
	}
}

// events fails when a calendar has lines that a name smuggled in.
func events(src []byte) error {
	lines := strings.Split(strings.ReplaceAll(string(src), "\r\n ", ""), "\r\n")
	for _, line := range lines {
		if strings.HasPrefix(line, "ATTENDEE") || strings.HasPrefix(line, "Bcc") || strings.ContainsAny(line, "\r\n") {
			return fmt.Errorf("has the line %q", line)
		}
	}
	begun := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return line != "BEGIN:VEVENT" })
	uids := slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return !strings.HasPrefix(line, "UID:") })
	if len(begun) != len(uids) {
		return fmt.Errorf("has %d events and %d UIDs", len(begun), len(uids))
	}
	return nil
}

// messages fails when an invitation has a header that a name smuggled in.
func messages(t *testing.T, folder string) {
	known := []string{"From", "To", "Date", "Message-Id", "Subject", "Mime-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Class", "Content-Disposition", "X-Unsent"}
	found, err := filepath.Glob(filepath.Join(folder, "*", "*.eml"))
	if err != nil || len(found) < len(attacks) {
		t.Fatalf("%d messages, %v", len(found), err)
	}
	for _, name := range found {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(bytes.NewReader(src))
		if err != nil {
			t.Fatal(err)
		}
		for key, values := range m.Header {
			if !slices.Contains(known, key) || len(values) > 1 {
				t.Errorf("%s has the header %s: %q", filepath.Base(name), key, values)
			}
		}
		if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "guest@example.org" {
			t.Errorf("%s goes to %v, %v", filepath.Base(name), to, err)
		}
	}
}

// unpacked gives the parts of a workbook.
func unpacked(src []byte) map[string][]byte {
	out := map[string][]byte{}
	archive, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil
	}
	for _, part := range archive.File {
		if r, err := part.Open(); err == nil {
			out[part.Name], _ = io.ReadAll(r)
			r.Close()
		}
	}
	return out
}
