// Package period owns the periods that figures speak of: half-open intervals
// of civil days, how people and machines write them, and how they compare and
// move.
//
// A period is its interval and nothing else. January to March is the first
// quarter, January to June the first half, January to December the year; there
// is no flag that says "cumulative". Every period has one canonical text that
// parses back to the same interval.
//
// The package knows nothing of instants, clocks or time zones, and nothing of
// the figures that stand on a period.
package period
