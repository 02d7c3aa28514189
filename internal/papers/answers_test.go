package papers

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/internal/app"
)

// TestAnswersAreThoseOfTheSample asks what the papers ask with curl of a
// service with the sample, and finds what stands below each request in its
// answer. What needs a key or shows headers is left out, and what a pipe makes
// of an answer is looked for as it is: a part of it. Of CSV and text that is a
// line.
func TestAnswersAreThoseOfTheSample(t *testing.T) {
	service, asked := sampled(t), 0
	for _, p := range papers(t) {
		for _, b := range p.blocks {
			for i := b.first; i < b.end; i++ {
				typed, ok := strings.CutPrefix(p.lines[i], "$ ")
				target := targetOf(split(typed).words)
				if b.language != "console" || !ok || target == "" {
					continue
				}
				asked++
				answer := get(t, service, target)
				for n := i + 1; n < b.end && !strings.HasPrefix(p.lines[n], "$ "); n++ {
					if !shows(answer, p.lines[n]) {
						t.Errorf("%s:%d: %s is not in the answer to %s", p.name, n+1, p.lines[n], target)
					}
				}
			}
		}
	}
	if asked == 0 {
		t.Error("the papers ask nothing")
	}
}

// sampled is a service over a database with the sample.
func sampled(t *testing.T) http.Handler {
	t.Helper()
	config, _, err := app.Load(app.Inputs{Environ: []string{"BELLWETHER_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "sample.db")}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	a, err := app.CreateSample(ctx, config, app.Tools{Log: slog.New(slog.DiscardHandler), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	if _, err := a.LoadSample(ctx, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	handler, err := a.Handler(ctx, app.Unguarded)
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

// targetOf is what a plain curl -s asks for, empty for any other command.
func targetOf(words []string) string {
	if len(words) != 3 || words[0] != "curl" || words[1] != "-s" {
		return ""
	}
	return strings.TrimPrefix(words[2], "localhost:8080")
}

func get(t *testing.T, service http.Handler, target string) any {
	t.Helper()
	w := httptest.NewRecorder()
	service.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
	if !strings.Contains(w.Header().Get("Content-Type"), "json") {
		var lines []any
		for line := range strings.Lines(w.Body.String()) {
			lines = append(lines, strings.TrimRight(line, "\r\n"))
		}
		return lines
	}
	answer, err := decode(w.Body.String())
	if err != nil {
		t.Fatalf("the answer to %s is no JSON: %v", target, err)
	}
	return answer
}

// decode reads JSON with its numbers as they are written.
func decode(text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// shows reports whether a printed line is a part of the answer: a value in it,
// or texts of it with two spaces between them.
func shows(answer any, line string) bool {
	if value, err := decode(line); err == nil && strings.ContainsAny(line[:1], "{[") {
		return holds(answer, value)
	}
	for text := range strings.SplitSeq(line, "  ") {
		if !holds(answer, text) {
			return false
		}
	}
	return true
}

// holds reports whether a part of whole is like the value.
func holds(whole, value any) bool {
	if like(whole, value) {
		return true
	}
	switch whole := whole.(type) {
	case map[string]any:
		for _, member := range whole {
			if holds(member, value) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(whole, func(member any) bool { return holds(member, value) })
	}
	return false
}

// like reports whether have is the value, or an object with at least its
// members.
func like(have, value any) bool {
	switch value := value.(type) {
	case map[string]any:
		object, ok := have.(map[string]any)
		if !ok {
			return false
		}
		for name, member := range value {
			if own, there := object[name]; !there || !like(own, member) {
				return false
			}
		}
		return true
	case []any:
		list, ok := have.([]any)
		return ok && slices.EqualFunc(list, value, like)
	}
	return have == value
}
