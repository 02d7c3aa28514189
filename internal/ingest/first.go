package ingest

// maxFirst is how many figures a report shows as they were read.
const maxFirst = 5

// FirstRow is one figure or growth of a file as it was read, before anything is
// stored.
type FirstRow struct {
	Line       int    `json:"line"`
	Series     string `json:"series"`
	Period     string `json:"period"`
	Value      string `json:"value"` // the number at the multiplier, or the word for none
	Multiplier int    `json:"multiplier"`
}

// show keeps the first statements for the report.
func (j *job) show(s *statement) {
	if s.rate != nil || len(j.first) == maxFirst {
		return
	}
	r := FirstRow{Line: s.line, Series: s.named.code, Period: s.Period.String()}
	if hasNumber(&s.Observation) {
		r.Multiplier = s.Value.Multiplier()
	}
	r.Value = shown(&s.Observation, r.Multiplier)
	j.first = append(j.first, r)
}
