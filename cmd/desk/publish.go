package desk

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"plenary/export/compare"
	"plenary/export/file"
	"plenary/export/html"
	"plenary/export/ics"
	"plenary/export/report"
	"plenary/export/xlsx"
	"plenary/model/input"
	"plenary/model/plan"
	"plenary/model/source"
)

// The files of a published version.
var publishedFiles = []string{"calendar.ics", "tables.xlsx", "report.html", "plan.json", "note.txt"}

// versions gives the numbers of what was published, in order: each is a folder
// with its files.
func (d *Desk) versions() (out []string) {
	names, _ := filepath.Glob(filepath.Join(d.folder, "published-*", "plan.json"))
	for _, name := range names {
		out = append(out, filepath.Base(filepath.Dir(name)))
	}
	slices.Sort(out)
	return out
}

// published is a version as the page shows it.
type published struct {
	Folder string `json:"folder"`
	Name   string `json:"name"`
	Note   string `json:"note"`
}

// announced gives what was published, with name and note.
func (d *Desk) announced() []published {
	out := []published{}
	for _, version := range d.versions() {
		src, _ := input.Read(filepath.Join(d.folder, version, "note.txt"), mostBody)
		name, note, _ := strings.Cut(string(src), "\n\n")
		out = append(out, published{version, name, strings.TrimSuffix(note, "\n")})
	}
	return out
}

// publish writes the plan as the next version: a folder with a calendar that
// updates the one before, workbook, report and plan.
func (d *Desk) publish(name, note string) error {
	p, v := d.measured(d.now)
	switch {
	case name == "":
		return errors.New("give the version a name")
	case len(p.Sessions) == 0:
		return errors.New("there is no plan to publish yet")
	case !v.Feasible():
		return errors.New("the plan breaks a rule and is not published: " + sentence(v.Violations[0]))
	}
	opts := ics.Options{Now: time.Now(), Refresh: 6 * time.Hour}
	before := d.versions()
	if n := len(before); n > 0 {
		since, err := input.Read(filepath.Join(d.folder, before[n-1], "calendar.ics"), source.MostBytes)
		if err != nil {
			return fmt.Errorf("read the version before: %w", err)
		}
		opts.Since = since
	}
	var calendar, tables, page bytes.Buffer
	if _, err := ics.Write(&calendar, d.s, p, opts); err != nil {
		return err
	}
	r := report.Of(d.s, d.instances, p, v, d.l)
	if err := xlsx.Write(&tables, r); err != nil {
		return err
	}
	if err := html.Write(&page, r); err != nil {
		return err
	}
	src, err := p.Encode()
	if err != nil {
		return err
	}
	folder := fmt.Sprintf("published-%04d", len(before)+1)
	content := [][]byte{calendar.Bytes(), tables.Bytes(), page.Bytes(), src, []byte(name + "\n\n" + note + "\n")}
	files := map[string][]byte{}
	for i, name := range publishedFiles {
		files[name] = content[i]
	}
	if err := file.WriteFolder(filepath.Join(d.folder, folder), "plan.json", files, file.Keep); err != nil {
		return err
	}
	return d.save(entry{Kind: announced, Name: name, Note: note, What: folder})
}

// compared writes the plan beside proposals and drafts as one page.
func (d *Desk) compared() ([]byte, error) {
	sides := d.sides()
	if len(sides) < 2 {
		return nil, errors.New("there is nothing to compare with: mend the plan, ask for alternatives or keep a draft first")
	}
	var b bytes.Buffer
	err := compare.HTML(&b, sides)
	return b.Bytes(), err
}

// sides gives the plans that can be compared: a draft whose sessions the scenario
// no longer has is left out.
func (d *Desk) sides() (out []compare.Side) {
	d.mu.Lock()
	defer d.mu.Unlock()
	add := func(name string, p *plan.Plan) {
		if len(out) < compare.Most && len(p.Sessions) > 0 {
			p, v := d.measured(p)
			out = append(out, compare.Side{Name: name, Scenario: d.s, Instances: d.instances, Plan: p, Verdict: v})
		}
	}
	add("the plan on the desk", d.now)
	for _, x := range d.search.Proposals {
		add(x.Title, x.plan)
	}
	for _, x := range d.drafts {
		if p, err := d.parsed(x.state, d.s); err == nil {
			add("draft "+x.Name, p)
		}
	}
	return out
}
