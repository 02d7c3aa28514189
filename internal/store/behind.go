package store

import "context"

// behind is the rows that are written while the next ones are read: the engine
// stores one batch and the file is read for another at the same time. While
// something is on its way, nothing else uses the transaction.
type behind struct {
	tables map[string]*insertion
	done   chan error // of what is on its way; nil when nothing is
}

// handOver lets everything that waits be written, once what was handed over
// before is. An error of that is returned here, or by flush.
func (l *load) handOver(ctx context.Context) error {
	if err := l.behind.wait(); err != nil {
		return err
	}
	l.tables, l.behind.tables = l.behind.tables, l.tables
	tables, done := l.behind.tables, make(chan error, 1)
	l.behind.done = done
	go func() { done <- l.t.write(ctx, tables) }()
	return nil
}

// wait returns when nothing is on its way, with what became of it.
func (b *behind) wait() error {
	if b.done == nil {
		return nil
	}
	err := <-b.done
	b.done = nil
	return err
}
