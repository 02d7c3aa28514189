// Package sheet turns the bytes of a file into rows of cells that know where
// they stand: the physical line, the row as a spreadsheet counts it, the
// column.
//
// It owns encodings, byte-order marks, line endings, delimiters, quotes and
// the limits on bytes, rows, columns and cells, and it refuses what other
// readers repair in silence. It does not know what a cell means, and never
// changes a cell's text.
//
// A file is read in two steps: Inspect looks at every byte and says whether
// they are text at all; CSV then gives the rows one after the other, in memory
// that does not grow with the file.
package sheet
