package desk

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"plenary/export/file"
	"plenary/model/input"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Every text that the scenario's file has had is kept in the desk's folder, as
// scenario-0001.yaml and so on: with it, what was changed in the file is undone.

// stampOf tells states of a file apart without reading it.
func stampOf(file string) string {
	info, err := os.Stat(file)
	if err != nil {
		return "missing"
	}
	return fmt.Sprint(info.ModTime(), info.Size())
}

// load reads the scenario with the files that it names, and remembers their stamps:
// taken before each is opened, so that no change is missed.
func (d *Desk) load() error {
	d.stamps = map[string]string{d.file: stampOf(d.file)}
	s, instances, err := d.read(d.file, func(file string) { d.stamps[file] = stampOf(file) })
	if err != nil {
		return err
	}
	d.s, d.instances, d.ties = s, instances, nil
	return nil
}

// firstText gives the text with which the desk began.
func (d *Desk) firstText() (string, error) {
	const first = "scenario-0001.yaml"
	if _, err := os.Stat(filepath.Join(d.folder, first)); err == nil {
		return first, nil
	}
	src, err := input.Read(d.file, source.MostBytes)
	if err != nil {
		return "", fmt.Errorf("read the scenario: %w", err)
	}
	return d.keepText(src)
}

// keepText keeps a text in the folder, and gives the name of its file there.
func (d *Desk) keepText(src []byte) (string, error) {
	known := 0
	entries, _ := os.ReadDir(d.folder)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "scenario-") {
			known++
		}
	}
	name := fmt.Sprintf("scenario-%04d.yaml", known+1)
	return name, file.Write(filepath.Join(d.folder, name), src, file.Keep)
}

// textOf gives the scenario's text of a state.
func (d *Desk) textOf(st state) ([]byte, error) {
	src, err := input.Read(filepath.Join(d.folder, st.text), source.MostBytes)
	if err != nil {
		return nil, fmt.Errorf("read the scenario as it was: %w", err)
	}
	return src, nil
}

// look reads the scenario again when one of its files was changed.
func (d *Desk) look() {
	same := true
	for name, stamp := range d.stamps {
		same = same && stampOf(name) == stamp
	}
	if same {
		return
	}
	before := d.trouble
	d.trouble = ""
	s, instances := d.s, d.instances
	if err := d.load(); err != nil {
		d.trouble = "The scenario's file, or one that it names, was changed, and cannot be used as it is; the desk goes on with what it read before. " + err.Error()
	} else if err := d.noticed(s.Hash); err != nil {
		d.s, d.instances, d.ties = s, instances, nil
		d.trouble = "The scenario's file, or one that it names, was changed; the desk goes on with what it read before. " + err.Error()
	}
	if d.trouble != before {
		d.tell()
	}
}

// noticed makes a change of the file by somebody else a state, which can be undone
// as any other. Where it was another file, which the scenario names, the plan is
// shown as it now is: that file is not the desk's to change back. The hash is that of
// all that was read before.
func (d *Desk) noticed(hash [32]byte) error {
	st := d.states[d.at]
	is, err := input.Read(d.file, source.MostBytes)
	if err != nil {
		return fmt.Errorf("read the scenario: %w", err)
	}
	was, err := d.textOf(st)
	if err != nil {
		return err
	}
	if bytes.Equal(is, was) {
		if d.s.Hash == hash {
			return nil
		}
		p, err := d.parsed(st, d.s)
		if err != nil {
			return err
		}
		return d.show(entry{Kind: reread, What: "a file that the scenario names was changed"}, p)
	}
	return d.took("the scenario's file was changed", is, st)
}

// took saves the state that follows when the scenario's file has another text,
// which has been read.
func (d *Desk) took(what string, text []byte, st state) error {
	p, err := d.parsed(st, d.s)
	if err != nil {
		return err
	}
	name, err := d.keepText(text)
	if err != nil {
		return err
	}
	return d.show(entry{Kind: changed, What: what, Plan: st.src, Pins: st.pins, Scenario: name}, p)
}

// rewrite gives the scenario's file another text and reads it. Nothing is written
// when the desk could not use it, with the plan of the state that is shown then, or
// when somebody else has changed the file or the journal.
func (d *Desk) rewrite(text []byte, then state) error {
	if err := d.journal.mine(); err != nil {
		return err
	}
	if d.trouble != "" {
		return errors.New("the scenario's file cannot be used as it is now; mend it first")
	}
	spot, err := file.Look(d.file, file.Replace)
	if err != nil {
		return err
	}
	now, err := input.Read(d.file, source.MostBytes)
	if err != nil {
		return fmt.Errorf("read the scenario: %w", err)
	}
	known, err := d.textOf(d.states[d.at])
	if err != nil {
		return err
	}
	if !bytes.Equal(now, known) {
		return errors.New("nothing was changed: the scenario's file was changed meanwhile; it is read anew")
	}
	s, _, err := d.tried(text)
	if err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	if _, err := d.parsed(then, s); err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	err = file.WriteAll([]file.Content{{Spot: spot, Bytes: text}})
	if errors.Is(err, file.ErrChanged) {
		return errors.New("nothing was changed: another program wrote the scenario's file meanwhile; try again")
	}
	if err != nil {
		return err
	}
	return d.load()
}

// tried reads a text as if it stood in the scenario's file.
func (d *Desk) tried(text []byte) (*scenario.Scenario, []rule.Instance, error) {
	trial, err := os.CreateTemp(filepath.Dir(d.file), ".plenary-*.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("try the change: %w", err)
	}
	defer os.Remove(trial.Name())
	_, err = trial.Write(text)
	if err := errors.Join(err, trial.Close()); err != nil {
		return nil, nil, fmt.Errorf("try the change: %w", err)
	}
	s, instances, err := d.read(trial.Name(), func(string) {})
	if err != nil { // what is wrong is said of the file that she knows
		err = errors.New(strings.ReplaceAll(err.Error(), trial.Name(), filepath.Base(d.file)))
	}
	return s, instances, err
}
