package api_test

import (
	"fmt"
	"net/http"
	"time"

	"bellwether/api"
)

// A server for a handler, with a shorter wait for headers than the default.
func ExampleNewServer() {
	server := api.NewServer(http.NotFoundHandler(), api.Timeouts{ReadHeader: time.Second}, nil)
	fmt.Println(server.ReadHeaderTimeout, server.IdleTimeout)
	// Output: 1s 2m0s
}
