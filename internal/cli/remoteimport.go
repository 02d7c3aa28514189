package cli

import (
	"context"
	"encoding/json"
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
	settings ingest.Settings
}

// importAnswer is what the service says of a file.
type importAnswer struct {
	ID       string          `json:"id"`
	State    obs.ImportState `json:"state"`
	Revision string          `json:"revision"`
	Report   *ingest.Report  `json:"report"`
}

func (r remoteImporter) run(ctx context.Context, path string, publish ingest.Publish) (*ingest.Result, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	defer file.Close()
	response, err := r.do(ctx, http.MethodPost, "/v1/imports", r.query(path, publish), file, http.Header{"Content-Type": {"text/csv"}})
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer importAnswer
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, unreadable(err)
	}
	return &ingest.Result{
		Import: obs.Import{ID: answer.ID, State: answer.State, Revision: answer.Revision, Embargo: publish.At},
		Report: answer.Report,
		NoOp:   response.StatusCode == http.StatusOK,
	}, nil
}

func (r remoteImporter) query(path string, publish ingest.Publish) url.Values {
	query := url.Values{"filename": {filepath.Base(path)}, "set": r.set}
	if r.dataset != "" {
		query.Add("set", "dataset="+r.dataset)
	}
	if r.message != "" {
		query.Set("message", r.message)
	}
	switch {
	case publish.Now:
		query.Set("publish", "now")
	case !publish.At.IsZero():
		query.Set("publish", publish.At.Format(time.RFC3339))
	}
	return query
}
