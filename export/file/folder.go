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
		if parent, err := os.Stat(filepath.Dir(filepath.Clean(name))); err != nil || !parent.IsDir() {
			return fmt.Errorf("the folder %s is not there", filepath.Dir(filepath.Clean(name)))
		}
		return nil
	case err != nil:
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	if _, err := os.Stat(filepath.Join(name, marker)); err != nil {
		return fmt.Errorf("%s is there already, and was not written by this command: there is no %s in it", name, marker)
	}
	if mode == Keep {
		return fmt.Errorf("%s: %w", name, ErrExists)
	}
	return nil
}

// WriteFolder writes a folder with files, named by plain names: under another
// name first, so that nobody ever sees half of it, and then in place.
func WriteFolder(name, marker string, files map[string][]byte, mode Mode) error {
	if err := CheckFolder(name, marker, mode); err != nil {
		return err
	}
	name = filepath.Clean(name)
	made, err := os.MkdirTemp(filepath.Dir(name), ".plenary-*")
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	defer os.RemoveAll(made)
	fresh, old := filepath.Join(made, "new"), filepath.Join(made, "old")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	for file, content := range files {
		if err := Write(filepath.Join(fresh, file), content, Keep); err != nil {
			return err
		}
	}
	if mode == Replace {
		if err := os.Rename(name, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s cannot be replaced: %w", name, err)
		}
	}
	if err := os.Rename(fresh, name); err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	return nil
}
