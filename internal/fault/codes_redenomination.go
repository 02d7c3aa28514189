package fault

// Redenominated is the code of a figure in a currency of another time than its own.
const (
	Redenominated Code = "redenominated" // the period is before a currency came up with a redenomination, after the last day of the old one, or across, and no rate of that currency stands for it
)
