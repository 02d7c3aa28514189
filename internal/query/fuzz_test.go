package query_test

import (
	"context"
	"strconv"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/query"
)

// FuzzCursor reads any text as a cursor: it is refused, or it leads to the
// state that it was given out for.
func FuzzCursor(f *testing.F) {
	a := ask(f, levels(f, "gdp.cn.cny", "2012", "2013"))
	now := a.now().Token
	given := a.observations(a.now(), query.Question{Limit: 1}).Next
	for _, seed := range []string{given, "", "-", "a-b-c", given + "-", "0-" + given, now + "-zzzzzzzzzz-1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := a.At(context.Background(), query.When{Cursor: text})
		switch {
		case err == nil && m.Token != now:
			t.Errorf("At(%q) leads to %s, want %s", text, m.Token, now)
		case err != nil && fault.CodeOf(err) != fault.CursorInvalid:
			t.Errorf("At(%q) = %v, want %s", text, err, fault.CursorInvalid)
		}
	})
}

// FuzzParseScale reads any text as a scale: what is read as an exponent reads
// back as itself.
func FuzzParseScale(f *testing.F) {
	for _, seed := range []string{"9", "-3", "100", "billion", "万", "+9", "1e9", "61"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		scale, err := query.ParseScale(text)
		if err != nil {
			if fault.CodeOf(err) != fault.InvalidParameter {
				t.Errorf("ParseScale(%q) = %v, want %s", text, err, fault.InvalidParameter)
			}
			return
		}
		if again, err := query.ParseScale(strconv.Itoa(scale.Power)); err != nil || again != scale {
			t.Errorf("ParseScale(%q) is %v, which reads back as %v, %v", text, scale, again, err)
		}
	})
}
