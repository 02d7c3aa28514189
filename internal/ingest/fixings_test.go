package ingest_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/ingest"
)

// ecb is the feed whose files have a currency in each column.
var ecb = fx.Feed{Code: "ecb", Zone: "Europe/Berlin", Hour: "16:00", Base: "EUR"}

// fixings is a history as that feed writes it.
const fixings = "Date,USD,BGN,CNY,TRL,\n" +
	"2020-02-28,1.0977,1.9558,7.6662,N/A,\n" +
	"2020-02-27,1.0964,1.9558,7.6850,N/A,\n" +
	"2004-12-31,1.3621,1.9559,N/A,1836200,\n"

func readFixings(t *testing.T, text string, s ingest.Settings, feeds ...fx.Feed) *ingest.Report {
	t.Helper()
	if s.Constants == nil {
		s.Constants = map[string]string{"feed": "ecb"}
	}
	report, _ := readAt(t, text, s, ingest.Moment{Now: now, Zone: shanghai(t), Feeds: feeds})
	return report
}

func TestFixingsWithACurrencyInEachColumn(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, fixings); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"plain": fixings, "gzip": packed.String(), "CRLF": strings.ReplaceAll(fixings, "\n", "\r\n")} {
		report := readFixings(t, text, ingest.Settings{}, ecb)
		if report.Verdict != ingest.Accept || report.Kind != ingest.Rates || report.Understood.Rates != 9 {
			t.Errorf("%s: %s of %s, %d rates, %v, %+v; want 9 rates", name, report.Verdict, report.Kind, report.Understood.Rates, errorsOf(report), report.Questions)
		}
		if report.File.Bytes != int64(len(text)) {
			t.Errorf("%s: %d bytes, want the %d of the file as it came", name, report.File.Bytes, len(text))
		}
	}
}

func TestFixingsSayWhereTheyCannotBeRead(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a word", strings.Replace(fixings, "7.6850", "seven", 1), []string{"3 D3 CNY rate_invalid"}},
		{"another word for none", strings.Replace(fixings, "N/A", "ND", 1), []string{"2 E2 TRL rate_invalid"}},
		{"zero", strings.Replace(fixings, "1.3621", "0", 1), []string{"4 B4 USD rate_invalid"}},
		{"a currency that nobody knows", strings.Replace(fixings, "BGN", "QQQ", 1), []string{"1 C1 QQQ currency_unknown"}},
		{"a currency twice", strings.Replace(fixings, "BGN", "USD", 1), []string{"1 C1 USD csv_duplicate_header"}},
		{"a row too short", strings.Replace(fixings, ",N/A,\n2020-02-27", "\n2020-02-27", 1), []string{"2 csv_ragged"}},
		{"something behind the last comma", strings.Replace(fixings, "1836200,", "1836200,7", 1), []string{"4 F4 F csv_ragged"}},
		{"a month", strings.Replace(fixings, "2020-02-27", "2020-01", 1), []string{"3 A3 Date rate_invalid", "3 kind cell_empty"}},
		{"a day twice", strings.Replace(fixings, "2020-02-27", "2020-02-28", 1), []string{"3 csv_duplicate_conflict", "3 csv_duplicate_conflict"}},
	} {
		report := readFixings(t, test.text, ingest.Settings{}, ecb)
		if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
			t.Errorf("%s: errors (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestFixingsAreOfTheBaseOfTheirFeed(t *testing.T) {
	if needs := needsOf(readFixings(t, fixings, ingest.Settings{})); len(needs) != 1 {
		t.Errorf("of a feed without a base: %v is asked, want the base", needs)
	}
	report := readFixings(t, fixings, ingest.Settings{Constants: map[string]string{"feed": "other", "base": "EUR"}})
	if report.Understood.Rates != 9 {
		t.Errorf("with the base as a setting: %d rates, %v; want 9", report.Understood.Rates, errorsOf(report))
	}
	report = readFixings(t, strings.ReplaceAll(fixings, "N/A", "."), ingest.Settings{Number: ingest.Number{Missing: map[string]string{".": "not_available"}}}, ecb)
	if report.Understood.Rates != 9 {
		t.Errorf("with another word for none: %d rates, %v; want 9", report.Understood.Rates, errorsOf(report))
	}
}

func TestFixingsAreOutAtTheHourOfTheirFeed(t *testing.T) {
	day := strings.Replace(fixings, "2020-02-28", "2020-03-02", 1)
	for at, want := range map[string][]string{
		"2020-03-02T14:59:59Z": {"2 A2 Date published_after_release"},
		"2020-03-02T15:00:00Z": {},
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		report, _ := readAt(t, day, ingest.Settings{Constants: map[string]string{"feed": "ecb"}}, ingest.Moment{Now: instant, Zone: shanghai(t), Feeds: []fx.Feed{ecb}})
		if diff := cmp.Diff(want, errorsOf(report)); diff != "" {
			t.Errorf("at %s: errors (-want +got):\n%s", at, diff)
		}
	}
}

func TestFixingsAsXML(t *testing.T) {
	const envelope = `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>
<Cube time="2020-02-28">
<Cube currency="USD" rate="1.0977"/>
<Cube currency="CNY" rate="7.6662"/>
</Cube></Cube></gesmes:Envelope>`
	report := readFixings(t, envelope, ingest.Settings{}, ecb)
	if report.Verdict != ingest.Accept || report.Understood.Rates != 2 || report.File.Rows != 2 {
		t.Errorf("%s, %d rates, %v, %+v; want 2 rates", report.Verdict, report.Understood.Rates, errorsOf(report), report.Questions)
	}
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a word", strings.Replace(envelope, "7.6662", "seven", 1), []string{"5 D5 rate rate_invalid"}},
		{"a currency that nobody knows", strings.Replace(envelope, "CNY", "QQQ", 1), []string{"5 C5 quote currency_unknown"}},
		{"cut off", envelope[:len(envelope)-5], []string{"6 xml_invalid"}},
	} {
		if diff := cmp.Diff(test.want, errorsOf(readFixings(t, test.text, ingest.Settings{}, ecb))); diff != "" {
			t.Errorf("%s: errors (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestAPackedFileThatIsDamagedIsAFindingOfTheFile(t *testing.T) {
	report := readFixings(t, "\x1f\x8b\x08\x00broken", ingest.Settings{}, ecb)
	if errors := errorsOf(report); len(errors) != 1 || errors[0] != "0 "+string(fault.ArchiveInvalid) {
		t.Errorf("errors = %v, want %s", errors, fault.ArchiveInvalid)
	}
	if report.File.Bytes != 10 || report.File.SHA256 == "" {
		t.Errorf("file = %+v, want its bytes and their digest", report.File)
	}
}
