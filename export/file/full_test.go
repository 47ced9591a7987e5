package file_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"plenary/export/file"
)

// The limit on the size of files stands for a disk that is full: the second
// file does not fit.
func TestOfFilesThatBelongTogetherAFullDiskLeavesNone(t *testing.T) {
	for _, mode := range []file.Mode{file.Keep, file.Replace} {
		dir := t.TempDir()
		small, large := filepath.Join(dir, "plan"), filepath.Join(dir, "calendar")
		if mode == file.Replace {
			for _, name := range []string{small, large} {
				if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		before := names(t, dir)
		err := limited(t, 1<<20, func() error {
			return file.WriteAll([]file.Content{{look(t, small, mode), []byte("new")}, {look(t, large, mode), make([]byte, 2<<20)}})
		})
		if err == nil {
			t.Fatal("it is written beyond the limit")
		}
		if got := names(t, dir); len(got) != len(before) {
			t.Errorf("in the folder: %v, before it was %v", got, before)
		}
		if mode == file.Replace && content(t, small) != "old" {
			t.Errorf("the first file holds %q; without the second it stays as it was", content(t, small))
		}
	}
}

// look looks at a place that is free for the file.
func look(t *testing.T, name string, mode file.Mode) file.Spot {
	t.Helper()
	spot, err := file.Look(name, mode)
	if err != nil {
		t.Fatal(err)
	}
	return spot
}

// limited runs with a limit in bytes on the size of files.
func limited(t *testing.T, most uint64, run func() error) error {
	t.Helper()
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: most, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	err := run()
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	return err
}
