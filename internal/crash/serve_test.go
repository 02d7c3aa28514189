package crash

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"bellwether/internal/testdb"
)

// crashServers kills so many servers in the middle of an import.
func (r *rig) crashServers(t *testing.T, crashes int) {
	t.Helper()
	var sum tally
	began := time.Now()
	for round := range crashes {
		if !t.Run(strconv.Itoa(round), func(t *testing.T) { r.crashServer(t, pick(round, r.lengths), &sum) }) {
			return
		}
	}
	t.Logf("serve: %v, in %v", sum, time.Since(began).Round(time.Second))
}

// crashServer kills a server that imports, and repeats the request to the next
// one, as a client does that got no answer.
func (r *rig) crashServer(t *testing.T, m moment, sum *tally) {
	db := r.copy(t, r.base)
	s := r.serve(t, db.DSN)
	look := r.watch(t, db)
	first := r.post(s)
	in, _ := m.await(look, first.done)
	s.kill()
	<-first.done
	whole := r.whole(t, db)
	t.Logf("%v, while %v: answered %d, whole %t", m, in, first.status, whole)
	sum.note(in, whole, first.status != 0)
	if first.status != 0 && !whole {
		t.Errorf("the server answered %d and the import is lost: %.500s", first.status, first.body)
	}
	if left, err := filepath.Glob(filepath.Join(r.dir, "bellwether-*")); err != nil || len(left) > 0 {
		t.Errorf("the killed server left %v in its temporary directory, %v, want nothing", left, err)
	}
	r.repeat(t, db, first)
}

// repeat sends the request again, with the same key, and expects the figures
// once.
func (r *rig) repeat(t *testing.T, db testdb.DB, first *answer) {
	t.Helper()
	s := r.serve(t, db.DSN)
	again := r.post(s)
	<-again.done
	switch {
	case again.status != http.StatusCreated && again.status != http.StatusOK:
		t.Errorf("the repeated request was answered %d: %.500s", again.status, again.body)
	case first.status != 0 && first.published(t) != again.published(t):
		t.Errorf("the repeated request published %s, want %s as before", again.published(t), first.published(t))
	}
	s.stop(t)
	if !r.whole(t, db) {
		t.Error("the repeated import is not there")
	}
}

// answer is what comes back for a request.
type answer struct {
	done   chan struct{} // closed when it came, or will not come any more
	status int           // 0 when none came
	body   []byte
}

// post sends the large file to be published at once. All requests for it have
// the same idempotency key.
func (r *rig) post(s server) *answer {
	a := &answer{done: make(chan struct{})}
	go func() {
		defer close(a.done)
		file, err := os.Open(r.large)
		if err != nil {
			return // the status says that nothing came
		}
		request, err := http.NewRequest(http.MethodPost, s.url+"/v1/imports?filename=large.csv&publish=now", file)
		if err != nil {
			return
		}
		request.Header.Set("Authorization", "Bearer "+r.key)
		request.Header.Set("Idempotency-Key", "large")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return
		}
		defer response.Body.Close()
		if a.body, err = io.ReadAll(response.Body); err == nil {
			a.status = response.StatusCode
		}
	}()
	return a
}

// published is the revision that the answer names.
func (a *answer) published(t *testing.T) string {
	t.Helper()
	var said struct {
		Revision string `json:"revision"`
	}
	if err := json.Unmarshal(a.body, &said); err != nil || said.Revision == "" {
		t.Errorf("the answer names no revision: %.500s", a.body)
	}
	return said.Revision
}
