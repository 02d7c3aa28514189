package catalog

// Section says what sort of entry a code names. The words are those of the
// columns of import files.
type Section string

// The sections.
const (
	Indicators Section = "indicator"
	Areas      Section = "area"
	Units      Section = "unit"
	Datasets   Section = "dataset"
	Dimensions Section = "dimension"
	Items      Section = "item" // its codes are those of breakdowns: dimension-item
)

// Sections returns every section in the order in which entries are kept:
// what is referred to stands before what refers to it.
func Sections() []Section {
	return []Section{Datasets, Units, Areas, Indicators, Dimensions, Items}
}
