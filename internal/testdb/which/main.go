// Command which says on which engines the tests will run here, and why not on
// the others.
package main

import (
	"fmt"

	"bellwether/internal/testdb"
)

func main() {
	for _, line := range testdb.Describe() {
		fmt.Println(line)
	}
}
