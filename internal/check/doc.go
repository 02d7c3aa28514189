// Package check owns the exact tests whether what was reported can be true:
// a reported growth against the levels of its two periods, and the growth of
// parts against that of their total.
//
// A figure stands for every number that rounds to it, so a test asks whether
// some numbers within the rounding fit, in closed intervals and fractions.
// What does not fit is sorted by what could explain it. An explanation by size
// alone is a guess and is marked as one.
//
// The package finds no levels or claims by itself and changes none; growth
// that is computed from levels is in package growth.
package check
