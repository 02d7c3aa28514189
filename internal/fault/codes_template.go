package fault

// The codes of templates.
const (
	TemplateEmpty Code = "template_empty" // nothing was reported for the same months of an earlier year, so there is nothing to fill in
)
