package fault

// The codes of the catalogue and its files.
const (
	UnknownCode             Code = "unknown_code"              // nothing that is there for this reader has that code, label or alias
	LabelAmbiguous          Code = "label_ambiguous"           // several entries go by that label
	CatalogSyntax           Code = "catalog_syntax"            // the file is not YAML or CSV as catalogue files are written
	CatalogTooLarge         Code = "catalog_too_large"         // the file or one of its texts is over a bound that the detail names
	CatalogSectionUnknown   Code = "catalog_section_unknown"   // the file names a section that catalogues do not have
	CatalogKeyUnknown       Code = "catalog_key_unknown"       // an entry has a key that its section does not know
	CatalogKeyRepeated      Code = "catalog_key_repeated"      // a key stands twice in one entry
	CatalogFieldMissing     Code = "catalog_field_missing"     // an entry lacks what every entry of its section has
	CatalogValueInvalid     Code = "catalog_value_invalid"     // a value is not one of those that its key takes
	CatalogCodeInvalid      Code = "catalog_code_invalid"      // a code cannot stand in the code of a series
	CatalogCodeDuplicate    Code = "catalog_code_duplicate"    // two entries of a section have one code, or one has the former code of another
	CatalogLabelDuplicate   Code = "catalog_label_duplicate"   // two entries of a section answer the same label, or one lists it twice
	CatalogReferenceUnknown Code = "catalog_reference_unknown" // an entry refers to one that is not in the catalogue
	CatalogReferenceCircle  Code = "catalog_reference_circle"  // entries are parts or successors of one another in a circle
	CatalogInvalid          Code = "catalog_invalid"           // the catalogue has the faults that are listed
)
