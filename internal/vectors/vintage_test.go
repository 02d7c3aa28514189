package vectors

import (
	"encoding/json"
	"fmt"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

func vintageOperations() map[string]operation {
	return map[string]operation{"vintage_script": vintageScript}
}

type scriptEvent struct {
	Do          string `json:"do"`
	SHA256      string `json:"sha256"`
	Profile     string `json:"profile"`
	Dataset     string `json:"dataset"`
	Release     string `json:"release"`
	RecordedAt  string `json:"recorded_at"`
	PublishedAt string `json:"published_at"`
	Embargo     string `json:"embargo_until"`
	Series      string `json:"series"`
	Period      string `json:"period"`
	Rows        []struct {
		Series string  `json:"series"`
		Period string  `json:"period"`
		Value  *string `json:"value"`
	} `json:"rows"`
	Import   *int `json:"import"`   // what an undo takes back: the n-th import, from 0
	Revision int  `json:"revision"` // or the revision, from 1
}

type scriptQuery struct {
	Ask         string `json:"ask"`
	Series      string `json:"series"`
	Period      string `json:"period"`
	Now         string `json:"now"`
	PublishedAs string `json:"published_as_of"`
	RecordedAs  string `json:"recorded_as_of"`
}

type importResult struct {
	New  int  `json:"new_versions"`
	Noop bool `json:"noop"`
}

// script plays events into a log; zone is the office's.
type script struct {
	log      vintage.Log
	zone     *time.Location
	results  []importResult
	imported []int          // the revision of each import
	files    map[string]int // the last revision by hash
	releases map[string]int // the last revision by release
}

func vintageScript(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Events  []scriptEvent `json:"events"`
		Queries []scriptQuery `json:"queries"`
		Zone    string        `json:"time_zone"`
	}](in)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, err
	}
	s := script{zone: zone, files: map[string]int{}, releases: map[string]int{}}
	for _, e := range c.Events {
		if err := s.play(e); err != nil {
			return nil, err
		}
	}
	answers := []any{}
	for _, q := range c.Queries {
		answer, err := s.ask(q)
		if code := fault.CodeOf(err); code == fault.AsOfInFuture {
			answer = map[string]any{"status": "error", "code": code}
		} else if err != nil {
			return nil, err
		}
		answers = append(answers, answer)
	}
	return map[string]any{"answers": answers}, nil
}

func (s *script) play(e scriptEvent) error {
	recorded, err := time.Parse(time.RFC3339, e.RecordedAt)
	if err != nil {
		return err
	}
	switch e.Do {
	case "import", "withdraw":
		return s.enter(e, recorded)
	case "undo":
		if _, done := s.log.Undo(s.target(e), recorded); !done {
			return fmt.Errorf("nothing to undo in %+v", e)
		}
		return nil
	}
	return fmt.Errorf("no event %q", e.Do)
}

func (s *script) target(e scriptEvent) int {
	switch {
	case e.Revision > 0:
		return e.Revision
	case e.Import != nil && *e.Import < len(s.imported):
		return s.imported[*e.Import]
	case e.SHA256 != "":
		return s.files[e.SHA256]
	}
	return s.releases[e.Release]
}

func (s *script) enter(e scriptEvent, recorded time.Time) error {
	in := vintage.Import{File: e.SHA256, Profile: e.Profile, Dataset: e.Dataset, Recorded: recorded}
	var err error
	if e.PublishedAt != "" {
		if in.Published, err = vintage.Publication(e.PublishedAt, s.zone, recorded); err != nil {
			return err
		}
	}
	if e.Embargo != "" {
		if in.Embargo, err = vintage.Publication(e.Embargo, s.zone, recorded); err != nil {
			return err
		}
	}
	if in.Says, err = e.statements(); err != nil {
		return err
	}
	revision, noop := s.log.Import(in)
	s.releases[e.Release] = revision
	if e.Do == "import" {
		result := importResult{New: len(in.Says), Noop: noop}
		if noop {
			result.New = 0
		}
		s.results = append(s.results, result)
		s.imported = append(s.imported, revision)
		s.files[e.SHA256] = revision
	}
	return nil
}

func (e scriptEvent) statements() ([]vintage.Statement, error) {
	if e.Do == "withdraw" {
		p, err := period.Parse(e.Period)
		return []vintage.Statement{{Key: vintage.Key{Series: e.Series, Period: p}, Withdrawn: true, Release: e.Release}}, err
	}
	var says []vintage.Statement
	for _, row := range e.Rows {
		p, err := period.Parse(row.Period)
		if err != nil {
			return nil, err
		}
		s := vintage.Statement{Key: vintage.Key{Series: row.Series, Period: p}, Release: e.Release, Withdrawn: row.Value == nil}
		if row.Value != nil {
			s.Value = *row.Value
		}
		says = append(says, s)
	}
	return says, nil
}

func (s *script) ask(q scriptQuery) (any, error) {
	if q.Ask == "import_results" {
		return map[string]any{"results": s.results}, nil
	}
	p, err := period.Parse(q.Period)
	if err != nil {
		return nil, err
	}
	now, err := time.Parse(time.RFC3339, q.Now)
	if err != nil {
		return nil, err
	}
	published, recorded := now, now
	if q.PublishedAs != "" {
		if published, err = vintage.AsOf(q.PublishedAs, s.zone, now); err != nil {
			return nil, err
		}
	}
	if q.RecordedAs != "" {
		if recorded, err = vintage.AsOf(q.RecordedAs, s.zone, now); err != nil {
			return nil, err
		}
	}
	if q.Ask == "recorded_view" {
		published = recorded
	}
	return s.answer(q.Ask, vintage.Key{Series: q.Series, Period: p}, vintage.At(published, recorded))
}

func (s *script) answer(ask string, key vintage.Key, at vintage.Point) (any, error) {
	switch ask {
	case "latest", "as_of", "recorded_view":
		return shownVersion(s.log.State(key, at)), nil
	case "first_release":
		return shownVersion(s.log.FirstRelease(key, at)), nil
	case "history":
		versions := []any{}
		for _, v := range s.log.History(key, at) {
			versions = append(versions, map[string]any{"release": v.Release, "value": shownValue(v)})
		}
		return map[string]any{"versions": versions}, nil
	}
	return nil, fmt.Errorf("no query %q", ask)
}

func shownVersion(v vintage.Version, found bool) map[string]any {
	if !found {
		return map[string]any{"status": "none", "value": nil}
	}
	answer := map[string]any{"status": "ok", "value": shownValue(v), "release": v.Release}
	if v.Withdrawn {
		answer["status"] = "withdrawn"
	}
	if v.Assumed {
		answer["published_at_assumed"] = true
	}
	return answer
}

func shownValue(v vintage.Version) *string {
	if v.Withdrawn {
		return nil
	}
	return &v.Value
}
