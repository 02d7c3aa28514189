// Package accumulate owns the steps between figures that are cumulative from
// 1 January and those of the single periods between them, both ways.
//
// A figure that nobody published follows from figures of the same vintage: as
// the difference of two cumulative ones, as the sum of those it consists of, or
// by the fewest that lead from its start to its end. It is derived: it carries
// its half-width, which is the sum of theirs, the figures it comes from, and,
// where it cannot be had, the reason and what is lacking. Nothing is guessed,
// spread or clamped, and a figure that was published is never replaced.
//
// Difference answers for the difference of two alone, Derive for every way.
//
// The package does not choose the vintage or the periods, and converts
// nothing.
package accumulate
