package fault

// The codes of targets.
const (
	ActualMissing       Code = "actual_missing"       // no series has the figures of what the target is set for
	BaseNotEarlier      Code = "base_not_earlier"     // the road to a target is measured from a figure that is not earlier than the present one
	DirectionUndeclared Code = "direction_undeclared" // whether a rate or an index is to rise or to fall to its target is not said
)
