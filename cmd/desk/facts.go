package desk

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Fact is something of the scenario that planners change.
type Fact struct {
	Path  string `json:"path"` // in the words of source.Edit
	Group string `json:"group"`
	Title string `json:"title"`
	Value string `json:"value"` // as it stands in the file; "" for what is added to a list
	// The days of the value, where it is one or a stretch of them; else it is a number.
	Days  bool         `json:"days"`
	First calendar.Day `json:"first"`
	Last  calendar.Day `json:"last"`
	Add   bool         `json:"add"`
	Item  bool         `json:"item"` // one of a list, which can be removed
}

// facts gives what can be changed of the scenario: when officers are away and
// stations closed, interpretation teams, windows, and priority and weight of
// soft rules.
func (d *Desk) facts() []Fact {
	src, err := d.textOf(d.states[d.at])
	if err != nil {
		return nil // a change or an undo says so
	}
	tree, problems := source.Parse(d.file, src)
	if len(problems) > 0 {
		return nil
	}
	out := []Fact{}
	for i := range d.s.Officers {
		o := &d.s.Officers[i]
		out = append(out, d.closures(tree, "officers."+o.ID, "away", d.in(o.Name()))...)
	}
	for i := range d.s.Stations {
		st := &d.s.Stations[i]
		if !st.Used {
			continue
		}
		out = append(out, d.closures(tree, "stations."+st.ID, "closed", d.in(st.Name()))...)
		if st.Interpretation != nil {
			out = append(out, Fact{Path: placed(tree, "stations."+st.ID) + ".interpretation.teams", Group: d.l.Text("interpretation teams"), Title: d.in(st.Name()), Value: strconv.Itoa(st.Interpretation.Teams)})
		}
	}
	for i := range d.s.Sessions {
		if x := &d.s.Sessions[i]; x.Between != nil {
			out = append(out, Fact{Path: placed(tree, "sessions."+x.ID) + ".between", Group: d.l.Text("window"), Title: d.in(x.Name()), Value: x.Between.String(), Days: true, First: x.Between.First, Last: x.Between.Last})
		}
	}
	return append(out, d.weights(tree)...)
}

// placed gives the path by which something of the scenario is changed in its file: what a
// variant has from the scenario that it extends is changed there under a key of its own.
func placed(tree *source.Node, path string) string {
	if tree.Get("extends") != nil && tree.Find(strings.Split(path, ".")) == nil {
		return "change." + path
	}
	return path
}

// closures gives the days on which something is away or closed, as the file
// has them, and the list to which days are added.
func (d *Desk) closures(tree *source.Node, of, key, title string) []Fact {
	path := placed(tree, of) + "." + key
	out := []Fact{{Path: path, Group: d.l.Text(key), Title: title, Days: true, First: d.s.Period.First, Last: d.s.Period.First, Add: true}}
	list := tree.Find(strings.Split(path, "."))
	if list == nil || list.Kind != source.Sequence {
		return out
	}
	for i, item := range list.Items {
		f := Fact{Path: fmt.Sprintf("%s.#%d", path, i+1), Group: d.l.Text(key), Title: title, Value: item.Value, Item: true}
		if days := item.Get("days"); days != nil {
			f.Path, f.Value = f.Path+".days", days.Value
		}
		if of, err := calendar.ParseRange(f.Value); err == nil {
			f.Days, f.First, f.Last = true, of.First, of.Last
			out = append(out, f)
		}
	}
	return out
}

