package api

import (
	"net/url"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// asWritten lets a fault repeat what the reader wrote. Use cases are given the
// canonical forms, so that is what their faults have.
func (q *question) asWritten(v *visit, err error) error {
	f := fault.From(err)
	if err == nil || f.Kind != fault.NotFound && f.Kind != fault.Invalid {
		return err
	}
	told := *f // shared by all who asked the same meanwhile
	told.Items = append([]fault.Item(nil), f.Items...)
	for canonical, written := range q.written(v) {
		told.Detail = strings.ReplaceAll(told.Detail, strconv.Quote(canonical), strconv.Quote(written))
		for i := range told.Items {
			if told.Items[i].Value == canonical {
				told.Items[i].Value = written
			}
		}
	}
	return &told
}

// written maps the canonical form of each value in the request to the value,
// where they differ.
func (q *question) written(v *visit) map[string]string {
	all := map[string]string{}
	note := func(canonical, written string) {
		if canonical != written {
			all[fault.Clip(canonical)] = fault.Clip(written)
		}
	}
	for i, name := range v.ParamNames() {
		if value, err := url.PathUnescape(v.ParamValues()[i]); err == nil {
			if q.route.cuts(i, len(v.ParamNames())) {
				value, _ = cutSuffix(value)
			}
			note(q.path[name], value)
		}
	}
	pairs, err := splitQuery(v.Request().URL.RawQuery)
	if err != nil {
		return all
	}
	for _, pair := range pairs {
		for _, p := range q.route.params {
			if p.name == pair.name {
				p.each(pair.value, note)
			}
		}
	}
	return all
}

// each gives every value that is in a text, in canonical form and as written.
func (p param) each(text string, give func(canonical, written string)) {
	for _, part := range p.parts(text) {
		part = strings.TrimSpace(part)
		if canonical, err := p.check(part); err == nil {
			give(canonical, part)
		}
	}
}
