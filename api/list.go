package api

import "bellwether/internal/query"

// pageOf answers the page that is asked for of a list which was found whole:
// each entry with where to go on from it.
func pageOf[T, E any](a *API, q *question, m query.Moment, name string, found []T, entry func(*question, T) E, more ...member) (*answer, error) {
	part, err := m.Part(q.page(), len(found))
	if err != nil {
		return nil, err
	}
	list := []E{}
	for _, one := range found[part.From:part.To] {
		list = append(list, entry(q, one))
	}
	members := append([]member{{name, list}, {"total", len(found)}}, more...)
	return a.listed(q, m, part, q.asCSV(), members...)
}
