package term

import (
	"io"
	"slices"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// Progress is a bar on a terminal and silence elsewhere, so that logs and
// pipes stay clean. The zero value is silent. It is used from one goroutine.
type Progress struct {
	container *mpb.Progress
	bar       *mpb.Bar
	label     string
	total     int64
	bytes     []string // the stages that are counted in bytes
}

// NewProgress returns a bar that draws on w when w is a terminal.
func NewProgress(w io.Writer, label string) *Progress {
	p := &Progress{label: label}
	if IsTerminal(w) {
		p.container = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40))
	}
	return p
}

// InBytes names the stages whose amounts are bytes; those of others are rows.
func (p *Progress) InBytes(stages ...string) *Progress {
	p.bytes = stages
	return p
}

// Set says how much is done of how much. A total of 0 is one that nobody knows
// yet.
func (p *Progress) Set(done, total int) { p.Stage(p.label, int64(done), int64(total)) }

// Stage is Set for a named part of the work; another name begins another bar.
func (p *Progress) Stage(label string, done, total int64) {
	if p.container == nil {
		return
	}
	if p.bar == nil || p.label != label {
		p.end()
		p.label, p.total = label, total
		p.bar = p.container.AddBar(total,
			mpb.PrependDecorators(decor.Name(label, decor.WC{W: 10, C: decor.DindentRight})),
			mpb.AppendDecorators(decor.Percentage(), decor.Name(" "), decor.Elapsed(decor.ET_STYLE_GO), p.pace()),
		)
	}
	if total != p.total {
		p.total = total
		p.bar.SetTotal(total, false)
	}
	p.bar.SetCurrent(done)
}

// Done ends the drawing; what follows starts on a line of its own.
func (p *Progress) Done() {
	if p.container == nil {
		return
	}
	p.end()
	p.container.Wait()
}

// end leaves the bar as it stands, also when the work broke off.
func (p *Progress) end() {
	if p.bar == nil {
		return
	}
	if p.bar.Current() < p.total {
		p.bar.Abort(false)
	} else {
		p.bar.SetTotal(p.total, true)
	}
	p.bar = nil
}

// pace is what the stage that begins now says behind its bar.
func (p *Progress) pace() decor.Decorator {
	began, unit := time.Now(), perSecondRows
	if slices.Contains(p.bytes, p.label) {
		unit = perSecondBytes
	}
	return decor.Any(func(s decor.Statistics) string {
		return pace(s.Current, s.Total, time.Since(began), unit)
	})
}
