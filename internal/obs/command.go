package obs

// The names under which the service's own commands write. They may write
// everything, and no key has one.
const (
	CommandLine = "command line"
	Sample      = "sample"
	Schedule    = "schedule"
)

// IsCommand reports whether a name is that of a command and not of a key.
func IsCommand(name string) bool { return name == CommandLine || name == Sample || name == Schedule }
