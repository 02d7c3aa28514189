package profile_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/profile"
)

func TestWhatIsPrintedIsReadBack(t *testing.T) {
	word := rapid.OneOf(rapid.SampledFrom([]string{"no", "null", "~", "1e3", "01-04", "…", ":", " ", "- x", "a: b", "#", "\"", "'", "年", "true", "0x1F", "<<", "*a", "&a", "!t", "|", "%"}), rapid.StringMatching(`[ -~]{1,12}`))
	rapid.Check(t, func(t *rapid.T) {
		settings := ingest.Settings{
			SkipLines:    rapid.IntRange(0, 1000).Draw(t, "skip"),
			UnitsRow:     rapid.Bool().Draw(t, "units row"),
			Delimiter:    rapid.SampledFrom([]string{"", ",", ";", "tab", "|", ":"}).Draw(t, "delimiter"),
			TotalLabels:  rapid.SliceOfN(word, 1, 3).Draw(t, "totals"),
			Columns:      map[string]string{word.Draw(t, "header"): "value"},
			LabelColumns: rapid.SliceOfN(word, 1, 3).Draw(t, "labels"),
			Number:       ingest.Number{Exponent: rapid.Bool().Draw(t, "exponent"), Missing: map[string]string{"n/" + word.Draw(t, "missing"): "zero"}},
			Period:       ingest.PeriodNotation{FiscalStart: "04-01", FiscalNamedBy: "start"},
		}
		if settings.Check() != nil {
			t.Skip("no file can be read with these")
		}
		text, err := profile.Print(settings, map[string]string{"delimiter": "the first line has three"})
		if err != nil {
			t.Fatal(err)
		}
		back, err := profile.Parse(text)
		if err != nil {
			t.Fatalf("Parse(%s): %v", text, err)
		}
		if back.Canonical() != settings.Canonical() {
			t.Fatalf("%s reads as\n%s, want\n%s", text, back.Canonical(), settings.Canonical())
		}
	})
}

func TestEveryKeyIsPrinted(t *testing.T) {
	text, err := profile.Print(ingest.Settings{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range ingest.SettingKeys() {
		name := k.Field[strings.LastIndex(k.Field, ".")+1:]
		if !strings.Contains("\n"+string(text), "\n"+name+": ") && !strings.Contains(string(text), "\n  "+name+": ") {
			t.Errorf("%s is not in\n%s", k.Field, text)
		}
	}
}

func TestWhatIsNoProfileIsRefusedWithItsLine(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       fault.Code
		line       int
	}{
		{"no mapping", "- a\n", fault.ProfileSyntax, 1},
		{"not YAML", "skip_lines: 1\ndelimiter: ;\nencoding: [a\nsheet: b\n", fault.ProfileSyntax, 3},
		{"a key behind a list", "skip_lines: 1\n- a\n", fault.ProfileSyntax, 2},
		{"a value behind a value", "skip_lines: 1\n\nsheet: a: b\n", fault.ProfileSyntax, 3},
		{"a tab", "skip_lines: 1\nnumber:\n\tdecimal: ','\n", fault.ProfileSyntax, 3},
		{"a quote that never closes", "skip_lines: 1\nsheet: \"a\n", fault.ProfileSyntax, 2},
		{"two documents", "delimiter: ;\n---\ndelimiter: ;\n", fault.ProfileSyntax, 2},
		{"an alias", "delimiter: &a ;\nencoding: *a\n", fault.ProfileSyntax, 1},
		{"an unknown key", "skip_lines: 2\ndelimeter: ;\n", fault.ProfileKeyUnknown, 2},
		{"an unknown key of numbers", "number:\n  point: ','\n", fault.ProfileKeyUnknown, 2},
		{"a key twice", "skip_lines: 2\nskip_lines: 3\n", fault.ProfileKeyRepeated, 2},
		{"a word twice", "columns:\n  a: value\n  a: area\n", fault.ProfileKeyRepeated, 3},
		{"no number", "skip_lines: two\n", fault.ProfileInvalid, 1},
		{"no flag", "\nunits_row: yes\n", fault.ProfileInvalid, 2},
		{"a list for a word", "columns:\n  a: value\n  [b]: area\n", fault.ProfileInvalid, 3},
		{"a word for an empty cell", "number:\n  missing:\n    '': zero\n", fault.ProfileInvalid, 3},
		{"a list for a key", "skip_lines: 1\n? [a]\n: b\n", fault.ProfileKeyUnknown, 2},
		{"no list", "total_labels: Total\n", fault.ProfileInvalid, 1},
		{"no entries", "columns: value\n", fault.ProfileInvalid, 1},
		{"a list for a text", "delimiter: [a]\n", fault.ProfileInvalid, 1},
		{"a value that no file has", "skip_lines: 1\nlayout: heap\n", fault.SettingInvalid, 2},
		{"a column that there is none of", "columns:\n  a: valeu\n", fault.SettingInvalid, 2},
		{"too long", strings.Repeat("#", profile.MaxBytes+1), fault.ProfileTooLarge, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := profile.Parse([]byte(c.text))
			if fault.CodeOf(err) != c.code {
				t.Fatalf("Parse(%q) = %v, want %s", c.text, err, c.code)
			}
			if items := fault.From(err).Items; c.line > 0 && (len(items) == 0 || items[0].Line != c.line) {
				t.Errorf("Parse(%q) = %+v, want line %d", c.text, items, c.line)
			}
		})
	}
}

func TestWordsStayWords(t *testing.T) {
	settings, err := profile.Parse([]byte("number:\n  missing:\n    no: zero\n    1.0: not_available\nconstants: {area: NO}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if settings.Number.Missing["no"] != "zero" || settings.Number.Missing["1.0"] != "not_available" || settings.Constants["area"] != "NO" {
		t.Errorf("%+v", settings)
	}
}

func TestNames(t *testing.T) {
	for name, good := range map[string]bool{"nbs-quarterly": true, "a": true, "": false, "NBS": false, "-a": false, "a-": false, "a/b": false, strings.Repeat("a", 64): true, strings.Repeat("a", 65): false} {
		if err := profile.CheckName(name); (err == nil) != good {
			t.Errorf("CheckName(%q) = %v, want good %v", name, err, good)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("delimiter: ;\nnumber: {decimal: ','}\n"))
	f.Add([]byte("columns:\n  2013: value\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		settings, err := profile.Parse(text)
		if err != nil {
			return
		}
		again, err := profile.Print(settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		back, err := profile.Parse(again)
		if err != nil || back.Canonical() != settings.Canonical() {
			t.Fatalf("%q prints as %q, which reads as %s (%v)", text, again, back.Canonical(), err)
		}
	})
}

func ExampleParse() {
	settings, err := profile.Parse([]byte("delimiter: ;\nnumber:\n  decimal: ','\n"))
	fmt.Println(settings.Canonical(), err)
	// Output: {"delimiter":";","number":{"decimal":","}} <nil>
}
