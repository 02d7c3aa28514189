package fetch

import (
	"net/http"
	"testing"
)

func TestRedirectKeepsTheEncryption(t *testing.T) {
	for _, test := range []struct {
		from, to string
		plain    Plain
		follows  bool
	}{
		{"https://a.example", "https://b.example", PlainHere, true},
		{"http://a.example", "https://b.example", PlainEverywhere, true},
		{"http://a.example", "http://b.example", PlainEverywhere, true},
		{"http://127.0.0.1", "http://b.example", PlainHere, false},
		{"http://127.0.0.1", "http://localhost:81", PlainHere, true},
		{"https://a.example", "http://b.example", PlainEverywhere, false},
		{"https://a.example", "http://127.0.0.1", PlainHere, false},
		{"https://a.example", "https://user:secret@a.example", PlainHere, false},
		{"https://a.example", "file:///etc/hostname", PlainEverywhere, false},
	} {
		from, err := http.NewRequest(http.MethodGet, test.from, nil)
		if err != nil {
			t.Fatal(err)
		}
		to, err := http.NewRequest(http.MethodGet, test.to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := (Request{Plain: test.plain}).redirect(to, []*http.Request{from}); (err == nil) != test.follows {
			t.Errorf("redirect from %s to %s = %v, want it followed: %v", test.from, test.to, err, test.follows)
		}
	}
}