// weights gives priority and weight of every soft rule that stands in the file.
func (d *Desk) weights(tree *source.Node) (priorities []Fact) {
	rules := tree.Get("rules")
	if rules == nil || rules.Kind != source.Sequence {
		return nil
	}
	var weights []Fact
	for i, item := range rules.Items {
		if item.Kind != source.Mapping || len(item.Keys) != 1 {
			continue
		}
		kind, body := item.Keys[0].Value, item.Items[0]
		tier, weight, title := body.Get("tier"), "1", kind
		if tier == nil {
			continue
		}
		if x := body.Get("weight"); x != nil {
			weight = x.Value
		}
		if id := body.Get("id"); id != nil {
			title = id.Value
		} else if of := body.Get("of"); of != nil {
			title += " " + of.String()
		}
		path := fmt.Sprintf("rules.#%d.%s.", i+1, kind)
		priorities = append(priorities, Fact{Path: path + "tier", Group: d.l.Text("Priority"), Title: title, Value: tier.Value})
		weights = append(weights, Fact{Path: path + "weight", Group: d.l.Text("weight"), Title: title, Value: weight})
	}
	return append(priorities, weights...)
}

func (d *Desk) in(text string) string { return d.s.In(d.l.Code, text) }

// alter changes a fact in the scenario's file, whose comments and order stay;
// without a value, a day of a list is removed.
func (d *Desk) alter(path, value string) error {
	facts := d.facts()
	i := slices.IndexFunc(facts, func(f Fact) bool { return f.Path == path })
	if i < 0 {
		return errors.New("this fact is no longer there")
	}
	fact := facts[i]
	what := fact.Group + ", " + fact.Title + ": " + value
	if value == "" {
		what += fact.Value + " –"
	}
	return d.edit(what, func(src []byte) ([]byte, error) {
		switch others := d.elsewhere(path); {
		case value == "" && fact.Item:
			return source.Remove(src, strings.TrimSuffix(path, ".days"))
		case fact.Add && others != nil:
			return source.Edit(src, path, "["+strings.Join(append(others, value), ", ")+"]", false)
		}
		return source.Edit(src, path, value, fact.Add)
	})
}

// elsewhere gives the days of a list, as they are written, when none of them stands in
// the scenario's own file: a list there takes the place of theirs.
func (d *Desk) elsewhere(path string) (out []string) {
	keys := strings.Split(path, ".")
	if len(keys) < 3 {
		return nil
	}
	var list []scenario.Closure
	switch id := keys[len(keys)-2]; keys[len(keys)-1] {
	case "away":
		if i := slices.IndexFunc(d.s.Officers, func(o scenario.Officer) bool { return o.ID == id }); i >= 0 {
			list = d.s.Officers[i].Away
		}
	case "closed":
		if i := d.s.Station(id); i >= 0 {
			list = d.s.Stations[i].Closed
		}
	}
	for _, c := range list {
		switch file := c.At().File; {
		case file == d.file:
			return nil
		case filepath.Ext(file) == ".csv" || filepath.Ext(file) == ".xlsx": // the rows of a table are added to any list
			continue
		}
		text := "{days: " + c.Days.String()
		if c.Mandate != "" {
			text += ", mandate: " + strconv.Quote(c.Mandate)
		}
		if c.Note != "" {
			text += ", note: " + strconv.Quote(c.Note)
		}
		out = append(out, text+"}")
	}
	return out
}

// prefer lets a priority, by its position from 0, and the one after it change
// places; each rule stays with its priority.
func (d *Desk) prefer(at int) error {
	if at < 0 || at >= len(d.s.Priorities)-1 { // at+1 may be more than an int holds
		return errors.New("there is no such priority, or none after it")
	}
	return d.edit(fmt.Sprintf("%s: %s", d.l.Text("Priority"), d.in(d.s.Priorities[at+1])), func(src []byte) ([]byte, error) {
		return scenario.SwapPriorities(src, at)
	})
}

// edit changes the scenario's file, and saves what follows as a state.
func (d *Desk) edit(what string, change func([]byte) ([]byte, error)) error {
	st := d.states[d.at]
	was, err := d.textOf(st)
	if err != nil {
		return err
	}
	is, err := change(was)
	if err != nil {
		return err
	}
	if err := d.rewrite(is, st); err != nil {
		return err
	}
	return d.took(what, is, st)
}
