package apikey_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"bellwether/internal/apikey"
	"bellwether/internal/fault"
)

func TestAKeyIsReadBackAndItsSecretIsNotInIt(t *testing.T) {
	text, key, err := apikey.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	read, err := apikey.Parse(text)
	if err != nil || read.ID != key.ID || !read.Matches(key.Hash) {
		t.Fatalf("Parse(New()) = %v, %v; want the same id and hash", read, err)
	}
	secret := text[strings.LastIndex(text, "_")+1:]
	if bytes.Contains(key.Hash, []byte(secret[:8])) || strings.Contains(key.ID, secret[:8]) {
		t.Error("the stored parts show the secret")
	}
	other, _, err := apikey.New(rand.Reader)
	if err != nil || other == text {
		t.Fatalf("two keys are alike (%v)", err)
	}
	if stranger, _ := apikey.Parse(other); stranger.Matches(key.Hash) {
		t.Error("another secret matches")
	}
}

func TestParseRefusesWhatNoKeyCanBe(t *testing.T) {
	text, _, err := apikey.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "bw_", text[1:], text + "0", text[:len(text)-1], strings.ToUpper(text), strings.ReplaceAll(text, "_", "-")} {
		if _, err := apikey.Parse(wrong); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("Parse(%q) = %v, want a fault of kind Unauthenticated", wrong, err)
		}
	}
}

func TestNewSaysWhenThereIsNoRandomness(t *testing.T) {
	if _, _, err := apikey.New(iotest.ErrReader(errors.New("empty"))); err == nil {
		t.Error("New made a key of nothing")
	}
}
