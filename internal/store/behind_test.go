package store_test

import (
	"bytes"
	"errors"
	"testing"

	"bellwether/internal/obs"
)

// TestAFileThatBreaksOffStoresNothing ends files in the middle, while rows
// before are being written: at an error of who reads it, and at a row that the
// database refuses long before the last one. The next file is stored whole.
func TestAFileThatBreaksOffStoresNothing(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		file, broke := bulk{18_000, 1, 5}, errors.New("the file broke off")
		for _, c := range []struct {
			name  string
			alter func(n int, e obs.Entry, put func(obs.Entry) error) error
		}{
			{"who reads it", func(n int, _ obs.Entry, _ func(obs.Entry) error) error {
				if n == 12_000 {
					return broke
				}
				return nil
			}},
			{"the same key twice", func(n int, e obs.Entry, put func(obs.Entry) error) error {
				if n == 1000 {
					return put(e)
				}
				return nil
			}},
		} {
			n := 0
			_, err := f.Publish(t.Context(), obs.Release{Upload: upload(c.name), By: "clerk"}, bytes.NewReader([]byte(c.name)),
				func(put func(obs.Entry) error) error {
					return file.each(func(e obs.Entry) error {
						n++
						if err := c.alter(n, e, put); err != nil {
							return err
						}
						return put(e)
					})
				})
			if err == nil {
				t.Fatalf("%s: Publish succeeded, want an error", c.name)
			}
		}
		revision, err := f.publishBulk(t.Context(), file)
		if err != nil || revision.Rows != file.keys {
			t.Fatalf("Publish after them = %d rows, %v, want %d", revision.Rows, err, file.keys)
		}
		f.checkSound()
	})
}
