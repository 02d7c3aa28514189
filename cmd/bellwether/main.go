// Command bellwether publishes economic indicators: it imports an office's
// bulletins, keeps every vintage, and serves series over HTTP.
package main

import (
	"os"

	"bellwether/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
