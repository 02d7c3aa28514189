package api

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"strconv"

	"bellwether/internal/encode"
)

// export gives what the command export writes. It is made whole on disk before
// the first byte is sent: an export that breaks off is a problem, never a file
// that is too short.
func export(a *API, v *visit, q *question) error {
	ctx := v.Request().Context()
	m, err := a.moment(ctx, q)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(a.config.TempDir, "bellwether-export-*")
	if err != nil {
		return err
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}()
	hash := sha256.New()
	buffered := bufio.NewWriterSize(io.MultiWriter(f, hash), 1<<20)
	out := encode.NewExport(buffered, encode.Options{})
	if err := a.query.Export(ctx, m, q.values.filter(), out.Version); err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	ans := a.bind(newAnswer(nil, inCSV, field{"Content-Disposition", []string{`attachment; filename="export.csv"`}}), q, m, "")
	tag := hex.EncodeToString(hash.Sum(nil)[:12])
	ans.etag, ans.zipETag = []string{`"` + tag + `"`}, []string{`"` + tag + `-gzip"`}
	return a.sendFile(v, f, ans)
}

// sendFile sends an answer whose body is on disk.
func (a *API) sendFile(v *visit, f *os.File, ans *answer) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w, r := v.Response(), v.Request()
	h := w.Header()
	if a.validate(w, r, ans, v.began) {
		return nil
	}
	for _, one := range ans.header {
		h[one.name] = one.value
	}
	h["Content-Length"] = []string{strconv.FormatInt(size, 10)}
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err = io.Copy(w, f)
	return err
}
