package api

import (
	"encoding/csv"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/obs"
)

// undone is the part of the report of an undo that tests read.
type undone struct {
	DryRun     bool `json:"dry_run"`
	Outcome    string
	Target     struct{ ID string }
	Revision   *struct{ ID, Undoes, Message string }
	Import     *string
	Difference struct {
		Counts  map[string]int
		Changes []struct{ Kind, Series, Period string }
	}
	Remains struct {
		Kept, Restored, Vanished int
		Figures                  []struct{ Fate, Period, Revision string }
	}
}

const (
	tidy      = "indicator,area,period,value,unit,multiplier,published\n"
	firstFile = tidy + "gdp,cn-cq-lj,2012,180,CNY,9,2013-01-31\ngdp,cn-cq-lj,2013,190,CNY,9,2014-01-31\n"
	wrongFile = tidy + "gdp,cn-cq-lj,2012,18,CNY,9,2014-02-10\ngdp,cn-cq-lj,2013,19,CNY,9,2014-02-10\ngdp,cn-cq-lj,2011,17,CNY,9,2014-02-10\n"
	laterFile = tidy + "gdp,cn-cq-lj,2013,195,CNY,9,2014-03-01\n"
)

// imports publishes a file at once and returns what became of it.
func (s *service) imports(body string) (made imported) {
	s.Helper()
	s.clock.Set(s.clock.Now().Add(time.Minute))
	s.post("?publish=now&filename=test.csv", body).want(201).json(&made)
	return made
}

func (s *service) undo(revision, query string, headers ...string) *response {
	s.Helper()
	return s.as(obs.Editor, http.MethodPost, "/v1/revisions/"+revision+"/undo"+query, "", headers...)
}

func TestUndoTakesARevisionBack(t *testing.T) {
	onEmpty(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		s.imports(firstFile)
		wrong := s.imports(wrongFile)
		later := s.imports(laterFile)
		s.clock.Set(s.clock.Now().Add(time.Minute))
		observations := "/v1/series/gdp.cn-cq-lj.cny/observations"
		before := s.get(observations).want(200).Body.String()

		var plan undone
		s.undo(*wrong.Revision, "?dry_run=true").want(200).json(&plan)
		if !plan.DryRun || plan.Revision != nil || plan.Remains.Kept != 1 || plan.Remains.Restored != 1 || plan.Remains.Vanished != 1 {
			t.Errorf("the dry run = %+v", plan)
		}
		if s.get(observations).Body.String() != before {
			t.Error("the dry run changed something")
		}

		r := s.undo(strings.ToUpper(*wrong.Revision), "?message=the+wrong+table").want(201)
		var done undone
		r.json(&done)
		if done.Outcome != "undone" || done.Revision == nil || done.Revision.Undoes != *wrong.Revision || done.Revision.Message != "the wrong table" || *done.Import != wrong.ID {
			t.Errorf("the undo = %+v", done)
		}
		if got := r.Header().Get("Location"); got != "/v1/revisions/"+done.Revision.ID {
			t.Errorf("Location = %q", got)
		}
		for _, f := range done.Remains.Figures {
			if f.Period == "2013" && (f.Fate != "kept" || f.Revision != *later.Revision) {
				t.Errorf("2013 = %+v, want it kept by %s", f, *later.Revision)
			}
		}
		after := s.get(observations).want(200).Body.String()
		if strings.Contains(after, `"2011"`) || !strings.Contains(after, `"value":180`) || !strings.Contains(after, `"value":195`) {
			t.Errorf("after the undo: %s", after)
		}
		var record struct{ Revision struct{ Undoes string } }
		s.get("/v1/revisions/" + done.Revision.ID).want(200).json(&record)
		if record.Revision.Undoes != *wrong.Revision {
			t.Errorf("the record has %+v", record)
		}

		s.undo(*wrong.Revision, "").problem(409, "already_undone")
		s.undo(*wrong.Revision, "?dry_run=true").problem(409, "already_undone")
		s.undo(done.Revision.ID, "").problem(409, "undo_of_undo")
		s.undo("000000000000", "").problem(404, "unknown_revision")
		s.undo(*later.Revision, "?dry_run=perhaps").problem(400, "invalid_parameter")
		s.undo(*later.Revision, "?dry=true").problem(400, "unknown_parameter")

		var found imported
		s.as(obs.Editor, http.MethodGet, "/v1/imports/"+wrong.ID, "").want(200).json(&found)
		if found.State != "undone" {
			t.Errorf("the import is %s, want undone", found.State)
		}
		if again := s.imports(wrongFile); again.ID == wrong.ID {
			t.Error("the same file after its undo is no new import")
		}
		if entries, err := s.audited("revision.undo"); err != nil || entries != 1 {
			t.Errorf("%d entries in the audit, %v, want 1", entries, err)
		}
	})
}

