// Package ingest turns the cells of a file into observations and rates, and
// publishes them all or not at all.
//
// It owns what the columns of a file may be called and mean, how a row is
// read, every check that a file must pass, the report of what was understood
// and what would change, and the order of work: read the file once to check
// everything and report all errors together, read it again to hand the
// observations to the store. Memory does not grow with the file.
//
// It knows nothing of SQL and of HTTP: Store is what it needs of a database,
// File what it needs of an upload. How bytes become cells is package sheet's.
package ingest
