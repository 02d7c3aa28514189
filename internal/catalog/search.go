package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// Search returns the codes of the entries in which every word of q stands, in
// a code, name, alias, code of another list, definition or note of either
// language. First those that are q itself, then those that begin with it,
// contain it at the beginning of a word, contain it, and contain its words
// apart; then by code. An empty q finds everything.
func (c *Catalog) Search(s Section, q string) []string {
	q = Fold(q)
	terms := strings.Fields(q)
	type hit struct {
		code string
		rank int
	}
	var hits []hit
	for _, e := range c.in(s).entries {
		if rank := rankOf(e, q, terms); rank > 0 {
			hits = append(hits, hit{e.key(), rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.rank, b.rank) })
	codes := make([]string, len(hits))
	for i, h := range hits {
		codes[i] = h.code
	}
	return codes
}

// The ranks of a hit; 0 is none.
const (
	wholeRank = 1 + iota
	prefixRank
	wordRank
	insideRank
	apartRank
	proseRank
)

func rankOf(e entry, q string, terms []string) int {
	answers := append(labels(e), e.head().Shared...)
	best := 0
	for i, answer := range answers {
		answers[i] = Fold(answer)
		if rank := rankIn(answers[i], q); rank > 0 && (best == 0 || rank < best) {
			best = rank
		}
	}
	if best > 0 {
		return best
	}
	if containsAll(strings.Join(answers, "\n"), terms) {
		return apartRank
	}
	if containsAll(strings.Join(answers, "\n")+"\n"+Fold(prose(e)), terms) {
		return proseRank
	}
	return 0
}

func rankIn(answer, q string) int {
	switch {
	case answer == q:
		return wholeRank
	case strings.HasPrefix(answer, q):
		return prefixRank
	case strings.Contains(answer, " "+q) || strings.Contains(answer, "-"+q):
		return wordRank
	case strings.Contains(answer, q):
		return insideRank
	}
	return 0
}

func containsAll(text string, terms []string) bool {
	for _, term := range terms {
		if !strings.Contains(text, term) {
			return false
		}
	}
	return true
}

// prose returns the texts of an entry that are for reading.
func prose(e entry) string {
	texts := func(all ...Text) string {
		var b strings.Builder
		for _, t := range all {
			b.WriteString(t.En + "\n" + t.Zh + "\n")
		}
		return b.String()
	}
	switch e := e.(type) {
	case *Indicator:
		return texts(e.Definition, e.Note) + e.Source
	case *Area:
		return texts(e.Note)
	case *Unit:
		return texts(e.Note)
	case *Dataset:
		return texts(e.Provider, e.Note)
	case *Dimension:
		return texts(e.Note)
	case *Item:
		return texts(e.Note)
	}
	return ""
}
