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

// ErrChanged says that somebody else wrote the file while the work for it went
// on, and that it was left as it is.
var ErrChanged = errors.New("another program changed the file meanwhile")

// Spot is where a file is going to be written, as it was when the work began.
type Spot struct {
	Name string
	Mode Mode
	was  fs.FileInfo // nil: nothing was there
}

// Look tells before any work whether the file could be written: that its folder
// is there and can be written to, that it is nothing but a plain file, and that it
// is not there when mode is Keep. It fails with ErrExists for the last.
func Look(name string, mode Mode) (Spot, error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return Spot{}, fmt.Errorf("%s is a folder", name)
	case err == nil && !info.Mode().IsRegular(): // a device would be replaced by a file
		return Spot{}, fmt.Errorf("%s is not a plain file", name)
	case err == nil && mode == Keep:
		return Spot{}, fmt.Errorf("%s: %w", name, ErrExists)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return Spot{}, fmt.Errorf("%s cannot be written: %w", name, err)
	}
	return Spot{name, mode, info}, writable(filepath.Dir(name))
}

// writable tells whether a folder is there and takes files.
func writable(folder string) error {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("the folder %s is not there", folder)
	}
	if err := writes(folder); err != nil {
		return fmt.Errorf("the folder %s cannot be written to: %w", folder, err)
	}
	return nil
}

// reason gives what the system says, without the name of a file that nobody
// knows.
func reason(err error) error {
	if of := (*fs.PathError)(nil); errors.As(err, &of) {
		return of.Err
	}
	return err
}

// Content is a file to write.
type Content struct {
	Spot
	Bytes []byte
}

// Write writes the content to the file: under another name first, so that
// nobody ever sees half of it, and then in place in one step.
func Write(name string, content []byte, mode Mode) error {
	spot, err := Look(name, mode)
	if err != nil {
		return err
	}
	return WriteAll([]Content{{spot, content}})
}

// WriteAll writes files that belong together: each under another name first,
// and only when all of them are on the disk, each in place in one step. A disk
// that is full leaves none of them, and every file that was there as it was. So
// does somebody who wrote one of them since it was looked at: then the error is
// ErrExists or ErrChanged.
func WriteAll(files []Content) error {
	var made []string
	defer func() {
		for _, name := range made {
			os.Remove(name)
		}
	}()
	for _, f := range files {
		sweep(filepath.Dir(f.Name))
		to, err := os.CreateTemp(filepath.Dir(f.Name), staged)
		if err != nil {
			return fmt.Errorf("%s cannot be written: %w", f.Name, reason(err))
		}
		made = append(made, to.Name())
		if err := fill(to, f.Bytes); err != nil {
			return fmt.Errorf("%s cannot be written: %w", f.Name, reason(err))
		}
	}
	for _, f := range files {
		if err := f.same(); err != nil {
			return err
		}
	}
	for i, f := range files {
		if err := f.place(made[i]); err != nil {
			return err
		}
		keep(filepath.Dir(f.Name))
	}
	return nil
}

// same tells whether the file is as it was.
func (s Spot) same() error {
	now, err := os.Stat(s.Name)
	switch {
	case s.was == nil && errors.Is(err, fs.ErrNotExist):
		return nil
	case s.was == nil && err == nil && s.Mode == Keep:
		return fmt.Errorf("%s: %w", s.Name, ErrExists)
	case s.was == nil || err != nil || !os.SameFile(s.was, now) || s.was.Size() != now.Size() || !s.was.ModTime().Equal(now.ModTime()):
		return fmt.Errorf("%s: %w", s.Name, ErrChanged)
	}
	return nil
}

// place gives a file its name.
func (s Spot) place(made string) error {
	if s.was != nil {
		return os.Rename(made, s.Name)
	}
	// A link fails if the name was taken meanwhile; a rename would replace it.
	err := os.Link(made, s.Name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: %w", s.Name, ErrExists)
	}
	return os.Rename(made, s.Name) // a file system without links
}

// keep has a folder itself put on the disk, with the names in it, where the
// system can do that.
func keep(folder string) {
	if f, err := os.Open(folder); err == nil {
		_ = f.Sync()
		f.Close()
	}
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
