package obs_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/obs"
)

func ExampleJoinStatus() {
	fmt.Println(obs.JoinStatus("A", "A"), obs.JoinStatus("A", "P"), obs.JoinStatus("B", "P;U", "P"))
	// Output: A P P;B;U
}

// TestJoinedStatusesHaveEachLetterOnce joins any statuses in any order.
func TestJoinedStatusesHaveEachLetterOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.SampledFrom(strings.Split(obs.StatusLetters, "")), 1, 6).Draw(t, "letters")
		got := obs.JoinStatus(letters...)
		last := -1
		for _, letter := range strings.Split(got, ";") {
			at := strings.Index(obs.StatusLetters, letter)
			if at <= last || len(letter) != 1 || letter == "A" && got != "A" {
				t.Errorf("JoinStatus(%q) = %q, want each letter once in order, and A alone", letters, got)
			}
			last = at
		}
		for _, letter := range letters {
			if letter != "A" && !strings.Contains(got, letter) {
				t.Errorf("JoinStatus(%q) = %q, want %s in it", letters, got, letter)
			}
		}
	})
}
