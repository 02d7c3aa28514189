package obs

import "time"

// FetchState is what happened when the file of a feed was taken from its
// publisher.
type FetchState string

// The states of a taking. One that has begun and neither ended nor failed is
// under way, or whoever did it was stopped.
const (
	FetchBegun     FetchState = "begun"
	FetchUnchanged FetchState = "unchanged" // the publisher has had nothing new
	FetchImported  FetchState = "imported"  // the file was imported, or stands already
	FetchFailed    FetchState = "failed"    // no file came, or it was refused
)

// FetchKey names what is taken: the file of a feed at an address.
type FetchKey struct {
	Feed    string
	Address string
}

// FetchEnd is what a taking brought.
type FetchEnd struct {
	What     FetchState
	ETag     string // with Modified the publisher's mark of the file, as it wrote it
	Modified string
	New      int    // rates that were not there before
	Import   string // the one that it brought or repeated; empty: none
	Detail   string // why it failed
}

// FetchLog is what is known of earlier takings. The zero value says that there
// was none.
type FetchLog struct {
	N        int // how much has happened; whoever begins after it is the only one
	At       time.Time
	By       string   // who took it last
	Last     FetchEnd // what happened last, without the mark
	Answered time.Time
	Tried    time.Time // when it last began after it was last answered; zero: not since
	Tries    int       // how often it began since
	ETag     string    // with Modified the mark of the file whose rates are here
	Modified string
}
