package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// CheckFolder tells before any work whether WriteFolder could write the
// folder: that nothing is there under its name, or, with Replace, a folder that
// holds the marker, a file by which one that was written before is known. It
// fails with ErrExists when only Replace is missing.
func CheckFolder(name, marker string, mode Mode) error {
	_, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writable(filepath.Dir(filepath.Clean(name)))
	case err != nil:
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	if _, err := os.Stat(filepath.Join(name, marker)); err != nil {
		return fmt.Errorf("%s is there already, and was not written by this command: there is no %s in it", name, marker)
	}
	if mode == Keep {
		return fmt.Errorf("%s: %w", name, ErrExists)
	}
	return writable(filepath.Dir(filepath.Clean(name)))
}

// replaced is the name of a folder that is being replaced, in that of the new one.
const replaced = "old"

// WriteFolder writes a folder with files, named by plain names: under another
// name first, so that nobody ever sees half of it, and then in place.
func WriteFolder(name, marker string, files map[string][]byte, mode Mode) error {
	if err := CheckFolder(name, marker, mode); err != nil {
		return err
	}
	name = filepath.Clean(name)
	sweep(filepath.Dir(name))
	made, err := os.MkdirTemp(filepath.Dir(name), staged)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, reason(err))
	}
	defer os.RemoveAll(made)
	fresh := filepath.Join(made, "new")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, reason(err))
	}
	for file, content := range files {
		if err := Write(filepath.Join(fresh, file), content, Keep); err != nil {
			return fmt.Errorf("%s cannot be written: %w", name, reason(err))
		}
	}
	if mode == Replace {
		if _, err := os.Stat(name); err == nil {
			err = exchange(fresh, name)
			keep(filepath.Dir(name))
			return err
		}
	}
	if err := os.Rename(fresh, name); err != nil {
		if _, taken := os.Stat(name); taken == nil {
			return fmt.Errorf("%s: %w", name, ErrExists)
		}
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	keep(filepath.Dir(name))
	return nil
}

// inTwoSteps puts the fresh folder in the place of the other where the system
// cannot exchange them in one step. A program that is killed between the two leaves
// the old one beside, whole.
func inTwoSteps(fresh, name string) error {
	old := filepath.Join(filepath.Dir(fresh), replaced)
	if err := os.Rename(name, old); err != nil {
		return fmt.Errorf("%s cannot be replaced: %w", name, err)
	}
	if err := os.Rename(fresh, name); err != nil {
		return errors.Join(fmt.Errorf("%s cannot be replaced: %w", name, err), os.Rename(old, name))
	}
	return os.RemoveAll(old)
}
