package fault

// The codes of instants and of states.
const (
	AsOfInFuture           Code = "as_of_in_future"          // the point that is asked for lies after now
	InstantUnrecognised    Code = "instant_unrecognised"     // neither a date nor an RFC 3339 instant
	PublicationTimeMissing Code = "publication_time_missing" // a publication on a future day, and no time of day
	UnknownState           Code = "unknown_state"            // a state token that was never given out
)
