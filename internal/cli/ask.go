package cli

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"bellwether/internal/term"
)

// talks reports whether a person at a terminal can be asked.
func (s *session) talks() bool { return !s.json && term.IsTerminal(s.In) && term.IsTerminal(s.Err) }

// line asks a person for one line; ok is false when none comes.
func (s *session) line(prompt string) (text string, ok bool) {
	if !s.talks() {
		return "", false
	}
	fmt.Fprint(s.Err, prompt)
	if s.typed == nil {
		s.typed = bufio.NewReader(s.In)
	}
	text, err := s.typed.ReadString('\n')
	return strings.TrimSpace(text), err == nil
}

// confirm asks a person; without one the answer is no.
func (s *session) confirm(question string) bool {
	answer, _ := s.line(question + " [y/N] ")
	answer = strings.ToLower(answer)
	return answer == "y" || answer == "yes"
}

// writeNew writes a file that is not there yet.
func writeNew(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err = file.Write(text); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
