package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Mode says what happens to a file that is there already.
type Mode bool

// Keep refuses to touch an existing file; Replace puts the new content in its
// place, in one step.
const (
	Keep    Mode = false
	Replace Mode = true
)

// ErrExists says that a file is there already and was kept.
var ErrExists = errors.New("the file exists already")

// Check tells before any work whether Write could write the file: that its
// folder is there, that it is no folder itself, and that it is not there when
// mode is Keep. It fails with ErrExists for the last.
func Check(name string, mode Mode) error {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("%s is a folder", name)
	case err == nil && mode == Keep:
		return fmt.Errorf("%s: %w", name, ErrExists)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	folder, err := os.Stat(filepath.Dir(name))
	if err != nil || !folder.IsDir() {
		return fmt.Errorf("the folder %s is not there", filepath.Dir(name))
	}
	return nil
}

// Write writes the content to the file: under another name first, so that
// nobody ever sees half of it, and then in place in one step.
func Write(name string, content []byte, mode Mode) error {
	return WriteAll([]Content{{name, content, mode}})
}

// Content is a file to write.
type Content struct {
	Name  string
	Bytes []byte
	Mode  Mode
}

// WriteAll writes files that belong together: each under another name first,
// and only when all of them are on the disk, each in place in one step. A disk
// that is full leaves none of them, and every file that was there as it was.
func WriteAll(files []Content) error {
	var staged []string
	defer func() {
		for _, name := range staged {
			os.Remove(name)
		}
	}()
	for _, f := range files {
		if err := Check(f.Name, f.Mode); err != nil {
			return err
		}
		to, err := os.CreateTemp(filepath.Dir(f.Name), ".plenary-*")
		if err != nil {
			return fmt.Errorf("%s cannot be written: %w", f.Name, err)
		}
		staged = append(staged, to.Name())
		if err := fill(to, f.Bytes); err != nil {
			return fmt.Errorf("%s cannot be written: %w", f.Name, err)
		}
	}
	for i, f := range files {
		if err := place(staged[i], f.Name, f.Mode); err != nil {
			return err
		}
	}
	return nil
}

// place gives a file its name.
func place(staged, name string, mode Mode) error {
	if mode == Replace {
		return os.Rename(staged, name)
	}
	// A link fails if the name was taken meanwhile; a rename would replace it.
	if err := os.Link(staged, name); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s: %w", name, ErrExists)
		}
		return os.Rename(staged, name) // a file system without links
	}
	return nil
}

func fill(f *os.File, content []byte) error {
	if _, err := f.Write(content); err != nil {
		f.Close()
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
