package crash

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// lengths are how long each phase of an import takes when nothing disturbs it.
type lengths [phases]time.Duration

// measure follows an import from its start to its end.
func measure(look func() phase, done <-chan struct{}) (l lengths) {
	last := time.Now()
	for p := reading; p < phases; p++ {
		if p+1 == phases || !until(p+1, look, done) {
			<-done
		}
		now := time.Now()
		l[p], last = now.Sub(last), now
	}
	return l
}

// until returns when an import has reached a phase, or false when it ended
// before anybody saw that.
func until(p phase, look func() phase, done <-chan struct{}) bool {
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for look() < p {
		select {
		case <-done:
			return false
		case <-ticker.C:
		}
	}
	return true
}

// moment is when a crash comes: so long after a phase began, whenever that is,
// so that a busy machine does not move all crashes into one phase.
type moment struct {
	in    phase
	after time.Duration
}

func (m moment) String() string {
	return fmt.Sprintf("%v into %v", m.after.Round(time.Millisecond), m.in)
}

// pick returns a random moment: of every four one while the file is read, one
// while it is stored, one around the commit, and one behind it.
func pick(round int, l lengths) moment {
	switch round % 4 {
	case 0:
		return moment{storing, part(l[storing], 0, 90)}
	case 1:
		return moment{reading, part(l[reading], 0, 95)}
	case 2:
		return moment{stored, part(l[stored], 0, 90)}
	default:
		return moment{storing, part(l[storing], 90, 105)}
	}
}

// part is a random part of a duration, between two percentages of it.
func part(of time.Duration, from, to int) time.Duration {
	thousandths := int64(10*from) + rand.Int64N(int64(10*(to-from)))
	return of * time.Duration(thousandths) / 1000
}

// reached waits for the moment. It returns false when the import ended before.
func (m moment) reached(look func() phase, done <-chan struct{}) bool {
	if !until(m.in, look, done) {
		return false
	}
	timer := time.NewTimer(m.after)
	defer timer.Stop()
	select {
	case <-done:
		return false
	case <-timer.C:
		return true
	}
}
