package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/query"
	"bellwether/internal/term"
)

func (s *session) catalogCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Search the catalogue and extend it with an office's own entries",
		Long: `Search the catalogue and extend it with an office's own entries. Sections:
indicator, area, unit, dataset, dimension, item.`,
	}
	cmd.AddCommand(s.catalogList(), s.catalogSearch(), s.catalogImport())
	return cmd
}

// entry is one entry as a list shows it.
type entry struct {
	Section catalog.Section `json:"section"`
	Code    string          `json:"code"`
	En      string          `json:"name_en"`
	Zh      string          `json:"name_zh"`
}

func (s *session) catalogList() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list [SECTION]",
		Short:   "List the entries of a section, or of all",
		Example: "  bellwether catalog list indicator",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.entries(cmd, args, finder((*catalog.Catalog).Codes))
		},
	}
	s.addJSON(cmd)
	return cmd
}

func (s *session) catalogSearch() *cobra.Command {
	var section string
	cmd := &cobra.Command{
		Use:   "search TEXT",
		Short: "Find entries by code, name or alias, in English and Chinese, also misspelt",
		Example: `  bellwether catalog search liangjiang
  bellwether catalog search 工业 --section indicator`,
		Args: exactly("TEXT"),
		RunE: func(cmd *cobra.Command, args []string) error {
			sections := []string{}
			if section != "" {
				sections = append(sections, section)
			}
			return s.entries(cmd, sections,
				func(c *catalog.Catalog, in catalog.Section) []string { return c.Search(in, args[0]) },
				func(c *catalog.Catalog, in catalog.Section) []string { return c.Alike(in, args[0]) },
			)
		},
	}
	cmd.Flags().StringVar(&section, "section", "", "search this section alone")
	s.addJSON(cmd)
	return cmd
}

// finder gives the codes of a section that a question means.
type finder func(*catalog.Catalog, catalog.Section) []string

// entries prints what the first of the finders that finds anything gives of
// the named sections.
func (s *session) entries(cmd *cobra.Command, named []string, finders ...finder) error {
	sections, err := sectionsNamed(named)
	if err != nil {
		return err
	}
	words, err := s.catalogNow(cmd)
	if err != nil {
		return err
	}
	found := []entry{}
	for _, find := range finders {
		if len(found) > 0 {
			break
		}
		for _, section := range sections {
			for _, code := range find(words, section) {
				found = append(found, entry{section, code, words.Name(section, code, "en"), words.Name(section, code, "zh")})
			}
		}
	}
	if s.json {
		return s.printJSON(found)
	}
	if len(found) == 0 {
		s.say("nothing found")
		return nil
	}
	rows := [][]string{{"section", "code", "name", "名称"}}
	for _, e := range found {
		rows = append(rows, []string{string(e.Section), e.Code, e.En, e.Zh})
	}
	return term.Table(s.Out, make([]term.Align, len(rows[0])), rows)
}

func sectionsNamed(named []string) ([]catalog.Section, error) {
	if len(named) == 0 {
		return catalog.Sections(), nil
	}
	for _, section := range catalog.Sections() {
		if strings.EqualFold(named[0], string(section)) || strings.EqualFold(named[0], string(section)+"s") {
			return []catalog.Section{section}, nil
		}
	}
	return nil, usage(fmt.Errorf("there is no section %q; there are %v", named[0], catalog.Sections()))
}

// catalogNow is the catalogue of the database, or the one that the binary
// carries when there is no database yet.
func (s *session) catalogNow(cmd *cobra.Command) (*catalog.Catalog, error) {
	a, err := s.open(cmd, app.Open)
	if fault.CodeOf(err) == fault.DatabaseNotCreated {
		return app.Catalog()
	}
	if err != nil {
		return nil, err
	}
	defer a.Close()
	moment, err := a.Query.At(cmd.Context(), query.When{})
	if err != nil {
		return nil, err
	}
	return a.Query.Catalog(cmd.Context(), moment)
}

func (s *session) catalogImport() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Add or change entries; each change is a revision",
		Long: `Add or change entries from a YAML document with any sections, or from a CSV
table of one section (areas.csv, units.csv, …). An entry takes the place of the
whole entry with its code; one that names former codes renames them, and the
old codes go on answering. All or nothing. A document looks like this:

  areas:
    - code: cn-cq-yb-airport
      name: {en: Airport Economic Zone, zh: 空港经济区}
      kind: new_area
      aliases: [Airport Zone]
      relations: [{kind: overlaps, area: cn-cq-yubei}]
  indicators:
    - code: retail-sales
      name: {en: Retail sales, zh: 社会消费品零售总额}
      kind: flow
      definition: {en: Sales of consumer goods to households., zh: 向居民销售的消费品总额。}

Sections: indicators, areas, units, datasets, dimensions, items.`,
		Example: `  bellwether catalog import our-areas.yaml
  bellwether catalog import areas.csv --json`,
		Args: exactly("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.extendCatalog(cmd, args[0]) },
	}
	s.addJSON(cmd)
	return cmd
}

func (s *session) extendCatalog(cmd *cobra.Command, path string) error {
	body, err := readBounded(path, catalog.MaxFile)
	if err != nil {
		return err
	}
	a, err := s.open(cmd, app.Create)
	if err != nil {
		return err
	}
	defer a.Close()
	changes, err := a.ExtendCatalog(cmd.Context(), catalog.File{Name: filepath.Base(path), Body: body})
	if err != nil {
		return err
	}
	if err := s.audit(cmd.Context(), a, "catalogue.import", filepath.Base(path)); err != nil {
		return err
	}
	if s.json {
		return s.printJSON(changes)
	}
	for _, c := range changes {
		fmt.Fprintf(s.Out, "%s %s %s\n", c.Kind, c.Section, c.Code)
	}
	return nil
}

// readBounded reads a file that must not be larger than most bytes.
func readBounded(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	if info.Size() > most {
		return nil, fault.New(fault.TooLarge, fault.FileTooLarge, "%s has %d bytes", filepath.Base(path), info.Size()).
			Expect("at most %d bytes", most)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	return body, nil
}

// cannotRead says that a file that was named cannot be read, and why.
func cannotRead(path string, err error) error {
	why := "it cannot be read"
	if os.IsNotExist(err) {
		why = "there is no such file"
	}
	return fault.Wrap(err, fault.Invalid, fault.FileUnreadable, "%s: %s", path, why)
}
