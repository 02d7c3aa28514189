// Package store keeps everything that the service holds in one database,
// SQLite or PostgreSQL, and answers reads for a point of the two times.
//
// It owns the SQL, the order of writing, the number of the newest change, the
// originals, and what becomes of a database that is busy or lost. It returns
// domain types and faults; nothing of a driver leaves it. It knows no rule of
// the figures themselves: values are texts that are stored and handed back,
// and SQL neither compares nor adds them.
//
// Writing is one at a time. A revision takes the next number and an instant
// after the one before it, so that numbers, instants and commits are in one
// order, and a state that was answered once can be answered again for ever.
package store
