// Package browser looks at the pages of the service in a real Chromium, as a
// reader does: what stands there, what the browser asks for, what it complains
// of. It holds tests only.
//
// Chromium is found on the machine. Where it is not, the tests say so and look
// at nothing; with BELLWETHER_BROWSER=required they fail.
package browser
