package obs

import "time"

// Profile is one version of how files of one kind are read, as somebody kept
// it under a name.
type Profile struct {
	Name    string
	Version int    // from 1
	Text    string // empty where nobody is to use it from this version on
	At      time.Time
	By      string
}

// ProfileChange is what somebody wants to keep under a name.
type ProfileChange struct {
	Name string
	Text string // empty to retire it
	By   string
	Over *int // the version that it is to follow, 0 where none is in use; nil: whichever
}

// Retired reports whether nobody is to use it any more.
func (p Profile) Retired() bool { return p.Text == "" }
