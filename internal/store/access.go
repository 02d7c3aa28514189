package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// CreateKey stores a key with the SHA-256 of its secret, 32 bytes.
func (s *Store) CreateKey(ctx context.Context, key obs.Key, hash []byte) error {
	return s.inTx(ctx, func(t *tx) error {
		return t.exec(ctx, "insert_key", args{
			"id": key.ID, "name": key.Name, "role": string(key.Role), "hash": hash,
			"created_at": s.dialect.instant(cut(key.Created)), "expires_at": s.dialect.instant(cut(key.Expires)),
		})
	})
}

// Keys returns every key, the oldest first, revoked and expired ones included.
func (s *Store) Keys(ctx context.Context) ([]obs.Key, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var list []obs.Key
	err := s.each(ctx, "keys", args{}, func(rows *sqlx.Rows) error {
		key, _, err := scanKey(rows.Scan)
		list = append(list, key)
		return err
	})
	return list, err
}

// KeyByID returns a key and the hash of its secret, whether it is still good
// or not; an unknown id is a fault unknown_key of kind NotFound.
func (s *Store) KeyByID(ctx context.Context, id string) (obs.Key, []byte, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	key, hash, err := scanKey(func(into ...any) error { return s.row(ctx, "key", args{"id": id}, into...) })
	return key, hash, failure(ctx, orUnknownKey(err, id))
}

func scanKey(scan func(...any) error) (key obs.Key, hash []byte, err error) {
	var created, expires, revoked, used any
	err = scan(&key.ID, &key.Name, &key.Role, &hash, &created, &expires, &revoked, &used)
	key.Created, key.Expires = asInstant(created), asInstant(expires)
	key.Revoked, key.Used = asInstant(revoked), asInstant(used)
	return key, hash, err
}

func orUnknownKey(err error, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, fault.UnknownKey, "no key has the id %q", fault.Clip(id)).
			Expect("an id from the list of keys")
	}
	return err
}

// RevokeKey ends a key; one that was revoked before stays as it was. An
// unknown id is a fault unknown_key of kind NotFound.
func (s *Store) RevokeKey(ctx context.Context, id string, at time.Time) error {
	return s.inTx(ctx, func(t *tx) error {
		if _, _, err := scanKey(func(into ...any) error { return t.row(ctx, "key", args{"id": id}, into...) }); err != nil {
			return orUnknownKey(err, id)
		}
		return t.exec(ctx, "revoke_key", args{"id": id, "revoked_at": s.dialect.instant(cut(at))})
	})
}

// NoteKeyUse stores when keys were last used, by id. Uses are collected in
// memory and noted about once a minute; an earlier use than the noted one
// changes nothing.
func (s *Store) NoteKeyUse(ctx context.Context, uses map[string]time.Time) error {
	if len(uses) == 0 {
		return nil
	}
	return s.inTx(ctx, func(t *tx) error {
		for id, at := range uses {
			used := s.dialect.instant(at.UTC().Truncate(time.Minute))
			if err := t.exec(ctx, "use_key", args{"id": id, "used_at": used}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Audit adds an entry to the audit log. An entry without an instant gets that
// of its recording.
func (s *Store) Audit(ctx context.Context, entry obs.AuditEntry) error {
	return s.inTx(ctx, func(t *tx) error {
		at := t.now
		if !entry.At.IsZero() {
			at = entry.At
		}
		return t.exec(ctx, "insert_audit", args{
			"at": s.dialect.instant(at), "author": entry.By, "action": entry.Action,
			"subject": entry.Subject, "detail": entry.Detail,
		})
	})
}

// AuditLog returns the entries that are asked for, the newest first.
func (s *Store) AuditLog(ctx context.Context, ask obs.AuditAsk) ([]obs.AuditEntry, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var list []obs.AuditEntry
	wanted := args{"before": ask.Before, "limit": ask.Limit, "author": ask.By, "action": ask.Action, "subject": ask.Subject}
	err := s.each(ctx, "audit", wanted, func(rows *sqlx.Rows) error {
		var entry obs.AuditEntry
		var at any
		err := rows.Scan(&entry.ID, &at, &entry.By, &entry.Action, &entry.Subject, &entry.Detail)
		entry.At = asInstant(at)
		list = append(list, entry)
		return err
	})
	return list, err
}
