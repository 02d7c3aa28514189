// Package apikey makes and reads API keys. A key is "bw_", an id of twelve
// hex digits, "_" and a secret of 256 random bits; only the id and the SHA-256
// of the secret are kept, so a key is shown once and can be told but not
// recovered. A slow hash would add nothing: a secret of that size cannot be
// guessed.
package apikey

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"io"
	"strings"

	"bellwether/internal/fault"
)

const (
	prefix       = "bw_"
	idBytes      = 6
	secretBytes  = 32
	idLength     = 2 * idBytes
	secretLength = 2 * secretBytes
)

// Key is a key in parts. Hash is what may be stored of the secret.
type Key struct {
	ID   string // public, twelve hex digits
	Hash []byte // SHA-256 of the secret, 32 bytes
}

// New makes a key from a source of randomness and returns its text, which is
// shown once and stored nowhere.
func New(random io.Reader) (text string, key Key, err error) {
	raw := make([]byte, idBytes+secretBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", Key{}, fault.Wrap(err, fault.Internal, fault.InternalError, "no randomness for a key")
	}
	text = prefix + hex.EncodeToString(raw[:idBytes]) + "_" + hex.EncodeToString(raw[idBytes:])
	key, err = Parse(text)
	return text, key, err
}

// Parse reads a key's text. Anything that no key can be is a fault of kind
// Unauthenticated that says nothing of which part is wrong.
func Parse(text string) (Key, error) {
	rest, ok := strings.CutPrefix(text, prefix)
	id, secret, parted := strings.Cut(rest, "_")
	if !ok || !parted || len(id) != idLength || len(secret) != secretLength || !isHex(id) || !isHex(secret) {
		return Key{}, fault.New(fault.Unauthenticated, fault.KeyInvalid, "this is not a key of this service")
	}
	sum := sha256.Sum256([]byte(secret))
	return Key{ID: id, Hash: sum[:]}, nil
}

// Matches compares the hashes in constant time.
func (k Key) Matches(hash []byte) bool {
	return subtle.ConstantTimeCompare(k.Hash, hash) == 1
}

func isHex(text string) bool {
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
