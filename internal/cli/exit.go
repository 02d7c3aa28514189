package cli

import (
	"errors"

	"bellwether/internal/fault"
)

// The exit codes that scripts rely on.
const (
	exitDone         = 0
	exitFailed       = 1
	exitUsage        = 2
	exitRefused      = 3
	exitNotPublished = 4
)

// errNotPublished ends an import that was read and published nothing.
var errNotPublished = errors.New("read but not published")

// errShown marks an error whose items were printed with the report.
var errShown = errors.New("shown above")

// exitCode turns an error into the code that the process ends with.
func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errNotPublished) || fault.CodeOf(err) == fault.ImportHasQuestions {
		return exitNotPublished
	}
	switch fault.KindOf(err) {
	case fault.Refused, fault.TooLarge, fault.Conflict, fault.Unsupported:
		return exitRefused
	case fault.Invalid:
		return exitUsage
	default:
		return exitFailed
	}
}
