package scenario

import (
	"fmt"
	"path/filepath"

	"plenary/model/diag"
)

// Bundle is the text of a scenario with everything that it extends and names,
// besides what the library has: by name, as seen from the scenario's folder,
// with slashes. With Sources.Collect a reading fills one; with Sources.Bundle it
// is read on a machine that has none of the files.
type Bundle map[string][]byte

// name gives the name that a file has in a bundle of a scenario.
func (r *reading) name(file string) string {
	from, errFrom := filepath.Abs(r.folder)
	to, errTo := filepath.Abs(file)
	if name, err := filepath.Rel(from, to); errFrom == nil && errTo == nil && err == nil {
		file = name
	}
	return filepath.ToSlash(file)
}

// bundled reads a file of the bundle.
func (r *reading) bundled(file string) ([]byte, error) {
	if src, ok := r.sources.Bundle[r.name(file)]; ok {
		return src, nil
	}
	return nil, fmt.Errorf("there is no file %s", diag.Shorten(file))
}
