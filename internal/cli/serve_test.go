package cli

import (
	"net"
	"testing"
)

func TestElsewhere(t *testing.T) {
	for _, test := range []struct {
		asked, served string
		want          whyElsewhere
	}{
		{"127.0.0.1:8080", "127.0.0.1:8080", asAsked},
		{":8080", "[::]:8080", asAsked},
		{"localhost:8080", "127.0.0.1:8080", asAsked},
		{"127.0.0.1:8080", "127.0.0.1:8081", portTaken},
		{":8080", "[::]:8081", portTaken},
		{"127.0.0.1:0", "127.0.0.1:40123", portUnnamed},
		{":", "[::]:40123", portUnnamed},
	} {
		served, err := net.ResolveTCPAddr("tcp", test.served)
		if err != nil {
			t.Fatal(err)
		}
		if got := elsewhere(test.asked, served); got != test.want {
			t.Errorf("elsewhere(%q, %s) = %d, want %d", test.asked, test.served, got, test.want)
		}
	}
}
