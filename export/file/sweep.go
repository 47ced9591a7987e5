package file

import (
	"os"
	"path/filepath"
	"time"
)

// staged is how files and folders are called until they are whole.
const staged = ".plenary-*"

// abandoned is how long nobody has touched what a program that was killed left
// behind; what a running one writes is younger.
const abandoned = 24 * time.Hour

// sweep takes away what programs that were killed left in a folder. It may hold the
// only copy of something where a folder was being replaced: that stays.
func sweep(folder string) {
	left, _ := filepath.Glob(filepath.Join(folder, staged))
	for _, name := range left {
		info, err := os.Lstat(name)
		if err != nil || time.Since(info.ModTime()) < abandoned {
			continue
		}
		if _, err := os.Lstat(filepath.Join(name, replaced)); err != nil {
			os.RemoveAll(name)
		}
	}
}
