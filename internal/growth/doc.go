// Package growth owns what is computed from two or more levels: growth on the
// year or on the period before, yearly rates, contributions, shares, quotients,
// indices, and how far a target is reached.
//
// Ratios are exact; a percentage is rounded once, to two decimals, half away
// from zero, when it is handed over. What cannot be computed is a code and
// never a number: part of a year is not compared with a year, and nothing is
// scaled to fit.
//
// The package does not choose which levels to compare, knows nothing of
// vintages or of what an office reported, and converts no currency; whether a
// reported growth can be true is for package check.
package growth
