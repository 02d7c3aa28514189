package obs

import "bellwether/internal/figure"

// Derived says of a figure that no release states how it follows from others
// that do. Where it does not follow, it says what is missing.
type Derived struct {
	How       string       // such as "2013-01-01/P9M - 2013-H1", or "missing 2013-H1"
	HalfWidth figure.Value // exact, at the multiplier of the value
	Flags     []string     // what to know of it, such as negative_flow
}
