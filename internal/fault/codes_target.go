package fault

// The codes of targets.
const (
	ActualMissing Code = "actual_missing" // no series has the figures of what the target is set for
)
