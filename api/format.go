package api

import (
	"strconv"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/workbook"
)

// format is a way to write an answer.
type format string

const (
	inJSON format = "json"
	inCSV  format = "csv"
	inHTML format = "html"
	inText format = "txt"
	inAtom format = "atom"
	inYAML format = "yaml"
	inXLSX format = "xlsx"
)

// formats that a suffix or format= may name.
var suffixes = []format{inJSON, inCSV, inXLSX, inText, inYAML}

// mediaType is what a format is called in Accept and Content-Type.
func (f format) mediaType() string {
	switch f {
	case inCSV:
		return "text/csv"
	case inHTML:
		return "text/html"
	case inText:
		return "text/plain"
	case inAtom:
		return "application/atom+xml"
	case inYAML:
		return "application/yaml"
	case inXLSX:
		return workbook.MediaType
	}
	return "application/json"
}

// contentType is the Content-Type of an answer in the format.
func (f format) contentType() string {
	switch f {
	case inCSV:
		return "text/csv; charset=utf-8; header=present"
	case inHTML:
		return "text/html; charset=utf-8"
	case inText:
		return "text/plain; charset=utf-8"
	case inAtom:
		return "application/atom+xml; charset=utf-8"
	case inYAML:
		return "application/yaml; charset=utf-8"
	case inXLSX:
		return workbook.MediaType
	}
	return "application/json"
}

// cutSuffix takes the name of a format from the end of a path segment. The
// codes of series never end in one.
func cutSuffix(segment string) (rest string, f format) {
	for _, s := range suffixes {
		if n := len(segment) - len(s) - 1; n > 0 && segment[n] == '.' && strings.EqualFold(segment[n+1:], string(s)) {
			return segment[:n], s
		}
	}
	return segment, ""
}

// chooseFormat decides the format: the suffix or the parameter, which must
// agree, else Accept, else the first that the route offers.
func chooseFormat(offered []format, suffix format, named, accept string) (format, error) {
	if suffix != "" && named != "" && string(suffix) != named {
		return "", fault.New(fault.Invalid, fault.ParameterConflict, "the path ends in .%s and format is %q", suffix, named).
			With(fault.Item{Code: fault.ParameterConflict, Parameter: "format", Value: named, Expected: "format=" + string(suffix) + ", or none"})
	}
	if suffix == "" {
		suffix = format(named)
	}
	if suffix == "" {
		return negotiate(offered, accept)
	}
	for _, f := range offered {
		if f == suffix {
			return f, nil
		}
	}
	return "", cannotGive(offered)
}

func cannotGive(offered []format) error {
	types := make([]string, len(offered))
	for i, f := range offered {
		types[i] = f.mediaType()
	}
	return fault.New(fault.NotAcceptable, fault.NotAcceptableFormat, "this is given as %s", strings.Join(types, " or ")).
		Expect("%s", strings.Join(types, ", "))
}

// negotiate finds the offered format that an Accept header likes best; of
// several it likes alike, the first.
func negotiate(offered []format, accept string) (format, error) {
	if accept == "" || accept == "*/*" {
		return offered[0], nil
	}
	var best format
	quality := 0
	for _, f := range offered {
		if q := qualityOf(f.mediaType(), accept); q > quality {
			best, quality = f, q
		}
	}
	if best == "" {
		return "", cannotGive(offered)
	}
	return best, nil
}

// qualityOf returns how much an Accept header likes a media type, in
// thousandths: the q of the most specific range that takes it in.
func qualityOf(mediaType, accept string) int {
	kind, _, _ := strings.Cut(mediaType, "/")
	quality, specific := 0, 0
	for piece := range strings.SplitSeq(accept, ",") {
		name, params, _ := strings.Cut(piece, ";")
		rank := 0
		switch strings.ToLower(strings.TrimSpace(name)) {
		case mediaType:
			rank = 3
		case kind + "/*":
			rank = 2
		case "*/*":
			rank = 1
		}
		if rank > specific {
			quality, specific = weight(params), rank
		}
	}
	return quality
}

// weight reads q from the parameters of a media range, in thousandths.
func weight(params string) int {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if !strings.EqualFold(name, "q") {
			continue
		}
		units, decimals, _ := strings.Cut(strings.TrimSpace(value), ".")
		n, err := strconv.Atoi(units + (decimals + "000")[:3])
		if err != nil || n < 0 || n > 1000 {
			return 0
		}
		return n
	}
	return 1000
}
