package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
)

// pool is a set of connections and the statements prepared on it.
type pool struct {
	*sqlx.DB
	idle     int // connections that may wait for work
	mu       sync.Mutex
	prepared map[string]*sqlx.NamedStmt // by text
}

// newPool bounds a pool to so many connections.
func newPool(db *sqlx.DB, conns int) *pool {
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return &pool{DB: db, idle: conns, prepared: map[string]*sqlx.NamedStmt{}}
}

// steadily does what reads or begins, and once more on a new connection where
// the one from the pool turns out to be dead: after a restart of the server
// all that wait there are.
func (p *pool) steadily(ctx context.Context, do func() error) error {
	err := do()
	if err == nil || !lost(err) || ctx.Err() != nil {
		return err
	}
	p.SetMaxIdleConns(0) // closes them
	p.SetMaxIdleConns(p.idle)
	return do()
}

// begin starts a transaction.
func (p *pool) begin(ctx context.Context, options *sql.TxOptions) (t *sqlx.Tx, err error) {
	err = p.steadily(ctx, func() error {
		t, err = p.BeginTxx(ctx, options)
		return err
	})
	return t, err
}

// statement returns the prepared statement of a text.
func (p *pool) statement(ctx context.Context, text string) (*sqlx.NamedStmt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if ready := p.prepared[text]; ready != nil {
		return ready, nil
	}
	ready, err := p.PrepareNamedContext(ctx, text)
	if err != nil {
		return nil, err
	}
	p.prepared[text] = ready
	return ready, nil
}

// ready returns a statement that prepareAll prepared.
func (p *pool) ready(text string) *sqlx.NamedStmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.prepared[text]
}

// prepareAll prepares every statement, so that one that the database does not
// take stops the start and not a request.
func (p *pool) prepareAll(ctx context.Context, texts map[string]string) error {
	for name, text := range texts {
		if strings.Contains(text, selectionMark) {
			text = strings.ReplaceAll(text, selectionMark, "")
		}
		if _, err := p.statement(ctx, text); err != nil {
			return fmt.Errorf("prepare the statement %s: %w", name, err)
		}
	}
	return nil
}
