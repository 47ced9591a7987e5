package file_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"plenary/export/file"
)

func TestKeepNeverTouchesAFileThatIsThere(t *testing.T) {
	name := filepath.Join(t.TempDir(), "mine")
	if err := os.WriteFile(name, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := file.Write(name, []byte("new"), file.Keep); !errors.Is(err, file.ErrExists) {
		t.Errorf("error %v, want ErrExists", err)
	}
	if got := content(t, name); got != "mine" {
		t.Errorf("the file now holds %q", got)
	}
}

func TestReplacePutsNewContentInPlace(t *testing.T) {
	name := filepath.Join(t.TempDir(), "old")
	for _, text := range []string{"first", "second"} {
		if err := file.Write(name, []byte(text), file.Replace); err != nil {
			t.Fatal(err)
		}
		if got := content(t, name); got != text {
			t.Errorf("the file holds %q, want %q", got, text)
		}
	}
}

func TestAFailedWriteLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"folder", filepath.Join("nowhere", "x")} {
		if err := file.Write(filepath.Join(dir, name), []byte("text"), file.Replace); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("in the folder: %v, %v; want only the folder that was there", entries, err)
	}
}

func content(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}
