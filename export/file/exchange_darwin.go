package file

import "golang.org/x/sys/unix"

// exchange gives two folders each the name of the other, in one step where the
// file system can.
func exchange(fresh, name string) error {
	if err := unix.RenamexNp(fresh, name, unix.RENAME_SWAP); err == nil {
		return nil
	}
	return inTwoSteps(fresh, name)
}
