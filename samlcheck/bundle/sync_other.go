//go:build !linux

package bundle

import (
	"errors"
	"os"
	"path/filepath"
)

// syncAll waits until all that was written below a folder is on the disk: file
// by file, where the system knows no other way.
func syncAll(dir string) error {
	names, err := filesIn(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		f, err := os.OpenFile(filepath.Join(dir, filepath.FromSlash(name)), os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return syncDir(dir)
}
