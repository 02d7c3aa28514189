package vintage_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

func key(t testing.TB, year int) vintage.Key {
	t.Helper()
	start, err := period.NewDate(year, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, err := period.Between(start, start.AddMonths(9))
	if err != nil {
		t.Fatal(err)
	}
	return vintage.Key{Series: "gdp.cn-cq-lj.cny", Period: p}
}

func at(second int) time.Time { return time.Unix(int64(second), 0).UTC() }

func says(k vintage.Key, value string) []vintage.Statement {
	return []vintage.Statement{{Key: k, Value: value}}
}

func wantValue(t *testing.T, what string, v vintage.Version, found bool, want string) {
	t.Helper()
	got := v.Value
	switch {
	case !found:
		got = "none"
	case v.Withdrawn:
		got = "withdrawn"
	}
	if got != want {
		t.Errorf("%s = %s, want %s", what, got, want)
	}
}

func TestAnOldReleaseImportedLateIsNotTheLatest(t *testing.T) {
	var log vintage.Log
	k := key(t, 2013)
	log.Import(vintage.Import{Published: at(200), Recorded: at(210), Says: says(k, "118.7")})
	log.Import(vintage.Import{Published: at(100), Recorded: at(300), Says: says(k, "117.9")})
	v, found := log.Latest(k, at(400))
	wantValue(t, "Latest", v, found, "118.7")
	v, found = log.FirstRelease(k, vintage.Now(at(400)))
	wantValue(t, "FirstRelease", v, found, "117.9")
	v, found = log.AsOf(k, at(150), at(400))
	wantValue(t, "AsOf between the two", v, found, "117.9")
	v, found = log.RecordedView(k, at(250))
	wantValue(t, "RecordedView before the late import", v, found, "118.7")
}

func TestARepeatedValueKeepsItselfInForce(t *testing.T) {
	var log vintage.Log
	k := key(t, 2013)
	log.Import(vintage.Import{Published: at(100), Recorded: at(100), Says: says(k, "118.7")})
	log.Import(vintage.Import{Published: at(300), Recorded: at(300), Says: says(k, "118.7")})
	log.Import(vintage.Import{Published: at(200), Recorded: at(400), Says: says(k, "120")})
	v, found := log.Latest(k, at(500))
	wantValue(t, "Latest", v, found, "118.7")
	v, found = log.AsOf(k, at(250), at(500))
	wantValue(t, "AsOf between", v, found, "120")
	if got := len(log.History(k, vintage.Now(at(500)))); got != 3 {
		t.Errorf("History has %d versions, want 3", got)
	}
}

func TestAWithdrawalIsAnAnswer(t *testing.T) {
	var log vintage.Log
	k := key(t, 2013)
	log.Import(vintage.Import{Published: at(100), Recorded: at(100), Says: []vintage.Statement{{Key: k, Withdrawn: true}}})
	if _, found := log.FirstRelease(k, vintage.Now(at(150))); found {
		t.Error("FirstRelease of a withdrawal alone is found, want none")
	}
	v, found := log.Latest(k, at(150))
	wantValue(t, "Latest", v, found, "withdrawn")
	log.Import(vintage.Import{Published: at(200), Recorded: at(200), Says: says(k, "118.2")})
	v, found = log.Latest(k, at(250))
	wantValue(t, "Latest after a later release", v, found, "118.2")
	v, found = log.FirstRelease(k, vintage.Now(at(250)))
	wantValue(t, "FirstRelease", v, found, "118.2")
}

func TestUndo(t *testing.T) {
	var log vintage.Log
	k := key(t, 2013)
	first := vintage.Import{File: "aa", Published: at(100), Recorded: at(110), Says: says(k, "117.9")}
	second := vintage.Import{File: "bb", Published: at(200), Recorded: at(210), Says: says(k, "118.7")}
	log.Import(first)
	wrong, _ := log.Import(second)
	undo, done := log.Undo(wrong, at(300))
	if !done {
		t.Fatal("Undo is refused, want it done")
	}
	v, found := log.Latest(k, at(400))
	wantValue(t, "Latest", v, found, "117.9")
	v, found = log.AsOf(k, at(250), at(400))
	wantValue(t, "AsOf when it was in force", v, found, "117.9")
	v, found = log.RecordedView(k, at(299))
	wantValue(t, "RecordedView before the undo", v, found, "118.7")
	v, found = log.RecordedView(k, at(300))
	wantValue(t, "RecordedView at the undo", v, found, "117.9")
	for _, target := range []int{wrong, undo, 0, 9} {
		if _, done := log.Undo(target, at(301)); done {
			t.Errorf("Undo(%d) is done, want it refused", target)
		}
	}
	second.Recorded = at(500)
	if _, noop := log.Import(second); noop {
		t.Error("the same file after its undo is a no-op, want a new import")
	}
	v, found = log.Latest(k, at(600))
	wantValue(t, "Latest after importing it again", v, found, "118.7")
}

func TestAnIdenticalImportIsANoOpWhileItStands(t *testing.T) {
	base := vintage.Import{File: "aa", Profile: "p", Dataset: "main", Published: at(100), Recorded: at(110)}
	for _, c := range []struct {
		name   string
		change func(*vintage.Import)
		noop   bool
	}{
		{"the same, later", func(i *vintage.Import) { i.Recorded = at(900) }, true},
		{"other bytes", func(i *vintage.Import) { i.File = "bb" }, false},
		{"another profile", func(i *vintage.Import) { i.Profile = "q" }, false},
		{"another dataset", func(i *vintage.Import) { i.Dataset = "imf" }, false},
		{"another publication", func(i *vintage.Import) { i.Published = at(101) }, false},
		{"an embargo", func(i *vintage.Import) { i.Embargo = at(101) }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var log vintage.Log
			k := key(t, 2013)
			base.Says = says(k, "1")
			first, _ := log.Import(base)
			log.Import(vintage.Import{File: "cc", Published: at(120), Recorded: at(130), Says: says(k, "2")})
			again := base
			again.Recorded = at(140)
			c.change(&again)
			revision, noop := log.Import(again)
			if noop != c.noop || noop && revision != first {
				t.Errorf("Import = revision %d, no-op %v, want no-op %v of %d", revision, noop, c.noop, first)
			}
		})
	}
}

