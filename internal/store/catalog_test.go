package store_test

import (
	"slices"
	"testing"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

func TestTheCatalogueHasVintages(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		before := f.now()
		f.clock.Set(day(2))
		renamed := catalog.Entry{Section: catalog.Areas, Code: "cn", Body: []byte(`{"code":"cn","name":{"en":"PR China","zh":"中国"},"kind":"country"}`)}
		if _, err := f.ExtendCatalog(t.Context(), []catalog.Entry{renamed}, "admin", "renamed"); err != nil {
			t.Fatal(err)
		}
		for at, want := range map[vintage.Point]string{before: "China", f.now(): "PR China"} {
			made, err := f.Catalog(t.Context(), at)
			if err != nil || made.Name(catalog.Areas, "cn", "en") != want {
				t.Errorf("Catalog at %v names cn %q, %v, want %q", at, made.Name(catalog.Areas, "cn", "en"), err, want)
			}
		}
		bad := catalog.Entry{Section: catalog.Areas, Code: "xx", Body: []byte(`{"code":"yy"}`)}
		if _, err := f.ExtendCatalog(t.Context(), []catalog.Entry{bad}, "admin", ""); err == nil {
			t.Error("an entry that is none was stored")
		}
		// What the office said stays when the service starts again.
		f.Close()
		again := create(t, f.db)
		again.clock.Set(day(3))
		made, err := again.Newest(t.Context())
		if err != nil || made.Name(catalog.Areas, "cn", "en") != "PR China" {
			t.Errorf("Newest names cn %q, %v, want PR China", made.Name(catalog.Areas, "cn", "en"), err)
		}
	})
}

func TestKeysAndTheAuditLog(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		hash := make([]byte, 32)
		hash[31] = 9
		key := obs.Key{ID: "0123456789ab", Name: "clerk", Role: obs.Editor, Created: day(1), Expires: day(30)}
		if err := f.CreateKey(ctx, key, hash); err != nil {
			t.Fatal(err)
		}
		got, stored, err := f.KeyByID(ctx, key.ID)
		if err != nil || got != key || !slices.Equal(stored, hash) {
			t.Errorf("KeyByID = %+v, %v, %v, want %+v", got, stored, err, key)
		}
		if err := f.NoteKeyUse(ctx, map[string]time.Time{key.ID: day(2).Add(90 * time.Second), "none": day(2)}); err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{day(3), day(4)} {
			if err := f.RevokeKey(ctx, key.ID, at); err != nil {
				t.Fatal(err)
			}
		}
		key.Used, key.Revoked = day(2).Add(time.Minute), day(3)
		if list, err := f.Keys(ctx); err != nil || !slices.Equal(list, []obs.Key{key}) {
			t.Errorf("Keys = %+v, %v, want %+v", list, err, key)
		}
		wantFault(t, "RevokeKey", f.RevokeKey(ctx, "none", day(1)), fault.NotFound, fault.UnknownKey)
		_, _, err = f.KeyByID(ctx, "none")
		wantFault(t, "KeyByID", err, fault.NotFound, fault.UnknownKey)
		for _, action := range []string{"import.publish", "key.create"} {
			if err := f.Audit(ctx, obs.AuditEntry{By: "clerk", Action: action}); err != nil {
				t.Fatal(err)
			}
		}
		log, err := f.AuditLog(ctx, obs.AuditAsk{Limit: 1})
		if err != nil || len(log) != 1 || log[0].Action != "key.create" || !log[0].At.Equal(day(1)) {
			t.Errorf("AuditLog = %+v, %v, want the newest entry", log, err)
		}
		for _, ask := range []obs.AuditAsk{
			{Limit: 10, Before: log[0].ID}, {Limit: 10, Action: "import.publish"}, {Limit: 1, By: "clerk", Before: log[0].ID},
		} {
			if log, err := f.AuditLog(ctx, ask); err != nil || len(log) != 1 || log[0].Action != "import.publish" {
				t.Errorf("AuditLog(%+v) = %+v, %v, want the publication", ask, log, err)
			}
		}
		if log, err := f.AuditLog(ctx, obs.AuditAsk{Limit: 1, Subject: "other"}); err != nil || len(log) != 0 {
			t.Errorf("AuditLog of another subject = %+v, %v, want nothing", log, err)
		}
	})
}
