// Package crash proves that nothing acknowledged is lost and nothing partial
// is left, however an import ends. It is tests alone: they build the real
// binary, import a large file again and again, and each time kill the process
// (SQLite) or stop the server without a warning (PostgreSQL) while the file is
// read, while its figures are stored, or around the commit. Whatever the
// moment, afterwards the database passes verify, holds every row of the import
// or none, holds all of them when the import said so, and takes the import
// again. The same is asked of an import over HTTP whose server is killed and
// whose client repeats the request.
//
// BELLWETHER_CRASHES=full crashes often and with 400,000 rows; otherwise there
// are a few crashes with 40,000. What it does not prove is that a disk keeps
// what it was told to keep: no power is cut.
package crash
