package input

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
)

// place makes files and links in a fresh folder and goes there; a text that
// begins with -> is where a link leads, with INSIDE for that folder.
func place(t *testing.T, files map[string]string) {
	t.Helper()
	folder := t.TempDir()
	t.Chdir(folder)
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if to, link := strings.CutPrefix(text, "->"); link {
			err = os.Symlink(strings.ReplaceAll(to, "INSIDE", folder), name)
		} else {
			err = os.WriteFile(name, []byte(text), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestWithinAFolderOnlyWhatLiesThereIsRead(t *testing.T) {
	place(t, map[string]string{
		"mine/plain": "text", "mine/below/deep": "text", "secret": "secret", "mine/loop": "->loop", "mine/gone": "->nothing",
		"mine/link": "->below/deep", "mine/up-and-down": "->../mine/plain", "mine/out": "->../secret", "mine/folder-out": "->..", "mine/absolute": "->/etc/passwd",
		"mine/absolute-inside": "->INSIDE/mine/plain", "mine/device": "->/dev/zero", "beside/x": "text", "mine2/x": "text",
	})
	if err := syscall.Mkfifo("mine/pipe", 0o644); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"mine/plain": "", "mine/below/deep": "", "mine/below/../plain": "", "mine/link": "", here + "/mine/plain": "", "mine/../mine/plain": "",
		"mine/../secret": "outside", "secret": "outside", here + "/secret": "outside", "/etc/passwd": "outside", "/dev/zero": "outside", "mine2/x": "outside",
		"mine/out": "outside", "mine/folder-out/secret": "outside", "mine/absolute": "outside", "mine/device": "outside", "mine/absolute-inside": "outside",
		"mine/up-and-down": "outside", // its way leads over the folder above
		"mine/nothing":     "there is no file", "mine/gone": "there is no file", "mine/loop": "cannot be opened", "mine/folder-out/nothing": "cannot be opened",
		"mine/pipe": "is not a plain file", "mine/below": "is a folder", "mine": "is a folder", "mine/a\x00b": "cannot be opened",
	} {
		src, err := ReadWithin("mine", name, 100)
		switch {
		case want == "" && (err != nil || string(src) != "text"):
			t.Errorf("%q: %q, %v", name, src, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%q: error %v, want %q", name, err, want)
		}
		if errors.Is(err, ErrOutside) != (want == "outside") || errors.Is(err, fs.ErrNotExist) != (want == "there is no file") {
			t.Errorf("%q: the error %v is not of its kind", name, err)
		}
	}
}

func TestAFileHasAsManyBytesAsAreAllowed(t *testing.T) {
	place(t, map[string]string{"four": "1234"})
	if src, err := Read("four", 4); err != nil || len(src) != 4 {
		t.Errorf("%q, %v", src, err)
	}
	if _, err := Read("four", 3); err == nil || !strings.Contains(err.Error(), "four is larger than") {
		t.Errorf("error %v", err)
	}
}

// saved is a file that somebody saves when it has been read to its end.
type saved struct {
	fs.File
	after fs.FileInfo
	asked int
}

func (s *saved) Stat() (fs.FileInfo, error) {
	if s.asked++; s.asked > 1 {
		return s.after, nil
	}
	return s.File.Stat()
}

func TestAFileThatIsChangedWhileItIsReadIsRefused(t *testing.T) {
	when := time.Date(2018, 12, 10, 9, 0, 0, 0, time.UTC)
	for name, is := range map[string]*fstest.MapFile{
		"the same":    {Data: []byte("1234"), ModTime: when},
		"longer":      {Data: []byte("12345"), ModTime: when},
		"saved anew":  {Data: []byte("4321"), ModTime: when.Add(time.Millisecond)},
		"set back":    {Data: []byte("4321"), ModTime: when.Add(-time.Hour)},
		"cut to none": {ModTime: when},
	} {
		disk := fstest.MapFS{"was": {Data: []byte("1234"), ModTime: when}, "is": is}
		f, err := disk.Open("was")
		if err != nil {
			t.Fatal(err)
		}
		after, err := disk.Stat("is")
		if err != nil {
			t.Fatal(err)
		}
		_, err = whole("plan.json", &saved{File: f, after: after}, 100)
		if said := err != nil && strings.Contains(err.Error(), "plan.json was changed while it was read"); said == (name == "the same") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
