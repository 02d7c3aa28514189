package api

import (
	"net/http"
	"path"
	"strings"

	"bellwether/internal/workbook"
)

// markedImport gives the file of an import back with what is wrong in it.
func markedImport(a *API, v *visit, q *question) error {
	ctx := v.Request().Context()
	release := v.unhurried()
	defer release()
	marked, err := a.ingest.MarkImport(ctx, q.path["id"], v.caller.Name)
	if err != nil {
		return err
	}
	defer marked.Close()
	if err := a.look(v, "import.read", q.path["id"]); err != nil {
		return err
	}
	h := v.Response().Header()
	h["Cache-Control"] = noStore
	kind, ending := "text/csv; charset=utf-8", ".marked.csv"
	if marked.IsWorkbook() {
		kind, ending = workbook.MediaType, ".marked.xlsx"
	}
	name := marked.Report.File.Name
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+plainName(strings.TrimSuffix(name, path.Ext(name)))+ending+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	v.Response().WriteHeader(http.StatusOK)
	if v.Request().Method == http.MethodHead {
		return nil
	}
	return marked.Write(ctx, v.Response())
}
