package profile_test

import (
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/profile"
)

func TestParseRef(t *testing.T) {
	for text, want := range map[string]profile.Ref{
		"nbs": {Name: "nbs"}, "nbs@3": {Name: "nbs", Version: 3}, "a-1@2147483647": {Name: "a-1", Version: 2147483647},
	} {
		got, err := profile.ParseRef(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("ParseRef(%q) = %+v, %v, want %+v", text, got, err, want)
		}
	}
	for text, want := range map[string]fault.Code{
		"": fault.ProfileNameInvalid, "@3": fault.ProfileNameInvalid, "NBS@3": fault.ProfileNameInvalid, "nbs.yaml": fault.ProfileNameInvalid,
		"nbs@": fault.ProfileVersionInvalid, "nbs@0": fault.ProfileVersionInvalid, "nbs@-1": fault.ProfileVersionInvalid,
		"nbs@+1": fault.ProfileVersionInvalid, "nbs@03": fault.ProfileVersionInvalid, "nbs@3@4": fault.ProfileVersionInvalid, "nbs@2147483648": fault.ProfileVersionInvalid,
	} {
		if _, err := profile.ParseRef(text); fault.CodeOf(err) != want {
			t.Errorf("ParseRef(%q) = %v, want %s", text, err, want)
		}
	}
}

func TestOnlyTextIsAProfile(t *testing.T) {
	for name, text := range map[string]string{
		"UTF-16":          "\xff\xfed\x00e\x00l\x00i\x00m\x00i\x00t\x00e\x00r\x00:\x00 \x00;\x00",
		"Latin-1":         "number: {missing: {\"n\xe9ant\": zero}}\n",
		"a NUL":           "delimiter: ;\n#\x00\n",
		"a NUL at an end": "delimiter: ;\n\x00",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := profile.Parse([]byte(text)); fault.CodeOf(err) != fault.ProfileSyntax {
				t.Errorf("Parse(%q) = %v, want profile_syntax", text, err)
			}
		})
	}
}

func TestNothingIsKeptAsAProfile(t *testing.T) {
	for _, text := range []string{"", "\n", " \n\t\n"} {
		if _, err := profile.ToKeep("nbs", []byte(text)); fault.CodeOf(err) != fault.ProfileSyntax {
			t.Errorf("ToKeep(%q) = %v, want profile_syntax", text, err)
		}
	}
	if _, err := profile.ToKeep("NBS", []byte("delimiter: ;\n")); fault.CodeOf(err) != fault.ProfileNameInvalid {
		t.Errorf("a name: %v, want profile_name_invalid", err)
	}
	if settings, err := profile.ToKeep("nbs", []byte("delimiter: ;\n")); err != nil || settings.Delimiter != ";" {
		t.Errorf("ToKeep = %+v, %v", settings, err)
	}
}
