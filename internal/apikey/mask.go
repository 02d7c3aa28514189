package apikey

import (
	"regexp"
	"strings"
)

// secrets finds what may be a key, whole or not, also with its underscores
// escaped as in an address.
var secrets = regexp.MustCompile(`(?i)(bw(?:_|%5f)[0-9a-z]{1,12}(?:_|%5f))[0-9a-z]+`)

// Mask hides the secret of every key that stands in a text which is kept
// somewhere, such as a log. The id stays, so that the key can be revoked.
func Mask(text string) string {
	if !strings.Contains(text, "bw") && !strings.Contains(text, "BW") {
		return text
	}
	return secrets.ReplaceAllString(text, "${1}…")
}
