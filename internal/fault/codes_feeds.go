package fault

// The codes of the files and addresses in which feeds publish their rates.
const (
	ArchiveInvalid Code = "archive_invalid" // a zip or gzip file that cannot be read, is too large unpacked, or holds more than one file
	XMLInvalid     Code = "xml_invalid"     // an XML file that is not well formed, or not of reference rates of the euro
	FetchFailed    Code = "fetch_failed"    // the address of a publisher did not give its file
	FetchUnderWay  Code = "fetch_under_way" // the file of a feed is being taken already, by another request or node
)
