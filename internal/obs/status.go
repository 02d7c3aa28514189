package obs

import "strings"

// StatusLetters are the letters of the SDMX list of observation statuses
// (CL_OBS_STATUS) in the order in which a status has them: how the figure came
// about, then what is to be known of it, then why there is none.
const StatusLetters = "APEFIGDBUVNJKWSOLMHQ"

// JoinStatus returns the status of what is computed from figures of these
// statuses: every letter of them once, in their order, and A where there is no
// other one.
func JoinStatus(statuses ...string) string {
	first, mixed := "", false
	for _, status := range statuses {
		switch {
		case status == "":
		case first == "":
			first = status
		case status != first:
			mixed = true
		}
	}
	if !mixed {
		return first
	}
	all := strings.Join(statuses, ";")
	var b strings.Builder
	for _, letter := range StatusLetters[1:] {
		if !strings.ContainsRune(all, letter) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteRune(letter)
	}
	if b.Len() == 0 {
		return StatusLetters[:1]
	}
	return b.String()
}
