package cli

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"bellwether/internal/feed"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// fetchAnswer is what a service elsewhere says of a taking.
type fetchAnswer struct {
	Feed     string         `json:"feed"`
	Address  string         `json:"address"`
	Import   string         `json:"import"`
	Revision string         `json:"revision"`
	Report   *ingest.Report `json:"report"`
}

// fetchElsewhere lets the service at the address of --server take the file.
func (s *session) fetchElsewhere(cmd *cobra.Command, code string, o fetchOptions, publish ingest.Publish) error {
	if o.url != "" {
		return usage(errors.New("--url is for a database here: a service takes files from the addresses that it knows"))
	}
	r, err := newRemote(o.server)
	if err != nil {
		return err
	}
	defer r.Close()
	query := url.Values{"confirm": o.confirmed}
	if o.message != "" {
		query.Set("message", o.message)
	}
	switch {
	case publish.Now:
		query.Set("publish", "now")
	case !publish.At.IsZero():
		query.Set("publish", publish.At.Format(time.RFC3339))
	}
	fetched, err := r.fetchRates(cmd, code, query, publish)
	if err = s.showFetched(fetched, err, publish); err != nil || fetched.Import == nil {
		return err
	}
	return s.conclude(fetched.Import)
}

func (r *remote) fetchRates(cmd *cobra.Command, code string, query url.Values, publish ingest.Publish) (*feed.Result, error) {
	response, err := r.do(cmd.Context(), http.MethodPost, "/v1/rates/fetch/"+url.PathEscape(code), query, nil, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer fetchAnswer
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, unreadable(err)
	}
	fetched := &feed.Result{Feed: answer.Feed, Address: answer.Address}
	state := obs.Published
	if !publish.At.IsZero() {
		state = obs.Scheduled
	}
	if answer.Report != nil {
		fetched.Import = &ingest.Result{
			Import: obs.Import{ID: answer.Import, State: state, Revision: answer.Revision, Embargo: publish.At},
			Report: answer.Report,
			NoOp:   answer.Import != "" && response.StatusCode == http.StatusOK,
		}
	}
	return fetched, nil
}
