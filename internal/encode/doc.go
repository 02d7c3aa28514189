// Package encode owns how an answer is written: the flat columns of a row, as
// JSON, as CSV and as a workbook, the envelope around the rows of JSON, the
// sheets behind those of a workbook, the file that an export is, and the JSON of
// small answers.
//
// Rows are appended straight to bytes. A number is the decimal text that it is
// stored as, whatever its length, and never passes through a binary fraction.
// The package decides nothing about the numbers and knows no HTTP.
package encode