// audited counts the entries of an action in the audit.
func (s *service) audited(action string) (n int, err error) {
	s.Helper()
	return n, s.db.Raw(s.TB).QueryRow("SELECT COUNT(*) FROM audit WHERE action = '" + action + "'").Scan(&n)
}

func TestUndoOfTheCatalogueIsRefused(t *testing.T) {
	s := empty(t, Config{})
	var list struct{ Revisions []struct{ ID string } }
	s.get("/v1/revisions").want(200).json(&list)
	s.undo(list.Revisions[0].ID, "").problem(409, "catalogue_not_undone")
}

func TestAnUndoMayBeSentAgainWithItsKey(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		made := s.imports(firstFile)
		var one, two undone
		s.undo(*made.Revision, "", "Idempotency-Key", "k").want(201).json(&one)
		s.undo(*made.Revision, "", "Idempotency-Key", "k").want(201).json(&two)
		if one.Revision.ID != two.Revision.ID {
			t.Errorf("the same request made %s and %s", one.Revision.ID, two.Revision.ID)
		}
		other := s.imports(laterFile)
		s.undo(*other.Revision, "", "Idempotency-Key", "k").problem(409, "idempotency_key_reused")
		s.undo(*other.Revision, "", "Idempotency-Key", strings.Repeat("k", 256)).problem(400, "invalid_parameter")
	})
}

func TestOfTwoUndosAtOnceOneWins(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		made := s.imports(firstFile)
		s.key(obs.Editor)
		codes := make([]int, 4)
		var group sync.WaitGroup
		for i := range codes {
			group.Go(func() { codes[i] = s.undo(*made.Revision, "").Code })
		}
		group.Wait()
		won := 0
		for _, code := range codes {
			switch code {
			case 201:
				won++
			case 409:
			default:
				t.Errorf("an undo at the same time answers %d", code)
			}
		}
		if won != 1 {
			t.Errorf("%d undos won, want 1", won)
		}
	})
}

// TestUndoOfAHiddenRevisionLeavesNoTrace cancels a scheduled import by its
// revision.
func TestUndoOfAHiddenRevisionLeavesNoTrace(t *testing.T) {
	onEmpty(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		s.imports(firstFile)
		paths := []string{"/v1/revisions", "/v1/revisions.atom", "/v1/observations", "/v1/series"}
		look := func() (all string) {
			for _, path := range paths {
				all += s.get(path).want(200).Body.String()
			}
			return all
		}
		before := look()
		release := s.clock.Now().Add(time.Hour)
		var hidden imported
		s.post("?publish="+release.Format(time.RFC3339), laterFile).want(201).json(&hidden)
		var done undone
		s.undo(*hidden.Revision, "?dry_run=true").want(200).json(&done)
		if done.Outcome != "cancelled" || done.Revision != nil {
			t.Errorf("the dry run = %+v", done)
		}
		s.undo(*hidden.Revision, "").want(200).json(&done)
		if done.Outcome != "cancelled" || done.Revision != nil || done.DryRun {
			t.Errorf("the undo = %+v", done)
		}
		s.clock.Set(release.Add(time.Hour))
		if look() != before {
			t.Error("a cancelled revision left a trace")
		}
		var found imported
		s.as(obs.Editor, http.MethodGet, "/v1/imports/"+hidden.ID, "").want(200).json(&found)
		if found.State != "cancelled" {
			t.Errorf("the import is %s, want cancelled", found.State)
		}
	})
}

