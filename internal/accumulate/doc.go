// Package accumulate owns the step from figures that are cumulative from
// 1 January to those of the single periods between them.
//
// A single figure is the difference of two cumulative ones of the same
// vintage, and it is derived: it carries its half-width, the two it comes
// from, and, where it cannot be had, the reason and what is lacking. Nothing
// is guessed, spread or clamped, and a single figure that was published is
// never replaced.
//
// The package does not choose the vintage or the periods, and converts
// nothing.
package accumulate
