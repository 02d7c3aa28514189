package fault

// The codes of the configuration and the command line.
const (
	ConfigInvalid Code = "config_invalid" // a setting holds something that it cannot
	ConfigUnknown Code = "config_unknown" // no setting has this name
	UsageError    Code = "usage"          // the command's words are off
)
