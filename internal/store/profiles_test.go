package store_test

import (
	"sync"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

func (f *fixture) putProfile(name, text string) obs.Profile {
	f.Helper()
	p, err := f.PutProfile(f.TB.Context(), obs.ProfileChange{Name: name, Text: text, By: "key of the office"})
	if err != nil {
		f.Fatal(err)
	}
	return p
}

func (f *fixture) profile(name string, version int) obs.Profile {
	f.Helper()
	p, err := f.Profile(f.TB.Context(), name, version)
	if err != nil {
		f.Fatal(err)
	}
	return p
}

func TestAProfileKeepsItsVersions(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.clock.Set(day(1))
		first := f.putProfile("nbs", "delimiter: ;\n")
		if want := (obs.Profile{Name: "nbs", Version: 1, Text: "delimiter: ;\n", At: day(1), By: "key of the office"}); first != want {
			t.Errorf("PutProfile = %+v, want %+v", first, want)
		}
		f.clock.Set(day(2))
		if again := f.putProfile("nbs", "delimiter: ;\n"); again != first {
			t.Errorf("the same text gives %+v, want %+v", again, first)
		}
		second := f.putProfile("nbs", "delimiter: tab\n")
		if second.Version != 2 || f.profile("nbs", 0) != second || f.profile("nbs", 1) != first {
			t.Errorf("PutProfile = %+v after %+v", second, first)
		}
		f.putProfile("another", "skip_lines: 1\n")
		for name, nearest := range map[string]string{"nsb": "nbs, another", "anothr": "another, nbs"} {
			_, err := f.Profile(t.Context(), name, 0)
			if e := fault.From(err); fault.CodeOf(err) != fault.UnknownProfile || e.Expected != nearest {
				t.Errorf("Profile(%s) = %v, want unknown_profile and %s", name, err, nearest)
			}
		}
		all, err := f.Profiles(t.Context())
		if err != nil || len(all) != 2 || all[0].Name != "another" || all[1] != second {
			t.Errorf("Profiles = %+v, %v", all, err)
		}
	})
}

func TestARetiredProfileIsUsedNoMore(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		first := f.putProfile("nbs", "delimiter: ;\n")
		f.putProfile("nbs", "")
		if _, err := f.Profile(t.Context(), "nbs", 0); fault.CodeOf(err) != fault.UnknownProfile {
			t.Errorf("Profile of a retired one: %v", err)
		}
		if f.profile("nbs", 1) != first {
			t.Error("the version that was in use is gone")
		}
		if all, err := f.Profiles(t.Context()); err != nil || len(all) != 0 {
			t.Errorf("Profiles = %+v, %v", all, err)
		}
		if _, err := f.PutProfile(t.Context(), obs.ProfileChange{Name: "nbs", By: "x"}); fault.CodeOf(err) != fault.UnknownProfile {
			t.Errorf("retiring it again: %v", err)
		}
		if p := f.putProfile("nbs", "delimiter: ;\n"); p.Version != 3 {
			t.Errorf("PutProfile after retiring = %+v, want version 3", p)
		}
	})
}

func TestEachWriterOfAProfileMakesAVersion(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		texts := []string{"delimiter: ;\n", "delimiter: tab\n", "delimiter: '|'\n", "skip_lines: 1\n"}
		var all sync.WaitGroup
		for _, text := range texts {
			all.Go(func() {
				for {
					_, err := f.PutProfile(t.Context(), obs.ProfileChange{Name: "nbs", Text: text, By: "x"})
					if fault.CodeOf(err) != fault.ProfileChanged {
						if err != nil {
							t.Error(err)
						}
						return
					}
				}
			})
		}
		all.Wait()
		if p := f.profile("nbs", 0); p.Version != len(texts) {
			t.Errorf("the newest version is %d, want %d", p.Version, len(texts))
		}
	})
}

func TestAProfileIsNotWrittenOverWhatNobodySaw(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		over := func(version int, text string) fault.Code {
			_, err := f.PutProfile(t.Context(), obs.ProfileChange{Name: "nbs", Text: text, By: "x", Over: &version})
			return fault.CodeOf(err)
		}
		for _, c := range []struct {
			name string
			over int
			text string
			want fault.Code
		}{
			{"one that is not there", 1, "delimiter: ;\n", fault.ProfileChanged},
			{"the first", 0, "delimiter: ;\n", ""},
			{"the first again", 0, "delimiter: ;\n", fault.ProfileChanged},
			{"the second", 1, "delimiter: tab\n", ""},
			{"another second", 1, "skip_lines: 1\n", fault.ProfileChanged},
			{"retiring what was changed", 1, "", fault.ProfileChanged},
			{"retiring", 2, "", ""},
			{"the next first", 0, "delimiter: ;\n", ""},
		} {
			if got := over(c.over, c.text); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	})
}
