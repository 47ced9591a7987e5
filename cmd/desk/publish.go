package desk

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
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

// The files of a published version, and what each is.
var publishedFiles = []struct{ name, is string }{
	{"calendar.ics", "text/calendar; charset=utf-8"},
	{"tables.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{"report.html", "text/html; charset=utf-8"},
	{"plan.json", "application/json"},
	{"note.txt", "text/plain; charset=utf-8"},
}

// versions gives the numbers of what was published, in order: each is a folder
// with its files.
func (d *Desk) versions() (out []string) {
	entries, _ := os.ReadDir(d.folder) // in order
	for _, e := range entries {
		if _, err := os.Stat(filepath.Join(d.folder, e.Name(), "plan.json")); err == nil && strings.HasPrefix(e.Name(), "published-") {
			out = append(out, e.Name())
		}
	}
	return out
}

// release is a published version as the page shows it.
type release struct {
	Folder string `json:"folder"`
	Name   string `json:"name"`
	Note   string `json:"note"`
}

// announced gives what was published, with name and note.
func (d *Desk) announced() []release {
	out := []release{}
	for _, version := range d.versions() {
		src, _ := input.Read(filepath.Join(d.folder, version, "note.txt"), mostBody)
		name, note, _ := strings.Cut(string(src), "\n\n")
		out = append(out, release{version, name, strings.TrimSuffix(note, "\n")})
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
	for i, f := range publishedFiles {
		files[f.name] = content[i]
	}
	if err := file.WriteFolder(filepath.Join(d.folder, folder), "plan.json", files, file.Keep); err != nil {
		return err
	}
	return d.save(entry{Kind: announced, Name: name, Note: note, What: folder})
}

// released gives a published plan, as the scenario now is. The error says that it is
// not there, or no longer fits the scenario.
func (d *Desk) released(folder string) (*plan.Plan, error) {
	src, err := input.Read(filepath.Join(d.folder, folder, "plan.json"), source.MostBytes)
	if err != nil {
		return nil, fmt.Errorf("read the published version: %w", err)
	}
	return d.parsed(state{src: src}, d.s)
}

// published gives a file of a published version.
func (d *Desk) published(w http.ResponseWriter, r *http.Request) {
	folder, name := r.PathValue("version"), r.PathValue("file")
	at := slices.IndexFunc(publishedFiles, func(f struct{ name, is string }) bool { return f.name == name })
	if at < 0 || !slices.Contains(d.versions(), folder) {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", reportPolicy)
	h.Set("Content-Type", publishedFiles[at].is)
	if name != "report.html" {
		// Two versions in one folder of downloads are told apart by their names.
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": folder + "-" + name}))
	}
	http.ServeFile(w, r, filepath.Join(d.folder, folder, name))
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
	if versions := d.announced(); len(versions) > 0 {
		last := versions[len(versions)-1]
		if p, err := d.released(last.Folder); err == nil {
			add("published "+last.Name, p)
		}
	}
	for _, x := range d.drafts {
		if p, err := d.parsed(x.state, d.s); err == nil {
			add("draft "+x.Name, p)
		}
	}
	return out
}
