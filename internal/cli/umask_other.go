//go:build !unix

package cli

import "os"

// umask is nothing where there is none.
func umask() os.FileMode { return 0 }
