package query_test

import (
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/query"
)

// TestPartsMakeTheWhole goes through a list page by page.
func TestPartsMakeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, limit := rapid.IntRange(0, 50).Draw(t, "total"), rapid.IntRange(0, 10).Draw(t, "limit")
		m := query.Moment{Token: "abc", AsOf: rapid.SampledFrom([]string{"", "2015-01-01"}).Draw(t, "as_of")}
		page, at := query.Page{Question: "q", Limit: limit}, 0
		for {
			part, err := m.Part(page, total)
			if err != nil || part.From != at || part.To < part.From || part.To > total || limit > 0 && part.To-part.From > limit {
				t.Fatalf("Part(%+v, %d) = %+v, %v, want from %d on", page, total, part, err, at)
			}
			at = part.To
			if part.Next == "" {
				break
			}
			page.Cursor = string(part.Next)
		}
		if at != total {
			t.Fatalf("the pages end at %d of %d", at, total)
		}
	})
}

func TestACursorBelongsToItsList(t *testing.T) {
	m := query.Moment{Token: "abc"}
	part, err := m.Part(query.Page{Question: "q", Limit: 2}, 5)
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]struct {
		m query.Moment
		p query.Page
	}{
		"another question": {m, query.Page{Question: "r", Cursor: string(part.Next)}},
		"another state":    {query.Moment{Token: "abd"}, query.Page{Question: "q", Cursor: string(part.Next)}},
		"another as_of":    {query.Moment{Token: "abc", AsOf: "2015"}, query.Page{Question: "q", Cursor: string(part.Next)}},
		"no cursor":        {m, query.Page{Question: "q", Cursor: "x"}},
	} {
		if _, err := ask.m.Part(ask.p, 5); fault.CodeOf(err) != fault.CursorInvalid {
			t.Errorf("%s: %v, want cursor_invalid", name, err)
		}
	}
}
