package file_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"plenary/export/file"
)

// names gives what lies in a folder.
func names(t *testing.T, folder string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestAFolderIsWrittenWholeAndReplacedWhole(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "evidence")
	first := map[string][]byte{"marker": []byte("1"), "only in the first": []byte("x")}
	if err := file.WriteFolder(folder, "marker", first, file.Keep); err != nil {
		t.Fatal(err)
	}
	if err := file.WriteFolder(folder, "marker", first, file.Keep); !errors.Is(err, file.ErrExists) {
		t.Errorf("error %v, want ErrExists", err)
	}
	if err := file.WriteFolder(folder+"/", "marker", map[string][]byte{"marker": []byte("2")}, file.Replace); err != nil {
		t.Fatal(err)
	}
	if got := names(t, folder); len(got) != 1 || content(t, filepath.Join(folder, "marker")) != "2" {
		t.Errorf("in the folder: %v; want the second content alone", got)
	}
	if got := names(t, parent); len(got) != 1 {
		t.Errorf("beside the folder: %v; want nothing left behind", got)
	}
}

func TestAFolderOfSomethingElseIsNeverReplaced(t *testing.T) {
	parent := t.TempDir()
	mine := filepath.Join(parent, "mine")
	if err := os.Mkdir(mine, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(mine, "letter"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{mine, filepath.Join(mine, "letter"), filepath.Join(parent, "nowhere", "evidence")} {
		if err := file.WriteFolder(name, "marker", map[string][]byte{"marker": nil}, file.Replace); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	if got := content(t, filepath.Join(mine, "letter")); got != "mine" {
		t.Errorf("the letter now holds %q", got)
	}
	if got := names(t, parent); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
}
