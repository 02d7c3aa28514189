// Package profile writes down how files of one kind are read, for people to
// keep, name and pass on: every setting of package ingest as a small YAML
// mapping, in one order, and back again.
//
// It owns the form of that text and what a profile may be called. What a
// setting means is package ingest's, where profiles are kept is package
// store's; nothing here does any I/O.
package profile
