package fault

// Code names a cause. Codes are stable: programs match on them, openapi.yaml
// lists every one, and a code is never used for a second meaning.
type Code string

// The codes of requests and of the service itself.
const (
	InternalError Code = "internal_error" // a defect here; the log has it
)
