// Package figure owns a published number: the decimal text as it was printed,
// with its published decimals and its multiplier, and how number cells and
// unit cells are read.
//
// A figure is exact decimal text. It keeps its trailing zeros, because they
// say how precise it is: 118.70 is 118.7 to a hundredth. Nothing here passes
// through a binary fraction, and nothing is read that a file's profile did not
// declare.
//
// The package does not know periods, series or currencies' rates; the list of
// units that an office uses comes in from outside.
package figure
