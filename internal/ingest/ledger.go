package ingest

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"io"
	"os"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

const (
	maxHeldEntries = 1 << 18 // in memory, before they are written to a file
	maxBatch       = 1 << 17 // looked at together
	maxWide        = 100_000 // numbers of more than 18 digits that are kept
)

// entry is what a statement says, as small as it can be kept.
type entry struct {
	series       int32
	start, end   period.Date
	line, column int32
	ordinal      uint32
	coefficient  int64
	published    int64 // Unix microseconds
	decimals     int16
	multiplier   int16
	state        obs.State
	withdrawn    bool
	wide         bool // the number stands among the wide ones, by ordinal
}

const entryBytes = 48

// ledger keeps the statements of a file in memory that does not grow with it.
type ledger struct {
	held    []entry
	spill   *os.File
	spilled int
	limit   int // of held; 0 is maxHeldEntries
	wide    map[uint32]figure.Value
	buffer  []byte
}

// add keeps an entry with its number. A number of more digits than there is
// room for is left out.
func (l *ledger) add(e entry, v figure.Value) error {
	if l.limit == 0 {
		l.limit = maxHeldEntries
	}
	coefficient, _, ok := v.Scaled()
	e.coefficient, e.decimals, e.multiplier, e.wide = coefficient, int16(v.Decimals()), int16(v.Multiplier()), !ok
	if !ok {
		if len(l.wide) >= maxWide {
			return nil
		}
		if l.wide == nil {
			l.wide = map[uint32]figure.Value{}
		}
		l.wide[e.ordinal] = v
	}
	if len(l.held) == l.limit {
		if err := l.flush(); err != nil {
			return err
		}
	}
	l.held = append(l.held, e)
	return nil
}

// value returns the number of an entry.
func (l *ledger) value(e *entry) figure.Value {
	if e.wide {
		return l.wide[e.ordinal]
	}
	return figure.New(e.coefficient, int(e.decimals), int(e.multiplier))
}

// flush writes the held entries behind those written before.
func (l *ledger) flush() error {
	if l.spill == nil {
		file, err := os.CreateTemp("", "bellwether-import-*")
		if err != nil {
			return err
		}
		l.spill = file
	}
	w := bufio.NewWriterSize(l.spill, 256<<10)
	for i := range l.held {
		l.buffer = l.held[i].appendTo(l.buffer[:0])
		if _, err := w.Write(l.buffer); err != nil {
			return err
		}
	}
	l.spilled += len(l.held)
	l.held = l.held[:0]
	return w.Flush()
}

// each calls take with every entry, in the order in which they came.
func (l *ledger) each(take func(*entry)) error {
	if l.spilled > 0 {
		r := bufio.NewReaderSize(io.NewSectionReader(l.spill, 0, int64(l.spilled)*entryBytes), 256<<10)
		var e entry
		buffer := make([]byte, entryBytes)
		for range l.spilled {
			if _, err := io.ReadFull(r, buffer); err != nil {
				return err
			}
			e.read(buffer)
			take(&e)
		}
	}
	for i := range l.held {
		take(&l.held[i])
	}
	return nil
}

// close removes what was written.
func (l *ledger) close() error {
	if l.spill == nil {
		return nil
	}
	return cmp.Or(l.spill.Close(), os.Remove(l.spill.Name()))
}

func (e *entry) appendTo(dst []byte) []byte {
	le := binary.LittleEndian
	for _, n := range [...]uint32{uint32(e.series), uint32(e.start), uint32(e.end), uint32(e.line), uint32(e.column), e.ordinal} {
		dst = le.AppendUint32(dst, n)
	}
	dst = le.AppendUint64(le.AppendUint64(dst, uint64(e.coefficient)), uint64(e.published))
	dst = le.AppendUint16(le.AppendUint16(dst, uint16(e.decimals)), uint16(e.multiplier))
	return append(dst, byte(e.state), flagOf(e.withdrawn), flagOf(e.wide), 0)
}

func (e *entry) read(b []byte) {
	le := binary.LittleEndian
	e.series, e.start, e.end = int32(le.Uint32(b)), period.Date(le.Uint32(b[4:])), period.Date(le.Uint32(b[8:]))
	e.line, e.column, e.ordinal = int32(le.Uint32(b[12:])), int32(le.Uint32(b[16:])), le.Uint32(b[20:])
	e.coefficient, e.published = int64(le.Uint64(b[24:])), int64(le.Uint64(b[32:]))
	e.decimals, e.multiplier = int16(le.Uint16(b[40:])), int16(le.Uint16(b[42:]))
	e.state, e.withdrawn, e.wide = obs.State(b[44]), b[45] == 1, b[46] == 1
}

func flagOf(set bool) byte {
	if set {
		return 1
	}
	return 0
}