// TestOnlyTheEditorsOfADatasetUndo lets a dataset name another key.
func TestOnlyTheEditorsOfADatasetUndo(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		made := s.imports(firstFile)
		release := s.clock.Now().Add(time.Hour)
		var hidden imported
		s.post("?publish="+release.Format(time.RFC3339), laterFile).want(201).json(&hidden)
		words, err := catalog.Read(data.Catalog())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range words.Entries() {
			if e.Section == catalog.Datasets && e.Code == "main" {
				e.Body = []byte(strings.Replace(string(e.Body), "{", `{"editors":["the owner"],`, 1))
				if _, err := s.store.ExtendCatalog(t.Context(), []catalog.Entry{e}, obs.CommandLine, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, query := range []string{"", "?dry_run=true"} {
			s.undo(*made.Revision, query).problem(403, "dataset_forbidden")
		}
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+hidden.ID+"/cancel", "").problem(403, "dataset_forbidden")
		owner := []string{"Authorization", "Bearer " + s.newKey(obs.Key{Name: "the owner", Role: obs.Editor})}
		s.do(http.MethodPost, "/v1/revisions/"+*made.Revision+"/undo", nil, owner...).want(201)
		s.do(http.MethodPost, "/v1/imports/"+hidden.ID+"/cancel", nil, owner...).want(200)
	})
}

// TestARevisionInPagesAndAsCSV reads the difference of one revision by links
// and as a table, and finds the same changes.
func TestARevisionInPagesAndAsCSV(t *testing.T) {
	onEmpty(t, Config{CSVRows: 12}, func(t *testing.T, s *service) {
		var body strings.Builder
		body.WriteString(tidy)
		for _, year := range []string{"2001", "2002", "2003", "2004", "2005", "2006", "2007"} {
			body.WriteString("gdp,cn-cq-lj," + year + ",1" + year + ",CNY,8,2015-01-31\n")
		}
		made := s.imports(body.String())
		path := "/v1/revisions/" + *made.Revision
		var page struct {
			Difference struct {
				Changes   []struct{ Kind, Period string }
				Truncated bool
			}
			Total int
			Next  *string
			Links map[string]string
		}
		var periods []string
		for next := path + "?limit=3"; next != ""; {
			page.Next = nil
			clear(page.Links)
			page.Difference.Changes = nil
			s.get(next).want(200).json(&page)
			if page.Total != 7 || page.Difference.Truncated != (page.Next != nil) || page.Links["csv"] != path+".csv" {
				t.Errorf("%s: %+v", next, page)
			}
			for _, c := range page.Difference.Changes {
				periods = append(periods, c.Period)
			}
			next = page.Links["next"]
		}
		r := s.get(path + ".csv").want(200)
		lines, err := csv.NewReader(strings.NewReader(r.Body.String())).ReadAll()
		if err != nil || len(lines) != 8 {
			t.Fatalf("%d lines, %v, want a header and seven", len(lines), err)
		}
		header, _, _ := strings.Cut(contract(t).Components.Schemas["ChangesCSV"].Value.Example.(string), "\n")
		if got := strings.Join(lines[0], ","); got != header {
			t.Errorf("columns = %s, want %s", got, header)
		}
		var inCSV []string
		for _, line := range lines[1:] {
			inCSV = append(inCSV, line[2])
		}
		if got, want := strings.Join(periods, " "), strings.Join(inCSV, " "); got != want || len(periods) != 7 {
			t.Errorf("the pages have %s, the table %s", got, want)
		}
		if want := "new,gdp.cn-cq-lj.cny,2001,2001-01-01,2001-12-31,CNY,8,,,,,,12001,0,A,,,,,,,"; strings.Join(lines[1], ",") != want {
			t.Errorf("the first line is %s, want %s", strings.Join(lines[1], ","), want)
		}
		if s.get(path+"?format=csv").want(200).Body.String() != r.Body.String() {
			t.Error("format=csv gives another table")
		}
		s.get(path+".csv?limit=3").problem(400, "parameter_conflict")
		s.get(path+"?bom=true").problem(400, "parameter_conflict")
		if tag := r.Header().Get("ETag"); s.get(path+".csv", "If-None-Match", tag).Code != 304 {
			t.Error("the table that the reader has is sent again")
		}
		s.imports(tidy + moreYears())
		var list struct{ Revisions []struct{ ID string } }
		s.get("/v1/revisions").want(200).json(&list)
		s.get("/v1/revisions/"+list.Revisions[0].ID+".csv").problem(413, "answer_too_large")
	})
}

