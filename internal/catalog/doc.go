// Package catalog owns the words of the service: its indicators, areas, units,
// datasets, dimensions and items, their names in English and Chinese, what
// else they are called, and what is known of each, as an immutable value.
//
// It reads catalogue files from bytes, merges an office's own entries into
// them, refuses what contradicts itself, finds the entry that a text means and
// the entries that it nearly means. It opens no file, knows no series and
// stores nothing; the embedded files are package data's.
package catalog
