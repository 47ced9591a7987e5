package desk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"plenary/export/file"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Fact is something of the scenario that planners change.
type Fact struct {
	Path  string `json:"path"` // in the words of source.Edit
	Title string `json:"title"`
	Value string `json:"value"` // as it stands in the file; "" for what is added to a list
	Add   bool   `json:"add"`
}

// facts gives what can be changed of the scenario: when officers are away and
// stations closed, interpretation teams, windows, and the weights of rules that
// say one.
func (d *Desk) facts() (out []Fact) {
	for i := range d.s.Officers {
		o := &d.s.Officers[i]
		out = append(out, Fact{"officers." + o.ID + ".away", d.in(o.Name()) + ": " + d.l.Text("away"), "", true})
	}
	for i := range d.s.Stations {
		st := &d.s.Stations[i]
		if !st.Used {
			continue
		}
		out = append(out, Fact{"stations." + st.ID + ".closed", d.in(st.Name()) + ": " + d.l.Text("closed"), "", true})
		if st.Interpretation != nil {
			out = append(out, Fact{"stations." + st.ID + ".interpretation.teams", d.in(st.Name()) + ": " + d.l.Text("interpretation teams"), fmt.Sprint(st.Interpretation.Teams), false})
		}
	}
	for i := range d.s.Sessions {
		if x := &d.s.Sessions[i]; x.Between != nil {
			out = append(out, Fact{"sessions." + x.ID + ".between", d.in(x.Name()) + ": " + d.l.Text("window"), x.Between.String(), false})
		}
	}
	for _, node := range d.s.Rules {
		if len(node.Items) != 1 {
			continue
		}
		if id, weight := node.Items[0].Get("id"), node.Items[0].Get("weight"); id != nil && weight != nil {
			out = append(out, Fact{"rules." + id.Value + ".weight", id.Value + ": " + d.l.Text("weight"), weight.Value, false})
		}
	}
	return out
}

func (d *Desk) in(text string) string { return d.s.In(d.l.Code, text) }

// alter changes a fact in the scenario's file, whose comments and order stay.
// The text as it was is kept in the desk's folder. Nothing is written when the
// scenario could not be used any more.
func (d *Desk) alter(path, value string) error {
	facts := d.facts()
	i := slices.IndexFunc(facts, func(f Fact) bool { return f.Path == path })
	if i < 0 {
		return errors.New("this fact is no longer there")
	}
	if d.trouble != "" {
		return errors.New("the scenario's file cannot be used as it is now; mend it first")
	}
	was, err := os.ReadFile(d.file)
	if err != nil {
		return fmt.Errorf("read the scenario: %w", err)
	}
	is, err := source.Edit(was, path, value, facts[i].Add)
	if err != nil {
		return err
	}
	trial, err := os.CreateTemp(filepath.Dir(d.file), ".plenary-*.yaml")
	if err != nil {
		return fmt.Errorf("try the change: %w", err)
	}
	defer os.Remove(trial.Name())
	_, err = trial.Write(is)
	if err := errors.Join(err, trial.Close()); err != nil {
		return fmt.Errorf("try the change: %w", err)
	}
	var s *scenario.Scenario
	if s, _, err = d.read(trial.Name()); err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	if !d.fits(s) {
		return errors.New("nothing was changed: plans of this desk would no longer fit the scenario")
	}
	kept, _ := filepath.Glob(filepath.Join(d.folder, "scenario-*.yaml"))
	if err := file.Write(filepath.Join(d.folder, fmt.Sprintf("scenario-%04d.yaml", len(kept)+1)), was, file.Keep); err != nil {
		return err
	}
	if err := file.Write(d.file, is, file.Replace); err != nil {
		return err
	}
	d.look()
	return d.save(entry{Kind: altered, What: facts[i].Title + ": " + value})
}
