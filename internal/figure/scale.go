package figure

import "math/bits"

// ScaleUp returns n × 10^places, and false where that does not fit 64 bits or
// places is negative.
func ScaleUp(n uint64, places int) (uint64, bool) {
	if n == 0 && places >= 0 {
		return 0, true
	}
	if places < 0 || places > 19 {
		return 0, false
	}
	high, low := bits.Mul64(n, pow10(places))
	return low, high == 0
}