func TestAnEmbargoHidesForEverFromEarlierPoints(t *testing.T) {
	var log vintage.Log
	k := key(t, 2013)
	log.Import(vintage.Import{Published: at(100), Embargo: at(500), Recorded: at(110), Says: says(k, "118.7")})
	if got := log.Keys(vintage.Now(at(499))); len(got) != 0 {
		t.Errorf("Keys before the embargo ends = %v, want none", got)
	}
	if got := log.Keys(vintage.Now(at(500))); len(got) != 1 || got[0] != k {
		t.Errorf("Keys at the end of the embargo = %v, want %v", got, k)
	}
	if _, found := log.AsOf(k, at(499), at(900)); found {
		t.Error("AsOf before the end of the embargo is found afterwards, want none")
	}
	// Undone while hidden, it must not come back at an older recording with a
	// later publication.
	log.Undo(1, at(200))
	if _, found := log.AsOf(k, at(600), at(150)); found {
		t.Error("a cancelled embargo shows at a point whose publication is later than its recording")
	}
}

// script draws a log of a few revisions on two keys, with instants so few that
// they often collide.
func script(t *rapid.T, keys []vintage.Key) *vintage.Log {
	log := &vintage.Log{}
	for i := range rapid.IntRange(0, 8).Draw(t, "events") {
		recorded := at(10 * (i + 1))
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			log.Undo(rapid.IntRange(1, i+1).Draw(t, "target"), recorded)
			continue
		}
		in := vintage.Import{Recorded: recorded, Published: at(10 * rapid.IntRange(0, 10).Draw(t, "published"))}
		if rapid.Bool().Draw(t, "embargoed") {
			in.Embargo = at(10 * rapid.IntRange(0, 10).Draw(t, "embargo"))
		}
		for _, k := range keys {
			if rapid.Bool().Draw(t, "states") {
				in.Says = append(in.Says, vintage.Statement{Key: k, Value: string(rune('a' + i)), Withdrawn: rapid.IntRange(0, 4).Draw(t, "withdrawn") == 0})
			}
		}
		log.Import(in)
	}
	return log
}

func TestSupersededGivesTheStateOfToday(t *testing.T) {
	keys := []vintage.Key{key(t, 2012), key(t, 2013)}
	rapid.Check(t, func(t *rapid.T) {
		log := script(t, keys)
		undone := func(revision int) bool { _, gone := log.UndoneAt(revision); return gone }
		for _, k := range keys {
			var versions []vintage.Version
			for _, v := range log.Versions() {
				if v.Key == k {
					versions = append(versions, v)
				}
			}
			until := vintage.Superseded(versions, undone)
			published := at(rapid.IntRange(0, 110).Draw(t, "point"))
			want, wanted := log.AsOf(k, published, at(1000))
			got, found := vintage.Version{}, 0
			for i, v := range versions {
				if !v.Published.After(published) && until[i].After(published) {
					got, found = v, found+1
				}
			}
			if found > 1 || (found == 1) != wanted || got != want {
				t.Errorf("in force at %v: %d found, %+v, want %+v", published, found, got, want)
			}
		}
	})
}

func TestSupersededByHand(t *testing.T) {
	k := key(t, 2013)
	versions := []vintage.Version{
		{Key: k, Published: at(100), Recorded: at(1), Revision: 1},
		{Key: k, Published: at(100), Recorded: at(2), Revision: 2},
		{Key: k, Published: at(200), Recorded: at(3), Revision: 3},
		{Key: k, Published: at(300), Recorded: at(4), Revision: 4},
	}
	got := vintage.Superseded(versions, func(revision int) bool { return revision == 3 })
	for i, want := range []time.Time{at(100), at(300), at(200), vintage.Forever} {
		if !got[i].Equal(want) {
			t.Errorf("version %d is superseded at %v, want %v", i+1, got[i], want)
		}
	}
}
