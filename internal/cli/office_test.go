package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// officeVariable says whether a spreadsheet program has to be there: required,
// or anything else for taking it where it is.
const officeVariable = "BELLWETHER_OFFICE"

// officeProgram finds the spreadsheet program; empty, and said, where it is not
// there and need not be.
func officeProgram(t *testing.T) string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	switch {
	case err == nil:
	case os.Getenv(officeVariable) == "required":
		t.Fatalf("%s is required and there is no soffice", officeVariable)
	default:
		t.Logf("there is no soffice: what a spreadsheet program makes of a workbook is not tested; %s=required asks for it", officeVariable)
	}
	return office
}

// resaved opens a workbook in LibreOffice and saves it as a new one.
func resaved(t *testing.T, office, file string) string {
	t.Helper()
	folder := t.TempDir()
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"),
		"--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(folder, "saved"), file)
	cmd.Env = append(os.Environ(), "HOME="+folder)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return filepath.Join(folder, "saved", filepath.Base(file))
}

// TestAWorkbookSavedByAnOfficeProgramSaysTheSame exports the sample, opens and
// saves it in LibreOffice, and imports it: here it changes nothing, and
// elsewhere it gives the same export.
func TestAWorkbookSavedByAnOfficeProgramSaysTheSame(t *testing.T) {
	office := officeProgram(t)
	if office == "" {
		return
	}
	folder := t.TempDir()
	here, elsewhere := "sqlite:"+filepath.Join(folder, "here.db"), "sqlite:"+filepath.Join(folder, "elsewhere.db")
	must := func(args ...string) string {
		t.Helper()
		code, out, said := run(args...)
		if code != 0 {
			t.Fatalf("%v: %d\n%s", args, code, said)
		}
		return out
	}
	must("sample", "--database", here)
	odd := filepath.Join(folder, "odd.csv")
	if err := os.WriteFile(odd, []byte("series,period,value,decimals,multiplier,status,note,published,source\n"+
		"gdp.cn.cny,1952-01-01/P1M,0.10,2,9,A,'=1+1,2026-01-01,00123\n"+
		"gdp.cn.cny,1952-01-01/P2M,12345678901234567.80,2,0,A,1-9,2026-01-01,Jan 5\n"+
		"gdp.cn.cny,1952-01-01/P3M,-7,0,9,A,\"two\nlines\",2026-01-01,_x0041_\n"+
		"gdp.cn.cny,1952-01-01/P4M,118700,-2,6,A,TRUE,2026-01-01,1E5\n"+
		"gdp.cn.cny,1952-01-01/P5M,n/a,,,,,2026-01-01,-\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must("import", odd, "--publish", "now", "--database", here)
	want := must("export", "--database", here)
	book := filepath.Join(folder, "export.xlsx")
	must("export", "-o", book, "--database", here)
	saved := resaved(t, office, book)
	code, _, said := run("import", saved, "--database", here)
	if code != 4 || !strings.Contains(said, "difference: 0 new, 0 revised") {
		t.Errorf("importing it here: %d\n%s", code, said)
	}
	must("import", saved, "--publish", "now", "--database", elsewhere)
	if got := must("export", "--database", elsewhere); got != want {
		t.Errorf("the export of what was saved differs:\n%s", firstDifference(want, got))
	}
}

// TestATemplateFilledInByAnOfficeProgramIsTaken fills in a template, opens and
// saves it in LibreOffice, and imports it.
func TestATemplateFilledInByAnOfficeProgramIsTaken(t *testing.T) {
	office := officeProgram(t)
	if office == "" {
		return
	}
	folder := t.TempDir()
	database, file := "sqlite:"+filepath.Join(folder, "office.db"), filepath.Join(folder, "template.xlsx")
	for _, args := range [][]string{{"sample"}, {"template", "--area", "cn-cq-lj", "--period", "9M2014", "--indicator", "gdp", "-o", file}} {
		if code, _, said := run(append(args, "--database", database)...); code != 0 {
			t.Fatalf("%v: %d\n%s", args, code, said)
		}
	}
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at, text := range map[string]string{"E2": "130.50", "H2": "9.9", "K2": "2014-10-30", "L2": "1-9"} {
		if err := f.SetCellStr("data", at, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	if code, _, said := run("import", resaved(t, office, file), "--publish", "now", "--database", database); code != 0 || !strings.Contains(said, "1 figure, 1 reported growth") {
		t.Fatalf("import: %d\n%s", code, said)
	}
	if _, out, _ := run("export", "--series", "gdp.cn-cq-lj.cny", "--database", database); !strings.Contains(out, "gdp.cn-cq-lj.cny,2014-01-01/P9M,130.50,2,9,A,,,2014-10-29T16:00:00Z,1-9,") {
		t.Errorf("stored:\n%s", out)
	}
}

// firstDifference shows the first line that two texts do not share.
func firstDifference(want, got string) string {
	was, is := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range was {
		if i >= len(is) || was[i] != is[i] {
			return "-" + was[i] + "\n+" + strings.Join(is[min(i, len(is)):min(i+1, len(is))], "")
		}
	}
	return "+" + strings.Join(is[len(was):], "\n+")
}
