package cli

import (
	"context"

	"bellwether/internal/app"
	"bellwether/internal/obs"
)

// commandLine is who acts when a person at the machine itself does.
const commandLine = "command line"

// audit records what a command did.
func (s *session) audit(ctx context.Context, a *app.App, action, subject string) error {
	return a.Store.Audit(ctx, obs.AuditEntry{At: s.clock().UTC(), By: commandLine, Action: action, Subject: subject})
}
