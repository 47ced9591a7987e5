package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// The kinds of entries of a journal.
const (
	changed   = "changed"   // a new state after the one that is shown; what was undone is forgotten
	stepped   = "stepped"   // undo or redo: the state with the number To is shown
	kept      = "kept"      // a draft with a name
	announced = "announced" // the state was published
	reread    = "reread"    // a file that the scenario names was changed by somebody else
)

// entry is one line of the journal.
type entry struct {
	Kind string          `json:"kind"`
	What string          `json:"what,omitempty"` // in words
	To   int             `json:"to,omitempty"`
	Name string          `json:"name,omitempty"`
	Note string          `json:"note,omitempty"`
	Plan json.RawMessage `json:"plan,omitempty"`
	Pins []string        `json:"pins,omitempty"`
	// The file of the desk's folder that has the scenario's text as it then was.
	Scenario string `json:"scenario,omitempty"`
}

// errOther says that the journal was written by somebody else meanwhile.
var errOther = errors.New("the journal was changed by another program: close this desk and open it anew; nothing of this change was saved")

// mostJournal bounds the bytes of a journal.
const mostJournal = 256 << 20

// errFull says that a journal has no room for more.
var errFull = fmt.Errorf("the journal is full, with %d MiB: begin a desk in another folder, with the plan as it is; nothing of this change was saved", mostJournal>>20)

// journal is a file to which a line is added for everything that happens. A
// line is on the disk before anybody is told that it was saved.
type journal struct {
	file *os.File
	size int64
}

// openJournal opens or makes a journal and gives its entries. A line that was
// cut off, because the program was killed while it wrote it, was never said to
// be saved, and is taken off.
func openJournal(name string) (*journal, []entry, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the journal: %w", err)
	}
	var src []byte
	if info, failed := f.Stat(); failed != nil {
		err = failed
	} else if info.Size() > mostJournal {
		err = errFull
	} else {
		src, err = io.ReadAll(io.LimitReader(f, mostJournal))
	}
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("read the journal %s: %w", name, err)
	}
	whole := src[:bytes.LastIndexByte(src, '\n')+1]
	var out []entry
	for i, line := range bytes.Split(bytes.TrimSuffix(whole, []byte("\n")), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			f.Close()
			return nil, nil, fmt.Errorf("%s:%d: this line is no entry of a journal (%w); put the file back from a copy, or take it away to begin anew", name, i+1, err)
		}
		out = append(out, e)
	}
	if err := f.Truncate(int64(len(whole))); err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("mend the journal %s: %w", name, err)
	}
	return &journal{f, int64(len(whole))}, out, nil
}

// mine says whether nobody else wrote the journal meanwhile.
func (j *journal) mine() error {
	info, err := j.file.Stat()
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	if info.Size() != j.size {
		return errOther
	}
	return nil
}

// add puts an entry on the disk.
func (j *journal) add(e entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	if err := j.mine(); err != nil {
		return err
	}
	line = append(line, '\n')
	if j.size+int64(len(line)) > mostJournal {
		return errFull
	}
	if _, err := j.file.WriteAt(line, j.size); err != nil {
		_ = j.file.Truncate(j.size)
		return fmt.Errorf("write the journal: %w", err)
	}
	if err := j.file.Sync(); err != nil {
		_ = j.file.Truncate(j.size)
		return fmt.Errorf("write the journal: %w", err)
	}
	j.size += int64(len(line))
	return nil
}
