package ingest_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/ingest"
)

func ExampleRead() {
	const text = "指标,地区,时期,数值,单位,发布日期\n生产总值,两江新区,2013年1-9月,1187,亿元,2014-02-22\n"
	labels, err := catalog.Read(data.Catalog())
	if err != nil {
		panic(err)
	}
	file := ingest.File{Name: "page.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
	moment := ingest.Moment{Now: time.Date(2014, 3, 1, 0, 0, 0, 0, time.UTC), Zone: time.UTC, Currency: "CNY"}
	report, err := ingest.Read(context.Background(), file, ingest.Reading{Labels: labels, Moment: moment}, func(s ingest.Statement) error {
		fmt.Println(s.Code, s.Period, s.Value)
		return nil
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Verdict, report.ErrorTotal)
	// Output:
	// gdp.cn-cq-lj.cny 2013-01-01/P9M 1187e8
	// accept 0
}
