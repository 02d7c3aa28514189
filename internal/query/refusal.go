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

// conflict is the fault of two parameters that exclude each other.
func conflict(parameter, value, other, otherValue string) error {
	return fault.New(fault.Invalid, fault.ParameterConflict, "%s and %s exclude each other", parameter, other).
		Expect("one of the two").
		With(
			fault.Item{Code: fault.ParameterConflict, Parameter: parameter, Value: fault.Clip(value), Expected: "no " + other + " beside it"},
			fault.Item{Code: fault.ParameterConflict, Parameter: other, Value: fault.Clip(otherValue), Expected: "no " + parameter + " beside it"},
		)
}

// needsCurrency is the fault of a parameter that says how to convert where no
// currency is asked for.
func needsCurrency(parameter, value string) error {
	return fault.New(fault.Invalid, fault.ParameterConflict, "%s says how to convert, and no currency is asked for", parameter).
		Expect("a currency beside it").
		With(fault.Item{Code: fault.ParameterConflict, Parameter: parameter, Value: fault.Clip(value), Expected: "currency beside it"})
}

// needsFrequency is the fault of derive where nothing is asked for that could be
// derived.
func needsFrequency(value string) error {
	const expected = "frequency or accumulation beside it"
	return fault.New(fault.Invalid, fault.ParameterConflict, "derive says how periods of a frequency or accumulation are filled, and neither is asked for").
		Expect(expected).
		With(fault.Item{Code: fault.ParameterConflict, Parameter: "derive", Value: fault.Clip(value), Expected: expected})
}

// inOrder refuses a range whose end lies before its start: period_reversed.
func inOrder(start, end Day) error {
	if !start.Set || !end.Set || start.Date <= end.Date {
		return nil
	}
	from, to := start.Date.String(), end.Date.String()
	return fault.New(fault.Invalid, fault.PeriodReversed, "start is %s and end is %s", from, to).
		Expect("an end that is not before the start").
		With(
			fault.Item{Code: fault.PeriodReversed, Parameter: "start", Value: from, Expected: "no day after " + to},
			fault.Item{Code: fault.PeriodReversed, Parameter: "end", Value: to, Expected: "no day before " + from},
		)
}

// at adds to a fault which parameter it is of.
func at(err error, parameter, value string) error {
	f := *fault.From(err)
	f.Items = []fault.Item{{Code: f.Code, Parameter: parameter, Value: fault.Clip(value), Expected: f.Expected}}
	return &f
}
