package testdb

import (
	"fmt"
	"os"
)

// Describe says in a line for each engine whether tests run on it here.
func Describe() []string {
	lines := []string{"engine sqlite: embedded"}
	if os.Getenv("TEST_DATABASE_URL") != "" {
		return append(lines, "engine postgres: the server of TEST_DATABASE_URL")
	}
	bin, err := programs()
	if err != nil {
		return append(lines, "engine postgres: not run; "+err.Error())
	}
	return append(lines, fmt.Sprintf("engine postgres: started from %s", bin))
}
