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
//
// # Workbooks
//
// Of an xlsx workbook one sheet is read, first by InspectWorkbook, then row by
// row by XLSX. What its cells say becomes text by these rules, so that the same
// table says the same whether it comes as a workbook or as CSV:
//
//   - A number is a binary double, written with up to 17 digits. Digits that
//     only say how the double is written are taken off: 1.1000000000000001 is
//     1.1. Only digits are worked on, never a double.
//   - Its number format says how many decimals are published: 118.7 in 0.00 is
//     118.70. A percent moves the point: 0.162 in 0.0% is 16.2%. Separators of
//     thousands are left out. Zeros in front and texts stand as the sheet shows
//     them: 2011 in 0"年" is 2011年.
//   - Where the format shows fewer decimals than the cell holds, it has to be
//     said which is meant: stored, or shown, which rounds half away from zero.
//     A format with a currency, one that divides by thousands, and one that
//     shows no decimal number (fractions, conditions, a word instead of the
//     number, a minus that is only a colour) is refused at its cell until the
//     same is said; the stored number under a format that divides is refused
//     even then.
//   - A date is written in ISO 8601 as far as its format shows it: a day, a
//     month, a year, a day with its time. What the format hides must be nothing
//     (the first of the month, midnight), a day without its year gets none, and
//     1900-02-29 is refused. Workbooks count from 1900 or from 1904.
//   - A text is its runs joined, without how they are pronounced.
//   - TRUE, FALSE and errors such as #N/A are refused at their cell; whoever
//     declares them for words of missing values takes them as texts.
//   - A formula is the text of the formula behind =, whatever result is kept
//     beside it.
//   - A merged value stands in its first cell. Merged cells among the rows
//     below the header, and values under merged cells, are refused.
//   - Hidden rows and columns are read as the others, and counted.
//   - Pictures, charts, comments and colours say nothing. Macros, embedded
//     objects, controls and links to other files or databases are refused.
package sheet
