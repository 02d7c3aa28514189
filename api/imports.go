package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/sheet"
)

// pageImports is how many imports a page has where the asker does not say.
const pageImports = 100

type importEntry struct {
	ID       string          `json:"id"`
	State    obs.ImportState `json:"state"`
	Name     string          `json:"name"`
	SHA256   string          `json:"sha256"`
	Bytes    int64           `json:"bytes"`
	Dataset  string          `json:"dataset"`
	Profile  string          `json:"profile,omitempty"`
	At       time.Time       `json:"at"`
	By       string          `json:"by"`
	Revision query.Text      `json:"revision"`
	Embargo  *time.Time      `json:"embargo"`
	Report   json.RawMessage `json:"report,omitempty"`
	Events   []importEvent   `json:"events"`
}

type importEvent struct {
	At     time.Time       `json:"at"`
	What   obs.ImportState `json:"what"`
	By     string          `json:"by"`
	Detail string          `json:"detail,omitempty"`
}

func importOf(i obs.Import) importEntry {
	e := importEntry{
		ID: i.ID, State: i.State, Name: i.Name, SHA256: i.SHA256, Bytes: i.Size, Dataset: i.Dataset, Profile: i.Profile,
		At: i.At.UTC(), By: i.By, Revision: query.Text(i.Revision), Embargo: instantOf(i.Embargo),
		Report: i.Report, Events: []importEvent{},
	}
	for _, o := range i.Operations {
		e.Events = append(e.Events, importEvent{At: o.At.UTC(), What: o.What, By: o.By, Detail: o.Detail})
	}
	return e
}

// importResult is what became of a file.
type importResult struct {
	ID       string          `json:"id"`
	State    obs.ImportState `json:"state"`
	Revision query.Text      `json:"revision"`
	Report   json.RawMessage `json:"report"`
}

func postImport(a *API, v *visit, q *question) error {
	publish, err := q.publish()
	if err != nil {
		return err
	}
	ctx := v.Request().Context()
	with, unread := a.readWith(ctx, q, nil)
	if unread != nil && !isForm(v.Request()) {
		return unread
	}
	key, err := idempotencyKey(v)
	if err != nil {
		return err
	}
	file, err := a.spool(v, q.values.get("filename"))
	if err != nil {
		return err
	}
	defer file.remove()
	if file.profile != nil {
		with, unread = a.readWith(ctx, q, file.profile)
	}
	if unread != nil {
		return unread
	}
	release := v.unhurried()
	result, err := a.ingest.Import(ctx, ingest.Request{
		File: file.file(), Settings: with.settings, ReadWith: with.from, By: v.caller.Name, Message: q.values.get("message"),
		Publish: publish, IdempotencyKey: key, Accept: q.values.get("accept") == "true",
	})
	release()
	if err != nil {
		return refusal(err, result)
	}
	a.audit(v, "import.create", result.Import.ID)
	if result.Revision != nil {
		a.audit(v, "import.publish", result.Import.ID)
	}
	status := http.StatusCreated
	if result.NoOp {
		status = http.StatusOK
	} else {
		v.Response().Header().Set("Location", a.link("/v1/imports/"+result.Import.ID))
	}
	return v.result(status, result)
}

func publishImport(a *API, v *visit, q *question) error {
	publish, err := q.publish()
	if err != nil {
		return err
	}
	if publish.IsZero() {
		publish.Now = true
	}
	release := v.unhurried()
	result, err := a.ingest.Publish(v.Request().Context(), q.path["id"], publish, v.caller.Name)
	release()
	if err != nil {
		return refusal(err, result)
	}
	a.audit(v, "import.publish", q.path["id"])
	return v.result(http.StatusOK, result)
}

// refused is a refusal with the report that says why.
type refused struct {
	error
	report json.RawMessage
}

func (r *refused) Unwrap() error { return r.error }

// refusal adds the report to a refused import, where there is one.
func refusal(err error, result *ingest.Result) error {
	if result == nil || result.Report == nil {
		return err
	}
	report, encodeErr := result.Report.JSON()
	if encodeErr != nil {
		return errors.Join(err, encodeErr)
	}
	return &refused{error: err, report: report}
}

