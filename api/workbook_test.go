package api

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"testing"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/obs"
)

// goodBook is goodFile as a workbook.
func goodBook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	rows := [][]any{{"indicator", "area", "period", "value", "unit", "multiplier", "published"},
		{"gdp", "cn-cq-lj", 2014, 201.2, "CNY", 9, "2015-01-31"}}
	for i, at := range []string{"A1", "A2"} {
		if err := f.SetSheetRow("Sheet1", at, &rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func TestAWorkbookIsTakenAndGivenBack(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		book := goodBook(t)
		var published imported
		s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now&filename=2015.xlsx", book, "Content-Type", workbookType).want(201).json(&published)
		if published.State != "published" || published.Report["file"].(map[string]any)["sheet"] != "Sheet1" {
			t.Errorf("published: %+v", published)
		}
		r := s.as(obs.Editor, http.MethodGet, "/v1/imports/"+published.ID+"/file", "").want(200)
		if r.Body.String() != book || r.Header().Get("Content-Type") != workbookType {
			t.Errorf("the original is %d bytes of %s, want %d of %s", r.Body.Len(), r.Header().Get("Content-Type"), len(book), workbookType)
		}
		var origin struct{ Origin map[string]any }
		s.get("/v1/series/gdp.cn-cq-lj.cny/observations/2014").want(200).json(&origin)
		if o := origin.Origin; o["sheet"] != "Sheet1" || o["cell"] != "201.2" {
			t.Errorf("the figure comes from %v, want sheet and cell", o)
		}

		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		part, err := w.CreateFormFile("file", "again.xlsx")
		if err == nil {
			_, err = part.Write([]byte(book))
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		var again imported
		s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now", form.String(), "Content-Type", w.FormDataContentType()).want(200).json(&again)
		if again.ID != published.ID {
			t.Errorf("the same workbook in a form is import %s, want %s", again.ID, published.ID)
		}
	})
}

func TestASpreadsheetOfAnotherKindIsRefused(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		old := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old workbook"
		p := s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now&filename=old.xls", old, "Content-Type", "application/vnd.ms-excel").problem(422, "import_refused")
		if len(p.Errors) != 1 || p.Errors[0].Code != "workbook_unsupported" {
			t.Errorf("errors %+v, want workbook_unsupported", p.Errors)
		}
	})
}