// moreYears are rows of thirteen years.
func moreYears() string {
	var rows strings.Builder
	for year := 1980; year < 1993; year++ {
		rows.WriteString("gdp,cn-cq-lj," + time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006") + ",1,CNY,8,2015-01-31\n")
	}
	return rows.String()
}

// TestSinceAStateTellsWhatCameAfter polls the record over HTTP, as docs tell to.
func TestSinceAStateTellsWhatCameAfter(t *testing.T) {
	onEmpty(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		type list struct {
			Revisions []struct{ ID, Kind string }
			State     string
			Next      *string
			Total     int
			Links     map[string]string
		}
		var now list
		s.get("/v1/revisions").want(200).json(&now)
		poll := now.Links["since"]
		if poll != "/v1/revisions?since="+now.State {
			t.Fatalf("links.since = %q", poll)
		}
		release := s.clock.Now().Add(150 * time.Second)
		var hidden imported
		s.post("?publish="+release.Format(time.RFC3339), laterFile).want(201).json(&hidden)
		one := s.imports(firstFile)
		var first list
		r := s.get(poll).want(200)
		r.json(&first)
		if len(first.Revisions) != 1 || first.Revisions[0].ID != *one.Revision || first.Total != 1 || first.Next != nil {
			t.Errorf("the first poll = %+v, want %s alone", first, *one.Revision)
		}
		if s.get(poll, "If-None-Match", r.Header().Get("ETag")).Code != 304 {
			t.Error("a poll at which nothing changed sends all again")
		}
		s.clock.Set(release.Add(time.Minute))
		two := s.imports(wrongFile)
		s.undo(*two.Revision, "").want(201)
		var second list
		s.get("/v1/revisions?limit=2&since=" + strings.ToUpper(first.State)).want(200).json(&second)
		if len(second.Revisions) != 2 || second.Revisions[0].ID != *hidden.Revision || second.Revisions[1].ID != *two.Revision || second.Total != 3 {
			t.Errorf("the second poll = %+v, want %s and %s of three", second, *hidden.Revision, *two.Revision)
		}
		var rest list
		s.get(second.Links["next"]).want(200).json(&rest)
		if len(rest.Revisions) != 1 || rest.Revisions[0].Kind != "undo" || rest.Next != nil || rest.State != second.State {
			t.Errorf("its second page = %+v, want the undo", rest)
		}
		s.get(rest.Links["since"]).want(200).json(&now)
		if len(now.Revisions) != 0 || now.State != rest.State {
			t.Errorf("the third poll = %+v, want nothing", now)
		}
		p := s.get("/v1/revisions?since=nothing").problem(404, "unknown_state")
		if len(p.Errors) != 1 || p.Errors[0].Parameter != "since" {
			t.Errorf("errors = %+v, want since named", p.Errors)
		}
	})
}
