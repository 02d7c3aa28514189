package fault

// The codes of keys.
const (
	KeyInvalid Code = "key_invalid" // the key is none of this service, or revoked, or over its time
)
