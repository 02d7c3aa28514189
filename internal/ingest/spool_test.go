package ingest_test

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"bellwether/internal/ingest"
)

func TestASpoolIsReadAnyNumberOfTimesAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	const text = "indicator,area\ngdp,cn\n"
	spool, err := ingest.NewSpool(dir, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first, errFirst := spool.Open()
	second, errSecond := spool.Open()
	if err := errors.Join(errFirst, errSecond); err != nil {
		t.Fatal(err)
	}
	for _, reader := range []io.ReadCloser{first, second} {
		if err := iotest.TestReader(reader, []byte(text)); err != nil {
			t.Error(err)
		}
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}
	wantEmpty(t, dir, "while it is open")
	if err := spool.Close(); err != nil {
		t.Errorf("Close() = %v", err)
	}
	wantEmpty(t, dir, "closed")
}

func TestASpoolThatIsNotFilledIsNone(t *testing.T) {
	dir, broken := t.TempDir(), errors.New("the body broke off")
	spool, err := ingest.NewSpool(dir, func(w io.Writer) error {
		_, err := io.Copy(w, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)))
		return err
	})
	if spool != nil || !errors.Is(err, broken) {
		t.Errorf("NewSpool() = %v, %v, want the error of what fills it", spool, err)
	}
	wantEmpty(t, dir, "not filled")
}

func wantEmpty(t *testing.T, dir, when string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%s: the directory has %v, %v, want nothing", when, left, err)
	}
}
