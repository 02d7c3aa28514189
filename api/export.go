package api

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math"
	"net/http"
	"os"
	"strconv"

	"bellwether/internal/encode"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/workbook"
)

// export gives what the command export writes, in a format. It is made whole on
// disk before the first byte is sent: an export that breaks off is a problem,
// never a file that is too short.
func export(f format) doFunc {
	return func(a *API, v *visit, q *question) error {
		m, err := a.moment(v.Request().Context(), q)
		if err != nil {
			return err
		}
		file, err := os.CreateTemp(a.config.TempDir, "bellwether-export-*")
		if err != nil {
			return err
		}
		defer func() {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}()
		hash := sha256.New()
		if err := a.writeExport(v.Request().Context(), q, m, f, io.MultiWriter(file, hash)); err != nil {
			return err
		}
		named := field{"Content-Disposition", []string{`attachment; filename="export.` + string(f) + `"`}}
		ans := a.bind(newAnswer(nil, f, named), q, m, "")
		tag := hex.EncodeToString(hash.Sum(nil)[:12])
		ans.etag, ans.zipETag = []string{`"` + tag + `"`}, []string{`"` + tag + `-gzip"`}
		return a.sendFile(v, file, ans)
	}
}

// writeExport writes an export, of which a workbook has only so many rows.
func (a *API) writeExport(ctx context.Context, q *question, m query.Moment, f format, w io.Writer) error {
	buffered := bufio.NewWriterSize(w, 1<<20)
	out, most := encode.NewExport(buffered, encode.Options{}), math.MaxInt
	if f == inXLSX {
		words, err := a.query.Catalog(ctx, m)
		if err != nil {
			return err
		}
		links := encode.Links{Self: a.self(q), State: a.link(q.memento(m, ""))}
		out = encode.NewExportXLSX(buffered, encode.Options{Lang: q.lang, Legend: query.NewLegend(words, q.lang), Office: a.officeBlock(), Links: links}, m)
		most = workbook.MaxRows - 1
	}
	rows := 0
	err := a.query.Export(ctx, m, q.values.filter(), func(v *obs.Version) error {
		if rows++; rows > most {
			return nil
		}
		return out.Version(v)
	})
	if err != nil {
		return err
	}
	if rows > most {
		return tooManyRows(rows, most)
	}
	if err := out.Close(); err != nil {
		return err
	}
	return buffered.Flush()
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
