package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"plenary/model/diag"
)

// ErrOutside says that a file lies outside of the folder it has to lie in.
var ErrOutside = errors.New("the file lies outside of the folder")

// refusal is a file that is not read, in words for whoever named it.
type refusal struct {
	text string
	kind error // fs.ErrNotExist, ErrOutside, or none
}

func (r refusal) Error() string { return r.text }
func (r refusal) Unwrap() error { return r.kind }

// Read reads a plain file of at most so many bytes. The error says in words what
// is wrong; it is fs.ErrNotExist where there is no such file. A file that is
// changed while it is read is refused.
func Read(name string, most int) ([]byte, error) {
	return read(name, most, os.Stat, os.OpenFile, name)
}

// ReadWithin is Read for a file that has to lie in the folder or below it, after
// all links were followed; else the error is ErrOutside, and the file was not
// looked at. Links to absolute names are outside wherever they lead.
func ReadWithin(folder, name string, most int) ([]byte, error) {
	of := "the folder " + diag.Shorten(folder)
	if filepath.Clean(folder) == "." {
		of = "this folder"
	}
	outside := refusal{fmt.Sprintf("%s lies outside of %s", diag.Shorten(name), of), ErrOutside}
	inside, ok := relative(folder, name)
	if !ok {
		return nil, outside
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, refusal{fmt.Sprintf("the folder %s cannot be opened", diag.Shorten(folder)), nil}
	}
	defer func() { _ = root.Close() }()
	src, err := read(name, most, root.Stat, root.OpenFile, inside)
	if err != nil && leadsOut(root, inside, name) {
		return nil, outside
	}
	return src, err
}

// relative gives a name as seen from the folder, and whether it stays in it by
// its letters alone.
func relative(folder, name string) (string, bool) {
	from, errFrom := filepath.Abs(folder)
	to, errTo := filepath.Abs(name)
	if errFrom != nil || errTo != nil {
		return "", false
	}
	out, err := filepath.Rel(from, to)
	return out, err == nil && filepath.IsLocal(out)
}

// leadsOut tells whether a file is there that cannot be reached within the root.
func leadsOut(root *os.Root, inside, name string) bool {
	_, within := root.Stat(inside)
	_, anywhere := os.Stat(name)
	return within != nil && !errors.Is(within, fs.ErrNotExist) && anywhere == nil
}

// read reads the file at a name as stat and open know it.
func read(name string, most int, stat func(string) (fs.FileInfo, error), open func(string, int, fs.FileMode) (*os.File, error), at string) ([]byte, error) {
	info, err := stat(at) // to open a device may do something already
	if err == nil {
		err = plain(name, info)
	}
	if err != nil {
		return nil, said(name, err)
	}
	f, err := open(at, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe may have come in its place
	if err != nil {
		return nil, said(name, err)
	}
	defer f.Close()
	return whole(name, f, most)
}

// said gives the words for a file that cannot be opened.
func said(name string, err error) error {
	var r refusal
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, fs.ErrNotExist):
		return refusal{fmt.Sprintf("there is no file %s", diag.Shorten(name)), fs.ErrNotExist}
	}
	return refusal{fmt.Sprintf("%s cannot be opened", diag.Shorten(name)), nil}
}

// plain refuses what is no plain file.
func plain(name string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return refusal{fmt.Sprintf("%s is a folder, not a file", diag.Shorten(name)), nil}
	case !info.Mode().IsRegular():
		return refusal{fmt.Sprintf("%s is not a plain file", diag.Shorten(name)), nil}
	}
	return nil
}

// whole reads an open file to its end, and refuses it when it was written to
// meanwhile: half of the old text and half of the new would be read as one.
func whole(name string, f fs.File, most int) ([]byte, error) {
	before, err := f.Stat()
	if err != nil {
		return nil, said(name, err)
	}
	if err := plain(name, before); err != nil {
		return nil, err
	}
	src, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err != nil {
		return nil, refusal{fmt.Sprintf("%s cannot be read", diag.Shorten(name)), nil}
	}
	if len(src) > most {
		return nil, refusal{fmt.Sprintf("%s is larger than %d MiB", diag.Shorten(name), most>>20), nil}
	}
	after, err := f.Stat()
	if err != nil {
		return nil, said(name, err)
	}
	if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		return nil, refusal{fmt.Sprintf("%s was changed while it was read; try again when it is saved", diag.Shorten(name)), nil}
	}
	return src, nil
}
