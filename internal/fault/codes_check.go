package fault

// The codes of figures that do not fit together in the state that an import
// would make.
const (
	ClaimContradicted   Code = "claim_contradicted"    // a reported growth that its levels rule out, within all rounding
	ClaimPriceBasis     Code = "claim_price_basis"     // real growth beside levels at current prices; the gap can be prices
	PartsTotalMismatch  Code = "parts_total_mismatch"  // the parts of an indicator do not add up to their total
	PartsGrowthMismatch Code = "parts_growth_mismatch" // the growth of the parts rules out that of their total
	PeriodsMismatch     Code = "periods_mismatch"      // shorter periods do not add up to the longer one
	LabelSuspect        Code = "label_suspect"         // the same number stands under another currency
	DatasetsDiffer      Code = "datasets_differ"       // two datasets state one figure so that both cannot be right
)
