package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// The parts that a run may be limited to.
const (
	legImport     = "import"
	legHot        = "hot"
	legCold       = "cold"
	legConversion = "conversion"
	legQuestions  = "questions"
)

// legNames lists the parts, in the order in which they are measured.
func legNames() []string {
	return []string{legImport, legHot, legCold, legConversion, legQuestions}
}

// legs are the parts that are measured; none named means all.
type legs struct{ names []string }

// include reports whether a part is measured.
func (l legs) include(name string) bool {
	return len(l.names) == 0 || slices.Contains(l.names, name)
}

// MarshalText lists the names with commas.
func (l legs) MarshalText() ([]byte, error) { return []byte(strings.Join(l.names, ",")), nil }

// UnmarshalText reads what MarshalText writes. A name that is none is an error.
func (l *legs) UnmarshalText(text []byte) error {
	l.names = nil
	for name := range strings.SplitSeq(string(text), ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !slices.Contains(legNames(), name) {
			return fmt.Errorf("there is no leg %q; the legs are %s", name, strings.Join(legNames(), ", "))
		}
		l.names = append(l.names, name)
	}
	return nil
}

// readLegs are the parts of reading that are measured.
func (b *bench) readLegs() (wanted []func(context.Context, *shelf) ([]ratio, error)) {
	for _, leg := range []struct {
		name    string
		measure func(context.Context, *shelf) ([]ratio, error)
	}{{legHot, b.hot}, {legCold, b.cold}, {legConversion, b.converting}, {legQuestions, b.questions}} {
		if b.only.include(leg.name) {
			wanted = append(wanted, leg.measure)
		}
	}
	return wanted
}
