package term

import (
	"fmt"
	"time"
)

// perSecond is how an amount in each second is written.
type perSecond func(n int64) string

func perSecondRows(n int64) string { return fmt.Sprintf("%d rows/s", n) }

// perSecondBytes writes millions of bytes with one digit, rounded down.
func perSecondBytes(n int64) string {
	const tenth = 100_000
	return fmt.Sprintf("%d.%d MB/s", n/tenth/10, n/tenth%10)
}

// paceAfter is how long a stage runs before its pace says anything.
const paceAfter = time.Second

// pace says how much was done in each second so far and how long the rest takes
// if it goes on like that, rounded up to seconds. It is empty in the first
// second, while nothing is done, and after the last; without a total there is
// no rest to tell.
func pace(done, total int64, took time.Duration, unit perSecond) string {
	if took < paceAfter || done <= 0 || total > 0 && done >= total {
		return ""
	}
	each := done * 1000 / took.Milliseconds()
	text := ", " + unit(each)
	if total > 0 && each > 0 {
		left := (total - done + each - 1) / each
		text += ", " + (time.Duration(left) * time.Second).String() + " left"
	}
	return text
}
