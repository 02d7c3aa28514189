package query

// Warned is a refusal with what a reader should know of what was refused.
type Warned struct {
	Err      error
	Warnings []Warning
}

// warned returns the refusal, as Warned where there is anything to know.
func warned(err error, warnings []Warning) error {
	if len(warnings) == 0 {
		return err
	}
	return &Warned{err, warnings}
}

// Error is that of the refusal.
func (w *Warned) Error() string { return w.Err.Error() }

// Unwrap returns the refusal.
func (w *Warned) Unwrap() error { return w.Err }
