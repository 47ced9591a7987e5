package file_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"plenary/export/file"
)

// Between the look and the writing lies a search of minutes, in which somebody
// else may write the same file. Nobody's work is lost.
func TestWhatSomebodyWroteMeanwhileStays(t *testing.T) {
	theirs := func(t *testing.T, name string) {
		t.Helper()
		if err := file.Write(name, []byte("theirs"), file.Replace); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		before    bool
		mode      file.Mode
		meanwhile func(*testing.T, string)
		want      error
		left      string
	}{
		"nobody":                   {true, file.Replace, func(*testing.T, string) {}, nil, "ours"},
		"nobody, and a new file":   {false, file.Keep, func(*testing.T, string) {}, nil, "ours"},
		"replaced":                 {true, file.Replace, theirs, file.ErrChanged, "theirs"},
		"a new one, to keep":       {false, file.Keep, theirs, file.ErrExists, "theirs"},
		"a new one, to replace":    {false, file.Replace, theirs, file.ErrChanged, "theirs"},
		"written into, same bytes": {true, file.Replace, func(t *testing.T, name string) { touch(t, name, time.Now().Add(time.Hour)) }, file.ErrChanged, "before"},
		"written, clock set back":  {true, file.Replace, func(t *testing.T, name string) { touch(t, name, time.Now().Add(-time.Hour)) }, file.ErrChanged, "before"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			plan, calendar := filepath.Join(folder, "plan"), filepath.Join(folder, "calendar")
			if c.before {
				if err := os.WriteFile(plan, []byte("before"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			both := []file.Content{{look(t, calendar, file.Keep), []byte("ours")}, {look(t, plan, c.mode), []byte("ours")}}
			c.meanwhile(t, plan)
			if err := file.WriteAll(both); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if got := content(t, plan); got != c.left {
				t.Errorf("the file holds %q, want %q", got, c.left)
			}
			if _, err := os.Stat(calendar); (err == nil) != (c.want == nil) {
				t.Errorf("the calendar that belongs to it: %v", err)
			}
		})
	}
}

func touch(t *testing.T, name string, when time.Time) {
	t.Helper()
	if err := os.Chtimes(name, when, when); err != nil {
		t.Fatal(err)
	}
}

func TestWhatAKilledProgramLeftIsTakenAwayADayLater(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{".plenary-1", ".plenary-2", ".plenary-3/new", ".plenary-4/old", "mine"} {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{".plenary-1", ".plenary-3", ".plenary-4", "mine"} {
		touch(t, filepath.Join(folder, name), time.Now().Add(-25*time.Hour))
	}
	if err := file.Write(filepath.Join(folder, "plan"), nil, file.Keep); err != nil {
		t.Fatal(err)
	}
	// .plenary-2 may be somebody's at this moment; in .plenary-4 may lie the only
	// copy of a folder that was being replaced.
	want := []string{".plenary-2", ".plenary-4", "mine", "plan"}
	if got := names(t, folder); len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("left: %v, want %v", got, want)
	}
}

func TestOnlyPlainFilesAreReplaced(t *testing.T) {
	for _, name := range []string{os.DevNull, t.TempDir()} {
		if _, err := file.Look(name, file.Replace); err == nil {
			t.Errorf("%s would be replaced", name)
		}
	}
}
