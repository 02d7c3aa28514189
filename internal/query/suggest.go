package query

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
)

// Suggestion is a series that a search nearly finds.
type Suggestion struct {
	Code  string `json:"code"`
	Title string `json:"title"`
}

const (
	mostSuggestions = 5
	mostWords       = 8 // of a search that are compared
)

// Suggest returns up to five of the series that the filter holds, whatever its
// text, and that its text nearly finds, nearest first. A word is near when not
// more than a third of it is another than a word of the code, of a title in
// either language, or than what indicator or area go by; or all of the text is
// near a code or a whole title.
func (s *Service) Suggest(ctx context.Context, m Moment, f Filter, lang string) ([]Suggestion, error) {
	words, held, err := s.held(ctx, m, f)
	if err != nil {
		return nil, err
	}
	wish := newWish(words, f.Text)
	type candidate struct {
		series *obs.Series
		away   int
	}
	var near []candidate
	for _, c := range held {
		if away, ok := wish.away(words, c.Series); ok {
			near = append(near, candidate{c.Series, away})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.away, b.away) })
	list := []Suggestion{}
	for _, c := range near[:min(len(near), mostSuggestions)] {
		list = append(list, Suggestion{Code: c.series.Code, Title: words.Title(c.series.Key, lang)})
	}
	return list, nil
}

// wish is the text of a search that may be misspelt: its words, and all of it.
type wish struct {
	words []spelt
	whole spelt
}

// spelt is a text with the entries of the catalogue that it nearly names.
type spelt struct {
	term
	alike term
}

const (
	nearEnough = 333 // how much of the longer of two texts may differ, in thousandths
	alikeAway  = 200 // how far an entry is taken to be that a text nearly names
)

func newWish(words *catalog.Catalog, text string) *wish {
	w := &wish{whole: newSpelt(words, catalog.Fold(text))}
	all := strings.Fields(w.whole.text)
	for _, word := range all[:min(len(all), mostWords)] {
		w.words = append(w.words, newSpelt(words, word))
	}
	return w
}

func newSpelt(words *catalog.Catalog, text string) spelt {
	return spelt{
		term:  newTerm(words, text),
		alike: term{indicators: words.Alike(catalog.Indicators, text), areas: words.Alike(catalog.Areas, text)},
	}
}

// away is how far a series is from the wish, word by word or from all of it.
func (w *wish) away(words *catalog.Catalog, s *obs.Series) (int, bool) {
	texts := []string{catalog.Fold(s.Code), catalog.Fold(words.Title(s.Key, "en")), catalog.Fold(words.Title(s.Key, "zh"))}
	if away := w.whole.away(s, texts); away <= nearEnough {
		return away * len(w.words), true
	}
	pieces := texts
	for _, text := range texts {
		pieces = append(pieces, strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
	}
	sum := 0
	for _, word := range w.words {
		away := word.away(s, pieces)
		if away > nearEnough {
			return 0, false
		}
		sum += away
	}
	return sum, len(w.words) > 0
}

// away is how far the text is from the nearest of texts that name a series, or
// from what its indicator and area go by.
func (t *spelt) away(s *obs.Series, texts []string) int {
	if t.names(s) {
		return 0
	}
	best := nearEnough + 1
	if t.alike.names(s) {
		best = alikeAway
	}
	for _, text := range texts {
		if strings.Contains(text, t.text) {
			return 0
		}
		longer := max(utf8.RuneCountInString(text), utf8.RuneCountInString(t.text), 1)
		best = min(best, levenshtein.ComputeDistance(text, t.text)*1000/longer)
	}
	return best
}
