package cli

import (
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// remoteImporter hands files to a service elsewhere.
type remoteImporter struct {
	*remote
	importOptions
	with readWith
	kept string // the import that the service made of the file
}

// importAnswer is what the service says of a file.
type importAnswer struct {
	ID       string          `json:"id"`
	State    obs.ImportState `json:"state"`
	Revision string          `json:"revision"`
	Report   *ingest.Report  `json:"report"`
}

func (r *remoteImporter) run(ctx context.Context, path string, publish ingest.Publish) (*ingest.Result, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	defer file.Close()
	body, kind := r.with.body(file, filepath.Base(path))
	defer body.Close()
	response, err := r.do(ctx, http.MethodPost, "/v1/imports", r.query(path, publish), body, http.Header{"Content-Type": {kind}})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer importAnswer
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, unreadable(err)
	}
	if answer.Report != nil {
		r.with = r.with.pinned(answer.Report.Understood.Profile)
	}
	r.kept = answer.ID
	return &ingest.Result{
		Import: obs.Import{ID: answer.ID, State: answer.State, Revision: answer.Revision, Embargo: publish.At},
		Report: answer.Report,
		NoOp:   response.StatusCode == http.StatusOK,
	}, nil
}

func (r *remoteImporter) query(path string, publish ingest.Publish) url.Values {
	query := url.Values{"filename": {filepath.Base(path)}, "set": r.set}
	if r.with.ref.Name != "" {
		query.Set("profile", r.with.ref.String())
	}
	if r.dataset != "" {
		query.Add("set", "dataset="+r.dataset)
	}
	if r.money != "" {
		query.Add("set", "currency="+r.money)
	}
	if r.message != "" {
		query.Set("message", r.message)
	}
	if r.accept {
		query.Set("accept", "true")
	}
	switch {
	case publish.Now:
		query.Set("publish", "now")
	case !publish.At.IsZero():
		query.Set("publish", publish.At.Format(time.RFC3339))
	}
	return query
}

// body is what is sent: the file, or where a profile is in a file of its own a
// form with both, which is written while it is read.
func (r readWith) body(file io.ReadCloser, name string) (body io.ReadCloser, kind string) {
	if r.file == nil {
		return file, "text/csv"
	}
	reader, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() { writer.CloseWithError(r.writeForm(form, file, name)) }()
	return reader, form.FormDataContentType()
}

func (r readWith) writeForm(form *multipart.Writer, file io.Reader, name string) error {
	part, err := form.CreateFormFile("profile", r.name)
	if err != nil {
		return err
	}
	if _, err := part.Write(r.file); err != nil {
		return err
	}
	if part, err = form.CreateFormFile("file", name); err != nil {
		return err
	}
	if _, err := io.Copy(part, file); err != nil {
		return err
	}
	return form.Close()
}
