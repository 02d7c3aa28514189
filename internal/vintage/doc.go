// Package vintage owns the two times of a figure, when the office published it
// and when this service recorded it, and the rule which version of a figure is
// in force at a point of the two.
//
// It reads the texts of instants, prints points as opaque tokens, and holds
// Log, a plain model of the whole rule: slow, in memory and easy to check by
// eye, against which a store that answers from a database is tested.
//
// It stores nothing, reads no clock, and knows nothing of numbers: a value is
// a text here.
package vintage
