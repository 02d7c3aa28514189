package crash

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// lengths are how long each phase of an import takes when nothing disturbs it.
type lengths [acknowledged]time.Duration

// measure follows an import from its start to its end.
func measure(look func() phase, done <-chan struct{}) (l lengths) {
	last := time.Now()
	for p := range acknowledged {
		until(p+1, look, done)
		now := time.Now()
		l[p], last = now.Sub(last), now
	}
	return l
}

// until returns when an import has reached a phase, or has ended before anybody
// saw that.
func until(p phase, look func() phase, done <-chan struct{}) {
	if p == acknowledged {
		<-done
		return
	}
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for look() < p {
		select {
		case <-done:
			return
		case <-ticker.C:
		}
	}
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

// pick returns a random moment: of every four one while the figures are stored,
// one behind the commit, one while the file is read, and one around the commit.
func pick(round int, l lengths) moment {
	switch round % 4 {
	case 0:
		return moment{storing, part(l[storing], 0, 90)}
	case 1:
		return moment{stored, part(l[stored], 0, 90)}
	case 2:
		return moment{reading, part(l[reading], 0, 95)}
	default:
		return moment{storing, part(l[storing], 90, 105)}
	}
}

// part is a random part of a duration, between two percentages of it.
func part(of time.Duration, from, to int) time.Duration {
	thousandths := int64(10*from) + rand.Int64N(int64(10*(to-from)))
	return of * time.Duration(thousandths) / 1000
}

// await returns when the moment has come or the import has ended before. It says
// in which phase that is, and how long after the phase of the moment began.
func (m moment) await(look func() phase, done <-chan struct{}) (in phase, after time.Duration) {
	until(m.in, look, done)
	began := time.Now()
	timer := time.NewTimer(m.after)
	defer timer.Stop()
	select {
	case <-done:
		return acknowledged, time.Since(began)
	case <-timer.C:
		return look(), time.Since(began)
	}
}
