package query

import (
	"bellwether/internal/fault"
)

// invalid is the fault of a parameter whose value is not one that it takes.
func invalid(parameter, value, expected string) error {
	return fault.New(fault.Invalid, fault.InvalidParameter, "%s cannot be %q", parameter, fault.Clip(value)).
		Expect("%s", expected).
		With(fault.Item{Code: fault.InvalidParameter, Parameter: parameter, Value: fault.Clip(value), Expected: expected})
}

// conflict is the fault of a parameter that another one excludes.
func conflict(parameter, value, other string) error {
	return fault.New(fault.Invalid, fault.ParameterConflict, "%s and %s exclude each other", parameter, other).
		Expect("one of the two").
		With(fault.Item{Code: fault.ParameterConflict, Parameter: parameter, Value: fault.Clip(value), Expected: "no " + other + " beside it"})
}

// at adds to a fault which parameter it is of.
func at(err error, parameter, value string) error {
	f := *fault.From(err)
	f.Items = []fault.Item{{Code: f.Code, Parameter: parameter, Value: fault.Clip(value), Expected: f.Expected}}
	return &f
}
