//go:build unix

package cli

import (
	"os"
	"syscall"
)

// umask is what new files of this process lack. It can only be read by
// setting it.
func umask() os.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return os.FileMode(mask)
}
