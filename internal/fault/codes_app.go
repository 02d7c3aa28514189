package fault

// The codes of the configuration and the command line.
const (
	ConfigInvalid     Code = "config_invalid"     // a setting holds something that it cannot
	ConfigUnknown     Code = "config_unknown"     // no setting has this name
	AddressInUse      Code = "address_in_use"     // something else serves on the address
	ServerUnreachable Code = "server_unreachable" // the remote service does not answer as one
	SampleRefused     Code = "sample_refused"     // the database holds something else than the sample
	VerifyFailed      Code = "verify_failed"      // the database breaks a rule of its own
	FileUnreadable    Code = "file_unreadable"    // the file is not there or may not be read
	FileUnwritable    Code = "file_unwritable"    // the file cannot be written there
	UsageError        Code = "usage"              // the command's words are off
)
