package fault

// The codes of questions.
const (
	UnknownObservation Code = "unknown_observation" // the series has no figure for that period
	UnknownFeed        Code = "unknown_feed"        // no feed of exchange rates has that code
	UnknownField       Code = "unknown_field"       // no column of a row has that name
	CursorInvalid      Code = "cursor_invalid"      // the cursor was not given out, or for another question
)

// UnknownSeries is the code of a series that is not there for this reader. A
// reader meets one code for everything that is named and unknown.
const UnknownSeries = UnknownCode
