package fault

// The codes of what a table says in its labels, its headers and its dates.
const (
	AskHeader              Code = "ask_header"              // several rows stand above the figures; what does each of them state
	AskLabelUnit           Code = "ask_label_unit"          // labels look as if their units stood in them; do they
	AskLabelWords          Code = "ask_label_words"         // a word in labels says what the figures are; what does it mean
	AskDateStandsFor       Code = "ask_date_stands_for"     // every date is the first day of a month, a quarter or a year; does it stand for all of it
	StatusRowAlone         Code = "status_row_alone"        // a row of statuses does not stand below the values that it is of
	FrequencyDiffers       Code = "frequency_differs"       // the frequency that a row states is not that of its period
	ConfidentialUndeclared Code = "confidential_undeclared" // a figure that is not free, and no setting says that it may be published
	LabelCodeDiffers       Code = "label_code_differs"      // the label beside a code means something else
	LabelUnheld            Code = "label_unheld"            // a label beside a code that the catalogue does not have; the code counts
	LabelUnitTwice         Code = "label_unit_twice"        // a label and a column state different units
	LabelWordTwice         Code = "label_word_twice"        // a word in a label says what another word or a column says as well
	LabelPeriodBroken      Code = "label_period_broken"     // a word in a label says single periods or the year to date, and the period is none
	DateInsidePeriod       Code = "date_inside_period"      // a date is to stand for a whole period and is neither its first nor its last day
)
