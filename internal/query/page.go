package query

// Page is the part of a list that is asked for.
type Page struct {
	Question string // anything that tells the list from others
	Limit    int    // entries; 0: all that follow
	Cursor   string // the place to go on from; empty: the beginning
}

// Part is the part of a list that a page shows: the entries from From on and
// before To. Next is the cursor of what follows, empty at the end.
type Part struct {
	From, To int
	Next     Text
}

// Part returns the part of a list of so many entries, as it is at the moment,
// that the page shows. The fault is cursor_invalid.
func (m Moment) Part(p Page, total int) (Part, error) {
	part, question := Part{To: total}, fingerprint(p.Question)
	if p.Cursor != "" {
		c, err := m.follow(p.Cursor)
		switch {
		case err != nil:
			return part, err
		case c.question != question || c.offset > total:
			return part, badCursor(p.Cursor, "belongs to another question")
		}
		part.From = c.offset
	}
	if p.Limit > 0 && part.From+p.Limit < total {
		part.To = part.From + p.Limit
		part.Next = Text(m.next(part.To, question))
	}
	return part, nil
}
