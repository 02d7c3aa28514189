package period

import "strings"

// scanner walks over a folded text. Its methods take what they name and move
// on, or leave the place where it is.
type scanner struct {
	text string
	at   int
}

func (s *scanner) rest() string { return s.text[s.at:] }

func (s *scanner) done() bool { return s.at == len(s.text) }

// eat takes one literal.
func (s *scanner) eat(literal string) bool {
	if !strings.HasPrefix(s.rest(), literal) {
		return false
	}
	s.at += len(literal)
	return true
}

// eatAny takes the first of the literals that stands here and says which.
func (s *scanner) eatAny(literals ...string) (string, bool) {
	for _, literal := range literals {
		if s.eat(literal) {
			return literal, true
		}
	}
	return "", false
}

// number takes a run of ASCII digits; width is 0 when there is none. Numbers of
// more than nine digits keep their width and lose their value: no notation has
// them.
func (s *scanner) number() (n, width int) {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
	n, _ = digits(s.text[start:s.at])
	return n, s.at - start
}

// word takes a run of letters.
func (s *scanner) word() string {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= 'a' && s.text[s.at] <= 'z' {
		s.at++
	}
	return s.text[start:s.at]
}

// gap takes what may stand between a year and a part of it: one space, one
// hyphen or nothing.
func (s *scanner) gap() {
	if !s.eat(" ") {
		s.eat("-")
	}
}

// dash takes a hyphen with the spaces beside it.
func (s *scanner) dash() bool {
	return s.eat(" - ") || s.eat(" -") || s.eat("- ") || s.eat("-")
}
