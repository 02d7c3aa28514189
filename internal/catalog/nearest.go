package catalog

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// maxRunes is how much of a text is compared with the words of a catalogue.
const maxRunes = 64

// Alike returns the codes of the entries that a text nearly spells, best first;
// none where it is more than a slip away from everything.
func (c *Catalog) Alike(s Section, text string) []string {
	return within(Fold(text), c.in(s).words, slipDistance)
}

// Nearest returns the codes of the n entries that come nearest to a text, best
// first: by edit distance over everything that an entry answers, in characters
// of either language and in proportion to the longer text. A word that
// contains the text counts as half as far.
func (c *Catalog) Nearest(s Section, text string, n int) []string {
	return nearest(Fold(text), c.in(s).words, n)
}

// nearestWords is Nearest over plain words.
func nearestWords(text string, words []string, n int) []string {
	list := make([]word, len(words))
	for i, w := range words {
		list[i] = word{Fold(w), w}
	}
	return nearest(Fold(text), list, n)
}

// Distances in thousandths of the longer text: of two that are alike but for a
// slip of the hand, and of any two.
const (
	slipDistance = 300
	anyDistance  = 1000
)

func nearest(text string, words []word, n int) []string {
	codes := within(text, words, anyDistance)
	return codes[:min(n, len(codes))]
}

// within returns the codes of which a word is no further from the text than
// most, nearest first.
func within(text string, words []word, most int) []string {
	text = cut(text)
	best := map[string]int{}
	for _, w := range words {
		d := distance(text, cut(w.text))
		if old, ok := best[w.code]; d <= most && (!ok || d < old) {
			best[w.code] = d
		}
	}
	codes := make([]string, 0, len(best))
	for code := range best {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int {
		return cmp.Or(cmp.Compare(best[a], best[b]), cmp.Compare(a, b))
	})
	return codes
}

// distance is the edit distance in thousandths of the longer text.
func distance(text, of string) int {
	longer := max(utf8.RuneCountInString(text), utf8.RuneCountInString(of), 1)
	d := levenshtein.ComputeDistance(text, of) * 1000 / longer
	if text != "" && strings.Contains(of, text) {
		return d / 2
	}
	return d
}

func cut(text string) string {
	if len(text) <= maxRunes {
		return text
	}
	runes := []rune(text)
	return string(runes[:min(maxRunes, len(runes))])
}
