package vintage_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/vintage"
)

func drawPoint(t *rapid.T) vintage.Point {
	const year2199 = 7_258_118_400_000_000
	recorded := rapid.Int64Range(-year2199, year2199).Draw(t, "recorded")
	lag := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(1, 1000), rapid.Int64Range(1, year2199)).Draw(t, "lag")
	return vintage.At(time.UnixMicro(recorded-lag), time.UnixMicro(recorded))
}

func TestTokenNamesItsPointAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPoint(t)
		token := vintage.Token(p)
		if strings.Trim(token, "0123456789abcdefghijklmnopqrstuvwxyz") != "" || len(token) > 37 {
			t.Fatalf("Token(%v) = %q, want at most 37 lower-case letters and digits", p, token)
		}
		for _, text := range []string{token, strings.ToUpper(token)} {
			if got, err := vintage.ParseToken(text); err != nil || got != p {
				t.Fatalf("ParseToken(%q) = %v, %v, want %v", text, got, err, p)
			}
		}
	})
}

func TestTokenOfEqualInstantsIsShorter(t *testing.T) {
	now := instant(t, "2014-02-25T09:00:00.000001Z")
	live, earlier := vintage.Token(vintage.Now(now)), vintage.Token(vintage.At(now.Add(-time.Hour), now))
	if len(live) >= len(earlier) {
		t.Errorf("Token of a live point is %q, of an earlier publication %q, want a shorter one", live, earlier)
	}
}

func TestParseTokenRefusesATypo(t *testing.T) {
	const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz-_ \n"
	rapid.Check(t, func(t *rapid.T) {
		p := drawPoint(t)
		token := vintage.Token(p)
		at := rapid.IntRange(0, len(token)-1).Draw(t, "at")
		typed := rapid.SampledFrom([]byte(alphabet)).Draw(t, "typed")
		for _, wrong := range []string{
			token[:at] + string(typed) + token[at+1:],
			token[:at] + string(typed) + token[at:],
			token[:at] + token[at+1:],
			token + "\n",
		} {
			if wrong == token {
				continue
			}
			if got, err := vintage.ParseToken(wrong); fault.CodeOf(err) != fault.UnknownState {
				t.Errorf("ParseToken(%q) = %v, %v, want unknown_state (of %q)", wrong, got, err, token)
			}
		}
	})
}

func FuzzParseToken(f *testing.F) {
	f.Add(vintage.Token(vintage.Now(time.UnixMicro(1_400_000_000_000_000))))
	f.Add(vintage.Token(vintage.At(time.UnixMicro(1_300_000_000_000_000), time.UnixMicro(1_400_000_000_000_000))))
	f.Add("")
	f.Add("00000")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := vintage.ParseToken(text)
		switch {
		case err == nil && vintage.Token(p) != strings.ToLower(text):
			t.Errorf("ParseToken(%q) = %v, whose token is %q", text, p, vintage.Token(p))
		case err != nil && (fault.CodeOf(err) != fault.UnknownState || fault.KindOf(err) != fault.NotFound):
			t.Errorf("ParseToken(%q) error %v, want unknown_state", text, err)
		}
	})
}
