// Package fault is the one error type of the service: a closed list of kinds,
// a stable code, and where in a file or request the fault lies.
//
// Domain packages raise faults; only package api turns a kind into an HTTP
// status and only package cli into an exit code. The code is what programs
// match on; the detail is for people and never carries driver text, paths or
// stacks. The package owns no rule of the domain.
package fault

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of fault it is. The list is closed.
type Kind uint8

// The kinds, each with what it tells the one who asked.
const (
	Internal        Kind = iota // a defect here; asking again does not help
	Invalid                     // the request cannot be understood; ask differently
	Unauthenticated             // a key is needed and none, or none that is good, came
	Forbidden                   // the key is good and may not do this
	NotFound                    // what was named is not there for this reader
	NotAcceptable               // none of the accepted formats can be given
	Conflict                    // what was asked contradicts what stands
	TooLarge                    // over a limit that the detail names
	Unsupported                 // the media type of the body is not one that is read
	Refused                     // the input was read whole and refused
	Limited                     // too many requests; RetryAfter says when
	Unavailable                 // the database is busy or lost; RetryAfter says when
)

// Item is one finding inside a fault: a parameter of a request or a cell of a
// file, what stands there and what was expected instead.
type Item struct {
	Code      Code
	Parameter string // the request parameter, empty for a cell
	Sheet     string // the sheet's name, empty for CSV
	Line      int    // physical line or sheet row, from 1; 0 when it has none
	Column    string // the header's text, or the column's letter where no header names it
	Cell      string // the coordinate, such as E14; empty when it is not one cell
	Value     string // the text that stands there, cut to 128 bytes
	Expected  string // what to write instead
}

// Error is a fault. Detail is one sentence for people; Err is the cause for
// the log and is never shown to the one who asked.
type Error struct {
	Kind       Kind
	Code       Code
	Detail     string
	Expected   string
	Items      []Item
	RetryAfter time.Duration
	Err        error
}

// New returns a fault with a formatted detail.
func New(kind Kind, code Code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// Wrap returns a fault that keeps err as its cause.
func Wrap(err error, kind Kind, code Code, format string, args ...any) *Error {
	e := New(kind, code, format, args...)
	e.Err = err
	return e
}

// Expect sets what should have been written instead and returns e.
func (e *Error) Expect(format string, args ...any) *Error {
	e.Expected = fmt.Sprintf(format, args...)
	return e
}

// With adds items and returns e.
func (e *Error) With(items ...Item) *Error {
	e.Items = append(e.Items, items...)
	return e
}

// Error gives the code and the detail, and the cause behind them.
func (e *Error) Error() string {
	s := string(e.Code)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// From returns the fault inside err, or an Internal one that wraps it. It is
// nil for a nil err.
func From(err error) *Error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return Wrap(err, Internal, InternalError, "something went wrong here; the log has it")
}

// KindOf returns the kind of the fault inside err; any other error is Internal.
func KindOf(err error) Kind { return From(err).Kind }

// CodeOf returns the code of the fault inside err, or "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	return From(err).Code
}
