package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"bellwether/internal/check"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/sheet"
)

// warnOf warns of what was found where the file has part in it, and reports
// whether it has.
func (j *job) warnOf(f *check.Found) bool {
	place := filedPart(f)
	if place == nil {
		return false
	}
	w := Finding{Code: codeOf(f), Line: place.Line, Column: j.columnOf(place.Column)}
	if !j.warnings.full(w.Code) {
		w.Value = fault.Clip(f.Subject.Series.Code + " " + f.Subject.Period.String() + ": " + reported(f))
		w.Expected = expected(f)
	}
	j.warnings.add(w)
	return true
}

// filedPart returns the first figure of what was found that the file states.
func filedPart(f *check.Found) *check.Statement {
	parts := []*check.Statement{f.Claim, &f.Subject}
	for i := range f.Others {
		parts = append(parts, &f.Others[i])
	}
	for _, s := range append(parts, f.Prior) {
		if s != nil && s.Line > 0 {
			return s
		}
	}
	return nil
}

// columnOf is what a column is called in findings, counted from 1.
func (j *job) columnOf(column int) string {
	letters := sheet.Letters(column - 1)
	for _, c := range j.layout.columns {
		if c.Column == letters {
			return calledAs(c.Header, column-1)
		}
	}
	return letters
}

func codeOf(f *check.Found) fault.Code {
	switch {
	case f.Kind != check.OfClaim:
		return fault.Code(f.Class)
	case f.Class == check.PriceBasis:
		return fault.ClaimPriceBasis
	}
	return fault.ClaimContradicted
}

func reported(f *check.Found) string {
	if f.InPercent() {
		return written(f.Reported) + " %"
	}
	return written(f.Reported)
}

// expected says what the other figures make of the one that was reported.
func expected(f *check.Found) string {
	sign := ""
	if f.InPercent() {
		sign = " %"
	}
	between := fmt.Sprintf("%s%s (%s to %s)", written(f.Computed), sign, written(f.ComputedLow), written(f.ComputedHigh))
	gap := ", a gap of " + written(f.Gap) + " %"
	switch f.Class {
	case check.PriceBasis:
		return between + ", as the levels at current prices have it" + gap + " that prices can explain"
	case check.PartsTotalMismatch, check.PeriodsMismatch:
		return between + ", the sum of " + names(f)
	case check.PartsGrowthMismatch:
		return between + ", as " + names(f) + " and their growth have it"
	case check.LabelSuspect:
		return between + ", as " + names(f) + " has it at the average rate"
	case check.DatasetsDiffer:
		return between + ", as " + names(f) + " has it"
	}
	why := string(f.Class)
	if w := f.Why(); w != "" {
		why += ", " + w
	}
	if f.Guess() {
		why += ", a guess"
	}
	text := between + ", as the levels have it" + gap
	if f.ImpliedPrior != nil && f.Prior != nil {
		text += "; the prior is " + written(&f.Prior.Value) + " and would be " + written(f.ImpliedPrior)
	}
	return text + " (" + why + ")"
}

// names names the figures that stand against one: the series where the period
// is the same, else the periods.
func names(f *check.Found) string {
	var list []string
	for i := range f.Others {
		if i == maxNamed {
			list = append(list, strconv.Itoa(len(f.Others)-i)+" more")
			break
		}
		name := f.Others[i].Series.Code
		if f.Kind == check.OfPeriods {
			name = f.Others[i].Period.String()
		}
		list = append(list, name)
	}
	return strings.Join(list, " + ")
}

// maxNamed is how many figures a warning names.
const maxNamed = 12

func written(v *figure.Value) string {
	if v == nil {
		return "none"
	}
	return v.String()
}
