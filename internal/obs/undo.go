package obs

// UndoRequest asks to take a revision back.
type UndoRequest struct {
	Revision string // the id of the revision
	By       string // the name of the key or command that asks
	Message  string // for the public record
	Key      string // the client's idempotency key, empty when it sent none
}
