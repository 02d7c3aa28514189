package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

// gb18030 returns a text as Chinese offices encode it.
func gb18030(t *testing.T, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestWhatAFileNeedsIsFoundOut(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // the settings taken, in order
	}{
		{"semicolons and decimal commas", "indicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;147,62;bn yuan\n",
			[]string{"delimiter=;", "number.decimal=,"}},
		{"titles above and a footnote below", "Main indicators\nof the year\nindicator,area,period,value,unit\nGDP,Liangjiang New Area,2012,147.6,bn yuan\nNote: preliminary,,,,\n",
			[]string{"skip_lines=2", "footer=single_cell"}},
		{"lone carriage returns", "indicator,area,period,value,unit\rGDP,Liangjiang New Area,2012,147.6,bn yuan\r",
			[]string{"line_ending=cr"}},
		{"the office's own encoding", gb18030(t, "指标,地区,时期,数值,单位\n地区生产总值,两江新区,2012年,1476.2,亿元\n"),
			[]string{"encoding=gb18030"}},
		{"periods across", "indicator,area,unit,2011,2012,2013\nGDP,Liangjiang New Area,bn yuan,110.1,147.6,118.7\n",
			[]string{"layout=wide", "label_columns=indicator,area,unit"}},
		{"merged years above parts of them", "indicator,area,unit,2012,,2013,\n,,,H1,9M,H1,9M\nGDP,Liangjiang New Area,bn yuan,72.5,114.1,80.1,118.7\n",
			[]string{"layout=wide", "header_rows=2", "label_columns=indicator,area,unit"}},
		{"a unit in the title", "Main indicators\nUnit: bn yuan\nindicator,area,period,value\nGDP,Liangjiang New Area,2012,147.6\n",
			[]string{"skip_lines=2", "constants.unit=bn yuan"}},
		{"columns under other names", "Main indicators\nRegion Name,Variable,Unit,2011,2012,2013\nLiangjiang New Area,GDP,bn yuan,110.1,147.6,118.7\n",
			[]string{"skip_lines=1", "layout=wide", "label_columns=Region Name,Variable,Unit", "columns.Variable=indicator", "columns.Region Name=area"}},
		{"a Chinese table with single and cumulative rows", "季度数据\n地区,指标,2013年第三季度,2013年第二季度,2013年第一季度\n两江新区,地区生产总值当季值(亿元),600,587.2,410.1\n两江新区,地区生产总值累计值(亿元),1597.3,997.3,410.1\n注：初步数,,,,\n",
			[]string{"skip_lines=1", "layout=wide", "label_columns=地区,指标", "labels.words.当季值=single", "labels.words.累计值=ytd", "labels.unit=brackets", "footer=single_cell"}},
		{"accounting", "indicator,area,period,value,unit\nGDP,Liangjiang New Area,2012,(147.6),bn yuan\n",
			[]string{"number.negatives=parentheses"}},
		{"groups and decimals", "indicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;1.476,2;bn yuan\n",
			[]string{"delimiter=;", "number.decimal=,", "number.thousands=."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := detect(t, c.text)
			var taken []string
			for _, p := range d.Taken {
				taken = append(taken, p.Key+"="+p.Value)
				if p.Reason == "" {
					t.Errorf("%s is proposed without a reason", p.Key)
				}
			}
			if strings.Join(taken, " ") != strings.Join(c.want, " ") {
				t.Errorf("taken %q, want %q", taken, c.want)
			}
			if d.Report.Verdict != ingest.Accept {
				t.Errorf("the file is still %s: %+v %+v", d.Report.Verdict, d.Report.Questions, d.Report.Errors)
			}
		})
	}
}

// TestWhatMayBeTwoThingsIsNotTaken has a number that is 147600 in one office
// and 147.6 in another.
func TestWhatMayBeTwoThingsIsNotTaken(t *testing.T) {
	d := detect(t, "indicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;147,600;bn yuan\n")
	if d.Report.Verdict == ingest.Accept || d.Settings.Number.Decimal != "" || d.Settings.Number.Thousands != "" {
		t.Errorf("taken %+v", d.Taken)
	}
	if p := d.Report.Proposed; len(p) != 1 || !p[0].Open() {
		t.Errorf("proposed %+v, want one with another value beside it", p)
	}
}

// TestALabelThatNobodyKnowsIsChosen has the nearest entries of the catalogue to
// choose from, and none is taken.
func TestALabelThatNobodyKnowsIsChosen(t *testing.T) {
	d := detect(t, "indicator,area,period,value,unit\nGDP total,Liangjiang New Area,2012,147.6,bn yuan\nGDP total,Liangjiang New Area,2013,150.6,bn yuan\n")
	p := d.Report.Proposed
	if len(p) != 1 || p[0].Key != "indicators.GDP total" || !slices.Contains(append(p[0].Others, p[0].Value), "gdp") || p[0].Others[len(p[0].Others)-1] != "ignore" {
		t.Errorf("proposed %+v, want a choice that has gdp, and ignore last", p)
	}
	if len(d.Taken) != 0 {
		t.Errorf("taken %+v", d.Taken)
	}
}

// TestAcceptPublishesWhatNothingIsOpenOf publishes a file by what was found out
// of it, and says in its report what that was.
func TestAcceptPublishesWhatNothingIsOpenOf(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		request := ingest.Request{File: fileOf("file.csv", "indicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;147,62;bn yuan\n"),
			By: "clerk", Publish: ingest.Publish{Now: true}}
		if _, err := d.Import(t.Context(), request); fault.CodeOf(err) != fault.ImportHasQuestions {
			t.Errorf("Import without accepting = %v, want its question", err)
		}
		request.Accept = true
		result, err := d.Import(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		if a := result.Report.Accepted; len(a) != 2 || a[0].Key != "delimiter" || a[1].Key != "number.decimal" {
			t.Errorf("accepted %+v", a)
		}
		if got := d.standing("gdp.cn-cq-lj.cny", "2012"); got != "147.62e9" {
			t.Errorf("2012 stands at %s, want 147.62e9", got)
		}
	})
}

func detect(t *testing.T, text string) (found *ingest.Detected) {
	t.Helper()
	each(t, func(t *testing.T, d *desk) {
		var err error
		if found, err = d.Detect(t.Context(), ingest.Request{File: fileOf("file.csv", text), By: "clerk"}); err != nil {
			t.Fatal(err)
		}
	})
	return found
}