// result answers what became of a file.
func (v *visit) result(status int, r *ingest.Result) error {
	report := json.RawMessage("null")
	if r.Report != nil {
		var err error
		if report, err = r.Report.JSON(); err != nil {
			return err
		}
	} else if len(r.Import.Report) > 0 {
		report = r.Import.Report
	}
	return v.json(status, importResult{ID: r.Import.ID, State: r.Import.State, Revision: query.Text(r.Import.Revision), Report: report})
}

// publish reads when the file is to be seen; the zero value publishes nothing.
func (q *question) publish() (ingest.Publish, error) {
	text := q.values.get("publish")
	publish, ok := ingest.ParsePublish(text)
	if !ok {
		return publish, invalid([]fault.Item{{Code: fault.InvalidParameter, Parameter: "publish", Value: text, Expected: pPublish.expects}})
	}
	return publish, nil
}

// settings reads how the file is to be read, on top of settings from elsewhere.
func (q *question) settings(s ingest.Settings) (ingest.Settings, error) {
	for _, text := range q.values["set"] {
		key, value, _ := strings.Cut(text, "=")
		with, err := s.With(key, value)
		if err != nil {
			return s, err
		}
		s = with
	}
	for _, text := range q.values["confirm"] {
		with, err := s.With("confirm", text)
		if err != nil {
			return s, err
		}
		s = with
	}
	return s, nil
}

// unhurried lifts the deadline of the answer while a long work is done, and
// returns what sets it again.
func (v *visit) unhurried() func() {
	control := http.NewResponseController(v.Response())
	_ = control.SetWriteDeadline(time.Time{}) // not every connection has one
	return func() { _ = control.SetWriteDeadline(time.Now().Add(time.Minute)) }
}

func listImports(a *API, v *visit, q *question) error {
	limit := q.values.number("limit")
	if limit == 0 {
		limit = pageImports
	}
	if err := a.look(v, "import.list", ""); err != nil {
		return err
	}
	all, err := a.store.Imports(v.Request().Context(), limit+1, q.values.get("cursor"))
	if err != nil {
		return err
	}
	page := struct {
		Imports []importEntry `json:"imports"`
		Next    query.Text    `json:"next"`
	}{Imports: []importEntry{}}
	if len(all) > limit {
		all = all[:limit]
		page.Next = query.Text(all[limit-1].ID)
	}
	for _, i := range all {
		i.Report = nil
		page.Imports = append(page.Imports, importOf(i))
	}
	return v.json(http.StatusOK, page)
}

func getImport(a *API, v *visit, q *question) error {
	found, err := a.store.Import(v.Request().Context(), q.path["id"])
	if err != nil {
		return err
	}
	if err := a.look(v, "import.look", found.ID); err != nil {
		return err
	}
	return v.json(http.StatusOK, importOf(found))
}

// importFile gives the original byte for byte.
func importFile(a *API, v *visit, q *question) error {
	ctx := v.Request().Context()
	found, err := a.store.Import(ctx, q.path["id"])
	if err != nil {
		return err
	}
	if err := a.look(v, "import.read", found.ID); err != nil {
		return err
	}
	h := v.Response().Header()
	h["Cache-Control"] = noStore
	h.Set("Content-Type", mediaTypeOf(found))
	h.Set("Content-Length", strconv.FormatInt(found.Size, 10))
	h.Set("Content-Disposition", `attachment; filename="`+plainName(found.Name)+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	if v.Request().Method == http.MethodHead {
		v.Response().WriteHeader(http.StatusOK)
		return nil
	}
	return a.store.Original(ctx, found.ID, v.Response())
}

// mediaTypeOf is the media type of an original: that of a workbook where its
// report says that it is one.
func mediaTypeOf(i obs.Import) string {
	var report struct {
		File struct {
			Encoding sheet.Encoding `json:"encoding"`
		} `json:"file"`
	}
	if json.Unmarshal(i.Report, &report) == nil && report.File.Encoding == ingest.WorkbookEncoding {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/octet-stream"
}

func cancelImport(a *API, v *visit, q *question) error {
	ctx, id := v.Request().Context(), q.path["id"]
	found, err := a.store.Import(ctx, id)
	if err != nil {
		return err
	}
	if found.Revision != "" {
		if err := a.query.MayUndo(ctx, found.Revision, v.caller.Name); err != nil {
			return err
		}
	}
	if err := a.store.Cancel(ctx, id, v.caller.Name); err != nil {
		return err
	}
	a.audit(v, "import.cancel", id)
	return getImport(a, v, q)
}
