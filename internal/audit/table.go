package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"

	"bellwether/internal/period"
)

// cell is a place in a table with areas down and years across.
type cell struct {
	area string // ISO 3166 alpha-3, or the office's code of a group
	year period.Period
}

// table is the text of the cells that are not empty.
type table map[cell]string

// headerWord is what the first cell of the header says.
const headerWord = "Country Name"

// yearsFrom is the column of the first year; the code of the area stands in
// the second column.
const yearsFrom = 4

func readFile(path string) (table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return read(f)
}

// read reads a table below whatever stands above its header.
func read(from io.Reader) (table, error) {
	in := csv.NewReader(from)
	in.FieldsPerRecord, in.LazyQuotes = -1, true // a mark of the encoding stands before the first quote
	found := table{}
	var years []period.Period
	for {
		cells, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch {
		case years == nil && cells[0] == headerWord:
			if years, err = readYears(cells); err != nil {
				return nil, err
			}
		case years != nil && len(cells) >= yearsFrom:
			for i, text := range cells[yearsFrom:] {
				if i < len(years) && text != "" {
					found[cell{cells[1], years[i]}] = text
				}
			}
		}
	}
	if years == nil {
		return nil, fmt.Errorf("no row starts with %q", headerWord)
	}
	return found, nil
}

func readYears(header []string) ([]period.Period, error) {
	years := []period.Period{}
	for _, text := range header[min(yearsFrom, len(header)):] {
		if text == "" {
			continue // behind the comma that ends the line
		}
		year, err := period.Parse(text)
		if err != nil {
			return nil, err
		}
		years = append(years, year)
	}
	return years, nil
}
