package bundle

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// syncAll waits until all that was written below a folder is on the disk. One
// call does it for the whole file system, with whatever others wrote there.
func syncAll(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(unix.Syncfs(int(d.Fd())), d.Close()) //nolint:gosec // a file descriptor is small
}
