package ingest

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"io"
	"os"
	"slices"

	"bellwether/internal/period"
)

// maxHeldPrints is how many fingerprints are held before they are spilled to a
// file in order.
const maxHeldPrints = 1 << 20

// repeats finds the fingerprints that occur more than once, in memory that
// does not grow with the file: runs in order, merged at the end. A fingerprint
// stands for what a statement is of: series, period, publication.
type repeats struct {
	held  []uint64
	spill *os.File
	runs  []int64 // where each run ends in spill
	limit int     // of held; 0 is maxHeldPrints
}

// add notes the fingerprint of the next statement.
func (r *repeats) add(print uint64) error {
	if r.limit == 0 {
		r.limit = maxHeldPrints
	}
	if len(r.held) == r.limit {
		if err := r.flush(); err != nil {
			return err
		}
	}
	r.held = append(r.held, print)
	return nil
}

// flush writes the held fingerprints as one run.
func (r *repeats) flush() error {
	if r.spill == nil {
		file, err := os.CreateTemp("", "bellwether-import-*")
		if err != nil {
			return err
		}
		r.spill = file
	}
	slices.Sort(r.held)
	w := bufio.NewWriterSize(r.spill, 64<<10)
	var buf [8]byte
	for _, print := range r.held {
		binary.LittleEndian.PutUint64(buf[:], print)
		if _, err := w.Write(buf[:]); err != nil {
			return err
		}
	}
	end := int64(8 * len(r.held))
	if len(r.runs) > 0 {
		end += r.runs[len(r.runs)-1]
	}
	r.runs = append(r.runs, end)
	r.held = r.held[:0]
	return w.Flush()
}

// close removes the spilled runs.
func (r *repeats) close() error {
	if r.spill == nil {
		return nil
	}
	name := r.spill.Name()
	return cmp.Or(r.spill.Close(), os.Remove(name))
}

// after returns fingerprints above the bound that occur more than once, in
// order, until they occur limit times together; bounded says whether to start
// at the lowest.
func (r *repeats) after(bound uint64, bounded bool, limit int) ([]uint64, error) {
	slices.Sort(r.held)
	sources := []prints{&heldPrints{held: r.held}}
	begin := int64(0)
	for _, end := range r.runs {
		section := io.NewSectionReader(r.spill, begin, end-begin)
		sources = append(sources, &spilledPrints{r: bufio.NewReaderSize(section, 64<<10)})
		begin = end
	}
	m := merge{sources: sources}
	var found []uint64
	last, have, occurs := uint64(0), false, 0
	for {
		print, ok, err := m.next()
		if err != nil || !ok {
			return found, err
		}
		switch {
		case !have || print != last:
			if occurs >= limit {
				return found, nil
			}
		case bounded && print <= bound:
		case len(found) == 0 || found[len(found)-1] != print:
			found = append(found, print)
			occurs += 2
		default:
			occurs++
		}
		last, have = print, true
	}
}

// prints is a run of fingerprints in order.
type prints interface {
	next() (print uint64, ok bool, err error)
}

type heldPrints struct{ held []uint64 }

func (h *heldPrints) next() (uint64, bool, error) {
	if len(h.held) == 0 {
		return 0, false, nil
	}
	print := h.held[0]
	h.held = h.held[1:]
	return print, true, nil
}

type spilledPrints struct{ r *bufio.Reader }

func (s *spilledPrints) next() (uint64, bool, error) {
	var buf [8]byte
	if _, err := io.ReadFull(s.r, buf[:]); err == io.EOF {
		return 0, false, nil
	} else if err != nil {
		return 0, false, err
	}
	return binary.LittleEndian.Uint64(buf[:]), true, nil
}

// merge gives the fingerprints of several runs in one order.
type merge struct {
	sources []prints
	heads   []uint64
	started bool
}

func (m *merge) next() (uint64, bool, error) {
	if !m.started {
		m.started = true
		open := m.sources
		m.sources = nil
		for _, s := range open {
			if err := m.open(s); err != nil {
				return 0, false, err
			}
		}
	}
	if len(m.sources) == 0 {
		return 0, false, nil
	}
	least := 0
	for i, head := range m.heads {
		if head < m.heads[least] {
			least = i
		}
	}
	print := m.heads[least]
	head, ok, err := m.sources[least].next()
	if err != nil {
		return 0, false, err
	}
	if ok {
		m.heads[least] = head
	} else {
		m.sources = slices.Delete(m.sources, least, least+1)
		m.heads = slices.Delete(m.heads, least, least+1)
	}
	return print, true, nil
}

func (m *merge) open(s prints) error {
	head, ok, err := s.next()
	if err == nil && ok {
		m.sources, m.heads = append(m.sources, s), append(m.heads, head)
	}
	return err
}

// about is what a statement is of, exactly.
type about struct {
	code      string
	period    period.Period
	published int64 // Unix microseconds; the zero instant's where none is stated
}

func (s *statement) about() about {
	return about{s.named.code, s.Period, s.Published.UnixMicro()}
}

// print returns the fingerprint of what a statement is of.
func (s *statement) print() uint64 {
	return mix(s.figurePrint() ^ uint64(s.Published.UnixMicro()))
}

// figurePrint returns the fingerprint of the series and period of a statement,
// whichever release it is of.
func (s *statement) figurePrint() uint64 {
	return mix(s.named.hash ^ uint64(uint32(s.Period.Start()))<<32 ^ uint64(uint32(s.Period.End())))
}

// mix spreads the bits of a number (the finalizer of SplitMix64).
func mix(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// marks is a set of ordinals.
type marks struct{ bits []uint64 }

func (m *marks) set(ordinal uint32) {
	for int(ordinal/64) >= len(m.bits) {
		m.bits = append(m.bits, 0)
	}
	m.bits[ordinal/64] |= 1 << (ordinal % 64)
}

func (m *marks) has(ordinal uint32) bool {
	return int(ordinal/64) < len(m.bits) && m.bits[ordinal/64]&(1<<(ordinal%64)) != 0
}
