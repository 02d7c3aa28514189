package sheet_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/sheet"
)

func TestNeutralised(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "=A1": "'=A1", "+1": "'+1", "-1": "'-1", "@now": "'@now", "\tx": "'\tx", "\rx": "'\rx",
		"'=A1": "''=A1", "''-": "'''-", "'": "'", "'s": "'s", "a=1": "a=1", " =1": " =1", "年": "年",
	} {
		if got := sheet.Neutralised(text); got != want {
			t.Errorf("Neutralised(%q) = %q, want %q", text, got, want)
		}
		if got := sheet.Unneutralised(want); got != text {
			t.Errorf("Unneutralised(%q) = %q, want %q", want, got, text)
		}
	}
	for _, cell := range []string{"=A1", "'s-Hertogenbosch", "''", "-"} {
		if got := sheet.Unneutralised(cell); got != cell {
			t.Errorf("Unneutralised(%q) = %q, want it as it is: nobody put an apostrophe in front", cell, got)
		}
	}
}

func TestEveryTextComesBackAndNoneMayRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("'=+-@\t\ra 年"))).Draw(t, "text")
		cell := sheet.Neutralised(text)
		if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
			t.Errorf("Neutralised(%q) = %q, which a spreadsheet runs", text, cell)
		}
		if got := sheet.Unneutralised(cell); got != text {
			t.Errorf("Unneutralised(Neutralised(%q)) = %q", text, got)
		}
	})
}
