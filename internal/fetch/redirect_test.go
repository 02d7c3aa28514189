package fetch

import (
	"net/http"
	"testing"
)

func TestRedirectKeepsTheEncryption(t *testing.T) {
	for _, test := range []struct {
		from, to string
		follows  bool
	}{
		{"https://a.example", "https://b.example", true},
		{"http://a.example", "https://b.example", true},
		{"http://a.example", "http://b.example", true},
		{"https://a.example", "http://b.example", false},
		{"https://a.example", "file:///etc/hostname", false},
	} {
		from, err := http.NewRequest(http.MethodGet, test.from, nil)
		if err != nil {
			t.Fatal(err)
		}
		to, err := http.NewRequest(http.MethodGet, test.to, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := redirect(to, []*http.Request{from}); (err == nil) != test.follows {
			t.Errorf("redirect from %s to %s = %v, want it followed: %v", test.from, test.to, err, test.follows)
		}
	}
}
