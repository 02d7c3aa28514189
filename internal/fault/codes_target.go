package fault

// The codes of targets.
const (
	ActualMissing       Code = "actual_missing"       // no series has the figures of what the target is set for
	DirectionUndeclared Code = "direction_undeclared" // whether a rate or an index is to rise or to fall to its target is not said
)
