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

// number takes a run of ASCII digits; width is 0 when there is none. One of
// more than nine digits keeps its width and counts as 0: no notation has it.
func (s *scanner) number() (n, width int) {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
	n, ok := digits(s.text[start:s.at])
	if !ok {
		n = 0
	}
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

// dash takes what joins the ends of a range: one hyphen, or the two of the
// Chinese dash, with the spaces beside them, or the word "to".
func (s *scanner) dash() bool {
	if s.eat(" to ") {
		return true
	}
	before := s.at
	s.eat(" ")
	if !s.eat("--") && !s.eat("-") {
		s.at = before
		return false
	}
	s.eat(" ")
	return true
}
