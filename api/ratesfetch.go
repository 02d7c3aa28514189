package api

import (
	"encoding/json"
	"net/http"
	"time"

	"bellwether/internal/feed"
	"bellwether/internal/ingest"
	"bellwether/internal/query"
)

// fetchRead is the outcome of a file that was read and reported alone.
const fetchRead = "read"

// fetchResult is what a taking of a feed's file brought.
type fetchResult struct {
	Feed     string          `json:"feed"`
	Address  string          `json:"address"`
	Outcome  string          `json:"outcome"`
	New      int             `json:"new"`
	Import   query.Text      `json:"import"`
	Revision query.Text      `json:"revision"`
	Report   json.RawMessage `json:"report"`
}

// fetchRates takes the file of a feed from its publisher, by the path that the
// schedule takes.
func fetchRates(a *API, v *visit, q *question) error {
	publish, err := q.publish()
	if err != nil {
		return err
	}
	settings, err := q.settings(ingest.Settings{})
	if err != nil {
		return err
	}
	release := v.unhurried()
	result, err := a.feed.Fetch(v.Request().Context(), feed.Request{Feed: q.path["feed"], Import: ingest.Request{
		Settings: settings, By: v.caller.Name, Message: q.values.get("message"), Publish: publish,
	}})
	release()
	if err != nil {
		if result == nil {
			return err
		}
		return refusal(err, result.Import)
	}
	answer := fetchResult{Feed: result.Feed, Address: result.Address, Outcome: fetchRead, Report: json.RawMessage("null")}
	if what, added := result.Outcome(); what != "" {
		answer.Outcome, answer.New = string(what), added
	}
	status := http.StatusOK
	if i := result.Import; i != nil {
		answer.Import, answer.Revision = query.Text(i.Import.ID), query.Text(i.Import.Revision)
		if answer.Report, err = i.Report.JSON(); err != nil {
			return err
		}
		if i.Import.ID != "" && !i.NoOp {
			status = http.StatusCreated
			v.Response().Header().Set("Location", a.link("/v1/imports/"+i.Import.ID))
			a.audit(v, "import.publish", i.Import.ID)
		}
	}
	return v.json(status, answer)
}

// fetchStanding is how the taking of a feed's file stands.
type fetchStanding struct {
	Feed     string     `json:"feed"`
	Address  string     `json:"address"`
	At       *time.Time `json:"at"`
	Outcome  query.Text `json:"outcome"`
	By       query.Text `json:"by"`
	New      int        `json:"new"`
	Import   query.Text `json:"import"`
	Detail   query.Text `json:"detail"`
	Answered *time.Time `json:"answered"`
	Every    query.Text `json:"every"`
	Next     *time.Time `json:"next"`
}

// listFetches tells how the taking of every feed's file stands.
func listFetches(a *API, v *visit, _ *question) error {
	all, err := a.feed.Standings(v.Request().Context())
	if err != nil {
		return err
	}
	page := struct {
		Feeds []fetchStanding `json:"feeds"`
	}{Feeds: []fetchStanding{}}
	for i := range all {
		page.Feeds = append(page.Feeds, standingOf(&all[i]))
	}
	return v.json(http.StatusOK, page)
}

func standingOf(s *feed.Standing) fetchStanding {
	told := fetchStanding{
		Feed: s.Feed, Address: s.Address, At: instantOf(s.Log.At), Outcome: query.Text(s.Log.Last.What), By: query.Text(s.Log.By),
		New: s.Log.Last.New, Import: query.Text(s.Log.Last.Import), Detail: query.Text(s.Log.Last.Detail),
		Answered: instantOf(s.Log.Answered), Next: instantOf(s.Next),
	}
	if s.Every > 0 {
		told.Every = query.Text(s.Every.String())
	}
	return told
}
