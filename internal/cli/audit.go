package cli

import (
	"context"

	"bellwether/internal/app"
	"bellwether/internal/obs"
)

// audit records what a command did.
func (s *session) audit(ctx context.Context, a *app.App, action, subject string) error {
	return a.Store.Audit(ctx, obs.AuditEntry{At: s.clock().UTC(), By: obs.CommandLine, Action: action, Subject: subject})
}
