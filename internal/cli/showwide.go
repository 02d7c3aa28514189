package cli

import (
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/spf13/cobra"

	"bellwether/internal/query"
	"bellwether/internal/term"
)

// wideAnswer is the part of an answer laid out wide that a table shows.
type wideAnswer struct {
	Series *struct {
		Code  string `json:"code"`
		Title string `json:"title"`
	} `json:"series"`
	Unit       string       `json:"unit"` // of all cells, where the columns have none
	Multiplier int          `json:"multiplier"`
	Columns    []wideColumn `json:"columns"`
	Rows       []struct {
		Label string `json:"label"`
		Cells []struct {
			Value  json.Number `json:"value"`
			Reason string      `json:"reason"`
		} `json:"cells"`
	} `json:"rows"`
	Warnings   []query.Warning `json:"warnings"`
	Conversion *struct {
		Rows []disclosure `json:"rows"`
	} `json:"conversion"`
}

type wideColumn struct {
	Code       string `json:"code"`
	Label      string `json:"label"`
	Unit       string `json:"unit"`
	Multiplier int    `json:"multiplier"`
}

// wide writes an answer that is laid out wide: a row a period, a column a
// publication or whatever else was asked for, and the reason where a cell has
// no value though there could be one.
func (s *session) wide(cmd *cobra.Command, r *remote, path string, asked url.Values) error {
	var answer wideAnswer
	if err := r.read(cmd.Context(), path, asked, &answer); err != nil {
		return err
	}
	if answer.Series != nil {
		fmt.Fprintf(s.Out, "%s (%s)\n", answer.Series.Title, answer.Series.Code)
	}
	if len(answer.Rows) == 0 {
		s.say("nothing in this range")
	} else {
		rows := answer.cells()
		if err := term.Table(s.Out, alignments(rows), rows); err != nil {
			return err
		}
	}
	s.remarks(shownAnswer{Warnings: answer.Warnings, Conversion: answer.Conversion})
	return nil
}

// cells are the rows of the answer as text below their header.
func (a wideAnswer) cells() [][]string {
	header := []string{"label"}
	if a.Unit != "" {
		header[0] = unitText(a.Unit, a.Multiplier)
	}
	for _, c := range a.Columns {
		header = append(header, c.name())
	}
	rows := [][]string{header}
	for _, row := range a.Rows {
		cells := []string{row.Label}
		for _, c := range row.Cells {
			text := string(c.Value)
			if text == "" && c.Reason != query.ReasonNotPublished && c.Reason != query.ReasonNoObservation {
				text = c.Reason
			}
			cells = append(cells, text)
		}
		rows = append(rows, cells)
	}
	return rows
}

func (c wideColumn) name() string {
	name := c.Label
	if name == "" {
		name = c.Code
	}
	if c.Unit == "" {
		return name
	}
	return name + ", " + unitText(c.Unit, c.Multiplier)
}
