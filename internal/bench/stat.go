package main

import (
	"slices"
	"strconv"
	"time"
)

// thousandths is a ratio in thousandths: 1042 is 1.042.
type thousandths int64

// speed says how fast a subject is beside a baseline, given what one operation
// of each takes: 500 is half as fast, 2000 twice. It is rounded half up. A
// subject that takes no time has no speed, and 0 stands for it.
func speed(subject, baseline time.Duration) thousandths {
	if subject <= 0 {
		return 0
	}
	return thousandths((2000*int64(baseline) + int64(subject)) / (2 * int64(subject)))
}

// String writes the ratio with three decimals.
func (r thousandths) String() string { return string(r.append(nil)) }

// MarshalJSON writes the ratio as a number of three decimals.
func (r thousandths) MarshalJSON() ([]byte, error) { return r.append(nil), nil }

func (r thousandths) append(dst []byte) []byte {
	if r < 0 {
		dst, r = append(dst, '-'), -r
	}
	dst = strconv.AppendInt(dst, int64(r/1000), 10)
	dst = append(dst, '.')
	return append(dst, strconv.Itoa(1000 + int(r%1000))[1:]...)
}

// spread is the middle of some measurements, and between which they lie.
type spread[N ~int64] struct {
	Median N `json:"median"`
	Min    N `json:"min"`
	Max    N `json:"max"`
}

// spreadOf returns the spread of measurements, the zero spread of none. The
// median of an even number of them is the mean of the middle two, rounded
// toward zero.
func spreadOf[N ~int64](measured []N) spread[N] {
	if len(measured) == 0 {
		return spread[N]{}
	}
	sorted := slices.Clone(measured)
	slices.Sort(sorted)
	middle := len(sorted) / 2
	s := spread[N]{Median: sorted[middle], Min: sorted[0], Max: sorted[len(sorted)-1]}
	if len(sorted)%2 == 0 {
		s.Median = sorted[middle-1] + (sorted[middle]-sorted[middle-1])/2
	}
	return s
}

// speeds returns the speed of a subject beside a baseline round by round, so
// that what slows down a whole round cancels.
func speeds(subject, baseline []time.Duration) []thousandths {
	ratios := make([]thousandths, len(subject))
	for i := range subject {
		ratios[i] = speed(subject[i], baseline[i])
	}
	return ratios
}
